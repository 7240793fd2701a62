"""Bombers, fighters and carriers: people and companies, or machines of war?

In: a noun of the table's ``machines`` in a parse. Out: whether it is a machine here: its phrase names a type ("F-16 fighter",
"strategic bomber"), its verb is one of machines ("two fighters took off", "shot down a bomber"), or the text has told so
before of the same word without saying of any that it was a person ("a suicide bomber"). A machine that only does what
people do too ("the fighters attacked") is not told from them.
"""

from __future__ import annotations

import re

from khabar.lexicon.entities import EntityWords, HeadWord
from khabar.read.tokens import Parse, Token

MACHINE = "warplane"
"""the head noun that a machine counts as"""
TYPE = re.compile(r"[A-Z][A-Za-z]{0,3}-?\d{1,3}[A-Za-z]{0,2}")
MODIFIERS = ("compound", "amod", "nmod")


def told_apart(parse: Parse, token: Token, head: HeadWord, words: EntityWords) -> HeadWord:
    """The entry of a noun, that of a machine if it is one here."""
    if head.word not in words.machines or not _is_machine(parse, token, words):
        return head
    return words.heads[MACHINE]


def _is_machine(parse: Parse, token: Token, words: EntityWords) -> bool:
    if _marks(parse, token) & words.people_marks:
        return False
    if _told(parse, token, words):
        return True
    same = [t for t in parse.tokens if t.lemma == token.lemma and t.i != token.i]
    before = any(_told(parse, t, words) for t in same if t.i < token.i)
    return before and not any(_marks(parse, t) & words.people_marks for t in same)


def _told(parse: Parse, token: Token, words: EntityWords) -> bool:
    """Whether a noun's own phrase or verb tells that it is a machine."""
    names = (t.text for t in parse.kids(token.i) if t.dep in MODIFIERS)
    if _marks(parse, token) & words.machine_marks or any(TYPE.fullmatch(name) for name in names):
        return True
    verb = parse.tokens[token.head]
    particle = parse.kid(verb.i, "prt")
    act = f"{verb.lemma} {particle.lower}" if particle is not None else verb.lemma
    if token.dep == "nsubj":
        return act in words.machine_acts and parse.kid(verb.i, "dobj") is None
    return token.dep in ("dobj", "nsubjpass") and act in words.machine_suffers


def _marks(parse: Parse, token: Token) -> frozenset[str]:
    """What narrows a noun, in small letters, compounds with hyphens as one word too."""
    first = min((t.i for t in parse.kids(token.i) if t.dep in MODIFIERS), default=token.i)
    before = parse.tokens[max(0, first - 2) : token.i]
    joined = re.split(r"\s+", parse.text[before[0].start : token.start].lower().strip()) if before else []
    return frozenset(joined) if first < token.i else frozenset()

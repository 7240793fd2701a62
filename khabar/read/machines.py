"""Bombers, fighters and carriers: people and companies, or machines of war? Embassies and banks: bodies, or buildings?

In: a noun of the table's ``machines`` or ``housed`` in a parse. Out: whether it is a machine here: its phrase names a type
("F-16 fighter", "strategic bomber"), its verb is one of machines ("two fighters took off", "shot down a bomber"), or the
text has told so before of the same word without saying of any that it was a person ("a suicide bomber"). Whether it is a
building: it is what was blown up or burned ("dynamited a bank"), or what a bomb went off before ("in front of the embassy").
A machine that only does what people do too ("the fighters attacked") is not told from them, nor a building in which
people do ("a meeting at the embassy").
"""

from __future__ import annotations

import re

from khabar.lexicon.entities import EntityWords, HeadWord
from khabar.read.tokens import Parse, Token

MACHINE = "warplane"
"""the head noun that a machine counts as"""
BUILDING = "building"
"""the head noun that a house of a body counts as"""
FRONT = ("front", "entrance", "door", "doors", "gate", "gates", "roof", "wall", "walls", "windows")
BESIDE = frozenset({"outside", "near", "inside", "opposite", "behind"})
TYPE = re.compile(r"[A-Z][A-Za-z]{0,3}-?\d{1,3}[A-Za-z]{0,2}")
MODIFIERS = ("compound", "amod", "nmod")


def told_apart(parse: Parse, token: Token, head: HeadWord, words: EntityWords) -> HeadWord:
    """The entry of a noun, that of a machine or a building if it is one here."""
    if head.word in words.machines and _is_machine(parse, token, words):
        return words.heads[MACHINE]
    if head.word in words.housed and _is_building(parse, token, words):
        return words.heads[BUILDING]
    return head


def _is_building(parse: Parse, token: Token, words: EntityWords) -> bool:
    """Whether a noun is what was struck as only a building can be, or what a bomb went off before or beside."""
    first = token
    while first.dep == "conj":
        first = parse.tokens[first.head]
    above = parse.tokens[first.head]
    if first.dep in ("dobj", "nsubjpass"):
        particle = parse.kid(above.i, "prt")
        return (f"{above.lemma} {particle.lower}" if particle is not None else above.lemma) in words.building_suffers
    if first.dep != "pobj":
        return False
    part = parse.tokens[above.head]
    if above.lower == "of" and part.lower in FRONT:
        above = parse.tokens[part.head]
    beside = above.lower in BESIDE or part.lower in FRONT
    return (beside and parse.tokens[above.head].lemma in words.blasts) or _set_fire(parse, above)


def _set_fire(parse: Parse, link: Token) -> bool:
    """ "set fire to a bank"."""
    verb = parse.tokens[link.head]
    verb = parse.tokens[verb.head] if verb.lower == "fire" else verb
    return link.lower == "to" and verb.lemma == "set" and any(k.lower == "fire" for k in parse.kids(verb.i, "dobj"))


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

"""Names that the parser does not see: those that the tables know word for word, and surnames that open a sentence; and what
known acronyms are short for.

In: a sentence of a parse, for each of its tokens whether it is part of a name so far, and the tables; or the names of a whole
text. Out: the same flags with those of known names set ("Doctors Without Borders", "Save the Children", "Daesh"); or the
tokens that are somebody's family name and nothing else in this text ("Milanes thanked her pupils"); or the nouns that end
the full names behind an acronym ("mission" for MONUSCO). Only bodies, outlets and
lines of something are looked up: a town may bear any word, and a surname may be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from khabar.lexicon.entities import EntityWords
from khabar.model.mentions import Kind
from khabar.read.gazetteer import NameKinds
from khabar.read.tokens import Parse, Sentence, Token

LONGEST = 7
"""tokens of a name that is looked up"""
INSIDE = frozenset({"of", "the", "and", "for", "without", "to", "in", "de", "des", "du", "sans", "no"})
"""words in small letters that may stand inside such a name"""
LEAST_LETTERS = 3
"""of an acronym that is looked up for what it is short for"""
BEHIND = (" of ", " for ", " in ", " (")
"""where a full name's last noun has been passed"""
COMMON_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "FW", "RB", "IN", "UH"})


def with_known(parse: Parse, sentence: Sentence, flags: list[bool], names: NameKinds) -> list[bool]:
    """The flags of a sentence in normal case, those of known names set too."""
    tokens, base = parse.tokens, sentence.first
    out = list(flags)
    for n in range(len(flags)):
        if not tokens[base + n].text[0].isupper():
            continue
        for end in _ends(tokens, base + n, sentence.last):
            if not all(out[n : end - base]) and _is_known(tokens[base + n : end], names):
                out[n : end - base] = [True] * (end - base - n)
                break
    return out


def _ends(tokens: tuple[Token, ...], first: int, last: int) -> Iterator[int]:
    """Where names from a token on may end, the longest first: behind a word with a capital."""
    end = first + 1
    while end < min(last, first + LONGEST) and (tokens[end].text[0].isupper() or tokens[end].text in INSIDE):
        end += 1
    yield from (stop for stop in range(end, first, -1) if tokens[stop - 1].text[0].isupper())


def _is_known(words: tuple[Token, ...], names: NameKinds) -> bool:
    """Whether these words are the name of a body or outlet, and of no place or person; or of a line or landscape that is of
    something ("Line of Control").
    """
    if len(words) == 1 and (words[0].tag not in COMMON_TAGS or len(words[0].text) < 4):
        return False
    text = " ".join(word.text for word in words)
    known = names.kinds(text)
    return (known == {Kind.ORG} and bool(names.sorts(text))) or (known == {Kind.LOC} and " of " in text)


def full_nouns(name: str, names: NameKinds) -> frozenset[str]:
    """The last nouns of what an acronym is short for, in small letters; none of any other name."""
    if len(name) < LEAST_LETTERS or not name.isupper():
        return frozenset()
    return frozenset(_nouns(known for several in names.bearers(name).values() for known in several))


def _nouns(full: Iterable[str]) -> Iterator[str]:
    for name in full:
        before = min((at for mark in BEHIND if (at := name.find(mark)) > 0), default=len(name))
        words = name[:before].lower().split()
        if len(words) > 1:
            yield words[-1]


def lone_surnames(parse: Parse, names: Iterable[tuple[int, int]], words: EntityWords) -> Iterator[int]:
    """Tokens that open a sentence, are in no name, and end a person's name of two words and more elsewhere. Words
    for people and things, and those that this text also writes small, are none.
    """
    tokens = parse.tokens
    spans = list(names)
    taken = {i for first, last in spans for i in range(first, last)}
    surnames = {tokens[last - 1].text for first, last in spans if _is_person(tokens[first:last])}
    openers = (tokens[s.first] for s in parse.sentences if s.first < s.last)
    found = [t for t in openers if t.text in surnames and t.i not in taken and t.tag in COMMON_TAGS]
    small = {t.text for t in tokens if t.text.islower()} if found else set()
    yield from (t.i for t in found if t.lower not in small | words.not_names and t.lower not in words.heads)


def _is_person(words: tuple[Token, ...]) -> bool:
    return len(words) > 1 and any(word.ent == "PERSON" for word in words)

"""Stretches of text for a head: its noun phrase, or the unbroken run of some tokens around it.

In: a parse, a token index. Out: spans in code points on the text, trimmed of marks. A phrase is without relative clauses,
appositions and conjuncts, which tell or name something else. It knows labels and the article, no other words.
"""

from __future__ import annotations

from khabar.model.spans import Span
from khabar.read.tokens import Parse, Token

OUTSIDE_PHRASE = frozenset({"relcl", "cc", "conj", "advcl", "parataxis", "ccomp", "appos"})


def phrase(parse: Parse, head: int, without: frozenset[str] = OUTSIDE_PHRASE) -> Span:
    """The noun phrase of a head as one stretch, without relative clauses, appositions and conjuncts, trimmed of marks."""
    return stretch(parse, head, frozenset(parse.subtree(head, without)))


def stretch(parse: Parse, head: int, wanted: frozenset[int]) -> Span:
    """The unbroken run of some tokens around a head, trimmed of marks."""
    first = last = head
    while first - 1 in wanted:
        first -= 1
    while last + 1 in wanted:
        last += 1
    while last > head and parse.tokens[last].pos in ("PUNCT", "PART"):
        last -= 1
    while first < head and parse.tokens[first].pos == "PUNCT":
        first += 1
    return Span(parse.tokens[first].start, parse.tokens[last].end)


def of_whomever(parse: Parse, noun: Token) -> bool:
    """ "end the killings", "end hostilities", but not "ended a visit", "ends visit" (headlines leave "a" out)."""
    whose = parse.kid(noun.i, "det", "poss")
    if whose is None:
        return not parse.sentences[noun.sent].headline
    return whose.lower == "the"

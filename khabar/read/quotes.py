"""Quotation marks to quoted stretches.

In: a text. Out: spans between paired marks (marks included), in order, never crossing a paragraph unless the next one
opens with a mark again (the newspaper convention for long quotes). Straight, curly, angled and low marks; a curly single
mark counts only if it opens after a blank and closes before one, so that apostrophes are safe. A mark that nobody
closes before the paragraph ends quotes the rest of the paragraph only if the next paragraph opens with one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from khabar.model.spans import Span

PAIRS = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'"}
DOUBLED = ("''", "``")
"""typewriter and old agency marks of two characters; either closes"""
SINGLE = frozenset("‘'")
LONGEST = 5_000
START = attrgetter("start")


def find_quotes(text: str) -> tuple[Span, ...]:
    """All quoted stretches of a text, outermost only."""
    out: list[Span] = []
    start = 0
    for paragraph in text.split("\n"):
        out.extend(_in_paragraph(text, start, start + len(paragraph)))
        start += len(paragraph) + 1
    return tuple(out)


def _in_paragraph(text: str, start: int, end: int) -> list[Span]:
    out: list[Span] = []
    at = start
    while at < end:
        mark = text[at]
        if text[at : at + 2] in DOUBLED and (doubled := _close_doubled(text, at, end)) is not None:
            out.append(Span(at, doubled))
            at = doubled
            continue
        if mark in PAIRS and _opens(text, at, start):
            close = _close(text, at, end)
            if close is not None:
                out.append(Span(at, close + 1))
                at = close
            elif mark not in SINGLE and _continues(text, end):
                out.append(Span(at, end))
                at = end
        at += 1
    return out


def _opens(text: str, at: int, start: int) -> bool:
    """A mark opens at the paragraph's start or after a blank, bracket or dash, and before a word."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return (before.isspace() or before in '([{—–-:“"‘') and not after.isspace()


def _close(text: str, at: int, end: int) -> int | None:
    """Index of the mark that closes the one at ``at``."""
    mark = text[at]
    for i in range(at + 1, min(end, at + LONGEST)):
        if text[i] in PAIRS[mark]:
            after = text[i + 1] if i + 1 < end else " "
            if mark not in SINGLE or not after.isalnum():
                return i
    return None


def _close_doubled(text: str, at: int, end: int) -> int | None:
    """End of a quotation between doubled marks."""
    found = [i for i in (text.find(m, at + 2, min(end, at + LONGEST)) for m in DOUBLED) if i > 0]
    return min(found) + 2 if found else None


def _continues(text: str, end: int) -> bool:
    """Whether the next paragraph opens with a quotation mark."""
    rest = text[end : end + 8].lstrip()
    return bool(rest) and rest[0] in PAIRS and rest[0] not in SINGLE


def quote_at(quotes: Sequence[Span], offset: int) -> Span | None:
    """The quoted stretch that holds an offset."""
    i = bisect_right(quotes, offset, key=START) - 1
    return quotes[i] if i >= 0 and offset < quotes[i].end else None

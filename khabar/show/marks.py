"""Text and labelled spans to non-overlapping runs, and code points to UTF-16 units: what a browser needs to mark text.

In: a text, spans in code points (0-based, end exclusive) with a label each; spans may nest, cross and touch. Out: runs
in order that together are exactly the text, each with the labels of all spans that cover it, widest span first. A
browser counts UTF-16 units ("A😀B" is 3 code points and 4 units); ``utf16`` and ``code_point`` translate. It cuts
between code points, so a combining mark is parted from its letter only where a span does so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from khabar.model.spans import Span

Label = TypeVar("Label")
BEYOND_BMP = 0xFFFF


@dataclass(frozen=True, slots=True)
class Mark(Generic[Label]):
    """A span and what it means."""

    span: Span
    label: Label


@dataclass(frozen=True, slots=True)
class Run(Generic[Label]):
    """A stretch of text under one set of marks; ``opens`` are the labels whose span begins here."""

    start: int
    end: int
    text: str
    labels: tuple[Label, ...]
    opens: tuple[Label, ...]


def runs(text: str, marks: Iterable[Mark[Label]], *, start: int = 0, end: int | None = None) -> Iterator[Run[Label]]:
    """The runs of ``text[start:end]``. Parts of spans outside it are left out, as are empty spans."""
    stop = len(text) if end is None else min(end, len(text))
    inside = sorted((m for m in marks if _touches(m.span, start, stop)), key=_widest_first)
    cuts = {start, stop}
    for mark in inside:
        cuts |= {max(start, mark.span.start), min(stop, mark.span.end)}
    edges = sorted(cuts)
    for left, right in pairwise(edges):
        over = [m for m in inside if m.span.start <= left and right <= m.span.end]
        opens = tuple(m.label for m in over if max(start, m.span.start) == left)
        yield Run(left, right, text[left:right], tuple(m.label for m in over), opens)


def _touches(span: Span, start: int, stop: int) -> bool:
    return max(span.start, start) < min(span.end, stop)


def _widest_first(mark: Mark[Label]) -> tuple[int, int]:
    """Outer spans before those inside them; equal spans keep their order."""
    return mark.span.start - mark.span.end, mark.span.start


def utf16(text: str, code_points: int) -> int:
    """The UTF-16 offset of a code point offset."""
    return code_points + sum(ord(c) > BEYOND_BMP for c in text[:code_points])


def code_point(text: str, units: int) -> int:
    """The code point offset of a UTF-16 offset; one inside a surrogate pair goes to the pair's start."""
    seen = 0
    for at, letter in enumerate(text):
        width = 2 if ord(letter) > BEYOND_BMP else 1
        if seen + width > units:
            return at
        seen += width
    return len(text)


def paragraphs(text: str) -> Iterator[Span]:
    """The lines of a text that hold anything, as spans without surrounding white space."""
    at = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            start = at + line.index(words)
            yield Span(start, start + len(words))
        at += len(line)

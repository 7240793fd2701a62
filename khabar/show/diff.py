"""Two texts side by side, word by word: what went, what came, what stayed.

In: two texts. Out: pieces in reading order whose kept and added parts are exactly the new text, and whose kept and
removed parts are exactly the old one. Long texts are first aligned by paragraphs, then by words inside the paragraphs
that changed, so the cost stays near the size of the change. It knows no meaning: classes of edits come from ``fuse``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = re.compile(r"\w+|\s+|[^\w\s]")
MOST = 4_000_000
"""pairs of words beyond which a passage counts as replaced whole: the comparison is quadratic at its worst"""
LINES = re.compile(r"[^\n]*\n+|[^\n]+")


class Change(StrEnum):
    """What became of a piece."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and what became of them."""

    change: Change
    text: str


def diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces, neighbours of one kind joined."""
    return tuple(_joined(_by_lines(before, after)))


def _by_lines(before: str, after: str) -> Iterator[Piece]:
    for tag, a, b in _steps(LINES.findall(before), LINES.findall(after)):
        if tag == "equal":
            yield Piece(Change.KEPT, a)
        else:
            yield from _by_words(a, b)


def _by_words(before: str, after: str) -> Iterator[Piece]:
    for tag, a, b in _steps(WORDS.findall(before), WORDS.findall(after)):
        if tag == "equal":
            yield Piece(Change.KEPT, a)
            continue
        if a:
            yield Piece(Change.REMOVED, a)
        if b:
            yield Piece(Change.ADDED, b)


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    if len(old) * len(new) > MOST:
        yield "replace", "".join(old), "".join(new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield tag, "".join(old[a:b]), "".join(new[c:d])


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Lone white space between two changes goes with them, so that a phrase is struck as one."""
    rows = list(pieces)
    removed, added, out = "", "", []
    for at, piece in enumerate(rows):
        between = piece.change is Change.KEPT and not piece.text.strip() and "\n" not in piece.text
        if between and 0 < at < len(rows) - 1:
            removed, added = removed + piece.text, added + piece.text
        elif piece.change is Change.KEPT:
            out += [*_pair(removed, added), piece]
            removed = added = ""
        elif piece.change is Change.REMOVED:
            removed += piece.text
        else:
            added += piece.text
    return iter([*out, *_pair(removed, added)])


def _pair(removed: str, added: str) -> list[Piece]:
    """What went, then what came; white space that both sides share is kept."""
    if removed == added:
        return [Piece(Change.KEPT, removed)] if removed else []
    both = [Piece(Change.REMOVED, removed), Piece(Change.ADDED, added)]
    return [piece for piece in both if piece.text]

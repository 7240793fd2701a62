"""The page of an article's edits: what changed of the claims, then what changed of the words.

In: a View and a revision. Out: a record for the template: changes with the gravest first, classes of edits with their
words, and the text as pieces, long unchanged stretches cut out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khabar.ledger import questions
from khabar.ledger.answers import RevisionRow
from khabar.ledger.store import View
from khabar.model.changes import EditClass, Revision
from khabar.show.diff import Change, Piece, diff
from khabar.show.naming import capital
from khabar.show.web.brief import RANK, flag_of, said

AROUND = 120
"""unchanged code points that are shown on each side of a change"""
GAP = " … "


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change of what is claimed."""

    kind: str
    note: str
    before: str
    after: str
    before_claim_id: str | None
    after_claim_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditWords:
    """One edit of the text of one class."""

    kind: str
    before: str
    after: str
    in_headline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionPage:
    """One revision."""

    row: RevisionRow
    flag: str
    changes: tuple[ChangeLine, ...]
    edits: tuple[EditWords, ...]
    lines: tuple[tuple[Piece, ...], ...]
    """the changed text by paragraphs"""


def revision_page(view: View, row: RevisionRow) -> RevisionPage:
    """One revision with its texts compared."""
    before = questions.read_article(view, row.revision.from_version_id)
    after = questions.read_article(view, row.revision.to_version_id)
    old, new = (x.version.text if x is not None else "" for x in (before, after))
    return RevisionPage(
        row=row,
        flag=flag_of(row.revision),
        changes=tuple(change_lines(row.revision, old, new)),
        edits=tuple(
            EditWords(
                kind=said(e.edit_class.value), before=e.before_text, after=e.after_text, in_headline=e.in_headline
            )
            for e in row.revision.edits
            if e.edit_class not in {EditClass.STYLE, EditClass.MOVED}
        ),
        lines=tuple(lines_of(shortened(diff(old, new)))),
    )


def change_lines(revision: Revision, old: str, new: str) -> Iterator[ChangeLine]:
    """The changes with the gravest first; those that say the same of several claims stand once."""
    told = set()
    for change in sorted(revision.changes, key=lambda c: RANK.index(c.kind)):
        before = change.before.cut(old) if change.before is not None else ""
        after = change.after.cut(new) if change.after is not None else ""
        if (change.kind, change.note, before, after) in told:
            continue
        told.add((change.kind, change.note, before, after))
        yield ChangeLine(
            kind=said(change.kind.value),
            note=capital(change.note),
            before=before,
            after=after,
            before_claim_id=change.before_claim_id,
            after_claim_id=change.after_claim_id,
        )


def shortened(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """The pieces with the middle of long unchanged stretches cut out."""
    for at, piece in enumerate(pieces):
        if piece.change is not Change.KEPT:
            yield piece
            continue
        first, last = at == 0, at == len(pieces) - 1
        if len(pieces) == 1:
            continue
        yield Piece(Change.KEPT, cut_middle(piece.text, first=first, last=last))


def cut_middle(text: str, *, first: bool, last: bool) -> str:
    """What stands next to a change: the end of a first stretch, the start of a last one, both of one between."""
    room = AROUND * (1 if first or last else 2)
    if len(text) <= room + len(GAP):
        return text
    head = "" if first else text[:AROUND].rsplit(" ", 1)[0]
    tail = "" if last else text[-AROUND:].split(" ", 1)[-1]
    return f"{head}{GAP}{tail}"


def lines_of(pieces: Iterator[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Pieces by paragraphs."""
    line: list[Piece] = []
    for piece in pieces:
        for number, part in enumerate(piece.text.split("\n")):
            if number and line:
                yield tuple(line)
                line = []
            line += [Piece(piece.change, part)] if part else []
    if line:
        yield tuple(line)

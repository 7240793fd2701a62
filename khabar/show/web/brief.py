"""The morning brief: how much there is, which articles, and what was quietly changed.

In: a View. Out: records for the template. Edits stand in the order of their consequence: a name that went before a verb
that softened before a number that changed before mere wording.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.ledger import questions
from khabar.ledger.answers import ArticleRow, ClaimFilter, RevisionRow, Totals
from khabar.ledger.store import View
from khabar.model.changes import ChangeKind, EditClass, Revision
from khabar.show.diff import Piece, diff
from khabar.show.naming import capital
from khabar.show.web.query import WORDS

ARTICLES = 50
"""articles on one page"""
NEWEST = 200
"""newest edits among which the gravest are sought"""
EDITS = 5
"""edits that the brief shows"""
RANK = (
    ChangeKind.NAME_REMOVED,
    ChangeKind.NAME_GENERALISED,
    ChangeKind.WITHDRAWN,
    ChangeKind.SOURCE_REMOVED,
    ChangeKind.SOFTENED,
    ChangeKind.HARDENED,
    ChangeKind.QUANTITY_CHANGED,
    ChangeKind.PLACE_CHANGED,
    ChangeKind.DATE_CHANGED,
    ChangeKind.SOURCE_CHANGED,
    ChangeKind.NAME_ADDED,
    ChangeKind.ADDED,
    ChangeKind.REWORDED,
)
EDIT_KINDS = {
    EditClass.NAME_REMOVED: ChangeKind.NAME_REMOVED,
    EditClass.NAME_GENERALISED: ChangeKind.NAME_GENERALISED,
    EditClass.CLAIM_WITHDRAWN: ChangeKind.WITHDRAWN,
    EditClass.ATTRIBUTION_REMOVED: ChangeKind.SOURCE_REMOVED,
    EditClass.HEDGE_ADDED: ChangeKind.SOFTENED,
    EditClass.HEDGE_REMOVED: ChangeKind.HARDENED,
    EditClass.NUMBER_CHANGED: ChangeKind.QUANTITY_CHANGED,
    EditClass.PLACE_CHANGED: ChangeKind.PLACE_CHANGED,
    EditClass.DATE_CHANGED: ChangeKind.DATE_CHANGED,
    EditClass.ATTRIBUTION_REPLACED: ChangeKind.SOURCE_CHANGED,
    EditClass.NAME_ADDED: ChangeKind.NAME_ADDED,
    EditClass.CLAIM_ADDED: ChangeKind.ADDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article of the list."""

    article: ArticleRow
    words: tuple[tuple[str, int], ...]
    flags: tuple[tuple[int, str], ...]
    """(version, what its edit did), for every version after the first"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditLine:
    """One edit of the list."""

    row: RevisionRow
    flag: str
    headline: tuple[Piece, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The whole page."""

    totals: Totals
    entries: tuple[Entry, ...]
    edits: tuple[EditLine, ...]
    page: int
    more: bool


def brief_of(view: View, page: int) -> Brief:
    """The brief, one page of its articles."""
    rows = questions.articles(view, limit=ARTICLES + 1, offset=(page - 1) * ARTICLES)
    revisions = questions.edits(view, limit=NEWEST)
    ranked = sorted((r for r in revisions if worth_telling(r.revision)), key=lambda r: rank_of(r.revision))
    return Brief(
        totals=questions.totals(view),
        entries=tuple(_entry(view, row) for row in rows[:ARTICLES]),
        edits=tuple(edit_line(r) for r in ranked[:EDITS]) if page == 1 else (),
        page=page,
        more=len(rows) > ARTICLES,
    )


def _entry(view: View, row: ArticleRow) -> Entry:
    mine = questions.edits(view, article_id=row.article_id) if row.ordinal > 1 else []
    flags = sorted((r.after_ordinal, flag_of(r.revision)) for r in mine)
    return Entry(
        article=row, words=in_order(questions.words(view, ClaimFilter(article=row.article_id))), flags=tuple(flags)
    )


def in_order(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Counts by word in the order of the legend, without those that are none."""
    return tuple((word, counts[word]) for word in WORDS if counts.get(word))


def kinds_of(revision: Revision) -> list[ChangeKind]:
    """What a revision did, the gravest first, each once."""
    found = {c.kind for c in revision.changes} | {k for e in revision.edits if (k := EDIT_KINDS.get(e.edit_class))}
    return [kind for kind in RANK if kind in found]


def flag_of(revision: Revision) -> str:
    """The gravest change as words: "name removed"; "" for mere wording."""
    kinds = kinds_of(revision)
    return said(kinds[0].value) if kinds and kinds[0] is not ChangeKind.REWORDED else ""


def said(value: str) -> str:
    """A value of a closed list as words: "NAME_REMOVED" -> "name removed"."""
    return value.replace("_", " ").lower()


def worth_telling(revision: Revision) -> bool:
    """Whether more than wording changed."""
    return flag_of(revision) != ""


def rank_of(revision: Revision) -> int:
    """0 for the gravest."""
    kinds = kinds_of(revision)
    return RANK.index(kinds[0]) if kinds else len(RANK)


def edit_line(row: RevisionRow) -> EditLine:
    """One edit of the list with the sentences that say what it did, the gravest first."""
    changes = sorted(row.revision.changes, key=lambda c: RANK.index(c.kind))
    notes = tuple(dict.fromkeys(capital(c.note) for c in changes if c.note))
    headline = diff(row.before_headline or "", row.after_headline or "")
    return EditLine(row=row, flag=flag_of(row.revision), headline=headline, notes=notes[:2])

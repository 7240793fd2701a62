"""What of an unconfirmed revision is certain although the page changed again: slots that change at every fetch are noise.

In: a revision and those before and after it, of one article. Out: the part of it that may be told, or None. A page with a
counter in its text is another page at every request, so no request ever finds again what awaits confirmation. An edit is
settled when the next state left its place alone. An edit whose place changed again is volatile, and waits; unless it
touches a claim in a place that had been quiet until then: that is told. A page that goes back to the state before is
flapping, nothing of it is settled. Nothing is discarded: the ledger and ``khabar edits`` have every revision whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.model.changes import ClaimChange, EditClass, Revision, TextEdit
from khabar.model.spans import Span

QUIET = frozenset({EditClass.STYLE, EditClass.MOVED})


def settled(revision: Revision, *, earlier: Revision | None, later: Revision | None) -> Revision | None:
    """The part of a revision that may be told, with the changes of claims that go with it."""
    if later is None or later.to_version_id == revision.from_version_id:
        return None
    kept = tuple(e for e in revision.edits if not volatile(e, later) or _fresh_claim(e, revision, earlier))
    if not any(e.edit_class not in QUIET for e in kept):
        return None
    places = {(e.before, e.after) for e in kept}
    return replace(revision, edits=kept, changes=tuple(c for c in revision.changes if (c.before, c.after) in places))


def volatile(edit: TextEdit, later: Revision) -> bool:
    """Whether the next state changed the place of an edit again."""
    return _again((edit.after, edit.in_headline), [(e.before, e.in_headline) for e in later.edits])


def _fresh_claim(edit: TextEdit, revision: Revision, earlier: Revision | None) -> bool:
    """Whether an edit touches a claim and the state before had left its place alone."""
    if not any(_of(change, edit) for change in revision.changes):
        return False
    places = [(e.after, e.in_headline) for e in earlier.edits] if earlier else []
    return not _again((edit.before, edit.in_headline), places)


def _of(change: ClaimChange, edit: TextEdit) -> bool:
    claimed = change.before_claim_id is not None or change.after_claim_id is not None
    return claimed and (change.before, change.after) == (edit.before, edit.after)


Place = tuple[Span | None, bool]
"""where an edit stands, and whether that is the headline"""


def _again(where: Place, others: Sequence[Place]) -> bool:
    """Whether a place is among others; a headline beside the text has no spans and is one place."""
    place, headline = where
    if place is None:
        return headline and any(span is None and head for span, head in others)
    return any(span is not None and span.overlaps(place) for span, _ in others)

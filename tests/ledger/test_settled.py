"""What of an unconfirmed revision may be told although the page changed again."""

from __future__ import annotations

import pytest

from khabar.ledger.settled import settled
from khabar.model.changes import ChangeKind, ClaimChange, EditClass, Revision, TextEdit
from khabar.model.spans import Span

SLOT, NEXT_SLOT, BODY = Span(200, 204), Span(202, 206), Span(40, 52)


def edit(before: Span | None, after: Span | None, kind: EditClass = EditClass.NUMBER_CHANGED) -> TextEdit:
    return TextEdit(
        edit_class=kind, before=before, after=after, before_text="b", after_text="a", in_headline=before is None
    )


def revision(first: str, second: str, *edits: TextEdit, claim: str | None = None) -> Revision:
    changes = [
        ClaimChange(
            change_id=f"{first}{second}{n}", from_version_id=first, to_version_id=second, kind=ChangeKind.QUANTITY_CHANGED,
            before_claim_id=claim, after_claim_id=claim, before=e.before, after=e.after, note="",
        )
        for n, e in enumerate(edits)
    ]  # fmt: skip
    return Revision(from_version_id=first, to_version_id=second, edits=edits, changes=tuple(changes), disclosed=False)


COUNTER = revision("v2", "v3", edit(NEXT_SLOT, SLOT))
"""the next state: only the slot is another again"""


def told(one: Revision, *, earlier: Revision | None = None, later: Revision | None = COUNTER) -> list[Span | None]:
    part = settled(one, earlier=earlier, later=later)
    return [] if part is None else [e.after for e in part.edits]


def test_an_edit_that_the_next_state_left_alone_is_told_without_the_slot() -> None:
    one = revision("v1", "v2", edit(BODY, BODY), edit(SLOT, NEXT_SLOT))
    part = settled(one, earlier=None, later=COUNTER)
    assert part is not None
    assert [e.after for e in part.edits] == [BODY]
    assert [c.after for c in part.changes] == [BODY]


def test_a_slot_alone_is_noise() -> None:
    assert told(revision("v1", "v2", edit(SLOT, NEXT_SLOT))) == []


def test_style_that_stayed_is_nothing_to_tell() -> None:
    assert told(revision("v1", "v2", edit(BODY, BODY, EditClass.STYLE), edit(SLOT, NEXT_SLOT))) == []


def test_a_claim_in_a_place_that_was_quiet_is_told_even_if_it_changes_again() -> None:
    one = revision("v1", "v2", edit(SLOT, NEXT_SLOT), claim="c")
    assert told(one) == [NEXT_SLOT]
    assert told(one, earlier=revision("v0", "v1", edit(BODY, SLOT), claim="c")) == []


@pytest.mark.parametrize("later", [None, revision("v2", "v1", edit(NEXT_SLOT, SLOT))])
def test_nothing_is_settled_before_the_next_state_or_if_it_goes_back(later: Revision | None) -> None:
    assert told(revision("v1", "v2", edit(BODY, BODY), claim="c"), later=later) == []


def test_a_headline_beside_the_text_is_one_place() -> None:
    one = revision("v1", "v2", edit(None, None))
    assert told(one, later=revision("v2", "v3", edit(None, None))) == []
    assert told(one) == [None]

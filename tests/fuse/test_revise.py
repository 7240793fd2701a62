"""Revisions: claim changes with their claims, order, disclosure."""

from __future__ import annotations

import pytest

from khabar.fuse.revise import revise
from khabar.model.articles import ReadArticle
from khabar.model.changes import ChangeKind
from khabar.model.claims import EventType, Role
from tests.fuse.builder import Told, article, version


def visit(text: str, actor: str, key: str) -> ReadArticle:
    told = Told(version(text, key=key))
    told.tell("visited", EventType.CONSULT, {Role.ACTOR: actor, Role.PLACE: "Ostrava"}, lemma="visit")
    return told.done()


def test_a_change_names_the_claim_before_and_after() -> None:
    before = visit("Colonel Tarik Benou visited Ostrava.", "Colonel Tarik Benou", "v1")
    after = visit("A senior officer visited Ostrava.", "A senior officer", "v2")
    (change,) = revise(before, after).changes
    assert change.kind is ChangeKind.NAME_GENERALISED
    assert change.before_claim_id == before.reading.claims[0].claim_id
    assert change.after_claim_id == after.reading.claims[0].claim_id
    assert change.note == "the name Tarik Benou became A senior officer"


def test_a_silent_edit_without_any_claim_still_gives_a_change() -> None:
    (change,) = revise(article("Tarik Benou visits Ostrava"), article("A senior officer visits Ostrava")).changes
    assert (change.before_claim_id, change.after_claim_id) == (None, None)
    assert change.before is not None


def test_a_flipped_claim_is_withdrawn_and_its_contrary_added() -> None:
    kinds = [c.kind for c in revise(article("The dam held."), article("The dam did not hold.")).changes]
    assert kinds == [ChangeKind.WITHDRAWN, ChangeKind.ADDED]


def test_changes_of_the_headline_come_first_then_the_gravest() -> None:
    before = article("Nine killed in Ghat\n\nTwo men fled. Karim Latif was shot by guards.")
    after = article("Ten killed in Ghat\n\nThree men fled. A minister was shot by guards.")
    kinds = [c.kind for c in revise(before, after).changes]
    assert kinds == [ChangeKind.QUANTITY_CHANGED, ChangeKind.NAME_GENERALISED, ChangeKind.QUANTITY_CHANGED]


@pytest.mark.parametrize(
    ("stamp", "note", "disclosed"),
    [(None, "", False), ("2019-05-09", "", True), (None, "\n\nCorrection: the port was misnamed.", True)],
)
def test_disclosed(stamp: str | None, note: str, *, disclosed: bool) -> None:
    before = article("Ships left Sfax.\n\nThey were full.", updated=None)
    after = article(f"Ships left Sousse.\n\nThey were full.{note}", updated=stamp)
    assert revise(before, after).disclosed is disclosed


def test_nothing_changed() -> None:
    same = article("Ships left Sfax.")
    revision = revise(same, same)
    assert (revision.edits, revision.changes, revision.disclosed) == ((), (), False)


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        (
            "Rebels took the port.",
            "Armed men took the port.",
            "“Rebels” became “Armed men”: whose they are is no longer said",
        ),
        ("Gunmen took the port.", "Soldiers took the port.", "now said to be “Soldiers”"),
        (
            "Tarik Benou took the port.",
            "A senior officer took the port.",
            "the name Tarik Benou became A senior officer",
        ),
    ],
)
def test_a_side_is_no_name_in_the_note(before: str, after: str, note: str) -> None:
    assert [c.note for c in revise(article(before), article(after)).changes] == [note]

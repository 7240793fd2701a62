"""Spells of control from hand-made readings."""

from __future__ import annotations

from khabar.fuse.fusion import fuse
from khabar.model.articles import ReadArticle
from khabar.model.claims import Relation, Role
from khabar.model.events import SpellStatus
from khabar.model.factuality import Realis, Word
from khabar.model.mentions import Form, Kind
from tests.fuse.builder import Told, version

Row = tuple[str | None, str | None, str | None, str]


def scene(text: str, *holders: str, key: str = "a", published: str = "2019-05-08") -> Told:
    """A text about Brak with its holders as mentions."""
    told = Told(version(text, key=key, published=published))
    told.place("Brak", "geonames:1")
    for holder in holders:
        told.mention(holder, Kind.ORG, Form.NOM)
    return told


def spells(*articles: ReadArticle) -> list[Row]:
    """(holder, first day of the start, first day of the end, status) in order."""
    found = fuse(articles).spells
    return [
        (s.controller_name, s.start[0] if s.start else None, s.end[0] if s.end else None, s.status.value) for s in found
    ]


def taken(text: str, who: str, **given: object) -> Told:
    told = scene(text, who, **given)  # type: ignore[arg-type]  # key and published
    told.tell("seized", Relation.CONTROL, {Role.ACTOR: who, Role.THEME: "Brak"}, lemma="seize", mode="take")
    return told


def test_taken_and_taken_back_ends_the_first_spell() -> None:
    first = taken("The Red Column seized Brak on Monday.", "Red Column", key="a", published="2019-05-08").done()
    second = taken("The Blue Guard seized Brak on Sunday.", "Blue Guard", key="b", published="2019-05-14").done()
    expected = [("Red Column", "2019-05-06", "2019-05-12", "asserted"), ("Blue Guard", "2019-05-12", None, "asserted")]
    assert spells(first, second) == expected
    assert spells(second, first) == expected


def test_a_claimed_capture_ends_nothing() -> None:
    first = taken("The Red Column seized Brak on Monday.", "Red Column", key="a").done()
    told = scene("The Blue Guard said it had seized Brak.", "Blue Guard", key="b", published="2019-05-14")
    source = told.says("The Blue Guard", "said", "it had seized Brak")
    roles = {Role.ACTOR: "Blue Guard", Role.THEME: "Brak"}
    told.tell("seized", Relation.CONTROL, roles, lemma="seize", mode="take", chain=(source,), word=Word.REPORTED)
    found = spells(first, told.done())
    assert ("Red Column", "2019-05-06", None, "contested") in found
    assert ("Blue Guard", None, None, "contested") in found


def test_planned_and_failed_captures_make_no_spell() -> None:
    told = scene("The Blue Guard plans to seize Brak.", "Blue Guard")
    roles = {Role.ACTOR: "Blue Guard", Role.THEME: "Brak"}
    told.tell("seize", Relation.CONTROL, roles, mode="take", realis=Realis.PLANNED, word=Word.PLANNED)
    assert spells(told.done()) == []


def test_an_announced_handover_leaves_the_present_holder() -> None:
    told = scene("The Red Column will cede Brak to the Blue Guard.", "Red Column", "Blue Guard")
    roles = {Role.ACTOR: "Red Column", Role.THEME: "Brak", Role.RECIPIENT: "Blue Guard"}
    told.tell("cede", Relation.CONTROL, roles, mode="give", realis=Realis.PLANNED, word=Word.PLANNED)
    assert spells(told.done()) == [("Red Column", None, None, "asserted")]


def test_leaving_leaves_the_place_to_nobody_and_coming_in_fills_it() -> None:
    told = scene(
        "The Red Column left Brak on Monday and the Blue Guard entered the town on Tuesday.", "Red Column", "Blue Guard"
    )
    told.mention("the town", Kind.GPE, Form.NOM)
    told.tell("left", Relation.MOVE, {Role.ACTOR: "Red Column", Role.PLACE: "Brak"}, lemma="leave")
    told.tell("entered", Relation.MOVE, {Role.ACTOR: "Blue Guard", Role.PLACE: "the town"}, lemma="enter")
    rows = spells(told.done())
    assert [(r[0], r[2] is None) for r in rows] == [("Red Column", False), ("Blue Guard", True)]


def test_coming_in_alone_changes_nothing() -> None:
    told = scene("The Blue Guard entered Brak.", "Blue Guard")
    told.tell("entered", Relation.MOVE, {Role.ACTOR: "Blue Guard", Role.PLACE: "Brak"}, lemma="enter")
    assert spells(told.done()) == []


def test_a_siege_marks_whoever_holds_the_place() -> None:
    first = taken("The Red Column seized Brak on Monday.", "Red Column", key="a").done()
    told = scene("The Blue Guard besieged Brak.", "Blue Guard", key="b", published="2019-05-14")
    told.tell("besieged", None, {Role.ACTOR: "Blue Guard", Role.RECIPIENT: "Brak"}, lemma="besiege")
    assert spells(first, told.done()) == [("Red Column", "2019-05-06", None, SpellStatus.BESIEGED.value)]


def test_another_voice_makes_a_capture_contested() -> None:
    told = scene("The Red Column has seized Brak. The ministry said its men were still inside.", "Red Column")
    told.tell("seized", Relation.CONTROL, {Role.ACTOR: "Red Column", Role.THEME: "Brak"}, lemma="seize", mode="take")
    told.says("The ministry", "said", "its men were still inside")
    assert spells(told.done()) == [("Red Column", None, None, "contested")]

"""A user's table wins: the same id replaces ours, a name that it gives to somebody else is theirs alone."""

from __future__ import annotations

from khabar.atlas.build import _merged
from khabar.atlas.rows import ActorRow
from khabar.model.mentions import Kind


def body(key: str, *names: str, acronyms: tuple[str, ...] = ()) -> ActorRow:
    return ActorRow(
        actor_id=f"khabar:{key}",
        kind=Kind.ORG,
        sort="militia",
        name=names[0],
        names=names,
        acronyms=acronyms,
        country=None,
    )


def test_an_id_is_replaced() -> None:
    assert _merged([[body("guard", "Guard of Varn")], [body("guard", "Varn Guard")]]) == [body("guard", "Varn Guard")]


def test_a_name_and_an_acronym_go_to_the_user_s_row() -> None:
    ours = body("front", "Liberation Front", "Front of the Oasis", acronyms=("LF", "LFO"))
    merged = _merged([[ours], [body("mine", "Liberation front", acronyms=("LF",))]])
    assert merged[0] == body("front", "Front of the Oasis", acronyms=("LFO",))
    assert merged[1].names == ("Liberation front",)


def test_a_row_without_a_name_left_goes() -> None:
    assert [row.actor_id for row in _merged([[body("a", "Guard")], [body("b", "guard")]])] == ["khabar:b"]


def test_one_folder_alone_keeps_its_rows() -> None:
    rows = [body("a", "Guard"), body("b", "Front")]
    assert _merged([rows]) == rows

"""Look-ups on a small compiled atlas."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from khabar.atlas.atlas import Atlas, open_atlas
from khabar.atlas.build import write_atlas
from khabar.atlas.loading import load_edited
from khabar.atlas.rows import Counts
from khabar.errors import DataFault
from khabar.model.mentions import Kind
from khabar.read.gazetteer import NameKinds
from tests.atlas.small import world


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Kenya", {"GPE"}),
        ("the Kremlin", {"ORG"}),
        ("Springdale", {"GPE"}),
        ("Hamlet", set()),
        ("March", set()),
        ("Drylands", {"LOC"}),
        ("Tamat terminal", {"FAC"}),
        ("KDF", {"ORG"}),
        ("kdf", set()),
        ("WHO", {"ORG"}),
        ("who", set()),
        ("Odari", {"PER"}),
        ("The Lake Post", {"ORG"}),
        ("Nowhere", set()),
        ("", set()),
    ],
)
def test_kinds(atlas: Atlas, name: str, kinds: set[str]) -> None:
    asked: NameKinds = atlas
    assert {k.value for k in asked.kinds(name)} == kinds


@pytest.mark.parametrize("name", ["El Qahar", "al-Qahar", "Qahar", "EL QAHAR", "El-Qáhar"])
def test_a_place_is_found_by_every_form_of_its_article(atlas: Atlas, name: str) -> None:
    assert [row.country for row in atlas.places(name)] == ["JOR"]


def test_edited_places_stand_first(atlas: Atlas) -> None:
    first, second = atlas.places("Tamat")
    assert (first.country, first.curated) == ("KEN", True)
    assert (second.country, second.curated) == ("MLI", False)


def test_bearers_come_by_population(atlas: Atlas) -> None:
    assert [row.population for row in atlas.places("Springdale")] == [80_000, 3_000]


def test_actors_say_by_which_name(atlas: Atlas) -> None:
    assert [(r.actor_id, r.how) for r in atlas.actors("Peter Odari")] == [("khabar:odari", "name")]
    assert [(r.actor_id, r.how) for r in atlas.actors("K.D.F.")] == [("khabar:kdf", "acronym")]
    assert {(r.actor_id, r.how) for r in atlas.actors("Odari")} == {
        ("khabar:odari", "surname"),
        ("khabar:odari-uga", "surname"),
    }


@pytest.mark.parametrize("name", ["Qasimi", "Kassimi", "Qasemi", "القاسمي"])
def test_spellings_propose_candidates(atlas: Atlas, name: str) -> None:
    assert "khabar:qasimi" in {row.actor_id for row in atlas.alike(name)}


def test_actor_by_id_and_bodies(atlas: Atlas) -> None:
    row = atlas.actor("khabar:odari")
    assert row is not None
    assert row.offices[0].body_id == "khabar:kdf"
    assert atlas.actor("khabar:nobody") is None
    assert [r.actor_id for r in atlas.bodies("KEN", "state")] == ["Q114"]
    assert [r.actor_id for r in atlas.bodies("KEN", "armed_forces")] == ["khabar:kdf"]


def test_a_part_of_a_body_is_not_the_body_of_the_country(tmp_path: Path) -> None:
    """ "The Ugandan army" is the army, not one of its battalions too."""
    content = (
        "- {id: army, kind: ORG, sort: armed_forces, country: UGA, names: [Army of the Lakes]}\n"
        "- {id: unit, kind: ORG, sort: armed_forces, country: UGA, names: [First Lake Battalion], parents: [{id: army}]}\n"
    )
    edited = load_edited("x", {"actors.yml": content.encode()}, {"UGA"})
    write_atlas(tmp_path / "a.sqlite", replace(world(), actors=edited.actors))
    opened = open_atlas(tmp_path / "a.sqlite")
    assert [row.actor_id for row in opened.bodies("UGA", "armed_forces")] == ["khabar:army"]
    opened.close()


def test_outlets_by_name_acronym_and_domain(atlas: Atlas) -> None:
    for name in ("Lake Post", "LP", "www.lakepost.example"):
        assert [row.outlet_id for row in atlas.outlets(name)] == ["khabar:outlet/lake-post"]
    assert atlas.outlets("lp") == ()


def test_counts_and_origins(atlas: Atlas) -> None:
    assert isinstance(atlas.counts(), Counts)
    assert atlas.counts().actors == 8
    assert {o.name: (o.licence, o.date) for o in atlas.origins()}["test"] == ("CC0", "2020-01-01")


def test_the_file_cannot_be_written(atlas: Atlas) -> None:
    with pytest.raises(apsw.ReadOnlyError):
        atlas._connection.execute("DELETE FROM actor")


def test_no_file_and_a_foreign_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFault, match="build it anew"):
        open_atlas(tmp_path / "none.sqlite")
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"not a database at all, only words" * 100)
    with pytest.raises(DataFault, match=r"other\.sqlite"):
        open_atlas(other)


def test_kind_of_a_person_named_like_an_ordinary_word(atlas: Atlas) -> None:
    assert Kind.GPE not in atlas.kinds("March")
    assert atlas.places("March")

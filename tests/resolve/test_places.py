"""Toponyms to the map: the right bearer by context, or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khabar.atlas.atlas import Atlas
from khabar.model.claims import EventType
from khabar.model.links import PlaceLink
from khabar.resolve.context import context_of
from khabar.resolve.lookups import Lookups
from khabar.resolve.places import link_places, point_km
from tests.resolve.making import document, done_by, said_by


def placed(marked: str, atlas: Lookups) -> dict[str, PlaceLink]:
    """Links by the words of the mention."""
    version, reading = document(marked)
    links = link_places(context_of(version, reading, atlas))
    words = {m.mention_id: m.span.cut(version.text) for m in reading.mentions}
    return {words[link.mention_id]: link for link in links}


@pytest.mark.parametrize(
    ("text", "name", "where"),
    [
        ("Rain fell on [Springdale|GPE].", "Springdale", "Arkansas"),
        ("Rain fell on [Springdale|GPE], [Georgia|GPE], and passed.", "Springdale", "Georgia"),
        ("The mayors of [Springdale|GPE] and [Oldbridge|GPE] met.", "Springdale", "Georgia"),
        ("Trucks left [Tamat|GPE] in [Kenya|GPE].", "Tamat", "KEN"),
        ("A [Kenyan|GPE] tanker lay off the [Tamat|FAC] terminal.", "Tamat", "KEN"),
        ("Herders near [Tamat|GPE] in northern [Mali|GPE] and [Malian|GPE] soldiers", "Tamat", "MLI"),
        ("He flew from [Georgia|GPE], where [Georgian|GPE] police wait", "Georgia", "GEO"),
        ("[Oldbridge|GPE], [Georgia|GPE], voted with the rest of the [United States|GPE]", "Georgia", "USA"),
    ],
)
def test_the_bearer_that_fits(text: str, name: str, where: str, atlas: Atlas) -> None:
    link = placed(text, atlas)[name]
    assert where in (link.admin1, link.country)


@pytest.mark.parametrize(
    "text",
    [
        "[Kenyan|GPE] troops",
        "a man called [Hamlet|PER]",
        "[Utopia|GPE]",
        "[the city|GPE.NOM]",
        "the [Ugandans|GPE]",
    ],
)
def test_not_on_the_map(text: str, atlas: Atlas) -> None:
    assert placed(text, atlas) == {}


def test_a_town_that_speaks_or_acts_is_no_place(atlas: Atlas) -> None:
    version, reading = document("[Nairobi|GPE] said troops left [Nairobi|GPE]. [Nairobi|GPE] condemned it.")
    first, second, third = reading.mentions
    reading = replace(reading, attributions=(said_by(first),), predications=(done_by(third, EventType.REJECT),))
    links = link_places(context_of(version, reading, atlas))
    assert [link.mention_id for link in links] == [second.mention_id]


def test_a_town_inside_a_source_is_a_place(atlas: Atlas) -> None:
    version, reading = document("[a [Nairobi|GPE] newspaper|ORG.NOM] said")
    reading = replace(reading, attributions=(said_by(reading.mentions[0]),))
    assert [link.name for link in link_places(context_of(version, reading, atlas))] == ["Nairobi"]


def test_a_direction_moves_the_point(atlas: Atlas) -> None:
    north = placed("Floods in [northern Uganda|LOC] and [Uganda|GPE]", atlas)
    moved, whole = north["northern Uganda"], north["Uganda"]
    assert moved.latitude > whole.latitude
    assert moved.longitude == whole.longitude
    assert moved.radius_km < whole.radius_km
    assert moved.place_id == f"{whole.place_id}/northern"
    assert moved.geonameid is None


def test_a_noun_that_only_says_what_it_is(atlas: Atlas) -> None:
    assert placed("In the [Drylands region|LOC] of [Kenya|GPE]", atlas)["Drylands region"].radius_km == 200


def test_distance() -> None:
    assert point_km((0, 0), (0, 1)) == pytest.approx(111.2, abs=0.2)
    assert point_km((0, 179.5), (0, -179.5)) == pytest.approx(111.2, abs=0.2)

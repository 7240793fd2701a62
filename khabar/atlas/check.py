"""Edited files to rows, or a refusal: ``places.csv``, ``actors.yml``, ``outlets.yml`` and their folders, ours or a user's.

In: the files' bytes by name. Out: frozen rows. Refused, naming file, line, column and reason: a missing or unknown key,
column, kind or country, an id given twice, a name or acronym that two bear in one country, an unknown parent or body,
a day that is none, an end before its beginning, an office held or a tie made outside the life of the body, a point
off the globe or among another country's towns, a radius that is not positive. Nothing is loaded by halves. It cannot
say whether a fact is true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from khabar.atlas.edited import Spot, entries, table
from khabar.atlas.places import FEATURES
from khabar.atlas.rows import ActorRow, Office, OutletRow, PlaceRow, Tie
from khabar.atlas.sense import Towns, check_country, check_spells, day_bounds, names_of, refuse_twice
from khabar.errors import DataFault
from khabar.lexicon.load import check_keys
from khabar.model.mentions import Kind

PLACE_COLUMNS = ("id", "name", "aliases", "lat", "lon", "feature", "country", "radius_km", "source")
SORTS = frozenset(
    (
        *("government", "parliament", "ministry", "armed_forces", "air_force", "navy", "police", "intelligence"),
        *("foreign_ministry", "defence_ministry", "interior_ministry", "health_ministry"),
        *("guard", "militia", "rebels", "jihadist", "party", "alliance", "movement"),
        *("igo", "ngo", "company", "court", "person"),
    )
)
OUTLET_KINDS = frozenset({"agency", "newspaper", "broadcaster", "website", "magazine", "state"})
PREFIX = "khabar:"
OUTLET_PREFIX = "khabar:outlet/"
ORIGIN = "khabar"
Sources = Mapping[str, bytes]
"""edited files of one sort: content by name"""


def load_places(
    sources: Sources, countries: Collection[str], towns: Towns | None = None
) -> list[tuple[PlaceRow, tuple[str, ...]]]:
    """Rows of places files with their aliases. ``countries`` are the known codes; with ``towns`` points are checked."""
    rows = [
        (spot, _place(spot, row, countries), tuple(a.strip() for a in row["aliases"].split(";") if a.strip()))
        for where, content in sources.items()
        for spot, row in table(where, content, PLACE_COLUMNS)
    ]
    refuse_twice((spot, "id", row.place_id) for spot, row, _ in rows)
    refuse_twice(key for spot, row, also in rows for key in names_of(spot, row.country, (row.name, *also), "name"))
    for spot, row, _ in rows:
        if towns is not None:
            check_country(spot, row, towns)
    return [(row, also) for _, row, also in rows]


def load_actors(sources: Sources, countries: Collection[str], known: Iterable[ActorRow] = ()) -> list[ActorRow]:
    """Rows of actors files. ``known`` are rows from elsewhere that parents and bodies may point at."""
    rows = [
        (spot, _actor(spot, entry, countries))
        for where, content in sources.items()
        for spot, entry in entries(where, content)
    ]
    refuse_twice((spot, "id", row.actor_id) for spot, row in rows)
    refuse_twice(key for spot, row in rows for key in names_of(spot, row.country, row.names))
    refuse_twice((spot, "acronyms", f"acronym {a} in {row.country}") for spot, row in rows for a in set(row.acronyms))
    check_spells(rows, {row.actor_id: row for row in known})
    return [row for _, row in rows]


def load_outlets(sources: Sources, countries: Collection[str]) -> list[OutletRow]:
    """Rows of outlets files."""
    rows = [
        (spot, _outlet(spot, entry, countries))
        for where, content in sources.items()
        for spot, entry in entries(where, content)
    ]
    refuse_twice((spot, "id", row.outlet_id) for spot, row in rows)
    refuse_twice((spot, "domains", f"domain {domain}") for spot, row in rows for domain in row.domains)
    refuse_twice(key for spot, row in rows for key in names_of(spot, row.country, row.names))
    return [row for _, row in rows]


def check_point(place: str, latitude: float, longitude: float, radius_km: float) -> None:
    """Refuse a point off the globe or a radius that is none."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise DataFault(f"{place}: {latitude}, {longitude} is not on the globe; latitude is first, in degrees")
    if not 0 < radius_km < 20_000:
        raise DataFault(f"{place}: radius {radius_km} km must be above 0")


def _number(spot: Spot, row: Mapping[str, str], column: str) -> float:
    try:
        return float(row[column])
    except ValueError as error:
        raise DataFault(f"{spot.at(column)}: {error}") from error


def _place(spot: Spot, row: Mapping[str, str], countries: Collection[str]) -> PlaceRow:
    latitude, longitude, radius = (_number(spot, row, column) for column in ("lat", "lon", "radius_km"))
    check_point(spot.at("lat"), latitude, longitude, radius)
    country = _country(spot, row["country"] or None, countries)
    if not (row["id"] and row["name"] and row["feature"] and row["source"]):
        raise DataFault(f"{spot.at()}: id, name, feature and source must not be empty")
    if row["feature"] not in FEATURES:
        raise DataFault(
            f"{spot.at('feature')}: unknown feature {row['feature']!r}; GeoNames codes: {' '.join(sorted(FEATURES))}"
        )
    return PlaceRow(
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


def _actor(spot: Spot, entry: Mapping[str, Any], countries: Collection[str]) -> ActorRow:
    optional = {"acronyms", "parents", "offices", "since", "until", "wikidata", "source"}
    check_keys(spot.at(), entry, {"id", "kind", "sort", "country", "names"}, optional)
    if entry["kind"] not in ("PER", "ORG") or entry["sort"] not in SORTS or not entry["names"]:
        raise DataFault(f"{spot.at('kind')}: needs kind PER or ORG, a name, and a sort of {sorted(SORTS)}")
    if (entry["kind"] == "PER") != (entry["sort"] == "person"):
        raise DataFault(f"{spot.at('sort')}: a PER is of sort person, and nobody else is")
    ties, offices, life = entry.get("parents", ()), entry.get("offices", ()), _spell(spot.at("since"), entry)
    for key, some, required, also in (("parents", ties, {"id"}, set[str]()), ("offices", offices, {"title"}, {"of"})):
        for one in some:
            check_keys(f"{spot.at(key)}: {key}", one, required, {"since", "until", *also})
    return ActorRow(
        actor_id=_prefixed(entry["id"]),
        kind=Kind(entry["kind"]),
        sort=entry["sort"],
        name=str(entry["names"][0]),
        names=_words(spot, "names", entry["names"]),
        acronyms=_words(spot, "acronyms", entry.get("acronyms", ())),
        country=_country(spot, entry["country"], countries),
        parents=tuple(Tie(actor_id=_prefixed(t["id"]), **_spell(spot.at("parents"), t)) for t in ties),
        offices=tuple(
            Office(
                title=str(o["title"]),
                body_id=_prefixed(o["of"]) if o.get("of") else None,
                **_spell(spot.at("offices"), o),
            )
            for o in offices
        ),
        since=life["since"],
        until=life["until"],
        wikidata=entry.get("wikidata"),
        source=entry.get("source", ORIGIN),
    )


def _outlet(spot: Spot, entry: Mapping[str, Any], countries: Collection[str]) -> OutletRow:
    check_keys(spot.at(), entry, {"id", "names", "domains", "country", "kind"}, {"aliases", "state_owned", "source"})
    if entry["kind"] not in OUTLET_KINDS or not entry["names"]:
        raise DataFault(f"{spot.at('kind')}: needs a name and a kind of {sorted(OUTLET_KINDS)}")
    if not isinstance(entry.get("state_owned", False), bool):
        raise DataFault(f"{spot.at('state_owned')}: must be true or false")
    return OutletRow(
        outlet_id=OUTLET_PREFIX + str(entry["id"]).removeprefix(OUTLET_PREFIX),
        name=str(entry["names"][0]),
        names=_words(spot, "names", entry["names"]),
        aliases=_words(spot, "aliases", entry.get("aliases", ())),
        domains=_words(spot, "domains", entry["domains"]),
        country=_country(spot, entry["country"], countries),
        kind=entry["kind"],
        state_owned=entry.get("state_owned", False),
        source=entry.get("source", ORIGIN),
    )


def _spell(place: str, entry: Mapping[str, Any]) -> dict[str, str | None]:
    """``since`` and ``until`` of an entry, checked."""
    since, until = (None if entry.get(key) is None else str(entry[key]) for key in ("since", "until"))
    if day_bounds(place, since)[0] > day_bounds(place, until)[1]:
        raise DataFault(f"{place}: since {since} is after until {until}")
    return {"since": since, "until": until}


def _words(spot: Spot, key: str, words: Sequence[Any]) -> tuple[str, ...]:
    if isinstance(words, str) or not all(isinstance(w, str) and w.strip() for w in words):
        raise DataFault(
            f"{spot.at(key)}: {words!r} must be a list of words; quote what YAML takes for a number or a boolean"
        )
    return tuple(words)


def _country(spot: Spot, code: str | None, countries: Collection[str]) -> str | None:
    if code is not None and code not in countries:
        raise DataFault(
            f"{spot.at('country')}: unknown country {code!r}; ISO 3166-1 alpha-3, or none for what lies in several"
        )
    return code


def _prefixed(actor_id: object) -> str:
    return PREFIX + str(actor_id).removeprefix(PREFIX)

"""Whether edited rows make sense together: names, dates, ties, and points on the ground.

In: checked rows with the spots where they stand. Out: nothing, or a DataFault that says where and why. A body's spell is
``since`` to ``until``; whoever holds an office of it, belongs to it or is born after it cannot do so outside that spell.
A date of lower precision stands for all its days, and is refused only when none of them will do. It cannot tell a
wrong name from a right one, nor a wrong point from a right one inside the right country.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from khabar.atlas.edited import Spot
from khabar.atlas.rows import ActorRow, PlaceRow
from khabar.errors import DataFault
from khabar.lexicon.letters import folded

DAY = re.compile(r"\d{4}(-\d\d){0,2}$", re.ASCII)
DISPUTED = "disputed"
"""in a place's source: the country given is one view of several, so that the towns around cannot confirm it"""
FARTHEST = 9
"""degrees within which a place's own country must have a town"""
SLACK, SLACK_KM, AROUND = 1.5, 20.0, 12
"""how much farther than the nearest town of all the nearest town of the own country may be, beside the radius; and among
how many of the nearest it is enough to be"""
FAR_OUT = frozenset(("STRT", "CNL", "ISL", "ISLS", "SHOL", "RF", "BNK", "SEA", "GULF", "OCN", "BAY"))
KM_PER_DEGREE = 111.2

Town = tuple[float, float, str]
Towns = Mapping[tuple[int, int], Sequence[Town]]
"""towns (latitude, longitude, alpha-3 code) by the square degree they lie in"""


def refuse_twice(keys: Iterable[tuple[Spot, str, str]]) -> None:
    """Refuse a key that comes twice. Each is (spot, key of the entry it stands at, what must not come twice)."""
    seen: dict[str, Spot] = {}
    for spot, at, key in keys:
        if key in seen:
            first = seen[key]
            raise DataFault(
                f"{spot.at(at)}: {key}: given twice; the first is {first.entry_id}, {first.where} line {first.line}"
            )
        seen[key] = spot


def names_of(
    spot: Spot, country: str | None, names: Iterable[str], at: str = "names"
) -> Iterator[tuple[Spot, str, str]]:
    """Names that nobody else in the country may bear; variants of one row that fold to one key count once."""
    land = country or "no country"
    return ((spot, at, f"name {key!r} in {land}") for key in dict.fromkeys(folded(name) for name in names))


def day_bounds(place: str, day: str | None) -> tuple[str, str]:
    """First and last day of an ISO date of any precision, as comparable strings; None is open."""
    if day is None:
        return "0000-01-01", "9999-12-31"
    if not _is_day(day):
        raise DataFault(f"{place}: {day!r} is not a day; write 2014, 2014-05 or 2014-05-21")
    missing = 2 - day.count("-")
    return day + "-01" * missing, day + ("", "-31", "-12-31")[missing]


def _is_day(day: str) -> bool:
    try:
        return bool(DAY.match(day)) and bool(date.fromisoformat(day + "-01" * (2 - day.count("-"))))
    except ValueError:
        return False


def check_spells(rows: Sequence[tuple[Spot, ActorRow]], known: Mapping[str, ActorRow]) -> None:
    """Refuse unknown parents and bodies, ties and offices outside the life of either side, and circles of parents."""
    by_id = {**known, **{row.actor_id: row for _, row in rows}}
    for spot, row in rows:
        for key, other, since, until in _ties(row):
            body = by_id.get(other)
            if body is None or other == row.actor_id:
                raise DataFault(f"{spot.at(key)}: unknown parent or body {other!r}; add it or correct the id")
            for side in (body, row):
                _within(spot.at(key), side, since, until)
        _no_circle(spot, row, by_id)


def _ties(row: ActorRow) -> Iterator[tuple[str, str, str | None, str | None]]:
    yield from (("parents", t.actor_id, t.since, t.until) for t in row.parents)
    yield from (("offices", o.body_id or "", o.since, o.until) for o in row.offices if o.body_id)


def _within(place: str, side: ActorRow, since: str | None, until: str | None) -> None:
    """Refuse a spell of which no day can lie within the life of a side."""
    born, died = day_bounds(place, side.since)[0], day_bounds(place, side.until)[1]
    if since is not None and day_bounds(place, since)[1] < born:
        raise DataFault(f"{place}: since {since} is before {side.name} began ({side.since})")
    for day in (since, until):
        if day is not None and day_bounds(place, day)[0] > died:
            raise DataFault(f"{place}: {day} is after {side.name} ended ({side.until})")


def _no_circle(spot: Spot, row: ActorRow, by_id: Mapping[str, ActorRow]) -> None:
    above, seen = [t.actor_id for t in row.parents], set()
    while above:
        other = above.pop()
        if other == row.actor_id:
            raise DataFault(f"{spot.at('parents')}: belongs to itself by way of its parents")
        if other not in seen and other in by_id:
            seen.add(other)
            above += [t.actor_id for t in by_id[other].parents]


def town_grid(towns: Iterable[PlaceRow]) -> Towns:
    """Towns by the square degree that they lie in."""
    grid: dict[tuple[int, int], list[Town]] = {}
    for town in towns:
        if town.country:
            square = (math.floor(town.latitude), math.floor(town.longitude))
            grid.setdefault(square, []).append((town.latitude, town.longitude, town.country))
    return grid


def check_country(spot: Spot, row: PlaceRow, towns: Towns) -> None:
    """Refuse a point whose surroundings are another country's: no town of its own is among the nearest, nor about as near
    as those. Waters and islands may lie far from any town and are let pass.
    """
    if row.country is None or DISPUTED in row.source or row.feature in FAR_OUT:
        return
    around = nearest(row, towns)
    homes = [rank for rank, (_, country) in enumerate(around) if country == row.country]
    if not homes and not any(town[2] == row.country for square in towns.values() for town in square):
        return
    if homes and (homes[0] < AROUND or around[homes[0]][0] <= SLACK * around[0][0] + row.radius_km + SLACK_KM):
        return
    far = f"{around[homes[0]][0]:.0f} km off" if homes else "none near"
    raise DataFault(
        f"{spot.at('lat')}: {row.latitude}, {row.longitude} does not seem to lie in {row.country}, in the wrong country: the "
        f"nearest towns are {', '.join(dict.fromkeys(c for _, c in around[:AROUND])) or 'none'}, of {row.country} {far}; "
        f"correct the point or the country, leave it empty for what lies in several, or write '{DISPUTED}' into the source"
    )


def nearest(row: PlaceRow, towns: Towns) -> list[tuple[float, str]]:
    """Towns around, (km, country), nearest first, looked for in growing squares until one of the own country is found."""
    found: list[tuple[float, str]] = []
    south, west = math.floor(row.latitude), math.floor(row.longitude)
    wide = math.cos(math.radians(row.latitude))
    rest = FARTHEST
    for reach in range(FARTHEST):
        for latitude, longitude, country in _ring(towns, south, west, reach):
            off = math.hypot(latitude - row.latitude, ((longitude - row.longitude + 180) % 360 - 180) * wide)
            found.append((KM_PER_DEGREE * off, country))
        rest = min(rest, 2) - 1 if any(country == row.country for _, country in found) else rest
        if rest <= 0:
            break
    return sorted(found)


def _ring(towns: Towns, south: int, west: int, reach: int) -> Iterator[Town]:
    for up in range(-reach, reach + 1):
        sides = range(-reach, reach + 1) if abs(up) == reach else (-reach, reach)
        for right in sides:
            yield from towns.get((south + up, (west + right + 180) % 360 - 180), ())

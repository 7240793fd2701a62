"""The compiled atlas, opened read-only: the answers to what ``read`` and ``resolve`` ask about the world.

In: the path of a file that ``build.py`` wrote. Out: an ``Atlas``. Answers are cached in the instance, so that a name
that comes a hundred times is looked up once. The file is trusted for its facts only: no code in it is run.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import apsw

from khabar.atlas.actors import (
    actor_by_id,
    actors_alike,
    actors_by_name,
    actors_of_country,
    holders_of,
    outlets_by_name,
)
from khabar.atlas.places import ALIAS_LETTERS, place_kinds, places_by_name
from khabar.atlas.rows import FORMAT, ActorRow, Counts, Origin, OutletRow, PlaceRow
from khabar.errors import DataFault
from khabar.lexicon.letters import folded
from khabar.lexicon.nations import Nations, load_nations
from khabar.model.mentions import Kind

VIEWS = ("places", "actors", "outlets", "territories")
"""what a person reads with a plain SQLite client; every row has its source, licence and date"""
CACHED = 8192
"""answers kept of each question; a long article asks some hundred names"""


class Atlas:
    """What is known of the world. One connection; hand each worker process its own."""

    def __init__(self, connection: apsw.Connection, nations: Nations) -> None:
        self.nations = nations
        self._connection = connection
        self._places = lru_cache(CACHED)(lambda name: places_by_name(connection, name))
        self._actors = lru_cache(CACHED)(lambda name: actors_by_name(connection, name))
        self._actor = lru_cache(CACHED)(lambda actor_id: actor_by_id(connection, actor_id))
        self._alike = lru_cache(CACHED)(lambda name: actors_alike(connection, name))
        self._bodies = lru_cache(CACHED)(lambda country, sort: actors_of_country(connection, country, sort))
        self._holders = lru_cache(CACHED)(lambda of: holders_of(connection, of))
        self._outlets = lru_cache(CACHED)(lambda name: outlets_by_name(connection, name))
        self._sorts = lru_cache(CACHED)(self._find_sorts)
        self._towns = lru_cache(CACHED)(self._find_towns)
        self._kinds = lru_cache(CACHED)(self._find_kinds)

    def places(self, name: str) -> tuple[PlaceRow, ...]:
        """All places of this name, likeliest first."""
        return self._places(name)

    def actors(self, name: str) -> tuple[ActorRow, ...]:
        """Actors of this name, acronym or family name."""
        return self._actors(name)

    def actor(self, actor_id: str) -> ActorRow | None:
        """The actor of an id."""
        return self._actor(actor_id)

    def alike(self, name: str) -> tuple[ActorRow, ...]:
        """Actors whose names share consonants with this one: candidates, to be confirmed."""
        return self._alike(name)

    def bodies(self, country: str, sort: str) -> tuple[ActorRow, ...]:
        """Bodies of one sort of a country ("armed_forces"), or its state ("state")."""
        return self._bodies(country, sort)

    def holders(self, of: str) -> tuple[ActorRow, ...]:
        """People who hold or held an office of this body, or of the state of this ISO code."""
        return self._holders(of)

    def outlets(self, name: str) -> tuple[OutletRow, ...]:
        """Outlets of this name, acronym or domain."""
        return self._outlets(name)

    def kinds(self, name: str) -> frozenset[Kind]:
        """Kinds of the well-known bearers of a bare name, as ``read`` asks; empty = unknown. Countries and capitals are
        places whatever else bears their name; see ``places.place_kinds`` for towns.
        """
        return self._kinds(name)

    def towns(self, name: str) -> frozenset[str]:
        """Countries of the towns and villages of a name, as ``read`` asks; none of an ordinary word or given name."""
        return self._towns(name)

    def sorts(self, name: str) -> frozenset[str]:
        """Sorts of the bodies and outlets of a name, and titles of the people of it, as ``read`` asks; empty = unknown."""
        return self._sorts(name)

    def homes(self, name: str) -> frozenset[str]:
        """Countries of the bodies and outlets of a name, as ``read`` asks; empty = unknown."""
        bodies = (row.country for row in self.actors(name) if row.kind is Kind.ORG)
        return frozenset(c for c in (*bodies, *(row.country for row in self.outlets(name))) if c is not None)

    def bearers(self, name: str) -> dict[str, tuple[str, ...]]:
        """Ids and names of the people and bodies of a name, as ``read`` asks."""
        return {row.actor_id: row.names for row in self.actors(name) if row.kind in (Kind.PER, Kind.ORG)}

    def origins(self) -> tuple[Origin, ...]:
        """What the atlas was made from, with versions and licences."""
        rows = self._connection.execute("SELECT name, version, licence, date FROM origin ORDER BY name")
        return tuple(Origin(name=n, version=v, licence=x, date=d) for n, v, x, d in rows)

    def rows_of(self) -> dict[str, int]:
        """How many places, actors, outlets and territories come from each source."""
        each = " UNION ALL ".join(f"SELECT source FROM {view}" for view in VIEWS)  # noqa: S608 - names from above
        return dict(self._connection.execute(f"SELECT source, count(*) FROM ({each}) GROUP BY source"))  # noqa: S608

    def counts(self) -> Counts:
        """How many rows it holds."""
        names = ("place", "place_name", "actor", "outlet", "territory")
        found = [self._connection.execute(f"SELECT count(*) FROM {n}").get for n in names]  # noqa: S608 - names from above
        return Counts(places=found[0], place_names=found[1], actors=found[2], outlets=found[3], territories=found[4])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _find_towns(self, name: str) -> frozenset[str]:
        key = folded(name)
        if self._connection.execute("SELECT sort FROM ordinary WHERE key = ?", (key,)).get is not None:
            return frozenset()
        rows = (r for r in self.places(name) if r.how == "name" or len(key) >= ALIAS_LETTERS)
        return frozenset(r.country for r in rows if r.feature.startswith("PPL") and r.country is not None)

    def _find_sorts(self, name: str) -> frozenset[str]:
        rows = self.actors(name)
        bodies = {row.sort for row in rows if row.kind is Kind.ORG}
        titles = {office.title for row in rows for office in row.offices}
        return frozenset(bodies | titles | {row.kind for row in self.outlets(name)})

    def _find_kinds(self, name: str) -> frozenset[Kind]:
        if self.nations.name(name) or self.nations.capital(name):
            return frozenset({Kind.GPE})
        if self.nations.seat(name):
            return frozenset({Kind.ORG})
        key = folded(name)
        sort = self._connection.execute("SELECT sort FROM ordinary WHERE key = ?", (key,)).get
        found = {row.kind for row in self.actors(name) if row.how != "surname" or sort != "words"}
        if self.outlets(name):
            found.add(Kind.ORG)
        places = self.places(name)
        if found:
            places = tuple(p for p in places if p.curated or p.how == "name")
        return frozenset(found) | place_kinds(places, key, sort)


def open_atlas(path: Path) -> Atlas:
    """Open a compiled atlas. Raises DataFault if there is none or it was written in another format."""
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        connection.execute("PRAGMA trusted_schema=OFF; PRAGMA query_only=ON; PRAGMA mmap_size=268435456")
        format_of = connection.execute("SELECT value FROM meta WHERE key = 'format'").get
    except apsw.Error as error:
        raise DataFault(f"{path}: cannot be opened as an atlas ({error}); build it anew") from error
    if format_of != str(FORMAT):
        raise DataFault(f"{path}: atlas format {format_of}, this program reads {FORMAT}; build it anew")
    return Atlas(connection, load_nations())

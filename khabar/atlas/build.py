"""Packages' data and edited files to one read-only SQLite file, in under a minute, without network.

In: the path to write, and folders with a user's own ``places.csv``, ``actors.yml``, ``outlets.yml`` (or folders
``places``, ``actors``, ``outlets`` of such files). Out: Counts; the file is written under another name and renamed, so
that it is there whole or not at all. A user's row replaces ours of the same id and stands before it under the same
name. Every row names its origin; ``origin`` has version, licence and date, and the views ``places``, ``actors``,
``outlets``, ``territories`` show them in every row, for whoever opens the file with a plain client. A row without an
origin stops the build. The tables hold no code: readers open them with ``trusted_schema=OFF``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import apsw
import msgspec
import yaml

from khabar.atlas import gathered, sources
from khabar.atlas import territories as lands
from khabar.atlas import units as counties
from khabar.atlas.foreign import folder_files
from khabar.atlas.gathered import Codes, Place
from khabar.atlas.loading import Edited, country_points, load_edited, packaged, packaged_files
from khabar.atlas.rows import FORMAT, ActorRow, Counts, Origin, OutletRow, PlaceRow, Territory
from khabar.atlas.sense import town_grid
from khabar.errors import DataFault
from khabar.lexicon.letters import PARTICLES, bare, folded, last_skeleton, skeleton, telling
from khabar.lexicon.nations import Nations, load_nations
from khabar.model.mentions import Kind

OWN, ALIAS, VARIANT = 0, 1, 2
"""by which name: its own, another of its names, one without its article"""
PACKAGED, OURS, USERS = 0, 1, 2
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE origin (name TEXT PRIMARY KEY, version TEXT NOT NULL, licence TEXT NOT NULL, date TEXT NOT NULL);
CREATE TABLE place (rid INTEGER PRIMARY KEY, place_id TEXT NOT NULL, geonameid INTEGER, name TEXT NOT NULL,
  latitude REAL NOT NULL, longitude REAL NOT NULL, feature TEXT NOT NULL, admin1 TEXT, country TEXT,
  population INTEGER NOT NULL, radius_km REAL NOT NULL, source TEXT NOT NULL, rank INTEGER NOT NULL);
CREATE TABLE place_name (key TEXT, rid INTEGER, how INTEGER, PRIMARY KEY (key, rid)) WITHOUT ROWID;
CREATE TABLE actor (actor_id TEXT PRIMARY KEY, sort TEXT NOT NULL, country TEXT, record BLOB NOT NULL,
  name TEXT NOT NULL, note TEXT NOT NULL, origin TEXT NOT NULL);
CREATE TABLE actor_name (key TEXT, actor_id TEXT, how TEXT, PRIMARY KEY (key, actor_id, how)) WITHOUT ROWID;
CREATE TABLE actor_bones (key TEXT, actor_id TEXT, PRIMARY KEY (key, actor_id)) WITHOUT ROWID;
CREATE TABLE office (of TEXT, actor_id TEXT, PRIMARY KEY (of, actor_id)) WITHOUT ROWID;
CREATE TABLE outlet (outlet_id TEXT PRIMARY KEY, record BLOB NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
  note TEXT NOT NULL, origin TEXT NOT NULL);
CREATE TABLE outlet_name (key TEXT, outlet_id TEXT, PRIMARY KEY (key, outlet_id)) WITHOUT ROWID;
CREATE TABLE ordinary (key TEXT PRIMARY KEY, sort TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE territory (code TEXT PRIMARY KEY, name TEXT NOT NULL, full_name TEXT NOT NULL, country TEXT, parent TEXT,
  claimed_by TEXT NOT NULL, historical INTEGER NOT NULL, wikidata TEXT NOT NULL, place_id TEXT) WITHOUT ROWID;
CREATE INDEX actor_by_country ON actor (country, sort);
CREATE VIEW places AS SELECT p.place_id, p.name, p.latitude, p.longitude, p.feature, p.admin1, p.country, p.population,
  p.radius_km, p.source AS note, o.name AS source, o.version, o.licence, o.date
  FROM place p LEFT JOIN origin o ON o.name = CASE p.rank WHEN 0 THEN p.source WHEN 1 THEN 'khabar' ELSE 'yours' END;
CREATE VIEW actors AS SELECT a.actor_id, a.name, a.sort, a.country, a.note, o.name AS source, o.version, o.licence, o.date
  FROM actor a LEFT JOIN origin o ON o.name = a.origin;
CREATE VIEW outlets AS SELECT w.outlet_id, w.name, w.kind, w.country, w.note, o.name AS source, o.version, o.licence, o.date
  FROM outlet w LEFT JOIN origin o ON o.name = w.origin;
CREATE VIEW territories AS SELECT t.*, o.name AS source, o.version, o.licence, o.date
  FROM territory t LEFT JOIN origin o ON o.name = 'rigour';
"""
REGNAL = frozenset({"king", "queen", "prince", "pope", "mullah", "sheikh", "sultan", "president", "ayatollah"})
"""titles that stand before given names"""
PUT_PLACE = "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
PUT_ACTOR = "INSERT INTO actor VALUES (?,?,?,?,?,?,?)"
PUT_OUTLET = "INSERT INTO outlet VALUES (?,?,?,?,?,?,?)"
STATES_FROM = "wikidata"
"""source of the states in ``states.csv``"""


@dataclass(frozen=True, slots=True)
class World:
    """All that goes into one atlas."""

    origins: Sequence[Origin]
    places: Iterable[tuple[Place, int]]
    actors: Sequence[ActorRow]
    outlets: Sequence[OutletRow]
    ordinary: Sequence[tuple[str, str]]
    territories: Sequence[Territory] = ()
    yours: frozenset[str] = frozenset()
    """ids of actors and outlets that a user's files give"""


@dataclass(frozen=True, slots=True)
class Tables:
    """Our edited files and the users', checked, with the towns that they were checked against."""

    ours: Edited
    users: Sequence[Edited]
    codes: Codes
    towns: Sequence[Place]


def build_atlas(path: Path, *, user_folders: Sequence[Path] = ()) -> Counts:
    """Compile everything. Raises DataFault, and leaves no file, if an edited table is wrong."""
    nations = load_nations()
    points = country_points(packaged("countries.csv"))
    tables = check_tables(user_folders)
    ours, users = tables.ours, tables.users
    curated = [(Place(*row), OURS) for row in ours.places]
    curated += [(Place(*row), USERS) for edited in users for row in edited.places]
    lots = _lots(curated, nations, points, tables)
    world = World(
        origins=[*sources.origins(), *([sources.yours(user_folders)] if user_folders else ())],
        places=lots.places,
        actors=[*_states(nations), *_merged([ours.actors, *(u.actors for u in users)])],
        outlets=_merged_outlets([ours.outlets, *(u.outlets for u in users)]),
        ordinary=ordinary_words(packaged("ordinary.yml")),
        territories=lots.territories,
        yours=frozenset(u.actor_id for some in users for u in some.actors)
        | frozenset(u.outlet_id for some in users for u in some.outlets),
    )
    return write_atlas(path, world)


def check_tables(user_folders: Sequence[Path] = ()) -> Tables:
    """Every edited file, or a DataFault that says file, line, column and reason. Takes 3 s, most of it for the towns."""
    countries = country_points(packaged("countries.csv")).keys()
    codes = gathered.read_codes(unit_names(packaged("units.yml")))
    towns = list(gathered.cities(codes))
    grid = town_grid(place.row for place in towns)
    ours = load_edited("atlas/data", packaged_files(), countries, towns=grid)
    users = [
        load_edited(str(f), folder_files(f, ours.actors), countries, ours.actors, towns=grid) for f in user_folders
    ]
    return Tables(ours, users, codes, towns)


def write_atlas(path: Path, world: World) -> Counts:
    """Write the tables beside their place and move them there."""
    rough = path.with_name(f"{path.name}.{os.getpid()}.part")  # two first runs at once each write their own
    rough.unlink(missing_ok=True)
    connection = apsw.Connection(str(rough))
    try:
        connection.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096")
        with connection:
            connection.execute(SCHEMA)
            counts = _fill(connection, world)
        connection.execute("ANALYZE")
    except BaseException:
        connection.close()
        rough.unlink(missing_ok=True)
        raise
    connection.close()
    rough.replace(path)
    return counts


def unit_names(content: bytes) -> dict[str, tuple[str, ...]]:
    """``units.yml``: further names of first-level units, by GeoNames code."""
    return {str(code): tuple(map(str, names)) for code, names in yaml.safe_load(content).items()}


def ordinary_words(content: bytes) -> list[tuple[str, str]]:
    """``ordinary.yml``: folded word and its sort; the first sort that names a word has it."""
    found: dict[str, str] = {}
    for sort, words in yaml.safe_load(content).items():
        for word in words:
            found.setdefault(folded(str(word)), sort)
    return sorted(found.items())


@dataclass(frozen=True, slots=True)
class Lots:
    """Places of all sources with their ranks, and territories."""

    places: Iterable[tuple[Place, int]]
    territories: Sequence[Territory]


def _lots(
    curated: list[tuple[Place, int]], nations: Nations, points: dict[str, tuple[float, float]], tables: Tables
) -> Lots:
    """Edited places, a user's winning over ours of the same id, then towns, countries, units, counties, ports, airports."""
    last = {place.row.place_id: (place, rank) for place, rank in curated}
    codes = tables.codes
    countries = list(gathered.countries(nations, points))
    first = list(gathered.admin_units(codes, [place.row for place in tables.towns]))
    found = counties.load_tables()
    second: list[Place] = []
    if found is not None:
        borne = {(p.row.country or "", folded.__wrapped__(p.row.name)) for p in (*tables.towns, *first)}
        borne |= {(p.row.country or "", folded.__wrapped__(alias)) for p in first for alias in p.aliases}
        second = list(counties.units(found, codes, borne, counties.load_heads(packaged("heads.yml"))))
    iso = counties.by_iso(found) if found is not None else {}
    known = lands.known_places(codes, first, [*(place for place, _ in last.values()), *countries])
    rows = lands.load_territories()
    packages = chain(
        tables.towns,
        countries,
        first,
        lands.names_of_units(rows, iso, known),
        second,
        gathered.ports(codes.iso3),
        gathered.airports(codes.iso3),
    )
    places = chain(last.values(), ((place, PACKAGED) for place in packages))
    return Lots(places, tuple(lands.placed(rows, iso, known)))


def _states(nations: Nations) -> Iterator[ActorRow]:
    """The countries as actors, under their Wikidata ids."""
    for code, (qid, name) in gathered.states().items():
        nation = nations.by_code.get(code)
        names = dict.fromkeys((*(nation.names if nation else ()), name))
        yield ActorRow(
            actor_id=qid,
            kind=Kind.GPE,
            sort="state",
            name=next(iter(names)),
            names=tuple(names),
            acronyms=(),
            country=code,
            wikidata=qid,
            source=STATES_FROM,
        )


def _merged(folders: Iterable[Iterable[ActorRow]]) -> list[ActorRow]:
    """A later row replaces an earlier one of its id; a name or acronym that it bears is taken from all earlier ones."""
    out: dict[str, ActorRow] = {}
    for rows in folders:
        fresh = {row.actor_id: row for row in rows}
        names = {folded(name) for row in fresh.values() for name in row.names}
        acronyms = {acronym for row in fresh.values() for acronym in row.acronyms}
        kept = (_yielding(row, names, acronyms) for row in out.values() if row.actor_id not in fresh)
        out = {row.actor_id: row for row in kept if row is not None} | fresh
    return list(out.values())


def _yielding(row: ActorRow, names: set[str], acronyms: set[str]) -> ActorRow | None:
    """A row without names that somebody else's table gives to another; None if it has none left."""
    left = tuple(name for name in row.names if folded(name) not in names)
    short = tuple(acronym for acronym in row.acronyms if acronym not in acronyms)
    if (left, short) == (row.names, row.acronyms):
        return row
    return replace(row, name=left[0], names=left, acronyms=short) if left else None


def _merged_outlets(folders: Iterable[Iterable[OutletRow]]) -> list[OutletRow]:
    return list({row.outlet_id: row for rows in folders for row in rows}.values())


def _fill(connection: apsw.Connection, world: World) -> Counts:
    put = connection.executemany
    put("INSERT INTO origin VALUES (?,?,?,?)", ((o.name, o.version, o.licence, o.date) for o in world.origins))
    put("INSERT INTO meta VALUES (?,?)", (("format", str(FORMAT)),))
    names: list[tuple[str, int, int]] = []
    places = 0
    for rid, (place, rank) in enumerate(world.places, start=1):
        connection.execute(PUT_PLACE, (rid, *_columns(place.row), rank))
        names += ((key, rid, how) for key, how in place_keys(place.row.name, place.aliases).items())
        places = rid
    names.sort()
    put("INSERT INTO place_name VALUES (?,?,?)", names)
    for actor in world.actors:
        plain = (actor.actor_id, actor.sort, actor.country, msgspec.json.encode(actor), actor.name, actor.source)
        connection.execute(PUT_ACTOR, (*plain, _origin(actor, world)))
        put("INSERT OR IGNORE INTO actor_name VALUES (?,?,?)", ((k, actor.actor_id, h) for k, h in actor_keys(actor)))
        put("INSERT OR IGNORE INTO actor_bones VALUES (?,?)", ((k, actor.actor_id) for k in actor_bones(actor)))
    put("INSERT OR IGNORE INTO office VALUES (?,?)", offices_of(world.actors))
    for outlet in world.outlets:
        seen = (outlet.outlet_id, msgspec.json.encode(outlet), outlet.name, outlet.kind, outlet.country, outlet.source)
        origin = sources.YOURS if outlet.outlet_id in world.yours else sources.OURS
        connection.execute(PUT_OUTLET, (*seen, origin))
        put("INSERT OR IGNORE INTO outlet_name VALUES (?,?)", ((k, outlet.outlet_id) for k in outlet_keys(outlet)))
    put("INSERT INTO ordinary VALUES (?,?)", world.ordinary)
    put("INSERT INTO territory VALUES (?,?,?,?,?,?,?,?,?)", map(_territory, world.territories))
    _refuse_rootless(connection)
    return Counts(
        places=places,
        place_names=len(names),
        actors=len(world.actors),
        outlets=len(world.outlets),
        territories=len(world.territories),
    )


def _refuse_rootless(connection: apsw.Connection) -> None:
    """Refuse rows without source, licence and date: each view joins every row to its origin."""
    for view in ("places", "actors", "outlets", "territories"):
        rootless = f"SELECT name FROM {view} WHERE source IS NULL OR licence IS NULL OR date IS NULL LIMIT 1"  # noqa: S608
        name = connection.execute(rootless).get
        if name is not None:
            raise DataFault(
                f"{view}: {name!r} is of no source in data/sources.csv; add the source, its licence and date"
            )


def _origin(actor: ActorRow, world: World) -> str:
    if actor.actor_id in world.yours:
        return sources.YOURS
    return STATES_FROM if actor.sort == "state" and actor.source == STATES_FROM else sources.OURS


def _territory(row: Territory) -> tuple[str | int | None, ...]:
    first = (row.code, row.name, row.full_name, row.country, row.parent, " ".join(row.claimed_by))
    return (*first, int(row.historical), row.wikidata, row.place_id)


def _columns(row: PlaceRow) -> tuple[str | int | float | None, ...]:
    point = (row.latitude, row.longitude, row.feature, row.admin1, row.country, row.population, row.radius_km)
    return (row.place_id, row.geonameid, row.name, *point, row.source)


def place_keys(name: str, aliases: Iterable[str]) -> dict[str, int]:
    """Keys of a place and by which of its names: its own first, then others, each also without its article."""
    fold = folded.__wrapped__
    own = fold(name)
    keys = {own: OWN}
    for alias in aliases:
        keys.setdefault(fold(alias), ALIAS)
    for key in list(keys):
        keys.setdefault(bare(key), VARIANT)
    keys.pop("", None)
    return keys


def actor_keys(row: ActorRow) -> Iterator[tuple[str, str]]:
    """Keys of an actor: its names, its acronyms with their case, and a person's family name with and without particle."""
    for name in row.names:
        yield folded(name), "name"
        if row.kind is not Kind.GPE:
            yield bare(folded(name)), "name"
    for acronym in row.acronyms:
        yield acronym.replace(".", ""), "acronym"
    for name in family_named(row):
        words = folded(name).split()
        yield telling(name)[-1], "surname"
        yield " ".join(words[-2:]) if words[-2] in PARTICLES else words[-1], "surname"


def family_named(row: ActorRow) -> list[str]:
    """The names of a person that end in a family name: not one word, a numeral, "of …", or a title and a given name."""
    if row.kind is not Kind.PER:
        return []
    cut = [(name, folded(name).split()) for name in row.names]
    return [n for n, w in cut if len(w) > 1 and "of" not in w and w[0] not in REGNAL and len(w[-1]) > 2]


def actor_bones(row: ActorRow) -> Iterator[str]:
    """Consonant keys of an actor's names, and of a person's family name, the empty one too."""
    for name in row.names:
        yield skeleton(name)
    for name in family_named(row):
        yield last_skeleton(name)


def offices_of(rows: Sequence[ActorRow]) -> Iterator[tuple[str, str]]:
    """(body or state, who has or had an office of it); an office of a government is one of its country, too."""
    governments = {row.actor_id: row.country for row in rows if row.sort == "government"}
    for row in rows:
        for office in row.offices:
            for of in (office.body_id or row.country, governments.get(office.body_id or "")):
                if of is not None:
                    yield of, row.actor_id


def outlet_keys(row: OutletRow) -> Iterator[str]:
    """Keys of an outlet: its names, its acronyms with their case, its domains."""
    for name in row.names:
        yield folded(name)
        yield bare(folded(name))
    yield from row.aliases
    yield from row.domains

"""What the atlas answers with: places, actors, outlets and how they were found. Values only.

Angles in decimal degrees WGS 84, distances in km, countries ISO 3166-1 alpha-3 (None for what lies in several), days
ISO dates of any precision. ``how`` says by which of its names a row was found: "name" its usual name, "alias" another
of its names, "acronym", "surname". Ids: "geonames:…", "searoute:…" (UN/LOCODE), "icao:…", "khabar:…", "Q…" for states.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.model.mentions import Kind

FORMAT = 3
"""edition of the compiled file's tables; a reader refuses another"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where rows come from: a package's data or an edited file, with its version, licence and day (``sources.py``)."""

    name: str
    version: str
    licence: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A place. ``feature`` is a GeoNames code (PPL, ADM1, PCLI, AIRP, OILT …), ``radius_km`` its honest extent."""

    place_id: str
    geonameid: int | None
    name: str
    latitude: float
    longitude: float
    feature: str
    admin1: str | None
    country: str | None
    population: int
    radius_km: float
    source: str
    curated: bool
    how: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Belonging to another actor, from ``since`` to ``until`` (None = not known, or still)."""

    actor_id: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office held: title, the body it is of (None = the state of the person's country), from when to when."""

    title: str
    body_id: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """Somebody or some body. ``sort`` is narrower than ``kind``: state, government, militia, igo, company, person …
    ``since`` and ``until`` say from when to when it was: founded and dissolved, or born and died; None = not known.
    """

    actor_id: str
    kind: Kind
    sort: str
    name: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...]
    country: str | None
    parents: tuple[Tie, ...] = ()
    offices: tuple[Office, ...] = ()
    since: str | None = None
    until: str | None = None
    wikidata: str | None = None
    source: str = ""
    how: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRow:
    """A newspaper, agency, broadcaster or site."""

    outlet_id: str
    name: str
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    country: str | None
    kind: str
    state_owned: bool
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A country, a former one, or a disputed or special territory. ``country`` is its own alpha-3 code or that of what it is
    a part of; ``parent`` and ``claimed_by`` are codes of territories; ``place_id`` is None for what has no place here.
    """

    code: str
    name: str
    full_name: str
    country: str | None
    parent: str | None
    claimed_by: tuple[str, ...]
    historical: bool
    wikidata: str
    place_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows an atlas was built with."""

    places: int
    place_names: int
    actors: int
    outlets: int
    territories: int

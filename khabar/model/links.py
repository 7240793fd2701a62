"""Links from a reading to the world: entities, places, intervals. Scores are 0-1, for the link being right.

Ids: "Q…" Wikidata, "geonames:…" GeoNames, "khabar:…" our curated files, "local:…" a stable id made for an actor that
no table knows. Latitude and longitude in decimal degrees WGS 84; radius in km; days are ISO dates, inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityLink:
    """An entity of the document ("e1") linked to somebody known; one per entity, mentions inherit it."""

    entity_id: str
    target_id: str
    """"khabar:…", "Q…", "geonames:…" or "local:…" """
    name: str
    """display name"""
    country: str | None
    score: float
    method: str
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLink:
    """A mention that names a place, on the map."""

    mention_id: str
    geonameid: int | None
    """None for a curated place without one; then ``place_id`` carries "khabar:…" """
    place_id: str
    name: str
    latitude: float
    longitude: float
    feature: str
    admin1: str | None
    country: str | None
    radius_km: float
    score: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLink:
    """A time expression on the calendar."""

    timex_id: str
    value: str
    """completed TIMEX3 value"""
    earliest: str | None
    latest: str | None
    edtf: str | None
    anchored_to: str | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """All links of one reading."""

    version_id: str
    entities: tuple[EntityLink, ...]
    places: tuple[PlaceLink, ...]
    times: tuple[TimeLink, ...]

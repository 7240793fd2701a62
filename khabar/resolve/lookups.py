# ruff: noqa: D102 - the members of these rows are explained at their classes
"""The questions that resolving asks about the world, as Protocols: the atlas happens to answer them.

Names are given as they stand in the text. Rows are Protocols too, so that no table of the atlas is known here; units
and codes as in ``model/links.py``. ``how`` says by which of its names a row was found: name, alias, acronym, surname.
"""

from __future__ import annotations

from typing import Protocol

from khabar.lexicon.nations import Nations
from khabar.model.mentions import Kind


class PlaceRow(Protocol):
    """A place: point in degrees, GeoNames feature code, radius in km, whether it comes from an edited file."""

    @property
    def place_id(self) -> str: ...
    @property
    def geonameid(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...
    @property
    def feature(self) -> str: ...
    @property
    def admin1(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def population(self) -> int: ...
    @property
    def radius_km(self) -> float: ...
    @property
    def source(self) -> str: ...
    @property
    def curated(self) -> bool: ...
    @property
    def how(self) -> str: ...


class Office(Protocol):
    """An office held from ``since`` to ``until``, ISO dates of any precision, None = open."""

    @property
    def title(self) -> str: ...
    @property
    def body_id(self) -> str | None: ...
    @property
    def since(self) -> str | None: ...
    @property
    def until(self) -> str | None: ...


class Tie(Protocol):
    """Belonging to another actor from ``since`` to ``until``."""

    @property
    def actor_id(self) -> str: ...
    @property
    def since(self) -> str | None: ...
    @property
    def until(self) -> str | None: ...


class ActorRow(Protocol):
    """Somebody known: person, body or state. ``sort`` is narrower than ``kind`` (state, armed_forces, militia …)."""

    @property
    def actor_id(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def sort(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def acronyms(self) -> tuple[str, ...]: ...
    @property
    def country(self) -> str | None: ...
    @property
    def parents(self) -> tuple[Tie, ...]: ...
    @property
    def offices(self) -> tuple[Office, ...]: ...
    @property
    def since(self) -> str | None: ...
    @property
    def until(self) -> str | None: ...
    @property
    def how(self) -> str: ...


class OutletRow(Protocol):
    """A newspaper, agency, broadcaster or site."""

    @property
    def outlet_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str | None: ...


class PlaceTable(Protocol):
    """Places by name."""

    def places(self, name: str) -> tuple[PlaceRow, ...]:
        """All places of this name, likeliest first."""


class ActorTable(Protocol):
    """Actors by name, by spelling, by country."""

    def actors(self, name: str) -> tuple[ActorRow, ...]:
        """Actors of this name, acronym or family name."""

    def actor(self, actor_id: str) -> ActorRow | None:
        """The actor of an id."""

    def alike(self, name: str) -> tuple[ActorRow, ...]:
        """Candidates whose names share consonants with this one."""

    def bodies(self, country: str, sort: str) -> tuple[ActorRow, ...]:
        """Bodies of one sort of a country; sort "state" gives the country itself."""

    def holders(self, of: str) -> tuple[ActorRow, ...]:
        """People who hold or held an office of this body, or of the state of this ISO code."""


class OutletTable(Protocol):
    """Outlets by name or domain."""

    def outlets(self, name: str) -> tuple[OutletRow, ...]:
        """Outlets of this name, acronym or domain."""


class Lookups(PlaceTable, ActorTable, OutletTable, Protocol):
    """All that resolving asks."""

    @property
    def nations(self) -> Nations:
        """Names, adjectives and capitals of the countries."""

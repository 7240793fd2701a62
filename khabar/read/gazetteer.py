"""The questions that the reader asks about the world: which kinds of thing bear this name, which sorts of body, of where?

A Protocol, so that ``read`` needs no table of places or actors: ``run`` hands in something that answers it (the atlas),
tests hand in a dictionary. Names are given as they stand in the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from khabar.model.mentions import Kind


class NameKinds(Protocol):
    """What is known of a name, without saying yet which bearer is meant."""

    def kinds(self, name: str) -> frozenset[Kind]:
        """Kinds of all known bearers of this exact name (folded for case and accents); empty = unknown."""

    def towns(self, name: str) -> frozenset[str]:
        """Countries (ISO 3166-1 alpha-3) of all towns and villages of this name, however small; empty = none, or a word that
        is more likely something else.
        """

    def sorts(self, name: str) -> frozenset[str]:
        """Sorts of all known bodies and outlets of this name or acronym ("rebels", "igo", "newspaper"), and the titles of the
        offices of all known people of this name or family name ("commander"), whoever held them when; empty = unknown.
        """

    def homes(self, name: str) -> frozenset[str]:
        """Countries (ISO 3166-1 alpha-3) of all known bodies and outlets of this name or acronym; empty = unknown or none."""

    def bearers(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """All known people and bodies of this name, acronym or family name: their ids, and by which names each goes."""


class NoNames:
    """Knows nobody: the reader works without any table."""

    def kinds(self, name: str) -> frozenset[Kind]:  # noqa: ARG002 - the Protocol's argument
        """Nothing."""
        return frozenset()

    def towns(self, name: str) -> frozenset[str]:  # noqa: ARG002 - as above
        """Nowhere."""
        return frozenset()

    def sorts(self, name: str) -> frozenset[str]:  # noqa: ARG002 - as above
        """Nothing."""
        return frozenset()

    def homes(self, name: str) -> frozenset[str]:  # noqa: ARG002 - as above
        """Nothing."""
        return frozenset()

    def bearers(self, name: str) -> Mapping[str, tuple[str, ...]]:  # noqa: ARG002 - as above
        """Nobody."""
        return {}

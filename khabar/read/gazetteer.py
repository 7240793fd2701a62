"""The one question that the reader asks about the world: which kinds of thing bear this name?

A Protocol, so that ``read`` needs no table of places or actors: ``run`` hands in something that answers it (the atlas),
tests hand in a dictionary. Names are given as they stand in the text.
"""

from __future__ import annotations

from typing import Protocol

from khabar.model.mentions import Kind


class NameKinds(Protocol):
    """What is known of a name, without saying yet which bearer is meant."""

    def kinds(self, name: str) -> frozenset[Kind]:
        """Kinds of all known bearers of this exact name (folded for case and accents); empty = unknown."""


class NoNames:
    """Knows nobody: the reader works without any table."""

    def kinds(self, name: str) -> frozenset[Kind]:  # noqa: ARG002 - the Protocol's argument
        """Nothing."""
        return frozenset()

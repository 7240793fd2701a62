"""A reading to its links to the world: places first, since a town is what it is on the map, then actors, then times.

In: a version, its reading, and look-ups that answer ``lookups.Lookups``. Out: one Resolution, the same for the same
input. Doubt is a low score or a missing link, never an exception.
"""

from __future__ import annotations

from khabar.model.claims import Reading
from khabar.model.documents import Version
from khabar.model.links import Resolution
from khabar.resolve.actors import link_entities
from khabar.resolve.context import context_of
from khabar.resolve.described_places import link_described_places
from khabar.resolve.lookups import Lookups
from khabar.resolve.places import link_places
from khabar.resolve.times import link_times


def resolve(version: Version, reading: Reading, lookups: Lookups) -> Resolution:
    """All links of one reading."""
    context = context_of(version, reading, lookups)
    places = link_described_places(context, link_places(context))
    return Resolution(
        version_id=version.version_id,
        entities=link_entities(context, places),
        places=places,
        times=link_times(reading.timexes, version.published or context.day),
    )

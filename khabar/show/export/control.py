"""Spells of control as plain dictionaries: who held which place from when to when, and how sure.

In: spells and the input id of every version. Out: the form of the contract; ``start`` and ``end`` are a day, or
[earliest, latest], or null (start: not known, end: still open); ``articles`` are input ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from khabar.model.events import ControlSpell
from khabar.show.export.events import articles_of


def control_rows(spells: Iterable[ControlSpell], *, input_ids: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """One dictionary per spell. ``input_ids``: version id to input id (``questions.input_ids``)."""
    for spell in spells:
        yield {
            "place": spell.place_name,
            "place_id": spell.place_id,
            "controller": spell.controller_name,
            "controller_id": spell.controller_id,
            "start": day_or_days(spell.start),
            "end": day_or_days(spell.end),
            "status": spell.status.value,
            "articles": articles_of(spell.version_ids, input_ids),
            "claims": [c.claim_id for c in spell.claims],
            "spell_id": spell.spell_id,
        }


def day_or_days(interval: tuple[str, str] | None) -> str | list[str] | None:
    """A day where both ends agree, else the pair."""
    if interval is None:
        return None
    return interval[0] if interval[0] == interval[1] else list(interval)

"""Events across articles, who repeated whom, and who held which place when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from khabar.model.claims import EventType, Relation


class LineageKind(StrEnum):
    """How an article came by what it reports."""

    INDEPENDENT = "independent"
    COPIED = "copied_from"
    CITES = "cites"


class SpellStatus(StrEnum):
    """How sure a spell of control is."""

    ASSERTED = "asserted"
    CLAIMED = "claimed"
    DENIED = "denied"
    CONTESTED = "contested"
    BESIEGED = "besieged"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRef:
    """A claim in a version: how events point at their evidence."""

    version_id: str
    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """How one version's report of an event came about; ``of`` are the versions it rests on."""

    version_id: str
    kind: LineageKind
    of: tuple[str, ...]
    score: float
    evidence: str
    """a sentence: "shares 41 of 44 sentences with …" """


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Rival values of one field of one event."""

    field: str
    """killed, place, actor, time, happened …"""
    values: tuple[tuple[str, tuple[str, ...]], ...]
    """(value, version ids that give it)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One happening, with every claim about it. Origins are counted by version id of the independent reports."""

    event_id: str
    event_type: EventType | None
    relation: Relation | None
    lemma: str
    actor_ids: tuple[str, ...]
    actor_names: tuple[str, ...]
    recipient_ids: tuple[str, ...]
    recipient_names: tuple[str, ...]
    place_id: str | None
    place_name: str | None
    latitude: float | None
    longitude: float | None
    earliest: str | None
    latest: str | None
    claims: tuple[ClaimRef, ...]
    version_ids: tuple[str, ...]
    origin_ids: tuple[str, ...]
    lineage: tuple[Lineage, ...]
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSpell:
    """A holder of a place from one day to another. start and end are intervals (earliest, latest) or None = not known
    (start) and open (end)."""

    spell_id: str
    place_id: str | None
    place_name: str
    controller_id: str | None
    controller_name: str | None
    """None: nobody, or not known"""
    start: tuple[str, str] | None
    end: tuple[str, str] | None
    status: SpellStatus
    claims: tuple[ClaimRef, ...]
    version_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """A predication of a version and the happening it tells of; one id across the articles of a batch."""

    version_id: str
    predication_id: str
    event_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """How the articles of one batch belong together, for the contract's ``story`` and ``event``."""

    stories: tuple[tuple[str, ...], ...]
    """version ids of the articles on each story, wider than one event"""
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fusion:
    """What a set of articles says together."""

    events: tuple[Event, ...]
    spells: tuple[ControlSpell, ...]

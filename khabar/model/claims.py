"""Predications, claims and the reading that holds them all. Types are PLOVER's; roles PLOVER's actor and recipient.

A predication is *what* is said to have happened; a claim is one predication in the mouth of one chain of sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from khabar.model.attribution import Attribution
from khabar.model.factuality import Commitment, Polarity, Realis, Word
from khabar.model.mentions import Mention, Quantity, Timex
from khabar.model.spans import Span


class EventType(StrEnum):
    """PLOVER event types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Relation(StrEnum):
    """What PLOVER has no type for and the news is full of."""

    CONTROL = "control"
    LEAD = "lead"
    ALLY = "ally"
    PART_OF = "part_of"
    CAUSE = "cause"
    MOVE = "move"
    REVISE = "revise"
    DESCRIBE = "describe"


class Role(StrEnum):
    """Roles of arguments."""

    ACTOR = "actor"
    RECIPIENT = "recipient"
    THEME = "theme"
    PLACE = "place"
    TIME = "time"
    INSTRUMENT = "instrument"
    QUANTITY = "quantity"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One filler of one role: a span with the entity that stands there, or another predication (then span is None)."""

    role: Role
    span: Span | None = None
    entity_id: str | None = None
    filler_id: str | None = None
    """mention, timex or quantity id where one stands there"""
    predication_id: str | None = None
    rule: str = ""

    @classmethod
    def of(cls, mention: Mention, role: Role, rule: str) -> Self:
        """A mention in a role."""
        return cls(role=role, span=mention.span, entity_id=mention.entity_id, filler_id=mention.mention_id, rule=rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Predication:
    """Who did what to whom, where, when — no word yet on who says so."""

    predication_id: str
    trigger: Span
    trigger_token: int
    lemma: str
    event_type: EventType | None
    relation: Relation | None
    mode: str | None
    contexts: tuple[str, ...]
    polarity: Polarity
    realis: Realis
    arguments: tuple[Argument, ...]
    rule: str

    def fillers(self, role: Role) -> tuple[Argument, ...]:
        """The arguments of a role, in order of the text."""
        return tuple(a for a in self.arguments if a.role is role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One predication as one chain of sources holds it.

    ``chain`` are attribution ids, outermost first; ``commitments`` one value per level with the publisher first, so
    always one longer. ``score`` is the probability that the extraction is right, never that the claim is true.
    """

    claim_id: str
    predication_id: str
    chain: tuple[str, ...]
    commitments: tuple[Commitment, ...]
    word: Word
    score: float
    basis: tuple[str, ...]
    """the rules that set the commitments, in order, for `khabar why`"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read in one version of an article."""

    version_id: str
    reader: str
    mentions: tuple[Mention, ...]
    timexes: tuple[Timex, ...]
    quantities: tuple[Quantity, ...]
    attributions: tuple[Attribution, ...]
    predications: tuple[Predication, ...]
    claims: tuple[Claim, ...]
    problems: tuple[str, ...]

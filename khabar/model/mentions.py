"""Mentions, time expressions and quantities: the things that fill arguments. Kinds and forms are ACE's, time is TIMEX3.

All ids are local to one reading ("m1", "t1", "q1"). ``rule`` names the rule that made the record, for `khabar why`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from khabar.model.spans import Span

DATELINE = "dateline"
"""rule of a mention in a dateline: where somebody writes from or for whom, not who acts"""


class Kind(StrEnum):
    """ACE entity kinds, and MISC for a name of none of them."""

    PER = "PER"
    ORG = "ORG"
    GPE = "GPE"
    LOC = "LOC"
    FAC = "FAC"
    VEH = "VEH"
    WEA = "WEA"
    MISC = "MISC"


class Form(StrEnum):
    """How a mention refers: by name, by description, by pronoun."""

    NAM = "NAM"
    NOM = "NOM"
    PRO = "PRO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that refers to somebody or something. ``span`` is the phrase as shown (for a nominal with its
    determiner and modifiers, without relative clauses), ``head`` the head word, ``head_token`` its index in the parse.
    """

    mention_id: str
    span: Span
    head: Span
    head_token: int
    kind: Kind
    form: Form
    entity_id: str
    """same entity in this document = same id ("e1")"""
    antecedent_id: str | None
    """the mention that a pronoun or description was resolved to"""
    rule: str


class TimexType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A time expression, typed but not yet anchored.

    ``value`` is a TimeML value, or an underspecified one that ``resolve/times.py`` completes with the document time
    (its forms are listed at the top of ``read/timex.py``). ``tense`` is that of the governing verb: past, present,
    future or None.
    """

    timex_id: str
    span: Span
    type: TimexType
    value: str
    mod: str | None
    """TIMEX3 mod: BEFORE AFTER EARLY MID LATE START END APPROX LESS_THAN MORE_THAN EQUAL_OR_LESS EQUAL_OR_MORE"""
    quant: str | None
    freq: str | None
    tense: str | None
    anchor: str | None
    """id of the timex ("t3") or the trigger span "p:start:end" that it counts from; None = document time"""
    head_token: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A count: ``low``..``high`` of ``unit``; None = open ("at least ten": low 10, high None)."""

    quantity_id: str
    span: Span
    low: float | None
    high: float | None
    unit: str | None
    """lemma of what is counted ("soldier", "day", "killed")"""
    per: str | None
    head_token: int
    rule: str
    fate: str | None = None
    """what happened to those counted: killed wounded detained abducted displaced missing freed rescued"""
    part_of: str | None = None
    """id of the quantity that these are a part of ("of whom six were children")"""

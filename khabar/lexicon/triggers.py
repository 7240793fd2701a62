"""What a predicate means: ``plover/*.yml`` as one frozen table from lemma to the readings it can have.

One row of YAML lists words of the same meaning and frame; the format stands in ``plover/FORMAT.md``. A lemma may have
several readings: the rule takes the most specific one whose conditions hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys, read_table, tables
from khabar.model.claims import EventType, Relation, Role

POS = frozenset({"verb", "noun", "adj"})
OPTIONAL = {"mode", "contexts", "roles", "if", "note", "score"}


@dataclass(frozen=True, slots=True)
class Condition:
    """``slot`` must hold a word of ``lemmas``; an empty set: the slot must merely be filled."""

    slot: str
    lemmas: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One reading of one lemma. ``roles`` gives, per role, the slots that may fill it, in order of preference."""

    lemma: str
    particle: str | None
    pos: str
    event_type: EventType | None
    relation: Relation | None
    mode: str | None
    contexts: tuple[str, ...]
    conditions: tuple[Condition, ...]
    roles: tuple[tuple[Role, tuple[str, ...]], ...]
    score: float
    row: str
    """where it stands: "plover/assault.yml: bomb" """


Triggers = dict[tuple[str, str], tuple[Trigger, ...]]


def load_triggers() -> Triggers:
    """(lemma, pos) to its readings, most conditions first. Raises DataFault naming file and row."""
    found: dict[tuple[str, str], list[Trigger]] = {}
    for path in tables("plover"):
        table = read_table(path)
        check_keys(f"lexicon/{path}", table, {"type", "rows"}, {"roles", "note"})
        for row in table["rows"]:
            for trigger in _triggers(path, table, row):
                found.setdefault((trigger.lemma, trigger.pos), []).append(trigger)
    return {key: tuple(sorted(rows, key=_rank)) for key, rows in found.items()}


def _rank(trigger: Trigger) -> tuple[int, float]:
    """Most specific first, then by score."""
    return -(len(trigger.conditions) + (trigger.particle is not None)), -trigger.score


def _triggers(path: str, table: dict[str, Any], row: dict[str, Any]) -> list[Trigger]:
    place = f"lexicon/{path}: {row.get('words')}"
    check_keys(place, row, {"words", "pos"}, OPTIONAL)
    if row["pos"] not in POS:
        raise DataFault(f"{place}: unknown pos {row['pos']!r}; known: {sorted(POS)}")
    name = table["type"]
    event = EventType(name) if name in EventType.__members__ else None
    relation = None if event else Relation(name)
    roles = {**table.get("roles", {}).get(row["pos"], {}), **row.get("roles", {})}
    conditions = tuple(Condition(slot, frozenset(words or ())) for slot, words in row.get("if", {}).items())
    out = []
    for word in row["words"]:
        lemma, _, particle = str(word).partition("+")
        out.append(
            Trigger(
                lemma=lemma,
                particle=particle or None,
                pos=row["pos"],
                event_type=event,
                relation=relation,
                mode=row.get("mode"),
                contexts=tuple(row.get("contexts", ())),
                conditions=conditions,
                roles=tuple((Role(role), _slots(slots)) for role, slots in roles.items()),
                score=float(row.get("score", 0.8)),
                row=f"{path}: {word}",
            )
        )
    return out


def _slots(slots: str) -> tuple[str, ...]:
    """ "subj|by" to its slots."""
    return tuple(slots.split("|"))

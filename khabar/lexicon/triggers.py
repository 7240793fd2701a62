"""What a predicate means: ``plover/*.yml`` as one frozen table from lemma to the readings it can have.

One row of YAML lists words of the same meaning and frame; the format stands in ``plover/FORMAT.md``. A lemma may have
several readings: the rule takes the most specific one whose conditions hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys, check_words, read_table, tables
from khabar.model.claims import EventType, Relation, Role
from khabar.model.mentions import Kind

POS = frozenset({"verb", "noun", "adj"})
OPTIONAL = {"mode", "contexts", "roles", "if", "note", "score", "passing"}
DEFAULT_SCORE = 0.8
FUNCTIONS = (
    "subj obj iobj comp prt attr oprd acomp poss amod compound nmod nummod inf clause bearer with_of with_subj "
    "under_subj self intj"
)
PREPOSITIONS = (
    "about across after against along alongside amid among around as at before behind between beyond by concerning despite "
    "during for from in inside into near of off on onto out outside over past through throughout to toward towards under "
    "until up upon via with within without"
)
SLOTS = frozenset(f"{FUNCTIONS} {PREPOSITIONS}".split())


@dataclass(frozen=True, slots=True)
class Condition:
    """``slot`` must hold a word of ``lemmas`` or a mention of ``kinds``; both empty: the slot must merely be filled."""

    slot: str
    lemmas: frozenset[str]
    kinds: frozenset[Kind] = frozenset()


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
    passing: bool = False
    """told in passing by a description ("X and his forces"): a predication, but no claim of its own"""


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


def hyphened(triggers: Triggers) -> frozenset[str]:
    """The lemmas of the tables that are written with a hyphen: the parser takes such words apart."""
    named = (lemma for rows in triggers.values() for row in rows for c in row.conditions for lemma in c.lemmas)
    return frozenset(lemma for lemma in (*named, *(key[0] for key in triggers)) if "-" in lemma)


def deeds(triggers: Triggers) -> frozenset[str]:
    """Lemmas of the nouns that name a happening of a type: "torture", "raid"."""
    return frozenset(
        lemma for (lemma, pos), rows in triggers.items() if pos == "noun" and any(r.event_type for r in rows)
    )


def gerunds(triggers: Triggers) -> dict[str, str]:
    """ "bombing" to "bomb", for every verb of the tables: a gerund that the parser takes for a noun has no such lemma."""
    verbs = [lemma for lemma, pos in triggers if pos == "verb" and lemma.isalpha()]
    doubled = {f"{verb}{verb[-1]}ing": verb for verb in verbs}
    return doubled | {f"{verb[:-1] if verb.endswith('e') else verb}ing": verb for verb in verbs}


def _rank(trigger: Trigger) -> tuple[int, int, float]:
    """A particle weighs more than a condition, more conditions more than fewer, named words more than a filled slot."""
    named = sum(bool(condition.lemmas or condition.kinds) for condition in trigger.conditions)
    return -(2 * len(trigger.conditions) + 3 * (trigger.particle is not None)), -named, -trigger.score


def _triggers(path: str, table: dict[str, Any], row: dict[str, Any]) -> list[Trigger]:
    """One row gives a reading per word."""
    place = f"lexicon/{path}: {row.get('words')}"
    check_keys(place, row, {"words", "pos"}, OPTIONAL)
    if row["pos"] not in POS:
        raise DataFault(f"{place}: unknown pos {row['pos']!r}; known: {sorted(POS)}")
    event, relation = _type(path, table["type"])
    roles = _roles(place, {**table.get("roles", {}).get(row["pos"], {}), **row.get("roles", {})})
    conditions = tuple(_condition(place, slot, words) for slot, words in row.get("if", {}).items())
    return [
        Trigger(
            lemma=lemma,
            particle=particle or None,
            pos=row["pos"],
            event_type=event,
            relation=relation,
            mode=row.get("mode"),
            contexts=tuple(row.get("contexts", ())),
            conditions=conditions,
            roles=roles,
            score=float(row.get("score", DEFAULT_SCORE)),
            row=f"{path}: {lemma}+{particle}" if particle else f"{path}: {lemma}",
            passing=bool(row.get("passing", False)),
        )
        for lemma, _, particle in (word.partition("+") for word in check_words(place, row["words"]))
    ]


def _type(path: str, name: str) -> tuple[EventType | None, Relation | None]:
    """What the file's rows mean; "none" keeps idioms from being read as something."""
    if name == "none":
        return None, None
    if name in EventType.__members__:
        return EventType(name), None
    if name in frozenset(Relation):
        return None, Relation(name)
    raise DataFault(f"lexicon/{path}: unknown type {name!r}; known: none, {', '.join([*EventType, *Relation])}")


def _roles(place: str, roles: dict[str, str | None]) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    """ "subj|by" to its slots; null takes a default of the file away."""
    unknown = roles.keys() - frozenset(Role)
    if unknown:
        raise DataFault(f"{place}: unknown role {sorted(unknown)}; known: {', '.join(Role)}")
    return tuple((Role(role), _slots(place, slots)) for role, slots in roles.items() if slots is not None)


def _slots(place: str, slots: str) -> tuple[str, ...]:
    """The slots of a role in order of preference, each known."""
    names = tuple(slots.split("|"))
    if unknown := set(names) - SLOTS:
        raise DataFault(f"{place}: unknown slot {sorted(unknown)} in {slots!r}; known: {', '.join(sorted(SLOTS))}")
    return names


def _condition(place: str, slot: str, words: list[str] | None) -> Condition:
    """A condition on a known slot; no words: it must merely be filled; words in capitals: kinds of mention."""
    _slots(place, slot)
    found = frozenset(check_words(place, words) if words else ())
    kinds = frozenset(word for word in found if word.isupper())
    if unknown := kinds - frozenset(Kind):
        raise DataFault(f"{place}: unknown kind {sorted(unknown)}; known: {', '.join(Kind)}; lemmas are lower case")
    return Condition(slot, found - kinds, frozenset(Kind(kind) for kind in kinds))

"""A table of expectations against a reading: which fields of which rows were read rightly.

In: rows as in constructions/sudan.yml and a reading in the form of the contract. Out: per row the fields that it states,
each right or wrong. A row is found if a claim's trigger stands inside its evidence with one of its lemmas; among several
such claims the one with most right fields counts. A filler counts by its words or any mention of its entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Json = Mapping[str, Any]
ROLES = {"who": "actor", "whom": "recipient", "what": "theme", "where": "place"}
LONGEST = 120
"""code points of a filler; a longer one names nothing"""


@dataclass(frozen=True, slots=True)
class Score:
    """One row's fields; ``claim`` is the sentence that was read, None where nothing was."""

    evidence: str
    fields: Mapping[str, bool]
    claim: str | None

    @property
    def share(self) -> float:
        """The share of the row's fields that are right."""
        return sum(self.fields.values()) / len(self.fields) if self.fields else float(self.claim is not None)

    def wrong(self) -> str:
        """One line for people: what is wrong, and what was read instead."""
        return f"{self.evidence!r}: {', '.join(f for f, right in self.fields.items() if not right)} <- {self.claim}"


def load(path: Path) -> dict[str, Any]:
    """A table: ``published`` and ``rows``."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def scores(rows: Iterable[Json], reading: Json) -> list[Score]:
    """Every row's score."""
    return [score(row, reading) for row in rows]


def score(row: Json, reading: Json) -> Score:
    """One row against the claim that fits it best."""
    start = reading["text"].index(row["evidence"])
    end = start + len(row["evidence"])
    predications = {p["id"]: p for p in reading["predications"]}
    best = Score(row["evidence"], dict.fromkeys(asked(row), False), None)
    for claim in reading["claims"]:
        predication = predications[claim["predication"]]
        inside = start <= predication["trigger"][0] and predication["trigger"][1] <= end
        if inside and predication["lemma"] in row["lemma"]:
            found = Score(row["evidence"], checked(row, claim, predication, reading), claim["sentence"])
            best = found if best.claim is None or found.share > best.share else best
    return best


def asked(row: Json) -> list[str]:
    """The fields that a row states."""
    return [name for name in row if name not in {"evidence", "lemma"}]


def checked(row: Json, claim: Json, predication: Json, reading: Json) -> dict[str, bool]:
    """Right or wrong for each field that the row states."""
    values = {
        "type": lambda: typed(row["type"], predication),
        "when": lambda: tuple(map(str, row["when"])) in intervals(predication, reading),
        "chain": lambda: chained(row["chain"], claim, reading),
        "sure": lambda: claim["commitments"][-1] in row["sure"],
        "realis": lambda: predication["realis"] in row["realis"],
    }
    roles = {name: named(row[name], fillers(role, predication, reading)) for name, role in ROLES.items() if name in row}
    return {name: roles[name] if name in roles else values[name]() for name in asked(row)}


def typed(wanted: Iterable[str | None], predication: Json) -> bool:
    """Whether the type or relation is one of those wanted; None wants neither."""
    have = {predication["event_type"], predication["relation"]} - {None}
    return bool(have & set(wanted)) or (not have and None in wanted)


def named(wanted: Iterable[str], strings: Iterable[str]) -> bool:
    """Whether one of the wanted names is part of one of the strings."""
    return any(w.lower() in s.lower() for s in strings for w in wanted if len(s) <= LONGEST)


def fillers(role: str, predication: Json, reading: Json) -> list[str]:
    """Words of a role's fillers and of all mentions of their entities."""
    arguments = [a for a in predication["arguments"] if a["role"] == role and "start" in a]
    words = [reading["text"][a["start"] : a["end"]] for a in arguments]
    return words + mentions({a["entity"] for a in arguments if a.get("entity")}, reading)


def mentions(entities: set[str], reading: Json) -> list[str]:
    """Words of all mentions of some entities."""
    return [m["text"] for m in reading["mentions"] if m["entity"] in entities]


def intervals(predication: Json, reading: Json) -> set[tuple[str, str]]:
    """Intervals of the times that a predication has."""
    spans = [(a["start"], a["end"]) for a in predication["arguments"] if a["role"] == "time" and "start" in a]
    timexes = [t for t in reading["timexes"] if any(t["start"] < end and start < t["end"] for start, end in spans)]
    return {(str(t["earliest"]), str(t["latest"])) for t in timexes}


def chained(wanted: list[list[str]], claim: Json, reading: Json) -> bool:
    """Whether the claim's sources are those wanted, outermost first."""
    attributions = {a["id"]: a for a in reading["attributions"]}
    links = [attributions[identity] for identity in claim["chain"]]
    return len(links) == len(wanted) and all(
        named(names, source(link, reading)) for names, link in zip(wanted, links, strict=True)
    )


def source(link: Json, reading: Json) -> list[str]:
    """Words of an attribution's source and of all mentions of its entities."""
    words = [reading["text"][start:end] for start, end in link["source"]]
    return words + mentions(set(link["source_entities"]), reading)

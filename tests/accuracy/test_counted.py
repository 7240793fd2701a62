"""Which incidents MUC's task counts: rows made by hand, one act each."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from bench.counted import Task, counted
from bench.suites import Row, Suite
from khabar.lexicon.entities import load_entities

KINDS = {"farmers": "PER", "soldiers": "PER", "a bridge": "FAC", "the party": "ORG", "the Front": "ORG", "they": "PER"}


def kind_of(reading: Row, argument: Row) -> str:
    """As the kit's scorer: the kind of the mention at an argument."""
    return next((m["kind"] for m in reading["mentions"] if m["start"] == argument["start"]), "")


SCORER = SimpleNamespace(TYPE_OF={"kill": "ATTACK", "attack": "ATTACK"}, kind_of=kind_of)
TASK = Task(
    cast("Suite", SimpleNamespace(scorer=SCORER)),
    load_entities(),
    frozenset({"clash"}),
    frozenset({"soldier", "fighter"}),
)


def read(lemma: str, realis: str = "actual", **roles: str) -> Row:
    """A reading of one act of violence with its fillers."""
    text = " | ".join(roles.values())
    spots = {role: (text.index(words), words) for role, words in roles.items()}
    mentions: list[dict[str, Any]] = [
        {
            "start": at,
            "end": at + len(words),
            "kind": KINDS[words],
            "entity": words,
            "form": "PRO" if words == "they" else "NOM",
        }
        for at, words in spots.values()
        if words in KINDS
    ]
    arguments = [
        {"role": role, "start": at, "end": at + len(words), "entity": words} for role, (at, words) in spots.items()
    ]
    act = {"lemma": lemma, "event_type": "ASSAULT", "realis": realis, "arguments": arguments}
    return {"text": text, "mentions": mentions, "predications": [act]}


@pytest.mark.parametrize(
    ("reading", "left"),
    [
        (read("kill", actor="the Front", recipient="farmers"), {"actor", "recipient"}),
        (read("kill", realis="planned", recipient="farmers"), None),
        (read("clash", actor="the Front", recipient="soldiers"), None),
        (read("clash", actor="the Front", recipient="a bridge"), {"actor", "recipient"}),
        (read("clash", actor="the Front"), None),
        (read("kill", actor="they", recipient="farmers"), {"recipient"}),
        (read("attack", actor="the Front", recipient="the party"), {"actor"}),
        (read("attack", actor="the Front", recipient="an idea"), {"actor"}),
    ],
)
def test_what_counts(reading: Row, left: set[str] | None) -> None:
    """The roles that are left of an act that counts; None: it does not."""
    kept = counted(TASK, reading)["predications"]
    assert [{a["role"] for a in one["arguments"]} for one in kept] == ([] if left is None else [left])


def test_other_acts_stay() -> None:
    """What is no violence is left as it was read."""
    reading = read("meet", realis="planned", actor="they")
    reading["predications"][0]["event_type"] = "CONSULT"
    assert counted(TASK, reading) == reading

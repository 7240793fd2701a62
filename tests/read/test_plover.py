"""Main acts of our own sentences, by PLOVER type (plover.yml): type, actors and recipients of the claim that ranks first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.model.claims import Argument, Predication, Reading, Role
from tests.read import reading

Case = dict[str, Any]
TABLE: dict[str, list[Case]] = yaml.safe_load((Path(__file__).parent / "plover.yml").read_text(encoding="utf-8"))
CASES = [{"type": kind, **case} for kind, cases in TABLE.items() for case in cases]
RIGHT = [case for case in CASES if "fault" not in case]
FAULTS = [case for case in CASES if "fault" in case]
FEWEST = 3


def main_act(found: Reading) -> Predication | None:
    """The typed predication whose claim has the highest score, then the shortest chain, then stands first."""
    claims = {c.predication_id: c for c in found.claims}
    typed = [p for p in found.predications if p.event_type is not None and p.predication_id in claims]
    return min(
        typed,
        key=lambda p: (
            -claims[p.predication_id].score,
            len(claims[p.predication_id].chain),
            p.trigger.start,
        ),
        default=None,
    )


def strings(found: Reading, text: str, argument: Argument) -> list[str]:
    """What an argument stands for: its words, and all mentions of its entity."""
    own = [text[argument.span.start : argument.span.end]] if argument.span else []
    same = [m for m in found.mentions if argument.entity_id is not None and m.entity_id == argument.entity_id]
    return own + [text[m.span.start : m.span.end] for m in same]


def wrong(case: Case) -> list[str]:
    """What is read otherwise than the case says."""
    found = reading.read_text(case["text"])
    act = main_act(found)
    if act is None or act.event_type != case["type"]:
        return [f"type {act and act.event_type}, not {case['type']}"]
    out = []
    for role in (Role.ACTOR, Role.RECIPIENT):
        got = [strings(found, case["text"], a) for a in act.arguments if a.role is role]
        missing = [w for w in case[role] if not any(w in x for filler in got for x in filler)]
        if missing or len(got) > len(case[role]):
            out.append(f"{role} {[g[:1] for g in got]}, not {case[role]}")
    return out


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['type']}: {c['text'][:60]}") for c in RIGHT])
def test_main_act(case: Case) -> None:
    assert not wrong(case)


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['type']}: {c['text'][:60]}") for c in FAULTS])
def test_known_fault_is_still_one(case: Case) -> None:
    assert wrong(case), "read rightly now: take `fault` away"


def test_every_type_has_cases_and_most_are_read_rightly() -> None:
    assert min(len(cases) for cases in TABLE.values()) >= FEWEST
    assert len(TABLE) == 16
    assert len(RIGHT) >= 4 * len(FAULTS)
    assert len({case["text"] for case in CASES}) == len(CASES)

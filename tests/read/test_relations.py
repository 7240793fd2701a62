"""Who is on whose side, at whose head, in whose hands: pairs that sentences relate, or do not (relations.yml)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.model.claims import Predication, Role
from tests.read.reading import read_text

Case = dict[str, Any]
TABLE: dict[str, list[Case]] = yaml.safe_load((Path(__file__).parent / "relations.yml").read_text(encoding="utf-8"))
CASES = [{"kind": kind, **case} for kind, cases in TABLE.items() for case in cases]
RIGHT = [case for case in CASES if "fault" not in case]
FAULTS = [case for case in CASES if "fault" in case]
PARTIES = (Role.ACTOR, Role.RECIPIENT, Role.THEME)


def related(text: str, what: Predication) -> Iterator[tuple[str, str]]:
    """Every two parties of a predication, as the text has them."""
    words = [a.span.cut(text) for role in PARTIES for a in what.fillers(role) if a.span is not None]
    yield from combinations(words, 2)


def wrong(case: Case) -> list[str]:
    """What is missing, what should not be there, and what is a claim although it is told in passing."""
    text = case["text"]
    reading = read_text(text)
    found = [p for p in reading.predications if (p.event_type or p.relation) == case["kind"]]
    claimed = {c.predication_id for c in reading.claims}
    out = []
    for pair in case.get("pairs", ()):
        telling = [p for p in found if any(_are(pair, two) for two in related(text, p))]
        if not telling:
            out.append(f"{pair} not related in {[list(related(text, p)) for p in found]}")
        elif case.get("passing", False) == any(p.predication_id in claimed for p in telling):
            out.append(f"{pair}: a claim is there, or is missing")
    out += [
        f"{pair} related"
        for pair in case.get("apart", ())
        for p in found
        for two in related(text, p)
        if _are(pair, two)
    ]
    return out


def _are(pair: list[str], two: tuple[str, str]) -> bool:
    """Whether two fillers hold the words of a pair, either way round."""
    return any(a in two[0] and b in two[1] for a, b in (pair, reversed(pair)))


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['kind']}: {c['text'][:60]}") for c in RIGHT])
def test_relation(case: Case) -> None:
    assert not wrong(case)


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['kind']}: {c['text'][:60]}") for c in FAULTS])
def test_known_fault_is_still_one(case: Case) -> None:
    assert wrong(case), "read rightly now: take `fault` away"

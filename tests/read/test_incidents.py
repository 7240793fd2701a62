"""Incident reports: who did it, with what, against whom, and who says so how surely. Cases in ``incidents.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.model.claims import Role
from tests.read.reading import read_text

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("incidents.yml").read_text("utf-8"))
ROLES = ("actor", "recipient", "instrument", "place", "time")


@pytest.mark.parametrize("case", CASES, ids=[f"{c['lemma']}: {c['text'][:60]}" for c in CASES])
def test_incident(case: dict[str, Any]) -> None:
    """The roles, realis and stances that the case names; ``absent`` = nobody may be named as the doer."""
    text = case["text"]
    reading = read_text(text)
    found = [p for p in reading.predications if p.lemma == case["lemma"]]
    if case.get("absent"):
        assert not [a for p in found for a in p.fillers(Role.ACTOR)]
        return
    assert found, f"no predication {case['lemma']!r}"
    what = found[0]
    for role in (r for r in ROLES if r in case):
        words = [a.span.cut(text) for a in what.fillers(Role(role)) if a.span is not None]
        assert words == case[role], role
    if "realis" in case:
        assert what.realis.value == case["realis"]
    if "stance" in case:
        stances = {a.attribution_id: a.stance for a in reading.attributions}
        chain = next(c.chain for c in reading.claims if c.predication_id == what.predication_id)
        assert [stances[i] for i in chain] == case["stance"]

"""Attributions of our own sentences (weighing.yml): rules and trained model together; what each leaves to the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from khabar.model.attribution import Attribution
from khabar.model.spans import Span
from khabar.read.weighing import LEAST, probability
from tests.read import reading

Case = dict[str, Any]
TABLE: dict[str, list[Case]] = yaml.safe_load((Path(__file__).parent / "weighing.yml").read_text(encoding="utf-8"))
CASES = [case for cases in TABLE.values() for case in cases]
HALF = 0.5


def words(text: str, spans: tuple[Span, ...]) -> set[str]:
    return {w.strip(".,“”").lower() for s in spans for w in text[s.start : s.end].split()}


def overlap(found: set[str], wanted: str) -> float:
    told = {w.strip(".,“”").lower() for w in wanted.split()}
    return len(found & told) / len(found | told) if found | told else 1.0


def fits(text: str, one: Attribution, case: Case) -> bool:
    cue = words(text, one.cue) & words(
        text, (Span(text.index(case["cue"]), text.index(case["cue"]) + len(case["cue"])),)
    )
    return bool(cue) and all(
        overlap(words(text, getattr(one, role)), case[role]) >= HALF for role in ("source", "content")
    )


@pytest.mark.parametrize("case", [pytest.param(c, id=c["text"][:60]) for c in CASES])
def test_attribution(case: Case) -> None:
    found = reading.read_text(case["text"]).attributions
    if case.get("none"):
        assert found == ()
    else:
        assert [a for a in found if fits(case["text"], a, case)], found


def test_what_the_model_alone_finds_is_no_link_of_a_chain() -> None:
    for case in CASES:
        read = reading.read_text(case["text"])
        linked = {link for claim in read.claims for link in claim.chain}
        assert not [a for a in read.attributions if a.rule == "model" and a.attribution_id in linked]


def test_what_the_model_doubts_stays_where_a_claim_rests_on_it_and_only_there() -> None:
    for case in CASES:
        read = reading.read_text(case["text"])
        rests = {link for claim in read.claims for link in claim.chain} | {a.parent_id for a in read.attributions}
        doubted = [a.attribution_id for a in read.attributions if a.score is not None and a.score < LEAST]
        assert rests.issuperset(doubted)


def test_a_chain_does_not_hang_on_the_model() -> None:
    text = "The army wants to retake the port before winter, General Osei said."
    read = reading.read_text(text)
    by_id = {a.attribution_id: a for a in read.attributions}
    chains = [[by_id[link].cue_lemma for link in claim.chain] for claim in read.claims]
    assert ["say", "want"] in chains


def test_a_thing_says_nothing_that_the_rules_do_not_hear() -> None:
    read = reading.read_text("The road supports heavy trucks.")
    assert not [a for a in read.attributions if a.rule == "model"]


@given(st.dictionaries(st.sampled_from("abcd*"), st.floats(-50, 50)), st.lists(st.sampled_from("abcd")))
def test_a_probability_is_one_and_counts_a_feature_once(weights: dict[str, float], features: list[str]) -> None:
    sure = probability(weights, features)
    assert 0 <= sure <= 1
    assert sure == pytest.approx(probability(weights, set(features)))

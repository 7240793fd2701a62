"""The reader holds its floors on the pinned sentences, and nobody lowers a floor without saying why."""

from __future__ import annotations

import copy

import pytest

from tests.accuracy import pin
from tests.accuracy.gate import (
    LAYERS,
    MEASURES,
    PINNED,
    Case,
    Figures,
    cases,
    digest_of,
    digest_of_all,
    measured,
)

FEWEST_SENTENCES = 150
HOW = "read tests/accuracy/gate.py; if it is right: python -m tests.accuracy.pin 'why'"
ALL = {digest_of(case): case for case in cases()}
KNOWN = PINNED.read_text(encoding="utf-8").split()
PINS = pin.load()


@pytest.fixture(scope="module")
def figures() -> dict[str, Figures]:
    """Today's figures on the pinned sentences."""
    return measured([ALL[name] for name in KNOWN if name in ALL])


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("layer", LAYERS)
def test_floor(figures: dict[str, Figures], layer: str, measure: str) -> None:
    floor, found = PINS["floors"][f"{layer} {measure}"], figures[layer]
    assert getattr(found, measure) >= floor, f"{layer} {measure} fell under {floor}: {found}; {HOW}"


def test_no_pinned_sentence_changed_or_vanished() -> None:
    gone = sorted(set(KNOWN) - ALL.keys())
    assert not gone, f"{len(gone)} pinned sentences changed or vanished; {HOW}"
    assert len(set(KNOWN)) == len(KNOWN) == PINS["sentences"] >= FEWEST_SENTENCES
    assert digest_of_all(KNOWN) == PINS["digest"], f"pinned.txt is not what pins.yml says; {HOW}"


def test_every_floor_is_at_its_best_or_excused() -> None:
    assert pin.unexcused(PINS) == []
    assert PINS["floors"].keys() == {f"{layer} {measure}" for layer in LAYERS for measure in MEASURES}


@pytest.mark.parametrize("layer", LAYERS)
def test_layers_have_sentences(figures: dict[str, Figures], layer: str) -> None:
    assert figures[layer].wanted >= 10


def test_a_wrong_answer_lowers_its_layer_alone() -> None:
    case = copy.deepcopy(next(c for c in ALL.values() if c["text"].startswith("According to the Taiz Monitor")))
    right = measured([case])
    case["claims"][0] |= {"type": "AID", "actor": "pilots", "values": ["Uu", "CT-"], "chain": ["Aden Monitor"]}
    wrong = measured([case])
    fallen = {layer for layer in LAYERS if wrong[layer].right < right[layer].right}
    assert fallen == {"type", "actor", "commitment", "attribution"}


def test_a_claim_that_nobody_asked_for_is_spurious_in_news_alone() -> None:
    case: Case = {"text": "Rebels killed a judge and bombed a court.", "claims": [{"trigger": "killed"}]}
    assert measured([case])["claim"] == Figures(0, 0, 0)
    news = case | {"published": "2021-03-18"}
    assert measured([news])["claim"] == Figures(1, 2, 1)
    assert measured([news | {"beside": ["bombed"]}])["claim"] == Figures(1, 1, 1)


def figure(share: float) -> dict[str, Figures]:
    """The same figures in every layer."""
    return {layer: Figures(round(100 * share), 100, 100) for layer in LAYERS}


def test_floors_rise_by_themselves_and_fall_with_a_reason_alone() -> None:
    old = pin.pinned_again(
        pin.load() | {"floors": {}, "best": {}, "reasons": {}, "sentences": 0}, ["a"], figure(0.8), ""
    )
    higher = pin.pinned_again(old, ["a", "b"], figure(0.9), "")
    assert higher["floors"]["type recall"] == 0.895
    assert pin.pinned_again(higher, ["a", "b"], figure(0.9), "") == higher
    with pytest.raises(ValueError, match="type recall"):
        pin.pinned_again(higher, ["a", "b"], figure(0.7), "")
    lower = pin.pinned_again(higher, ["a", "b"], figure(0.7), "traded for speed")
    assert lower["reasons"]["type recall"] == "traded for speed"
    assert lower["best"]["type recall"] == 0.895
    assert pin.unexcused(lower) == []
    assert pin.unexcused(lower | {"reasons": {}})
    assert pin.pinned_again(lower, ["a", "b"], figure(0.95), "")["reasons"] == {}


def test_sentences_go_with_a_reason_alone() -> None:
    old = pin.pinned_again(
        pin.load() | {"floors": {}, "best": {}, "reasons": {}, "sentences": 0}, ["a", "b"], figure(0.8), ""
    )
    with pytest.raises(ValueError, match="sentences"):
        pin.pinned_again(old, ["a"], figure(0.8), "")
    assert pin.pinned_again(old, ["a"], figure(0.8), "said twice")["reasons"] == {"sentences": "said twice"}


def test_an_answer_is_the_later_claim_and_no_day_is_a_right_answer() -> None:
    told: Case = {
        "text": "Zambia accused Malawi of sheltering the rebels, a claim Lilongwe denied.",
        "claims": [
            {"trigger": "sheltering", "chain": ["Lilongwe"], "values": ["Uu", "CT-"], "answer": True, "time": []}
        ],
    }
    found = measured([told])
    assert (found["attribution"], found["commitment"]) == (Figures(1, 1, 1), Figures(1, 1, 1))
    assert found["time"] == Figures(0, 0, 0)
    told["claims"][0] |= {"answer": False}
    assert measured([told])["attribution"].right == 0
    dated: Case = {"text": "Rebels killed a judge on Monday.", "claims": [{"trigger": "killed", "time": []}]}
    assert measured([dated])["time"] == Figures(0, 1, 0)

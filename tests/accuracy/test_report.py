"""The bench that writes docs/accuracy.md: calibration, curve and page from figures made up here; no suite is needed."""

from __future__ import annotations

import math
import random
import xml.etree.ElementTree as ET
from types import ModuleType

import pytest
import yaml

from bench.accuracy import BENCH
from bench.answers import Known, signs_of
from bench.calibrate import brier, crossed, error, fit, recalibrated, reliability, shifted, solved, written
from bench.curve import curve
from bench.mentions import measures
from bench.report import Calibrated, Findings, Measured, failing, figure, noise, page
from bench.suites import ALL, HALVES, Result, Row, Suite, documents_of
from khabar.lexicon.calibration import SIGNS, UNCHANGED, Calibration
from tests.read.claimcases import CLAIM_KEYS, ROLES


def drawn(count: int, truth: Calibration, seed: int = 1) -> list[Known]:
    """Claims that are right as often as a calibration says."""
    draw = random.Random(seed)
    out = []
    for n in range(count):
        raw = draw.uniform(0.1, 0.95)
        signs = frozenset(s for s in SIGNS if draw.random() < 0.3)
        right = draw.random() < truth.score(raw, signs)
        out.append(Known(suite="made", half=HALVES[n % 2], score=raw, signs=signs, right=right))
    return out


TRUTH = Calibration(slope=0.6, shift=-0.5, weights={"untyped": -1.0, "not_plain": -0.5})
CLAIMS = drawn(4000, TRUTH)


def test_the_fit_finds_the_truth_and_lowers_the_error() -> None:
    found = fit(CLAIMS)
    assert found.slope == pytest.approx(TRUTH.slope, abs=0.15)
    assert found.weights["untyped"] == pytest.approx(-1.0, abs=0.25)
    after = recalibrated(CLAIMS, found)
    assert error(after) < 0.03
    assert error(CLAIMS) > 0.15
    assert brier(after) < brier(CLAIMS)


def test_scores_that_fall_with_being_right_are_refused() -> None:
    wrong = [Known(suite="m", half="tuned", score=c.score, signs=frozenset(), right=c.score < 0.5) for c in CLAIMS]
    with pytest.raises(ValueError, match="slope"):
        fit(wrong)


def test_the_shift_makes_the_mean_score_the_share_right() -> None:
    made = recalibrated(CLAIMS, shifted(UNCHANGED, CLAIMS))
    share = sum(c.right for c in CLAIMS) / len(CLAIMS)
    assert sum(c.score for c in made) / len(made) == pytest.approx(share, abs=0.002)


def test_crossing_scores_each_quarter_by_the_other() -> None:
    half = [Known(suite="m", half="aside", score=0.5, signs=frozenset(), right=n % 2 == 0) for n in range(40)]
    scored = crossed(UNCHANGED, half)
    assert max(c.score for c in scored if c.right) < 0.02
    assert min(c.score for c in scored if not c.right) > 0.98


def test_a_system_of_equations() -> None:
    assert solved([[2.0, 1.0], [1.0, 3.0]], [5.0, 10.0]) == pytest.approx([1.0, 3.0])


def test_the_table_is_what_the_loader_takes() -> None:
    table = yaml.safe_load(written(TRUTH, CLAIMS))
    assert (table["slope"], table["shift"], table["weights"]) == (0.6, -0.5, dict(TRUTH.weights))


def test_signs_of_a_row() -> None:
    row = {"event_type": None, "relation": None, "polarity": "+", "realis": "planned"}
    assert set(signs_of(row)) == {"untyped", "not_plain"}
    assert set(signs_of(row | {"relation": "control", "realis": "ongoing"})) == set()
    assert set(signs_of(row | {"event_type": "AID", "realis": "actual", "polarity": "-"})) == {"not_plain"}


def test_perfect_scores_leave_noise_alone() -> None:
    claims = recalibrated(CLAIMS[:300], TRUTH)
    assert error(claims) < 3 * noise(claims) < 0.3


def test_tenths_hold_all_claims() -> None:
    bins = reliability(CLAIMS)
    assert sum(b.count for b in bins) == len(CLAIMS)
    assert all(b.low <= b.mean_score < b.low + 0.1 + 1e-9 for b in bins)


def test_the_curve_is_a_picture() -> None:
    root = ET.fromstring(curve({"before": reliability(CLAIMS), "after & later": reliability(CLAIMS)}.copy()))
    assert root.tag.endswith("svg")
    assert len(root.findall(".//{*}polyline")) == 2


@pytest.mark.parametrize(
    ("value", "shown"), [(0.5, ".500"), (1.0, "1.0"), (0.9996, "1.0"), (0.0, ".000"), (-0.25, "-.250"), (12.34, "12.3")]
)
def test_figures(value: float, shown: str) -> None:
    assert figure(value) == shown


def test_the_page_tells_all() -> None:
    result = Result(units=3, metrics={"recall": 0.5, "  of which late": 0.25}, intervals={"recall": (0.4, 0.6)})
    row = {"name": "recall", "baseline": ".20", "company": "people .90", "target": "≥ .45"}
    about = {"title": "Made up", "measures": [row], "breakdown": "time"}
    made = Measured(suite="made", part="x1", headline="recall", about=about, by=dict.fromkeys((*HALVES, ALL), result))
    costs = {
        "words": 1e5,
        "articles": 9,
        "ratio": 1.4,
        "p99 of the median": 3,
        "slowest of the median": 4,
        "p99 seconds": 2,
        "peak megabytes": 300,
    }
    findings = Findings(
        measured=[made],
        calibrated=Calibrated(raw=CLAIMS, made=CLAIMS, tuned=CLAIMS),
        failing=[({"text": "So it goes.", "construction": "A sigh", "right": "Nothing."}, ["goes: no claim"])],
        limits=costs,
        commit="abc",
        edition="en",
        day="2021-03-18",
        refused=["x: why"],
    )
    told = page(findings, yaml.safe_load((BENCH / "prose.yml").read_text(encoding="utf-8")))
    cells = "| **recall** | .500 [.400, .600] | .500 [.400, .600] | .500 [.400, .600] | .20 | people .90 | ≥ .45 |"
    assert cells in told
    assert "| of which late | .250 | .250 | .250 |" in told
    assert "1.40 times" in told
    assert "So it goes." in told
    assert "100,000 words" in told


def test_at_most_ten_examples() -> None:
    case = {"text": "t", "construction": "c", "right": "r"}
    assert sum(line.startswith(f"{n}. ") for n, line in enumerate(failing([(case, ["f"])] * 14), start=1)) <= 10


def test_examples_are_claims_of_our_own_tables_form() -> None:
    cases = yaml.safe_load((BENCH / "still_fails.yml").read_text(encoding="utf-8"))
    assert len({c["text"] for c in cases}) == len(cases) >= 10
    for case in cases:
        assert case.keys() - {"headline"} == {"text", "construction", "right", "claims"}
        assert all(claim.keys() <= CLAIM_KEYS | ROLES for claim in case["claims"])


def test_the_seed_rows_are_about_the_seed_and_pairs_about_both_documents() -> None:
    rows: dict[str, Row] = {"p": {"id": "p", "docs": ["p@1", "p@2"]}, "q": {"id": "q"}}
    suite = Suite(name="edits", scorer=ModuleType("none"), gold=rows, docs={}, half={})
    assert (documents_of(suite, "p"), documents_of(suite, "q")) == (["p@1", "p@2"], ["q"])
    assert math.isclose(noise([]), 0.0)


def test_mentions_are_scored_one_to_one() -> None:
    gold: list[Row] = [
        {"at": [0, 10], "kind": ["ORG"], "form": ["NAM"], "entity": "guards", "source": True},
        {"at": [20, 26], "kind": ["ORG", "GPE"], "form": ["NOM"], "entity": "guards"},
        {"at": [30, 36], "kind": ["PER"], "form": ["NAM"], "entity": "okoth"},
        {"at": [40, 42], "kind": ["PER"], "form": ["PRO"]},
    ]
    found = [(4, 10, "ORG", "e1"), (20, 26, "PER", "e1"), (30, 36, "PER", "e2"), (31, 36, "PER", "e9")]
    mentions = [{"start": s, "end": e, "kind": k, "entity": who} for s, e, k, who in found]
    reading: Row = {"mentions": mentions, "attributions": [{"source_entities": ["e1"]}]}
    told = measures(gold, reading)
    assert (told["found"], told["type right"], told["type right, names"]) == (0.75, 0.5, 1.0)
    assert (told["coreference B3 F1"], told["sources right"]) == (1.0, 1.0)
    for mention in mentions:
        mention["entity"] = "e1"
    mixed = measures(gold, reading)
    assert (round(mixed["coreference B3 F1"], 3), mixed["sources right"]) == (0.714, 0.0)

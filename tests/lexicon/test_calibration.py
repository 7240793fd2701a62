"""The map from a rule's score to a probability, and its table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.errors import DataFault
from khabar.lexicon import calibration
from khabar.lexicon.calibration import LEAST, MOST, SIGNS, UNCHANGED, Calibration, load_calibration

SCORES = st.floats(0.02, 0.98)
GOOD = {"made": "by hand", "slope": 0.7, "shift": -0.2, "weights": {"untyped": -0.4}}


@given(SCORES, SCORES, st.sets(st.sampled_from(sorted(SIGNS))))
def test_the_packaged_map_keeps_the_order_of_claims_with_the_same_signs(a: float, b: float, signs: set[str]) -> None:
    table = load_calibration()
    low, high = sorted((a, b))
    assert LEAST <= table.score(low, signs) <= table.score(high, signs) <= MOST
    if high - low > 0.02:
        assert table.score(low, signs) < table.score(high, signs)


@given(SCORES)
def test_unchanged_changes_nothing(raw: float) -> None:
    assert UNCHANGED.score(raw, SIGNS) == pytest.approx(raw, abs=0.001)


def test_a_sign_moves_the_score_by_its_weight_and_extremes_stay_inside() -> None:
    made = Calibration(slope=1.0, shift=0.0, weights={"untyped": -1.0})
    assert made.score(0.5, ["untyped"]) == pytest.approx(0.269, abs=0.001)
    assert made.score(0.5, ["not_plain"]) == 0.5
    assert (made.score(0.0, []), made.score(1.0, [])) == (LEAST, MOST)


def test_the_packaged_table_was_fitted() -> None:
    assert load_calibration() != UNCHANGED


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"slope": 0}, "above 0"),
        ({"slope": -0.5}, "above 0"),
        ({"slope": float("nan")}, "not numbers"),
        ({"shift": "low"}, "not numbers"),
        ({"shift": True}, "not numbers"),
        ({"weights": {"sunny": 1.0}}, "sunny"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_table_is_refused(monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], reason: str) -> None:
    read: Callable[[str], Any] = lambda _: GOOD | change  # noqa: E731 - a table in one line
    monkeypatch.setattr(calibration, "read_table", read)
    with pytest.raises(DataFault, match=reason):
        load_calibration()

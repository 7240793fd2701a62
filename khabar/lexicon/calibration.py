"""How a rule's own score becomes a probability that the extraction is right: ``en/calibration.yml`` as a frozen table.

In: the packaged table, made by ``bench/calibrate.py`` from sentences with known answers. Out: a Calibration, a logistic over
the logit of the raw score and two signs of the claim. For the same signs it rises strictly with the raw score, so it never
turns two alike claims round. It knows nothing of the text: two claims with the same raw score and signs get the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys, read_table

SIGNS = frozenset({"untyped", "not_plain"})
"""untyped: neither PLOVER type nor relation; not_plain: denied, planned, hypothetical or generic"""
LEAST, MOST = 0.01, 0.99
"""no rule is surer than that, either way"""
DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """``slope`` and ``shift`` of the logit, a weight per sign."""

    slope: float
    shift: float
    weights: Mapping[str, float]

    def score(self, raw: float, signs: Iterable[str]) -> float:
        """The probability for a raw score (0-1) of a claim with these signs."""
        at = self.shift + self.slope * _logit(raw) + sum(self.weights.get(sign, 0.0) for sign in signs)
        return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-at)))), DIGITS)


UNCHANGED = Calibration(slope=1.0, shift=0.0, weights={})


def load_calibration(language: str = "en") -> Calibration:
    """The table of a language. Raises DataFault on an unknown sign, what is no number, or a slope that is not positive."""
    where = f"lexicon/{language}/calibration.yml"
    table = read_table(f"{language}/calibration.yml")
    check_keys(where, table, {"slope", "shift", "weights", "made"}, set())
    check_keys(f"{where}: weights", table["weights"], set(), set(SIGNS))
    numbers = {"slope": table["slope"], "shift": table["shift"], **table["weights"]}
    wrong = sorted(name for name, value in numbers.items() if not _is_number(value))
    if wrong:
        raise DataFault(f"{where}: not numbers: {wrong}")
    if table["slope"] <= 0:
        raise DataFault(f"{where}: slope {table['slope']} would turn the order of claims round; it must be above 0")
    return Calibration(slope=table["slope"], shift=table["shift"], weights=dict(table["weights"]))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _logit(p: float) -> float:
    p = min(1 - 1e-6, max(1e-6, p))
    return math.log(p / (1 - p))

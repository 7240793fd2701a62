"""Fit khabar/lexicon/en/calibration.yml: what a rule's own score is worth as a probability that the extraction is right.

    python -m bench.calibrate [--write]

In: four suites of ../shared/eval (see ``answers.py`` for what counts as right), read without calibration. Out: the
reliability of scores before and after; with --write the table. Two steps:

1. slope and weights from the tuned half: a logistic over the logit of the raw score and the signs, pulled towards
   "unchanged" because the answers are few
2. the shift from the half kept aside, through one number, its share of right claims: rules are right more often where
   they were made, and a reader meets other texts. To measure honestly that half is cut in two, and each quarter is scored
   with the shift of the other (``crossed``).

The fit is refused if the main event of a sentence (the claim with the highest score) would get the right type less often
on the tuned half. Of the half kept aside only totals are printed. Run it again whenever rules or tables change scores.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bench import suites
from bench.answers import SUITES, Known, known
from bench.readings import Reader, note, workbench
from khabar.lexicon.calibration import DIGITS, SIGNS, UNCHANGED, Calibration

TABLE = suites.ROOT / "khabar" / "lexicon" / "en" / "calibration.yml"
STEPS = 50
WIDEST = 5.0
SLOPE_PULL, SIGN_PULL = 0.5, 2.0
"""how strongly the slope is pulled to 1 and the weights to 0; of 1-3 all gave the same error in ten-fold runs"""
BINS = tuple(n / 10 for n in range(11))
HEAD = """\
# Raw score to probability that a claim is read rightly; see khabar/lexicon/calibration.py.
# Made by `python -m bench.calibrate --write`; numbers are not edited by hand.
"""


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims whose scores fall into one tenth."""

    low: float
    count: int
    mean_score: float
    share_right: float


def collect(calibration: Calibration | None) -> list[Known]:
    """All claims with known answers, scored by a calibration (None: the packaged one)."""
    reader, out = Reader(workbench(calibration)), []
    for name in SUITES:
        suite = suites.load(name)
        out += list(known(suite, reader.read(suite.docs.values())))
    return out


def fit(claims: Sequence[Known]) -> Calibration:
    """The logistic with its pulls, by Newton's method. Raises ValueError if scores do not rise with being right."""
    names = sorted(SIGNS)
    table = [(1.0, logit(c.score), *(float(s in c.signs) for s in names)) for c in claims]
    pull = (0.0, SLOPE_PULL, *(SIGN_PULL for _ in names))
    towards = (0.0, 1.0, *(0.0 for _ in names))
    at = list(towards)
    for _ in range(STEPS):
        sure = [1 / (1 + math.exp(-sum(a * x for a, x in zip(at, row, strict=True)))) for row in table]
        downhill = [
            sum((p - c.right) * row[i] for p, c, row in zip(sure, claims, table, strict=True))
            + pull[i] * (at[i] - towards[i])
            for i in range(len(at))
        ]
        bend = [
            [
                sum(p * (1 - p) * r[i] * r[j] for p, r in zip(sure, table, strict=True)) + pull[i] * (i == j)
                for j in range(len(at))
            ]
            for i in range(len(at))
        ]
        at = [a - step for a, step in zip(at, solved(bend, downhill), strict=True)]
    if at[1] <= 0:
        raise ValueError(f"slope {at[1]:.3f}: claims with higher scores are not right more often")
    shift, steep, *weights = (round(float(value), 3) for value in at)
    return Calibration(slope=steep, shift=shift, weights=dict(zip(names, weights, strict=True)))


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """x of matrix x = right, by elimination; the matrix is symmetric and positive."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i, row in enumerate(rows):
        for other in rows[i + 1 :]:
            factor = other[i] / row[i]
            other[:] = [o - factor * v for o, v in zip(other, row, strict=True)]
    out = [0.0] * len(rows)
    for i in reversed(range(len(rows))):
        out[i] = (rows[i][-1] - sum(rows[i][j] * out[j] for j in range(i + 1, len(rows)))) / rows[i][i]
    return out


def logit(p: float) -> float:
    """Log odds."""
    return math.log(p / (1 - p))


def shifted(calibration: Calibration, claims: Sequence[Known]) -> Calibration:
    """The calibration with the shift at which the mean score of these raw claims is their share of right ones."""
    share = sum(c.right for c in claims) / len(claims)
    low, high = -WIDEST, WIDEST
    for _ in range(STEPS):
        middle = (low + high) / 2
        scores = [c.score for c in recalibrated(claims, replace(calibration, shift=middle))]
        low, high = (middle, high) if sum(scores) / len(scores) < share else (low, middle)
    return replace(calibration, shift=round((low + high) / 2, DIGITS))


def crossed(calibration: Calibration, aside: Sequence[Known]) -> list[Known]:
    """The claims kept aside, each quarter with the shift of the other."""
    first, second = aside[::2], aside[1::2]
    return recalibrated(first, shifted(calibration, second)) + recalibrated(second, shifted(calibration, first))


def recalibrated(claims: Iterable[Known], calibration: Calibration) -> list[Known]:
    """Raw claims with the scores that a calibration gives them."""
    return [
        Known(suite=c.suite, half=c.half, score=calibration.score(c.score, c.signs), signs=c.signs, right=c.right)
        for c in claims
    ]


def reliability(claims: Sequence[Known]) -> list[Bin]:
    """Claims by tenths of their score; empty tenths are left out."""
    out = []
    for low, high in pairwise(BINS):
        inside = [c for c in claims if low <= c.score < high]
        if inside:
            n = len(inside)
            out.append(Bin(low, n, sum(c.score for c in inside) / n, sum(c.right for c in inside) / n))
    return out


def error(claims: Sequence[Known]) -> float:
    """Expected calibration error: the mean distance between score and share right, over tenths, by their sizes."""
    return sum(b.count * abs(b.mean_score - b.share_right) for b in reliability(claims)) / max(1, len(claims))


def brier(claims: Sequence[Known]) -> float:
    """Mean squared distance between score and being right."""
    return sum((c.score - c.right) ** 2 for c in claims) / max(1, len(claims))


def main_event_right(calibration: Calibration) -> float:
    """How often the main event has the right type, on the tuned half of plover."""
    suite = suites.load("plover")
    docs = [suite.docs[key] for key in suite.gold if suite.half[key] == "tuned"]
    found = Reader(workbench(calibration)).read(docs)
    return suites.measure(suite, found, "tuned", 0).metrics["type accuracy"]


def written(calibration: Calibration, claims: Sequence[Known]) -> str:
    """The table as YAML; ``claims`` are those that slope and weights come from."""
    weights = "".join(f"  {name}: {value}\n" for name, value in sorted(calibration.weights.items()))
    made = f"from {len(claims)} claims with known answers, {sum(c.right for c in claims)} of them right"
    return f"{HEAD}made: {made}\nslope: {calibration.slope}\nshift: {calibration.shift}\nweights:\n{weights}"


def show(title: str, before: Sequence[Known], after: Sequence[Known]) -> None:
    """Reliability before and after."""
    print(f"{title}: {len(before)} claims, {sum(c.right for c in before) / len(before):.3f} right")
    print(f"  error {error(before):.3f} -> {error(after):.3f}, Brier {brier(before):.3f} -> {brier(after):.3f}")
    for b in reliability(after):
        print(f"  {b.low:.1f}-  {b.count:4d} claims  score {b.mean_score:.2f}  right {b.share_right:.2f}")


def main(arguments: Sequence[str]) -> int:
    """Fit, report, write if asked."""
    if not suites.present():
        note(f"no suites at {suites.EVAL}: nothing to fit on")
        return 1
    raw = collect(UNCHANGED)
    tuned, aside = ([c for c in raw if c.half == half] for half in suites.HALVES)
    rough = fit(tuned)
    made = shifted(rough, aside)
    print(f"slope {made.slope}, shift {made.shift} (of the tuned half: {rough.shift}), {dict(made.weights)}")
    show("tuned half, its own shift", tuned, recalibrated(tuned, rough))
    show("half kept aside, each quarter with the other's shift", aside, crossed(rough, aside))
    old, new = main_event_right(UNCHANGED), main_event_right(made)
    print(f"main event's type right (plover, tuned half): {old:.3f} -> {new:.3f}")
    if new < old:
        note("refused: the main event would be right less often")
        return 1
    if "--write" in arguments:
        TABLE.write_text(written(made, tuned), encoding="utf-8")
        note(f"wrote {TABLE.relative_to(suites.ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

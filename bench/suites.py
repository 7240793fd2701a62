"""The suites of ../shared/eval: their gold in two halves, and how a set of readings scores on each half.

In: the folder ``shared/eval`` beside the checkout (packs, scorers, nothing else of it is touched), readings by document id.
Out: metrics with 95 % bootstrap intervals for the tuned half (gold rows 0, 2, 4 … of each file of a pack), the half kept
aside (rows 1, 3, 5 …) and both. The scorers are the kit's own, imported, not copied. The seed article is one document, so
its table is halved by rows and a row is the unit of its interval.
"""

from __future__ import annotations

import gzip
import importlib
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

Row = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
EVAL = ROOT.parent / "shared" / "eval"
HALVES = ("tuned", "aside")
ALL = "all"
SEED_PUBLISHED = "2016-12-15"
UNREAD = "-train"
"""PolNeAR's train part: ten times the dev part, and nothing here was learnt from it"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """One suite: its scorer, gold rows by key, documents by id, and each gold row's half."""

    name: str
    scorer: ModuleType
    gold: dict[str, Row]
    docs: dict[str, Row]
    half: dict[str, str]

    @property
    def headline(self) -> str:
        """The metric that counts."""
        return str(self.scorer.HEADLINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Metrics and intervals of one suite on one part of it."""

    units: int
    metrics: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    unasked: frozenset[str] = frozenset()
    """measures that this part has no gold for"""
    faults: list[str] = field(default_factory=list)


def kit() -> tuple[ModuleType, ModuleType]:
    """The kit's ``score`` and ``scorers.common``."""
    if str(EVAL) not in sys.path:
        sys.path.insert(0, str(EVAL))
    return importlib.import_module("score"), importlib.import_module("scorers.common")


def present() -> bool:
    """Whether the kit lies beside this checkout."""
    return (EVAL / "score.py").exists()


def suite_names() -> list[str]:
    """All suites that have a pack here, in the kit's order."""
    kit()
    names = importlib.import_module("scorers").SUITES
    return [name for name in names if (EVAL / "packs" / name).is_dir()]


def rows(path: Path) -> Iterator[Row]:
    """JSON lines of a gzipped file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def load(name: str) -> Suite:
    """A suite with its halves."""
    kit()
    scorer = importlib.import_module(f"scorers.{name}")
    if name == "seed":
        return _seed(scorer)
    gold: dict[str, Row] = {}
    docs: dict[str, Row] = {}
    half: dict[str, str] = {}
    for path in sorted((EVAL / "packs" / name).glob("gold*.jsonl.gz")):
        if UNREAD in path.name:
            continue
        for number, row in enumerate(rows(path)):
            gold[row["id"]], half[row["id"]] = row, HALVES[number % 2]
        docs |= {row["id"]: row for row in rows(path.with_name(path.name.replace("gold", "docs", 1)))}
    return Suite(name=name, scorer=scorer, gold=gold, docs=docs, half=half)


def _seed(scorer: ModuleType) -> Suite:
    """The acceptance table, one gold row per row of it."""
    pack = scorer.load(EVAL / "packs" / "seed")
    table = pack.gold["seed"]["rows"]
    return Suite(
        name="seed",
        scorer=scorer,
        gold={f"row {row['id']}": {"id": f"row {row['id']}", "rows": [row]} for row in table},
        docs={"seed": {**pack.docs["seed"], "published": SEED_PUBLISHED}},
        half={f"row {row['id']}": HALVES[n % 2] for n, row in enumerate(table)},
    )


def measure(suite: Suite, readings: dict[str, Row], part: str, times: int = 300) -> Result:
    """Score the readings on one half, or on all."""
    score, common = kit()
    keys = [key for key in suite.gold if part in (ALL, suite.half[key])]
    ids = {i for key in keys for i in documents_of(suite, key)}
    pack = common.Pack(EVAL / "packs" / suite.name)
    pack.gold = {key: suite.gold[key] for key in keys}
    pack.docs = {i: suite.docs[i] for i in suite.docs if i in ids}
    if suite.name == "seed":
        tallies = [suite.scorer.tally(gold, readings["seed"], suite.docs["seed"]) for gold in pack.gold.values()]
    else:
        tallies = score.make_tallies(suite.scorer, pack, {i: r for i, r in readings.items() if i in ids})
    faults = [f for i, r in readings.items() if i in pack.docs for f in common.contract_faults(r, pack.docs[i])]
    counts = common.total(tallies)
    return Result(
        units=len(tallies),
        metrics=suite.scorer.finish(counts),
        unasked=unasked(suite.scorer, counts),
        intervals=common.bootstrap(tallies, suite.scorer.finish, times) if times else {},
        faults=faults,
    )


def unasked(scorer: ModuleType, counts: Any) -> frozenset[str]:
    """Measures that are nothing divided by nothing, which scorers call 0: no case of theirs is in this part."""
    if not hasattr(scorer, "div"):
        return frozenset()
    with patch.object(scorer, "div", lambda a, b: a / b if b else math.nan):
        again = scorer.finish(counts)
    return frozenset(name for name, value in again.items() if math.isnan(value) and "F1" not in name)


def documents_of(suite: Suite, key: str) -> list[str]:
    """The documents that a gold row is about."""
    return ["seed"] if suite.name == "seed" else [str(i) for i in suite.gold[key].get("docs", [key])]

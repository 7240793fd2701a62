"""Who said what, how surely, about whom: sentences by construction (claims/*.yml), and those that are still misread."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.read.claimcases import FOLDER, Case, load, tables, wrong

TABLES = tables()
KNOWN_FAULTS = load(FOLDER / "known_faults.yml")
FEWEST_SENTENCES = 220


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{name}: {c['text'][:60]}") for name, cases in TABLES.items() for c in cases]
)
def test_sentence(case: Case) -> None:
    assert not wrong(case)


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['fault']}: {c['text'][:40]}") for c in KNOWN_FAULTS])
def test_known_fault_is_still_one(case: Case) -> None:
    assert wrong(case), f"read rightly now: move the case from known_faults.yml to claims/{case['table']}.yml"


def test_faults_are_sorted_and_fewer_than_a_quarter() -> None:
    faults = Counter(case["fault"].partition(":")[0] for case in KNOWN_FAULTS)
    assert all(faults)
    assert {case["table"] for case in KNOWN_FAULTS} <= TABLES.keys()
    assert faults.total() < sum(map(len, TABLES.values())) / 4, faults.most_common()


def test_every_construction_has_cases_and_each_sentence_stands_once() -> None:
    sizes = Counter({name: len(cases) for name, cases in TABLES.items()})
    sizes.update(case["table"] for case in KNOWN_FAULTS)
    assert not {name: n for name, n in sizes.items() if n < 3}
    texts = [c["text"] for cases in (*TABLES.values(), KNOWN_FAULTS) for c in cases]
    assert len(set(texts)) == len(texts) >= FEWEST_SENTENCES

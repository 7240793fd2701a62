"""Every suite of ../shared/eval read and scored by halves; docs/accuracy.md and its curve written anew.

    python -m bench.accuracy [SUITE …]        # with names: only these are measured, printed, and nothing is written

In: the packs beside the checkout, ``peers.yml`` (baselines, company, targets), ``still_fails.yml`` (own sentences that are
still misread). Out: the two documents; progress on standard error. Everything is read in one process with one loaded
parser, through the functions of ``khabar read``, ``diff``, ``build`` and ``names``. About ten minutes on one core.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import yaml

from bench import calibrate, mentions, suites
from bench.beyond import readings_of
from bench.curve import curve
from bench.readings import Reader, note, workbench
from bench.report import Calibrated, Findings, Measured, page
from bench.suites import ALL, HALVES, ROOT, Suite
from khabar.lexicon.calibration import UNCHANGED, load_calibration
from khabar.lexicon.whole import EDITION

BENCH = ROOT / "bench"
PAGE = ROOT / "docs" / "accuracy.md"
CURVE = ROOT / "docs" / "accuracy-calibration.svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One section of the page: a suite, perhaps narrowed to one of its files."""

    name: str
    part: str | None
    about: dict[str, Any]


def wanted(names: Sequence[str]) -> list[Wanted]:
    """The sections of ``peers.yml`` whose packs are here, all or those named."""
    rows = yaml.safe_load((BENCH / "peers.yml").read_text(encoding="utf-8"))
    here = suites.suite_names()
    return [
        Wanted(name=row["suite"], part=row.get("part"), about=row)
        for row in rows
        if row["suite"] in here and (not names or row["suite"] in names)
    ]


def narrowed(suite: Suite, part: str | None) -> Suite:
    """Only the gold rows of one file of the pack."""
    if part is None:
        return suite
    return replace(suite, gold={key: row for key, row in suite.gold.items() if row.get("part") == part})


def measured(sections: Iterable[Wanted], reader: Reader) -> list[Measured]:
    """All sections, each read and scored on both halves and whole."""
    out: list[Measured] = []
    known: dict[str, tuple[Suite, dict[str, suites.Row]]] = {}
    for section in sections:
        start = time.monotonic()
        if section.name not in known:
            whole = suites.load(section.name)
            known[section.name] = (whole, readings_of(whole, reader))
        whole, found = known[section.name]
        if section.part == mentions.PART:
            headline, results = mentions.HEADLINE, mentions.results(found[section.name])
        else:
            suite = narrowed(whole, section.part)
            headline = suite.headline
            results = {part: suites.measure(suite, found, part) for part in (*HALVES, ALL)}
        out.append(Measured(suite=section.name, part=section.part, headline=headline, about=section.about, by=results))
        note(f"{section.name:<14}{section.part or '':<9}{told(out[-1])}  {time.monotonic() - start:5.0f} s")
    return out


def told(one: Measured) -> str:
    """The headline on the three parts, for a progress line."""
    return "  ".join(f"{part} {result.metrics[one.headline]:.3f}" for part, result in one.by.items())


def calibrated() -> Calibrated:
    """Claims kept aside before and after the packaged map (its shift crossed), and those of the tuned half."""
    raw = calibrate.collect(UNCHANGED)
    tuned, aside = ([c for c in raw if c.half == half] for half in HALVES)
    return Calibrated(raw=aside, made=calibrate.crossed(load_calibration(), aside), tuned=tuned)


def still_failing() -> list[tuple[dict[str, Any], list[str]]]:
    """The sentences of ``still_fails.yml`` that are misread today, with what is wrong."""
    from tests.read.claimcases import wrong  # noqa: PLC0415 - its parser is loaded only here

    out = []
    for case in yaml.safe_load((BENCH / "still_fails.yml").read_text(encoding="utf-8")):
        faults = wrong({key: value for key, value in case.items() if key in ("text", "headline", "claims")})
        if faults:
            out.append((case, faults))
        else:
            note(f"read rightly now, take it out of bench/still_fails.yml: {case['text']}")
    return out


def limits() -> dict[str, float]:
    """What an article costs, measured in a process of its own."""
    command = [sys.executable, "-m", "bench.limits"]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def commit() -> str:
    """The commit that is measured, and whether files differ from it."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=, with changes not committed", "--abbrev=10"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return done.stdout.strip() or "not a git checkout"


def main(names: Sequence[str]) -> int:
    """Measure and write."""
    if not suites.present():
        note(f"no suites at {suites.EVAL}: nothing is measured, docs/accuracy.md stays as it is")
        return 0
    reader = Reader(workbench())
    found = measured(wanted(names), reader)
    if names:
        return 0
    for line in reader.refused:
        note(f"refused: {line}")
    note("calibration")
    scores = calibrated()
    note("what still fails")
    failing = still_failing()
    note("what an article costs")
    findings = Findings(
        measured=found,
        calibrated=scores,
        failing=failing,
        limits=limits(),
        commit=commit(),
        edition=EDITION,
        day=datetime.now(UTC).date().isoformat(),
        refused=reader.refused,
    )
    before, after = calibrate.reliability(scores.raw), calibrate.reliability(scores.made)
    CURVE.write_text(curve({"rules' own scores": before, "calibrated": after}), encoding="utf-8")
    prose = yaml.safe_load((BENCH / "prose.yml").read_text(encoding="utf-8"))
    PAGE.write_text(page(findings, prose), encoding="utf-8")
    note(f"wrote {PAGE.relative_to(ROOT)} and {CURVE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""The trials of capture: the tests that make them, run by themselves with the counts that are asked for.

In: a trial's name and whether the full counts are wanted. Out: an Outcome by the tests' own verdict. The counts go to the
tests through the environment variables that they name.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field

from tests.docs.drawing import ROOT
from tests.torture.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial does, the tests that make it, and the counts of a full run."""

    does: str
    tests: str
    full: dict[str, str] = field(default_factory=dict)


TRIALS = {
    "C1": Trial("two hundred scripted edits", "tests/fuse/test_catalogue.py"),
    "C2": Trial("noise of news pages", "tests/capture/test_noise.py"),
    "C3": Trial("flapping", "tests/watch/test_state.py"),
    "C4": Trial("validators that lie, withdrawals (C5)", "tests/watch/test_watch.py"),
    "C6": Trial(
        "mutated WARC files, archives that lie (S14)", "tests/capture/test_warc.py", {"MUTANTS_WANTED": "100000"}
    ),
    "S1": Trial("addresses inside the machine, rebinding, redirects (S2, S3)", "tests/capture/test_fetch.py"),
    "S4": Trial("compressed replies that burst or lie", "tests/capture/test_compressed.py"),
    "S5": Trial("two hundred slow hosts", "tests/watch/test_slow.py"),
    "S7": Trial("hostile pages and feeds (S6)", "tests/capture/test_workers.py"),
    "S12": Trial("other sites' pages against the desk", "tests/web/test_elsewhere.py"),
    "S13": Trial("cells that a spreadsheet would run", "tests/show/export/test_flat.py"),
    "S15": Trial("expressions under attack", "tests/test_patterns.py"),
    "S16": Trial("whatever is typed into a filter", "tests/ledger/test_search.py"),
    "W1": Trial("kill -9 of the watch", "tests/watch/test_kill.py", {"KILLS_WANTED": "50"}),
}


def trial(name: str, *, full: bool) -> Outcome:
    """Run one."""
    chosen = TRIALS[name]
    counts = chosen.full if full else {}
    command = [sys.executable, "-m", "pytest", "-q", "--timeout=36000", chosen.tests]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **counts}, capture_output=True, text=True, check=False)
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "no answer"
    found = re.sub(r" in [\d.]+s.*", "", last)
    number = ", ".join(f"{key.lower()} {value}" for key, value in counts.items()) or "as in every run"
    return Outcome(trial=f"{name} {chosen.does}", number=number, found=found, held=done.returncode == 0)

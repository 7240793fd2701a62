"""All trials with full counts, and their table into docs/reliability.md: ``make torture``.

In: nothing (``--quick``: the counts of the tests; ``--only R2,R11``). Out: a line as each trial ends, the table with
day and machine between two marks of the document, exit code 1 if a promise was broken. With full counts it takes an
hour or two.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

import apsw

from tests.docs.drawing import ROOT
from tests.torture import again, captures, crowd, faults, full_disk, growth, kills, malformed, power, rot, tamper
from tests.torture.outcome import Outcome

DOCUMENT = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- torture: begin -->\n", "<!-- torture: end -->\n"
Trial = Callable[[], Outcome | list[Outcome]]

FULL: dict[str, Trial] = {
    "R1": lambda: kills.trial(1_000),
    "R2": lambda: power.trial(100_000),
    "R3": faults.trial,
    "R4": lambda: full_disk.trial(8),
    "R5": lambda: crowd.trial(writers=8, commits=5_000, readers=4),
    "R7": lambda: again.resumed(10_000, passes=3, breaks=50),
    "R9": again.rebuilt_examples,
    "R10": lambda: rot.trial(10_000),
    "R11": lambda: tamper.trial(100),
    "R15": growth.trial,
    "S8": lambda: malformed.trial(100_000, read=2_000),
}
FULL |= {name: partial(captures.trial, name, full=True) for name in captures.TRIALS}
QUICK: dict[str, Trial] = {
    "R1": lambda: kills.trial(50, longest=0.1),
    "R2": lambda: power.trial(10_000),
    "R3": faults.trial,
    "R4": lambda: full_disk.trial(4),
    "R5": lambda: crowd.trial(writers=8, commits=20, readers=2),
    "R7": lambda: again.resumed(60, passes=2, breaks=6),
    "R9": again.rebuilt_examples,
    "R10": lambda: rot.trial(100),
    "R11": lambda: tamper.trial(1),
    "R15": lambda: growth.trial(20),
    "S8": lambda: malformed.trial(1_000, read=40),
}
QUICK |= {name: partial(captures.trial, name, full=False) for name in captures.TRIALS}


def main() -> int:
    """Run them and write the table. Out: the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    names = [name for name in FULL if not chosen.only or name in chosen.only.split(",")]
    trials = QUICK if chosen.quick else FULL
    rows: list[tuple[Outcome, float]] = []
    for name in names:
        if name == "R4" and not full_disk.may_mount():
            sys.stdout.write("R4 skipped: mounting a small disk needs root\n")
            continue
        start = time.monotonic()
        found = trials[name]()
        some = found if isinstance(found, list) else [found]
        seconds = (time.monotonic() - start) / len(some)
        for outcome in some:
            rows.append((outcome, seconds))
            sys.stdout.write(
                f"{'held' if outcome.held else 'BROKEN'}  {outcome.trial}, {outcome.number}: {outcome.found}\n"
            )
            sys.stdout.flush()
        if not chosen.only:
            write(table(rows))  # after each, so that a run that is broken off leaves what it found
    return 0 if all(outcome.held for outcome, _ in rows) else 1


def table(rows: Iterable[tuple[Outcome, float]]) -> str:
    """The table as the document shows it."""
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        f"Last run: {day}; {machine}, SQLite {apsw.sqlite_lib_version()}.\n",
        "",
        "| trial | number | found | held | seconds |",
    ]
    lines[0] = lines[0].rstrip("\n")
    lines.append("|---|---|---|---|---|")
    for one, seconds in rows:
        held = "yes" if one.held else "**no**"
        lines.append(f"| {one.trial} | {one.number} | {one.found} | {held} | {seconds:.0f} |")
    return "\n".join(lines) + "\n"


def write(text: str) -> None:
    """Put the table between its marks."""
    document = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    DOCUMENT.write_text(before + BEGIN + text + END + after, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

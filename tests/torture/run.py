"""All trials with full counts, and their table into docs/reliability.md: ``make torture``.

In: nothing (``--share 0.1``: a tenth of the counts; ``--only R2,R11``). Out: a line as each trial ends, the table with
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
from tests.torture import (
    again,
    captures,
    crowd,
    faults,
    full_disk,
    growth,
    kills,
    malformed,
    parsers,
    power,
    rot,
    shuffled,
    soak,
    spoofed,
    tamper,
    telltale,
)
from tests.torture.outcome import Outcome

DOCUMENT = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- torture: begin -->\n", "<!-- torture: end -->\n"
Trial = Callable[[float], Outcome | list[Outcome]]

TRIALS: dict[str, Trial] = {
    "R1": lambda share: kills.trial(part(1_000, share)),
    "R3": lambda _: faults.trial(),
    "R4": lambda _: full_disk.trial(8),
    "R5": lambda share: crowd.trial(writers=8, commits=part(5_000, share), readers=4),
    "R7": lambda share: again.resumed(part(10_000, share), passes=3, breaks=50),
    "R8": lambda share: shuffled.trial(part(200, share), pages=part(50, share), read=part(10, share)),
    "R9": lambda _: again.rebuilt_examples(),
    "R15": lambda _: growth.trial(),
    "R11": lambda share: tamper.trial(part(100, share)),
    "R2": lambda share: power.trial(part(100_000, share)),
    "R10": lambda share: rot.trial(part(10_000, share)),
    "R14": lambda share: soak.trial(feeds=part(200, share), pages=50),
    "S9": lambda share: parsers.trial(part(100_000, share), keep=True),
    "S17": lambda share: spoofed.trial(together=1 if share >= 1 else 8),
    "S18": lambda share: telltale.trial(part(3_000, share)),
    "S8": lambda share: malformed.trial(part(100_000, share), read=part(2_000, share)),
}
"""each trial with its full count, of which a share is run"""


def of_capture(name: str, share: float) -> Outcome | list[Outcome]:
    """A trial of capture: its full count, or, for a share, its small one."""
    return captures.trial(name, full=share >= 1)


TRIALS |= {name: partial(of_capture, name) for name in captures.TRIALS}


def part(full: int, share: float) -> int:
    """A share of a count."""
    return max(1, round(full * share))


def main() -> int:
    """Run them and write the table. Out: the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the full counts")
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    names = [name for name in TRIALS if not chosen.only or name in chosen.only.split(",")]
    rows: list[tuple[Outcome, float]] = []
    for name in names:
        if name == "R4" and not full_disk.may_mount():
            sys.stdout.write("R4 skipped: mounting a small disk needs root\n")
            continue
        start = time.monotonic()
        found = TRIALS[name](chosen.share)
        some = found if isinstance(found, list) else [found]
        seconds = (time.monotonic() - start) / len(some)
        for outcome in some:
            rows.append((outcome, seconds))
            sys.stdout.write(
                f"{'held' if outcome.held else 'BROKEN'}  {outcome.trial}, {outcome.number}: {outcome.found}\n"
            )
            sys.stdout.flush()
        if not chosen.only:
            write(table(rows, chosen.share))  # after each, so that a run that is broken off leaves what it found
    return 0 if all(outcome.held for outcome, _ in rows) else 1


def table(rows: Iterable[tuple[Outcome, float]], share: float) -> str:
    """The table as the document shows it."""
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        f"Last run: {day}; {machine}, SQLite {apsw.sqlite_lib_version()}; {share:.0%} of the full counts.",
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

"""All trials with full counts, and their table into docs/reliability.md: ``make torture``.

In: nothing (``--share 0.1``: a tenth of the counts; ``--only R2,R11``; ``--rows LOG``: rows that a run printed elsewhere).
Out: the rows as each trial ends, printed and in the table of the document (table.py), exit code 1 if a promise was
broken. With full counts it takes some hours.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

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
    table,
    tamper,
    telltale,
)
from tests.torture.outcome import Outcome

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
    parser.add_argument("--only", default="", help="these trials, with commas; the rows of others stay")
    parser.add_argument("--rows", type=Path, help="run nothing: put the rows that a run printed into the table")
    chosen = parser.parse_args()
    if chosen.rows is not None:
        table.write(
            [text for text in chosen.rows.read_text(encoding="utf-8").splitlines() if table.is_row(text)], [*TRIALS]
        )
        return 0
    wanted = set(chosen.only.split(",")) if chosen.only else set(TRIALS)
    if wanted - set(TRIALS):
        parser.error(f"no trial {', '.join(sorted(wanted - set(TRIALS)))}; there are {', '.join(TRIALS)}")
    outcomes = [run(name, chosen.share) for name in TRIALS if name in wanted]  # also behind one that did not hold
    return 0 if all(outcomes) else 1


def run(name: str, share: float) -> bool:
    """Run one trial, print its rows and put them into the table at once. Out: whether all it promises was held."""
    if name == "R4" and not full_disk.may_mount():
        sys.stdout.write("R4 skipped: mounting a small disk needs root\n")
        return True
    code, start = table.commit(), time.monotonic()
    found = TRIALS[name](share)
    some = found if isinstance(found, list) else [found]
    seconds = (time.monotonic() - start) / len(some)
    rows = [table.row(one, seconds=seconds, share=share, code=code) for one in some]
    sys.stdout.write("\n".join(rows) + "\n")
    sys.stdout.flush()
    table.write(rows, [*TRIALS])  # after each, so that a run that is broken off leaves what it found
    return all(one.held for one in some)


if __name__ == "__main__":
    sys.exit(main())

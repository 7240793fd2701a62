"""The table of trials in docs/reliability.md: made up of runs of several days, each row with its own day, share and code.

In: outcomes; or lines that a run printed (a row is printed as it stands in the table). Out: the document with these rows
in the place of the earlier ones of the same trials; all others stay. What it cannot do: know of a row whether it is true.
"""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import apsw

from tests.docs.drawing import ROOT
from tests.torture.outcome import Outcome

DOCUMENT = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- torture: begin -->\n", "<!-- torture: end -->\n"
HEADING = ("trial", "number", "found", "held", "seconds", "day", "of the full counts", "commit")
KEPT = ("khabar", "tests")
"""what a trial's outcome hangs on: where these differ from the commit, the row says so"""


def commit() -> str:
    """The commit that is tried; with "+" where the files differ from it."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--", *KEPT)
    return (git("rev-parse", "--short", "HEAD") or "unknown") + ("+" if changed else "")


def row(one: Outcome, *, seconds: float, share: float, code: str, day: str | None = None) -> str:
    """A row of the table."""
    day = day or datetime.now(UTC).strftime("%Y-%m-%d")
    held = "yes" if one.held else "**no**"
    cells = (one.trial, one.number, one.found, held, f"{seconds:.0f}", day, f"{share:.0%}", code)
    return line(cells)


def line(cells: Iterable[str]) -> str:
    """Cells as a line of Markdown."""
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def is_row(text: str) -> bool:
    """Whether a line is a row of results: as many cells as the heading has, and not the heading itself."""
    cells = text.strip().split(" | ")
    return text.startswith("| ") and len(cells) == len(HEADING) and trial_of(text) != HEADING[0]


def trial_of(text: str) -> str:
    """The trial of a row: ``R11`` for each of its ten."""
    return text.removeprefix("| ").split()[0]


def merged(old: Sequence[str], new: Sequence[str], order: Sequence[str]) -> list[str]:
    """The rows of trials that were run now in the place of those of before, in the order of the trials."""
    fresh = {trial_of(text) for text in new}
    rows = [text for text in old if trial_of(text) not in fresh] + list(new)
    place = {name: number for number, name in enumerate(order)}
    return sorted(rows, key=lambda text: place.get(trial_of(text), len(place)))


def put(document: str, new: Sequence[str], order: Sequence[str]) -> str:
    """The document with new rows."""
    before, _, rest = document.partition(BEGIN)
    table, _, after = rest.partition(END)
    rows = merged([text for text in table.splitlines() if is_row(text)], new, order)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    told = f"{machine}, SQLite {apsw.sqlite_lib_version()}. Each row is of the last run of its trial."
    lines = [told, "", line(HEADING), "|" + "---|" * len(HEADING), *rows]
    return before + BEGIN + "\n".join(lines) + "\n" + END + after


def write(new: Sequence[str], order: Sequence[str]) -> None:
    """Put rows into the document."""
    DOCUMENT.write_text(put(DOCUMENT.read_text(encoding="utf-8"), new, order), encoding="utf-8")

"""A bar or a line on a terminal, a line for every refusal, and the last line with the counts: all on standard error.

In: ``Done`` records as documents are finished; words on how far other work is. Out: nothing but what is seen. Without a
terminal, or with --quiet, there is no bar and no line; refusals and the last line are said all the same.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

import click

from khabar.cli.output import harmless, note
from khabar.ledger.store import Outcome
from khabar.run.add import Counts, Done

if TYPE_CHECKING:
    from rich.progress import Progress


PAUSE = 0.1
"""seconds between two words of a line"""
CLEAR = "\r\x1b[K"
Row = TypeVar("Row")


class Line:
    """One line on a terminal that says how far work is, and is gone when the work ends."""

    def __init__(self, *, quiet: bool) -> None:
        self._live = sys.stderr.isatty() and not quiet
        self._next = 0.0
        self.count = 0
        """rows that went by"""

    def __call__(self, words: str) -> None:
        """How far it is; said at most ten times a second."""
        now = time.monotonic()
        if self._live and now >= self._next:
            self._next = now + PAUSE
            click.echo(CLEAR + harmless(words), err=True, nl=False)

    def step(self, words: str) -> None:
        """What begins now; said at once."""
        self._next = 0.0
        self(words)

    def counting(self, rows: Iterable[Row], what: str) -> Iterator[Row]:
        """The rows, and how many have gone by."""
        for row in rows:
            self.count += 1
            self(f"{self.count:,} {what}")
            yield row

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._live:
            click.echo(CLEAR, err=True, nl=False)


class Reporter:
    """Tells how a run goes; call it with each Done. ``counts`` is how far it got, also when it is cut off."""

    def __init__(self, *, quiet: bool) -> None:
        self.counts = Counts()
        self._bar: Progress | None = None
        self._stack = ExitStack()
        self._wanted = not quiet and sys.stderr.isatty()

    def __call__(self, done: Done) -> None:
        """One document is through."""
        self.counts = done.counts
        if done.outcome is Outcome.REFUSED:
            self._say(f"refused {harmless(done.name)}: {harmless(done.reason or '')}")
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done.counts.read, description=done.counts.line())

    def _say(self, line: str) -> None:
        """A line above the bar."""
        if self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False)
        else:
            note(line)

    def __enter__(self) -> Self:
        if self._wanted:
            self._bar = self._stack.enter_context(_bar())
            self._bar.add_task("starting", total=None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()
        self._bar = None
        note(self.counts.line())


def _bar() -> Progress:
    """The bar itself; how many documents are to come is not known, so it pulses rather than fills."""
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - as above

    columns = (BarColumn(bar_width=20), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)

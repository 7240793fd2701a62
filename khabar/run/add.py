"""Many documents into a ledger, one transaction each; a bad one is refused and the rest goes on.

In: submissions and refusals in their order, a Writer, a Workbench, a Run (its id, code version and clock: UTC, second).
Out: Counts; every outcome goes to ``progress`` as it is committed. After the last document the events are fused, if
anything changed or an earlier run was cut off before it could. A fault of the program in one document is a refusal that
names the line, so that one page cannot stop ten thousand; a fault of the store stops the run.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeVar

from khabar.errors import InputRefused
from khabar.ledger.store import Outcome, Stamp, Writer
from khabar.model.documents import Refusal, Submission
from khabar.run.stages import Workbench, fuse_all, take_in

Result = TypeVar("Result")

FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""what a mistake in a rule raises; errors of the system (no memory, no disk, interrupt) are not among them"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: what every row that it appends is stamped with. ``clock`` gives the time as UTC, ISO 8601, seconds."""

    run_id: str
    code_version: str
    clock: Callable[[], str]

    def stamp(self) -> Stamp:
        """The envelope for a row now."""
        return Stamp(recorded_at=self.clock(), run_id=self.run_id, code_version=self.code_version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What came of a run: read = all that was looked at."""

    new: int = 0
    unchanged: int = 0
    revised: int = 0
    refused: int = 0

    @property
    def read(self) -> int:
        """All of them."""
        return self.new + self.unchanged + self.revised + self.refused

    def line(self) -> str:
        """The last line of every verb that takes something in."""
        taken = f"new {self.new}, unchanged {self.unchanged}, revised {self.revised}"
        return f"read {self.read}, {taken}, rejected {self.refused}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One document is through and on the disk; ``reason`` where it was refused."""

    name: str
    input_id: str
    outcome: Outcome
    counts: Counts
    reason: str | None = None


Progress = Callable[[Done], None]


def add(
    submissions: Iterable[Submission | Refusal], writer: Writer, bench: Workbench, *, run: Run, progress: Progress
) -> Counts:
    """Take in everything, then fuse."""
    counts = Counts()
    for submission in submissions:
        outcome, reason = _one(submission, writer, bench, run)
        counts = counted(counts, outcome)
        told = Done(name=submission.name, input_id=submission.input_id, outcome=outcome, counts=counts, reason=reason)
        progress(told)
    fuse_all(writer, bench, run.stamp())
    return counts


def counted(counts: Counts, outcome: Outcome) -> Counts:
    """The counts with one more."""
    return Counts(
        new=counts.new + (outcome is Outcome.NEW),
        unchanged=counts.unchanged + (outcome is Outcome.UNCHANGED),
        revised=counts.revised + (outcome is Outcome.REVISED),
        refused=counts.refused + (outcome is Outcome.REFUSED),
    )


def attempt(submission: Submission, work: Callable[[Submission], Result]) -> Result | Refusal:
    """What the work makes of a submission, or why it made nothing of it."""
    try:
        return work(submission)
    except InputRefused as error:
        return Refusal(name=submission.name, input_id=submission.input_id, reason=error.reason)
    except FAULTS as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{PurePath(at.filename).name} line {at.lineno}"
        reason = f"a fault of khabar ({type(error).__name__} in {where}: {error}); please report it"
        return Refusal(name=submission.name, input_id=submission.input_id, reason=reason)


def _one(submission: Submission | Refusal, writer: Writer, bench: Workbench, run: Run) -> tuple[Outcome, str | None]:
    """One document's outcome, with the reason if it was refused."""
    result: Outcome | Refusal
    if isinstance(submission, Refusal):
        result = submission
    else:
        result = attempt(submission, lambda handed: take_in(handed, writer, bench, run.stamp()))
    if isinstance(result, Refusal):
        writer.append_refusal(result, stamp=run.stamp())
        return Outcome.REFUSED, result.reason
    return result, None

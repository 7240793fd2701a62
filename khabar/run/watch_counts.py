"""What came of a watch so far, as one line that hides nothing.

In: attempts one by one. Out: counts. ``asked`` counts every request, also those that robots.txt forbade to send; new,
revised, unchanged, withdrawn and restored count articles; all other results are named with their own number.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from khabar.model.watching import Attempt, Result, TargetKind

QUIET = frozenset({Result.OK, Result.NOT_MODIFIED})


@dataclass(slots=True)
class WatchCounts:
    """The counts; grows with every attempt."""

    asked: int = 0
    listed: int = 0
    """pages that feeds and sitemaps named for the first time"""
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    restored: int = 0
    others: Counter[str] = field(default_factory=Counter)

    def count(self, attempt: Attempt) -> None:
        """One more attempt."""
        self.asked += 1
        if attempt.result not in QUIET:
            self.others[str(attempt.result)] += 1
        elif attempt.kind is TargetKind.PAGE:
            self.new += attempt.outcome == "new"
            self.revised += attempt.outcome == "revised"
            self.unchanged += attempt.outcome == "unchanged"
            self.others["refused"] += attempt.outcome == "refused"

    def line(self) -> str:
        """The counts in words."""
        pages = f"new {self.new}, unchanged {self.unchanged}, revised {self.revised}"
        gone = f"withdrawn {self.withdrawn}, restored {self.restored}"
        others = "".join(f", {name} {number}" for name, number in sorted(self.others.items()) if number)
        return f"asked {self.asked}, listed {self.listed}; {pages}, {gone}{others}"

"""Numbers and dates that changed.

In: a ``Change``. Out: findings NUMBER_CHANGED, DATE_CHANGED, and HEDGE_ADDED / HEDGE_REMOVED where a number stayed but
"about" or "up to" came or went. Values are compared, not notation. A number that merely came or went counts too, save
"one", and save in a clause that came or went as a whole; a date counts only where another stands against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.fuse.amounts import Amount
from khabar.fuse.changed import Change, Finding
from khabar.fuse.days import Day
from khabar.fuse.facts import Facts
from khabar.model.changes import EditClass


def figure_findings(change: Change) -> Iterator[Finding]:
    """All findings about numbers and dates."""
    yield from _numbers(change)
    yield from _bounds(change)
    yield from _dates(change)


def _numbers(change: Change) -> Iterator[Finding]:
    old, new = _leftover(change, after=False), _leftover(change, after=True)
    for i in range(max(len(old), len(new))):
        a = old[i] if i < len(old) else None
        b = new[i] if i < len(new) else None
        if (a or b).value == (1.0, 1.0) and not (a and b):  # type: ignore[union-attr]  # one of the two is there
            continue
        before = a.span if a else change.span_across(b.first, b.last, to_after=False)  # type: ignore[union-attr]
        after = b.span if b else change.span_across(a.first, a.last, to_after=True)  # type: ignore[union-attr]
        yield Finding(EditClass.NUMBER_CHANGED, before, after)


def _leftover(change: Change, *, after: bool) -> list[Amount]:
    """Amounts of one side that the other lacks, clauses that came or went and sources aside."""
    here, there = (change.after, change.before) if after else (change.before, change.after)
    free = list(there.amounts)
    out = []
    for amount in here.amounts:
        match = next((x for x in free if x.value == amount.value), None)
        if match:
            free.remove(match)
        elif not change.in_clause(amount.span, after=after) and not _in_voice(here, amount):
            out.append(amount)
    return out


def _in_voice(facts: Facts, amount: Amount) -> bool:
    return any(v.span.contains(amount.span) for v in facts.voices)


def _bounds(change: Change) -> Iterator[Finding]:
    """The same number with or without "about"."""
    for old in change.before.amounts:
        new = next((x for x in change.after.amounts if x.value == old.value), None)
        if new and bool(old.bound) != bool(new.bound):
            kind = EditClass.HEDGE_ADDED if new.bound else EditClass.HEDGE_REMOVED
            yield Finding(kind, old.span, new.span)


def _dates(change: Change) -> Iterator[Finding]:
    for kind in ("day", "clock", "part"):
        old = [d for d in change.before.days if d.kind == kind]
        new = [d for d in change.after.days if d.kind == kind]
        left, right = _unmatched(old, new), _unmatched(new, old)
        for a, b in zip(left, right, strict=False):
            if not change.in_clause(b.span, after=True) and not change.in_clause(a.span, after=False):
                yield Finding(EditClass.DATE_CHANGED, a.span, b.span)


def _unmatched(these: Sequence[Day], those: Sequence[Day]) -> list[Day]:
    return [d for d in these if not any(d.fits(x) for x in those)]

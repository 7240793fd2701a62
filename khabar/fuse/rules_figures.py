"""Numbers and dates that changed.

In: a ``Change``. Out: findings NUMBER_CHANGED, DATE_CHANGED, and HEDGE_ADDED / HEDGE_REMOVED where a number stayed but
"about" or "up to" came or went. Values are compared, not notation. A number that merely came or went counts too, save
"one", and save in a clause that came or went as a whole; a date counts only where another stands against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from khabar.fuse.amounts import Amount
from khabar.fuse.changed import Change, Finding, verbal
from khabar.fuse.days import Day
from khabar.fuse.facts import Facts
from khabar.fuse.rules_names import stands_in_full
from khabar.model.changes import EditClass

LISTED = 6
"""words behind "both" among which the "and" of a list stands"""


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
        facts, amount = (change.before, a) if a else (change.after, b)
        if amount is None or (amount.value == (1.0, 1.0) and not (a and b) and not _counted(facts, amount, change)):
            continue
        if not (a and b) and _each(amount, facts, change):
            continue
        across = change.span_across(amount.first, amount.last, to_after=a is not None)
        before, after = a.span if a else across, b.span if b else across
        yield Finding(EditClass.NUMBER_CHANGED, before, after)


def _each(amount: Amount, facts: Facts, change: Change) -> bool:
    """Whether "both" stands where the other side has "each", or before the two that it means ("both the bridge and the
    airport"), or a number for those just named ("the two had spoken")."""
    other = change.after if facts is change.before else change.before
    words = facts.sentence.words
    named = any(w.key == "and" for w in words[amount.last + 1 : amount.last + LISTED])
    told = change.table.words
    behind = words[amount.last].key if amount.last < len(words) else ""
    if amount.first and words[amount.first - 1].key == "the" and behind in told.auxiliaries | told.copulas:
        return True
    both = [w.key for w in words[amount.first : amount.last]] == ["both"]
    return both and (named or any(w.key == "each" for w in other.sentence.words))


def _leftover(change: Change, *, after: bool) -> list[Amount]:
    """Amounts of one side that the other lacks, clauses that came or went and sources aside."""
    here, there = (change.after, change.before) if after else (change.before, change.after)
    elsewhere = change.come_from if after else change.lost_to
    free = [*there.amounts, *(a for f in elsewhere for a in f.amounts)]
    out = []
    for amount in here.amounts:
        match = next((x for x in free if x.value == amount.value), None)
        if match:
            free.remove(match)
        elif _otherwise(amount, here, there, change) or stands_in_full(amount.first, amount.last, here, there):
            continue
        elif (_headline(change) or not change.in_clause(amount.span, after=after)) and not _only_voice(
            here, there, amount
        ):
            out.append(amount)
    return out


def _otherwise(amount: Amount, here: Facts, there: Facts, change: Change) -> bool:
    """Whether the other side has the number in other words: "day two", "second day"; "14 days", "two weeks"; "half"."""
    counting = change.table.counting
    keys = {w.key for w in there.sentence.words}
    named = {key for key, value in counting.ordinals.items() if amount.value == (float(value), float(value))}
    shares = {key for key, share in counting.fractions.items() if amount.value == (100 * share, 100 * share)}
    return bool(keys & (named | shares)) or bool(_lengths(here, change, [amount]) & _lengths(there, change))


def _lengths(facts: Facts, change: Change, only: Sequence[Amount] | None = None) -> set[float]:
    """Lengths of time in minutes: of the amounts given, or of all and of "a day", "a decade"."""
    units, words = change.table.words.spans_of_time, facts.sentence.words
    amounts = facts.amounts if only is None else only
    out = {a.low * units[a.unit] for a in amounts if a.unit in units and a.low is not None and a.low == a.high}
    if only is None:
        out |= {float(units[b.key]) for a, b in pairwise(words) if a.key in {"a", "an"} and b.key in units}
    return out


def _headline(change: Change) -> bool:
    """Whether a headline changed: its figures are told even where the clause around them came or went."""
    return change.before.sentence.headline and change.after.sentence.headline


def _counted(facts: Facts, amount: Amount, change: Change) -> bool:
    """Whether "one" is a count of its own: behind a verb, with no noun after it ("kills one")."""
    words = facts.sentence.words
    last = amount.last >= len(words) or any(c in words[amount.last].gap for c in ",;:.–—")
    return last and amount.first > 0 and verbal(facts, amount.first - 1, change.table)


def _only_voice(here: Facts, there: Facts, amount: Amount) -> bool:
    """Whether a number tells how many speak, and the other side's source counts no such thing: that is told by its class."""
    counted = any(x.unit == amount.unit and _in_voice(there, x) for x in there.amounts)
    return _in_voice(here, amount) and not counted


def _in_voice(facts: Facts, amount: Amount) -> bool:
    return any(v.span.contains(amount.span) for v in facts.voices)


def _bounds(change: Change) -> Iterator[Finding]:
    """The same number with or without "about"."""
    for old in change.before.amounts:
        new = next((x for x in change.after.amounts if x.value == old.value), None)
        if (
            new
            and bool(old.bound) != bool(new.bound)
            and not (_opening(change.before, old) or _opening(change.after, new))
        ):
            kind = EditClass.HEDGE_ADDED if new.bound else EditClass.HEDGE_REMOVED
            yield Finding(kind, old.span, new.span)


def _opening(facts: Facts, amount: Amount) -> bool:
    """Whether "some" stands before a number only because no sentence begins with digits: "Some 40,000 people …"."""
    return amount.first == 0 and facts.sentence.words[0].key == "some"


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

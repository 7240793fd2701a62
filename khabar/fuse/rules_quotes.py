"""Quotations that changed, and marks that cast doubt on words that stood plainly.

In: a ``Change``. Out: findings of the classes QUOTE_ALTERED, HEDGE_ADDED and HEDGE_REMOVED (scare quotes), STYLE where marks
came without doubt. Marks that moved in words that stayed quote nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from khabar.fuse.changed import Change, Finding, content_stems
from khabar.fuse.facts import Facts
from khabar.fuse.voices import Quoted
from khabar.model.changes import EditClass
from khabar.model.spans import Span

SCARE_WORDS = 5
QUOTE_ALIKE = 45.0


def quote_findings(change: Change) -> Iterator[Finding]:
    """All findings about quotation marks."""
    yield from _scare_quotes(change)
    yield from _quotes(change)


def _scare_quotes(change: Change) -> Iterator[Finding]:
    """Words that stood plainly and now stand between quotation marks, or the other way round. In a title that states nothing
    marks put nothing in doubt, and where marks gave way to a source, or a source to marks, the source is what changed."""
    titles = all(f.silent and not f.voices for f in (change.before, change.after))
    idle = titles or bool(change.before.voices) != bool(change.after.voices)
    for here, there, kind in (
        (change.after, change.before, EditClass.HEDGE_ADDED),
        (change.before, change.after, EditClass.HEDGE_REMOVED),
    ):
        quoted = [k for q in there.quotes for k in q.keys]
        keys = [w.key for w in there.sentence.words]
        for quote in here.quotes:
            at = _find(keys, quote.keys)
            if at is not None and len(quote.keys) <= SCARE_WORDS and set(quote.keys).isdisjoint(quoted):
                other = there.sentence.cut(at, at + len(quote.keys))
                added = kind is EditClass.HEDGE_ADDED
                sides = (other, quote.span) if added else (quote.span, other)
                yield Finding(EditClass.STYLE if idle else kind, *sides)


def _find(keys: Sequence[str], run: Sequence[str]) -> int | None:
    starts = range(len(keys) - len(run) + 1)
    return next((i for i in starts if tuple(keys[i : i + len(run)]) == tuple(run)), None)


def _quotes(change: Change) -> Iterator[Finding]:
    told = [[k for q in f.quotes for k in _plain(q, change)] for f in (change.before, change.after)]
    if told[0] == told[1]:
        return  # the same words, in one quotation or parted by who says them
    free = list(change.after.quotes)
    for quote in change.before.quotes:
        best = max(free, key=lambda q: _alike(q, quote), default=None)
        if best is None or (
            _alike(best, quote) < QUOTE_ALIKE and len(change.before.quotes) != len(change.after.quotes)
        ):
            continue
        free.remove(best)
        moved = any(
            _find([w.key for w in f.sentence.words], longer.keys) is not None
            for f, longer in _longer(best, quote, change)
        )
        if moved:
            continue
        if _plain(best, change) != _plain(quote, change) and _alike(best, quote) >= QUOTE_ALIKE / 2:
            yield Finding(EditClass.QUOTE_ALTERED, quote.span, best.span)
    yield from _lost_parts(change)
    yield from _lone_quotes(change)


def _lost_parts(change: Change) -> Iterator[Finding]:
    """Of a quotation that the speaker parts, the one part: it went, or came, and nothing of its words stands elsewhere."""
    for here, others, after in (
        (change.before, (change.after, *change.lost_to), False),
        (change.after, (change.before, *change.come_from), True),
    ):
        if len(here.quotes) != 1 + len(others[0].quotes) or not others[0].quotes:
            continue
        kept = content_stems(w.key for f in others for w in f.sentence.words)
        clauses = [here.sentence.cut(*words) for words in (change.came if after else change.went)]
        for quote in here.quotes:
            mine, told = content_stems(quote.keys), [c for c in clauses if c.overlaps(quote.span)]
            if mine and mine.isdisjoint(kept) and all(quote.span.contains(c) for c in told):
                yield Finding(EditClass.QUOTE_ALTERED, None if after else quote.span, quote.span if after else None)


def _stands(quote: Quoted, facts: Facts) -> bool:
    return _find([w.key for w in facts.sentence.words], quote.keys) is not None


def _longer(new: Quoted, old: Quoted, change: Change) -> Iterator[tuple[Facts, Quoted]]:
    """The longer of two quotations, with the side on which the shorter stands, if the one is a part of the other: marks that
    moved in words that stayed quote nothing else."""
    if len(new.keys) > len(old.keys) and _find(new.keys, old.keys) is not None:
        yield change.before, new
    elif len(old.keys) > len(new.keys) and _find(old.keys, new.keys) is not None:
        yield change.after, old


def _lone_quotes(change: Change) -> Iterator[Finding]:
    """A quotation in a headline that none stood against: it came, or went, with its words."""
    if not change.after.sentence.headline and change.after.sentence.key.endswith("."):
        return
    for here, there, after in ((change.after, change.before, True), (change.before, change.after, False)):
        known = {w.key for w in there.sentence.words}
        for quote in here.quotes if not there.quotes else ():
            fresh = content_stems(quote.keys) - content_stems(known)
            if 2 * len(fresh) > len(content_stems(quote.keys)) and not change.in_clause(quote.span, after=after):
                yield Finding(EditClass.QUOTE_ALTERED, None if after else quote.span, quote.span if after else None)


def _alike(a: Quoted, b: Quoted) -> float:
    return float(fuzz.ratio(" ".join(a.keys), " ".join(b.keys)))


def _plain(quote: Quoted, change: Change) -> list[str]:
    """Keys with number words as digits and other spellings as one."""
    cardinals, same = change.table.counting.cardinals, change.table.words.same
    return [f"{cardinals[k]:g}" if k in cardinals else same.get(k, k.replace(".", "")) for k in quote.keys]


def in_quote(change: Change, span: Span, *, after: bool) -> bool:
    """Whether the words are part of a quotation that was altered: that is told as such."""
    here, there = change.side(to_after=after), change.side(to_after=not after)
    return bool(there.quotes) and any(q.span.contains(span) for q in here.quotes)

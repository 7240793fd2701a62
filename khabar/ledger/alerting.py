"""Revisions that somebody may be told of, and what became of telling.

In: a View or Writer. Out: ``Due`` revisions, oldest first, and tries. A revision of a watched page is told when a second
request confirmed it; where the page had changed again, what of it the next state left alone (settled.py). A page that goes
back to a state that it had less than a day before is flapping (an A/B test, an uneven cache): that is recorded, but not
told. Every try is two rows: one before it, which keeps other processes from telling the same, and one with what came of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from khabar.ledger import watched
from khabar.ledger.codec import unpack_record
from khabar.ledger.flat import Flat
from khabar.ledger.settled import settled
from khabar.ledger.store import Stamp, View, Writer
from khabar.model.changes import Revision

BEGUN = "begun"
READY = """
    SELECT n.seq, n.article_id, b.url, b.publisher, a.headline, b.headline, n.recorded_at, n.record,
        n.from_version_id = n.to_version_id
        OR NOT EXISTS (SELECT 1 FROM attempt t WHERE t.version_id = n.to_version_id AND t.outcome = 'revised')
        OR EXISTS (SELECT 1 FROM attempt t WHERE t.version_id = n.to_version_id AND t.confirms = 1),
        (SELECT p.record FROM current_revision p WHERE p.article_id = n.article_id AND p.ordinal = n.ordinal - 1
            AND p.to_version_id = n.from_version_id AND p.from_version_id <> p.to_version_id),
        (SELECT q.record FROM current_revision q WHERE q.article_id = n.article_id AND q.ordinal = n.ordinal + 1
            AND q.from_version_id = n.to_version_id AND q.from_version_id <> q.to_version_id)
    FROM current_revision n JOIN version a ON a.version_id = n.from_version_id
        JOIN version b ON b.version_id = n.to_version_id
    WHERE length(n.record) > 0 AND n.recorded_at >= ?1
    AND (n.from_version_id = n.to_version_id OR NOT EXISTS (
        SELECT 1 FROM current_state old
            JOIN current_state gone ON gone.article_id = old.article_id AND gone.ordinal = n.ordinal - 1
            JOIN current_state now ON now.article_id = old.article_id AND now.ordinal = n.ordinal
        WHERE old.article_id = n.article_id AND old.version_id = n.to_version_id AND old.ordinal < n.ordinal
            AND julianday(now.seen_at) - julianday(gone.seen_at) < 1))
    ORDER BY n.seq"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A revision that may be told."""

    seq: int
    article_id: str
    url: str | None
    publisher: str | None
    before_headline: str | None
    after_headline: str | None
    noticed_at: str
    revision: Revision


@dataclass(frozen=True, slots=True)
class Tries:
    """What became of telling one revision under one rule to one target: tries that were begun, and the last row's instant."""

    count: int
    delivered: bool
    last_at: str | None


def ready(view: View, since: str = "") -> list[Due]:
    """Revisions noticed at or after an instant that are confirmed, or as far as they are settled, and do not flap."""
    rows = view.rows(READY, (since,))
    names = ("seq", "article_id", "url", "publisher", "before_headline", "after_headline", "noticed_at")
    found = ((row, _certain(*row[7:])) for row in rows)
    return [Due(**dict(zip(names, row, strict=False)), revision=part) for row, part in found if part is not None]


def _certain(record: bytes, confirmed: int, earlier: bytes | None, later: bytes | None) -> Revision | None:
    """What of a revision may be told."""
    revision = unpack_record(record, Revision)
    if confirmed:
        return revision
    before, after = (unpack_record(r, Revision) if r else None for r in (earlier, later))
    return settled(revision, earlier=before, later=after)


def tries(view: View, revision_seq: int, rule: str, target: str) -> Tries:
    """How often it was tried to tell a target of a revision under a rule, and whether it was taken."""
    sql = """SELECT coalesce(max(try), 0), max(delivered), max(tried_at) FROM delivery
        WHERE revision_seq = ? AND rule = ? AND target = ?"""
    ((count, delivered, last_at),) = view.rows(sql, (revision_seq, rule, target))
    return Tries(int(count), bool(delivered), last_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try to tell of a revision under a rule."""

    revision_seq: int
    rule: str
    target: str
    number: int


def begin_try(
    writer: Writer, due: Due, rule: str, target: str, *, open_to: Callable[[Tries], bool], stamp: Stamp
) -> Try | None:
    """Note that a try begins, so that of several processes one tells. Out: None if it is not ``open_to`` another try."""
    with writer.appending(stamp):
        before = tries(writer.view, due.seq, rule, target)
        if not open_to(before):
            return None
        begun = Try(revision_seq=due.seq, rule=rule, target=target, number=before.count + 1)
        _append(writer, begun, delivered=False, reason=BEGUN, stamp=stamp)
    return begun


def end_try(writer: Writer, begun: Try, *, failed: str | None, stamp: Stamp) -> None:
    """Note what came of a try; ``failed`` is why it was not taken."""
    with writer.appending(stamp):
        _append(writer, begun, delivered=failed is None, reason=failed, stamp=stamp)


def _append(writer: Writer, tried: Try, *, delivered: bool, reason: str | None, stamp: Stamp) -> None:
    row: Flat = {"revision_seq": tried.revision_seq, "rule": tried.rule, "target": tried.target}
    row |= {"tried_at": stamp.recorded_at, "try": tried.number, "delivered": int(delivered), "reason": reason}
    writer.insert(watched.DELIVERY, row, stamp)

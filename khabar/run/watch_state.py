"""What an answer means for its target: when it is asked next, what is confirmed, what is gone, what is back.

In: a Target, the result, the time. Out: a Step. Pure. A change and an absence are believed when a second request, one to two
minutes later, finds the same; a page that goes to and fro gets at most three such requests in a row and then its place on
the ladder, so that A/B tests and uneven caches make no stream of alarms. What passes (time-outs, 5xx) is retried, ever
later. Rules: design/capture.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from khabar.capture.ladder import HOUR, confirm_due, instant, ladder_due, retry_due, written
from khabar.model.watching import PASSING, WITHDRAWN, Result, Target, TargetKind, Why

MOST_CONFIRMATIONS = 3
SLOWEST_LIST = 20 * HOUR
"""a feed is never taken for older than this (seconds): it is asked every hour at least"""
SEEN = frozenset({Result.OK, Result.NOT_MODIFIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a request found: validators, the body, and the article's version that stands there now."""

    result: Result
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    version_id: str | None = None
    revised: bool = False
    wait: float = 0.0
    """seconds that the server asks us to stay away"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The target as it is from here on, and what is certain now."""

    target: Target
    confirms: bool = False
    """it found again what awaited confirmation"""
    withdrawn: Result | None = None
    """the article is gone, confirmed by this request"""
    restored: bool = False
    """the article is back after it was gone"""


def next_step(target: Target, seen: Seen, now: datetime) -> Step:
    """A page after a request."""
    if seen.result in PASSING:
        failures = target.failures + 1
        due = max(retry_due(now, url=target.url, failures=failures), now + timedelta(seconds=seen.wait))
        last = ladder_due(now, born(target), url=target.url, checks=target.checks, tail=True)
        later = None if last is None else written(due)
        return Step(target=replace(target, failures=failures, due_at=later, why=Why.RETRY if later else Why.DONE))
    target = replace(target, checks=target.checks + 1, failures=0)
    if seen.result in WITHDRAWN:
        return _absent(target, seen.result, now)
    if seen.result not in SEEN:
        return Step(target=on_ladder(replace(target, pending=None, confirming=0, etag=None, last_modified=None), now))
    return _present(target, seen, now)


def born(target: Target) -> datetime:
    """From when a target's age counts: as published, where that is stated and not in the future, else first listed."""
    since = instant(target.since)
    try:
        stated = instant(target.published) if target.published else since
    except ValueError:
        return since
    return min(since, stated) if target.kind is TargetKind.PAGE else stated


def on_ladder(target: Target, now: datetime) -> Target:
    """The target at its next place on the ladder; a page at the end of its tail is done."""
    page = target.kind is TargetKind.PAGE
    since = born(target) if page else max(born(target), now - timedelta(seconds=SLOWEST_LIST))
    due = ladder_due(now, since, url=target.url, checks=target.checks, tail=page)
    return replace(target, due_at=None if due is None else written(due), why=Why.DONE if due is None else Why.LADDER)


def pulled(target: Target, at: datetime) -> Target:
    """The target asked at ``at``, unless it is due before that anyway."""
    if target.due_at is not None and instant(target.due_at) <= at:
        return target
    return replace(target, due_at=written(at), why=Why.PULLED)


def _absent(target: Target, result: Result, now: datetime) -> Step:
    """The article is not there; news only where it was there before."""
    target = replace(target, etag=None, last_modified=None)
    if target.absent is not None or target.version_id is None:
        return Step(target=on_ladder(replace(target, pending=None, confirming=0), now))
    if target.pending in WITHDRAWN:
        gone = replace(target, absent=result, pending=None, confirming=0)
        return Step(target=on_ladder(gone, now), confirms=True, withdrawn=result)
    return Step(target=_to_confirm(target, str(result), now))


def _present(target: Target, seen: Seen, now: datetime) -> Step:
    """The article is there, as it was or changed."""
    restored, pending = target.absent is not None, target.pending
    kept = replace(
        target,
        absent=None,
        pending=None if pending in WITHDRAWN else pending,
        etag=seen.etag if seen.result is Result.OK else target.etag,
        last_modified=seen.last_modified if seen.result is Result.OK else target.last_modified,
        body_sha256=seen.body_sha256 or target.body_sha256,
        version_id=seen.version_id or target.version_id,
    )
    if seen.revised and kept.confirming < MOST_CONFIRMATIONS:
        return Step(target=_to_confirm(kept, seen.version_id, now), restored=restored)
    confirms = kept.pending is not None and kept.pending == seen.version_id
    settled = replace(kept, pending=None, confirming=0)
    return Step(target=on_ladder(settled, now), confirms=confirms, restored=restored)


def _to_confirm(target: Target, pending: str | None, now: datetime) -> Target:
    due = confirm_due(now, url=target.url, checks=target.checks)
    return replace(target, pending=pending, confirming=target.confirming + 1, due_at=written(due), why=Why.CONFIRM)

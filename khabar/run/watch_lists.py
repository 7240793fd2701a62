"""What a feed or sitemap means for the schedule: new pages, pages of which it says something else now, itself again.

In: an Answer, the targets that are known, the time. Out: the targets that changed, the list itself last. New pages are due at
once; those published before the tail began are left out. A page is pulled forward where the feed gives it another stamp
or title. Pages that a person watches keep their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from khabar.capture.feeds import Entry
from khabar.capture.hosts import asked_pause
from khabar.capture.ladder import TAIL, instant, retry_due, written
from khabar.model.watching import PASSING, Result, Target, TargetKind, Why
from khabar.run.asking import Answer
from khabar.run.watch_state import SEEN, on_ladder, pulled


def listed_by(answer: Answer, known: Mapping[str, Target], now: datetime) -> list[Target]:
    """The schedule after a feed or sitemap was asked."""
    target = known.get(answer.target.url, answer.target)
    changed: list[Target] = []
    if answer.feed is not None:
        below = TargetKind.SITEMAP if target.kind is TargetKind.SITEMAP else TargetKind.FEED
        changed += _changed(answer.feed.entries, TargetKind.PAGE, target, known, now)
        changed += _changed(answer.feed.below, below, target, known, now)
    return [*changed, _again(target, answer, now)]


def _changed(
    entries: tuple[Entry, ...], kind: TargetKind, parent: Target, known: Mapping[str, Target], now: datetime
) -> list[Target]:
    """The entries that are new, or of which something new is said."""
    out: list[Target] = []
    for entry in entries:
        before = known.get(entry.url)
        if before is None:
            found = _new(entry, kind, parent, now)
            out += [found] if found else []
        elif before.kind is kind and before.listed is not None and before.listed != entry.said:
            said = replace(before, listed=entry.said, title=entry.title if kind is TargetKind.PAGE else before.title)
            out.append(pulled(said, now))
    return out


def _new(entry: Entry, kind: TargetKind, parent: Target, now: datetime) -> Target | None:
    """A target for an entry; none where its tail is over."""
    stamp = entry.published or entry.updated
    if stamp is not None and (now - instant(stamp)).total_seconds() >= TAIL:
        return None
    return Target(
        url=entry.url,
        kind=kind,
        since=written(now),
        due_at=written(now),
        why=Why.LISTED,
        parent=parent.url,
        published=stamp,
        listed=entry.said,
        title=entry.title if kind is TargetKind.PAGE else None,
    )


def _again(target: Target, answer: Answer, now: datetime) -> Target:
    """The list itself after a request."""
    if answer.result in PASSING:
        failures = target.failures + 1
        wait = asked_pause(answer.reply.retry_after, now) if answer.reply else 0.0
        due = max(retry_due(now, url=target.url, failures=failures), now + timedelta(seconds=wait))
        return replace(target, failures=failures, due_at=written(due), why=Why.RETRY)
    checked = replace(target, checks=target.checks + 1, failures=0)
    if answer.result is Result.OK and answer.reply is not None and answer.feed is not None:
        stamps = [stamp for e in answer.feed.entries for stamp in (e.updated, e.published) if stamp]
        newest = max((instant(stamp) for stamp in stamps), default=None)
        checked = replace(
            checked,
            etag=answer.reply.etag,
            last_modified=answer.reply.last_modified,
            published=checked.published if newest is None else written(min(newest, now)),
        )
    elif answer.result not in SEEN:
        checked = replace(checked, etag=None, last_modified=None)
    return on_ladder(checked, now)

"""The watch: asks feeds, sitemaps and pages when they are due, and takes into the ledger what they hold.

In: Pages (a Writer and a Workbench), a Crew that carries out requests, a clock (UTC). Out: the ledger; every answer goes
to ``progress`` when it is on the disk. The schedule stands in the ledger: a watch that is killed goes on where its last
transaction left it, and asks at worst once more what it had asked but not yet stored. One request per host at a time,
pauses between them, robots.txt before everything else of a host. Hosts whose last request failed share half of the crew,
so that many hanging servers do not stall the others. Nothing here reads a clock or sleeps by itself.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from khabar.capture.hosts import Hosts, authority_of, host_of
from khabar.capture.ladder import DAY, instant, written
from khabar.capture.robots import Robots
from khabar.ledger.watching import append_attempt, targets
from khabar.model.watching import PASSING, Attempt, Result, Target, TargetKind
from khabar.run.asking import Answer, Clock, unasked
from khabar.run.watch_counts import WatchCounts
from khabar.run.watch_lists import listed_by
from khabar.run.watch_pages import Pages
from khabar.run.watch_state import pulled

if TYPE_CHECKING:
    from khabar.run.add import Run
    from khabar.run.crew import Crew

LONGEST_WAIT = 1.0
"""seconds until the watch looks again whether it shall stop"""
ROBOTS_DAY, ROBOTS_RETRY = DAY, 600
SIBLINGS, SIBLING_DAYS = 10, 3
Progress = Callable[[Attempt, WatchCounts], None]
Until = Callable[[datetime, datetime | None], bool]
"""now, the next due request -> whether to stop asking; what is under way is waited for"""


@dataclass(frozen=True, slots=True)
class _Rules:
    """A host's robots.txt and until when it counts; or, where it was lost, what that makes of every request, and why."""

    robots: Robots
    until: datetime
    lost: tuple[Result, str] | None = None


class Watch:
    """One run of the watch over one ledger."""

    def __init__(self, pages: Pages, crew: Crew, *, run: Run, clock: Clock, hosts: Hosts | None = None) -> None:
        self.counts = WatchCounts()
        self._pages, self._crew, self._run, self._clock = pages, crew, run, clock
        self._hosts = hosts or Hosts()
        self._rules: dict[str, _Rules] = {}
        self._targets: dict[str, Target] = {}
        self._due: dict[str, list[tuple[str, str]]] = {}
        self._asking: set[str] = set()
        self._slow = 0
        self._told: Progress | None = None
        for target in targets(pages.writer.view):
            self._put(target)

    def run(self, until: Until, progress: Progress) -> WatchCounts:
        """Ask until it shall stop."""
        self._told = progress
        while True:
            now = self._clock()
            stop = until(now, self._next_due())
            if not stop:
                self._launch(now)
            elif not self._asking:
                return self.counts
            for answer in self._crew.collect(self._pause(now)):
                self._take(answer)

    # ------------------------------------------------------------------------------------------------- what is due
    def _put(self, target: Target) -> None:
        self._targets[target.url] = target
        if target.due_at is not None:
            heapq.heappush(self._due.setdefault(host_of(target.url), []), (target.due_at, target.url))

    def _first(self, host: str) -> Target | None:
        """What is due first on a host; entries that were overtaken are dropped."""
        waiting = self._due[host]
        while waiting:
            due_at, url = waiting[0]
            target = self._targets[url]
            if target.due_at == due_at and url not in self._asking:
                return target
            heapq.heappop(waiting)
        return None

    def _next_due(self) -> datetime | None:
        """When the next request can be sent; now, while some are under way."""
        if self._asking:
            return self._clock()
        return min((when for host in self._due if (when := self._possible(host))), default=None)

    def _possible(self, host: str) -> datetime | None:
        """When the first request of a host is due and the host may be asked; None where neither is known."""
        ready, first = self._hosts.ready_at(host), self._first(host)
        if ready is None or first is None or first.due_at is None:
            return None
        return max(ready, instant(first.due_at))

    def _pause(self, now: datetime) -> float:
        """Seconds to wait for answers: until something could be asked, at most a moment."""
        waits = ((when - now).total_seconds() for host in self._due if (when := self._possible(host)))
        return max(0.01, min(LONGEST_WAIT, *waits, LONGEST_WAIT))

    def _launch(self, now: datetime) -> None:
        """Begin what may begin."""
        for host in list(self._due):
            if len(self._asking) >= self._crew.size:
                return
            ready = self._hosts.ready_at(host)
            if ready is None or ready > now:
                continue
            slow = self._hosts.slow(host)
            if slow and 2 * self._slow >= self._crew.size > 1:
                continue
            target = self._first(host)
            if target is not None and target.due_at is not None and instant(target.due_at) <= now:
                self._begin(target, host, now, slow=slow)

    def _begin(self, target: Target, host: str, now: datetime, *, slow: bool) -> None:
        """Ask for a target, or first for the robots.txt that it stands under."""
        authority = authority_of(target.url)
        rules = self._rules.get(authority)
        if rules is None or rules.until <= now:
            target = Target(url=f"{authority}/robots.txt", kind=TargetKind.ROBOTS, since=written(now), due_at=None)
        elif rules.lost is not None:
            self._take_at(unasked(target, now, *rules.lost), now)
            return
        elif not rules.robots.allows(target.url):
            self._take_at(unasked(target, now, Result.ROBOTS, "robots.txt asks not to fetch it"), now)
            return
        self._asking.add(target.url)
        self._slow += slow
        self._hosts.begin(host)
        self._crew.submit(target)

    # ------------------------------------------------------------------------------------------------- what came
    def _take(self, answer: Answer) -> None:
        """An answer of the crew."""
        now, host = self._clock(), host_of(answer.target.url)
        self._slow -= self._hosts.slow(host) and self._slow > 0
        retry_after = answer.reply.retry_after if answer.reply and answer.result is Result.BUSY else None
        self._hosts.end(host, now, answer.result, retry_after)
        self._asking.discard(answer.target.url)
        self._take_at(answer, now)

    def _take_at(self, answer: Answer, now: datetime) -> None:
        """What an answer means, put on the disk, then told."""
        attempt = self._stored(answer, now)
        if self._told is not None:
            self._told(attempt, self.counts)

    def _stored(self, answer: Answer, now: datetime) -> Attempt:
        kind = answer.target.kind
        if kind is TargetKind.ROBOTS:
            return self._note(_attempt(answer), self._obey(answer, now), None)
        if kind is TargetKind.PAGE:
            return self._page(answer, now)
        changed = listed_by(answer, self._targets, now)
        self.counts.listed += sum(target.url not in self._targets for target in changed)
        return self._note(_attempt(answer), changed, None)

    def _page(self, answer: Answer, now: datetime) -> Attempt:
        found = self._pages.take(answer, now, self._run.stamp())
        self.counts.withdrawn += found.step.withdrawn is not None
        self.counts.restored += found.step.restored
        attempt = replace(
            _attempt(answer),
            result=found.result,
            body_sha256=found.body_sha256,
            version_id=found.version_id,
            outcome=found.outcome,
            confirms=found.step.confirms,
            reason=found.reason,
        )
        siblings = self._siblings(found.step.target, now) if found.outcome == "revised" else []
        noted = self._note(attempt, [found.step.target, *siblings], found.body)
        self._pages.settled(found, self._run.stamp())
        return noted

    def _note(self, attempt: Attempt, changed: Iterable[Target], body: bytes | None) -> Attempt:
        """One transaction: the request and the schedule after it."""
        changed = list(changed)
        append_attempt(self._pages.writer, attempt, changed, body=body, stamp=self._run.stamp())
        for target in changed:
            self._put(target)
        self.counts.count(attempt)
        return attempt

    def _obey(self, answer: Answer, now: datetime) -> list[Target]:
        """Keep a robots.txt; where it was lost, those who wait for it are told so soon."""
        why, lost = answer.reason or str(answer.result), None
        if answer.result is Result.REFUSED:
            lost = Result.REFUSED, why  # by our own gate: that is no wish of the host
        elif answer.result in PASSING:
            lost = Result.UNREACHABLE, f"robots.txt could not be had: {why}"
        robots = answer.robots or Robots()
        until = now + timedelta(seconds=ROBOTS_RETRY if lost else ROBOTS_DAY)
        self._rules[authority_of(answer.target.url)] = _Rules(robots, until, lost)
        self._hosts.delay(host_of(answer.target.url), robots.delay)
        return []

    def _siblings(self, changed: Target, now: datetime) -> list[Target]:
        """Pages of the same feed and of the same days: where one was edited, others often were."""
        if changed.parent is None:
            return []
        since = written(now - timedelta(days=SIBLING_DAYS))
        near = [t for t in self._targets.values() if t.parent == changed.parent and t.url != changed.url]
        young = [t for t in near if t.kind is TargetKind.PAGE and t.due_at is not None and t.since >= since]
        first = sorted(young, key=lambda t: t.since, reverse=True)[:SIBLINGS]
        moved = [pulled(target, now + timedelta(minutes=1)) for target in first if target.url not in self._asking]
        return [target for target in moved if target.due_at != self._targets[target.url].due_at]


def _attempt(answer: Answer) -> Attempt:
    """An answer as it is noted."""
    reply = answer.reply
    return Attempt(
        url=answer.target.url,
        kind=answer.target.kind,
        asked_at=answer.asked_at,
        result=answer.result,
        http_status=reply.status if reply else None,
        final_url=reply.url if reply else None,
        conditional=answer.conditional,
        etag=reply.etag if reply else None,
        last_modified=reply.last_modified if reply else None,
        reason=answer.reason,
    )

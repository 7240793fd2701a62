"""One request of the watch: ask, and take apart what comes, in a worker that can be killed.

In: a Target, a FetchPolicy, a resolver, Workers, a clock (UTC). Out: an Answer, always: a refusal, a time-out or a page that
kills its worker is a Result with a reason, never an exception. Nothing is stored here, so that many requests can run at
the same time in threads; ``watch.py`` decides what they mean.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from khabar.capture.dial import Resolver
from khabar.capture.exchange import PAGES, Asking, FetchPolicy, Reply, exchange, ready
from khabar.capture.feeds import Feed
from khabar.capture.fetch import phrase, submission_of
from khabar.capture.judge import Judged
from khabar.capture.ladder import wants_validators, written
from khabar.capture.robots import NOTHING, Robots, for_status
from khabar.capture.workers import ParserLimit
from khabar.errors import InputRefused, WorldUnreachable
from khabar.model.documents import Submission, Version
from khabar.model.identity import digest
from khabar.model.watching import Result, Target, TargetKind, Why
from khabar.run.add import FAULTS

FEEDS = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
ACCEPTED = {TargetKind.PAGE: PAGES, TargetKind.ROBOTS: "text/plain, */*;q=0.5"}
STATUSES = {404: Result.NOT_FOUND, 410: Result.GONE, 451: Result.LEGAL, 402: Result.PAYWALL, 429: Result.BUSY}
SITEMAP_DAYS = 30
"""older entries of a sitemap are an archive, not news"""
Clock = Callable[[], datetime]


class Parsers(Protocol):
    """What takes pages and lists apart; ``capture.workers.Workers`` does."""

    def judge(self, submission: Submission, final: str) -> Judged:
        """What a page is."""

    def read_list(self, form: str, data: bytes, url: str, since: str | None = None) -> Feed:
        """The entries of a feed, sitemap or OPML file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one request. ``same``: the body is byte for byte the one seen before."""

    target: Target
    asked_at: str
    result: Result
    reason: str | None = None
    reply: Reply | None = None
    conditional: bool = False
    same: bool = False
    submission: Submission | None = None
    version: Version | None = None
    feed: Feed | None = None
    robots: Robots | None = None


class Asker:
    """Asks; holds nothing that changes."""

    def __init__(self, parsers: Parsers, *, policy: FetchPolicy, resolver: Resolver, clock: Clock) -> None:
        self._parsers, self._policy, self._resolver, self._clock = parsers, ready(policy), resolver, clock

    def __call__(self, target: Target) -> Answer:
        """One request and what came of it."""
        asked_at = written(self._clock())
        asking = _asking(target)
        told = Answer(target=target, asked_at=asked_at, result=Result.OK, conditional=asking.conditional)
        try:
            reply = exchange(asking, policy=self._policy, resolver=self._resolver)
        except WorldUnreachable as error:
            return _failed(told, Result(error.kind), error.reason)
        except (
            FAULTS
        ) as error:  # a mistake of ours that a stranger's reply brought out: it ends this request, not the watch
            return _failed(told, Result.MALFORMED, _report(error))
        told = replace(told, reply=reply)
        try:
            return self._read(told, reply)
        except ParserLimit as error:
            return replace(told, result=Result.PARSER_LIMIT, reason=error.reason)
        except InputRefused as error:
            return replace(told, result=Result.UNREADABLE, reason=error.reason)
        except FAULTS as error:
            return replace(told, result=Result.UNREADABLE, reason=_report(error))

    def _read(self, told: Answer, reply: Reply) -> Answer:
        target = told.target
        if target.kind is TargetKind.ROBOTS:
            return replace(told, result=status_result(reply.status), robots=for_status(reply.status, reply.body))
        if reply.status == 304 and told.conditional:
            return replace(told, result=Result.NOT_MODIFIED)
        if reply.status == 304:
            return replace(told, result=Result.MALFORMED, reason="304 to a request without conditions")
        if reply.status not in {200, 203}:
            return replace(
                told, result=status_result(reply.status), reason=f"HTTP {reply.status} {phrase(reply.status)}"
            )
        same = digest(reply.body) == target.body_sha256
        return (
            self._page(replace(told, same=same), reply) if target.kind is TargetKind.PAGE else self._list(told, reply)
        )

    def _page(self, told: Answer, reply: Reply) -> Answer:
        target = told.target
        found = submission_of(reply, target.url, observed_at=told.asked_at, title=target.title)
        submission = replace(found, url=target.url)
        if told.same:
            return replace(told, submission=submission)
        judged = self._parsers.judge(submission, reply.url)
        return replace(told, result=judged.result, reason=judged.reason, submission=submission, version=judged.version)

    def _list(self, told: Answer, reply: Reply) -> Answer:
        target = told.target
        since = written(self._clock() - timedelta(days=SITEMAP_DAYS))[:10]
        feed = self._parsers.read_list(str(target.kind), reply.body, reply.url, since)
        return replace(told, feed=feed)


def _report(error: Exception) -> str:
    """A mistake of ours as the reason of a result."""
    return f"a fault of khabar ({type(error).__name__}: {error}); please report it"


def _failed(told: Answer, result: Result, reason: str) -> Answer:
    """A request without a reply; without its robots.txt, a host is not asked for anything."""
    failed = replace(told, result=result, reason=reason)
    return replace(failed, robots=NOTHING) if told.target.kind is TargetKind.ROBOTS else failed


def _asking(target: Target) -> Asking:
    """The request for a target: with its validators, unless it is the turn of one without, or confirms a change."""
    accept = ACCEPTED.get(target.kind, FEEDS)
    if target.why is Why.CONFIRM or not wants_validators(target.checks):
        return Asking(url=target.url, accept=accept)
    return Asking(url=target.url, accept=accept, etag=target.etag, last_modified=target.last_modified)


def status_result(status: int) -> Result:
    """A status without a body in our words."""
    if status in STATUSES:
        return STATUSES[status]
    if status == 503:
        return Result.BUSY
    if status >= 500:
        return Result.SERVER_ERROR
    if status >= 400:
        return Result.CLIENT_ERROR
    return Result.OK if status < 300 else Result.REDIRECT


def unasked(target: Target, at: datetime, result: Result, reason: str) -> Answer:
    """The answer of a request that was never sent: robots.txt forbids it, or could not be had."""
    return Answer(target=target, asked_at=written(at), result=result, reason=reason)

"""What the watch knows of a URL and what came of each request: frozen records and their closed vocabularies.

Instants are ISO 8601 UTC strings with second precision. A ``Target`` is a feed, a sitemap or a page with all that decides
about the next request; an ``Attempt`` is one request. Terms: Memento (RFC 7089), conditional requests (RFC 9110).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TargetKind(StrEnum):
    """What a URL is asked for."""

    FEED = "feed"
    SITEMAP = "sitemap"
    PAGE = "page"
    ROBOTS = "robots"


class Result(StrEnum):
    """What came of one request; an enum member is named by what the reader of a log wants to know."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    NOT_FOUND = "not_found"
    GONE = "gone"
    LEGAL = "legal"
    SOFT_404 = "soft_404"
    MOVED_HOME = "moved_home"
    PAYWALL = "paywall"
    ROBOTS = "robots"
    TIME_OUT = "time_out"
    TLS = "tls"
    TOO_LARGE = "too_large"
    REDIRECT = "redirect"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    CLIENT_ERROR = "client_error"
    SERVER_ERROR = "server_error"
    BUSY = "busy"
    MALFORMED = "malformed"
    PARSER_LIMIT = "parser_limit"
    UNREADABLE = "unreadable"


WITHDRAWN = frozenset({Result.NOT_FOUND, Result.GONE, Result.LEGAL, Result.SOFT_404, Result.MOVED_HOME})
"""results that mean that the article is not there any more; confirmed by a second request before it is said"""
PASSING = frozenset(
    {Result.TIME_OUT, Result.UNREACHABLE, Result.SERVER_ERROR, Result.BUSY, Result.TLS, Result.MALFORMED}
)
"""results that may be over in a minute: asked again soon, ever more seldom"""


class Why(StrEnum):
    """Why a request is due when it is due."""

    LISTED = "listed"
    LADDER = "ladder"
    CONFIRM = "confirm"
    PULLED = "pulled"
    RETRY = "retry"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL and all that decides about its next request."""

    url: str
    kind: TargetKind
    since: str
    """UTC instant at which it was first listed"""
    due_at: str | None
    """UTC instant of the next request; None = not asked any more"""
    why: Why = Why.LISTED
    parent: str | None = None
    """the feed or sitemap that listed it; None = a person did"""
    published: str | None = None
    """as the feed or sitemap states it; of a feed: the newest of its entries"""
    listed: str | None = None
    """what the feed said of it last (stamp and title): another one pulls the next request forward"""
    title: str | None = None
    """as the feed has it: one more headline carrier"""
    etag: str | None = None
    last_modified: str | None = None
    checks: int = 0
    """requests that were answered; every eighth is unconditional"""
    failures: int = 0
    """passing failures in a row"""
    body_sha256: str | None = None
    """digest of the newest body"""
    version_id: str | None = None
    """the article's version that was seen last"""
    pending: str | None = None
    """what awaits confirmation: a version's id or a Result"""
    confirming: int = 0
    """requests for confirmation in a row"""
    absent: Result | None = None
    """the confirmed result while the article is not there"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One request and what came of it."""

    url: str
    kind: TargetKind
    asked_at: str
    result: Result
    http_status: int | None = None
    final_url: str | None = None
    conditional: bool = False
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    version_id: str | None = None
    outcome: str | None = None
    """of the article: new, unchanged, revised or refused"""
    confirms: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A feed, sitemap or page that a person wants watched."""

    url: str
    kind: TargetKind
    title: str | None = None

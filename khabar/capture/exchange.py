"""One guarded HTTP exchange, redirects included: the only HTTP client of the system.

In: an Asking (URL, what is accepted, validators), a FetchPolicy, a resolver. Out: a Reply with whatever status came;
every failure is WorldUnreachable(url, reason, kind). Limits (design/capture.md): http and https only, public addresses
only, TLS verified, 8 MiB on the wire, 16 MiB decoded, 30 s in all, 5 redirects each checked like the first, never from
https down to http. No cookies, no credentials, no referrer, no proxy, no retry. It asks for gzip and br and refuses other
codings; decoding stops at the limit, a mebibyte at a time. Bodies are read of 200 and 203 alone. robots.txt and pauses
between requests to one host are not its business: whoever polls keeps them (``hosts.py``, ``robots.py``).
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace

import httpcore2
import httpx2

from khabar.capture.dial import Errand, Gate, Resolver, system_resolver
from khabar.capture.unpacking import CODINGS, Broken, unpack
from khabar.errors import WorldUnreachable
from khabar.model.watching import Result

MIB = 1024 * 1024
PAGES = "text/html, application/xhtml+xml, text/plain;q=0.5"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WITH_BODY = frozenset({200, 203})
_ODD = re.compile(r"[\s\\\x00-\x20\x7f]")
"""characters on which URL parsers disagree about where the host ends"""
_SENDABLE = re.compile(r"[\x20-\x7e]{1,512}")
"""validators that are sent back: what a header may hold, and no longer than any real one"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """The limits of a fetch. ``allow`` is for tests: (host, port) pairs that may be at any address."""

    allow: frozenset[tuple[str, int]] = frozenset()
    wire_bytes: int = 8 * MIB
    decoded_bytes: int = 16 * MIB
    seconds: float = 30.0
    redirects: int = 5
    user_agent: str = "khabar/0.1 (news ledger; one page on request)"
    tls: ssl.SSLContext | None = None
    """None: the machine's trusted authorities, host names checked"""
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked for; with validators the server may answer 304."""

    url: str
    accept: str = PAGES
    etag: str | None = None
    last_modified: str | None = None
    body: bytes | None = None
    """to be posted, as JSON unless the headers say otherwise; redirects are then not followed"""
    headers: tuple[tuple[str, str], ...] = ()
    """besides our own"""

    @property
    def conditional(self) -> bool:
        """Whether it carries validators."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A final reply, decoded; ``body`` is empty unless the status is 200 or 203."""

    url: str
    """after redirects"""
    status: int
    mime_type: str
    charset: str | None
    body: bytes
    etag: str | None = None
    last_modified: str | None = None
    retry_after: str | None = None


def exchange(asking: Asking, *, policy: FetchPolicy, resolver: Resolver = system_resolver) -> Reply:
    """What the server behind a URL answers in the end."""
    errand = Errand(asking.url, seconds=policy.seconds, wire_bytes=policy.wire_bytes, clock=policy.clock)
    gate = Gate(errand, resolver=resolver, allow=policy.allow)
    tls = ready(policy).tls
    try:
        with httpcore2.ConnectionPool(ssl_context=tls, network_backend=gate, max_connections=1) as pool:
            return _follow(pool, asking, errand, policy)
    except httpcore2.TimeoutException as error:
        raise errand.too_slow() from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise _plain(error, errand) from error
    except Broken as error:
        raise errand.refused(f"a compressed reply that cannot be unpacked ({error})", Result.MALFORMED) from error


def ready(policy: FetchPolicy) -> FetchPolicy:
    """The policy with the machine's trusted authorities loaded, so that many exchanges load them once (20 ms)."""
    return policy if policy.tls else replace(policy, tls=httpx2.create_ssl_context(trust_env=False))


def _follow(pool: httpcore2.ConnectionPool, asking: Asking, errand: Errand, policy: FetchPolicy) -> Reply:
    """Ask, and follow redirects, until something else comes."""
    url = _checked_url(errand.url, errand)
    for _ in range(policy.redirects + 1):
        answer = pool.handle_request(_request(url, asking, policy))
        with closing(answer):
            if answer.status not in _REDIRECTS or asking.body is not None:
                return _reply(url, answer, errand, policy)
            url = _next_url(url, httpx2.Headers(answer.headers).get("location"), errand)
    reason = f"more than {policy.redirects} redirects; open the page and give its last address"
    raise errand.refused(reason, Result.REDIRECT)


def _request(url: httpx2.URL, asking: Asking, policy: FetchPolicy) -> httpcore2.Request:
    headers: dict[bytes | str, bytes | str] = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": policy.user_agent,
        "Accept": asking.accept,
        "Accept-Encoding": ", ".join(CODINGS),
        "Connection": "close",
    }
    validators = (("If-None-Match", asking.etag), ("If-Modified-Since", asking.last_modified))
    headers |= {name: value for name, value in validators if value and _SENDABLE.fullmatch(value)}
    target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    if asking.body is None:
        return httpcore2.Request("GET", target, headers=headers)
    headers |= {"Content-Type": "application/json", "Content-Length": str(len(asking.body)), **dict(asking.headers)}
    return httpcore2.Request("POST", target, headers=headers, content=asking.body)


def _checked_url(url: str, errand: Errand) -> httpx2.URL:
    """A URL that may be asked for: its address is judged later, when it is dialled."""
    try:
        parsed = httpx2.URL(url)
        parsed.netloc.decode("ascii")
        host = parsed.host  # decoded only now; a name such as "xn--.x" has no letters
    except (httpx2.InvalidURL, ValueError) as error:
        raise errand.refused(f"not a URL ({error})") from error
    if parsed.scheme not in {"http", "https"}:
        raise errand.refused(
            f"only http and https are fetched, not {parsed.scheme or 'a path'!r:.20}; give files by path"
        )
    if not host or (parsed.port or 1) not in range(1, 65_536):
        raise errand.refused("a URL without a host, or with a port that cannot be")
    if _ODD.search(url) or parsed.userinfo:
        raise errand.refused("white space, a backslash or a password in the URL; give the plain address")
    return parsed


def _next_url(url: httpx2.URL, location: str | None, errand: Errand) -> httpx2.URL:
    if not location:
        raise errand.refused("a redirect that does not say where to", Result.REDIRECT)
    try:
        target = str(url.join(location.strip()))
    except (httpx2.InvalidURL, ValueError) as error:
        raise errand.refused(f"a redirect to no URL ({error})", Result.REDIRECT) from error
    if _ODD.search(location.strip()):
        raise errand.refused("a redirect with white space or a backslash in its address", Result.REDIRECT)
    following = _checked_url(target, errand)
    if url.scheme == "https" and following.scheme == "http":
        raise errand.refused("a redirect from https down to http", Result.REDIRECT)
    return following


def _reply(url: httpx2.URL, answer: httpcore2.Response, errand: Errand, policy: FetchPolicy) -> Reply:
    headers = httpx2.Headers(answer.headers)
    body, charset = b"", None
    if answer.status in _WITH_BODY:
        body, charset = _body(answer, headers, errand, policy)
    return Reply(
        url=str(url),
        status=answer.status,
        mime_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
        charset=charset,
        body=body,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        retry_after=headers.get("retry-after"),
    )


def _body(
    answer: httpcore2.Response, headers: httpx2.Headers, errand: Errand, policy: FetchPolicy
) -> tuple[bytes, str | None]:
    """The decoded body and its declared encoding."""
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding not in {"identity", "", "deflate", *CODINGS}:
        raise errand.refused(f"compressed as {coding!r:.60}, which was not asked for", Result.MALFORMED)
    stream = answer.stream
    if not isinstance(stream, Iterable):  # the asynchronous kind, which this pool never gives
        raise errand.refused("a reply without a body", Result.MALFORMED)
    charset = httpx2.Response(answer.status, headers=headers).charset_encoding
    return _bounded(unpack(stream, coding), errand, policy.decoded_bytes), charset


def _bounded(parts: Iterable[bytes], errand: Errand, limit: int) -> bytes:
    """The decoded body, given up at the limit; the parts are at most a mebibyte each."""
    body = bytearray()
    for part in parts:
        body += part
        errand.time_left()
        if len(body) > limit:
            raise errand.refused(f"more than {limit:,} bytes when unpacked; not a news page", Result.TOO_LARGE)
    return bytes(body)


def _plain(error: BaseException, errand: Errand) -> WorldUnreachable:
    """What went wrong on the line, in words; the library wraps the reason one or more times."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = f"its certificate is not trusted ({cause.verify_message}); nothing was read"
            return errand.refused(reason, Result.TLS)
        if isinstance(cause, ssl.SSLError):
            return errand.refused(f"no secure connection ({cause.reason or cause})", Result.TLS)
        cause = cause.__cause__ or cause.__context__
    kind = Result.MALFORMED if isinstance(error, httpcore2.ProtocolError) else Result.UNREACHABLE
    return errand.refused(f"the connection failed ({str(error) or type(error).__name__})", kind)

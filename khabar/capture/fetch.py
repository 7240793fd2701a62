"""One guarded fetch of one URL: the only HTTP client of the system.

In: a URL, a FetchPolicy, a resolver, the time to note. Out: a Submission with the page's bytes (or, for text/plain, its
text); every failure is WorldUnreachable(url, reason). Limits (design/capture.md): http and https only, public addresses
only, TLS verified, 8 MiB on the wire, 16 MiB decoded, 30 s in all, 5 redirects each checked like the first, never from
https down to http. No cookies, no credentials, no referrer, no proxy, no retry. Decoding stops at the limit, a mebibyte
at a time. It asks for gzip, and for br where the brotli library is installed. robots.txt and pauses between fetches of
one host are not its business: whoever polls keeps them.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from importlib.util import find_spec

import httpcore2
import httpx2

from khabar.capture.decoding import BOM, decode_text, known_encoding
from khabar.capture.dial import Errand, Gate, Resolver, system_resolver
from khabar.capture.records import check_text
from khabar.errors import InputRefused, WorldUnreachable
from khabar.model.documents import Submission

MIB = 1024 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_CODINGS = ("gzip", "br") if find_spec("brotli") or find_spec("brotlicffi") else ("gzip",)
_ODD = re.compile(r"[\s\\\x00-\x20\x7f]")
"""characters on which URL parsers disagree about where the host ends"""


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


def fetch(
    url: str, *, policy: FetchPolicy, resolver: Resolver = system_resolver, observed_at: str | None = None
) -> Submission:
    """The page behind a URL; ``observed_at`` is the UTC instant to note as the time of the fetch."""
    errand = Errand(url, seconds=policy.seconds, wire_bytes=policy.wire_bytes, clock=policy.clock)
    gate = Gate(errand, resolver=resolver, allow=policy.allow)
    tls = policy.tls or httpx2.create_ssl_context(trust_env=False)
    try:
        with httpcore2.ConnectionPool(ssl_context=tls, network_backend=gate, max_connections=1) as pool:
            return _submission(_follow(pool, errand, policy), errand, observed_at)
    except httpcore2.TimeoutException as error:
        raise errand.too_slow() from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise errand.refused(_plain(error)) from error
    except httpx2.DecodingError as error:
        raise errand.refused(f"a compressed reply that cannot be unpacked ({error})") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """A final reply, decoded."""

    url: str
    mime_type: str
    charset: str | None
    body: bytes


class _Wire(httpx2.SyncByteStream):
    """A connection's bytes in the form that the decoder takes."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts


def _follow(pool: httpcore2.ConnectionPool, errand: Errand, policy: FetchPolicy) -> _Reply:
    """Ask, and follow redirects, until a page comes."""
    url = _checked_url(errand.url, errand)
    for _ in range(policy.redirects + 1):
        answer = pool.handle_request(_request(url, policy))
        with closing(answer):
            if answer.status not in _REDIRECTS:
                return _reply(url, answer, errand, policy)
            url = _next_url(url, httpx2.Headers(answer.headers).get("location"), errand)
    raise errand.refused(f"more than {policy.redirects} redirects; open the page and give its last address")


def _request(url: httpx2.URL, policy: FetchPolicy) -> httpcore2.Request:
    headers: dict[bytes | str, bytes | str] = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": policy.user_agent,
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.5",
        "Accept-Encoding": ", ".join(_CODINGS),
        "Connection": "close",
    }
    target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    return httpcore2.Request("GET", target, headers=headers)


def _checked_url(url: str, errand: Errand) -> httpx2.URL:
    """A URL that may be asked for: its address is judged later, when it is dialled."""
    try:
        parsed = httpx2.URL(url)
        parsed.netloc.decode("ascii")
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise errand.refused(f"not a URL ({error})") from error
    if parsed.scheme not in {"http", "https"}:
        raise errand.refused(
            f"only http and https are fetched, not {parsed.scheme or 'a path'!r:.20}; give files by path"
        )
    if not parsed.host or (parsed.port or 1) not in range(1, 65_536):
        raise errand.refused("a URL without a host, or with a port that cannot be")
    if _ODD.search(url) or parsed.userinfo:
        raise errand.refused("white space, a backslash or a password in the URL; give the plain address")
    return parsed


def _next_url(url: httpx2.URL, location: str | None, errand: Errand) -> httpx2.URL:
    if not location:
        raise errand.refused("a redirect that does not say where to")
    try:
        target = str(url.join(location.strip()))
    except httpx2.InvalidURL as error:
        raise errand.refused(f"a redirect to no URL ({error})") from error
    if _ODD.search(location.strip()):
        raise errand.refused("a redirect with white space or a backslash in its address")
    following = _checked_url(target, errand)
    if url.scheme == "https" and following.scheme == "http":
        raise errand.refused("a redirect from https down to http")
    return following


def _reply(url: httpx2.URL, answer: httpcore2.Response, errand: Errand, policy: FetchPolicy) -> _Reply:
    headers = httpx2.Headers(answer.headers)
    if answer.status not in {200, 203}:
        phrase = httpx2.codes.get_reason_phrase(answer.status)
        raise errand.refused(f"HTTP {answer.status} {phrase}".rstrip())
    mime_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if mime_type not in _PAGES | {"text/plain"}:
        raise errand.refused(f"content type {mime_type or 'missing'!r:.60}; only HTML and plain text are read")
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding not in {"identity", "", "deflate", *_CODINGS}:
        raise errand.refused(f"compressed as {coding!r:.60}, which was not asked for")
    stream = answer.stream
    if not isinstance(stream, Iterable):  # the asynchronous kind, which this pool never gives
        raise errand.refused("a reply without a body")
    decoded = httpx2.Response(answer.status, headers=headers, stream=_Wire(stream))
    body = _bounded(decoded.iter_bytes(), errand, policy.decoded_bytes)
    return _Reply(url=str(url), mime_type=mime_type, charset=decoded.charset_encoding, body=body)


def _bounded(parts: Iterable[bytes], errand: Errand, limit: int) -> bytes:
    """The decoded body, given up at the limit; the parts are at most a mebibyte each."""
    body = bytearray()
    for part in parts:
        body += part
        errand.time_left()
        if len(body) > limit:
            raise errand.refused(f"more than {limit:,} bytes when unpacked; not a news page")
    if not body.strip():
        raise errand.refused("an empty page")
    return bytes(body)


def _submission(reply: _Reply, errand: Errand, observed_at: str | None) -> Submission:
    text, html = None, None
    try:
        if reply.mime_type in _PAGES:
            html = _with_charset(reply.body, reply.charset)
        else:
            text = check_text(decode_text(_with_charset(reply.body, reply.charset), errand.url), errand.url)
    except InputRefused as error:
        raise WorldUnreachable(error.name, error.reason) from error
    return Submission(
        name=errand.url, input_id=errand.url, text=text, html=html, url=reply.url, observed_at=observed_at
    )


def _with_charset(body: bytes, label: str | None) -> bytes:
    """The body as UTF-8 with a byte-order mark where its HTTP header names another encoding that fits it."""
    encoding = known_encoding(label) if label else None
    if encoding in {None, "utf-8"} or body.startswith(BOM):
        return body
    try:
        return BOM + body.decode(encoding or "utf-8").encode("utf-8")
    except (UnicodeError, LookupError):
        return body


def _plain(error: BaseException) -> str:
    """What went wrong on the line, in words; the library wraps the reason one or more times."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted ({cause.verify_message}); nothing was read"
        if isinstance(cause, ssl.SSLError):
            return f"no secure connection ({cause.reason or cause})"
        cause = cause.__cause__ or cause.__context__
    return f"the connection failed ({str(error) or type(error).__name__})"

"""One page by one guarded fetch, for a person who names a URL: a Reply to a Submission.

In: a URL, a FetchPolicy, a resolver, the time to note. Out: a Submission with the page's bytes (or, for text/plain, its
text); every failure is WorldUnreachable(url, reason). The limits are those of ``exchange.py``. Only HTML and plain text
with status 200 or 203 are taken. The body is kept as it came, byte for byte, with the encoding that its HTTP header names
beside it, which outranks what the page says of itself.
"""

from __future__ import annotations

from http import HTTPStatus

from khabar.capture.decoding import MARKUP, decode_text, with_charset
from khabar.capture.dial import Resolver, system_resolver
from khabar.capture.exchange import Asking, FetchPolicy, Reply, exchange
from khabar.capture.records import check_text
from khabar.errors import InputRefused, WorldUnreachable
from khabar.model.documents import Submission


def fetch(
    url: str, *, policy: FetchPolicy, resolver: Resolver = system_resolver, observed_at: str | None = None
) -> Submission:
    """The page behind a URL; ``observed_at`` is the UTC instant to note as the time of the fetch."""
    reply = exchange(Asking(url=url), policy=policy, resolver=resolver)
    if reply.status not in {200, 203}:
        raise WorldUnreachable(url, f"HTTP {reply.status} {phrase(reply.status)}".rstrip())
    return submission_of(reply, url, observed_at=observed_at)


def phrase(status: int) -> str:
    """The standard's words for a status; empty where it has none."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def submission_of(reply: Reply, url: str, *, observed_at: str | None, title: str | None = None) -> Submission:
    """The page of a reply with a body, as it was asked for under ``url``; ``title`` is what a feed calls it."""
    if reply.mime_type not in MARKUP | {"text/plain"}:
        shown = reply.mime_type or "missing"
        raise WorldUnreachable(url, f"content type {shown!r:.60}; only HTML and plain text are read")
    if not reply.body.strip():
        raise WorldUnreachable(url, "an empty page")
    text, html = None, None
    try:
        if reply.mime_type in MARKUP:
            html = reply.body
        else:
            text = check_text(decode_text(with_charset(reply.body, reply.charset), url), url)
    except InputRefused as error:
        raise WorldUnreachable(error.name, error.reason) from error
    return Submission(
        name=url,
        input_id=url,
        text=text,
        html=html,
        charset=reply.charset,
        url=reply.url,
        observed_at=observed_at,
        feed_title=title,
        memento=True,
    )

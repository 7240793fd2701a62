"""Documents: what was submitted, what was captured, and each state of an article.

Instants are ISO 8601 UTC strings with second precision ("2016-12-15T11:05:00Z"), days "2016-12-15"; digests are
lower-case hex SHA-256; countries ISO 3166-1 alpha-3; languages BCP 47. Terms: Memento (RFC 7089), WARC.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One document as somebody hands it in, before anything is done to it. Exactly one of text and html is set."""

    name: str
    """what a message calls it: a path, a URL, or path:line"""
    input_id: str
    """the id that the output keeps: the JSONL record's id, else the file name or URL"""
    text: str | None = None
    html: bytes | None = None
    charset: str | None = None
    """of the page, as its HTTP header declares it: it outranks what the page says of itself"""
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    headline: str | None = None
    updated: str | None = None
    feed_title: str | None = None
    """as the feed has it that listed the page"""
    memento: bool = False
    """the bytes came from the Web or a web archive, as they stood there at ``observed_at``: an old state is news again"""
    observed_at: str | None = None
    """UTC instant at which the body was seen, where the input says so (file time, fetch time)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An input that could not be taken, as data: it keeps its place in the order of the outputs."""

    name: str
    input_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One observation of one URL or file (a memento): what came back, when."""

    capture_id: str
    url: str
    """URI-R; for a local file its name, never an absolute path"""
    memento_at: str
    http_status: int | None
    mime_type: str
    payload_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link in an article's body: its words and where it leads (absolute, without a fragment)."""

    words: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state of an article: the canonical text that all spans count on.

    ``text`` is NFC: headline, blank line, body; or, for plain text, exactly the input. ``headline_end`` counts code
    points, 0 = no headline in the text.
    """

    version_id: str
    article_id: str
    input_id: str
    ordinal: int
    revises: str | None
    publisher: str | None
    url: str | None
    headline: str | None
    headline_end: int
    text: str
    text_sha256: str
    language: str | None
    authors: tuple[str, ...]
    published: str | None
    """document creation time: day or instant as printed, or None"""
    updated: str | None
    """the page's own "updated" stamp"""
    first_memento_at: str | None
    capture_ids: tuple[str, ...]
    extractor: str
    """name and version of what made the text: "text 1", "trafilatura 2.3.1 precision" """
    carriers: tuple[str, ...] = ()
    """the headline as h1, title, og:title, JSON-LD and feed have it, empty where one is missing; none for plain text"""
    standfirst: str | None = None
    """the summary under the headline, as meta description, og:description or JSON-LD have it"""
    captions: tuple[str, ...] = ()
    """of pictures"""
    links: tuple[Link, ...] = ()
    """in the body, in order"""

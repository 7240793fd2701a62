"""A feed to its entries: RSS 0.9-2.0, RDF, Atom (RFC 4287) and JSON Feed 1.1; and OPML to the feeds that it lists.

In: bytes and the URL that they came from (relative links count from it). Out: a Feed, or InputRefused. An entry is a page
to watch: its URL (http and https alone, without fragment), its title with the markup taken off (one more headline
carrier), its stamps as ISO 8601. Entries without a link are left out. Run it in a worker: feeds come from strangers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from khabar.capture.canonical import clean
from khabar.capture.markup import children, local, read_xml, words
from khabar.capture.moments import iso_moment
from khabar.errors import InputRefused

MOST_ENTRIES = 1_000
LONGEST_TITLE = 1_000
LONGEST_URL = 2_000
_TAG = re.compile(r"<[^<>]{1,500}>")
_ODD = re.compile(r"[\s\\\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One page that a feed or sitemap lists; stamps ISO 8601, as stated."""

    url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None

    @property
    def said(self) -> str:
        """What the feed says of it: when it says something else, the page is worth a look."""
        return "\x1f".join((self.updated or "", self.title or ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed or sitemap; ``below`` are further sitemaps or, of OPML, feeds."""

    title: str | None = None
    entries: tuple[Entry, ...] = ()
    below: tuple[Entry, ...] = ()


def read_feed(data: bytes, url: str) -> Feed:
    """The entries of a feed of any of the known forms."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data, url)
    root = read_xml(data, url)
    form = local(root)
    if form == "feed":
        return _feed(words(root, "title"), (_atom_entry(e, url) for e in children(root, "entry")))
    if form in {"rss", "rdf"}:
        channel = next(children(root, "channel"), root)
        items = [*children(channel, "item"), *(children(root, "item") if channel is not root else ())]
        return _feed(words(channel, "title"), (_rss_entry(i, url) for i in items))
    raise InputRefused(
        url, f"neither RSS nor Atom nor JSON Feed (its root is {form!r:.40}); give the feed's own address"
    )


def read_opml(data: bytes, name: str) -> Feed:
    """The feeds that an OPML file lists, each once, in order."""
    root = read_xml(data, name)
    if local(root) != "opml":
        raise InputRefused(name, f"not OPML (its root is {local(root)!r:.40})")
    found: dict[str, Entry] = {}
    for outline in root.iter("{*}outline"):
        attributes = {key.lower(): value for key, value in outline.attrib.items()}
        link = page_url(attributes.get("xmlurl"), "")
        if link:
            found.setdefault(link, Entry(url=link, title=_title(attributes.get("title") or attributes.get("text"))))
    if not found:
        raise InputRefused(name, "lists no feed; an outline needs an xmlUrl")
    return Feed(below=tuple(found.values()))


def page_url(link: str | None, base: str) -> str | None:
    """A link as an absolute http or https URL without fragment and password; None for anything else."""
    try:
        whole = urldefrag(urljoin(base, (link or "").strip())).url
        parts = urlsplit(whole)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
        usable = usable and (parts.port or 1) > 0 and whole.lower().startswith(f"{parts.scheme}:")
    except ValueError:
        return None
    whole = f"{parts.scheme}{whole[len(parts.scheme) :]}"  # in small letters: HTTP://x is http://x
    return whole if usable and len(whole) <= LONGEST_URL and not _ODD.search(whole) and whole.isprintable() else None


def _feed(title: str | None, entries: Iterator[Entry | None]) -> Feed:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry is not None and len(found) < MOST_ENTRIES:
            found.setdefault(entry.url, entry)
    return Feed(title=_title(title), entries=tuple(found.values()))


def _atom_entry(entry: Any, base: str) -> Entry | None:
    links = [e for e in children(entry, "link") if (e.get("rel") or "alternate") == "alternate"]
    href = next((e.get("href") for e in links if "html" in (e.get("type") or "html")), None)
    return _entry(
        words(entry, "origlink") or href, base, words(entry, "title"), words(entry, "published", "issued"),
        words(entry, "updated", "modified"),
    )  # fmt: skip


def _rss_entry(item: Any, base: str) -> Entry | None:
    guids = [g for g in children(item, "guid") if (g.get("isPermaLink") or "true").lower() == "true"]
    link = words(item, "origlink", "link") or next((clean("".join(g.itertext())) for g in guids), None)
    return _entry(link, base, words(item, "title"), words(item, "pubdate", "date"), words(item, "updated", "modified"))


def _json_feed(data: bytes, url: str) -> Feed:
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputRefused(url, f"JSON that cannot be read ({error})") from error
    items = whole.get("items") if isinstance(whole, dict) else None
    if not isinstance(items, list):
        raise InputRefused(url, 'JSON without a list "items": no JSON Feed')
    return _feed(_plain(whole.get("title")), (_json_entry(item, url) for item in items if isinstance(item, dict)))


def _json_entry(item: dict[str, Any], base: str) -> Entry | None:
    own = _plain(item.get("id")) or ""
    link = _plain(item.get("url")) or (own if "://" in own else None)
    stamps = _plain(item.get("date_published")), _plain(item.get("date_modified"))
    return _entry(link, base, _plain(item.get("title")), *stamps)


def _plain(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _entry(link: str | None, base: str, title: str | None, published: str | None, updated: str | None) -> Entry | None:
    url = page_url(link, base) if link else None
    if url is None:
        return None
    stamps = [iso_moment(stamp) if stamp else None for stamp in (published, updated)]
    return Entry(url=url, title=_title(title), published=stamps[0] or stamps[1], updated=stamps[1])


def _title(words_: str | None) -> str | None:
    """A title as people read it: entities resolved, tags taken off."""
    if not words_:
        return None
    return clean(_TAG.sub(" ", unescape(words_[: 4 * LONGEST_TITLE])))[:LONGEST_TITLE] or None

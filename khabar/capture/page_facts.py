"""What a page says about its article outside the body: headline carriers, byline, stamps, publisher, address.

In: the page's lxml tree. Out: PageFacts. Each headline carrier is kept apart, because publishers change one and forget
the others, and that very difference is news. The chosen headline is the one that a reader sees: the h1 (of several,
the one most like the other carriers), else JSON-LD, og:title, title with the site's name cut off. Stamps come from
JSON-LD, then meta tags, then time tags, then htmldate's search; that search is a guess and the last resort.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from htmldate import find_date

from khabar.capture.canonical import clean
from khabar.capture.jsonld import JsonLdArticle, read_jsonld
from khabar.capture.moments import iso_moment
from khabar.model.addresses import without_password

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "article.published", "publishdate", "publish-date", "publication_date", "pubdate", "dc.date.issued",
    "dcterms.created", "dc.date", "date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
)
_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_TAIL = re.compile(r"(?<!\s)\s+[|–—\-»·]\s+(?=[^|–—»·]{2,40}$)")
_BY = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_LONGEST_HEADLINE = 400
_LONGEST_NAME = 80
_NO_LATEST = "2100-01-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headlines:
    """The headline as each carrier has it; None where a carrier is missing."""

    h1: str | None
    title: str | None
    og_title: str | None
    jsonld: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """All that stands about the article outside its body."""

    carriers: Headlines
    headline: str | None
    authors: tuple[str, ...]
    published: str | None
    updated: str | None
    publisher: str | None
    url: str | None
    language: str | None


def page_facts(tree: Any, url: str | None, seen_at: str | None) -> PageFacts:
    """Read the facts of one page; ``url`` is where it was found, for relative links, ``seen_at`` (UTC) when."""
    stated = read_jsonld(tree.xpath('//script[@type="application/ld+json"]/text()'))
    meta = _meta(tree)
    carriers = _carriers(tree, meta, stated)
    publisher = meta.get("og:site_name") or stated.publisher or meta.get("application-name")
    return PageFacts(
        carriers=carriers,
        headline=choose_headline(carriers, publisher),
        authors=_authors(tree, meta, stated),
        published=_published(tree, meta, stated) or _searched(tree, url, seen_at),
        updated=next(_moments([stated.updated, *(meta.get(name) for name in _UPDATED)]), None),
        publisher=publisher,
        url=_canonical_url(tree, url),
        language=_language(tree, stated),
    )


def choose_headline(carriers: Headlines, publisher: str | None) -> str | None:
    """The headline that a reader sees first; the site's name is cut off where only such a carrier is left."""
    if carriers.h1 or carriers.jsonld:
        return carriers.h1 or carriers.jsonld
    if carriers.og_title or carriers.title:
        return without_site(carriers.og_title or carriers.title or "", publisher)
    return None


def without_site(title: str, publisher: str | None) -> str:
    """A title without "| Site" at its end: the publisher's own name, or a last part of at most four words."""
    cut = _TAIL.search(title)
    if not cut:
        return title
    tail = title[cut.end() :]
    named = bool(publisher) and _fold(tail) <= _fold(publisher or "")
    return title[: cut.start()] if named or ("-" not in cut.group() and len(tail.split()) <= 4) else title


def _meta(tree: Any) -> dict[str, str]:
    """The first value of each meta tag by its lower-case name, property or itemprop."""
    found: dict[str, str] = {}
    for tag in tree.xpath("//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            key, value = (tag.get(attribute) or "").lower(), clean(tag.get("content"))
            if key and value:
                found.setdefault(key, value)
    return found


def _carriers(tree: Any, meta: dict[str, str], stated: JsonLdArticle) -> Headlines:
    title = next((clean(words) for words in tree.xpath("//head/title/text()") if clean(words)), None)
    others = _fold(" ".join(filter(None, (title, meta.get("og:title"), stated.headline))))
    tops = [words for words in (clean(h1.text_content()) for h1 in tree.iter("h1")) if words]
    h1 = max(tops, key=lambda words: _likeness(_fold(words), others), default=None)
    if h1 and (len(h1) > _LONGEST_HEADLINE or (others and not _fold(h1) & others)):
        h1 = None  # a logo or a slogan: it shares no word with any other carrier
    return Headlines(h1=h1, title=title, og_title=meta.get("og:title"), jsonld=stated.headline)


def _fold(words: str) -> set[str]:
    return set(_WORD.findall(words.lower()))


def _likeness(words: set[str], others: set[str]) -> float:
    """Shared words counted, with the share of them as the tie-break: a long h1 beats the site's name."""
    shared = len(words & others)
    return shared + shared / len(words) if words else 0.0


def _authors(tree: Any, meta: dict[str, str], stated: JsonLdArticle) -> tuple[str, ...]:
    tagged = [clean(tag.text_content()) for tag in tree.xpath('//*[@rel="author" or @itemprop="author"]')]
    for names in (stated.authors, [meta[name] for name in _AUTHOR if name in meta], tagged):
        kept = [_BY.sub("", name) for name in names if len(name) <= _LONGEST_NAME and "://" not in name]
        if kept:
            return tuple(dict.fromkeys(filter(None, kept)))
    return ()


def _moments(stamps: Any) -> Iterator[str]:
    return (moment for stamp in stamps if stamp and (moment := iso_moment(stamp)))


def _published(tree: Any, meta: dict[str, str], stated: JsonLdArticle) -> str | None:
    times = tree.xpath('//time[@pubdate or @itemprop="datePublished"]/@datetime')
    stamps = [stated.published, *(meta.get(name) for name in _PUBLISHED), *times]
    in_article = tree.xpath("//article//time/@datetime")[:1]
    return next(_moments([*stamps, *in_article]), None)


def _searched(tree: Any, url: str | None, seen_at: str | None) -> str | None:
    """A day found by search in the page's address and text; the latest day is given, so that no clock is asked."""
    return find_date(tree, original_date=True, url=url, max_date=(seen_at or _NO_LATEST)[:10])


def _canonical_url(tree: Any, url: str | None) -> str | None:
    """The address that the page calls its own, made absolute; a site's front page is nobody's own address."""
    for link in tree.xpath('//link[@rel="canonical"]/@href | //meta[@property="og:url"]/@content'):
        try:
            whole = urljoin(url or "", clean(link))
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and parts.path.strip("/"):
            return without_password(whole)
    return None


def _language(tree: Any, stated: JsonLdArticle) -> str | None:
    """The language that the page declares (BCP 47), as written."""
    declared = tree.get("lang") or stated.language or ""
    return clean(declared) or None

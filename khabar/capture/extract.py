"""A page to its article: headline carriers, byline, printed dates, and the paragraphs of the body.

In: the bytes of one HTML page and, if known, its URL. Out: an Extraction; InputRefused where the page cannot be decoded
or holds no article. The body is trafilatura's in precision mode: on news pages it is the best and the steadiest (link
paragraphs put into a page changed its text on 10 of 169 pages; the default mode on 140). Comments are left out. It
does not run scripts, so a page that is built by them is empty here, and it has no time limit of its own: run it in a
worker that can be killed where pages come from strangers.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import trafilatura
from trafilatura.utils import load_html

from khabar.capture.beside import Beside, beside_text
from khabar.capture.canonical import clean
from khabar.capture.decoding import decode_html
from khabar.capture.page_facts import Headlines, PageFacts, page_facts
from khabar.errors import InputRefused
from khabar.model.documents import Link

EXTRACTOR = f"trafilatura {trafilatura.__version__} precision"
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its "discarding data" is said better by our refusal
logging.getLogger("htmldate").setLevel(logging.CRITICAL)
MAX_ELEMENTS = 50_000
"""elements of a page; news pages have about 2,000, and parsers stall on pages with very many"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one page holds, as one extractor of one version sees it. Stamps are ISO 8601 as printed."""

    carriers: Headlines
    headline: str | None
    paragraphs: tuple[str, ...]
    authors: tuple[str, ...]
    published: str | None
    updated: str | None
    publisher: str | None
    canonical_url: str | None
    language: str | None
    """as the page declares it, BCP 47; pages often declare wrongly"""
    standfirst: str | None = None
    captions: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    extractor: str = EXTRACTOR


def extract(html: bytes, *, url: str | None = None, name: str | None = None, seen_at: str | None = None) -> Extraction:
    """The article of one page; ``name`` is what messages call it (the URL, if none is given).

    ``seen_at`` (UTC) is when the page was captured: no date that is merely found in its text may be later.
    """
    called = name or url or "page"
    markup = decode_html(html, called)
    try:
        tree = load_html(markup)
        _refuse_size(tree, called)
        facts = page_facts(tree, url, seen_at)
        beside = beside_text(tree, url)
        paragraphs = _body(tree, facts, url)
    except InputRefused:
        raise
    except Exception as error:  # three parsers of hostile input: whatever they raise means that the page is unreadable
        raise InputRefused(called, f"HTML that the extractor cannot take apart ({type(error).__name__})") from error
    if not any(character.isalpha() for line in paragraphs for character in line):
        raise InputRefused(
            called, "no article text in this page; if scripts build it, save the page as a browser shows it"
        )
    return _extraction(facts, beside, paragraphs)


def _refuse_size(tree: Any, name: str) -> None:
    if tree is None:
        raise InputRefused(name, "not HTML, or too broken to read; check that the file is a saved web page")
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise InputRefused(name, f"more than {MAX_ELEMENTS:,} elements: not a news page; save the article alone")


def _body(tree: Any, facts: PageFacts, url: str | None) -> tuple[str, ...]:
    """The paragraphs of the body without the headline, which the canonical text puts on top itself."""
    found = trafilatura.bare_extraction(tree, url=url, favor_precision=True, include_comments=False)
    text: str = getattr(found, "text", None) or ""  # None where nothing was found
    lines = [clean(line) for line in text.splitlines()]
    headlines = {clean(words) for words in (facts.headline, facts.carriers.h1) if words}
    return tuple(line for at, line in enumerate(lines) if line and not (at < 3 and line in headlines))


def _extraction(facts: PageFacts, beside: Beside, paragraphs: tuple[str, ...]) -> Extraction:
    return Extraction(
        carriers=facts.carriers,
        headline=facts.headline,
        paragraphs=paragraphs,
        authors=facts.authors,
        published=facts.published,
        updated=facts.updated,
        publisher=facts.publisher,
        canonical_url=facts.url,
        language=facts.language,
        standfirst=beside.standfirst,
        captions=beside.captions,
        links=beside.links_in(paragraphs),
    )

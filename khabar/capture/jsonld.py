"""What a page's JSON-LD says about its article: headline, authors, stamps, publisher (schema.org/Article).

In: the contents of the page's ``application/ld+json`` scripts. Out: JsonLdArticle. Publishers wrap the article in
lists, ``@graph`` or ``mainEntity`` and leave control characters and HTML entities in it: both are taken. A script that
is not JSON says nothing. Where a page describes several articles the first with a headline and a date counts, because
related articles come after it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from khabar.capture.canonical import clean

_DEEPEST = 6
_MOST_NODES = 2_000
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart")


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLdArticle:
    """The article as its JSON-LD describes it; None or empty where it says nothing. Stamps are as printed."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    publisher: str | None = None
    language: str | None = None


def read_jsonld(scripts: Iterable[str]) -> JsonLdArticle:
    """The article that the scripts describe; an empty record where none does."""
    nodes = [node for script in scripts for node in _nodes(_load(script), 0)][:_MOST_NODES]
    articles = [node for node in nodes if _is_article(node)]
    best = max(articles, key=_worth, default=None)
    if best is None:
        return JsonLdArticle()
    return JsonLdArticle(
        headline=_words(best.get("headline")) or _words(best.get("name")),
        authors=tuple(dict.fromkeys(_names(best.get("author")))),
        published=_words(best.get("datePublished")) or _words(best.get("dateCreated")),
        updated=_words(best.get("dateModified")),
        publisher=next(iter(_names(best.get("publisher"))), None),
        language=_words(best.get("inLanguage")),
    )


def _load(script: str) -> object:
    body = script.strip().removeprefix("<!--").removesuffix("-->").strip().removesuffix(";")
    try:
        return json.loads(body, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _INSIDE:
            yield from _nodes(value.get(key), depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.endswith(("Article", "Posting")) for name in names)


def _worth(node: dict[str, Any]) -> int:
    """How much a node says; ``max`` keeps the first of equals."""
    return 2 * bool(_words(node.get("headline"))) + bool(_words(node.get("datePublished")))


def _words(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return clean(unescape(value)) or None if isinstance(value, str) else None


def _names(value: object) -> Iterator[str]:
    """Names of people and bodies: a string, an object with a name, or a list of either; addresses are no names."""
    for item in value if isinstance(value, list) else [value]:
        name = _words(item.get("name")) if isinstance(item, dict) else _words(item)
        if name and not name.startswith(("http://", "https://", "/")):
            yield name

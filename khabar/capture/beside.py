"""What stands beside an article's words and counts for its fingerprint: standfirst, captions of pictures, links.

In: a page's lxml tree, before an extractor has cut it up, and its URL. Out: Beside. The standfirst is what the page gives as
its description; captions are those of figures inside of an article or main element (elsewhere they belong to other
stories). Links are kept with the paragraph that they stand in, so that only those of paragraphs that an extractor took
for the body are counted: link lists and teasers change all the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from khabar.capture.canonical import clean
from khabar.capture.feeds import page_url
from khabar.model.documents import Link

_MOST = 200
_LONGEST = 2_000
_DESCRIPTIONS = ("description", "og:description", "twitter:description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What was found; ``linked`` pairs a paragraph's words with its links."""

    standfirst: str | None
    captions: tuple[str, ...]
    linked: tuple[tuple[str, tuple[Link, ...]], ...]

    def links_in(self, paragraphs: Iterable[str]) -> tuple[Link, ...]:
        """The links of the paragraphs that are the body, in order."""
        body = set(paragraphs)
        return tuple(link for words, links in self.linked if words in body for link in links)[:_MOST]


def beside_text(tree: Any, url: str | None) -> Beside:
    """Read a page's tree; it is not changed."""
    return Beside(standfirst=_standfirst(tree), captions=_captions(tree), linked=tuple(_linked(tree, url or "")))


def _standfirst(tree: Any) -> str | None:
    metas = [(e.get("name") or e.get("property") or "", e.get("content") or "") for e in tree.xpath("//meta[@content]")]
    found = {name.lower(): clean(content[:_LONGEST]) for name, content in reversed(metas)}
    return next((found[name] for name in _DESCRIPTIONS if found.get(name)), None)


def _captions(tree: Any) -> tuple[str, ...]:
    found = tree.xpath("//figcaption[ancestor::article or ancestor::main]")[:_MOST]
    return tuple(filter(None, (clean(e.text_content()[:_LONGEST]) for e in found)))


def _linked(tree: Any, base: str) -> list[tuple[str, tuple[Link, ...]]]:
    out: list[tuple[str, tuple[Link, ...]]] = []
    for paragraph in tree.iter("p"):
        anchors = paragraph.xpath(".//a[@href]")[:_MOST]
        links = [(clean(a.text_content()[:_LONGEST]), page_url(a.get("href"), base)) for a in anchors]
        kept = tuple(Link(words=words, target=target) for words, target in links if words and target)
        if kept:
            out.append((clean(paragraph.text_content()), kept))
    return out

"""A sitemap or sitemap index to its entries (sitemaps.org 0.9, with the news extension).

In: bytes (XML, gzipped XML, or a plain list of URLs), the URL that they came from, the oldest day that counts. Out: a Feed:
``entries`` are pages, ``below`` further sitemaps, the newest first. Entries that state a day before ``since`` are left
out: a sitemap lists a whole archive, and only what may still change is watched. Entries of another host than the
sitemap's are left out, as the protocol asks. Run it in a worker.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from khabar.capture.feeds import Entry, Feed, page_url
from khabar.capture.hosts import host_of
from khabar.capture.markup import children, local, read_xml, unpacked, words
from khabar.capture.moments import iso_moment
from khabar.errors import InputRefused

MOST_ENTRIES = 5_000
MOST_BELOW = 50


def read_sitemap(data: bytes, url: str, since: str | None = None) -> Feed:
    """The pages and sitemaps that a sitemap lists; ``since`` is an ISO 8601 day."""
    plain = unpacked(data, url)
    if plain.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"http://", b"https://")):
        lines = plain.decode("utf-8", "replace").splitlines()
        return Feed(entries=_chosen((Entry(url=u) for line in lines if (u := page_url(line, url))), url, since))
    root = read_xml(plain, url)
    if local(root) == "sitemapindex":
        below = _chosen((e for s in children(root, "sitemap") if (e := _located(s, url))), url, since)
        return Feed(below=below[:MOST_BELOW])
    if local(root) != "urlset":
        raise InputRefused(url, f"no sitemap (its root is {local(root)!r:.40}); give the sitemap's own address")
    return Feed(entries=_chosen((e for u in children(root, "url") if (e := _located(u, url))), url, since))


def _located(element: Any, base: str) -> Entry | None:
    """An entry by its loc, lastmod and what the news extension says."""
    url = page_url(words(element, "loc"), base)
    if url is None:
        return None
    news = next(children(element, "news"), None)
    stated = words(news, "publication_date") if news is not None else None
    lastmod = iso_moment(words(element, "lastmod") or "")
    published = iso_moment(stated) if stated else None
    title = words(news, "title") if news is not None else None
    return Entry(url=url, title=title, published=published or lastmod, updated=lastmod)


def _chosen(entries: Iterator[Entry], url: str, since: str | None) -> tuple[Entry, ...]:
    """The entries of this host that are young enough, the newest first; those without a stamp come last."""
    found: dict[str, Entry] = {}
    for entry in entries:
        stamp = entry.updated or entry.published
        young = since is None or stamp is None or stamp[:10] >= since[:10]
        if young and host_of(entry.url) == host_of(url):
            found.setdefault(entry.url, entry)
    newest = sorted(found.values(), key=lambda e: e.updated or e.published or "", reverse=True)
    return tuple(newest[:MOST_ENTRIES])

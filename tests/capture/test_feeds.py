"""Feeds of every form, sitemaps and OPML: what is an entry, and what of a hostile file is not."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.capture.feeds import Feed, page_url, read_feed, read_opml
from khabar.capture.sitemaps import read_sitemap
from khabar.errors import InputRefused

URL = "https://news.example/feed/"
RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Sorrin Post</title><link>https://news.example/</link>
<item><title><![CDATA[Bridge <b>reopens</b> &amp; ferry stops]]></title><link>/1?a=1#top</link>
  <pubDate>Sun, 01 Mar 2026 11:30:00 +0200</pubDate></item>
<item><title>&lt;script&gt;x()&lt;/script&gt;Named</title><guid>https://news.example/2</guid><dc:date>2026-03-01T10:00:00Z</dc:date></item>
<item><title>No link</title><guid isPermaLink="false">77</guid></item>
<item><title>Bad</title><link>javascript:alert(1)</link></item>
<item><title>Twice</title><link>/1?a=1</link></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry>
<title type="html">A &amp;lt;i&amp;gt;b&amp;lt;/i&amp;gt;</title>
<link rel="self" href="/self"/><link rel="alternate" type="text/html" href="../1"/><published>2026-03-01T10:00:00Z</published>
<updated>2026-03-01T12:00:00.5+01:00</updated></entry></feed>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Post",
    "items": [
        {"id": "1", "url": "https://news.example/1", "title": "A", "date_published": "2026-03-01T10:00:00Z"},
        {"id": "https://news.example/2", "date_modified": "2026-03-02T10:00:00Z"},
        "no item",
        {"id": "3"},
    ],
}


def test_rss() -> None:
    feed = read_feed(RSS, URL)
    assert feed.title == "The Sorrin Post"
    assert [e.url for e in feed.entries] == ["https://news.example/1?a=1", "https://news.example/2"]
    assert feed.entries[0].title == "Bridge reopens & ferry stops"
    assert feed.entries[0].published == "2026-03-01T11:30:00+02:00"
    assert feed.entries[1].published == "2026-03-01T10:00:00Z"


def test_atom() -> None:
    (entry,) = read_feed(ATOM, URL).entries
    assert (entry.url, entry.published, entry.updated) == (
        "https://news.example/1",
        "2026-03-01T10:00:00Z",
        "2026-03-01T12:00:00+01:00",
    )


def test_json_feed() -> None:
    feed = read_feed(json.dumps(JSON).encode(), URL)
    assert [e.url for e in feed.entries] == ["https://news.example/1", "https://news.example/2"]
    assert feed.entries[1].updated == "2026-03-02T10:00:00Z"


def test_rdf_and_a_feed_that_breaks_off() -> None:
    rdf = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <channel><title>Post</title></channel><item><title>A</title><link>https://news.example/1</link></item></rdf:RDF>"""
    assert [e.url for e in read_feed(rdf, URL).entries] == ["https://news.example/1"]
    assert [e.url for e in read_feed(RSS[: RSS.index(b"<item>", 300)], URL).entries] == ["https://news.example/1?a=1"]


@pytest.mark.parametrize("data", [b"", b"<html><body>hello</body></html>", b"{}", b"[1]", b"plain", b"{" * 100_000])
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused):
        read_feed(data, URL)


@given(st.binary(max_size=400), st.integers(0, len(RSS)))
def test_a_damaged_feed_is_read_or_refused(junk: bytes, at: int) -> None:
    with suppress(InputRefused):
        assert isinstance(read_feed(RSS[:at] + junk + RSS[at + len(junk) :], URL), Feed)


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:///etc/passwd", "gopher://a/", "data:text/html,x", "http://u:p@a.example/",
     "http://", "https:///x", "http://a.example/\\@127.0.0.1", "http://a.example/a b", "http://[::1", "http://a:99999/",
     "ftp://a.example/", "http://a.example/\u202e"],
)  # fmt: skip
def test_no_such_link_is_watched(link: str) -> None:
    assert page_url(link, "") is None


def test_opml() -> None:
    data = b"""<opml version="2.0"><body><outline text="News"><outline type="rss" text="One" xmlUrl="https://a.example/feed"/>
        <outline xmlUrl="https://a.example/feed"/><outline xmlurl="http://b.example/rss" title="Two"/>
        <outline xmlUrl="javascript:x"/></outline></body></opml>"""
    found = read_opml(data, "feeds.opml").below
    assert [(e.url, e.title) for e in found] == [("https://a.example/feed", "One"), ("http://b.example/rss", "Two")]


@pytest.mark.parametrize("data", [b"<opml/>", b"<rss/>", b"x"])
def test_opml_without_feeds_is_refused(data: bytes) -> None:
    with pytest.raises(InputRefused):
        read_opml(data, "feeds.opml")


def test_a_sitemap_in_gzip_with_news() -> None:
    xml = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
        <url><loc>https://news.example/1</loc><lastmod>2026-03-01</lastmod><news:news><news:title>A</news:title>
        <news:publication_date>2026-02-28T10:00:00Z</news:publication_date></news:news></url>
        <url><loc>https://news.example/old</loc><lastmod>2020-01-01</lastmod></url>
        <url><loc>https://news.example/undated</loc></url>
        <url><loc>https://other.example/1</loc></url></urlset>"""
    found = read_sitemap(gzip.compress(xml), "https://news.example/sitemap.xml.gz", "2026-02-01").entries
    assert [(e.url, e.title, e.published) for e in found] == [
        ("https://news.example/1", "A", "2026-02-28T10:00:00Z"),
        ("https://news.example/undated", None, None),
    ]


def test_a_sitemap_as_plain_lines() -> None:
    found = read_sitemap(b"https://news.example/1\nhttps://news.example/2\n", "https://news.example/sitemap.txt")
    assert len(found.entries) == 2

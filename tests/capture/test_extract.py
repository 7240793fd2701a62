"""Extraction: carriers apart, byline, stamps, and pages that cannot be taken apart."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.capture.extract import EXTRACTOR, MAX_ELEMENTS, extract
from khabar.capture.jsonld import read_jsonld
from khabar.capture.page_facts import Headlines, choose_headline, without_site
from khabar.errors import InputRefused

PARAGRAPHS = (
    "Two coasters collided off Merrin Point early on Sunday, the coast guard of Vestria said in a statement.",
    "Eleven sailors were taken to the hospital in Orlby; three of them are in a serious condition, doctors said.",
    "The owner of the larger ship denied that its crew had been drinking, and promised to publish the logbook.",
)
NEWS = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebPage", "name": "Front"},
        {
            "@type": ["NewsArticle"],
            "headline": "Coasters collide off Merrin&#8217;s Point",
            "datePublished": "2023-02-05T06:00:00.123+0100",
            "dateModified": "2023-02-05 09:30:00 +01:00",
            "author": [{"@type": "Person", "name": "Lise Orm"}, {"@type": "Person", "name": "By Kai Dahl"}],
            "publisher": {"@type": "Organization", "name": "Orlby Times"},
        },
        {"@type": "NewsArticle", "headline": "Another story", "datePublished": "2020-01-01"},
    ],
}


def make(head: str = "", h1: str = "<h1>Coasters collide</h1>") -> bytes:
    body = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    nav = "<nav><ul><li><a href='/a'>Sport</a></li><li><a href='/b'>Weather</a></li></ul></nav>"
    return (
        f"<!doctype html><html lang='en'><head>{head}</head><body>{nav}<article>{h1}{body}</article>"
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def test_body_headline_and_nothing_else() -> None:
    found = extract(make("<title>Coasters collide - Orlby Times</title>"))
    assert found.paragraphs == PARAGRAPHS
    assert found.headline == "Coasters collide"
    assert (found.extractor, found.language) == (EXTRACTOR, "en")


def test_carriers_stay_apart_and_json_ld_is_read() -> None:
    script = f"<script type='application/ld+json'>{json.dumps(NEWS)}</script>"
    found = extract(
        make(f"{script}<title>Coasters crash | Orlby Times</title><meta property='og:title' content='Ships collide'>")
    )
    assert found.carriers == Headlines(
        h1="Coasters collide",
        title="Coasters crash | Orlby Times",
        og_title="Ships collide",
        jsonld="Coasters collide off Merrin’s Point",
    )
    assert (found.published, found.updated) == ("2023-02-05T06:00:00+01:00", "2023-02-05T09:30:00+01:00")
    assert (found.authors, found.publisher) == (("Lise Orm", "Kai Dahl"), "Orlby Times")


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("<meta property='article:published_time' content='2022-10-01T08:00:00Z'>", "2022-10-01T08:00:00Z"),
        ("<meta itemprop='datePublished' content='2022-10-01'>", "2022-10-01"),
        ("<meta name='pubdate' content='Sat, 01 Oct 2022 08:00:00 +0000'>", "2022-10-01T08:00:00Z"),
        (
            "<meta property='article:published_time' content='0001-01-01'><meta name='date' content='2022-10-01'>",
            "2022-10-01",
        ),
    ],
)
def test_stamps_of_meta_tags(head: str, published: str) -> None:
    assert extract(make(head)).published == published


@pytest.mark.parametrize(
    ("h1", "headline"),
    [
        ("<h1>Orlby Times</h1><h1>Coasters collide</h1>", "Coasters collide"),
        ("<h1>Orlby Times</h1>", "Coasters collide off Merrin Point"),
        ("", "Coasters collide off Merrin Point"),
    ],
)
def test_a_site_name_is_no_headline(h1: str, headline: str) -> None:
    assert extract(make("<title>Coasters collide off Merrin Point</title>", h1)).headline == headline


@pytest.mark.parametrize(
    ("title", "publisher", "wanted"),
    [
        ("Coasters collide | Orlby Times", None, "Coasters collide"),
        ("Coasters collide - Orlby Times", "Orlby Times", "Coasters collide"),
        ("Coasters collide - three hurt", "Orlby Times", "Coasters collide - three hurt"),
        ("Coasters collide | World | Orlby Times", None, "Coasters collide | World"),
        ("Coasters collide", "Orlby Times", "Coasters collide"),
    ],
)
def test_without_site(title: str, publisher: str | None, wanted: str) -> None:
    assert without_site(title, publisher) == wanted


def test_no_carrier_no_headline() -> None:
    assert choose_headline(Headlines(h1=None, title=None, og_title=None, jsonld=None), "Orlby Times") is None


def test_canonical_address_is_absolute_and_never_the_front_page() -> None:
    relative = "<link rel='canonical' href='/2023/ships'>"
    assert extract(make(relative), url="https://o.example/x?utm=1").canonical_url == "https://o.example/2023/ships"
    assert extract(make("<link rel='canonical' href='https://o.example/'>")).canonical_url is None


@pytest.mark.parametrize(
    "html",
    [
        b"<",
        b"plain words without any mark-up",
        b"<html></html>",
        b"<html><body><script>build()</script><div id='app'></div></body></html>",
        b"<p>" * 300 + b"<",
        b"<!doctype html><html><body><table><tr><td></table></b></i></body>",
        b"<?xml version='1.0'?><rss><channel/></rss>",
    ],
)
def test_pages_without_an_article_are_refused(html: bytes) -> None:
    with pytest.raises(InputRefused, match=r"^front\.html: "):
        extract(html, name="front.html")


def test_broken_html_with_an_article_is_read() -> None:
    broken = make().replace(b"</p>", b"").replace(b"</article>", b"</b></div>")
    assert PARAGRAPHS[0] in " ".join(extract(broken).paragraphs)


def test_too_many_elements_are_refused() -> None:
    with pytest.raises(InputRefused, match="elements"):
        extract(b"<html><body>" + b"<b>x</b>" * (MAX_ELEMENTS + 1) + b"</body></html>", name="bomb")


def test_declared_encodings_are_honoured() -> None:
    page = make("<meta charset='windows-1252'>").decode().replace("Merrin", "Mérin “M”")
    assert "Mérin “M”" in extract(page.encode("cp1252")).paragraphs[0]
    assert "Mérin “M”" in extract(page.encode("utf-8")).paragraphs[0]  # a wrong declaration on a page that is UTF-8
    assert "Mérin “M”" in extract(page.encode("utf-16")).paragraphs[0]


@pytest.mark.parametrize("charset", ["base64", "no-such-code", "idna", "rot13"])
def test_odd_declared_encodings_are_refused(charset: str) -> None:
    with pytest.raises(InputRefused):
        extract(make(f"<meta charset='{charset}'>").replace(b"Merrin", b"M\xe9rin"), name="n")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 900), st.integers(0, 60))
def test_damaged_pages_raise_nothing_else(junk: bytes, at: int, cut: int) -> None:
    page = make(f"<script type='application/ld+json'>{json.dumps(NEWS)}</script>")
    try:
        found = extract(page[:at] + junk + page[at + cut :], name="n")
    except InputRefused:
        return
    for words in (*found.paragraphs, found.headline or "", *found.authors):
        words.encode("utf-8")


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "[" * 3000,
        "null",
        "7",
        '{"@type": 3}',
        '{"@type": "NewsArticle", "headline": {"a": 1}, "author": 5}',
        '"x"',
    ],
)
def test_json_ld_that_says_nothing(script: str) -> None:
    assert read_jsonld([script]).headline is None

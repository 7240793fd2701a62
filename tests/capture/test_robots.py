"""robots.txt: which rule wins, what a missing file means, and that no pattern is slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.capture.robots import for_status, read_robots

FILE = b"""
# who are you
User-agent: otherbot
Disallow: /

User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /a*b*c
Crawl-delay: 3
Sitemap: https://news.example/sitemap.xml
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/robots.txt", True),
        ("/private", False),
        ("/private/1", False),
        ("/private/open/1", True),
        ("/x.pdf", False),
        ("/x.pdf?y", True),
        ("/aXbYc", False),
        ("/aXcYb", True),
        ("/%70rivate/1", False),
    ],
)
def test_the_longest_rule_wins(path: str, allowed: bool) -> None:
    assert read_robots(FILE).allows(f"https://news.example{path}") is allowed


def test_a_group_of_our_own_outranks_everybodys() -> None:
    robots = read_robots(b"User-agent: *\nDisallow: /\n\nUser-agent: Khabar/2\nUser-agent: x\nDisallow: /no")
    assert robots.allows("http://a.example/yes")
    assert not robots.allows("http://a.example/no")


def test_delay_and_sitemaps() -> None:
    robots = read_robots(FILE)
    assert robots.delay == 3
    assert robots.sitemaps == ("https://news.example/sitemap.xml",)


@pytest.mark.parametrize(("status", "allowed"), [(200, False), (404, True), (403, True), (429, False), (500, False)])
def test_what_a_status_means(status: int, allowed: bool) -> None:
    assert for_status(status, b"User-agent: *\nDisallow: /").allows("http://a.example/1") is allowed


@given(st.binary(max_size=300), st.text(max_size=40))
def test_nothing_breaks_it(data: bytes, path: str) -> None:
    read_robots(b"User-agent: *\nDisallow: " + data).allows(f"http://a.example/{path}")


def test_no_pattern_is_slow() -> None:
    robots = read_robots(b"User-agent: *\n" + b"Disallow: /" + b"*a" * 900 + b"$\n")
    started = time.perf_counter()
    robots.allows("http://a.example/" + "a" * 2_000 + "b")
    assert time.perf_counter() - started < 0.1

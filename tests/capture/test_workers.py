"""Workers: what is taken apart, and that a page made to stall or to burst ends in time and harms nobody else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from khabar.capture.workers import ParserLimit, Workers
from khabar.errors import InputRefused
from khabar.model.documents import Submission
from khabar.model.watching import Result
from tests.capture.loopback import trap
from tests.watch.site import page

LIMIT = 2.0
URL = "https://news.example/1"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
FEED_BOMBS = {
    "laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel><title>&l11;</title></channel></rss>'.encode(),
    "quadratic": b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 100_000
    + b'">]><rss><channel><title>' + b"&a;" * 30_000 + b"</title></channel></rss>",
    "nesting": b"<rss>" + b"<channel>" * 50_000,
    "attributes": b"<rss " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b"/>",
    "json": b"[" * 200_000,
    "namespaces": b"<rss " + b" ".join(b'xmlns:n%d="u"' % n for n in range(50_000)) + b"/>",
}  # fmt: skip
BOMBS = {
    "divs": b"<div>" * 200_000,
    "unclosed paragraphs": b"<p>word " * 200_000,
    "tables": b"<table><tr><td>" * 30_000,
    "one long word": b"<p>" + b"a" * 4_000_000,
    "attributes": b"<p " + b'a="b" ' * 300_000 + b">x",
    "entities": b"<p>" + b"&lt;" * 800_000,
    "comments": b"<!--" * 300_000,
    "formatting": b"<b><i>" * 60_000 + b"word",
    "scripts": b"<script>var a = '" + b"</scrip" * 300_000,
    "links": b"<p>" + b'<a href="/x">word</a> ' * 60_000,
    "lists": b"<ul><li>" * 40_000,
    "dates": b"<p>" + b"2020-01-01 " * 200_000,
    "json-ld": b'<script type="application/ld+json">' + b'{"a":' * 200_000 + b"</script><p>x",
    "metas": b'<meta name="date" content="2020">' * 60_000,
    "nul": b"<p>\0" * 100_000,
    "cdata": b"<![CDATA[" * 200_000,
}


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, seconds=LIMIT) as running:
        yield running


def submitted(html: bytes) -> Submission:
    return Submission(name=URL, input_id=URL, html=html, url=URL)


def test_an_article_comes_back_as_a_version(workers: Workers) -> None:
    judged = workers.judge(submitted(page("Bridge at Sorrin to reopen")), URL)
    assert judged.result is Result.OK
    assert judged.version is not None
    assert judged.version.headline == "Bridge at Sorrin to reopen"
    assert judged.version.carriers[:2] == ("Bridge at Sorrin to reopen", "Bridge at Sorrin to reopen | The Sorrin Post")


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_page_ends_in_time(workers: Workers, name: str) -> None:
    started = time.monotonic()
    with suppress(InputRefused):
        judged = workers.judge(submitted(b"<html><body>" + BOMBS[name]), URL)
        assert judged.result in {Result.OK, Result.UNREADABLE}
    assert time.monotonic() - started < LIMIT + 4  # the next worker starts for the next page
    assert workers.judge(submitted(page()), URL).result is Result.OK


@pytest.mark.parametrize("name", FEED_BOMBS)
def test_a_hostile_feed_ends_in_time(workers: Workers, name: str) -> None:
    started = time.monotonic()
    with suppress(InputRefused):
        workers.read_list("feed", FEED_BOMBS[name], URL)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "feed",
    [
        '<!DOCTYPE x SYSTEM "{}/x.dtd"><rss><channel><title>a</title></channel></rss>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "{}/e">]><rss><channel><title>&e;</title></channel></rss>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "{}/p">%p;]><rss><channel><title>a</title></channel></rss>',
        '<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><title><xi:include href="{}/i"/></title></channel></rss>',
    ],
)
def test_no_external_entity_is_asked_for(workers: Workers, feed: str) -> None:
    with trap() as (port, hits):
        assert workers.read_list("feed", feed.format(f"http://127.0.0.1:{port}").encode(), URL) is not None
        time.sleep(0.1)
        assert hits == []


def test_no_file_is_read(workers: Workers, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not tell")
    feed = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><rss><channel><title>&e;</title></channel></rss>'
    assert "tell" not in (workers.read_list("feed", feed.encode(), URL).title or "")


def test_a_worker_that_wants_too_much_memory_refuses_and_lives() -> None:
    with Workers(1, seconds=20, memory=400 * 1024 * 1024) as workers:
        with pytest.raises(InputRefused):
            workers.judge(submitted(b"<html><body>" + b"<p>word</p>" * 1_400_000), URL)
        assert workers.judge(submitted(page()), URL).result is Result.OK


def test_a_stalled_worker_is_killed_and_replaced() -> None:
    with Workers(1, seconds=0.05, clock=iter([0.0, 0.0, 99.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]).__next__) as workers:
        with pytest.raises(ParserLimit, match="within"):
            workers.judge(submitted(page()), URL)
        assert workers.judge(submitted(page()), URL).result is Result.OK

"""The pages over plain HTTP, from both stores: what stands on them, the gate, filters that equal exports, hostile text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest

from khabar.ledger.store import Writer
from khabar.stores import Place
from tests.conftest import NewLedger
from tests.show.drafts import Draft
from tests.show.stories import UNNAMED, border_war
from tests.web.asking import ask
from tests.web.conftest import served
from tests.web.demo import append, fill

PAGES = ["/", "/articles/border", "/articles/border/v1", "/articles/border/edits", "/events", "/claims", "/nothing"]
POLICY = "default-src 'self'"


@pytest.fixture(scope="module")
def desk(new_ledger: NewLedger) -> Iterator[str]:
    """The desk over the demo ledger, in both stores."""
    path = new_ledger()
    fill(path)
    with served(path) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_policy_and_nothing_inline(desk: str, path: str) -> None:
    answer = ask(desk + path)
    assert answer.headers["Content-Security-Policy"].startswith(POLICY)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)|javascript:", answer.text)
    outside = re.findall(r'(?:src|rel="stylesheet" href)="(?:https?:)?//', answer.text)
    assert outside == []


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        "10.0.0.1",
        "10.127.0.0.1",
        "my.localhost",
        "",
    ],
)
def test_other_hosts_are_refused(desk: str, host: str) -> None:
    assert ask(desk + "/", host=host or "0.0.0.0").status == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1"])
def test_own_hosts_are_answered(desk: str, host: str) -> None:
    assert ask(desk + "/", host=host).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(desk: str, method: str) -> None:
    assert ask(desk + "/claims", method=method).status == 405


def test_no_interface_description_that_calls_elsewhere(desk: str) -> None:
    assert [ask(desk + path).status for path in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 404]


def test_the_brief_flags_the_name_that_went(desk: str) -> None:
    page = ask(desk + "/").text
    assert "name removed" in page
    assert "<del>General Osman Tamri</del><ins>A senior officer</ins>" in page


def test_the_text_of_an_article_is_whole(desk: str) -> None:
    page = ask(desk + "/articles/border").text
    body = page[page.index('id="text"') : page.index('class="legend"')]
    words = unescape(re.sub(r"<[^>]+>", "", body.partition(">")[2]))
    assert "".join(words.split()).startswith("".join(border_war(UNNAMED, 2).version.text[len(UNNAMED) :].split()))


def test_a_claim_has_its_card(desk: str) -> None:
    article = border_war(UNNAMED, 2)
    claim = next(c for c in article.reading.claims if c.word == "alleged")
    page = unescape(ask(f"{desk}/articles/border?claim={claim.claim_id}").text)
    card = page[page.index('id="card"') : page.index("</aside>")]
    assert "Eritrea allegedly bombed" in card
    assert "3 November 2031" in card
    assert "15.11° N, 36.66° E ± 10 km" in card
    assert article.version.text_sha256 in card
    assert "The Gash Brigade" in card
    assert "passing it on, taking no stand" in card


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/articles/nowhere", "There is no article 'nowhere'"),
        ("/articles/border/v9", "there are: v1, v2"),
        ("/articles/border?claim=ffff", "has no claim 'ffff'"),
        ("/events/nothing", "There is no event 'nothing'"),
        ("/nonsense?a=1", "/nonsense?a=1"),
    ],
)
def test_what_is_not_there_is_named(desk: str, path: str, said: str) -> None:
    answer = ask(desk + path)
    assert answer.status == 404
    assert said in unescape(answer.text)


@pytest.mark.parametrize("query", ["after=soon", "word=certain"])
def test_a_question_that_cannot_be_meant(desk: str, query: str) -> None:
    answer = ask(f"{desk}/claims?{query}")
    assert answer.status == 400
    assert query.split("=")[1] in answer.text


@pytest.mark.parametrize(
    ("query", "some"),
    [
        ("", True),
        ("?word=alleged", True),
        ("?actor=eritrea", True),
        ("?place=Tes", True),
        ("?type=ASSAULT&after=2031-11-01", True),
        ("?source=Monitor", True),
        ("?text=DRONES", True),
        ("?before=2031-10-31", True),
        ("?actor=Nobody", False),
    ],
)
def test_a_page_equals_its_exports(desk: str, query: str, some: bool) -> None:
    page = re.findall(r"\?claim=([0-9a-f]+)#card", ask(f"{desk}/claims{query}").text)
    table = [row["claim_id"] for row in csv.DictReader(io.StringIO(ask(f"{desk}/claims.csv{query}").text))]
    lines = [json.loads(line)["claim_id"] for line in ask(f"{desk}/claims.jsonl{query}").text.splitlines()]
    assert page == table == lines
    assert bool(page) is some


def test_a_card_tells_how_its_claim_was_read(desk: str) -> None:
    article = border_war(UNNAMED, 2, "border-1b")
    claim = next(c for c in article.reading.claims if c.word == "alleged")
    page = ask(f"{desk}/articles/border?claim={claim.claim_id}").text
    told = page[page.index("<summary>How this was read") : page.index("</details>")]
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", told)).split())
    assert "act bombing ASSAULT" in words
    assert "Uu, passing it on, taking no stand" in words
    assert "a voice of the chain only alleges it" in words


def test_permalinks_of_the_export_lead_to_the_card(desk: str) -> None:
    row = next(csv.DictReader(io.StringIO(ask(f"{desk}/claims.csv?word=denied").text)))
    assert row["permalink"].startswith(desk)
    assert 'id="card"' in ask(row["permalink"].partition("#")[0]).text


def test_an_event_counts_its_origins_and_shows_both_sides(desk: str) -> None:
    page = ask(f"{desk}/events").text
    assert "<b>3</b> articles, <b>2</b> origins" in page
    assert re.search(
        r'<p class="told"><span class="pill w-[a-z]+">[a-z]+</span> <span dir="auto">[A-Z].*\.</span>', page
    )
    links = re.findall(r"/events/[0-9a-f]{20}", page)
    dossiers = [ask(desk + link).text for link in dict.fromkeys(links)]
    clash = next(d for d in dossiers if "4 fighters" in d)
    assert "6 fighters" in clash
    assert "copied from" in clash
    assert "shares 7 of 8 sentences" in clash


def test_edits_tell_claims_before_text(desk: str) -> None:
    page = ask(f"{desk}/articles/border/edits").text
    assert page.index("What changed of the claims") < page.index("What changed of the text")
    assert "without notice" in page


def test_right_to_left_text_is_marked_for_it(desk: str) -> None:
    page = ask(f"{desk}/articles/arabic").text
    assert 'lang="ar"' in page
    assert '<p dir="auto">قالت' in page


EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}"


def test_hostile_words_are_only_words(ledger: Place) -> None:
    d = Draft(f"{EVIL} seized {EVIL} X on Friday", publisher=EVIL, headline=EVIL, input_id="evil", article_id="evil")
    d.name(EVIL, "e1", "ORG")
    place = d.name(EVIL, "e2", "GPE", n=2)
    d.place(place, EVIL, (1.0, 2.0), 1)
    d.link("e1", "local:x", EVIL)
    friday = d.time("on Friday", "2031-11-07")
    actor, where = d.arg("actor", EVIL, "e1"), d.arg("place", EVIL, "e2", place, n=2)
    seized = d.event("seized", "seize", "control", actor, where, d.arg("time", "on Friday", None, friday))
    said = d.said("seized", EVIL, "e1", content="X")
    claim = d.claim(seized, "Uu CT+", "reported", said)
    article = d.done()
    version = replace(article.version, url="javascript:alert(1)", published=EVIL)
    article = replace(article, version=version, reading=replace(article.reading, problems=(EVIL,), reader=EVIL))
    with Writer(ledger) as writer:
        append(writer, article)
    with served(ledger) as address:
        paths = [
            "/",
            f"/articles/evil?claim={claim}",
            "/claims",
            "/articles/evil/edits",
            f"/claims?text={'%3Cscript%3E'}",
        ]
        pages = [ask(address + path).text for path in paths]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page
        assert "49" not in re.findall(r"&#39;(\d+)", page)
    assert "&lt;script&gt;" in pages[1]

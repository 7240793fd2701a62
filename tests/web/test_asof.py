"""``?asof=``: pages of the desk as the ledger stood, from both stores; whoever follows a link stays there."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from playwright.sync_api import Browser, expect

from khabar.ledger.store import Stamp, Writer
from khabar.stores import Place
from tests.conftest import NewLedger
from tests.ledger.making import STAMP, arrival, make_article, make_fusion, revised
from tests.web.asking import ask
from tests.web.conftest import served

JANUARY, FEBRUARY, MARCH = ("2026-01-05T10:00:00Z", "2026-02-05T10:00:00Z", "2026-03-05T10:00:00Z")
FIRST = make_article("one")
ARTICLE = f"/articles/{FIRST.version.article_id}"
OTHER = make_article("two", who="the Vesh army", where="Tal Dorin")
PAGES = ("/", "/claims", "/claims?word=reported", "/events", ARTICLE, f"{ARTICLE}/edits")


def at(moment: str) -> Stamp:
    return replace(STAMP, recorded_at=moment)


def fill(path: Place) -> None:
    """January: an article and its event. February: its name is gone. March: another article."""
    second, revision = revised(FIRST, who="armed men", where="Port Maraq")
    with Writer(path) as writer:
        for article, change, moment in ((FIRST, None, JANUARY), (second, revision, FEBRUARY), (OTHER, None, MARCH)):
            said = {c.claim_id: article.version.text.split(" on ")[0] for c in article.reading.claims}
            came = arrival(article)
            writer.append_article(article, arrival=came, revision=change, sentences=said, stamp=at(moment))
            writer.append_fusion(make_fusion(article), covers=moment, stamp=at(moment))


@pytest.fixture(scope="module")
def desk(new_ledger: NewLedger) -> Iterator[str]:
    path = new_ledger()
    fill(path)
    with served(path) as address:
        yield address


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def main_of(page: str) -> str:
    return words(page[page.index("<main") : page.index("</main>")])


@pytest.mark.parametrize(
    ("moment", "there", "not_there"),
    [
        ("2026-01", ["Orlan rebels shelled"], ["armed men", "Vesh"]),
        ("2026-01-05T10:00:00Z", ["Orlan rebels shelled"], ["armed men", "Vesh"]),
        ("%232", ["Orlan rebels shelled"], ["armed men", "Vesh"]),
        ("2026-02", ["armed men shelled"], ["Orlan rebels", "Vesh"]),
        ("2026-03", ["armed men shelled", "the Vesh army shelled"], ["Orlan rebels"]),
        ("", ["armed men shelled", "the Vesh army shelled"], ["Orlan rebels"]),
    ],
)
def test_claims_are_those_of_then(desk: str, moment: str, there: list[str], not_there: list[str]) -> None:
    told = main_of(ask(f"{desk}/claims?asof={moment}").text)
    assert all(word in told for word in there)
    assert not any(word in told for word in not_there)


def test_every_kind_of_page_is_that_of_then(desk: str) -> None:
    assert "1 article " in main_of(ask(f"{desk}/?asof=2026-02").text)
    assert "2 articles" in main_of(ask(f"{desk}/").text)
    assert "one version so far" in main_of(ask(f"{desk}{ARTICLE}/edits?asof=2026-01").text)
    assert "one version so far" not in main_of(ask(f"{desk}{ARTICLE}/edits").text)
    assert "Orlan rebels" in main_of(ask(f"{desk}{ARTICLE}?asof=2026-01").text)
    assert "Orlan rebels" not in main_of(ask(f"{desk}{ARTICLE}").text)
    then, now = (re.findall(r"/events/([0-9a-f]{20})", ask(f"{desk}/events{q}").text) for q in ("?asof=2026-01", ""))
    assert then
    assert not set(then) & set(now)
    assert ask(f"{desk}/events/{then[0]}").status == 404
    assert ask(f"{desk}/events/{then[0]}?asof=2026-01").status == 200


def test_a_page_says_that_it_is_of_then_and_leads_to_now(desk: str) -> None:
    page = ask(f"{desk}/claims?word=reported&asof=2026-01").text
    assert "As the ledger stood at 2026-01 : entry 2 of its log" in words(page)
    (now,) = re.findall(r'<a href="([^"]*)">As it is now', page)
    assert unescape(now) == "/claims?word=reported&asof="
    assert "As the ledger stood" not in ask(f"{desk}{unescape(now)}").text


@pytest.mark.parametrize("path", PAGES)
def test_every_link_and_form_of_a_page_stays_there(desk: str, path: str) -> None:
    page = ask(f"{desk}{path}{'&' if '?' in path else '?'}asof=%232").text
    links = [unescape(link) for link in re.findall(r'<a [^>]*?href="(/[^"]*)"', page)]
    assert len(links) > 5
    assert [link for link in links if "asof=%232" not in link] == [link for link in links if link.endswith("asof=")]
    forms = re.findall(r"<form .*?</form>", page, re.DOTALL)
    assert forms
    assert all('name="asof"' in form for form in forms)
    for link in {link.partition("#")[0] for link in links}:
        assert ask(desk + link).status == 200, link


def test_a_bookmark_shows_the_same_for_ever(ledger: Place) -> None:
    fill(ledger)
    with served(ledger) as address:
        page = ask(f"{address}/claims?actor=army").text
        (link,) = re.findall(r'<a href="([^"]*)" rel="bookmark"', page)
        assert unescape(link) == "/claims?actor=army&asof=%236"
        before = main_of(ask(address + unescape(link)).text)
        assert before == main_of(page)
        with Writer(ledger) as writer:
            late = make_article("three", who="the Karvan army", where="Sorrin")
            writer.append_article(
                late, arrival=arrival(late), revision=None, sentences={}, stamp=at("2026-04-01T00:00:00Z")
            )
        assert main_of(ask(f"{address}/claims?actor=army").text) != before
        assert main_of(ask(address + unescape(link)).text) == before


def test_exports_are_of_then_and_their_links_as_well(desk: str) -> None:
    table = list(csv.DictReader(io.StringIO(ask(f"{desk}/claims.csv?asof=2026-01").text)))
    lines = [json.loads(line) for line in ask(f"{desk}/claims.jsonl?asof=2026-01").text.splitlines()]
    assert (
        [row["claim_id"] for row in table] == [row["claim_id"] for row in lines] == [FIRST.reading.claims[0].claim_id]
    )
    assert {row["permalink"] for row in (*table, *lines)} == {
        f"{desk}{ARTICLE}/v1?claim={FIRST.reading.claims[0].claim_id}&asof=2026-01#card"
    }


@pytest.mark.parametrize("moment", ["yesterday", "2025", "%230", "%23x", "%3Cscript%3E"])
def test_what_is_no_moment_is_said_and_not_kept(desk: str, moment: str) -> None:
    answer = ask(f"{desk}/claims?asof={moment}")
    assert answer.status == 400
    assert any(word in answer.text for word in ("is no moment", "no record from", "is no entry"))
    assert "<script>" not in answer.text
    assert "asof=" not in answer.text[answer.text.index("<header") : answer.text.index("<main")]


def test_what_was_not_there_then_is_named(desk: str) -> None:
    answer = ask(f"{desk}/articles/{OTHER.version.article_id}?asof=2026-01")
    assert answer.status == 404
    assert "did not have it as of 2026-01" in words(answer.text)


@pytest.mark.browser
def test_looking_back_in_a_browser(browser: Browser, desk: str) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{desk}/claims?word=reported")
    expect(page.locator("main")).to_contain_text("armed men shelled")
    page.get_by_label("As it stood at").fill("2026-01-31")
    page.get_by_role("button", name="Look back").click()
    expect(page.locator("main")).to_contain_text("Orlan rebels shelled")
    expect(page.get_by_label("Word")).to_have_value("reported")
    page.locator("main table a").first.click()
    expect(page.locator("#card")).to_contain_text("Orlan rebels")
    now = page.get_by_role("link", name="As it is now")
    now.click()
    expect(page.locator(".asof")).to_have_count(0)
    page.go_back()
    expect(page.locator(".asof")).to_contain_text("2026-01-31")
    page.locator("#card .close").click()
    expect(page.locator("#card")).to_have_count(0)
    expect(now).to_have_attribute("href", re.compile(r"^[^?]+\?asof=$"))  # the closed card is not in it
    expect(page.locator(".asof")).to_contain_text("2026-01-31")

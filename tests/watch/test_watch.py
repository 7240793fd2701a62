"""The watch over real loopback servers, with a clock of its own, into both stores: what is asked when, what is recorded."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from khabar.capture.exchange import Asking, Reply, exchange
from khabar.capture.ladder import instant
from khabar.capture.workers import Workers
from khabar.ledger import questions
from khabar.ledger.alerting import ready
from khabar.ledger.verify import verify
from khabar.ledger.watching import targets
from khabar.model.changes import EditClass
from khabar.model.watching import Result, TargetKind
from khabar.run import asking
from khabar.stores import Place
from tests.watch.site import BODY, START, Answered, Desk, Site, Time, page, rss, serving, versions

DAY = 86_400


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1) as running:
        yield running


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def desk(ledger: Place, site: Site, workers: Workers) -> Iterator[Desk]:
    running = Desk(ledger, site, workers, Time())
    yield running
    running.writer.close()


def results(desk: Desk, url: str | None = None) -> list[str]:
    return [str(a.result) for a in desk.attempts(url)]


def edit_classes(desk: Desk) -> list[list[str]]:
    rows = reversed(questions.edits(desk.writer.view))
    return [[str(e.edit_class) for e in row.revision.edits] for row in rows]


def test_a_feed_is_asked_and_its_pages_are_taken(desk: Desk, site: Site) -> None:
    links = [site.put(f"/{n}", page(f"Bridge {n} at Sorrin to reopen")) for n in (1, 2, 3)]
    feed = site.put("/feed", rss(*links), kind="application/rss+xml")
    desk.watch(feed, kind=TargetKind.FEED)
    counts = desk.go().counts
    assert (counts.listed, counts.new, counts.unchanged, counts.revised) == (3, 3, 0, 0)
    assert [v.headline for v in versions(desk.writer)] == [f"Bridge {n} at Sorrin to reopen" for n in (1, 2, 3)]
    assert all(v.carriers[4] == "Bridge at Sorrin to reopen" for v in versions(desk.writer))
    assert counts.line().startswith("asked 5, listed 3; new 3, unchanged 0, revised 0, withdrawn 0")
    assert not verify(desk.writer.view).faults


def test_requests_to_one_host_are_two_seconds_apart_and_robots_comes_first(desk: Desk, site: Site) -> None:
    links = [site.put(f"/{n}", page(f"Bridge {n} at Sorrin to reopen")) for n in (1, 2, 3)]
    desk.watch(*links)
    desk.go()
    assert site.seen[0][1] == "/robots.txt"
    moments = [instant(a.asked_at) for a in desk.attempts()]
    assert all(b - a >= timedelta(seconds=2) for a, b in itertools.pairwise(moments))


def test_robots_is_obeyed_and_recorded(desk: Desk, site: Site) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private/\nCrawl-delay: 7", kind="text/plain")
    hidden, open_ = site.put("/private/1", page()), site.put("/open/1", page())
    desk.watch(hidden, open_)
    desk.go()
    assert results(desk, hidden) == [Result.ROBOTS]
    assert results(desk, open_) == [Result.OK]
    assert not site.asked("/private/1")


def test_a_robots_file_that_our_own_gate_refuses_is_no_wish_of_the_host(desk: Desk, site: Site) -> None:
    site.routes["news.example", "/robots.txt"] = Answered(b"", 302, {"Location": "http://10.0.0.1/robots.txt"})
    url = site.put("/1", page())
    desk.watch(url)
    desk.go()
    assert results(desk, url) == [Result.REFUSED]
    assert "10.0.0.1" in (desk.attempts(url)[0].reason or "")
    assert not site.asked("/1")


def test_a_lost_robots_file_stops_the_host(desk: Desk, site: Site) -> None:
    site.put("/robots.txt", b"", status=500)
    url = site.put("/1", page())
    desk.watch(url)
    desk.go()
    assert results(desk, url) == [Result.UNREACHABLE]
    site.put("/robots.txt", b"", kind="text/plain")
    desk.go(1200)
    assert Result.OK in results(desk, url)


def test_the_ladder_and_the_tail(desk: Desk, site: Site) -> None:
    url = site.put("/1", page())
    desk.watch(url)
    desk.go(3 * 3600)
    first = len(desk.attempts(url))
    assert 10 <= first <= 15  # every 15 minutes, a fifth more or less
    desk.go(21 * 3600)
    assert 17 <= len(desk.attempts(url)) - first <= 26  # every hour
    desk.time.at = START + timedelta(days=91)
    desk.go()
    (target,) = targets(desk.writer.view)
    assert (target.due_at, target.why) == (None, "done")
    asked = len(desk.attempts(url))
    desk.time.at += timedelta(days=40)
    desk.go()
    assert len(desk.attempts(url)) == asked


def test_every_eighth_request_is_unconditional(desk: Desk, site: Site) -> None:
    url = site.put("/1", page(), headers={"ETag": '"a"'})
    desk.watch(url)
    desk.go(6 * 3600)
    sent = ["if-none-match" in headers for headers in site.asked("/1")]
    assert len(sent) > 12
    assert [n for n, conditional in enumerate(sent) if not conditional] == list(range(0, len(sent), 8))
    assert set(results(desk, url)) == {Result.OK, Result.NOT_MODIFIED}


def test_a_validator_that_lies_is_caught_within_eight_checks(desk: Desk, site: Site) -> None:
    url = site.put("/1", page(), headers={"ETag": '"a"'})
    desk.watch(url)
    desk.go()
    site.put("/1", page("Bridge at Sorrin stays closed"), headers={"ETag": '"a"'})
    before = len(desk.attempts(url))
    while len(versions(desk.writer)) < 2:
        desk.time.at += timedelta(minutes=18)
        desk.go()
        assert len(desk.attempts(url)) - before <= 8
    assert versions(desk.writer)[-1].headline == "Bridge at Sorrin stays closed"


def test_304_to_a_plain_request_is_no_news(desk: Desk, site: Site) -> None:
    url = site.put("/1", b"", status=304)
    desk.watch(url)
    desk.go()
    assert results(desk, url) == [Result.MALFORMED]


def test_a_change_is_confirmed_a_minute_or_two_later(desk: Desk, site: Site) -> None:
    url = site.put("/1", page("General Orlan blamed for raid"))
    desk.watch(url)
    desk.go()
    site.put("/1", page("Officer blamed for raid"))
    desk.go(20 * 60)
    told = [a for a in desk.attempts(url) if a.outcome == "revised" or a.confirms]
    assert [a.outcome for a in told] == ["revised", "unchanged"]
    assert 60 <= (instant(told[1].asked_at) - instant(told[0].asked_at)).total_seconds() <= 122
    (revision,) = questions.edits(desk.writer.view)
    assert EditClass.NAME_GENERALISED in {e.edit_class for e in revision.revision.edits}


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        (Answered(b"", 404), Result.NOT_FOUND),
        (Answered(b"", 410), Result.GONE),
        (Answered(b"", 451), Result.LEGAL),
        (Answered(b"<html><title>Page not found</title><h1>Page not found</h1><p>Try again.</p></html>"), Result.SOFT_404),
        (Answered(b"", 302, {"Location": "/"}), Result.MOVED_HOME),
    ],
    ids=lambda value: str(value) if isinstance(value, Result) else "",
)  # fmt: skip
def test_a_withdrawal_is_confirmed_named_and_undone(desk: Desk, site: Site, answer: Answered, label: Result) -> None:
    site.put("/", page("The Sorrin Post"))
    url = site.put("/news/1", page())
    desk.watch(url)
    desk.go()
    site.routes["news.example", "/news/1"] = answer
    counts = desk.go(20 * 60).counts
    assert counts.withdrawn == 1
    assert edit_classes(desk) == [["WITHDRAWN"]]
    assert str(label) in questions.edits(desk.writer.view)[0].revision.edits[0].after_text
    assert results(desk, url)[1:3] == [label, label]
    site.put("/news/1", page())
    assert desk.go(6 * 3600).counts.restored == 1
    assert edit_classes(desk) == [["WITHDRAWN"], ["RESTORED"]]
    assert not verify(desk.writer.view).faults


def test_a_passing_absence_is_no_withdrawal(desk: Desk, site: Site) -> None:
    url = site.put("/1", page())
    desk.watch(url)
    desk.go()
    site.put("/1", b"", status=404)
    desk.time.at += timedelta(minutes=18)
    desk.go(20)  # less than the minute after which the absence would be confirmed
    site.put("/1", page())
    desk.go(600)
    assert Result.NOT_FOUND in results(desk, url)
    assert edit_classes(desk) == []


def test_a_paywall_is_not_an_edit(desk: Desk, site: Site) -> None:
    url = site.put("/1", page())
    desk.watch(url)
    desk.go()
    site.put("/1", page("Bridge at Sorrin to reopen", BODY[0], "Subscribe to continue reading"))
    desk.go(20 * 60)
    assert Result.PAYWALL in results(desk, url)
    assert len(versions(desk.writer)) == 1
    kept = [a for a in desk.attempts(url) if a.result is Result.PAYWALL]
    assert questions.body(desk.writer.view, kept[0].body_sha256 or "") is not None


def test_flapping_ends_on_the_ladder_with_all_bodies_kept(ledger: Place, site: Site, workers: Workers) -> None:
    told: list[str] = []
    desk = Desk(ledger, site, workers, Time(), lambda version_id, stamp: told.append(version_id))
    turns = [0]

    def either(headers: dict[str, str]) -> Answered:
        turns[0] += 1
        return Answered(page("Bridge to reopen in May" if turns[0] % 2 else "Bridge to reopen in June"))

    site.routes["news.example", "/1"] = either
    desk.watch(site.url("/1"))
    desk.go(3 * 3600)
    bodies = desk.writer.view.rows("SELECT count(*) FROM body")[0][0]
    asked = len(desk.attempts())
    assert (bodies, told) == (2, [])
    assert asked <= 60
    desk.writer.close()


def test_a_slot_that_changes_at_every_fetch_hides_no_edit_and_is_none(desk: Desk, site: Site) -> None:
    turns = itertools.count()
    title = ["General Orlan ordered the bridge shut"]

    def answer(headers: dict[str, str]) -> Answered:
        return Answered(
            page(title[0], *BODY, f"Sorrin has {next(turns) + 11} degrees now, the station at the port says.")
        )

    site.routes["news.example", "/1"] = answer
    desk.watch(site.url("/1"))
    desk.go(3600)
    title[0] = "Officer ordered the bridge shut"
    desk.go(3 * 3600)
    assert len(questions.edits(desk.writer.view)) > 4
    told = [{e.edit_class for e in due.revision.edits} for due in ready(desk.writer.view)]
    loud = [classes for classes in told if classes - {EditClass.STYLE}]
    assert len(loud) == 1
    assert EditClass.NAME_GENERALISED in loud[0]
    assert EditClass.NUMBER_CHANGED not in loud[0]


def test_a_feed_that_says_something_new_pulls_the_page_forward(desk: Desk, site: Site) -> None:
    link = site.put("/1", page())
    feed = site.put("/feed", rss(link), kind="application/rss+xml")
    desk.watch(feed, kind=TargetKind.FEED)
    desk.go(26 * 3600)
    site.put("/1", page("Bridge at Sorrin stays closed"))
    site.put("/feed", rss(link, title="Bridge at Sorrin stays closed"), kind="application/rss+xml")
    changed = desk.run.clock()
    desk.go(2 * 3600)
    told = next(a.asked_at for a in desk.attempts(feed) if a.asked_at > changed)
    pulled = next(a.asked_at for a in desk.attempts(link) if a.asked_at >= told)
    assert (instant(pulled) - instant(told)).total_seconds() <= 10


def test_a_killed_watch_goes_on_where_it_was(desk: Desk, site: Site) -> None:
    links = [site.put(f"/{n}", page(f"Bridge {n} at Sorrin to reopen")) for n in range(6)]
    desk.watch(site.put("/feed", rss(*links), kind="application/rss+xml"), kind=TargetKind.FEED)
    desk.go(7)
    done = {a.url for a in desk.attempts()}
    other = desk.again()
    other.go()
    new = [a.url for a in other.attempts() if a.outcome == "new"]
    assert sorted(new) == sorted(links)
    assert 0 < len(done) < 7
    other.writer.close()
    desk.writer = other.again().writer


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        (Answered(b"", 500), Result.SERVER_ERROR),
        (Answered(b"", 503, {"Retry-After": "3000"}), Result.BUSY),
        (Answered(b"", 403), Result.CLIENT_ERROR),
        (Answered(b"%PDF", 200, kind="application/pdf"), Result.UNREADABLE),
        (Answered(b"<p></p>", 200), Result.UNREADABLE),
        (Answered(b"", 302, {"Location": "http://10.0.0.1/"}), Result.REFUSED),
        (Answered(b"", 302, {"Location": "/1"}), Result.REDIRECT),
        (Answered(b"x" * (9 << 20), 200), Result.TOO_LARGE),
    ],
    ids=lambda value: str(value) if isinstance(value, Result) else "",
)  # fmt: skip
def test_every_attempt_has_its_label(desk: Desk, site: Site, answer: Answered, label: Result) -> None:
    site.routes["news.example", "/1"] = answer
    desk.watch(site.url("/1"))
    desk.go()
    assert results(desk) == [label]
    (target,) = targets(desk.writer.view)
    wait = (instant(target.due_at or "") - START).total_seconds()
    if label is Result.SERVER_ERROR:
        assert wait < 200
    else:
        assert wait > 90


def test_retry_after_is_obeyed(desk: Desk, site: Site) -> None:
    site.routes["news.example", "/1"] = Answered(b"", 503, {"Retry-After": "3000"})
    desk.watch(site.url("/1"))
    desk.go()
    site.put("/1", page())
    desk.go(4000)
    moments = [instant(a.asked_at) for a in desk.attempts()]
    assert (moments[1] - moments[0]).total_seconds() >= 3000


def test_a_sitemap_and_its_news(desk: Desk, site: Site) -> None:
    one, two = site.put("/1", page("Bridge one at Sorrin")), site.put("/2", page("Bridge two at Sorrin"))
    entry = "<url><loc>{}</loc><lastmod>{}</lastmod></url>"
    urls = (
        entry.format(one, "2026-02-28")
        + entry.format(two, "2025-01-01")
        + entry.format("http://other.example/", "2026-02-28")
    )
    site.put("/s1.xml", f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode())
    index = f"<sitemapindex><sitemap><loc>{site.url('/s1.xml')}</loc></sitemap></sitemapindex>".encode()
    desk.watch(site.put("/sitemap.xml", index), kind=TargetKind.SITEMAP)
    desk.go()
    assert [v.headline for v in versions(desk.writer)] == ["Bridge one at Sorrin"]


def test_two_watches_of_one_ledger(desk: Desk, site: Site, workers: Workers) -> None:
    links = [site.put(f"/{n}", page(f"Bridge {n} at Sorrin to reopen")) for n in range(4)]
    desk.watch(site.put("/feed", rss(*links), kind="application/rss+xml"), kind=TargetKind.FEED)
    other = Desk(desk.path, site, workers, desk.time)
    desk.go(5)
    for turn, title in enumerate(("stays closed", "reopens at last", "stays closed")):
        for number in range(4):
            site.put(f"/{number}", page(f"Bridge {number} {title}"))
        (desk, other)[turn % 2].go(600)
        (other, desk)[turn % 2].go(1800)
    assert {v.url: v.headline for v in versions(other.writer)} == {
        link: f"Bridge {n} stays closed" for n, link in enumerate(links)
    }
    assert {v.version_id for v in versions(desk.writer)} == {v.version_id for v in versions(other.writer)}
    assert not verify(desk.writer.view).faults
    other.writer.close()


@pytest.mark.parametrize("where", ["P:////]", "http://xn--.x%2e/", "//[", "http://[::1", "\x00"])
def test_a_redirect_to_nowhere_ends_no_watch(where: str, desk: Desk, site: Site) -> None:
    bad = site.put("/1", status=302, headers={"Location": where})
    good = site.put("/2", page())
    desk.watch(bad, good)
    desk.go()
    assert set(results(desk, bad)) <= {Result.REDIRECT, Result.MALFORMED, Result.REFUSED, Result.UNREACHABLE}
    assert results(desk, good)[0] == Result.OK


def test_a_mistake_of_ours_ends_one_request(desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = site.put("/1", page()), site.put("/2", page("Bridge two at Sorrin to reopen"))

    def mistaken(wanted: Asking, **more: Any) -> Reply:
        if wanted.url == bad:
            raise IndexError("made for this test")
        return exchange(wanted, **more)

    monkeypatch.setattr(asking, "exchange", mistaken)
    desk.watch(bad, good)
    desk.go()
    assert results(desk, good)[0] == Result.OK
    assert {(a.result, (a.reason or "")[:30]) for a in desk.attempts(bad)} == {
        (Result.MALFORMED, "a fault of khabar (IndexError:")
    }

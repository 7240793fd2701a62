"""A capture that comes late goes to its place: as state, as edit, in a bundle, in alerts; what came before stays told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from khabar.errors import Overtaken
from khabar.ledger import questions
from khabar.ledger.alerting import ready
from khabar.ledger.answers import ClaimFilter
from khabar.ledger.gathering import gather
from khabar.ledger.purge import purge
from khabar.ledger.store import Outcome, Placed, Stamp, State, View, Writer, open_view
from khabar.ledger.verify import verify
from khabar.model.documents import Submission
from khabar.run.stages import arrive, take_in
from khabar.stores import Place
from tests.ledger.making import TEXT
from tests.run.fakes import BENCH

URL = "https://kestrel.example/one"
NOW = Stamp(recorded_at="2026-06-01T00:00:00Z", run_id="run-1", code_version="khabar test")
FIRST, SECOND, THIRD, FOURTH = (f"2026-03-0{n}T00:00:00Z" for n in (1, 2, 3, 4))


def capture(who: str, at: str) -> Submission:
    words = TEXT.format(who=who, where="Port Maraq")
    return Submission(name=URL, input_id=URL, url=URL, text=words, observed_at=at, memento=True)


def put(writer: Writer, who: str, at: str, stamp: Stamp = NOW) -> Outcome:
    return take_in(capture(who, at), writer, BENCH, stamp)


def names(view: View) -> list[str]:
    """Who shelled the port, state by state."""
    (article,) = questions.articles(view)
    told = []
    for number, row in enumerate(questions.versions_of(view, article.article_id), 1):
        assert row.ordinal == number
        read = questions.read_article(view, row.version_id)
        told.append(read.version.text.split(" shelled ")[0] if read else "(purged)")
    return told


def article_id(view: View) -> str:
    """The only article's."""
    return questions.articles(view)[0].article_id


def edits(view: View) -> list[tuple[int, str, str]]:
    """The state that an edit led to, the words before and after, in the order of states."""
    rows = sorted(questions.edits(view), key=lambda row: row.after_ordinal)
    return [(r.after_ordinal, r.revision.edits[0].before_text, r.revision.edits[0].after_text) for r in rows]


def test_an_older_capture_is_no_new_state(ledger: Place) -> None:
    with Writer(ledger) as writer:
        assert put(writer, "armed men", THIRD) is Outcome.NEW
        assert put(writer, "rebels", FIRST) is Outcome.REVISED
        assert names(writer.view) == ["rebels", "armed men"]
        assert edits(writer.view) == [(2, "rebels", "armed men")]
        assert [row.actor_names for row in questions.claims(writer.view)] == [("armed men",)]
        assert put(writer, "gunmen", SECOND) is Outcome.REVISED
        assert names(writer.view) == ["rebels", "gunmen", "armed men"]
        assert edits(writer.view) == [(2, "rebels", "gunmen"), (3, "gunmen", "armed men")]
        steps = [row.after_ordinal for row in questions.edits(writer.view, article_id=article_id(writer.view))]
        assert steps == [3, 2]
        claims = questions.claims(writer.view, ClaimFilter(all_versions=True))
        assert {row.actor_names[0]: row.ordinal for row in claims} == {"rebels": 1, "gunmen": 2, "armed men": 3}
        assert put(writer, "the army", FOURTH) is Outcome.REVISED
        assert names(writer.view) == ["rebels", "gunmen", "armed men", "the army"]
        assert questions.totals(writer.view).edits == 3
        assert questions.totals(writer.view).versions == 4
        assert verify(writer.view).faults == ()


def test_what_was_told_before_it_came_can_be_shown_again(ledger: Place) -> None:
    with Writer(ledger) as writer:
        for who, at in (("rebels", FIRST), ("armed men", THIRD), ("gunmen", SECOND)):
            put(writer, who, at)
    with open_view(ledger, moment="#2") as then:
        assert names(then) == ["rebels", "armed men"]
        assert edits(then) == [(2, "rebels", "armed men")]
    with open_view(ledger) as now:
        assert names(now) == ["rebels", "gunmen", "armed men"]


def test_the_same_capture_twice_is_one_and_a_state_may_begin_earlier(ledger: Place) -> None:
    with Writer(ledger) as writer:
        put(writer, "rebels", FIRST)
        put(writer, "armed men", THIRD)
        assert put(writer, "rebels", FIRST) is Outcome.UNCHANGED
        assert put(writer, "armed men", SECOND) is Outcome.UNCHANGED
        assert names(writer.view) == ["rebels", "armed men"]
        (article,) = questions.articles(writer.view)
        read = questions.read_article(writer.view, article.version_id)
        assert read is not None
        assert read.version.first_memento_at == SECOND
        assert put(writer, "armed men", "2026-02-01T00:00:00Z") is Outcome.REVISED
        assert names(writer.view) == ["armed men", "rebels", "armed men"]
        assert [number for number, _, _ in edits(writer.view)] == [2, 3]


def test_the_order_of_the_log_counts_where_the_clock_of_a_watch_was_wrong(ledger: Place) -> None:
    with Writer(ledger) as writer:
        for who, at in (("rebels", SECOND), ("armed men", FIRST), ("gunmen", SECOND)):
            put(writer, who, at, replace(NOW, recorded_at=at))
        assert names(writer.view) == ["rebels", "armed men", "gunmen"]


def test_who_was_told_of_an_edit_is_not_told_again(ledger: Place) -> None:
    with Writer(ledger) as writer:
        put(writer, "rebels", FIRST)
        put(writer, "armed men", FOURTH)
        (told,) = ready(writer.view)
        put(writer, "the army", "2026-02-01T00:00:00Z")
        now = ready(writer.view)
        assert [due.revision.edits[0].after_text for due in now] == ["armed men", "rebels"]
        assert now[0].seq == told.seq
        put(writer, "gunmen", SECOND)  # and an edit that never was is told to nobody
        pairs = {(e.before_text, e.after_text) for due in ready(writer.view) for e in due.revision.edits}
        assert pairs == {("the army", "rebels"), ("rebels", "gunmen"), ("gunmen", "armed men")}


def test_a_bundle_holds_the_order_and_a_purge_leaves_it(ledger: Place) -> None:
    with Writer(ledger) as writer:
        put(writer, "armed men", THIRD)
        put(writer, "rebels", FIRST)
        (claim,) = questions.claims(writer.view)
        tables = {table for table, _ in gather(writer.view, [claim.claim_id]).records}
        assert {"state", "arrangement", "revision"} <= tables
        (article,) = questions.articles(writer.view)
        first = questions.versions_of(writer.view, article.article_id)[0].version_id
        purge(writer, [first], reason="court order", operator="me", stamp=NOW)
        assert put(writer, "gunmen", SECOND) is Outcome.REVISED
        assert names(writer.view) == ["(purged)", "gunmen", "armed men"]
        assert verify(writer.view).faults == ()


def test_what_was_made_from_an_older_look_is_not_appended(tmp_path: Path) -> None:
    """Two writers place captures of one article: the second notices, and looks again."""
    with Writer(tmp_path / "l.sqlite") as writer:
        put(writer, "armed men", THIRD)
        came = arrive(capture("rebels", FIRST), NOW)
        (article,) = questions.articles(writer.view)
        state = State(ordinal=1, version_id=article.version_id, revises=None, seen_at=THIRD)
        placed = Placed(
            article_id=article.article_id,
            version_id=article.version_id,
            states=(state,),
            fresh=(),
            revisions=(),
            sightings=0,
        )
        with pytest.raises(Overtaken):
            writer.append_placed(placed, arrival=came, stamp=NOW)
        assert writer.view.rows("SELECT count(*) FROM arrangement") == [(0,)]
        writer.append_placed(replace(placed, sightings=1), arrival=came, stamp=NOW)
        assert writer.view.rows("SELECT count(*) FROM arrangement") == [(1,)]


@pytest.mark.parametrize("memento", [True, False])
def test_a_file_that_is_handed_in_is_the_newest_whatever_its_date(memento: bool, tmp_path: Path) -> None:
    with Writer(tmp_path / "l.sqlite") as writer:
        put(writer, "armed men", THIRD)
        take_in(replace(capture("rebels", FIRST), memento=memento), writer, BENCH, NOW)
        assert names(writer.view) == (["rebels", "armed men"] if memento else ["armed men", "rebels"])


def test_the_same_edit_made_twice_is_told_with_the_time_of_each(ledger: Place) -> None:
    with Writer(ledger) as writer:
        for who, at in (("rebels", FIRST), ("men", SECOND), ("rebels", THIRD), ("men", FOURTH)):
            put(writer, who, at, replace(NOW, recorded_at=at.replace("T00", "T09")))
        noticed = [row.recorded_at[:10] for row in questions.edits(writer.view)]
        assert noticed == ["2026-03-04", "2026-03-03", "2026-03-02"]

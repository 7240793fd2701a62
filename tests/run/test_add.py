"""Many documents into a ledger: nothing twice, a bad one does not stop the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pytest

from khabar.errors import StoreDamaged
from khabar.ledger import questions
from khabar.ledger.store import Outcome, Writer
from khabar.ledger.verify import verify
from khabar.model.articles import ReadArticle
from khabar.model.claims import Reading
from khabar.model.documents import Refusal, Submission, Version
from khabar.model.events import Fusion
from khabar.run.add import Counts, Done, add
from khabar.run.stages import Workbench
from khabar.stores import Place
from tests.run.fakes import BENCH, RUN, fuse, text


@pytest.fixture
def writer(ledger: Place) -> Iterator[Writer]:
    with Writer(ledger) as opened:
        yield opened


def take(writer: Writer, submissions: Iterable[Submission | Refusal], bench: Workbench = BENCH) -> list[Done]:
    done: list[Done] = []
    counts = add(submissions, writer, bench, run=RUN, progress=done.append)
    assert counts == (done[-1].counts if done else Counts())
    return done


def test_a_second_run_adds_nothing(writer: Writer) -> None:
    folder = [text("one"), text("two", "the Vesh army"), text("one", "armed men")]
    assert [d.outcome for d in take(writer, folder)] == [Outcome.NEW, Outcome.NEW, Outcome.REVISED]
    tables = ("body", "version", "state", "reading", "claim", "revision", "fusion", "event")
    before = {t: writer.view.rows(f"SELECT count(*) FROM {t}") for t in tables}
    assert {d.outcome for d in take(writer, folder)} == {Outcome.UNCHANGED}
    assert {t: writer.view.rows(f"SELECT count(*) FROM {t}") for t in tables} == before
    assert len(questions.observations(writer.view)) == 6
    assert verify(writer.view).faults == ()


def test_an_unchanged_text_is_not_read_again(writer: Writer) -> None:
    def never(version: Version) -> Reading:
        raise AssertionError(version.version_id)

    take(writer, [text("one")])
    (done,) = take(writer, [text("one")], replace(BENCH, read=never, make_version=never))  # type: ignore[arg-type]
    assert done.outcome is Outcome.UNCHANGED


def test_other_bytes_with_the_same_words_are_an_observation(writer: Writer) -> None:
    take(writer, [text("one")])
    spaced = replace(text("one"), text=f"{text('one').text}\n")
    (done,) = take(writer, [spaced])
    assert done.outcome is Outcome.UNCHANGED
    assert writer.view.rows("SELECT count(*) FROM body") == [(2,)]
    assert questions.totals(writer.view).versions == 1


def test_the_same_text_of_two_outlets_is_two_articles(writer: Writer) -> None:
    done = take(writer, [text("one"), text("two")])
    assert [d.outcome for d in done] == [Outcome.NEW, Outcome.NEW]
    assert writer.view.rows("SELECT count(*) FROM body") == [(1,)]


def test_a_changed_text_is_a_version_with_its_edits(writer: Writer) -> None:
    take(writer, [text("one"), text("one", "armed men")])
    (row,) = questions.edits(writer.view)
    assert [e.before_text for e in row.revision.edits] == ["Orlan rebels"]
    assert [c.actor_names for c in questions.claims(writer.view)] == [("armed men",)]


def test_a_page_that_goes_back_is_news_but_an_old_file_is_not(writer: Writer) -> None:
    url = "https://kestrel.example/one"
    first, second = (replace(text("one", w), name=url, url=url, input_id=url, memento=True) for w in ("rebels", "men"))
    given = [replace(s, observed_at=f"2026-01-0{n}T00:00:00Z") for n, s in enumerate([first, second, second, first], 1)]
    outcomes = [d.outcome for d in take(writer, given)]
    assert outcomes == [Outcome.NEW, Outcome.REVISED, Outcome.UNCHANGED, Outcome.REVISED]
    assert [v.ordinal for v in questions.versions_of(writer.view, questions.articles(writer.view)[0].article_id)] == [
        1,
        2,
        3,
    ]
    assert verify(writer.view).faults == ()


def test_a_refusal_keeps_the_rest(writer: Writer) -> None:
    inputs: list[Submission | Refusal] = [
        text("one"),
        Refusal(name="x.pdf", input_id="x", reason="unknown ending"),
        Submission(name="empty.txt", input_id="empty", text=""),
        Submission(name="odd.txt", input_id="odd", text="A text that trips the reader."),
        text("two"),
    ]
    done = take(writer, inputs)
    assert [d.outcome.value for d in done] == ["new", "refused", "refused", "refused", "new"]
    assert done[-1].counts == Counts(new=2, refused=3)
    assert done[-1].counts.line() == "read 5, new 2, unchanged 0, revised 0, rejected 3"
    assert done[2].reason == "is empty"
    assert "a fault of khabar (ValueError in fakes.py line" in (done[3].reason or "")
    reasons = [o.reason for o in questions.observations(writer.view) if o.outcome == "refused"]
    assert reasons == [d.reason for d in done[1:4]]
    assert questions.totals(writer.view).articles == 2


def test_a_fault_of_the_store_stops_the_run(writer: Writer) -> None:
    def broken(version: Version) -> Reading:
        raise StoreDamaged(version.version_id)

    with pytest.raises(StoreDamaged):
        take(writer, [text("one")], replace(BENCH, read=broken))


def test_another_language_keeps_its_text_and_gets_no_claims(writer: Writer) -> None:
    take(writer, [Submission(name="fr.txt", input_id="fr", text="Le port a été bombardé.")])
    (row,) = questions.articles(writer.view)
    article = questions.read_article(writer.view, row.version_id)
    assert article is not None
    assert (row.claims, row.language) == (0, "fr")
    assert article.reading.problems == ("language fr: not read, only English is",)


def test_fusing_is_made_good_after_a_run_was_cut_off(writer: Writer) -> None:
    def cut_off(articles: Sequence[ReadArticle]) -> Fusion:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(writer, [text("one")], replace(BENCH, fuse=cut_off))
    assert questions.totals(writer.view).events == 0
    take(writer, [text("one")])
    assert questions.totals(writer.view).events == 1


def test_fusing_sees_the_newest_versions_once(writer: Writer) -> None:
    seen: list[int] = []

    def count(articles: Sequence[ReadArticle]) -> Fusion:
        seen.append(len(articles))
        return fuse(articles)

    bench = replace(BENCH, fuse=count)
    take(writer, [text("one"), text("two"), text("one", "armed men")], bench)
    take(writer, [text("one", "armed men")], bench)
    assert seen == [2]


def test_inputs_are_taken_one_at_a_time(writer: Writer) -> None:
    stored: list[int] = []

    def inputs() -> Iterator[Submission]:
        for number in range(3):
            stored.append(questions.totals(writer.view).versions)
            yield text(f"n{number}")

    take(writer, inputs())
    assert stored == [0, 1, 2]


def test_every_row_says_when_by_whom_and_by_what(writer: Writer) -> None:
    take(writer, [text("one")])
    stamp = RUN.stamp()
    sql = "SELECT DISTINCT recorded_at, run_id, code_version FROM claim"
    assert writer.view.rows(sql) == [(stamp.recorded_at, stamp.run_id, stamp.code_version)]

"""Two writers with one ledger, in a file and on a server: whoever is overtaken looks again; nothing is lost or doubled."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from khabar.ledger import questions
from khabar.ledger.intake import coverage, covered
from khabar.ledger.store import Outcome, Writer
from khabar.ledger.verify import verify
from khabar.ledger.watching import append_absence, append_derivation
from khabar.model.articles import ReadArticle
from khabar.model.changes import EditClass
from khabar.model.documents import Submission
from khabar.model.events import Fusion
from khabar.run.add import add
from khabar.run.stages import Workbench, take_in
from khabar.stores import Place
from tests.run.fakes import BENCH, RUN, fuse, text

STAMP = RUN.stamp()


@pytest.fixture
def pair(ledger: Place) -> Iterator[tuple[Writer, Writer]]:
    with Writer(ledger) as one, Writer(ledger) as other:
        yield one, other


def overtaken(*acts: Callable[[], object]) -> Workbench:
    """A workbench with which somebody else gets ahead just before each append."""
    left = list(acts)

    def sentences(article: ReadArticle) -> dict[str, str]:
        if left:
            left.pop(0)()
        return dict(BENCH.sentences(article))

    return replace(BENCH, sentences=sentences)


def history(writer: Writer) -> list[tuple[int, str | None, str]]:
    """(ordinal, what it revises, the version) of the only article."""
    (article,) = questions.articles(writer.view)
    return [(v.ordinal, v.revises, v.version_id) for v in questions.versions_of(writer.view, article.article_id)]


def check(writer: Writer, edits: int) -> None:
    """Every state follows on the one before, every edit leads from one to the next, and the log fits."""
    told = history(writer)
    assert [ordinal for ordinal, _, _ in told] == list(range(1, len(told) + 1))
    assert [revises for _, revises, _ in told] == [None, *(version for _, _, version in told[:-1])]
    rows = questions.edits(writer.view)
    assert {(r.before_ordinal, r.after_ordinal) for r in rows} == {(n, n + 1) for n in range(1, edits + 1)}
    assert len(rows) == edits
    assert verify(writer.view).faults == ()


def test_an_article_that_somebody_else_revised_meanwhile(pair: tuple[Writer, Writer]) -> None:
    one, other = pair
    take_in(text("one"), one, BENCH, STAMP)
    bench = overtaken(lambda: take_in(text("one", "soldiers"), other, BENCH, STAMP))
    assert take_in(text("one", "armed men"), one, bench, STAMP) is Outcome.REVISED
    assert len(history(one)) == 3
    check(one, edits=2)
    assert {row.actor_names for row in questions.claims(other.view)} == {("armed men",)}


def test_being_overtaken_twice(pair: tuple[Writer, Writer]) -> None:
    one, other = pair
    bench = overtaken(
        lambda: take_in(text("one", "soldiers"), other, BENCH, STAMP),
        lambda: take_in(text("one", "sailors"), other, BENCH, STAMP),
    )
    assert take_in(text("one", "armed men"), one, bench, STAMP) is Outcome.REVISED
    assert len(history(other)) == 3
    check(other, edits=2)


def test_the_same_document_at_the_same_time(pair: tuple[Writer, Writer]) -> None:
    one, other = pair
    bench = overtaken(lambda: take_in(text("one"), other, BENCH, STAMP))
    assert take_in(text("one"), one, bench, STAMP) is Outcome.UNCHANGED
    assert len(history(one)) == 1
    assert [o.outcome for o in questions.observations(one.view)] == ["new", "unchanged"]
    check(one, edits=0)


def test_events_are_those_of_everything_that_stands_there(pair: tuple[Writer, Writer]) -> None:
    one, other = pair
    seen: list[int] = []

    def while_another_adds(articles: Sequence[ReadArticle]) -> Fusion:
        if not seen:
            add([text("two", "the Vesh army", "Tal Dorin")], other, BENCH, run=RUN, progress=lambda _: None)
        seen.append(len(articles))
        return fuse(articles)

    bench = replace(BENCH, fuse=while_another_adds)
    add([text("one")], one, bench, run=RUN, progress=lambda _: None)
    assert seen == [1, 2]
    assert covered(one.view) == coverage(one.view, RUN.code_version)
    assert {v for e in questions.events(one.view) for v in e.version_ids} == set(questions.input_ids(one.view))
    assert verify(one.view).faults == ()


def test_what_both_note_stands_there_once(pair: tuple[Writer, Writer]) -> None:
    one, _ = pair
    take_in(text("one"), one, BENCH, STAMP)
    ((version_id,),) = one.view.rows("SELECT version_id FROM version")
    article = questions.read_article(one.view, version_id)
    assert article is not None
    again = replace(article.version, extractor="text 2")
    for writer in pair:
        append_derivation(writer, article.version, again, same=True, stamp=STAMP)
        append_absence(writer, version_id, EditClass.WITHDRAWN, "gone", stamp=STAMP)
    assert one.view.rows("SELECT count(*) FROM derivation") == [(1,)]
    assert one.view.rows("SELECT count(*) FROM revision") == [(1,)]
    assert verify(one.view).faults == ()


def test_a_late_capture_that_was_overtaken_goes_to_its_place(pair: tuple[Writer, Writer]) -> None:
    one, other = pair
    url = "https://kestrel.example/late"

    def seen(who: str, day: int) -> Submission:
        at = f"2025-03-{day:02}T00:00:00Z"
        return replace(text("late", who), name=url, url=url, input_id=url, observed_at=at, memento=True)

    take_in(seen("armed men", 9), one, BENCH, STAMP)
    acts = [
        lambda day=day: take_in(seen(f"Brigade {day}", day), other, BENCH, STAMP) for day in (3, 12)
    ]  # one before it, one after all
    assert take_in(seen("rebels", 6), one, overtaken(*acts), STAMP) is Outcome.REVISED
    check(one, edits=3)
    versions = [questions.read_article(one.view, version_id) for _, _, version_id in history(one)]
    assert [v.version.text.split(" shelled")[0] for v in versions if v] == [
        "Brigade 3", "rebels", "armed men", "Brigade 12",
    ]  # fmt: skip


def test_several_runs_over_the_same_articles_at_once(ledger: Place) -> None:
    """R5 for whole runs: four of them take the same five articles in, each in states of its own."""
    everybody = threading.Barrier(4)

    def running(number: int) -> int:
        chance = random.Random(number)
        given = [text(f"a{chance.randrange(5)}", f"Brigade {number}-{turn}") for turn in range(12)]
        with Writer(ledger) as writer:
            everybody.wait()
            return add(given, writer, BENCH, run=RUN, progress=lambda _: None).read

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(running, range(4))) == [12] * 4
    with Writer(ledger) as writer:
        assert verify(writer.view).faults == ()
        assert len(questions.observations(writer.view)) == 48
        assert {o.outcome for o in questions.observations(writer.view)} == {"new", "revised"}
        assert covered(writer.view) == coverage(writer.view, RUN.code_version)
        for article in questions.articles(writer.view):
            told = questions.versions_of(writer.view, article.article_id)
            assert [v.ordinal for v in told] == list(range(1, len(told) + 1))
            assert [v.revises for v in told] == [None, *(v.version_id for v in told[:-1])]
            assert len(questions.edits(writer.view, article_id=article.article_id)) == len(told) - 1

"""Appending: one transaction an article, nothing overwritten, nothing twice."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from khabar.errors import KhabarError, Overtaken, UsageFault
from khabar.ledger import questions, tables
from khabar.ledger.columns import Table
from khabar.ledger.intake import standing
from khabar.ledger.schema import SCHEMA_VERSION
from khabar.ledger.sqlite import check_library
from khabar.ledger.store import Outcome, Writer, open_view, open_writer
from khabar.ledger.verify import verify
from khabar.model.documents import Refusal
from khabar.model.events import Fusion
from khabar.stores import Place
from tests.ledger.making import (
    STAMP,
    append,
    in_new_order,
    ledger_with,
    make_article,
    make_fusion,
    of_the_watch,
    revised,
)


def test_an_article_comes_back_as_it_went_in(ledger: Place) -> None:
    article = make_article("one")
    with Writer(ledger) as writer:
        assert append(writer, article) is Outcome.NEW
        assert questions.read_article(writer.view, article.version.version_id) == article


def test_the_same_version_again_is_an_observation(ledger: Place) -> None:
    article = make_article("one")
    with Writer(ledger) as writer:
        append(writer, article)
        assert append(writer, article) is Outcome.UNCHANGED
        totals = questions.totals(writer.view)
        assert (totals.versions, totals.claims) == (1, 1)
        assert [o.outcome for o in questions.observations(writer.view)] == ["new", "unchanged"]


def test_a_new_version_has_its_edits(ledger: Place) -> None:
    before = make_article("one")
    after, revision = revised(before, who="armed men", where="Port Maraq")
    with Writer(ledger) as writer:
        append(writer, before)
        assert append(writer, after, revision) is Outcome.REVISED
        (row,) = questions.edits(writer.view)
        assert row.revision == revision
        assert (row.before_ordinal, row.after_ordinal) == (1, 2)
        assert [a.version.ordinal for a in questions.all_current(writer.view)] == [2]
        assert verify(writer.view).faults == ()


def test_a_state_that_comes_back_is_no_new_version(ledger: Place) -> None:
    first = make_article("one")
    second, there = revised(first, who="armed men", where="Port Maraq")
    _, back = revised(second, who="Orlan rebels", where="Port Maraq")
    again = replace(first, version=replace(first.version, ordinal=3, revises=second.version.version_id))
    back = replace(back, to_version_id=first.version.version_id)
    with Writer(ledger) as writer:
        append(writer, first)
        append(writer, second, there)
        assert append(writer, again, back) is Outcome.REVISED
        rows = questions.versions_of(writer.view, first.version.article_id)
        assert [(v.ordinal, v.version_id == first.version.version_id) for v in rows] == [
            (1, True),
            (2, False),
            (3, True),
        ]
        assert questions.count_claims(writer.view) == 1
        assert [(e.before_ordinal, e.after_ordinal) for e in questions.edits(writer.view)] == [(2, 3), (1, 2)]
        assert standing(writer.view, first.version.article_id) == again
        assert writer.view.rows("SELECT count(*) FROM version") == [(2,)]
        assert verify(writer.view).faults == ()


def test_a_refusal_is_a_row(ledger: Place) -> None:
    with Writer(ledger) as writer:
        writer.append_refusal(Refusal(name="x.html", input_id="x", reason="empty"), stamp=STAMP)
        (row,) = questions.observations(writer.view)
        assert (row.outcome, row.reason, row.body_sha256) == ("refused", "empty", None)


def test_half_an_article_is_none(ledger: Place) -> None:
    article = make_article("one")
    after, revision = revised(article, who="armed men", where="Port Maraq")
    with Writer(ledger) as writer:
        append(writer, article)
        with pytest.raises(KhabarError):  # at its last row but one: all others are appended by then
            append(writer, after, replace(revision, from_version_id="a version that is not there"))
        assert questions.totals(writer.view).versions == 1
        assert writer.view.rows("SELECT count(*) FROM body") == [(1,)]
        assert append(writer, after, revision) is Outcome.REVISED
        assert verify(writer.view).faults == ()


def test_what_follows_on_nothing_that_stands_there_is_not_appended(ledger: Place) -> None:
    article = make_article("one")
    after, _ = revised(article, who="armed men", where="Port Maraq")
    with Writer(ledger) as writer:
        with pytest.raises(Overtaken):
            append(writer, after)
        assert writer.view.rows("SELECT count(*) FROM body") == [(0,)]
        append(writer, article)
        with pytest.raises(Overtaken):
            append(writer, make_article("one", who="nobody"))


def test_several_open_a_new_ledger_at_once(ledger: Place) -> None:
    everybody = threading.Barrier(8)

    def opened(number: int) -> Outcome:
        everybody.wait()
        with Writer(ledger) as writer:
            return append(writer, make_article(str(number)))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(opened, range(8))) == [Outcome.NEW] * 8
    with open_view(ledger) as view:
        assert verify(view).faults == ()


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("verb", ["UPDATE {} SET run_id = 'x'", "DELETE FROM {}"])
def test_no_row_is_changed_or_deleted(ledger: Place, table: Table, verb: str) -> None:
    first = make_article("one")
    second, revision = revised(first, who="armed men", where="Port Maraq")
    with Writer(ledger) as writer:
        append(writer, first)
        append(writer, second, revision)
        writer.append_fusion(make_fusion(first), covers="x", stamp=STAMP)
        writer.append_rows([*of_the_watch(first), in_new_order(first)], stamp=STAMP)
        assert writer.view.rows(f"SELECT count(*) > 0 FROM {table.name}") == [(1,)]
        with pytest.raises(KhabarError, match="append-only"):
            writer.connection.script(verb.format(table.name))


def test_replacing_is_deleting(tmp_path: Path) -> None:
    with Writer(tmp_path / "l.sqlite") as writer:
        append(writer, make_article("one"))
        with pytest.raises(KhabarError, match="append-only"):
            writer.connection.script("INSERT OR REPLACE INTO body SELECT * FROM body")


def test_a_new_generation_retires_what_is_gone_and_keeps_what_stayed(ledger: Place) -> None:
    one, two = make_article("one"), make_article("two")
    with Writer(ledger) as writer:
        append(writer, one)
        append(writer, two)
        first, second = make_fusion(one), make_fusion(one, two)
        for fusion in (first, second, first, Fusion(events=(), spells=()), first):
            writer.append_fusion(fusion, covers="x", stamp=STAMP)
            assert questions.events(writer.view) == list(fusion.events)
            assert questions.spells(writer.view) == list(fusion.spells)
        assert writer.view.rows("SELECT count(*) FROM event") == [(2,)]
        assert verify(writer.view).faults == ()


def test_a_view_cannot_write(ledger: Place) -> None:
    path = ledger_with(ledger, make_article("one"))
    with open_view(path) as view, pytest.raises(KhabarError):
        view.rows("INSERT INTO fusion (covers) VALUES ('x')")


def test_a_reader_sees_what_a_writer_commits(ledger: Place) -> None:
    path = ledger
    with open_writer(path) as writer, open_view(path) as view:
        assert questions.totals(view).articles == 0
        append(writer, make_article("one"))
        assert questions.totals(view).articles == 1


def test_no_ledger_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="there is no ledger"):
        open_view(tmp_path / "none.sqlite")


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE t (a)")
    other.close()
    with pytest.raises(UsageFault, match="not a khabar ledger"):
        open_writer(path)


def test_a_newer_ledger_is_refused(tmp_path: Path) -> None:
    path = ledger_with(tmp_path / "l.sqlite", make_article("one"))
    other = apsw.Connection(str(path))
    other.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    other.close()
    with pytest.raises(UsageFault, match="newer khabar"):
        open_view(path)


def test_what_is_not_a_database_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    path.write_bytes(b"not a database at all " * 100)
    with pytest.raises(KhabarError, match="not a database"):
        open_view(path)


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2", "3.7.0"])
def test_an_old_library_is_refused(version: str) -> None:
    with pytest.raises(KhabarError, match=version):
        check_library(version)


def test_the_oldest_safe_library_is_taken() -> None:
    check_library("3.51.3")


def test_the_settings_that_the_promises_need(tmp_path: Path) -> None:
    with Writer(tmp_path / "l.sqlite") as writer:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}
        assert {name: writer.view.rows(f"PRAGMA {name}")[0][0] for name in wanted} == wanted

"""What one more document costs does not grow with the ledger: none of the questions that it raises reads a whole table.

In: documents of every kind into a small ledger, SQLite's own plan of each question. Out: a fault names the question.
The plan of the server is its own affair; it gets the same questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from khabar.ledger.sqlite import SqliteConnection
from khabar.ledger.store import Outcome, Writer
from khabar.model.documents import Refusal
from khabar.run.stages import take_in
from tests.run.fakes import BENCH, RUN, text

HARMLESS = {"SCAN log_entry", "SCAN current_state"}
"""the newest head, by its number; the states of the one article that was asked for"""


def test_no_question_of_a_document_reads_a_whole_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = [text(f"n{n}", seen="2026-01-02T00:00:00Z") for n in range(5)]
    edited = [replace(text(d.input_id, who="armed men"), observed_at="2026-01-04T00:00:00Z") for d in old]
    archived = [
        replace(d, memento=True, observed_at=at) for d in old for at in ("2026-01-01T00:00:00Z", "2026-01-06T00:00:00Z")
    ]
    asked: dict[str, Sequence[Any]] = {}
    outcomes = set()
    with Writer(tmp_path / "l.sqlite") as writer:
        rows = SqliteConnection.rows

        def noted(store: SqliteConnection, sql: str, values: Any = ()) -> list[Any]:
            asked[sql] = values
            return rows(store, sql, values)

        monkeypatch.setattr(SqliteConnection, "rows", noted)
        for document in [*old, *old, *edited, *edited, *archived]:
            outcomes.add(take_in(document, writer, BENCH, RUN.stamp()))
        writer.append_refusal(Refusal(name="x", input_id="x", reason="is no article"), stamp=RUN.stamp())
        monkeypatch.setattr(SqliteConnection, "rows", rows)
        assert isinstance(writer.connection, SqliteConnection)
        plans = {
            sql: {str(row[-1]) for row in rows(writer.connection, f"EXPLAIN QUERY PLAN {sql}", values)}
            for sql, values in asked.items()
            if sql.lstrip().startswith("SELECT")
        }
    assert outcomes == {Outcome.NEW, Outcome.UNCHANGED, Outcome.REVISED}
    whole = {
        sql: [line for line in plan if line.startswith("SCAN") and line not in HARMLESS] for sql, plan in plans.items()
    }
    assert not {sql: lines for sql, lines in whole.items() if lines}

"""CSV: no cell runs, every column is there."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.ledger.answers import ClaimRow
from khabar.show.export.claims import claims_rows
from khabar.show.export.flat import COLUMNS, csv_lines, flat_rows, safe_cell


def row(**changed: object) -> ClaimRow:
    """A row of the ledger."""
    values: dict[str, object] = {
        "claim_id": "c1", "version_id": "v1", "article_id": "a1", "input_id": "in-1", "ordinal": 2, "number": 1,
        "predication_id": "p1", "event_type": None, "relation": "control", "lemma": "seize", "word": "reported",
        "commitments": ("Uu", "CT+"), "polarity": "+", "realis": "actual", "actor_ids": ("x",), "actor_names": ("A", "B"),
        "recipient_ids": (), "recipient_names": (), "place_id": None, "place_name": "Zuri", "country": None,
        "latitude": -15.5, "longitude": 38.0, "earliest": "2031-11-01", "latest": None, "publisher": "Post",
        "published": "2031-11-06", "url": None, "headline": "H", "chain": "Mara > Wire > Post", "depth": 2, "start": 3,
        "end": 9, "quote": "seized", "sentence": "A and B seized Zuri.", "score": 0.5, "reader": "r", "recorded_at": "t",
    }  # fmt: skip
    return ClaimRow(**{**values, **changed})  # type: ignore[arg-type]  # a table of values of many types


def read(lines: list[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(lines), newline="")))


def test_a_claim_in_columns() -> None:
    (out,) = read(list(csv_lines(flat_rows([row()], digests={"v1": "abc"}, base_url="http://127.0.0.1:1"))))
    assert tuple(out) == COLUMNS
    assert (out["first_source"], out["last_source"], out["depth"]) == ("Mara", "Post", "2")
    assert (out["type"], out["actor"], out["lat"], out["latest"]) == ("control", "A; B", "-15.5", "")
    assert out["text_sha256"] == "abc"
    assert out["permalink"] == "http://127.0.0.1:1/articles/a1/v2?claim=c1#card"


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\r=x"])
def test_formulas_are_put_out_of_action(cell: str) -> None:
    (out,) = read(list(csv_lines(flat_rows([row(sentence=cell)], digests={}))))
    assert out["sentence"] == f"'{cell}"


@pytest.mark.parametrize("cell", ["-15.5", "+3", "", "a=b", "’=1"])
def test_numbers_and_words_stay(cell: str) -> None:
    assert safe_cell(cell) == cell


@given(st.text(max_size=30))
def test_any_words_come_back_and_never_run(words: str) -> None:
    (line,) = read(list(csv_lines([{"quote": words}], ("quote",))))[:1] or [{"quote": ""}]
    assert line["quote"] in {words, f"'{words}"} or words == ""
    assert not line["quote"].startswith(("=", "@", "\t", "\r"))


def test_rows_for_json() -> None:
    (out,) = claims_rows([row()])
    assert out["actor_names"] == ["A", "B"]
    assert out["sources"] == ["Mara", "Wire", "Post"]
    assert (out["type"], out["article"]) == ("control", "in-1")

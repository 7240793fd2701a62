"""S16: whatever is typed into a filter is a value, never SQL; nothing is written; nothing takes for ever."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.errors import KhabarError, UsageFault
from khabar.ledger import questions
from khabar.ledger.answers import EVERYTHING
from khabar.ledger.store import View, open_view
from tests.conftest import NewLedger
from tests.ledger.making import ledger_with, make_article

FIELDS = ("actor", "place", "type", "word", "source", "after", "before", "text", "article")
SIGNS = [
    "'",
    '"',
    "--",
    ";",
    "%",
    "_",
    "\\",
    "*",
    "(",
    ")",
    "NEAR",
    "OR 1=1",
    "NULL",
    "?1",
    ":actor",
    "\x00",
    "' UNION SELECT 1",
]
LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
WORDS = st.lists(st.one_of(st.sampled_from(SIGNS), LETTERS), max_size=6).map("".join)

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture(scope="module")
def view(new_ledger: NewLedger) -> Iterator[View]:
    path = ledger_with(new_ledger(), make_article("one"), make_article("two", who="100% men"))
    with open_view(path) as opened:
        yield opened


@pytest.mark.parametrize("typed", ["\x00", "a\x00", "\x00%"])
def test_a_nul_finds_nothing(view: View, typed: str) -> None:
    for field in ("actor", "place", "source", "text"):  # those that are sought as part of a name or sentence
        assert questions.claims(view, replace(EVERYTHING, **{field: typed})) == []  # type: ignore[arg-type]  # words


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from(FIELDS), typed=WORDS)
def test_what_is_typed_is_a_value(view: View, field: str, typed: str) -> None:
    chosen = replace(EVERYTHING, **{field: typed})  # type: ignore[arg-type]  # these fields are words
    everything = {row.claim_id for row in questions.claims(view)}
    found = {row.claim_id for row in questions.claims(view, chosen)}
    assert found <= everything
    assert questions.count_claims(view, chosen) == len(found)
    assert len(questions.events(view, chosen)) == questions.count_events(view, chosen)
    if field == "text" and typed:
        plain = {r.claim_id for r in questions.claims(view) if typed.upper() in r.sentence.upper()}
        assert found <= plain or not typed.isascii()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=WORDS)
def test_any_id_is_found_or_not(view: View, key: str) -> None:
    for ask in (questions.claim, questions.event, questions.version, questions.article):
        with suppress(UsageFault):  # the beginning of several ids
            ask(view, key)


WRITES = ["DELETE FROM claim", "DROP TABLE claim", "UPDATE claim SET word = 'x'", "CREATE TABLE other (a TEXT)"]


@pytest.mark.parametrize("sql", WRITES)
def test_a_view_writes_nothing(view: View, sql: str) -> None:
    with pytest.raises(KhabarError):
        view.rows(sql)
    assert view.rows("SELECT count(*) FROM claim") == [(2,)]


def test_a_question_that_takes_too_long_is_broken_off(view: View) -> None:
    with open_view(view.path, seconds=0.2) as limited:
        before = time.monotonic()
        with pytest.raises(UsageFault, match=r"longer than 0\.2 s"):
            limited.rows(ENDLESS)
        assert time.monotonic() - before < 5
        assert len(questions.claims(limited)) == 2  # and the next one is answered

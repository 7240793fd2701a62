"""Time expressions from our own sentences (tables in timex.yml and timex_news.yml) through to the calendar."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.errors import DataFault
from khabar.lexicon.load import read_table
from khabar.lexicon.timewords import TimeWords, load_timewords
from khabar.model.mentions import Timex
from khabar.read.timeguards import GUARDS
from khabar.read.timevalues import BUILDERS
from khabar.read.timex import find_timexes
from khabar.resolve.times import link_times
from tests.read.parsing import parsed

DAY = "2016-12-15"
TABLES = ("timex.yml", "timex_news.yml")
CASES: list[dict[str, Any]] = [
    case for name in TABLES for case in yaml.load(Path(__file__).with_name(name).read_bytes(), Loader=yaml.BaseLoader)
]


@cache
def words() -> TimeWords:
    return load_timewords()


def found_in(text: str) -> tuple[Timex, ...]:
    return find_timexes(parsed(text), words())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_sentence(case: dict[str, Any]) -> None:
    text, published = case["text"], case.get("published", DAY)
    timexes = found_in(text)
    links = link_times(timexes, None if published == "null" else published)
    expected = case.get("finds", {})
    assert [t.span.cut(text) for t in timexes] == list(expected)
    for timex, link in zip(timexes, links, strict=True):
        kind, value, first, last, *extras = expected[timex.span.cut(text)]
        assert (timex.type, link.value) == (kind, value)
        undated = (first, last) == ("null", "null") and kind == "DATE"
        if not undated or published == "null":
            assert (str(link.earliest), str(link.latest)) == (
                first.replace("null", "None"),
                last.replace("null", "None"),
            )
        for name, wanted in (extras[0] if extras else {}).items():
            assert getattr(timex, name) == wanted, name


def test_the_table_is_large_enough() -> None:
    assert sum(len(case.get("finds", {})) for case in CASES) >= 200


def test_every_rule_names_a_builder_and_a_guard_that_exist() -> None:
    rules = {r.name: r for rows in words().pivots.values() for r in rows} | {r.name: r for r in words().digit_rules}
    assert {r.make for r in rules.values()} <= BUILDERS.keys()
    assert {r.guard for r in rules.values()} - {None} <= GUARDS.keys()


def test_every_builder_and_guard_is_used() -> None:
    rules = [r for rows in words().pivots.values() for r in rows] + list(words().digit_rules)
    assert {r.make for r in rules} == BUILDERS.keys()
    assert {r.guard for r in rules} - {None} == GUARDS.keys()


def test_spans_do_not_overlap_and_ids_count() -> None:
    text = "On Friday, two days after the March 3 vote, troops left; by late 2015 they were back for three years."
    timexes = found_in(text)
    assert [t.timex_id for t in timexes] == [f"t{n}" for n in range(1, len(timexes) + 1)]
    assert all(a.span.end <= b.span.start for a, b in pairwise(timexes))


PIECES = [
    "on",
    "the",
    "last",
    "next",
    "Friday",
    "March",
    "5",
    "2016",
    "quarter",
    "third",
    "year",
    "ago",
    "days",
    "p.m.",
    ",",
    "of",
    "-",
    "early",
    "a",
    "two",
    "14:30",
    "1990s",
    "99999999999999",
    "to",
    "before",
    "after",
    "weeks",
    "May",
    "every",
    "so",
    "far",
    "this",
    "'",
    "s",
]
DAYS = ["2016-12-15", "0001-01-01", "9999-12-31", None, "soon"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14), st.sampled_from(DAYS))
def test_no_heap_of_time_words_breaks_it(pieces: list[str], published: str | None) -> None:
    text = " ".join(pieces)
    timexes = found_in(text)
    links = link_times(timexes, published)
    assert [link.timex_id for link in links] == [t.timex_id for t in timexes]
    for timex, link in zip(timexes, links, strict=True):
        assert timex.span.cut(text).strip()
        assert link.earliest is None or link.latest is None or link.earliest <= link.latest


def test_a_pattern_without_a_pivot_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    table = read_table("en/timex.yml")
    table["rules"].append({"name": "broken", "words": "the day", "make": "fixed"})
    monkeypatch.setattr("khabar.lexicon.timewords.read_table", lambda path: table)
    with pytest.raises(DataFault, match=r"broken.*pivot"):
        load_timewords()


def test_an_unknown_class_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    table = read_table("en/timex.yml")
    table["rules"].append({"name": "broken", "words": "*FORTNIGHTLY", "make": "fixed"})
    monkeypatch.setattr("khabar.lexicon.timewords.read_table", lambda path: table)
    with pytest.raises(DataFault, match=r"broken.*FORTNIGHTLY"):
        load_timewords()

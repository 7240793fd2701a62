"""Counts, shares and sums from our own sentences (table in quantities.yml)."""

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
from khabar.lexicon.counting import CountWords, load_counting
from khabar.lexicon.load import read_table
from khabar.lexicon.timewords import load_timewords
from khabar.model.mentions import Quantity
from khabar.read.numerals import find_numerals
from khabar.read.quantities import find_quantities
from khabar.read.timex import find_timexes
from tests.read.parsing import parsed

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("quantities.yml").read_bytes())


@cache
def words() -> CountWords:
    return load_counting()


def found_in(text: str) -> tuple[Quantity, ...]:
    parse = parsed(text)
    return find_quantities(parse, words(), find_timexes(parse, load_timewords()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_sentence(case: dict[str, Any]) -> None:
    text = case["text"]
    found = {q.span.cut(text): [q.low, q.high, q.unit, q.per] for q in found_in(text)}
    assert found == {span: [*row, None][:4] for span, row in case.get("finds", {}).items()}


def test_a_strict_bound_keeps_the_number_and_says_so() -> None:
    (quantity,) = found_in("More than 20 lorries crossed the bridge.")
    assert (quantity.low, quantity.high, quantity.rule) == (20, None, "above")


def test_ids_count_in_order_and_spans_do_not_overlap() -> None:
    found = found_in("Two of 14 ships, three to five boats and dozens of rafts sank; nobody drowned.")
    assert [q.quantity_id for q in found] == [f"q{n}" for n in range(1, len(found) + 1)]
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


NUMBERS = st.integers(min_value=0, max_value=999_999)
ONES = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelt(number: int) -> str:
    """A number in English words, written here anew so that the reader is checked against something else."""
    if number >= 1000:
        return " ".join(
            filter(None, [spelt(number // 1000), "thousand", spelt(number % 1000) if number % 1000 else ""])
        )
    if number >= 100:
        return " ".join(
            filter(None, [ONES[number // 100], "hundred", f"and {spelt(number % 100)}" if number % 100 else ""])
        )
    if number >= 20:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return ONES[number]


@settings(max_examples=40, deadline=None)
@given(NUMBERS.filter(bool))
def test_spelt_numbers_are_read_back(number: int) -> None:
    (numeral,) = find_numerals(parsed(f"{spelt(number)} soldiers"), words())
    assert numeral.value == number


@settings(max_examples=40, deadline=None)
@given(NUMBERS)
def test_digits_with_commas_are_read_back(number: int) -> None:
    (numeral,) = find_numerals(parsed(f"They saw {number:,} soldiers"), words())
    assert numeral.value == number


PIECES = [
    "at",
    "least",
    "two",
    "or",
    "and",
    "a",
    "half",
    "million",
    "dozen",
    "$",
    "%",
    "of",
    "hundreds",
    "12",
    "no",
    "one",
    "to",
    "-",
    "few",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_no_heap_of_number_words_breaks_it(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for quantity in found_in(text):
        assert quantity.span.cut(text).strip()
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high


def test_a_range_upside_down_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    table = read_table("en/quantities.yml")
    table["vague"]["several"] = [9, 3]
    monkeypatch.setattr("khabar.lexicon.counting.read_table", lambda path: table)
    with pytest.raises(DataFault, match=r"several.*range"):
        load_counting()


def test_an_unknown_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    table = read_table("en/quantities.yml")
    table["bounds"]["beyond"] = ["beyond"]
    monkeypatch.setattr("khabar.lexicon.counting.read_table", lambda path: table)
    with pytest.raises(DataFault, match="beyond"):
        load_counting()

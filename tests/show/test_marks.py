"""Marks: runs are the text, spans are covered exactly, offsets survive the browser's way of counting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khabar.model.spans import Span
from khabar.show.marks import Mark, code_point, paragraphs, runs, utf16

LETTERS = st.text(alphabet=st.sampled_from("ab \nكتاب\u0301\u064b😀🇱🇾é漢\u200f"), max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark[int]]]:
    text = draw(LETTERS)
    pairs = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=8))
    spans = [Span(min(p), max(p)) for p in pairs]
    return text, [Mark(span, number) for number, span in enumerate(spans)]


@given(marked())
def test_runs_are_the_text(case: tuple[str, list[Mark[int]]]) -> None:
    text, marks = case
    assert "".join(r.text for r in runs(text, marks)) == text


@given(marked())
def test_every_span_is_covered_exactly(case: tuple[str, list[Mark[int]]]) -> None:
    text, marks = case
    found = list(runs(text, marks))
    for mark in marks:
        mine = "".join(r.text for r in found if mark.label in r.labels)
        assert mine == mark.span.cut(text)
        openings = [r.start for r in found if mark.label in r.opens]
        assert openings == ([mark.span.start] if mark.span.start < mark.span.end else [])


@given(marked(), st.data())
def test_a_part_has_the_runs_of_the_part(case: tuple[str, list[Mark[int]]], data: st.DataObject) -> None:
    text, marks = case
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert "".join(r.text for r in runs(text, marks, start=start, end=end)) == text[start:end]


@given(LETTERS, st.data())
def test_offsets_go_to_the_browser_and_back(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    units = utf16(text, at)
    assert units == len(text[:at].encode("utf-16-le")) // 2
    assert code_point(text, units) == at


def test_inside_a_surrogate_pair_is_its_start() -> None:
    assert code_point("A😀B", 2) == 1
    assert code_point("A😀B", 3) == 2


def test_wider_spans_come_first() -> None:
    found = list(runs("abcdef", [Mark(Span(2, 3), "inner"), Mark(Span(1, 5), "outer")]))
    assert found[2].labels == ("outer", "inner")


@given(LETTERS)
def test_paragraphs_hold_all_words(text: str) -> None:
    found = [p.cut(text) for p in paragraphs(text)]
    assert all(p and p == p.strip() for p in found)
    assert "".join("".join(found).split()) == "".join(text.split())

"""Diff: the two texts come back out of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khabar.show.diff import Change, Piece, diff

TEXTS = st.text(alphabet=st.sampled_from("ab c.\nكُ😀"), max_size=40)


@given(TEXTS, TEXTS)
def test_both_texts_come_back(before: str, after: str) -> None:
    pieces = diff(before, after)
    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == before
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == after


def test_a_name_is_struck_as_one_phrase() -> None:
    assert diff("General Osman Tamri paid a visit", "A senior officer paid a visit") == (
        Piece(Change.REMOVED, "General Osman Tamri"),
        Piece(Change.ADDED, "A senior officer"),
        Piece(Change.KEPT, " paid a visit"),
    )


def test_long_texts_without_a_common_word_take_no_time() -> None:
    before, after = "a " * 50_000, "b " * 50_000
    assert diff(before, after) == (Piece(Change.REMOVED, before), Piece(Change.ADDED, after))

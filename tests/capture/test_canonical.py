"""The canonical text: its form, and what is never lost on the way there."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.capture.canonical import canonical, clean

WORDS = st.text(alphabet=st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("given_words", "wanted"),
    [
        ("  Two \t ships\n left ", "Two ships left"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("par\u00adlia\u200bment\ufeff", "parliament"),
        ("a\u00a0b\u2009c", "a b c"),
        ("\u0645\u06cc\u200c\u0631\u0648\u062f", "\u0645\u06cc\u200c\u0631\u0648\u062f"),
        ("co\u200cop", "coop"),
        ("bell\x07", "bell"),
        ("half \ud83d", "half \ufffd"),
        ("“It’s 5,000.”", "“It’s 5,000.”"),
    ],
)
def test_clean(given_words: str, wanted: str) -> None:
    assert clean(given_words) == wanted


def test_headline_stands_on_top_with_its_end() -> None:
    text, end = canonical("Port of Darsun  reopens", ["The port reopened.", "", "Ships came."])
    assert text == "Port of Darsun reopens\n\nThe port reopened.\n\nShips came."
    assert text[:end] == "Port of Darsun reopens"


def test_without_headline_the_body_begins_at_once() -> None:
    assert canonical(None, ["One.", "Two."]) == ("One.\n\nTwo.", 0)
    assert canonical(" \u200b ", ["One."]) == ("One.", 0)


@settings(deadline=None)
@given(WORDS)
def test_clean_is_idempotent_normal_and_storable(words: str) -> None:
    once = clean(words)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "  " not in once
    once.encode("utf-8")


@settings(deadline=None)
@given(WORDS, st.lists(WORDS, max_size=4))
def test_canonical_can_be_taken_apart_again(headline: str, paragraphs: list[str]) -> None:
    text, end = canonical(headline, paragraphs)
    blocks = [clean(block) for block in paragraphs if clean(block)]
    head = clean(headline)
    assert text[:end] == head
    assert [block for block in text.split("\n\n") if block] == ([head] if head else []) + blocks
    assert canonical(head, blocks) == (text, end)


@settings(deadline=None)
@given(st.from_regex(r"[A-Za-z0-9 .,;:!?%-]{0,60}", fullmatch=True))
def test_digits_case_and_punctuation_stay(words: str) -> None:
    assert clean(words) == " ".join(words.split())

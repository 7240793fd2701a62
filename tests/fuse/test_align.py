"""Alignment of sentences and of words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.fuse.align import Pair, align, regions
from khabar.fuse.words import Sentence, sentences_of
from khabar.lexicon.revision import revision_words


def cut(text: str) -> tuple[Sentence, ...]:
    return sentences_of(text, 0, revision_words())


def shown(pairs: tuple[Pair, ...]) -> list[tuple[str, str, bool]]:
    return [(p.before.key if p.before else "", p.after.key if p.after else "", p.moved) for p in pairs]


def test_sentences_end_at_stops_but_not_after_abbreviations() -> None:
    text = "Gen. Omar Tayeb met Dr. Haddad at 9 a.m. on Friday. “We agreed,” he said. The U.S. envoy left."
    assert [s.key for s in cut(text)] == [
        "Gen. Omar Tayeb met Dr. Haddad at 9 a.m. on Friday.",
        '"We agreed," he said.',
        "The U.S. envoy left.",
    ]


def test_headline_is_the_first_short_paragraph_without_a_stop() -> None:
    assert [s.headline for s in cut("Port of Derna reopens\n\nThe port reopened. Ships came.")] == [True, False, False]


def test_equal_sentences_first_then_similar_ones() -> None:
    before, after = (
        cut("A goat fell. Nine men saw it near Ghat. Rain came."),
        cut("Rain came. Ten men saw it near Ghat. Snow lay."),
    )
    assert shown(align(before, after)) == [
        ("Rain came.", "Rain came.", False),
        ("Nine men saw it near Ghat.", "Ten men saw it near Ghat.", True),
        ("", "Snow lay.", False),
        ("A goat fell.", "", False),
    ]


def test_headline_is_paired_with_headline_however_different() -> None:
    pairs = align(cut("Old words here\n\nBody stays. It does."), cut("Nothing alike\n\nBody stays. It does."))
    assert shown(pairs)[0] == ("Old words here", "Nothing alike", False)


def test_regions_join_what_touches() -> None:
    before, after = cut("Ten men left Sabha on Monday.")[0], cut("Nine women left Sabha.")[0]
    found = [(r.b0, r.b1, r.a0, r.a1) for r in regions(before.words, after.words)]
    assert found == [(0, 2, 0, 2), (4, 6, 4, 4)]


@given(st.lists(st.sampled_from(["Rain fell.", "Nine goats ran.", "Snow lay on Ghat.", "He left."]), max_size=8))
@settings(deadline=None)
def test_every_sentence_stands_in_exactly_one_pair(parts: list[str]) -> None:
    before, after = cut(" ".join(parts)), cut(" ".join(reversed(parts)))
    pairs = align(before, after)
    assert sorted(s.span for p in pairs if (s := p.before)) == [s.span for s in before]
    assert [s.span for p in pairs if (s := p.after)] == [s.span for s in after]

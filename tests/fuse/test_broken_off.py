"""Texts that break off anywhere are compared and fused without a fault, whatever they end behind: "by", "citing", "said"."""

from __future__ import annotations

import pytest

from khabar.fuse.revise import revise
from khabar.fuse.voices import markers_in
from khabar.fuse.words import sentences_of
from khabar.lexicon.revision import revision_words
from khabar.model.articles import ReadArticle
from khabar.model.documents import Submission
from khabar.run.plan import open_workbench
from khabar.run.stages import Workbench, read_submission
from khabar.settings import load_settings

TEXTS = (
    "Rebels seized the port on Monday, according to the radio, citing two officials accused by",
    "In the words of the envoy, quoting the army, talks were blamed by the governor on the word of",
    "The minister, as told to a paper, said the sanctions were announced by",
)


@pytest.fixture(scope="module")
def bench() -> Workbench:
    return open_workbench(load_settings({}), sentences=lambda _: {}, note=lambda _: None)


def read(bench: Workbench, text: str) -> ReadArticle:
    return read_submission(Submission(name="x", input_id="x", text=text), bench)


@pytest.mark.parametrize("text", TEXTS)
def test_every_end_of_a_text(bench: Workbench, text: str) -> None:
    words = text.split()
    whole = read(bench, text)
    for end in range(1, len(words)):
        part = read(bench, " ".join(words[:end]))
        assert revise(whole, part) is not None
        assert bench.fuse([part]) is not None


def test_a_text_that_ends_inside_a_phrase_of_a_table() -> None:
    words = revision_words()
    phrases = words.hedges
    shorter = [p for p in phrases.strengths if any(len(q) > len(p) and q[: len(p)] == p for q in phrases.strengths)]
    assert shorter, "no phrase begins another: nothing is tried"
    for phrase in phrases.strengths:
        for end in range(1, len(phrase) + 1):
            text = "They " + " ".join(phrase[:end])
            for sentence in sentences_of(text, 0, words):
                for marker in markers_in(sentence, phrases):
                    assert 0 <= marker.first < marker.last <= len(sentence.words)

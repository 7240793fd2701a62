"""Repaired lemmas: forms made by rule, forms as given, and refusals."""

from __future__ import annotations

from typing import Any

import pytest

from khabar.errors import DataFault
from khabar.lexicon import lemmas
from khabar.lexicon.lemmas import load_lemmas


@pytest.mark.parametrize(
    ("form", "pos", "lemma"),
    [
        ("hoped", "VERB", "hope"),
        ("waging", "VERB", "wage"),
        ("relaunches", "VERB", "relaunch"),
        ("retweeted", "VERB", "retweet"),
        ("retook", "VERB", "retake"),
        ("motives", "NOUN", "motive"),
    ],
)
def test_repaired(form: str, pos: str, lemma: str) -> None:
    assert load_lemmas()[form, pos] == lemma


def test_only_as_the_part_of_speech_that_is_given() -> None:
    assert ("hopes", "NOUN") not in load_lemmas()


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({"adverb": {}}, "unknown"),
        ({"verb": {"tune": ["hum"]}}, "unknown"),
        ({"verb": {"final_e": ["hum"]}}, "hum does not end in e"),
        ({"verb": {"forms": {"hum": ["hummed"], "humm": ["hummed"]}}}, "hummed is claimed by humm and by hum"),
    ],
)
def test_bad_tables_are_refused(monkeypatch: pytest.MonkeyPatch, table: dict[str, Any], complaint: str) -> None:
    monkeypatch.setattr(lemmas, "read_table", lambda _path: table)
    with pytest.raises(DataFault, match=rf"lexicon/en/lemmas\.yml.*{complaint}"):
        load_lemmas()

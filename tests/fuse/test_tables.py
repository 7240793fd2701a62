"""The tables that fusing reads: verb forms, meanings for control, names of countries in agreement."""

from __future__ import annotations

import pytest

from khabar.lexicon.holding import Meaning, load_holding
from khabar.lexicon.revision import forms_of, revision_words


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("say", {"say", "says", "said", "saying"}),
        ("dismiss", {"dismiss", "dismisses", "dismissed", "dismissing"}),
        ("claim", {"claim", "claims", "claimed", "claiming"}),
    ],
)
def test_verb_forms(lemma: str, forms: set[str]) -> None:
    assert forms <= forms_of(lemma)


def test_cues_know_their_lemma_and_kind() -> None:
    cues = revision_words().cues
    assert cues["alleged"] == ("allege", "distance")
    assert cues["said"] == ("say", "neutral")
    assert cues["denies"] == ("deny", "denial")


@pytest.mark.parametrize(
    ("lemma", "particle", "mode", "meaning"),
    [
        ("seize", None, None, Meaning.TAKES),
        ("pull", "out", None, Meaning.LEAVES),
        ("pull", "up", None, None),
        ("fall", "to", "take", Meaning.TAKES),
        ("fall", None, None, Meaning.FALLS),
        ("walk", "into", None, Meaning.ENTERS),
        ("beat", "off", "beat", Meaning.REPELS),
        ("sing", None, None, None),
    ],
)
def test_what_a_predicate_means_for_a_place(
    lemma: str, particle: str | None, mode: str | None, meaning: Meaning
) -> None:
    assert load_holding().meaning(lemma, particle, mode) is meaning

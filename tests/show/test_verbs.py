"""Verb forms."""

from __future__ import annotations

import pytest

from khabar.show.verbs import MOODS, Mood, existence, gerund, irregular, noun_verbs, participle, past, third, verb_group


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("bomb", ("bombed", "bombed", "bombs", "bombing")),
        ("take over", ("took over", "taken over", "takes over", "taking over")),
        ("deny", ("denied", "denied", "denies", "denying")),
        ("stop", ("stopped", "stopped", "stops", "stopping")),
        ("visit", ("visited", "visited", "visits", "visiting")),
        ("control", ("controlled", "controlled", "controls", "controlling")),
        ("seize", ("seized", "seized", "seizes", "seizing")),
        ("clash", ("clashed", "clashed", "clashes", "clashing")),
        ("destroy", ("destroyed", "destroyed", "destroys", "destroying")),
        ("die", ("died", "died", "dies", "dying")),
        ("flee", ("fled", "fled", "flees", "fleeing")),
        ("be", ("was", "been", "is", "being")),
    ],
)
def test_forms(lemma: str, forms: tuple[str, str, str, str]) -> None:
    assert (past(lemma), participle(lemma), third(lemma), gerund(lemma)) == forms


@pytest.mark.parametrize(
    ("mood", "active", "passive"),
    [
        (Mood(kind="past"), "seized", "was seized"),
        (Mood(kind="past", negative=True), "did not seize", "was not seized"),
        (Mood(kind="past", adverb="allegedly"), "allegedly seized", "was allegedly seized"),
        (Mood(kind="present"), "seizes", "is seized"),
        (Mood(kind="progressive"), "is seizing", "is being seized"),
        (Mood(kind="plan"), "plans to seize", "is to be seized"),
        (Mood(kind="plan", negative=True), "does not plan to seize", "is not to be seized"),
        (Mood(kind="may_have"), "may have seized", "may have been seized"),
        (Mood(kind="should", negative=True), "should not seize", "should not be seized"),
    ],
)
def test_moods(mood: Mood, active: str, passive: str) -> None:
    assert verb_group("seize", mood) == active
    assert verb_group("seize", mood, passive=True) == passive


@pytest.mark.parametrize("kind", [*MOODS, "past", "present", "progressive"])
@pytest.mark.parametrize("negative", [True, False])
def test_what_there_is_has_a_verb_in_every_mood(kind: str, negative: bool) -> None:
    words = existence("raid", Mood(kind=kind, negative=negative), plural=False)
    assert words.startswith("there ")
    assert words.endswith(" raid")
    assert ("no" in words.split() or "not" in words.split()) is (negative or kind == "whether")


def test_tables_are_whole() -> None:
    assert all(all(forms) for forms in irregular().values())
    assert all(row.verb and row.tense in {"", "present"} for row in noun_verbs().values())

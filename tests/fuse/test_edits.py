"""Edits: classes from text alone, spans, moves, notes, headlines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.fuse.edits import edits_between
from khabar.model.changes import EditClass
from tests.fuse.builder import article

CASES = yaml.safe_load(Path(__file__).with_name("edits.yml").read_text(encoding="utf-8"))
QUIET = {EditClass.STYLE, EditClass.MOVED}
WORDS = st.sampled_from(
    [
        "the army said",
        "12",
        "twelve",
        "men in Sirte",
        "on Friday",
        "not",
        "“quoted”",
        "General Omar",
        "may",
        "fled",
        ". It",
        ";",
        "\n\n",
    ]
)


def loud(before: str, after: str) -> set[str]:
    """Classes other than STYLE and MOVED."""
    return {e.edit_class.value for e in edits_between(article(before), article(after)) if e.edit_class not in QUIET}


@pytest.mark.parametrize("case", CASES, ids=[c["after"][:50] for c in CASES])
def test_classes_from_text_alone(case: dict[str, Any]) -> None:
    found = loud(case["before"], case["after"])
    assert found - set(case.get("allowed", ())) == set(case["classes"])


def test_spans_cut_the_words_of_both_sides() -> None:
    before, after = article("Nine men drowned near Zuwara."), article("Eleven men drowned near Zuwara.")
    (edit,) = [e for e in edits_between(before, after) if e.edit_class is EditClass.NUMBER_CHANGED]
    assert (edit.before_text, edit.after_text) == ("Nine", "Eleven")
    assert edit.before is not None
    assert edit.before.cut(before.version.text) == "Nine"


def test_a_sentence_that_only_moves_is_moved() -> None:
    first = "Rain fell on Benina. The runway was closed. Two jets were diverted to Malta."
    second = "The runway was closed. Rain fell on Benina. Two jets were diverted to Malta."
    assert {e.edit_class for e in edits_between(article(first), article(second))} == {EditClass.MOVED}


def test_a_correction_note_carries_no_class() -> None:
    body = "Camels grazed near Ghat.\n\nNobody counted them."
    note = f"{body}\n\nThis article was amended on 9 May. The herd was miscounted."
    assert loud(body, note) == set()


def test_headline_only() -> None:
    body = "\n\nCamels grazed near Ghat on Monday. Nobody counted them."
    found = edits_between(article("Nine camels graze near Ghat" + body), article("Seven camels graze near Ghat" + body))
    assert EditClass.HEADLINE_ONLY in {e.edit_class for e in found}
    assert all(e.in_headline for e in found)


def test_withdrawn_and_added_sentences() -> None:
    kept = "Camels grazed near Ghat. Nobody counted them."
    more = f"{kept} The herdsmen came from Illizi."
    assert loud(more, kept) == {"CLAIM_WITHDRAWN"}
    assert loud(kept, more) == {"CLAIM_ADDED"}


@given(st.lists(WORDS, max_size=30).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_a_text_against_itself_has_no_edits(text: str) -> None:
    assert edits_between(article(text), article(text)) == ()


@given(st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=25).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_spans_are_always_in_their_texts(first: str, second: str) -> None:
    for edit in edits_between(article(first, key="x"), article(second, key="y")):
        for span, text, words in ((edit.before, first, edit.before_text), (edit.after, second, edit.after_text)):
            assert span is None or (span.start < span.end <= len(text) and span.cut(text) == words)


def test_a_headline_beside_the_text_is_compared_too() -> None:
    body = "Camels grazed near Ghat on Monday."
    before = article(body, headline="Nine camels graze", key="a")
    after = article(body, headline="Ten camels graze", key="b")
    found = {e.edit_class: (e.before_text, e.after_text, e.in_headline) for e in edits_between(before, after)}
    assert found[EditClass.NUMBER_CHANGED] == ("Nine", "Ten", True)
    assert EditClass.HEADLINE_ONLY in found


def test_a_role_in_the_place_of_a_name_ends_before_the_doubt_behind_it() -> None:
    before, after = "General Omar Haftun ordered raid on Kesh", "Top officer may have ordered raid on Kesh"
    edits = edits_between(article(before), article(after))
    assert [e.after_text for e in edits if e.edit_class is EditClass.NAME_GENERALISED] == ["Top officer"]

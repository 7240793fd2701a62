"""Coreference in our own texts (table in coreference.yml), and what holds for every text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.lexicon.entities import EntityWords, load_entities
from khabar.lexicon.nations import Nations, load_nations
from khabar.model.mentions import Form, Mention
from khabar.read.coreference import link_mentions
from khabar.read.gazetteer import NoNames
from khabar.read.mentions import find_mentions
from khabar.read.spelling import same_spelling, skeleton
from tests.read.parsing import parsed

CASES = yaml.safe_load(Path(__file__).with_name("coreference.yml").read_text(encoding="utf-8"))
PIECES = [
    "General Ade Banjo",
    "Banjo",
    "said",
    "he",
    "the militia",
    "its",
    "they",
    "Kenya",
    "a paper",
    "that",
    "who",
    ".",
    ",",
    "\n",
    "“",
    "”",
]


@cache
def tables() -> tuple[EntityWords, Nations]:
    return load_entities(), load_nations()


def linked(text: str) -> tuple[Mention, ...]:
    parse = parsed(text)
    return link_mentions(parse, find_mentions(parse, *tables(), NoNames()), *tables(), NoNames())


def entity(text: str, mentions: tuple[Mention, ...], words: str) -> str:
    """Entity of the n-th mention with these words ("him#2")."""
    words, _, number = words.partition("#")
    same = [m.entity_id for m in mentions if m.span.cut(text) == words]
    assert len(same) >= int(number or 1), f"{words!r} is no mention: {[m.span.cut(text) for m in mentions]}"
    return same[int(number or 1) - 1]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["note"])
def test_text(case: dict[str, Any]) -> None:
    text = case["text"]
    mentions = linked(text)
    shown = [(m.entity_id, m.span.cut(text)) for m in mentions]
    for group in case.get("one", ()):
        assert len({entity(text, mentions, words) for words in group}) == 1, (group, shown)
    for group in case.get("apart", ()):
        assert len({entity(text, mentions, words) for words in group}) == len(group), (group, shown)


def test_antecedents_are_earlier_and_a_pronoun_takes_their_kind() -> None:
    text = "The brigade left Kidal. It denied that its men had fled."
    by_id = {m.mention_id: m for m in linked(text)}
    resolved = [m for m in by_id.values() if m.antecedent_id is not None]
    assert {m.span.cut(text) for m in resolved} == {"It", "its"}
    for mention in resolved:
        before = by_id[str(mention.antecedent_id)]
        assert before.entity_id == mention.entity_id
        assert before.kind is mention.kind


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("haftar", "hifter", True),
        ("al-sisi", "sisi", True),
        ("gaddafi", "qadhafi", True),
        ("khalid", "kalid", True),
        ("haddad", "hamdan", False),
        ("ali", "ula", False),
        ("torres", "flores", False),
    ],
)
def test_spellings(left: str, right: str, expected: bool) -> None:
    assert same_spelling(left, right) is expected
    assert same_spelling(right, left) is expected


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzéü-", max_size=12))
def test_a_skeleton_holds_no_vowel_after_its_first_letter(word: str) -> None:
    assert not set(skeleton(word)[1:]) & set("aeiou")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_linking_keeps_the_mentions_and_numbers_entities_in_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    parse = parsed(text)
    before = find_mentions(parse, *tables(), NoNames())
    after = link_mentions(parse, before, *tables(), NoNames())
    assert [(m.mention_id, m.span, m.form) for m in before] == [(m.mention_id, m.span, m.form) for m in after]
    numbers = list(dict.fromkeys(m.entity_id for m in after))
    assert numbers == [f"e{n}" for n in range(1, len(numbers) + 1)]
    assert all(m.antecedent_id is None for m in after if m.form is Form.NAM)

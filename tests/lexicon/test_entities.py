"""The table of entity words: what it knows, and how a faulty one is refused."""

from __future__ import annotations

import pytest

from khabar.errors import DataFault
from khabar.lexicon import entities
from khabar.lexicon.entities import load_entities
from khabar.model.mentions import Kind

WORDS = load_entities()


def test_heads_are_found_by_form_lemma_or_plural() -> None:
    for form, lemma in (("militia", "militia"), ("militias", "militia"), ("brigades", "brigades")):
        head = WORDS.head(form, lemma)
        assert head is not None
        assert (head.kind, head.group) == (Kind.ORG, "armed")
    assert WORDS.head("idea", "idea") is None


def test_titles_and_gender() -> None:
    assert WORDS.is_title("general")
    assert WORDS.is_title("mrs")
    assert not WORDS.is_title("fighter")
    assert (WORDS.gender("queen"), WORDS.gender("king"), WORDS.gender("minister")) == ("female", "male", "any")


def test_lists_hold_words_only_in_lower_case() -> None:
    for name in entities.LISTS:
        for word in getattr(WORDS, name):
            assert word == word.lower() == word.strip() != "", (name, word)


def test_weak_words_and_covered_classes_exist() -> None:
    groups = {h.group for h in WORDS.heads.values()}
    assert {c for h in WORDS.heads.values() for c in h.covers} <= groups
    assert WORDS.plural_only <= WORDS.heads.keys()


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"kind": "PER", "class": "a", "words": ["x"]}, {"kind": "ORG", "class": "b", "words": ["x"]}], "already"),
        ([{"kind": "THING", "class": "a", "words": ["x"]}], "unknown kind"),
        ([{"kind": "PER", "class": "a", "words": ["x"], "colour": "red"}], "colour"),
    ],
)
def test_a_faulty_table_is_refused(rows: list[dict[str, object]], reason: str) -> None:
    with pytest.raises(DataFault, match=reason):
        entities._heads("table", rows)

"""Appositions that the parser took for objects."""

from __future__ import annotations

import pytest

from khabar.model.claims import Role
from khabar.read.appositions import with_appositions
from tests.read.parsing import parsed
from tests.read.reading import read_text

TAKEN = [
    ("The Delta Front took the depot from the Southern Guard, a rival force allied to the council.", "force", "Guard"),
    (
        "The column retook Bria from the Coalition of Free Farmers, a rebel alliance backed by Chad.",
        "alliance",
        "Coalition",
    ),
    (
        "Okafor's men seized the wells from Harbour Guards, a rival militia force allied to the mayor.",
        "force",
        "Guards",
    ),
]
LEFT = [
    "The brigade sold rifles to Okafor, a banker and a mayor.",
    "On Monday the army left Bria, a small town.",
    "In Mopti, the army said nothing.",
    "The men took a car, a boat, and two rifles.",
]


@pytest.mark.parametrize(("text", "noun", "name"), TAKEN)
def test_the_phrase_belongs_to_the_name(text: str, noun: str, name: str) -> None:
    tokens = with_appositions(parsed(text)).tokens
    token = next(t for t in tokens if t.text == noun)
    assert (token.dep, tokens[token.head].text) == ("appos", name)


@pytest.mark.parametrize(("text", "noun", "name"), TAKEN)
def test_name_and_description_are_one_and_no_object(text: str, noun: str, name: str) -> None:
    reading = read_text(text)
    entities = {m.head.cut(text): m.entity_id for m in reading.mentions}
    assert entities[noun] == entities[name]
    themes = [a.span for p in reading.predications for a in p.fillers(Role.THEME)]
    assert not [span for span in themes if span is not None and noun in span.cut(text)]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_no_apposition_stays(text: str) -> None:
    parse = parsed(text)
    assert with_appositions(parse).tokens == parse.tokens

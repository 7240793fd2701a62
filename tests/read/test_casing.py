"""Texts in capitals: what the rewriting gives, what it must never change, and how much of a reading survives capitals."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from khabar.lexicon.casing import load_casing
from khabar.lexicon.entities import load_entities
from khabar.lexicon.nations import load_nations
from khabar.model.claims import Reading
from khabar.model.mentions import Kind
from khabar.read.capitals import in_capitals
from khabar.read.casing import CaseTables, recased
from khabar.read.gazetteer import NoNames
from tests.read.reading import read_text

CASES = yaml.safe_load(Path(__file__).with_name("casing.yml").read_text("utf-8"))
ARTICLES = [" ".join(text.split()) for text in CASES["articles"]]
SMALL, VERBAL, CLOSED = (frozenset(CASES[key].split()) for key in ("small", "verbal", "closed"))
KEPT = 0.8
"""share of a text's facts that must be read in its capitals too"""


class Places(NoNames):
    """A gazetteer of two invented towns."""

    def kinds(self, name: str) -> frozenset[Kind]:
        """Towns."""
        return frozenset({Kind.GPE}) if name in ("Porto Lomar", "Velmira") else frozenset()


def tables() -> CaseTables:
    """Tables with a word list small enough to see."""
    return CaseTables(
        case=load_casing(),
        words=load_entities(),
        nations=load_nations(),
        names=Places(),
        closed=CLOSED,
        common=SMALL.__contains__,
        verbal=VERBAL.__contains__,
    )


@pytest.mark.parametrize("wanted", CASES["lines"])
def test_a_line_in_capitals_is_written_as_a_sentence(wanted: str) -> None:
    """Names, sentence openings, abbreviations, months and countries get their capitals back."""
    assert recased(wanted.upper(), tables) == wanted


def test_what_the_rest_of_a_text_shows_goes_before_every_rule() -> None:
    """A word that normal paragraphs write small is no name, however unknown; one that they capitalise is one."""
    text = (
        "VREELS SAID THAT THE GLORP ATTACKED VELMIRA WITH BANK MONEY\nA glorp was seen, said Dr Vreels of Bank Tower."
    )
    first = recased(text, tables).splitlines()[0]
    assert first.startswith("Vreels said that the glorp")


@pytest.mark.parametrize("text", ["NATO", "UN, EU AND WHO", "The FBI and the CIA met NATO officials.", "", "12.30 GMT"])
def test_normal_text_and_bare_names_stay(text: str) -> None:
    """Abbreviations are no text in capitals."""
    assert not in_capitals(text)
    assert recased(text, tables) == text


@given(
    st.text(
        alphabet=st.characters(
            categories=["Lu", "Ll", "Nd", "Po", "Zs", "Ps", "Pe"], include_characters="\n'’.-[]()\"İẞŉ"
        ),
        max_size=120,
    )
)
def test_length_and_letters_stay(text: str) -> None:
    """Same length, and no letter becomes another."""
    for given_text in (text, f"{text} THE REBELS ATTACKED A CONVOY TODAY {text}"):
        out = recased(given_text, tables)
        assert len(out) == len(given_text)
        assert out.casefold() == given_text.casefold()


def facts(reading: Reading) -> set[tuple[object, ...]]:
    """What a reading claims: place in the text, type, word, how many voices, and each argument's role and place."""
    by_id = {p.predication_id: p for p in reading.predications}
    out: set[tuple[object, ...]] = set()
    for claim in reading.claims:
        what = by_id[claim.predication_id]
        at = what.trigger.start
        out.add((at, what.event_type, what.relation, claim.word, len(claim.chain)))
        out |= {(at, a.role, a.span.end) for a in what.arguments if a.span is not None}
    return out


def test_a_text_in_capitals_claims_nearly_what_the_text_claims() -> None:
    """Of the facts of normal texts, at least the floor is read when they are set in capitals."""
    kept = total = 0
    for text in ARTICLES:
        before, after = facts(read_text(text)), facts(read_text(text.upper()))
        kept, total = kept + len(before & after), total + len(before)
    assert kept / total >= KEPT
    assert total > 60


def test_spans_of_a_text_in_capitals_hold_its_own_letters() -> None:
    """The rewriting never reaches the version: spans are cut from the original."""
    text = f"{ARTICLES[0]} {ARTICLES[1]}".upper()
    names = {m.span.cut(text) for m in read_text(text).mentions}
    assert {"GENERAL DANIEL MWANGI", "NAIROBI"} <= names

"""Rules in plain words: everything that the reader can emit has a phrase."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

import pytest

from khabar.lexicon.calibration import SIGNS as SIGNS_OF_CALIBRATION
from khabar.lexicon.cues import FRAMES, load_cues
from khabar.lexicon.hedges import load_hedges
from khabar.lexicon.implicatives import Effect
from khabar.lexicon.load import read_table
from khabar.lexicon.triggers import SLOTS
from khabar.model.factuality import Commitment, Realis
from khabar.model.mentions import Form
from khabar.read.standing import CLAUSES_ABOVE, PER_POSITION
from khabar.resolve.actors import TRUST
from khabar.show.reasons import HEDGES, factors, phrase, phrases, reason, signs
from tests.show.emitting import SOME, Emitted, in_readings, in_source

TO_DO = "say in khabar/show/rules.yml, in one phrase, what these rules mean"


def without_phrase(rules: AbstractSet[Emitted]) -> list[Emitted]:
    """A rule with words of a text in it ("verb/some") is a pattern of the rules that the other tests look at."""
    return sorted(
        (section, rule) for section, rule in rules if phrase(section, rule) is None and not pattern(section, rule)
    )


def pattern(section: str, rule: str) -> bool:
    """Whether the table has a key for at least one rule of this form."""
    form = re.compile(".+".join(map(re.escape, rule.split(SOME))))
    alternatives = (one for key in phrases()[section] for one in key.split("|"))
    return SOME in rule and any(form.fullmatch(one) for one in alternatives)


def test_every_rule_in_the_source_has_a_phrase() -> None:
    found = in_source()
    assert len(found) > 60
    assert {section for section, _ in found} >= {"attribution", "argument", "basis", "mention", "quantity", "entity"}
    assert without_phrase(found) == [], TO_DO


def test_every_rule_of_every_reading_has_a_phrase() -> None:
    assert len(in_readings()) > 150
    assert without_phrase(in_readings()) == [], TO_DO


def test_every_rule_of_the_tables_has_a_phrase() -> None:
    hedges, bounds = load_hedges(), read_table("en/quantities.yml")
    places = {*PER_POSITION, *(f"under {label}" for label in CLAUSES_ABOVE)}
    rules = {
        "argument": SLOTS,
        "attribution": {f"verb/{frame}" for frame in FRAMES},
        "basis": {w for kind in HEDGES for w in hedges.words(kind)} | {f"{effect} under try" for effect in Effect},
        "stance": load_cues().stances.keys(),
        "value": set(Commitment),
        "realis": set(Realis),
        "form": set(Form),
        "quantity": bounds["bounds"].keys() | bounds["after"].keys(),
        "factor": {"row", "untyped", "no actor", "link", "within demand", *places},
        "sign": SIGNS_OF_CALIBRATION,
        "entity": TRUST.keys(),
    }
    assert without_phrase({(section, rule) for section, names in rules.items() for rule in names}) == [], TO_DO


def test_what_no_rule_says_has_no_phrase() -> None:
    assert phrase("basis", "moonlight") is None
    assert phrase("attribution", "verb/moonlight") is None
    assert reason("attribution", "verb/moonlight") == "verb/moonlight"


def test_phrases_are_phrases() -> None:
    texts = [text for rows in phrases().values() for text in rows.values()]
    assert [t for t in texts if t != t.strip() or t.endswith(".") or not t] == []
    assert [t for t in texts if re.search(r"\{(?![01]\})", t)] == []


@pytest.mark.parametrize(
    ("section", "rule", "words"),
    [
        ("basis", "negated: no longer", "“no longer”"),
        ("basis", "negated: no nobody", "“nobody”"),
        ("basis", "may", "the modal “may”"),
        ("basis", "perhaps", "the adverb “perhaps”"),
        ("basis", "attempt under bid", "“bid”"),
        ("argument", "against", "“against”"),
        ("attribution", "verb/of", "of"),
        ("predication", "plover/assault.yml: shell", "“shell” of the table of assault"),
        ("predication", "untyped noun", "this noun"),
    ],
)
def test_a_phrase_takes_words_from_its_rule(section: str, rule: str, words: str) -> None:
    assert words in reason(section, rule)


def test_the_notes_of_a_score() -> None:
    basis = ("say: assert", "may", "score: 0.8 row, 0.85 relcl, 0.8 no actor", "signs: untyped, not_plain")
    assert factors(basis) == (("row", 0.8), ("relcl", 0.85), ("no actor", 0.8))
    assert signs(basis) == ("untyped", "not_plain")
    assert factors(("hand",)) == ()
    assert signs(()) == ()

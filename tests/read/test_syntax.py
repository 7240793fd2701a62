"""Slots of predicates in parses written by hand: passives, control, relatives, sharing, nouns."""

from __future__ import annotations

import pytest

from khabar.lexicon.classes import load_classes
from khabar.lexicon.entities import load_entities
from khabar.read.phrases import phrase
from khabar.read.syntax import Syntax, is_passive
from tests.read.byhand import by_hand

CLASSES = load_classes()
WORDS = load_entities()
PASSIVE = (
    "The|DT|det|1 bridge|NN|nsubjpass|3 was|VBD|auxpass|3|be bombed|VBN|ROOT|3|bomb by|IN|agent|3 jets|NNS|pobj|4|jet"
)
URGED = "Mali|NNP|nsubj|1 urged|VBD|ROOT|1|urge rebels|NNS|dobj|1|rebel to|TO|aux|4 leave|VB|xcomp|1"
TRIED = "Rebels|NNS|nsubj|1|rebel tried|VBD|ROOT|1|try to|TO|aux|3 leave|VB|xcomp|1"
SUBJECT_RELATIVE = "men|NNS|nsubj|4|man who|WP|nsubj|2 burned|VBD|relcl|0|burn huts|NNS|dobj|2|hut fled|VBD|ROOT|4|flee"
OBJECT_RELATIVE = (
    "town|NN|nsubj|4 rebels|NNS|nsubj|2|rebel seized|VBD|relcl|0|seize is|VBZ|aux|4|be burning|VBG|ROOT|4|burn"
)
CONJOINED = (
    "Troops|NNS|nsubj|1|troop entered|VBD|ROOT|1|enter Bor|NNP|dobj|1 and|CC|cc|1 burned|VBD|conj|1|burn"
    " huts|NNS|dobj|4|hut"
)
TWO = "Chad|NNP|nsubj|3 and|CC|cc|0 Niger|NNP|conj|0 met|VBD|ROOT|3|meet"
HELD = "rebel|NN|npadvmod|2 -|HYPH|punct|2 held|VBN|amod|3|hold town|NN|ROOT|3"
BACKED = "Rebels|NNS|nsubj|4|rebel backed|VBN|acl|0|back by|IN|agent|1 Chad|NNP|pobj|2 fled|VBD|ROOT|4|flee"
ACCUSED = (
    "Chad|NNP|nsubj|1 accused|VBD|ROOT|1|accuse Niger|NNP|dobj|1 of|IN|prep|1 arming|VBG|pcomp|3|arm"
    " rebels|NNS|dobj|4|rebel"
)


@pytest.mark.parametrize(
    ("written", "predicate", "slot", "fillers"),
    [
        pytest.param(PASSIVE, "bombed", "subj", ["jets"], id="agent of a passive"),
        pytest.param(PASSIVE, "bombed", "obj", ["bridge"], id="subject of a passive"),
        pytest.param(URGED, "leave", "subj", ["rebels"], id="object control"),
        pytest.param(TRIED, "leave", "subj", ["Rebels"], id="subject control"),
        pytest.param(SUBJECT_RELATIVE, "burned", "subj", ["men"], id="subject relative"),
        pytest.param(OBJECT_RELATIVE, "seized", "obj", ["town"], id="object relative without a pronoun"),
        pytest.param(OBJECT_RELATIVE, "seized", "subj", ["rebels"], id="subject of an object relative"),
        pytest.param(CONJOINED, "burned", "subj", ["Troops"], id="shared subject"),
        pytest.param(CONJOINED, "entered", "obj", ["Bor"], id="own object"),
        pytest.param(TWO, "met", "subj", ["Chad", "Niger"], id="conjoined subjects"),
        pytest.param(HELD, "held", "subj", ["rebel"], id="hyphenated agent"),
        pytest.param(HELD, "held", "obj", ["town"], id="hyphenated theme"),
        pytest.param(BACKED, "backed", "subj", ["Chad"], id="agent of a reduced relative"),
        pytest.param(BACKED, "backed", "obj", ["Rebels"], id="theme of a reduced relative"),
        pytest.param(ACCUSED, "arming", "subj", ["Niger"], id="gerund after of"),
        pytest.param(ACCUSED, "accused", "of", ["arming"], id="slot of a preposition"),
    ],
)
def test_slot(written: str, predicate: str, slot: str, fillers: list[str]) -> None:
    parse = by_hand(written)
    at = next(t.i for t in parse.tokens if t.text == predicate)
    assert [parse.tokens[i].text for i in Syntax(parse, CLASSES, WORDS).slots(at).get(slot, ())] == fillers


def test_slots_of_a_noun() -> None:
    parse = by_hand(
        "Chad|NNP|poss|2 's|POS|case|0 bombing|NN|nsubj|7 of|IN|prep|2 Sirte|NNP|pobj|3 by|IN|prep|2 jets|NNS|pobj|5|jet"
        " ended|VBD|ROOT|7|end"
    )
    slots = Syntax(parse, CLASSES, WORDS).slots(2)
    words = {slot: [parse.tokens[i].text for i in heads] for slot, heads in slots.items()}
    assert words == {"poss": ["Chad"], "of": ["Sirte"], "by": ["jets"]}


def test_empty_slots_are_left_out() -> None:
    assert Syntax(by_hand("fled|VBD|ROOT|0|flee"), CLASSES, WORDS).slots(0) == {}


def test_a_cycle_of_shared_subjects_ends() -> None:
    parse = by_hand("left|VBD|conj|1|leave fled|VBD|conj|0|flee")
    assert Syntax(parse, CLASSES, WORDS).slots(0).get("subj", ()) == ()


@pytest.mark.parametrize(("written", "i", "expected"), [(PASSIVE, 3, True), (TRIED, 1, False), (BACKED, 1, True)])
def test_passive(written: str, i: int, *, expected: bool) -> None:
    assert is_passive(by_hand(written), i) is expected


def test_phrase_has_neither_relative_clause_nor_conjunct_nor_mark_at_its_edge() -> None:
    parse = by_hand(
        "the|DT|det|1 army|NN|nsubj|7 ,|,|punct|1 which|WDT|nsubj|4 fled|VBD|relcl|1|flee and|CC|cc|1 police|NN|conj|1"
        " lost|VBD|ROOT|7|lose"
    )
    assert phrase(parse, 1).cut(parse.text) == "the army"

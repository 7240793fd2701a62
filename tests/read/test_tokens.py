"""Parses mended by rules that do not know of each other stay trees."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from khabar.read.tokens import mended
from tests.read.byhand import by_hand

FIVE = "Rebels|NNS|nsubj|1|rebel fled|VBD|ROOT|1|flee from|IN|prep|1 Bor|NNP|pobj|2 today|NN|npadvmod|1"
HEADS = st.dictionaries(st.integers(0, 4), st.integers(0, 4), max_size=5)


def test_a_change_is_made() -> None:
    parse = by_hand(FIVE)
    changed = mended(parse, {4: replace(parse.tokens[4], head=3)})
    assert changed.tokens[4].head == 3
    assert changed.children[3] == (4,)


def test_a_circle_leaves_the_sentence_as_it_was() -> None:
    parse = by_hand(FIVE)
    circle = {2: replace(parse.tokens[2], head=3), 4: replace(parse.tokens[4], head=0)}
    assert mended(parse, circle) == parse


@given(heads=HEADS)
def test_every_token_leads_to_a_root(heads: dict[int, int]) -> None:
    parse = by_hand(FIVE)
    tree = mended(parse, {i: replace(parse.tokens[i], head=head) for i, head in heads.items()})
    for token in tree.tokens:
        at, steps = token, 0
        while at.head != at.i:
            at, steps = tree.tokens[at.head], steps + 1
            assert steps < len(tree.tokens)

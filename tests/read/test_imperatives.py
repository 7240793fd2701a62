"""Commands by hand-built parses: the form of the verb, its clause, what stands before it."""

from __future__ import annotations

import pytest

from khabar.read.imperatives import is_imperative
from tests.read.byhand import by_hand

CASES = [
    ("Open|VB|ROOT|0 gates|NNS|dobj|0|gate", 0, True),
    ("Guards|NNS|nsubj|1|guard open|VBP|ROOT|1 gates|NNS|dobj|1|gate", 1, False),
    ("they|PRP|nsubj|1 said|VBD|ROOT|1|say :|:|punct|1 leave|VB|ccomp|1", 3, True),
    ("they|PRP|nsubj|1 helped|VBD|ROOT|1|help build|VB|xcomp|1 it|PRP|dobj|2", 2, False),
    ('he|PRP|nsubj|1 said|VBD|ROOT|1|say "|VB|ccomp|1', 2, False),  # a mark that the parser took for a verb
]


@pytest.mark.parametrize(("written", "at", "commands"), CASES)
def test_what_commands(written: str, at: int, commands: bool) -> None:
    assert is_imperative(by_hand(written), at, {"help"}) is commands

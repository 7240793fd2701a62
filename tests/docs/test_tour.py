"""What README.md and docs/tour.md show under a command is what the command prints, but for ids, scores and sums."""

from __future__ import annotations

import difflib
import re

import pytest

from tests.docs.drawing import ROOT
from tests.docs.telling import BLOCK, DOCUMENTS, Teller

VOLATILE = re.compile(r"\b[0-9a-f]{10,}\b|(?<=score {8})0\.\d+|\b\d+(?= (rows|claims|spans|events)\b)|(?<=rules )[^ ]+")
"""what changes with every better rule and misleads nobody"""


@pytest.fixture(scope="module")
def teller(tmp_path_factory: pytest.TempPathFactory) -> Teller:
    return Teller(tmp_path_factory.mktemp("tour"))


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_tell_the_truth(teller: Teller, name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert BLOCK.search(text), "no block of commands"
    then, now = (VOLATILE.sub("~", t).splitlines() for t in (text, teller.told(text)))
    changes = list(difflib.unified_diff(then, now, name, "today", n=1))
    assert not changes, f"'python -m tests.docs.telling' writes these anew\n{chr(10).join(changes)}"

"""What README.md and docs/tour.md show under a command is what the command prints."""

from __future__ import annotations

import difflib

import pytest

from tests.docs.drawing import ROOT
from tests.docs.telling import BLOCK, DOCUMENTS, Teller


@pytest.fixture(scope="module")
def teller(tmp_path_factory: pytest.TempPathFactory) -> Teller:
    return Teller(tmp_path_factory.mktemp("tour"))


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_tell_the_truth(teller: Teller, name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert BLOCK.search(text), "no block of commands"
    changes = list(difflib.unified_diff(text.splitlines(), teller.told(text).splitlines(), name, "today", n=1))
    assert not changes, f"'python -m tests.docs.telling' writes these anew\n{chr(10).join(changes)}"

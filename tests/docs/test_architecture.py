"""The tree in docs/architecture.md is the tree on disk, and every module says what it is."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path

from tests.docs.drawing import ROOT, UNKNOWN, docstring, drawn

DOCUMENT = ROOT / "docs" / "architecture.md"
FENCE = "```text\nkhabar/\n"


def written() -> list[str]:
    """The tree as the document has it."""
    before, fence, after = DOCUMENT.read_text(encoding="utf-8").partition(FENCE)
    assert fence, f"{DOCUMENT.name} has no tree: a block that begins with {FENCE!r}; {len(before)} characters read"
    return ["khabar/", *after.partition("\n```")[0].splitlines()]


def test_tree_in_the_document_is_the_tree_on_disk() -> None:
    changes = [line for line in difflib.ndiff(written(), drawn()) if line.startswith(("- ", "+ "))]
    assert not changes, f"docs/architecture.md: take out the lines with -, put in those with +\n{chr(10).join(changes)}"


def test_the_drawing_names_every_module() -> None:
    names = {line.split()[0] for line in drawn()}
    modules = [p for p in (ROOT / "khabar").rglob("*.py") if p.name != "__init__.py"]
    assert len(modules) > 100
    assert {p.name for p in modules} <= names
    assert not [line for line in drawn() if line.endswith(UNKNOWN)]


def test_every_module_has_a_docstring() -> None:
    bare = [p for folder in ("khabar", "tests", "bench", "scripts") for p in modules(folder) if not docstring(p)]
    assert bare == []


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def test_layers_in_the_document_are_those_that_are_held() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(c["layers"] for c in contracts if c["name"] == "layers")
    assert "  >  ".join(layers) in DOCUMENT.read_text(encoding="utf-8")

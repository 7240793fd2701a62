"""The package as a tree of lines: what ``docs/architecture.md`` must hold.

In: the folder of the package. Out: one line per folder and module with the first sentence of its docstring, data folders
as one line each. Nothing is imported; files are parsed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = {
    "atlas/data": "our own tables: actors, outlets, places, units, states, country points (YAML, CSV)",
    "lexicon/ar": "Arabic letters and spellings (YAML)",
    "lexicon/en": "English cues, stances, hedges, times, quantities, kinds of name … (YAML)",
    "lexicon/plover": "one file per event type and relation: which words mean it (YAML; FORMAT.md)",
    "show/sheets": "pages that leave the ledger: the evidence sheet (Jinja)",
    "show/web/static": "styles, typefaces, one small script, an icon",
    "show/web/templates": "the pages (Jinja)",
}
"""folders without Python, in one line each"""
ORDER = ("model", "lexicon", "capture", "read", "resolve", "fuse", "atlas", "ledger", "run", "show", "cli")
"""the stages in the order of the work; any other folder comes last"""
UNKNOWN = "no line in DATA says what this is"
COLUMN = 26


def docstring(path: Path) -> str:
    """A module's docstring; empty if it has none."""
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def first_sentence(text: str) -> str:
    """The first sentence, or the first line if that is shorter."""
    line = text.strip().split("\n", 1)[0].replace("``", "`")
    return re.split(r"(?<=[a-z0-9)`\"])\. (?=[A-Z])", line, maxsplit=1)[0].rstrip(".")


def place(folder: Path) -> tuple[int, str]:
    """Where a folder stands in the drawing."""
    return (ORDER.index(folder.name) if folder.name in ORDER else len(ORDER), folder.name)


def lines_of(folder: Path, top: Path, depth: int = 0) -> Iterator[str]:
    """The lines of one folder: its modules, then its folders."""
    indent = "  " * depth
    modules = [p for p in sorted(folder.glob("*.py")) if p.name != "__init__.py"]
    for path in modules:
        yield f"{indent}{path.name}".ljust(COLUMN) + first_sentence(docstring(path))
    for path in sorted((p for p in folder.iterdir() if p.is_dir()), key=place):
        name = path.relative_to(top).as_posix()
        if (path / "__init__.py").exists():
            yield f"{indent}{path.name}/".ljust(COLUMN) + first_sentence(docstring(path / "__init__.py"))
            yield from lines_of(path, top, depth + 1)
        elif path.name != "__pycache__":
            yield f"{indent}{path.name}/".ljust(COLUMN) + DATA.get(name, UNKNOWN)


def drawn() -> list[str]:
    """The whole tree."""
    top = ROOT / "khabar"
    return ["khabar/", *lines_of(top, top, 1)]

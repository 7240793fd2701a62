"""Which rules the reader can emit: its source read as a tree, and the readings of all test sentences and examples.

In: khabar/read and khabar/resolve's linking of entities. Out: (section of rules.yml, rule) pairs; what a rule takes from
the text is "some" in those found in the source. A rule is what stands at a parameter or field called ``rule`` (``row`` of a
trigger, ``method`` of a link), or last in a vote on the kind of a name.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from khabar.model.claims import Reading
from khabar.show.reasons import SCORE, SIGNS
from tests.docs.drawing import ROOT
from tests.read.claimcases import FOLDER, load, tables
from tests.read.reading import read_text

SECTIONS = {
    "attribution": "attribution headlines hearsay speech drafts regards turns_of_saying weighing",
    "argument": "arguments affected inherit means scene",
    "basis": "clause governors modality commitment",
    "mention": "mentions names name_kinds nominals",
    "quantity": "quantities",
    "timex": "timex timepatterns",
    "predication": "declared statements assemble predication",
    "entity": "actors described entities states",
}
MODULES = {module: section for section, names in SECTIONS.items() for module in names.split()}
NAMED = ("rule", "row", "method")
SOME = "some"
Emitted = tuple[str, str]


def in_source() -> set[Emitted]:
    """Rules that stand in the source."""
    resolve = (ROOT / "khabar" / "resolve" / f"{name}.py" for name in SECTIONS["entity"].split())
    paths = [*sorted((ROOT / "khabar" / "read").glob("*.py")), *resolve]
    trees = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    places = {name: at for tree in trees.values() for name, at in _places(tree)}
    out: set[Emitted] = set()
    for module, tree in trees.items():
        for node in ast.walk(tree):
            rules = set(_called(node, places)) | set(_voted(node) if module == "name_kinds" else ())
            if rules and module not in MODULES:
                raise LookupError(f"say in {Path(__file__).name} which section the rules of read/{module}.py belong to")
            out |= {(MODULES[module], rule) for rule in rules}
    return out


def _places(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Functions and records that take a rule by its place, and which."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [a.arg for a in node.args.args if a.arg != "self"]
        elif isinstance(node, ast.ClassDef):
            names = [s.target.id for s in node.body if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name)]
        else:
            continue
        yield from ((node.name, names.index(name)) for name in NAMED if name in names)


def _called(node: ast.AST, places: dict[str, int]) -> Iterator[str]:
    """Rules that a call hands on, by name or by place; "negate" says so itself."""
    if not isinstance(node, ast.Call):
        return
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    values = [k.value for k in node.keywords if k.arg in NAMED]
    values += node.args[places[name] :][:1] if name in places else []
    for text in (text for value in values for text in _texts(value)):
        yield f"negated: {text}" if name == "negate" else text


def _voted(node: ast.AST) -> Iterator[str]:
    """The third of (kind, weight, rule)."""
    if isinstance(node, ast.Tuple) and len(node.elts) in (2, 3) and not isinstance(node.elts[0], ast.Constant):
        yield from (f"name:{text}" for text in _texts(node.elts[-1]))


def _texts(value: ast.expr) -> Iterator[str]:
    """The strings that an expression can be; () for what is handed through."""
    if isinstance(value, ast.IfExp):
        yield from _texts(value.body)
        yield from _texts(value.orelse)
    elif isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        yield "".join(str(v.value) if isinstance(v, ast.Constant) else SOME for v in value.values)


@cache
def in_readings() -> frozenset[Emitted]:
    """Rules of the readings of all texts that tests and examples hold."""
    return frozenset(rule for text in texts() for rule in _of(read_text(text)))


def texts() -> list[str]:
    """Sentences of tests/read, and the examples that are plain text."""
    cases = [case for table in tables().values() for case in table] + load(FOLDER / "known_faults.yml")
    for name in ("coreference", "mentions", "quantities"):
        cases += yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    examples = sorted((ROOT / "examples").glob("*/*.txt"))
    return [case["text"] for case in cases] + [path.read_text(encoding="utf-8") for path in examples]


def _of(reading: Reading) -> Iterator[Emitted]:
    for section, records in (
        ("mention", reading.mentions),
        ("timex", reading.timexes),
        ("quantity", reading.quantities),
        ("attribution", reading.attributions),
        ("predication", reading.predications),
    ):
        yield from ((section, record.rule) for record in records)
    for predication in reading.predications:
        yield from (("argument", argument.rule) for argument in predication.arguments)
    for claim in reading.claims:
        notes = claim.basis[len(claim.chain) :]
        yield from (("basis", note) for note in notes if not note.startswith((SCORE, SIGNS)))

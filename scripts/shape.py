"""Shape limits of the code, as a test: sizes of modules and functions, docstrings, annotations, banned names.

In: a folder (argument). Out: one line of figures; exit code 1 with a line per breach. Units: sloc = non-blank, non-comment
lines; a function's length excludes its docstring. The goals stand in docs/architecture.md. Standard library alone.
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

LARGEST_MODULE = 400
LONGEST_FUNCTION = 60
MEDIAN_MODULE, MEDIAN_FUNCTION, P90_FUNCTION = 120, 8, 30
BANNED = {"util", "utils", "helper", "helpers", "common", "misc"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def sloc(text: str) -> int:
    """Non-blank, non-comment lines."""
    return sum(1 for line in text.splitlines() if line.strip() and not line.strip().startswith("#"))


def length(node: Function) -> int:
    """Lines of a function's body without its docstring."""
    first = node.body[0]
    documented = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    start = (first.end_lineno or 0) + 1 if documented else first.lineno
    return max(1, (node.end_lineno or start) - start + 1)


def faults(path: Path, name: str, tree: ast.Module, size: int) -> Iterator[str]:
    """What is wrong with one module."""
    if size > LARGEST_MODULE:
        yield f"{name}: {size} lines, at most {LARGEST_MODULE}"
    if ast.get_docstring(tree) is None:
        yield f"{name}: no module docstring"
    if set(path.with_suffix("").parts) & BANNED:
        yield f"{name}: a name that says nothing"
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            yield f"{name}:{node.lineno}: global"
        elif isinstance(node, ast.ExceptHandler) and node.type is None:
            yield f"{name}:{node.lineno}: bare except"
        elif isinstance(node, Function) and length(node) > LONGEST_FUNCTION:
            yield f"{name}:{node.lineno}: {node.name} has {length(node)} lines, at most {LONGEST_FUNCTION}"


def main(root: Path) -> int:
    """Print the figures and the breaches."""
    sizes: list[int] = []
    lengths: list[int] = []
    wrong: list[str] = []
    for path in sorted(root.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        sizes.append(sloc(text))
        lengths.extend(length(node) for node in ast.walk(tree) if isinstance(node, Function))
        wrong.extend(faults(path, str(path), tree, sizes[-1]))
    p90 = sorted(lengths)[int(0.9 * len(lengths))]
    medians = statistics.median(sizes), statistics.median(lengths)
    print(
        f"shape: {len(sizes)} modules, median {medians[0]:.0f}; {len(lengths)} functions, median {medians[1]:.0f}, p90 {p90}"
    )
    for what, value, limit in (
        ("module median", medians[0], MEDIAN_MODULE),
        ("function median", medians[1], MEDIAN_FUNCTION),
        ("function p90", p90, P90_FUNCTION),
    ):
        if value > limit:
            wrong.append(f"{what} {value:.0f}, at most {limit}")
    for line in wrong:
        print(f"shape: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

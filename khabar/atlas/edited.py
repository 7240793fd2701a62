"""Edited files read with the places of their entries, so that a refusal can say file, line and column.

In: a file's name and bytes. Out: entries or rows, each with a ``Spot``. Refused: what is no UTF-8, no YAML, no list of
mappings, a key given twice in one entry, a table without the right columns. It does not judge what the entries say.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from khabar.errors import DataFault

DAY = "tag:yaml.org,2002:timestamp"
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where there is one: ten times faster, the same marks"""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an entry stands: file, line from 1, its id, and the column of each of its keys (a number or a column's name)."""

    where: str
    line: int
    entry_id: str
    columns: Mapping[str, int | str] = field(default_factory=dict)

    def at(self, key: str = "") -> str:
        """The spot in words, at one of the entry's keys if it is there."""
        column = self.columns.get(key)
        middle = f"line {self.line}" if column is None else f"line {self.line}, column {column}"
        return f"{self.where}: {middle}: {self.entry_id}"


def entries(where: str, content: bytes) -> Iterator[tuple[Spot, dict[str, Any]]]:
    """The mappings of a YAML list. Raises DataFault on anything else."""
    try:
        loader = LOADER(_text(where, content))
        node = loader.get_single_node()
        if not isinstance(node, yaml.SequenceNode) or not all(isinstance(n, yaml.MappingNode) for n in node.value):
            raise DataFault(f"{where}: line 1: must be a list of entries, each a mapping with an id")
        for one in node.value:
            found = _spot(where, one)
            try:
                entry = loader.construct_document(one)
            except ValueError as error:  # a day that no calendar has, written as a date
                raise DataFault(f"{where}: {_place_of_day(one, found)}: {found.entry_id}: {error}") from error
            yield found, entry
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        spot = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise DataFault(f"{where}: {spot}{getattr(error, 'problem', None) or error}") from error


def _place_of_day(node: yaml.Node, spot: Spot) -> str:
    """Line and column of the first impossible day under a node."""
    waiting = [node]
    while waiting:
        at = waiting.pop(0)
        if isinstance(at, yaml.ScalarNode) and at.tag == DAY and not _is_day(at.value):
            return f"line {at.start_mark.line + 1}, column {at.start_mark.column + 1}"
        inner = [each for pair in at.value for each in pair] if isinstance(at, yaml.MappingNode) else at.value
        waiting.extend(inner if not isinstance(at, yaml.ScalarNode) else ())
    return f"line {spot.line}"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _spot(where: str, node: yaml.MappingNode) -> Spot:
    columns: dict[str, int | str] = {}
    name = ""
    for key, value in node.value:
        at = Spot(where, key.start_mark.line + 1, str(key.value), {"": key.start_mark.column + 1}).at()
        if key.value in columns:
            raise DataFault(f"{at}: this key is given twice in one entry")
        columns[str(key.value)] = key.start_mark.column + 1
        if key.value == "id":
            name = str(value.value)
    return Spot(where, node.start_mark.line + 1, name or "an entry without an id", columns)


def table(where: str, content: bytes, columns: Sequence[str]) -> Iterator[tuple[Spot, dict[str, str]]]:
    """The rows of a CSV file with exactly these columns. Raises DataFault on others, and on rows too short or too long."""
    reader = csv.DictReader(io.StringIO(_text(where, content)))
    if tuple(reader.fieldnames or ()) != tuple(columns):
        wrong = next((n for n, name in enumerate(reader.fieldnames or (), 1) if name not in columns), 1)
        raise DataFault(f"{where}: line 1, column {wrong}: the columns must be {','.join(columns)}")
    names: dict[str, int | str] = {name: name for name in columns}
    for row in reader:
        spot = Spot(where, reader.line_num, str(row.get(columns[0]) or "a row without an id"), names)
        if None in row or None in row.values():
            raise DataFault(f"{spot.at()}: needs {len(columns)} columns; quote a field that holds a comma")
        yield spot, row


def _text(where: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataFault(f"{where}: line {line}: is not UTF-8; save the file in that encoding") from error

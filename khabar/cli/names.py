"""``khabar names NAME CANDIDATE…``: how well spellings of a name agree, across scripts.

In: a name and candidates as arguments, or JSON Lines {"id", "query", "candidates"} through --file. Out: a line a
candidate, best first, with the evidence; with --json one object a record: {"id", "scores"} in the candidates' order.
Scores are 0-1: how probably two spellings name the same person or body, judged by the spellings alone.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from khabar.cli.options import Call, json_option, pass_call
from khabar.cli.output import faint, harmless, json_line, out
from khabar.errors import InputRefused
from khabar.resolve.names import compare_names


@click.command("names")
@click.argument("names", nargs=-1, metavar="NAME CANDIDATE...")
@click.option("--file", "path", type=click.Path(path_type=Path), help='JSON Lines {"id", "query", "candidates"}.')
@json_option
@pass_call
def command(call: Call, names: tuple[str, ...], path: Path | None, as_json: bool) -> int:
    """Compare spellings of names, in Latin and Arabic script."""
    del call
    if path is None and len(names) < 2:
        raise click.UsageError("give a name and at least one candidate, or --file RECORDS.jsonl")
    records = (
        _records(path) if path is not None else iter([{"id": names[0], "query": names[0], "candidates": names[1:]}])
    )
    for record in records:
        _answer(record, as_json=as_json)
    return 0


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file, plain or gzipped. Raises InputRefused naming the line."""
    try:
        raw = path.read_bytes()
        lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(str(path), f"cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            yield {
                "id": record["id"],
                "query": str(record["query"]),
                "candidates": [str(c) for c in record["candidates"]],
            }
        except (ValueError, TypeError, KeyError) as error:
            raise InputRefused(f"{path}:{number}", f'not a record {{"id", "query", "candidates"}}: {error}') from error


def _answer(record: dict[str, Any], *, as_json: bool) -> None:
    """One record's scores."""
    matches = [compare_names(record["query"], c) for c in record["candidates"]]
    if as_json:
        out(json_line({"id": record["id"], "scores": [round(m.score, 4) for m in matches]}))
        return
    ranked = sorted(zip(matches, record["candidates"], strict=True), key=lambda pair: -pair[0].score)
    for match, candidate in ranked:
        out(f"{match.score:.2f}  {harmless(candidate)}  {faint(harmless('; '.join(match.evidence)))}")

"""``khabar export claims|events|control``: what the ledger holds, for other tools.

In: the same filters as ``claims`` and ``events``. Out: JSON Lines (the default) or CSV. All rows unless --limit says
otherwise; they are those of the page with the same filter. ``--redact`` withholds somebody's names.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from khabar.cli.options import Call, ask, asof_option, chosen_filter, filter_options, ledger_option, pass_call
from khabar.cli.output import json_lines, note
from khabar.cli.progress import Line
from khabar.errors import UsageFault
from khabar.ledger import questions
from khabar.ledger.answers import ClaimFilter
from khabar.ledger.persons import called
from khabar.ledger.store import View
from khabar.show.export.claims import claims_rows
from khabar.show.export.control import control_rows
from khabar.show.export.events import events_rows
from khabar.show.export.flat import csv_lines, flat_rows
from khabar.show.export.redaction import Redaction

ARCHIVES = frozenset({"warc", "wacz"})
Rows = Iterable[Mapping[str, Any]]


@click.command("export")
@click.argument("what", type=click.Choice(["claims", "events", "control", "warc", "wacz"]))
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="jsonl", help="[jsonl]")
@click.option("--json", "as_json", is_flag=True, help="The same as --format jsonl.")
@click.option("--redact", multiple=True, metavar="WHO", help="Withhold a person's names: an id, or a name.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file for warc and wacz.")
@ledger_option
@asof_option
@filter_options
@click.pass_context
@pass_call
def command(call: Call, ctx: click.Context, /, what: str, **given: Any) -> None:
    """Write claims, events or spells of control to standard output; captures as an archive to a file."""
    chosen = chosen_filter(ctx, default=None)
    form, as_json, path = given["form"], given["as_json"], given["out"]
    if (what in ARCHIVES) != (path is not None):
        raise UsageFault(f"export {what}: --out FILE is for warc and wacz, and these need it")
    if what in ARCHIVES and given["redact"]:
        raise UsageFault(f"export {what}: holds pages byte for byte, so nothing can be withheld; leave articles out")
    redaction: Redaction | None = None
    with ask(call) as view, Line(quiet=call.quiet or sys.stdout.isatty()) as line:
        if path is not None:
            count, what = _archive(view, what, path, chosen.article, line), "records"
        else:
            redaction = Redaction(called(view, key) for key in given["redact"])
            if form == "csv" and not as_json:
                for cells in line.counting(_csv(view, what, chosen, redaction), "lines"):
                    click.echo(cells, nl=False)
                count = max(0, line.count - 1)  # the first line names the columns
            else:
                json_lines(line.counting(redaction.rows(_rows(view, what, chosen)), what))
                count = line.count
    note(f"{what} {count}")
    if redaction is not None and given["redact"]:
        note(f"withheld in {redaction.places} places; who is only described is not")


def _archive(view: View, what: str, path: Path, key: str | None, line: Line) -> int:
    """Captures into a file, of one article or all. Raises UsageFault for an article that is not there."""
    from khabar.show.export.archive import write_wacz, write_warc  # noqa: PLC0415 - only for archives

    found = questions.article(view, key) if key else None
    if key and found is None:
        raise UsageFault(f"no article {key!r}; 'khabar show' takes the same ids")
    with path.open("wb") as sink:
        write, article_id = write_wacz if what == "wacz" else write_warc, found.article_id if found else None
        return write(view, sink, article_id, told=lambda count: line(f"{count:,} records"))


def _rows(view: View, what: str, chosen: ClaimFilter) -> Rows:
    """The rows as plain values."""
    if what == "claims":
        return claims_rows(questions.claims(view, chosen))
    names = questions.input_ids(view)
    if what == "events":
        return events_rows(questions.events(view, chosen), input_ids=names)
    return control_rows(questions.spells(view), input_ids=names)


def _csv(view: View, what: str, chosen: ClaimFilter, redaction: Redaction) -> Iterable[str]:
    """The lines of a CSV; claims have columns of their own, lists of other rows are joined or written as JSON."""
    if what == "claims":
        rows = flat_rows(questions.claims(view, chosen), digests=questions.text_digests(view))
        return csv_lines(redaction.rows(rows))
    told = redaction.rows(_rows(view, what, chosen))
    cells = [{name: _cell(value) for name, value in row.items()} for row in told]
    columns = tuple(cells[0]) if cells else ()
    return csv_lines(cells, columns) if cells else ()


def _cell(value: object) -> object:
    """A list of words joined with semicolons, a list of records as JSON."""
    if not isinstance(value, list):
        return value
    if all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)

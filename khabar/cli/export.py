"""``khabar export claims|events|control``: what the ledger holds, for other tools.

In: the same filters as ``claims`` and ``events``. Out: JSON Lines (the default) or CSV. All rows unless --limit says
otherwise; they are those of the page with the same filter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import click

from khabar.cli.options import Call, ask, asof_option, chosen_filter, filter_options, ledger_option, pass_call
from khabar.cli.output import json_lines
from khabar.ledger import questions
from khabar.ledger.answers import ClaimFilter
from khabar.ledger.store import View
from khabar.show.export.claims import claims_rows
from khabar.show.export.control import control_rows
from khabar.show.export.events import events_rows
from khabar.show.export.flat import csv_lines, flat_rows

Rows = Iterable[Mapping[str, Any]]


@click.command("export")
@click.argument("what", type=click.Choice(["claims", "events", "control"]))
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="jsonl", help="[jsonl]")
@click.option("--json", "as_json", is_flag=True, help="The same as --format jsonl.")
@ledger_option
@asof_option
@filter_options
@click.pass_context
@pass_call
def command(call: Call, ctx: click.Context, what: str, form: str, as_json: bool) -> None:
    """Write claims, events or spells of control to standard output."""
    chosen = chosen_filter(ctx, default=None)
    with ask(call) as view:
        if form == "csv" and not as_json:
            for line in _csv(view, what, chosen):
                click.echo(line, nl=False)
        else:
            json_lines(_rows(view, what, chosen))


def _rows(view: View, what: str, chosen: ClaimFilter) -> Rows:
    """The rows as plain values."""
    if what == "claims":
        return claims_rows(questions.claims(view, chosen))
    names = questions.input_ids(view)
    if what == "events":
        return events_rows(questions.events(view, chosen), input_ids=names)
    return control_rows(questions.spells(view), input_ids=names)


def _csv(view: View, what: str, chosen: ClaimFilter) -> Iterable[str]:
    """The lines of a CSV; claims have columns of their own, lists of other rows are joined or written as JSON."""
    if what == "claims":
        return csv_lines(flat_rows(questions.claims(view, chosen), digests=questions.text_digests(view)))
    rows = [{name: _cell(value) for name, value in row.items()} for row in _rows(view, what, chosen)]
    columns = tuple(rows[0]) if rows else ()
    return csv_lines(rows, columns) if rows else ()


def _cell(value: object) -> object:
    """A list of words joined with semicolons, a list of records as JSON."""
    if not isinstance(value, list):
        return value
    if all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)

"""``khabar dates FILE…``: the time expressions of texts with their values and the days they cover.

In: inputs as for ``khabar read``. Out: a table a document, or with --json a line an expression.
"""

from __future__ import annotations

import click

from khabar.cli.layers import for_each, heading, number, table
from khabar.cli.options import Call, intake_options, json_option, pass_call
from khabar.cli.output import days, faint, json_lines, out
from khabar.model.articles import ReadArticle
from khabar.show.layers import Json, date_rows

COLUMNS = ("words", "type", "value", "days", "grain", "counts from", "sure")
OPEN = "…"


@click.command("dates")
@click.argument("names", nargs=-1, required=True, metavar="FILE...")
@json_option
@intake_options
@pass_call
def command(call: Call, names: tuple[str, ...], published: str | None, as_json: bool) -> int:
    """Show the dates, times and durations of texts."""

    def take(article: ReadArticle) -> None:
        rows = date_rows(article)
        if as_json:
            json_lines(rows)
            return
        out(click.style(heading(article), bold=True))
        out(table(COLUMNS, [_cells(row) for row in rows], right=frozenset({"sure"})) if rows else faint("  no dates"))
        out()

    return for_each(call, names, published, take=take)


def _cells(row: Json) -> list[str]:
    value = " ".join(part for part in (row["value"], row["mod"], row["quant"], row["freq"]) if part)
    known = (row["text"], row["type"], value, interval(row["earliest"], row["latest"]), row["grain"] or "")
    return [*known, row["counts_from"] or "", number(row["score"])]


def interval(earliest: str | None, latest: str | None) -> str:
    """The days, an open end shown as one."""
    if (earliest is None) != (latest is None):
        return f"{earliest or OPEN} to {latest or OPEN}"
    return days(earliest, latest) or ""

"""``khabar claims``: claims of the newest versions, filtered as on the desk."""

from __future__ import annotations

import click

from khabar.cli.options import (
    SHOWN,
    Call,
    ask,
    asof_option,
    chosen_filter,
    filter_options,
    json_option,
    ledger_option,
    pass_call,
)
from khabar.cli.output import coloured, days, faint, harmless, joined, json_lines, note, out, short
from khabar.ledger import questions
from khabar.ledger.answers import ClaimRow
from khabar.show.export.claims import claims_rows


@click.command("claims")
@ledger_option
@asof_option
@filter_options
@json_option
@click.pass_context
@pass_call
def command(call: Call, ctx: click.Context, as_json: bool) -> None:
    """Ask for claims; the newest article first."""
    chosen = chosen_filter(ctx, default=None if as_json else SHOWN)
    with ask(call) as view:
        rows = questions.claims(view, chosen)
        if as_json:
            json_lines(claims_rows(rows))
            return
        for row in rows:
            print_claim(row)
        total = questions.count_claims(view, chosen)
    if chosen.offset + len(rows) < total:
        note(f"{len(rows)} of {total} claims shown; --limit 0 shows all")
    elif not rows:
        note("no claims")


def print_claim(row: ClaimRow) -> None:
    """A claim on two lines."""
    out(f"{short(row.claim_id)}  {coloured(row.word)}  {harmless(row.sentence)}")
    where = joined(row.place_name, days(row.earliest, row.latest), row.chain, row.published, row.input_id)
    out(faint(f"{'':22}{where}"))

"""``khabar verify``: is every stored byte still what was stored? Exit code 4 if not."""

from __future__ import annotations

import click

from khabar.cli.options import Call, ask, json_option, ledger_option, pass_call
from khabar.cli.output import harmless, json_lines, note, out
from khabar.ledger.codec import plain
from khabar.ledger.verify import verify


@click.command("verify")
@ledger_option
@json_option
@pass_call
def command(call: Call, as_json: bool) -> int:
    """Re-hash every body and row, re-cut every span."""
    with ask(call) as view:
        report = verify(view)
    if as_json:
        json_lines([plain(report)])
    else:
        counts = f"{report.rows} rows, {report.bodies} bodies, {report.versions} versions"
        out(f"{counts}, {report.claims} claims, {report.spans} spans: {len(report.faults) or 'no'} faults")
    for fault in report.faults:
        note(harmless(fault))
    return 4 if report.faults else 0

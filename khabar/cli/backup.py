"""``khabar backup FILE``: a checked copy of the ledger, made while others write to it."""

from __future__ import annotations

from pathlib import Path

import click

from khabar.cli.options import Call, key_option, ledger_option, note_custody, operator_option, pass_call
from khabar.cli.output import out
from khabar.cli.progress import Line
from khabar.ledger.backup import back_up
from khabar.stores import file_of


@click.command("backup")
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@ledger_option
@key_option
@operator_option
@pass_call
def command(call: Call, target: Path) -> None:
    """Copy the ledger to FILE, check the copy, and note it in the ledger."""
    with Line(quiet=call.quiet) as line:
        line.step("copying")
        report = back_up(file_of(call.settings().ledger, "backup", "use pg_dump"), target, progress=line)
        note_custody(call, "backup", target)
    out(f"{target}: {report.size} records, checked")

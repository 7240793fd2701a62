"""``khabar backup FILE``: a checked copy of the ledger, made while others write to it."""

from __future__ import annotations

from pathlib import Path

import click

from khabar.cli.options import Call, key_option, ledger_option, new_run, operator_option, pass_call, write
from khabar.cli.output import out
from khabar.ledger.backup import back_up, digest_of
from khabar.ledger.keeping import CUSTODY


@click.command("backup")
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@ledger_option
@key_option
@operator_option
@pass_call
def command(call: Call, target: Path) -> None:
    """Copy the ledger to FILE, check the copy, and note it in the ledger."""
    settings = call.settings()
    report = back_up(settings.ledger, target)
    row = {
        "action": "backup",
        "subject": target.name,
        "subject_sha256": digest_of(target),
        "operator": settings.operator,
    }
    with write(call) as writer:
        writer.append_row(CUSTODY, row, stamp=new_run().stamp())
    out(f"{target}: {report.size} records, checked")

"""``khabar restore FILE``: a ledger from a copy that was checked; one that stands there is never overwritten."""

from __future__ import annotations

from pathlib import Path

import click

from khabar.cli.options import Call, key_option, ledger_option, new_run, operator_option, pass_call, write
from khabar.cli.output import out
from khabar.ledger.backup import digest_of, restore
from khabar.ledger.keeping import CUSTODY


@click.command("restore")
@click.argument("backup", metavar="FILE", type=click.Path(path_type=Path))
@ledger_option
@key_option
@operator_option
@pass_call
def command(call: Call, backup: Path) -> None:
    """Check FILE and make the ledger from it."""
    settings = call.settings()
    report = restore(backup, settings.ledger)
    row = {
        "action": "restored",
        "subject": backup.name,
        "subject_sha256": digest_of(backup),
        "operator": settings.operator,
    }
    with write(call) as writer:
        writer.append_row(CUSTODY, row, stamp=new_run().stamp())
    out(f"{settings.ledger}: {report.size} records, checked")

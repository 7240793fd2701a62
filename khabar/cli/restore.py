"""``khabar restore FILE``: a ledger from a copy that was checked; one that stands there is never overwritten."""

from __future__ import annotations

from pathlib import Path

import click

from khabar.cli.options import Call, key_option, ledger_option, note_custody, operator_option, pass_call
from khabar.cli.output import out
from khabar.cli.progress import Line
from khabar.ledger.backup import restore
from khabar.stores import file_of


@click.command("restore")
@click.argument("backup", metavar="FILE", type=click.Path(path_type=Path))
@ledger_option
@key_option
@operator_option
@pass_call
def command(call: Call, backup: Path) -> None:
    """Check FILE and make the ledger from it."""
    settings = call.settings()
    with Line(quiet=call.quiet) as line:
        report = restore(backup, file_of(settings.ledger, "restore", "use pg_restore"), progress=line)
        note_custody(call, "restored", backup)
    out(f"{settings.ledger}: {report.size} records, checked")

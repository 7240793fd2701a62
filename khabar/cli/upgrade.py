"""``khabar upgrade``: a ledger of an earlier khabar brought up; an old file is kept beside it."""

from __future__ import annotations

import click

from khabar.cli.options import Call, key_option, ledger_option, new_run, operator_option, pass_call, signer
from khabar.cli.output import out
from khabar.cli.progress import Line
from khabar.ledger.schema import SCHEMA_VERSION
from khabar.ledger.upgrade import upgrade


@click.command("upgrade")
@ledger_option
@key_option
@operator_option
@pass_call
def command(call: Call) -> None:
    """Bring the ledger up to this khabar's schema."""
    settings = call.settings()
    with Line(quiet=call.quiet) as line:
        line.step("bringing it up")
        done = upgrade(settings.ledger, stamp=new_run().stamp(), operator=settings.operator, signer=signer(call))
    if done is None:
        out(f"{settings.ledger}: nothing to do")
        return
    covered = f"{done.covered} records are in the log now that were not" if done.covered else "the log had every record"
    kept = f"the old one is {done.kept}" if done.kept else "no row was touched"
    out(f"{settings.ledger}: brought up from schema {done.version} to {SCHEMA_VERSION}; {covered}; {kept}")

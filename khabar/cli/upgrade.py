"""``khabar upgrade``: a ledger of an earlier khabar brought up; the old file is kept beside it."""

from __future__ import annotations

import click

from khabar.cli.options import Call, key_option, ledger_option, new_run, operator_option, pass_call, signer
from khabar.cli.output import out
from khabar.ledger.upgrade import upgrade
from khabar.stores import file_of


@click.command("upgrade")
@ledger_option
@key_option
@operator_option
@pass_call
def command(call: Call) -> None:
    """Bring the ledger up to this khabar's schema."""
    settings = call.settings()
    kept = upgrade(
        file_of(
            settings.ledger,
            "upgrade",
            "export what an older one holds ('khabar export warc') and add it to a new schema",
        ),
        stamp=new_run().stamp(),
        operator=settings.operator,
        signer=signer(call),
    )
    out(
        f"{settings.ledger}: nothing to do" if kept is None else f"{settings.ledger}: brought up; the old one is {kept}"
    )

"""``khabar bundle CLAIM|EVENT…``: evidence that can be checked without the ledger, as one zip.

In: ids of claims and events. Out: the zip; a row in the ledger's record of custody. A file that stands at the target is
never overwritten. The zip holds other people's texts and names: mind who gets it.
"""

from __future__ import annotations

from pathlib import Path

import click

from khabar.cli.options import (
    Call,
    clock,
    key_option,
    ledger_option,
    new_run,
    operator_option,
    pass_call,
    signer,
    write,
)
from khabar.cli.output import out
from khabar.cli.progress import Line
from khabar.errors import UsageFault
from khabar.ledger.bundle import bundle, signed_head
from khabar.ledger.durable import write_new
from khabar.ledger.gathering import gather
from khabar.ledger.keeping import CUSTODY
from khabar.ledger.log import head_of
from khabar.model.identity import digest
from khabar.show.sheet import sheet


@click.command("bundle")
@click.argument("keys", nargs=-1, required=True, metavar="CLAIM|EVENT...")
@click.option("--to", "target", type=click.Path(path_type=Path), default="evidence.zip", help="The zip [evidence.zip].")
@ledger_option
@key_option
@operator_option
@pass_call
def command(call: Call, keys: tuple[str, ...], target: Path) -> None:
    """Seal claims and events with their bodies, versions, proofs and a sheet for people."""
    operator, made_at, key = call.settings().operator, clock(), signer(call)
    if target.exists():
        raise UsageFault(f"{target}: stands there already and is never overwritten; choose another name with --to")
    with write(call) as writer, Line(quiet=call.quiet) as line:
        view = writer.view
        with view.moment():
            line.step("gathering what belongs to it")
            found = gather(view, keys)
            line.step(f"sealing {len(found.records):,} records")
            head = head_of(view, signed_head(view))
            page = sheet(view, found.claims, found.events, head=head, made_at=made_at, operator=operator)
            data = bundle(view, found, sheet=page, made_at=made_at, signer=key)
        try:
            write_new(target, data)
        except OSError as error:
            raise UsageFault(f"{target}: cannot be written ({error.strerror})") from error
        ids = [*(row.claim_id for row in found.claims), *(event.event_id for event in found.events)]
        row = {"action": "sealed", "subject": " ".join(ids), "subject_sha256": digest(data), "operator": operator}
        writer.append_row(CUSTODY, {**row, "note": target.name}, stamp=new_run().stamp())
    out(
        f"{target}: {len(found.claims)} claims, {len(found.events)} events, {len(found.records)} records, {len(data)} bytes"
    )

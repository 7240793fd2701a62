"""``khabar purge VERSION|ARTICLE --reason TEXT``: contents that had to go; digest, leaf and a tombstone stay.

In: ids, a reason. Out: blanked rows; events are fused anew without them. It cannot be undone, so it does nothing
without --yes.
"""

from __future__ import annotations

import click

from khabar.cli.intake import workbench
from khabar.cli.options import (
    Call,
    atlas_option,
    key_option,
    ledger_option,
    model_option,
    new_run,
    operator_option,
    pass_call,
    quiet_option,
    tables_option,
    write,
)
from khabar.cli.output import note, out
from khabar.cli.progress import Line
from khabar.ledger.purge import purge, versions_named
from khabar.run.stages import fuse_all
from khabar.stores import Server


@click.command("purge")
@click.argument("keys", nargs=-1, required=True, metavar="VERSION|ARTICLE...")
@click.option("--reason", required=True, help="Why; it is kept for ever, so name no names in it.")
@click.option("--yes", is_flag=True, help="Do it; without this the versions are only listed.")
@ledger_option
@key_option
@operator_option
@atlas_option
@tables_option
@model_option
@quiet_option
@pass_call
def command(call: Call, keys: tuple[str, ...], reason: str, yes: bool) -> None:
    """Remove the contents of versions for good; what stays is their digests, the leaves of the log, and why."""
    with write(call) as writer:
        ids = list(dict.fromkeys(version_id for key in keys for version_id in versions_named(writer.view, key)))
        if not yes:
            for version_id in ids:
                out(f"{version_id} would be purged")
            note("nothing was done; it cannot be undone: say --yes")
            return
        operator, run = call.settings().operator, new_run()
        bench = workbench(call)
        with Line(quiet=call.quiet) as line:
            line.step(f"blanking {len(ids):,} versions, and writing the ledger anew")
            done = purge(writer, ids, reason=reason, operator=operator, stamp=run.stamp())
            line.step("fusing the events anew")
            fuse_all(writer, bench, run.stamp())
    out(f"{len(ids)} versions purged, {done.rows} rows blanked; backups, bundles and exports still have what they had")
    if done.wiped:
        return
    if isinstance(call.settings().ledger, Server):
        note("the server's own write-ahead log may hold the bytes for a while, and its backups for longer")
    else:
        note("another program has the ledger open: its write-ahead log may hold the bytes until that closes")

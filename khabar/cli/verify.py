"""``khabar verify``: is every stored byte still what was stored? Exit code 4 if not.

In: the ledger, or a bundle; heads kept elsewhere (``--anchor``), public keys that must have signed (``--signed-by``).
Out: one line of counts, one on the log, a line for every fault. Without an anchor somebody with the key can rewrite the
past unseen.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from khabar.cli.options import Call, ask, json_option, ledger_option, pass_call
from khabar.cli.output import harmless, json_lines, note, out
from khabar.cli.progress import Line
from khabar.ledger import anchors
from khabar.ledger.checking import VerifyReport
from khabar.ledger.codec import plain
from khabar.ledger.keys import public_key_at
from khabar.ledger.stamps import certificates_in
from khabar.ledger.verify import verify
from khabar.ledger.verify_bundle import verify_bundle

FILE = click.Path(path_type=Path)
FAULTS_SHOWN = 100


@click.command("verify")
@click.argument("bundle", required=False, type=FILE)
@click.option("--anchor", "places", multiple=True, type=FILE, help="Heads or a time stamp kept outside; repeatable.")
@click.option(
    "--signed-by", "keys", multiple=True, type=FILE, help="Public key (PEM) that must have signed; repeatable."
)
@click.option("--authority", type=FILE, help="Certificates (PEM) that time stamps must lead to.")
@ledger_option
@json_option
@pass_call
def command(
    call: Call,
    bundle: Path | None,
    places: tuple[Path, ...],
    keys: tuple[Path, ...],
    authority: Path | None,
    as_json: bool,
) -> int:
    """Re-hash every body and row, re-cut every span, grow the log again; of the ledger, or of a BUNDLE."""
    roots = certificates_in(authority.read_bytes(), str(authority)) if authority else []
    given = anchors.outside_of(places, [public_key_at(path) for path in keys], roots)
    if bundle is not None:
        return told(verify_bundle(bundle, given, roots=roots), as_json=as_json, sealed=True)
    with ask(call) as view, Line(quiet=call.quiet or as_json) as line:
        own, unreached = anchors.recorded(view, roots)
        outside = replace(given, heads=(*given.heads, *own.heads), imprints=(*given.imprints, *own.imprints))
        report = verify(view, outside, progress=line)
    report = replace(report, notes=(*report.notes, *unreached))
    return told(report, as_json=as_json)


def told(report: VerifyReport, *, as_json: bool, sealed: bool = False) -> int:
    """Print a report on a ledger, or on a bundle (``sealed``). Out: the exit code."""
    faults = report.faults
    if as_json:
        json_lines([plain(report)])
    else:
        counts = f"{report.rows} rows, {report.bodies} bodies, {report.versions} versions"
        out(f"{counts}, {report.claims} claims, {report.spans} spans: {len(faults) or 'no'} faults")
        purged = f", {report.purged} rows purged" if report.purged else ""
        out(f"log of {report.size} records{_signed(report, sealed=sealed)}{purged}; {_anchored(report)}")
        for line in report.notes:
            note(harmless(line))
    for fault in faults[:FAULTS_SHOWN]:
        note(harmless(fault))
    if len(faults) > FAULTS_SHOWN:
        note(f"… and {len(faults) - FAULTS_SHOWN} more; --json has all")
    return 4 if faults else 0


def _signed(report: VerifyReport, *, sealed: bool) -> str:
    """What is signed of a bundle's one head, or of a ledger's many."""
    if sealed:
        return ", its head is signed" if report.signed else ", its head is not signed"
    return f" in {report.entries} entries, {report.signed} signed"


def _anchored(report: VerifyReport) -> str:
    """What heads outside said."""
    if not report.anchors:
        return "no head outside to compare with"
    return f"{report.anchors} heads outside agree"

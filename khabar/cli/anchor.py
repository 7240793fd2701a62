"""``khabar anchor PLACE…``: the newest signed head of the ledger left outside of it.

In: files or git repositories, best on another disk; or a time-stamp query to write, or the reply to take in. Out: the
head at each place and a row in the ledger; without a place the head on standard output, to be printed or mailed.
"""

from __future__ import annotations

from pathlib import Path

import click

from khabar.cli.options import (
    Call,
    ask,
    key_option,
    ledger_option,
    new_run,
    operator_option,
    pass_call,
    write,
)
from khabar.cli.output import note, out
from khabar.errors import UsageFault
from khabar.ledger import anchors
from khabar.ledger.log import head_of, last_entry
from khabar.ledger.notes import Head
from khabar.ledger.stamps import certificates_in, request_for, stamped
from khabar.ledger.store import Writer

FILE = click.Path(path_type=Path)


@click.command("anchor")
@click.argument("places", nargs=-1, metavar="PLACE...", type=FILE)
@click.option("--query", type=FILE, help="Write a time-stamp query (RFC 3161) for the newest head to this file.")
@click.option("--reply", type=FILE, help="Take in the authority's reply to such a query.")
@click.option("--authority", type=FILE, help="Certificates (PEM) that the reply must lead to.")
@ledger_option
@key_option
@operator_option
@pass_call
def command(
    call: Call, places: tuple[Path, ...], query: Path | None, reply: Path | None, authority: Path | None
) -> None:
    """Leave the newest signed head where whoever changes the ledger cannot reach."""
    with ask(call) as view:
        signed = anchors.newest_note(view)
        entry = last_entry(view)
        head = head_of(view, entry) if entry else None
    if head is None:
        return
    if query is not None:
        query.write_bytes(request_for(head))
        note(
            f"{query}: send it to a time-stamp authority (Content-Type: application/timestamp-query), then give --reply"
        )
    elif reply is not None:
        _take(call, reply, authority)
    elif places:
        with write(call) as writer:
            for place in places:
                left = anchors.leave(place.absolute(), signed)
                _note(call, writer, head, left)
                note(f"{place}: head of {head.size} records left ({left.kind})")
    else:
        out(signed.rstrip("\n"))


def _take(call: Call, reply: Path, authority: Path | None) -> None:
    """Take in a time stamp. Raises UsageFault if it is of no head of this ledger, StoreDamaged if it does not hold."""
    roots = certificates_in(authority.read_bytes(), str(authority)) if authority else []
    data = _bytes(reply)
    proof = stamped(data, str(reply), roots)
    with write(call) as writer:
        _append(call, writer, reply, data, proof.imprint_sha256)
    checked = "checked" if proof.checked else "not checked: give --authority"
    note(f"{reply}: stamped at {proof.stamped_at} (the authority's certificate is {checked})")


def _append(call: Call, writer: Writer, reply: Path, data: bytes, imprint: str) -> None:
    """The token as a row."""
    entry = anchors.entry_stamped(writer.view, imprint)
    if entry is None:
        raise UsageFault(f"{reply}: stamps no head of this ledger")
    _note(call, writer, head_of(writer.view, entry), anchors.Left("rfc3161", reply.name, data))


def _note(call: Call, writer: Writer, head: Head, left: anchors.Left) -> None:
    """Where the head was left, as a row."""
    anchors.append_anchor(writer, head, left, stamp=new_run().stamp(), operator=call.settings().operator)


def _bytes(path: Path) -> bytes:
    """A file's bytes. Raises UsageFault if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageFault(f"{path}: {error.strerror}") from error

"""``khabar anchor PLACE…``: the newest signed head of the ledger left outside of it.

In: files or git repositories, best on another disk; or a time-stamp authority to ask, a query to write, a reply to take in.
Out: the head at each place and a row in the ledger; without a place the head on standard output, to be printed or mailed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from cryptography.x509 import Certificate

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
from khabar.ledger.durable import write_new
from khabar.ledger.log import head_of
from khabar.ledger.notes import Head
from khabar.ledger.stamps import Stamped, certificates_in, request_for, stamped
from khabar.ledger.store import Writer

if TYPE_CHECKING:
    from khabar.capture.exchange import Asking, Reply

FILE = click.Path(path_type=Path)
MOST = 1024 * 1024
"""bytes of a reply, which is a few thousand with its certificates"""


@click.command("anchor")
@click.argument("places", nargs=-1, metavar="PLACE...", type=FILE)
@click.option("--tsa", metavar="URL", help="Ask this time-stamp authority (RFC 3161) to stamp the newest head.")
@click.option("--keep", type=FILE, help="Write the authority's reply to this new file as well.")
@click.option("--query", type=FILE, help="Write a time-stamp query (RFC 3161) for the newest head to this file.")
@click.option("--reply", type=FILE, help="Take in the authority's reply to such a query.")
@click.option("--authority", type=FILE, help="Certificates (PEM) that the reply must lead to.")
@ledger_option
@key_option
@operator_option
@pass_call
def command(call: Call, /, places: tuple[Path, ...], **given: Any) -> None:
    """Leave the newest signed head where whoever changes the ledger cannot reach."""
    tsa, keep, query, reply, authority = (given[name] for name in ("tsa", "keep", "query", "reply", "authority"))
    if keep is not None and (tsa is None or keep.exists()):
        raise UsageFault(f"{keep}: --keep is for the reply to --tsa, in a file that is not there yet")
    roots = certificates_in(_bytes(authority), str(authority)) if authority else []
    with ask(call) as view:
        signed, head = anchors.newest_note(view), anchors.newest_head(view)
    if tsa is not None:
        _ask(call, tsa, keep, roots)
    elif query is not None:
        query.write_bytes(request_for(head))
        note(
            f"{query}: send it to a time-stamp authority (Content-Type: application/timestamp-query), then give --reply"
        )
    elif reply is not None:
        _take(call, reply, roots)
    elif places:
        with write(call) as writer:
            for place in places:
                left = anchors.leave(place.absolute(), signed)
                _note(call, writer, head, left)
                note(f"{place}: head of {head.size} records left ({left.kind})")
    else:
        out(signed.rstrip("\n"))


def _ask(call: Call, url: str, keep: Path | None, roots: Sequence[Certificate]) -> None:
    """Have the head stamped over the network. Raises WorldUnreachable if that does not come to a stamp."""
    from khabar.run.stamping import stamp_head  # noqa: PLC0415 - the network, only here

    with write(call) as writer:
        operator, stamp = call.settings().operator, new_run().stamp()
        data, proof = stamp_head(writer, url, ask=authority_asked, roots=roots, stamp=stamp, operator=operator)
    if keep is not None:
        write_new(keep, data)
    _told(url, proof)
    if keep is None:
        note("the reply stands in the ledger alone, and goes with it: keep a copy elsewhere with --keep")


def authority_asked(asking: Asking) -> Reply:
    """What an authority answers, through the one guarded exchange."""
    from khabar.capture.exchange import FetchPolicy, exchange  # noqa: PLC0415 - as above

    policy = FetchPolicy(user_agent="khabar/0.1 (news ledger; time stamps)", wire_bytes=MOST, decoded_bytes=MOST)
    return exchange(asking, policy=policy)


def _take(call: Call, reply: Path, roots: Sequence[Certificate]) -> None:
    """Take in a time stamp. Raises UsageFault if it is of no head of this ledger, StoreDamaged if it does not hold."""
    data = _bytes(reply)
    proof = stamped(data, str(reply), roots)
    with write(call) as writer:
        _append(call, writer, reply, data, proof.imprint_sha256)
    _told(str(reply), proof)


def _told(where: str, proof: Stamped) -> None:
    """Say what a time stamp proves."""
    checked = "checked" if proof.checked else "not checked: give --authority"
    note(f"{where}: stamped at {proof.stamped_at} (the authority's certificate is {checked})")


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

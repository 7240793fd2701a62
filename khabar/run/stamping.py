"""A head of the log stamped by a time-stamp authority over the network (RFC 3161, 3.4): asked, checked, put on record.

In: a Writer, the authority's URL, the guarded exchange, the certificates that a reply must lead to, the envelope. Out:
the reply (DER) and what it proves. The query has a nonce; a reply counts only if it is granted, bears that nonce, and
is of this head's digest; then it stands in the ledger as an anchor. Only what the exchange allows is asked: public
addresses, one try, no redirect. A reply whose certificate was not checked proves nothing to others, and one that lies in
the ledger alone goes with the ledger: keep a copy elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cryptography.x509 import Certificate

from khabar.capture.exchange import Asking, Reply
from khabar.errors import StoreDamaged, WorldUnreachable
from khabar.ledger.anchors import Left, append_anchor, newest_head
from khabar.ledger.stamps import Stamped, query_for, stamped
from khabar.ledger.store import Stamp, Writer
from khabar.model.watching import Result
from khabar.run.alerts import shown

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
Ask = Callable[[Asking], Reply]
"""the guarded exchange; raises WorldUnreachable"""


def stamp_head(
    writer: Writer, url: str, *, ask: Ask, roots: Sequence[Certificate], stamp: Stamp, operator: str
) -> tuple[bytes, Stamped]:
    """Have the newest signed head stamped. Raises UsageFault if there is none, WorldUnreachable for anything but a stamp."""
    head = newest_head(writer.view)
    query = query_for(head)
    reply = ask(Asking(url=url, accept=REPLY, body=query.data, headers=(("Content-Type", QUERY),)))
    if reply.status != 200:
        raise WorldUnreachable(url, f"the authority answers HTTP {reply.status}", Result.UNREACHABLE)
    if reply.mime_type != REPLY:
        raise WorldUnreachable(url, f"answers {reply.mime_type or 'nothing'!r:.60}, no time stamp", Result.MALFORMED)
    try:
        proof = stamped(reply.body, "the reply", roots, query)
    except StoreDamaged as error:  # what came is damaged, not what is stored
        raise WorldUnreachable(url, str(error), Result.MALFORMED) from error
    left = Left("rfc3161", shown(url), reply.body)
    append_anchor(writer, head, left, stamp=stamp, operator=operator)
    return reply.body, proof

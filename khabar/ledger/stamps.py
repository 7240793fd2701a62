"""Time stamps of an authority (RFC 3161) for heads of the log: the request, and what a reply proves.

In: a head, a reply (DER), certificates (PEM). Out: a request (DER) that any client can send, and a Stamped: whose
digest was stamped, when, and whether the authority's certificate was checked. Nothing here uses the network. A reply
whose certificate was not checked proves nothing to others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimeStampRequest,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from khabar.errors import StoreDamaged, UsageFault
from khabar.ledger.notes import Head
from khabar.model.identity import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What a reply says: the digest that was stamped (SHA-256), the time (UTC, second), whether it was checked."""

    imprint_sha256: str
    stamped_at: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query with a nonce, as it is sent to an authority, and what its reply must bear."""

    data: bytes
    nonce: int
    imprint_sha256: str


def request_for(head: Head) -> bytes:
    """A time-stamp query for a head, asking for the certificate; without nonce, so that the reply can be read alone."""
    return _request(head, nonce=False).as_bytes()


def query_for(head: Head) -> Query:
    """The same with a nonce, so that an earlier reply cannot pass for the one to this query."""
    request = _request(head, nonce=True)
    if request.nonce is None:  # the library's type allows it
        raise ValueError("a query without the nonce that was asked for")
    return Query(data=request.as_bytes(), nonce=request.nonce, imprint_sha256=digest(head.text.encode()))


def _request(head: Head, *, nonce: bool) -> TimeStampRequest:
    return TimestampRequestBuilder(nonce=nonce).data(head.text.encode()).hash_algorithm(HashAlgorithm.SHA256).build()


def stamped(reply: bytes, where: str, roots: Sequence[x509.Certificate] = (), query: Query | None = None) -> Stamped:
    """What a reply says, its signature checked if there are roots, and that it is to the query if one is given.

    Raises StoreDamaged for a bad or refused one.
    """
    try:
        response = decode_timestamp_response(reply)
        if PKIStatus(response.status) is not PKIStatus.GRANTED:
            raise StoreDamaged(f"{where}: the authority did not grant a time stamp ({PKIStatus(response.status).name})")
        imprint = response.tst_info.message_imprint.message
        at = response.tst_info.gen_time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if roots:
            VerifierBuilder(roots=list(roots)).build().verify(response, imprint)
        same = query is None or (response.tst_info.nonce, imprint.hex()) == (query.nonce, query.imprint_sha256)
    except (ValueError, VerificationError) as error:
        raise StoreDamaged(f"{where}: the time stamp does not hold ({error})") from error
    if not same:
        raise StoreDamaged(f"{where}: a time stamp to another query")
    return Stamped(imprint_sha256=imprint.hex(), stamped_at=at, checked=bool(roots))


def certificates_in(data: bytes, where: str) -> list[x509.Certificate]:
    """The certificates of a PEM file. Raises UsageFault if there are none."""
    try:
        return x509.load_pem_x509_certificates(data)
    except ValueError as error:
        raise UsageFault(f"{where}: no certificates in PEM ({error})") from error

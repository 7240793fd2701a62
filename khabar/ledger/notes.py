"""Signed heads of the log as people and other tools exchange them: C2SP checkpoints in signed notes.

In: a Head, or the text of a note. Out: the text, or the Head. Form (c2sp.org/tlog-checkpoint): origin, size in leaves,
root in base64, then our one extension line with the time (UTC, second), a blank line, and a signature line. What is
signed is everything up to the blank line. Ed25519 only. It proves who signed and what, not when: that takes an anchor.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from khabar.errors import StoreDamaged
from khabar.model.identity import ID_DIGITS, digest

ORIGIN = "khabar/"
ED25519 = b"\x01"
LINE = re.compile(r"— (\S+) ([A-Za-z0-9+/]+=*)\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The state of a log: how many leaves, their root, when, and by whom it is signed (base64; None: by nobody)."""

    ledger_id: str
    size: int
    root_sha256: str
    recorded_at: str
    key_id: str | None = None
    signature: str | None = None

    @property
    def text(self) -> str:
        """What is signed."""
        root = base64.b64encode(bytes.fromhex(self.root_sha256)).decode()
        return f"{ORIGIN}{self.ledger_id}\n{self.size}\n{root}\n{self.recorded_at}\n"


def key_id_of(public_key: bytes) -> str:
    """The id of a key: the first digits of the digest of its 32 bytes."""
    return digest(public_key)[:ID_DIGITS]


def signed_by(head: Head, public_key: bytes) -> bool:
    """Whether the key made the head's signature."""
    try:
        signature = base64.b64decode(head.signature or "", validate=True)
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, head.text.encode())
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def note_of(head: Head, public_key: bytes) -> str:
    """A signed head as a signed note."""
    name = ORIGIN + head.ledger_id
    signature = _key_hash(name, public_key) + base64.b64decode(head.signature or "")
    return f"{head.text}\n— {name} {base64.b64encode(signature).decode()}\n"


def heads_in(text: str, where: str) -> list[Head]:
    """All heads of a file of notes, one behind the other. Raises StoreDamaged with the place if there is something else."""
    heads, lines = [], text.splitlines()
    for at in range(0, len(lines), 6):
        block = lines[at : at + 6]
        try:
            heads.append(_head(block))
        except (ValueError, binascii.Error) as error:
            raise StoreDamaged(f"{where} line {at + 1}: not a signed head of a ledger ({error})") from error
    return heads


def _head(block: list[str]) -> Head:
    """A head from its six lines."""
    if len(block) != 6 or block[4]:
        raise ValueError("six lines, the fifth empty")
    origin, size, root, at, _, line = block
    found = LINE.fullmatch(line)
    if found is None or found.group(1) != origin or not origin.startswith(ORIGIN):
        raise ValueError("no signature of its origin")
    signature = base64.b64decode(found.group(2), validate=True)[4:]
    return Head(
        ledger_id=origin.removeprefix(ORIGIN),
        size=int(size),
        root_sha256=base64.b64decode(root, validate=True).hex(),
        recorded_at=at,
        signature=base64.b64encode(signature).decode(),
    )


def _key_hash(name: str, public_key: bytes) -> bytes:
    """The four bytes by which a signature line names its key."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:4]

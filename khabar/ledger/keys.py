"""The key that signs heads: Ed25519, made on first use in the user's configuration folder, never in a ledger.

In: a path. Out: a Signer. The file is PKCS 8 in PEM, readable for its owner only; two processes that make it at once
end up with one key. It is not encrypted: whoever can read it can sign. That is why heads are left with anchors as well.
"""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

import platformdirs
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from khabar.errors import UsageFault
from khabar.ledger.durable import sync_folder
from khabar.ledger.notes import Head, key_id_of

FILE_NAME = "signing-key.pem"


class Signer:
    """Signs heads with one key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public_key = raw(key.public_key())
        self.key_id = key_id_of(self.public_key)

    def signature(self, head: Head) -> str:
        """The signature of a head, base64."""
        return base64.b64encode(self._key.sign(head.text.encode())).decode()

    def sign(self, data: bytes) -> str:
        """The signature of any bytes, base64."""
        return base64.b64encode(self._key.sign(data)).decode()


def default_path() -> Path:
    """Where the key is unless a setting says otherwise."""
    return Path(platformdirs.user_config_dir("khabar")) / FILE_NAME


def new_signer() -> Signer:
    """A signer with a fresh key that is stored nowhere."""
    return Signer(Ed25519PrivateKey.generate())


def signer_at(path: Path) -> Signer:
    """The signer of a key file; the file is made if it is not there. Raises UsageFault if it holds no such key."""
    if not path.exists():
        _make(path)
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm, OSError) as error:
        raise UsageFault(f"{path}: no key that can be used ({error}); move it away, and a new one is made") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageFault(f"{path}: not an Ed25519 key; move it away, and a new one is made")
    return Signer(key)


def public_key_at(path: Path) -> bytes:
    """The public key of a file that holds a private or a public one, in PEM. Raises UsageFault if it holds neither."""
    try:
        data = path.read_bytes()
        key = (
            serialization.load_pem_private_key(data, password=None).public_key()
            if b"PRIVATE" in data
            else serialization.load_pem_public_key(data)
        )
    except (ValueError, TypeError, UnsupportedAlgorithm, OSError) as error:
        raise UsageFault(f"{path}: no key that can be used ({error})") from error
    if not isinstance(key, Ed25519PublicKey):
        raise UsageFault(f"{path}: not an Ed25519 key")
    return raw(key)


def pem_of(public_key: bytes) -> bytes:
    """A public key in PEM, as other tools read it."""
    key = Ed25519PublicKey.from_public_bytes(public_key)
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def raw(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of a public key."""
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def _make(path: Path) -> None:
    """A new key: written whole under another name, then linked to its own, so that nobody sees half a key."""
    data = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123 - mode at birth
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(part)
        except FileExistsError:  # another process was faster: its key is the key
            pass
        finally:
            part.unlink()
        sync_folder(path.parent)
    except OSError as error:
        raise UsageFault(
            f"{path}: the key that signs the ledger cannot be written there ({error}); set --key"
        ) from error

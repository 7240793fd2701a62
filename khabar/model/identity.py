"""Ids computed from content: the same thing has the same id on every machine and in every run.

In: strings and bytes. Out: lower-case hex SHA-256, cut to 20 digits for ids (80 bits), whole for digests of bodies
and texts. The parts of an id are joined with a unit separator so that no two lists of parts collide by accident.
"""

from __future__ import annotations

import hashlib

ID_DIGITS = 20


def digest(data: bytes) -> str:
    """Lower-case hex SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def text_digest(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes."""
    return digest(text.encode("utf-8", "surrogatepass"))


def content_id(*parts: str) -> str:
    """Id of a record from the parts that make it what it is."""
    return text_digest("\x1f".join(parts))[:ID_DIGITS]

"""The bytes that came in: kept once under their digest, compressed against an earlier state of the same page.

In: bytes, and the bytes that they resemble. Out: packed bytes and back. A page that is fetched again differs in a few
words and in its furniture; with the earlier state as zstd's dictionary it takes a few hundred bytes. ``body_base``
names that state, which is itself packed alone, so that no body hangs on a chain. If a base has to go (``purge.py``),
what hangs on it is first packed alone into ``body_again``. The digest in ``body`` is that of the raw bytes and proves
each reading.
"""

from __future__ import annotations

import zstandard

from khabar.errors import StoreDamaged
from khabar.ledger.codec import LEVEL, pack, unpack
from khabar.ledger.log import Asked

WORTH = 8
"""a body that takes less than this part of its size against a base is kept so"""

STANDALONE = """SELECT v.body_sha256, b.data FROM version v JOIN body b USING (body_sha256)
    WHERE v.article_id = ? AND length(b.data) > 0
    AND NOT EXISTS (SELECT 1 FROM body_base x WHERE x.body_sha256 = v.body_sha256) ORDER BY v.seq DESC LIMIT 1"""


def pack_against(body: bytes, base: bytes) -> bytes:
    """A body with another as dictionary."""
    return zstandard.ZstdCompressor(level=LEVEL, dict_data=_dictionary(base)).compress(body)


def unpack_against(data: bytes, base: bytes) -> bytes:
    """The body again. Raises StoreDamaged if the two do not fit."""
    try:
        return zstandard.ZstdDecompressor(dict_data=_dictionary(base)).decompress(data)
    except zstandard.ZstdError as error:
        raise StoreDamaged(f"a stored body cannot be decompressed: {error}") from error


def _dictionary(base: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def packed(body: bytes, base: tuple[str, bytes] | None) -> tuple[bytes, str | None]:
    """A body as it is stored, and the digest of the base if there is one that is worth it."""
    if base is not None and base[1]:
        small = pack_against(body, base[1])
        if len(small) * WORTH < len(body):
            return small, base[0]
    return pack(body), None


def base_for(asked: Asked, article_id: str) -> tuple[str, bytes] | None:
    """The newest body of an article that is packed alone: its digest and its raw bytes."""
    found = asked.rows(STANDALONE, (article_id,))
    return (str(found[0][0]), unpack(found[0][1])) if found else None


def read_body(asked: Asked, body_sha256: str) -> bytes | None:
    """The raw bytes; None if they are not there or were purged. Raises StoreDamaged if they cannot be had."""
    found = asked.rows("SELECT data FROM body WHERE body_sha256 = ?", (body_sha256,))
    if not found or not found[0][0]:
        return None
    again = asked.rows("SELECT data FROM body_again WHERE body_sha256 = ? AND length(data) > 0", (body_sha256,))
    if again:
        return unpack(again[0][0])
    based = asked.rows("SELECT base_sha256 FROM body_base WHERE body_sha256 = ?", (body_sha256,))
    if not based:
        return unpack(found[0][0])
    base = asked.rows("SELECT data FROM body WHERE body_sha256 = ?", (based[0][0],))
    if not base or not base[0][0]:
        raise StoreDamaged(f"body {body_sha256[:12]}: what it is packed against is not there")
    return unpack_against(found[0][0], unpack(base[0][0]))

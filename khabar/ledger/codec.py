"""Records to bytes and back: canonical JSON (msgspec), compressed (zstd).

In: model records. Out: bytes that decode to equal records. The digest of a record is taken over its JSON, never over
the compressed bytes, so that another zstd version does not change it.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
import zstandard

from khabar.errors import StoreDamaged

Record = TypeVar("Record")

LEVEL = 9
"""zstd level: 12 ms and 30 KB for the reading of a long article"""


def to_json(record: object) -> bytes:
    """Canonical JSON: fields in the record's order, keys of mappings sorted."""
    return msgspec.json.encode(record, order="deterministic")


def to_text(values: object) -> str:
    """The same as text, for columns that people read."""
    return to_json(values).decode()


def from_json(data: bytes | str, kind: type[Record]) -> Record:
    """The record that JSON holds. Raises StoreDamaged if it does not hold one."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise StoreDamaged(f"a stored {kind.__name__} cannot be decoded: {error}") from error


def pack(data: bytes) -> bytes:
    """Compressed bytes, their size in the frame."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(data)


def unpack(data: bytes) -> bytes:
    """The bytes again. Raises StoreDamaged if they do not decompress."""
    try:
        return zstandard.ZstdDecompressor().decompress(data)
    except zstandard.ZstdError as error:
        raise StoreDamaged(f"a stored body or record cannot be decompressed: {error}") from error


def pack_record(record: object) -> bytes:
    """A record as compressed JSON."""
    return pack(to_json(record))


def unpack_record(data: bytes, kind: type[Record]) -> Record:
    """A record from compressed JSON."""
    return from_json(unpack(data), kind)


def plain(record: Any) -> Any:
    """A record as plain dicts, lists and values."""
    return msgspec.to_builtins(record)

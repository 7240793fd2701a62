"""Compressed bodies unpacked a piece at a time, and refused where they break off.

In: the parts of a body as they come from the wire, and its content coding. Out: parts of at most a mebibyte; Broken where the
data is damaged, goes on behind its end, or ends too soon. The libraries' own decoders take a stream that was cut short for
a short page, which would look like a publisher who deleted the rest.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import brotli

PIECE = 1 << 20
CODINGS = ("gzip", "br")
"""what is asked for; deflate is taken, too, where a server sends it all the same"""


class Broken(ValueError):
    """A body that cannot be unpacked whole."""


def unpack(parts: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The body; ``coding`` is "", identity, gzip, deflate or br."""
    if coding in {"", "identity"}:
        return iter(parts)
    return _brotli(parts) if coding == "br" else _zlib(parts, 31 if coding == "gzip" else 15)


def _zlib(parts: Iterable[bytes], bits: int) -> Iterator[bytes]:
    """gzip or deflate; a gzip body may be of several members, a deflate one without its header."""
    unpacker, first = zlib.decompressobj(bits), True
    for part in parts:
        rest = part
        while rest:
            if unpacker.eof:
                unpacker = zlib.decompressobj(bits)
            try:
                yield unpacker.decompress(rest, PIECE)
            except zlib.error as error:
                if not first or bits != 15:
                    raise Broken(str(error)) from error
                unpacker = zlib.decompressobj(-15)
                first = False
                continue
            first = False
            rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if not first and not unpacker.eof:
        raise Broken("it breaks off")


def _brotli(parts: Iterable[bytes]) -> Iterator[bytes]:
    unpacker, begun = brotli.Decompressor(), False
    for part in parts:
        begun = begun or bool(part)
        try:
            yield unpacker.process(part, output_buffer_limit=PIECE // 2)
            while not unpacker.can_accept_more_data():
                yield unpacker.process(b"", output_buffer_limit=PIECE // 2)
        except brotli.error as error:
            raise Broken(str(error) or "damaged") from error
    if begun and not unpacker.is_finished():
        raise Broken("it breaks off")

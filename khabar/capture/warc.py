"""WARC files (ISO 28500) to records and back, byte for byte; damage is counted, not passed over.

In: a stream of a WARC file, plain or gzip (one member a record). Out: ``Record`` values in order, and ``Damage`` for what
could not be read. Common readers return a short last body from a file that was cut, and lose everything after a damaged
member: here a record counts only if its length agrees with Content-Length (and its digest, where it names one), and after
damage reading goes on at the next gzip magic or record head. Writing makes one gzip member a record with a fixed header,
so that the same records give the same bytes. Limits: 64 MiB a record, a hundredfold expansion beyond a mebibyte.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from khabar.capture.unpacking import Broken

MIB = 1 << 20
LARGEST = 64 * MIB
MOST_TIMES = 100
_PIECE = 256 * 1024
_GZIP = b"\x1f\x8b\x08"
_HEAD = re.compile(rb"WARC/1\.[01]\r?\n")
_LONGEST_HEAD = 64 * 1024
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One WARC record: its version line's number, header fields in order (names as written), its block."""

    version: str
    fields: tuple[tuple[str, str], ...]
    block: bytes

    def get(self, name: str) -> str | None:
        """A header field by its name, whatever its case; the first of several."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)

    @property
    def kind(self) -> str:
        """WARC-Type, lower case."""
        return (self.get("WARC-Type") or "").lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A stretch that could not be read: where it begins in the file (bytes), and why."""

    offset: int
    reason: str


def read_warc(stream: IO[bytes]) -> Iterator[Record | Damage]:
    """The records of a file, and what was damaged between them."""
    source = _Source(stream)
    while not source.at_end():
        start = source.offset
        try:
            if source.peek(3) == _GZIP:
                yield _parsed(_member(source))
            elif _HEAD.match(source.peek(10)):
                yield _plain(source)
            elif source.peek(1) in {b"\r", b"\n"}:
                source.take(1)
            else:
                yield Damage(offset=start, reason="neither a gzip member nor a record")
                source.resync(start + 1)
        except (Broken, zlib.error) as error:
            yield Damage(offset=start, reason=str(error))
            source.resync(start + 1)


def write_record(record: Record) -> bytes:
    """A record as one gzip member."""
    lines = [f"WARC/{record.version}", *(f"{name}: {value}" for name, value in record.fields)]
    whole = "\r\n".join(lines).encode() + _END + record.block + _END
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(whole) + packer.flush()


def made(kind: str, block: bytes, more: Mapping[str, str]) -> Record:
    """A record with its length and SHA-256 digest; its id is computed from its contents, so that it is always the same."""
    fields = {"WARC-Type": kind, **more}
    named = "".join(f"{name}: {value}\n" for name, value in fields.items()).encode()
    sha = hashlib.sha256(named + block).hexdigest()
    fields = {
        **fields,
        "WARC-Record-ID": f"<urn:uuid:{sha[:8]}-{sha[8:12]}-5{sha[13:16]}-8{sha[17:20]}-{sha[20:32]}>",
        "WARC-Block-Digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        "Content-Length": str(len(block)),
    }
    return Record(version="1.1", fields=tuple(fields.items()), block=block)


_DIGESTS = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s"})
"""kinds of digest that are checked; of another kind nothing shows that a block is what it was"""


class _Source:
    """A stream read ahead in pieces; keeps what was read since the last good record, so that damage can be searched."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._held, self._at, self._base = stream, bytearray(), 0, 0
        self._ended = False

    @property
    def offset(self) -> int:
        """Where the next byte stands in the file."""
        return self._base + self._at

    def peek(self, count: int) -> bytes:
        """The next bytes; fewer at the end."""
        while len(self._held) - self._at < count and not self._ended:
            part = self._stream.read(_PIECE)
            self._ended = not part
            self._held += part
        return bytes(self._held[self._at : self._at + count])

    def take(self, count: int) -> bytes:
        """The next bytes, passed over."""
        found = self.peek(count)
        self._at += len(found)
        return found

    def at_end(self) -> bool:
        """Whether nothing is left; drops what is behind."""
        self.drop()
        return not self.peek(1)

    def resync(self, offset: int) -> None:
        """Go on at the next gzip magic or record head from an offset that is still held, or at the end."""
        self._at = offset - self._base
        while True:
            places = [self._held.find(mark, self._at) for mark in (_GZIP, b"WARC/1.")]
            found = min((place for place in places if place >= 0), default=-1)
            if found >= 0:
                self._at = found
                return
            self._at = max(self._at, len(self._held) - 8)
            self.drop()
            if not self.peek(8 + _PIECE)[8:]:
                self._at = len(self._held)
                return

    def give_back(self, count: int) -> None:
        """Bytes that were taken, but belong to what comes next."""
        self._at -= count

    def drop(self) -> None:
        """Forget what is behind."""
        del self._held[: self._at]
        self._base, self._at = self._base + self._at, 0


def _member(source: _Source) -> bytes:
    """One gzip member, unpacked."""
    unpacker, out, taken = zlib.decompressobj(31), bytearray(), 0
    while not unpacker.eof:
        part = source.take(16 * 1024)
        if not part:
            raise Broken("a gzip member that breaks off")
        taken += len(part)
        rest = part
        while rest and not unpacker.eof:
            out += unpacker.decompress(rest, MIB)
            rest = unpacker.unconsumed_tail
            if len(out) > LARGEST or len(out) > max(MIB, MOST_TIMES * taken):
                raise Broken(f"a record that unpacks to more than {len(out):,} bytes")
    source.give_back(len(unpacker.unused_data))
    return bytes(out)


def _parsed(data: bytes) -> Record:
    """The record in a gzip member."""
    head = _HEAD.match(data)
    if head is None:
        raise Broken("a gzip member that holds no WARC record")
    fields, start = _fields(data, head.end())
    record = Record(version=data[5:8].decode(), fields=fields, block=data[start : start + _length(fields)])
    if data[start + len(record.block) :].strip(b"\r\n"):
        raise Broken("a record longer than its Content-Length")
    return _checked(record)


def _plain(source: _Source) -> Record:
    """An uncompressed record."""
    head = source.peek(_LONGEST_HEAD)
    fields, start = _fields(head, head.index(b"\n") + 1)
    size = _length(fields)
    source.take(start)
    record = Record(version=head[5:8].decode(), fields=fields, block=source.take(size))
    return _checked(record)


def _fields(data: bytes, start: int) -> tuple[tuple[tuple[str, str], ...], int]:
    """Header fields and where the block begins."""
    end = re.compile(rb"\r?\n\r?\n").search(data, start - 1, start + _LONGEST_HEAD)
    if end is None:
        raise Broken("a record whose header does not end")
    out: list[tuple[str, str]] = []
    for line in data[start : end.start()].decode("utf-8", "replace").splitlines():
        if line[:1] in {" ", "\t"} and out:
            out[-1] = (out[-1][0], f"{out[-1][1]} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if not colon:
            raise Broken("a header line without a colon")
        out.append((name.strip(), value.strip()))
    return tuple(out), end.end()


def _length(fields: tuple[tuple[str, str], ...]) -> int:
    stated = next((value for name, value in fields if name.lower() == "content-length"), "")
    if not (stated.isascii() and stated.isdigit()) or len(stated) > 12:
        raise Broken("a record without a sound Content-Length")
    if int(stated) > LARGEST:
        raise Broken(f"a record of {int(stated):,} bytes, more than {LARGEST:,}")
    return int(stated)


def _checked(record: Record) -> Record:
    """The record, if it is whole and its block is what its digest says."""
    if len(record.block) != _length(record.fields):
        raise Broken(f"a record cut short: {len(record.block):,} bytes of {_length(record.fields):,}")
    digest = record.get("WARC-Block-Digest")
    name, _, stated = (digest or "").partition(":")
    if digest is not None and not (stated and name.lower() in _DIGESTS):
        raise Broken(f"a record whose digest nobody can check here: {digest[:40]!r}")
    if stated and not same_digest(name.lower(), stated, record.block):
        raise Broken("a record whose block has another digest than it says")
    return record


def same_digest(name: str, stated: str, data: bytes) -> bool:
    """Whether data has the digest that is stated in base 32 or hexadecimal."""
    raw = hashlib.new(name, data).digest()
    return stated.strip().lower() in {raw.hex(), base64.b32encode(raw).decode().lower().rstrip("=")} or (
        stated.strip().upper() == base64.b32encode(raw).decode()
    )

"""Captures in WARC and WACZ files, and those that a CDX listing or a TimeMap names, as submissions.

In: an archive's file. Out: Submission and Refusal in the order of the records, with ``observed_at`` from WARC-Date. Taken are
response and resource records with status 200 and HTML or plain text; redirects, pictures and request records are passed
over in silence, damage is a refusal that says where. A WACZ is a ZIP with WARC files under archive/: its members are
read in place, so that no name in it can lead anywhere; members with a size that cannot be, encrypted ones and overlapping
ones are refused.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import IO

from khabar.capture.decoding import MARKUP, decode_text, with_charset
from khabar.capture.memento import read_cdx
from khabar.capture.moments import iso_instant
from khabar.capture.records import MAX_PAGE_BYTES, check_text
from khabar.capture.unpacking import Broken, unpack
from khabar.capture.warc import Damage, Record, read_warc
from khabar.errors import InputRefused
from khabar.model.documents import Refusal, Submission

DECLARED = "Khabar-Declared"
"""a field of records that khabar wrote: what the input said of itself, JSON"""
OWN = "urn:khabar:input:"
"""targets of records whose input had no URL"""
STATED = ("input_id", "published", "publisher", "url", "headline", "updated", "feed_title")
LARGEST_LISTING = 64 * 1024 * 1024
MOST_MEMBERS = 10_000
MOST_UNPACKED = 4 * 1024**3
MOST_TIMES = 100
"""a WACZ may unpack to so many times its size: WARC members are packed already"""


DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
"""what a member of a ZIP raises whose directory, head and bytes do not agree"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What a response record holds: the HTTP status, MIME type, encoding, the decoded body."""

    status: int
    mime_type: str
    charset: str | None
    body: bytes


def from_warc(path: Path, name: str) -> Iterator[Submission | Refusal]:
    """The captures of a WARC file."""
    with path.open("rb") as stream:
        yield from captures(stream, name)


def from_wacz(path: Path, name: str) -> Iterator[Submission | Refusal]:
    """The captures of a WACZ file. Raises InputRefused where it is no sound one."""
    with _opened(path, name) as archive:
        warcs = [info for info in archive.infolist() if _is_warc(info.filename)]
        if not warcs:
            raise InputRefused(name, "a WACZ without a WARC file under archive/")
        for info in warcs:
            called = f"{name}:{info.filename}"
            try:
                with archive.open(info) as stream:
                    yield from captures(stream, called)
            except DAMAGED as error:
                yield Refusal(name=called, input_id=called, reason=f"a member that cannot be unpacked ({error})")


def from_listing(path: Path, name: str) -> Iterator[Submission | Refusal]:
    """The captures that a CDX or CDXJ listing names, the oldest first; their WARC files lie beside it or under archive/."""
    with path.open("rb") as file:
        listing = file.read(LARGEST_LISTING)
    for one in read_cdx(listing.decode("utf-8", "replace"), name):
        warc = next((p for p in _beside(path.parent, one.warc or "") if p.is_file()), None)
        called = f"{name}:{one.original}"
        if warc is None:
            reason = f"its WARC file {one.warc} does not lie beside the listing"
            yield Refusal(name=called, input_id=one.original, reason=reason)
            continue
        with warc.open("rb") as stream:
            stream.seek(one.offset)
            found = next(iter(read_warc(stream)), None)
        capture = _capture(found, name) if isinstance(found, Record) else None
        reason = f"no captured page at byte {one.offset:,} of {one.warc}"
        yield capture or Refusal(name=called, input_id=one.original, reason=reason)


def _beside(folder: Path, filename: str) -> tuple[Path, ...]:
    bare = filename.removeprefix("archive/")
    return folder / bare, folder / "archive" / bare, folder.parent / "archive" / bare


def captures(stream: IO[bytes], name: str) -> Iterator[Submission | Refusal]:
    """The captures of a WARC stream; a stream that cannot be read any further is a refusal after what could."""
    taken = damaged = 0
    try:
        for found in read_warc(stream):
            if isinstance(found, Damage):
                damaged += 1
                reason = f"damaged at byte {found.offset:,} ({found.reason}); read on behind it"
                yield Refusal(name=name, input_id=f"{name}@{found.offset}", reason=reason)
                continue
            capture = _capture(found, name)
            taken += capture is not None
            if capture is not None:
                yield capture
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        yield Refusal(name=name, input_id=name, reason=f"damaged or cut short ({error}); what stands before is read")
        return
    if not taken and not damaged:
        yield Refusal(name=name, input_id=name, reason="holds no captured page (HTML or plain text with status 200)")


def _capture(record: Record, name: str) -> Submission | Refusal | None:
    """The page in a record; None for what is no page."""
    url = (record.get("WARC-Target-URI") or "").strip("<> ")
    if record.kind not in {"response", "resource"} or not url.startswith(("http://", "https://", OWN)):
        return None
    called = f"{name}:{url}"
    try:
        payload = payload_of(record)
        if payload is None or payload.status != 200 or payload.mime_type not in MARKUP | {"text/plain"}:
            return None
        found = _submission(payload, url, called, record.get("WARC-Date"))
        return _declared(found, record.get(DECLARED), called)
    except (InputRefused, Broken) as error:
        reason = error.reason if isinstance(error, InputRefused) else f"its body cannot be unpacked ({error})"
        return Refusal(name=called, input_id=url, reason=reason)


def _submission(payload: Payload, url: str, called: str, date: str | None) -> Submission:
    """A page as a submission under its own URL."""
    if len(payload.body) > MAX_PAGE_BYTES:
        raise InputRefused(called, f"page of {len(payload.body):,} bytes, the limit is {MAX_PAGE_BYTES:,}")
    text = None
    if payload.mime_type not in MARKUP:
        text = check_text(decode_text(with_charset(payload.body, payload.charset), called), called)
    return Submission(
        name=called,
        input_id=url,
        url=url,
        text=text,
        html=payload.body if text is None else None,
        charset=payload.charset,
        observed_at=iso_instant(date or ""),
        memento=True,
    )


def _declared(found: Submission, stated: str | None, called: str) -> Submission:
    """The submission with what our own export noted beside it: its id, date, publisher …"""
    if stated is None:
        return found if not (found.url or "").startswith(OWN) else replace(found, url=None, memento=False)
    try:
        fields = json.loads(stated)
        own = (found.url or "").startswith(OWN)
        return replace(found, memento=not own, **{key: fields[key] for key in STATED if key in fields})
    except (ValueError, TypeError) as error:
        raise InputRefused(called, f"its {DECLARED} field cannot be read ({error})") from error


def payload_of(record: Record) -> Payload | None:
    """What a response or resource holds; None where the HTTP head cannot be understood. Raises Broken."""
    if record.kind == "resource":
        mime, charset = _content_type(record.get("Content-Type") or "")
        return Payload(status=200, mime_type=mime, charset=charset, body=record.block)
    head, gap, body = record.block.partition(b"\r\n\r\n")
    line, _, rest = head.partition(b"\r\n")
    words = line.split(None, 2)
    if not gap or len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
        return None
    fields = BytesHeaderParser().parsebytes(rest + b"\r\n\r\n")
    mime, charset = _content_type(str(fields.get("Content-Type", "")))
    if str(fields.get("Transfer-Encoding", "")).lower().strip() == "chunked":
        body = unchunked(body)
    coding = str(fields.get("Content-Encoding", "")).strip().lower()
    if coding not in {"", "identity", "gzip", "deflate", "br"}:
        raise Broken(f"the coding {coding!r:.40}")
    return Payload(status=int(words[1]), mime_type=mime, charset=charset, body=_bounded(unpack([body], coding)))


def _bounded(parts: Iterator[bytes]) -> bytes:
    out = bytearray()
    for part in parts:
        out += part
        if len(out) > MAX_PAGE_BYTES:
            raise Broken(f"more than {MAX_PAGE_BYTES:,} bytes")
    return bytes(out)


def unchunked(body: bytes) -> bytes:
    """A chunked body joined; a body that only says that it is chunked stays as it is (many archives store it joined)."""
    out, at = bytearray(), 0
    while True:
        end = body.find(b"\r\n", at, at + 20)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            count = int(size, 16)
        except ValueError:
            return body
        if count == 0:
            return bytes(out)
        if count < 0 or body[end + 2 + count : end + 4 + count] != b"\r\n":
            return body
        out += body[end + 2 : end + 2 + count]
        at = end + 4 + count


def _content_type(value: str) -> tuple[str, str | None]:
    mime, _, more = value.partition(";")
    charset = more.lower().partition("charset=")[2].partition(";")[0].strip("\"' ")
    return mime.strip().lower(), charset or None


def _is_warc(filename: str) -> bool:
    return filename.startswith("archive/") and filename.lower().endswith((".warc", ".warc.gz"))


def _opened(path: Path, name: str) -> zipfile.ZipFile:
    """A WACZ, its directory checked before anything is unpacked."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputRefused(name, f"no WACZ that can be opened ({error})") from error
    try:
        check_members(archive.infolist(), path.stat().st_size, name)
    except InputRefused:
        archive.close()
        raise
    return archive


def check_members(members: list[zipfile.ZipInfo], size: int, name: str) -> None:
    """Refuse a ZIP whose directory cannot be true: too many members, too large, overlapping, encrypted, strange names."""
    if len(members) > MOST_MEMBERS:
        raise InputRefused(name, f"{len(members):,} members, more than {MOST_MEMBERS:,}")
    unpacked = sum(info.file_size for info in members)
    if unpacked > min(MOST_UNPACKED, max(16 * 1024**2, MOST_TIMES * size)):
        raise InputRefused(name, f"would unpack to {unpacked:,} bytes from {size:,}; not an archive of pages")
    end = 0
    for info in sorted(members, key=lambda m: m.header_offset):
        parts = info.filename.replace("\\", "/").split("/")
        if info.filename.startswith("/") or ".." in parts or ":" in parts[0]:
            raise InputRefused(name, f"a member named {info.filename!r:.80}, which leads outside")
        if info.flag_bits & 1:
            raise InputRefused(name, f"the member {info.filename!r:.80} is encrypted")
        if (info.external_attr >> 28) == 0o12:
            raise InputRefused(name, f"the member {info.filename!r:.80} is a link")
        if info.header_offset < end:
            raise InputRefused(name, f"the member {info.filename!r:.80} overlaps the one before it")
        end = info.header_offset + 30 + info.compress_size

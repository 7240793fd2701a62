"""What the ledger has seen, as a WARC or WACZ file that others can read and that khabar takes back byte for byte.

In: a View. Out: the bytes of records, one gzip member each, and a WACZ (1.1.1). Every observation with a body is a record:
the first with these bytes, and every one that was news, a response with the body as it came, the others revisits. What
the input said of itself (id, date, publisher) stands in the field ``Khabar-Declared``, so that another ledger makes the
same articles of it. The same ledger gives the same bytes: no clock is asked, dates in the ZIP are those of 1980.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from khabar import __version__
from khabar.capture.archives import DECLARED, OWN
from khabar.capture.warc import Record, made, write_record
from khabar.ledger.bodies import read_body
from khabar.ledger.captures import headlines, seen_bodies
from khabar.ledger.store import View

SOFTWARE = f"khabar {__version__}"
PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_EPOCH = (1980, 1, 1, 0, 0, 0)
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Page:
    """One line of a WACZ's list of pages."""

    url: str
    at: str
    title: str


def records(view: View, article_id: str | None = None) -> Iterator[Record]:
    """All records of a ledger, or of one article: a warcinfo record, then every observation that has a body, in order."""
    yield made("warcinfo", f"software: {SOFTWARE}\r\nformat: WARC file version 1.1\r\n".encode(), _info())
    seen: dict[tuple[str, str], str] = {}
    for row in seen_bodies(view, article_id):
        target = row.url if (row.url or "").startswith(("http://", "https://")) else f"{OWN}{row.input_id}"
        fields = {"WARC-Target-URI": target or "", "WARC-Date": row.at, DECLARED: row.declared}
        key = (target or "", row.body_sha256)
        if key in seen and row.outcome == "unchanged":
            yield _revisit(fields, row.body_sha256, seen[key])
            continue
        seen.setdefault(key, row.at)
        yield _response(fields, row.mime_type, read_body(view, row.body_sha256) or b"")


def silent(count: int) -> None:
    """Tells nobody."""
    del count


def write_warc(view: View, sink: IO[bytes], article_id: str | None = None, *, told: Told = silent) -> int:
    """The records into a stream; ``told`` how many, as it goes on. Out: how many."""
    count = 0
    for record in records(view, article_id):
        sink.write(write_record(record))
        count += 1
        told(count)
    return count


def write_wacz(view: View, sink: IO[bytes], article_id: str | None = None, *, told: Told = silent) -> int:
    """A WACZ into a stream that can seek; ``told`` how many records, as it goes on. Out: how many."""
    data, index, pages, count = io.BytesIO(), list[str](), list[Page](), 0
    titles = headlines(view)
    for record in records(view, article_id):
        offset = data.tell()
        data.write(write_record(record))
        count += 1
        told(count)
        url, at = record.get("WARC-Target-URI") or "", record.get("WARC-Date") or ""
        if record.kind == "response" and url.startswith("http"):
            pages.append(Page(url, at, titles.get(url, "")))
            index.append(_cdxj(record, offset, data.tell() - offset))
    files = {
        "archive/data.warc.gz": data.getvalue(),
        "indexes/index.cdx": "".join(f"{line}\n" for line in sorted(index)).encode(),
        "pages/pages.jsonl": "".join(f"{line}\n" for line in _pages(pages)).encode(),
    }
    package = _package(files)
    files["datapackage.json"] = package
    files["datapackage-digest.json"] = _json({"path": "datapackage.json", "hash": _sha256(package)})
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return count


def _info() -> dict[str, str]:
    return {"WARC-Date": "1980-01-01T00:00:00Z", "Content-Type": "application/warc-fields"}


def _response(fields: dict[str, str], mime_type: str, body: bytes) -> Record:
    """The bytes as they came, under a head that says no more than what is known."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {mime_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    more = {
        **fields,
        "WARC-Payload-Digest": _sha256(body),
        "Content-Type": "application/http; msgtype=response",
    }
    return made("response", head.encode() + body, more)


def _revisit(fields: dict[str, str], sha256: str, first: str) -> Record:
    more = {
        **fields,
        "WARC-Payload-Digest": f"sha256:{sha256}",
        "WARC-Profile": PROFILE,
        "WARC-Refers-To-Target-URI": fields["WARC-Target-URI"],
        "WARC-Refers-To-Date": first,
        "Content-Type": "application/http; msgtype=response",
    }
    return made("revisit", b"HTTP/1.1 200 OK\r\n\r\n", more)


def _cdxj(record: Record, offset: int, length: int) -> str:
    url, at = record.get("WARC-Target-URI") or "", record.get("WARC-Date") or ""
    mime = record.block.partition(b"Content-Type: ")[2].partition(b"\r\n")[0].decode().partition(";")[0]
    row = {"url": url, "digest": record.get("WARC-Payload-Digest"), "mime": mime, "filename": "data.warc.gz"}
    row |= {"offset": str(offset), "length": str(length), "recordDigest": _sha256(record.block), "status": "200"}
    host, _, path = url.partition("://")[2].partition("/")
    key = ",".join(reversed(host.lower().split("."))) + ")/" + path.lower()
    return f"{key} {''.join(c for c in at if c.isdigit())} {json.dumps(row)}"


def _pages(pages: list[Page]) -> Iterator[str]:
    yield json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All pages"})
    for page in pages:
        yield json.dumps({"url": page.url, "ts": page.at, "title": page.title}, ensure_ascii=False)


def _package(files: dict[str, bytes]) -> bytes:
    listed = [
        {"name": name.rpartition("/")[2], "path": name, "hash": _sha256(content), "bytes": len(content)}
        for name, content in files.items()
    ]
    return _json({"profile": "data-package", "wacz_version": "1.1.1", "software": SOFTWARE, "resources": listed})


def _json(values: object) -> bytes:
    return json.dumps(values, indent=1).encode()


def _sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"

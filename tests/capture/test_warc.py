"""C6 and S14: WARC, WACZ, CDX and TimeMaps: byte for byte, damage counted, and archives that lie refused."""

from __future__ import annotations

import gzip
import io
import os
import random
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from khabar.capture.archives import from_listing, from_wacz, from_warc, payload_of
from khabar.capture.memento import nearest, read_cdx, read_timemap, write_timemap
from khabar.capture.warc import Damage, Record, made, read_warc, write_record
from khabar.errors import InputRefused
from khabar.model.documents import Refusal, Submission
from tests.watch.site import page

MUTANTS = int(os.environ.get("MUTANTS_WANTED", "2000"))


def response(number: int, body: bytes | None = None, head: str = "", status: str = "200 OK") -> Record:
    body = page(f"Bridge {number} at Sorrin to reopen") if body is None else body
    block = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{head}\r\n".encode() + body
    fields = {"WARC-Target-URI": f"https://news.example/{number}", "WARC-Date": f"2026-03-01T12:00:{number:02d}Z"}
    return made("response", block, fields)


def records(data: bytes) -> list[Record | Damage]:
    return list(read_warc(io.BytesIO(data)))


def plain(record: Record) -> bytes:
    return gzip.decompress(write_record(record))


FORTY = [write_record(response(n)) for n in range(40)]


@pytest.mark.parametrize("form", [write_record, plain])
def test_a_file_comes_back_byte_for_byte(form: object) -> None:
    wanted = [response(n) for n in range(5)]
    assert records(b"".join(form(one) for one in wanted)) == wanted  # type: ignore[operator]  # one of the two writers
    assert b"".join(write_record(one) for one in wanted) == b"".join(write_record(one) for one in wanted)


def test_one_damaged_member_costs_one_record() -> None:
    broken = bytearray(FORTY[17])
    broken[len(broken) // 2] ^= 0xFF
    found = records(b"".join([*FORTY[:17], bytes(broken), *FORTY[18:]]))
    assert len([one for one in found if isinstance(one, Record)]) == 39
    assert any(isinstance(one, Damage) for one in found)


@pytest.mark.parametrize("form", [write_record, plain])
def test_a_file_that_was_cut_gives_no_short_body(form: object) -> None:
    whole = b"".join(form(response(n)) for n in range(4))  # type: ignore[operator]  # one of the two writers
    for cut in range(len(whole) - 40, len(whole) - 6):
        found = records(whole[:cut])
        assert [one for one in found if isinstance(one, Record)][:3] == [response(n) for n in range(3)]
        assert all(one in [response(n) for n in range(4)] for one in found if isinstance(one, Record))


def test_mutants_give_records_or_damage_and_nothing_else() -> None:
    chance = random.Random(7)
    whole = b"".join(FORTY[:4]) + plain(response(9)) + FORTY[5]
    known = {response(n).block for n in (0, 1, 2, 3, 9, 5)}
    for _ in range(MUTANTS):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            if not data:
                break
            at, kind = chance.randrange(len(data)), chance.random()
            if kind < 0.5:
                data[at] = chance.randrange(256)
            elif kind < 0.7:
                del data[at : at + chance.randrange(200)]
            elif kind < 0.9:
                data[at:at] = chance.randbytes(chance.randrange(50))
            else:
                del data[at:]
        for one in records(bytes(data)):
            sealed = isinstance(one, Record) and one.kind == "response" and one.get("WARC-Block-Digest")
            assert not sealed or (isinstance(one, Record) and one.block in known)


def test_a_digest_that_lies_is_damage() -> None:
    honest = response(1)
    fields = tuple((k, "sha1:" + "A" * 32 if k == "WARC-Block-Digest" else v) for k, v in honest.fields)
    (found,) = records(write_record(Record(version="1.1", fields=fields, block=honest.block)))
    assert isinstance(found, Damage)
    assert "digest" in found.reason


@pytest.mark.parametrize("length", ["99999999999", "-5", "x", "70000000", "10"])
def test_a_length_that_lies_is_damage(length: str) -> None:
    honest = response(1)
    fields = tuple((k, length if k == "Content-Length" else v) for k, v in honest.fields)
    started = time.perf_counter()
    assert all(
        isinstance(one, Damage)
        for one in records(write_record(Record(version="1.1", fields=fields, block=honest.block)))
    )
    assert time.perf_counter() - started < 1


def test_a_bomb_is_damage() -> None:
    bomb = gzip.compress(b"WARC/1.1\r\nContent-Length: 900000000\r\n\r\n" + b"\0" * 90_000_000)
    assert [type(one) for one in records(bomb)] == [Damage]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", b"<p>page"),
        ("Content-Encoding: gzip\r\n", gzip.compress(b"<p>page")),
        ("Transfer-Encoding: chunked\r\n", b"3\r\n<p>\r\n4;x=y\r\npage\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", b"<p>page"),
    ],
)
def test_bodies_as_servers_sent_them(head: str, body: bytes) -> None:
    payload = payload_of(response(1, body, head))
    assert payload is not None
    assert (payload.body, payload.mime_type, payload.charset) == (b"<p>page", "text/html", "utf-8")


def taken(found: Iterator[Submission | Refusal]) -> list[str]:
    return [one.input_id if isinstance(one, Submission) else f"refused: {one.reason}" for one in found]


def test_the_captures_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    moved, request = response(7, b"", status="302 Found"), made("request", b"GET / HTTP/1.1\r\n\r\n", {})
    path.write_bytes(b"".join([FORTY[1], write_record(request), write_record(moved), b"junk", FORTY[2]]))
    found = list(from_warc(path, "a.warc.gz"))
    assert [type(one) for one in found] == [Submission, Refusal, Submission]
    assert isinstance(found[0], Submission)
    assert (found[0].url, found[0].observed_at) == ("https://news.example/1", "2026-03-01T12:00:01Z")
    assert found[0].html == page("Bridge 1 at Sorrin to reopen")
    path.write_bytes(write_record(request))
    assert "holds no captured page" in taken(from_warc(path, "a.warc.gz"))[0]


def wacz(path: Path, members: Sequence[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data)
    return path


def test_the_captures_of_a_wacz(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz", [("datapackage.json", b"{}"), ("archive/d.warc.gz", FORTY[1] + FORTY[2])])
    assert taken(from_wacz(path, "a.wacz")) == ["https://news.example/1", "https://news.example/2"]


@pytest.mark.parametrize("name", ["../up.warc.gz", "/root.warc.gz", "archive/../../x.warc", "C:\\x.warc", "a/..\\b"])
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    path = wacz(tmp_path / "a.wacz", [(name, FORTY[1])])
    with pytest.raises(InputRefused, match="leads outside"):
        list(from_wacz(path, "a.wacz"))


def test_a_zip_that_bursts_lies_or_links_is_refused_at_once(tmp_path: Path) -> None:
    started = time.perf_counter()
    with zipfile.ZipFile(tmp_path / "bomb.wacz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/a.warc", b"\0" * 300_000_000)
    many = wacz(tmp_path / "many.wacz", [(f"archive/{n}.warc", b"") for n in range(10_001)])
    link = zipfile.ZipInfo("archive/a.warc")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.wacz", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    (tmp_path / "none.wacz").write_bytes(b"PK\x03\x04 no zip")
    (tmp_path / "cut.wacz").write_bytes(many.read_bytes()[:-40])
    for name in ("bomb", "many", "link", "none", "cut"):
        checked = time.perf_counter()
        with pytest.raises(InputRefused):
            list(from_wacz(tmp_path / f"{name}.wacz", name))
        assert time.perf_counter() - checked < 1
    assert started


def test_members_that_overlap_are_refused(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz", [("archive/a.warc", b"x" * 900), ("archive/b.warc", b"y" * 900)])
    data = path.read_bytes()
    second = data.rindex(b"PK\x01\x02")
    path.write_bytes(data[: second + 42] + b"\0\0\0\0" + data[second + 46 :])  # its local header is the first one's
    with pytest.raises(InputRefused, match="overlaps"):
        list(from_wacz(path, "a.wacz"))


def test_a_cdx_listing_beside_its_archive(tmp_path: Path) -> None:
    (tmp_path / "d.warc.gz").write_bytes(FORTY[1] + FORTY[2])
    line = '{} {} {{"url": "https://news.example/{}", "status": "{}", "filename": "{}", "offset": "{}"}}'
    lines = [
        line.format("a", "20260301120002", 2, 200, "d.warc.gz", len(FORTY[1])),
        line.format("a", "20260301120001", 1, 200, "archive/d.warc.gz", 0),
        line.format("a", "20260301120003", 3, 404, "d.warc.gz", 0),
        line.format("a", "20260301120004", 4, 200, "../d.warc.gz", 0),
        line.format("a", "20260301120005", 5, 200, "gone.warc.gz", 0),
        "junk",
    ]
    path = tmp_path / "index.cdxj"
    path.write_text("\n".join(lines))
    found = taken(from_listing(path, "index.cdxj"))
    assert found[:2] == ["https://news.example/1", "https://news.example/2"]
    assert "does not lie beside" in found[2]
    assert len(found) == 3
    old = " CDX N b a m s k r M S V g\na 20260301120001 https://news.example/1 text/html 200 - - - 9 0 d.warc.gz\n"
    (one,) = read_cdx(old, "x")
    assert (one.original, one.at, one.offset) == ("https://news.example/1", "2026-03-01T12:00:01Z", 0)
    with pytest.raises(InputRefused):
        read_cdx("nothing here", "x")


def test_a_timemap_there_and_back() -> None:
    listed = [("https://web.example/2", "2026-03-02T00:00:00Z"), ("https://web.example/1", "2026-03-01T00:00:00Z")]
    text = write_timemap("https://news.example/1,a", listed, own="https://web.example/t", gate="https://web.example/g")
    found = read_timemap(text, "x")
    assert [(one.memento, one.at) for one in found] == sorted(listed, key=lambda one: one[1])
    assert {one.original for one in found} == {"https://news.example/1,a"}
    assert 'rel="first memento"' in text
    assert nearest(listed, "2026-03-01T09:00:00Z") == listed[1]
    assert nearest(listed, None) == listed[0]
    with pytest.raises(InputRefused):
        read_timemap("<html>", "x")


def test_a_digest_that_nobody_can_check_is_damage() -> None:
    sound = plain(response(9))
    for stated in (b"sha", b"sha9:abc", b"sha256:"):
        at = sound.index(b"WARC-Block-Digest: ") + len(b"WARC-Block-Digest: ")
        end = sound.index(b"\r\n", at)
        found = records(sound[:at] + stated + sound[end:])
        assert not any(isinstance(one, Record) for one in found)
        assert found

"""Files, folders and standard input: what is taken exactly, and what is refused with which words."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.capture import inputs
from khabar.capture.inputs import open_inputs
from khabar.model.documents import Refusal, Submission

REFUSALS = yaml.safe_load((Path(__file__).parent / "refusals.yml").read_text(encoding="utf-8"))
GOOD = {"id": "g1", "text": "Divers raised the ferry Olvana on Monday."}


def take(*names: Path | str, stdin: bytes = b"", published: str | None = None) -> list[Submission | Refusal]:
    return list(open_inputs([str(name) for name in names], stdin=io.BytesIO(stdin), published=published))


def one(path: Path) -> Submission:
    (found,) = take(path)
    assert isinstance(found, Submission), found
    return found


def refused(found: Submission | Refusal) -> Refusal:
    assert isinstance(found, Refusal), found
    assert "\n" not in found.reason
    return found


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: case["file"])
def test_a_bad_input_is_one_line_and_the_rest_is_read(case: dict[str, Any], tmp_path: Path) -> None:
    bad, good = tmp_path / case["file"], tmp_path / "good.jsonl"
    bad.write_bytes(bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode())
    good.write_text(json.dumps(GOOD))
    first, second = take(bad, good)
    assert case["says"] in refused(first).reason
    assert first.name.startswith(str(bad))
    assert isinstance(second, Submission)
    assert second.input_id == "g1"


@pytest.mark.parametrize(
    "data",
    [
        b"One line.\r\nTwo \xe2\x80\x9clines\xe2\x80\x9d.\r\n\r\n",
        b"old\rMac\nline ends \xc2\xa0",
        "Cafe\u0301, not NFC \U0001f6a2".encode(),
    ],
)
def test_a_text_file_is_its_code_points(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert one(path).text == data.decode()
    path.write_bytes(b"\xef\xbb\xbf" + data)
    assert one(path).text == data.decode()


def test_file_time_id_and_published(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Words.")
    os.utime(path, (1_481_799_900, 1_481_799_900))
    (found,) = take(path, published="2016-12-15")
    assert isinstance(found, Submission)
    assert (found.observed_at, found.input_id, found.published) == ("2016-12-15T11:05:00Z", "a.txt", "2016-12-15")


def test_a_page_keeps_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.HTM"
    data = b'<html><head><meta charset="iso-8859-1"></head><p>caf\xe9</p></html>'
    path.write_bytes(data)
    assert one(path).html == data


def test_missing_unreadable_and_odd_files(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    missing, url, fifo, long, nul = take(
        tmp_path / "no.txt", f"https://example.org/{'a' * 300}.html", pipe, "x" * 5000, "x\0.txt"
    )
    assert "cannot be read" in refused(long).reason
    assert "no such file" in refused(nul).reason
    assert "no such file" in refused(missing).reason
    assert "khabar add" in refused(url).reason
    assert "not a regular file" in refused(fifo).reason


def test_too_large(tmp_path: Path) -> None:
    long, huge = tmp_path / "long.txt", tmp_path / "huge.txt"
    long.write_bytes(b"words " * 1_000_000)
    huge.write_bytes(b"words " * 8_400_000)
    page = tmp_path / "huge.html"
    page.write_bytes(b"<p>words</p>" * 1_500_000)
    record = tmp_path / "long.jsonl"
    record.write_text(json.dumps({"id": "big", "text": "words " * 1_000_000}) + "\n" + json.dumps(GOOD))
    found = take(long, huge, page, record)
    assert "the limit is 5,000,000" in refused(found[0]).reason
    assert "50,400,000 bytes, the limit is 16,777,216" in refused(found[1]).reason
    assert "the limit is 16,777,216" in refused(found[2]).reason
    assert refused(found[3]).input_id == "big"
    assert isinstance(found[4], Submission)


def test_a_long_line_is_skipped_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MAX_LINE_BYTES", 100)
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "' + "x" * 450 + '"}\n' + json.dumps(GOOD) + "\n")
    first, second = take(path)
    assert "line of more than 100 bytes" in refused(first).reason
    assert isinstance(second, Submission)
    assert second.name.endswith(":2")


def test_jsonl_keeps_order_ids_and_fields(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    full = {
        **GOOD,
        "published": "2021-03-04",
        "publisher": "P",
        "url": "https://p.example/1",
        "headline": "H",
        "updated": None,
    }
    lines = [json.dumps(full), "{", "", json.dumps({"id": 7, "html": "<p>é</p>"}), json.dumps({"text": "t"})]
    path.write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")
    first, second, third, fourth = take(path, published="2020-01-01")
    assert isinstance(first, Submission)
    assert (first.published, first.publisher, first.url, first.headline) == ("2021-03-04", "P", full["url"], "H")
    assert refused(second).input_id == f"{path}:2"
    assert isinstance(third, Submission)
    assert (third.input_id, third.published) == ("7", "2020-01-01")
    assert third.html == "\ufeff<p>é</p>".encode()
    assert fourth.input_id == f"{path}:5"


def test_gzip_whole_and_cut_short(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.jsonl.gz", tmp_path / "cut.jsonl.gz"
    lines = "".join(json.dumps({"id": str(n), "text": f"{os.urandom(40).hex()} ships"}) + "\n" for n in range(400))
    data = gzip.compress(lines.encode())
    whole.write_bytes(data)
    cut.write_bytes(data[: len(data) // 2])
    found = take(whole, cut)
    assert [one.input_id for one in found[:400]] == [str(n) for n in range(400)]
    assert len(found) > 401
    assert all(isinstance(one, Submission) for one in found[400:-1])
    assert "cut short" in refused(found[-1]).reason


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/x.txt", "c.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Words.")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = take(tmp_path)
    assert [one.input_id for one in found] == ["a/z.txt", "b.txt", "c.pdf"]
    assert "unknown ending" in refused(found[2]).reason


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (found,) = take(tmp_path)
    assert "without a file" in refused(found).reason


def test_names_that_are_not_utf8_can_be_printed(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("Words.")
    found = one(path)
    found.input_id.encode()
    found.name.encode()


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"Plain words.\nMore.", ["Plain words.\nMore."]),
        (b"\n \nPlain words.", ["\n \nPlain words."]),
        (b"[1] a footnote {", ["[1] a footnote {"]),
        (b'\n{"text": "a"}\n{"text": "b"}\n', ["a", "b"]),
        (b'  {"text": "a"}', ["a"]),
    ],
)
def test_stdin_is_lines_of_json_or_one_text(data: bytes, texts: list[str]) -> None:
    found = take("-", stdin=data)
    assert [one.text for one in found if isinstance(one, Submission)] == texts


@pytest.mark.parametrize(
    ("data", "says"), [(b"", "is empty"), (b"a\0b", "binary"), (b"ab\xff", "invalid UTF-8 at byte 2")]
)
def test_bad_stdin(data: bytes, says: str) -> None:
    (found,) = take("-", stdin=data)
    assert says in refused(found).reason


def test_a_broken_first_line_of_stdin_is_still_json_lines() -> None:
    first, second = take("-", stdin=b'{"text": "a\n' + json.dumps(GOOD).encode())
    assert refused(first).name == "stdin:1"
    assert isinstance(second, Submission)

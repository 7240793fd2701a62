"""The ledger as WARC and WACZ: the same bytes each time, and what is taken back makes the same ledger of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from khabar.capture.inputs import open_inputs
from khabar.capture.warc import Record, read_warc
from khabar.ledger.captures import seen_bodies
from khabar.ledger.store import View, Writer, open_writer
from khabar.model.documents import Submission
from khabar.run.add import add
from khabar.show.export.archive import write_wacz, write_warc
from khabar.stores import Place
from tests.conftest import NewLedger
from tests.run.fakes import RUN
from tests.watch.site import BENCH, page

URL = "https://news.example/1"


def submissions() -> list[Submission]:
    latin = page("Cafés in Sorrin to reopen").decode().replace("utf-8", "x").encode("latin-1")
    return [
        Submission(name=URL, input_id=URL, url=URL, html=page(), observed_at="2026-03-01T12:00:00Z"),
        Submission(name=URL, input_id=URL, url=URL, html=page("Bridge closed"), observed_at="2026-03-01T13:00:00Z"),
        Submission(name=URL, input_id=URL, url=URL, html=page(), observed_at="2026-03-01T14:00:00Z", feed_title="Bridge"),
        Submission(name="two", input_id="two", url="https://news.example/2", html=latin, charset="iso-8859-1",
                   observed_at="2026-03-01T12:30:00Z", published="2026-02-28", publisher="Post"),
        Submission(name="n.txt", input_id="n.txt", text="The ferry sank.\n\nNobody died.",
                   observed_at="2026-03-01T12:31:00Z"),
    ]  # fmt: skip


def filled(path: Place, given: list[Submission]) -> Writer:
    writer = open_writer(path)
    add(given, writer, BENCH, run=RUN, progress=lambda done: None)
    return writer


def contents(view: View) -> list[tuple[object, ...]]:
    versions = view.rows(
        "SELECT version_id, article_id, input_id, publisher, url, published, text_sha256 FROM version ORDER BY seq"
    )
    states = view.rows("SELECT article_id, ordinal, version_id FROM state ORDER BY seq")
    return [*versions, *states, *((b.at, b.body_sha256, b.mime_type, b.declared) for b in seen_bodies(view))]


@pytest.mark.parametrize(("write", "ending"), [(write_warc, ".warc.gz"), (write_wacz, ".wacz")])
def test_out_and_back_is_the_same_ledger(
    tmp_path: Path, new_ledger: NewLedger, write: Callable[[View, IO[bytes]], int], ending: str
) -> None:
    with filled(new_ledger(), submissions()) as one:
        sinks = [io.BytesIO(), io.BytesIO()]
        counts = [write(one.view, sink) for sink in sinks]
        assert sinks[0].getvalue() == sinks[1].getvalue()
        assert counts[0] == 6
        path = tmp_path / f"all{ending}"
        path.write_bytes(sinks[0].getvalue())
        back = [s for s in open_inputs([str(path)], stdin=io.BytesIO()) if isinstance(s, Submission)]
        with filled(new_ledger(), back) as two:
            assert contents(two.view) == contents(one.view)


def test_a_wacz_names_its_parts_and_pages(new_ledger: NewLedger) -> None:
    with filled(new_ledger(), submissions()) as one:
        sink = io.BytesIO()
        write_wacz(one.view, sink)
    with zipfile.ZipFile(sink) as archive:
        assert {"datapackage.json", "archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"} <= set(
            archive.namelist()
        )
        lines = archive.read("indexes/index.cdx").decode().splitlines()
        assert len(lines) == 4
        assert lines == sorted(lines)
        data = archive.read("archive/data.warc.gz")
    assert all(isinstance(found, Record) for found in read_warc(io.BytesIO(data)))

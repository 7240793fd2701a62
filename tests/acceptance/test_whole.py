"""The examples from files to page: how soon a page is there, that exports parse, what `diff` and `verify` answer."""

from __future__ import annotations

import csv
import io
import json
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from khabar.ledger import questions
from khabar.ledger.store import open_view
from khabar.ledger.verify import verify
from khabar.stores import Server
from tests.acceptance.whole import ROOT, fill, khabar
from tests.ledger.server import Cluster

EXAMPLES = ROOT / "examples"
ONE_SECOND = 1.0


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of the examples."""
    path = tmp_path_factory.mktemp("whole") / "l.sqlite"
    counts = fill(path, [EXAMPLES])
    assert (counts.new, counts.revised, counts.refused) == (9, 1, 0)
    return path


@pytest.fixture(scope="module")
def desk(ledger: Path) -> Iterator[str]:
    """The desk, started as a person starts it; its address."""
    command = [sys.executable, "-m", "khabar", "serve", "--ledger", str(ledger), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        yield next(word for word in server.stderr.readline().split() if word.startswith("http://")).rstrip("/")
        server.send_signal(signal.SIGINT)


def page(address: str) -> tuple[float, str]:
    """Seconds and text of a page."""
    start = time.perf_counter()
    with urllib.request.urlopen(address, timeout=20) as reply:
        text = reply.read().decode()
    return time.perf_counter() - start, text


def test_every_article_page_is_there_within_a_second(desk: str, ledger: Path) -> None:
    with open_view(ledger) as view:
        articles = questions.articles(view)
    page(f"{desk}/")
    for article in articles:
        address = f"{desk}/articles/{article.article_id}"
        text = page(address)[1]
        assert article.headline is None or article.headline[:20] in text
        assert median(page(address)[0] for _ in range(3)) < ONE_SECOND


@pytest.mark.parametrize("what", ["claims", "events", "control"])
def test_exports_parse_and_agree(what: str, ledger: Path) -> None:
    lines = khabar("export", what, "--ledger", ledger, "--json")
    table = khabar("export", what, "--ledger", ledger, "--format", "csv")
    assert (lines.code, table.code) == (0, 0)
    rows = [json.loads(line) for line in lines.out.splitlines()]
    assert rows
    assert len(list(csv.DictReader(io.StringIO(table.out)))) == len(rows)


def test_events_have_the_contract_fields(ledger: Path) -> None:
    rows = [json.loads(line) for line in khabar("export", "events", "--ledger", ledger, "--json").out.splitlines()]
    fields = {"event_id", "type", "actors", "recipients", "place", "earliest", "latest"}
    fields |= {"articles", "origins", "origin_ids", "lineage", "contradictions"}
    assert all(fields <= row.keys() for row in rows)
    assert all(len(row["origin_ids"]) == row["origins"] <= len(row["articles"]) for row in rows)


def test_diff_says_same_different_and_unreadable() -> None:
    first, second = (
        EXAMPLES / "visit" / name for name in ("1-coastal-herald.html", "2-coastal-herald-an-hour-later.html")
    )
    same, other, missing = (khabar("diff", first, name, "--json") for name in (first, second, first / "nothing"))
    assert (same.code, other.code, missing.code) == (0, 1, 3)
    assert json.loads(same.out) == {"edits": [], "claim_changes": [], "disclosed": False}
    answer = json.loads(other.out)
    assert any(edit["class"] in {"NAME_REMOVED", "NAME_GENERALISED"} for edit in answer["edits"])
    assert answer["claim_changes"]
    assert answer["disclosed"] is False


@pytest.mark.parametrize("flip", [0x01, 0x80], ids=["another letter", "no letter at all"])
def test_verify_notices_a_flipped_bit(flip: int, ledger: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.sqlite"
    with open_view(ledger) as view:
        sentence = view.rows("SELECT sentence FROM claim ORDER BY seq LIMIT 1")[0][0].encode()
    data = ledger.read_bytes()
    assert sentence in data
    damaged.write_bytes(data.replace(sentence, bytes([sentence[0] ^ flip]) + sentence[1:]))
    assert khabar("verify", "--ledger", ledger).code == 0
    told = khabar("verify", "--ledger", damaged)
    assert told.code == 4
    assert told.err.strip()
    assert "Traceback" not in told.err


def test_a_second_run_adds_nothing_twice(ledger: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.sqlite"
    shutil.copy(ledger, again)
    with open_view(ledger) as view:
        before = questions.totals(view)
    counts = fill(again, [EXAMPLES])
    assert (counts.new, counts.revised, counts.unchanged) == (0, 0, 10)
    with open_view(again) as view:
        assert questions.totals(view) == before


def test_on_a_server_the_examples_have_the_same_root_and_answers(ledger: Path, cluster: Cluster) -> None:
    """Real texts through the real stages: what a file holds, a server holds, record by record."""
    server = Server(cluster.url("whole"))
    counts = fill(server, [EXAMPLES])
    assert (counts.new, counts.revised, counts.refused) == (9, 1, 0)
    told = []
    for place in (ledger, server):
        with open_view(place) as view:
            report = verify(view)
            assert report.faults == ()
            answers = (questions.claims(view), questions.events(view), questions.spells(view), questions.edits(view))
            told.append((report.root_sha256, answers, questions.totals(view)))
    assert told[0] == told[1]

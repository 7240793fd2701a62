"""Bad inputs through the real command line: one line each that names the input and the reason, the rest is done.

Exit code 3; nothing half-written: the ledger holds the good articles whole, and `verify` finds no fault. `read --json`
gives {"id", "error"} in the place of what it could not read.
"""

from __future__ import annotations

import json
import re
import socket
from dataclasses import dataclass
from pathlib import Path

import pytest

from khabar.ledger import questions
from khabar.ledger.store import open_view
from khabar.ledger.verify import verify
from tests.acceptance.whole import Told, khabar

GOOD = "The army shelled {town} on Monday, the mayor said. Two women were killed."
HOLLOW = "<html><head><title>Broken<body><div><p><b><table><tr><td></p></div <!-- <p>The army"
TORN = "<html><div><p>The army shelled Beni on Monday, <b>the mayor said.<table><td>Advert</p><p>Two women were killed."


@dataclass(frozen=True, slots=True)
class Bad:
    """An input, what its line must say, and the id that `read --json` gives it."""

    name: str
    reason: str
    identity: str | None = None


BAD = (
    Bad("empty.txt", "is empty"),
    Bad("blank.txt", "is empty"),
    Bad("binary.txt", "is binary"),
    Bad("picture.html", "is binary"),
    Bad("huge.txt", "limit"),
    Bad("hollow.html", "no article text"),
    Bad("latin.txt", "invalid UTF-8 at byte 4"),
    Bad("lines.jsonl:2", "not JSON"),
    Bad("lines.jsonl:3", "not an object"),
    Bad("lines.jsonl:4", "neither", "no-body"),
    Bad("cut.jsonl.gz:1", "damaged or cut short"),
    Bad("missing.txt", "no such file"),
    Bad("notes.docx", "unknown ending"),
    Bad("http://127.0.0.1:{port}/a", "127.0.0.1"),
    Bad("file:///etc/hostname", "http"),
)
NAMES = ("before.txt", *dict.fromkeys(re.sub(r":\d$", "", bad.name) for bad in BAD), "torn.html", "after.txt")
TAKEN = ("before.txt", "kindu", "torn.html", "after.txt")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all of them."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "before.txt").write_text(GOOD.format(town="Uvira"))
    (folder / "after.txt").write_text(GOOD.format(town="Bunia"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\t\n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 16)
    (folder / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (folder / "huge.txt").write_bytes(b"The army shelled Uvira on Monday.\n" * (50_000_000 // 34 + 1))
    (folder / "hollow.html").write_text(HOLLOW)
    (folder / "torn.html").write_text(TORN)
    (folder / "latin.txt").write_bytes("Café closed in Bunia.".encode("latin-1").replace(b"f\xe9", b"f \xe9"))
    good = json.dumps({"id": "kindu", "text": GOOD.format(town="Kindu")})
    (folder / "lines.jsonl").write_text(f'{good}\n{{"id": "x", "text"\n["a list"]\n{{"id": "no-body"}}\n')
    (folder / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08\0not gzip")
    (folder / "notes.docx").write_bytes(b"PK\x03\x04")
    return folder


@pytest.fixture(scope="module")
def port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def added(folder: Path, port: int) -> Told:
    """All of them given to `khabar add` at once."""
    return khabar("--ledger", "l.sqlite", "add", *(name.format(port=port) for name in NAMES), folder=folder)


def test_bad_inputs_give_three_and_the_count(added: Told) -> None:
    assert added.code == 3
    assert added.out == ""
    good, bad = len(TAKEN), len(BAD)
    assert added.err.splitlines()[-1] == f"read {good + bad}, new {good}, unchanged 0, revised 0, rejected {bad}"
    assert "Traceback" not in added.err


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_each_bad_input_has_one_clear_line(bad: Bad, added: Told, port: int) -> None:
    name = bad.name.format(port=port)
    (line,) = [line for line in added.err.splitlines() if line.startswith(f"refused {name}: ")]
    assert bad.reason in line.removeprefix(f"refused {name}")
    assert len(line) < 300


@pytest.mark.usefixtures("added")
def test_the_rest_is_done_and_nothing_is_half_written(folder: Path) -> None:
    with open_view(folder / "l.sqlite") as view:
        assert {row.input_id for row in questions.articles(view)} == set(TAKEN)
        assert all(row.claims for row in questions.articles(view))
        outcomes = [row.outcome for row in questions.observations(view)]
        assert (outcomes.count("refused"), len(outcomes)) == (len(BAD), len(BAD) + len(TAKEN))
        assert verify(view).faults == ()
    assert khabar("--ledger", "l.sqlite", "verify", folder=folder).code == 0


def test_read_gives_errors_in_their_place(folder: Path, port: int) -> None:
    told = khabar("read", "--json", *(name.format(port=port) for name in NAMES), folder=folder)
    rows = [json.loads(line) for line in told.out.splitlines()]
    ids = [bad.identity or bad.name.format(port=port) for bad in BAD]
    ids.insert(ids.index("lines.jsonl:2"), "kindu")
    assert told.code == 3
    assert [row["id"] for row in rows] == ["before.txt", *ids, "torn.html", "after.txt"]
    assert [row["id"] for row in rows if "error" not in row] == [*TAKEN]
    assert all(set(row) == {"id", "error"} and row["error"] for row in rows if "error" in row)


def test_standard_input_that_is_binary_is_refused(folder: Path) -> None:
    told = khabar("read", "--json", "-", folder=folder, stdin=bytes(64))
    assert told.code == 3
    assert json.loads(told.out)["id"] == "stdin"


def test_an_address_of_this_machine_is_not_called(folder: Path) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(0.2)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/news"
        assert khabar("--ledger", "url.sqlite", "add", address, folder=folder).code == 3
        with pytest.raises(TimeoutError):
            listening.accept()

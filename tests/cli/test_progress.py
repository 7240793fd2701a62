"""Long commands say on a terminal how far they are, and how it went at the end; elsewhere only how it went."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from khabar.ledger import questions
from khabar.ledger.store import open_view
from tests.ledger.making import ledger_with, make_article

CLEAR = "\r\x1b[K"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "l.sqlite"
    return ledger_with(path, *(make_article(str(number)) for number in range(30)))


def on_a_terminal(*words: str) -> tuple[str, str, int]:
    """What a command writes to standard output, a file, and to standard error, a terminal; its exit code."""
    master, slave = pty.openpty()
    done = subprocess.Popen([sys.executable, "-m", "khabar", *words], stdout=subprocess.PIPE, stderr=slave)
    os.close(slave)
    seen = b""
    while True:
        try:
            part = os.read(master, 4096)
        except OSError:  # the other end was closed
            break
        if not part:
            break
        seen += part
    os.close(master)
    told = done.communicate(timeout=60)[0].decode()
    return told, seen.decode(), done.returncode


def words_for(verb: str, ledger: Path, folder: Path) -> list[str]:
    with open_view(ledger) as view:
        claim = questions.claims(view)[0]
    more = {
        "backup": [str(folder / "copy")],
        "bundle": [claim.claim_id, "--to", str(folder / "b.zip")],
        "export": ["claims"],
    }
    return [verb, "--ledger", str(ledger), *more.get(verb, [])]


FAR = {
    "verify": "checked ",
    "backup": "copying",
    "bundle": "sealing ",
    "upgrade": "bringing it up",
    "export": " claims",
}
END = {"verify": "no faults", "backup": "checked", "bundle": "bytes", "upgrade": "nothing to do", "export": "claims 30"}


@pytest.mark.parametrize("verb", FAR)
def test_how_far_it_is_and_how_it_went(verb: str, ledger: Path, tmp_path: Path) -> None:
    told, seen, code = on_a_terminal(*words_for(verb, ledger, tmp_path))
    assert code == 0
    lines = seen.split(CLEAR)
    assert any(FAR[verb] in line for line in lines[1:])
    assert END[verb] in told + lines[-1]  # the line is gone when the work ends


def test_a_copy_that_is_brought_back_is_counted(ledger: Path, tmp_path: Path) -> None:
    assert on_a_terminal("backup", "--ledger", str(ledger), str(tmp_path / "copy"))[2] == 0
    told, seen, code = on_a_terminal("restore", "--ledger", str(tmp_path / "again.sqlite"), str(tmp_path / "copy"))
    assert (code, "records, checked" in told) == (0, True)
    assert f"{CLEAR}checked " in seen


@pytest.mark.parametrize("verb", FAR)
def test_elsewhere_there_is_no_line(verb: str, ledger: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "khabar", *words_for(verb, ledger, tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "\r" not in done.stdout + done.stderr
    assert END[verb] in done.stdout + done.stderr

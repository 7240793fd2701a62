"""What counts as made is on the disk by then: heads left outside, bundles and keys, with the folders that name them."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from khabar.cli.main import run
from khabar.errors import UsageFault
from khabar.ledger import anchors
from khabar.ledger.keys import signer_at
from khabar.ledger.store import Writer, open_view
from tests.ledger.making import append, make_article

Flushed = list[tuple[int, int]]
NOTE = "khabar/x\n1\nAAAA\n2026-01-01T00:00:00Z\n\n— khabar/x AAAA\n"


@pytest.fixture
def flushed(monkeypatch: pytest.MonkeyPatch) -> Flushed:
    """(device, inode) of all that was flushed, in order."""
    seen: Flushed = []
    really = os.fsync

    def noted(descriptor: int) -> None:
        about = os.fstat(descriptor)
        really(descriptor)
        seen.append((about.st_dev, about.st_ino))

    monkeypatch.setattr(os, "fsync", noted)
    return seen


def of(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_dev, about.st_ino


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "l.sqlite"
    with Writer(path, signer_at(tmp_path / "key.pem")) as writer:
        append(writer, make_article("one"))
    return path


def anchor(ledger: Path, place: Path) -> int:
    return run(["anchor", "--ledger", str(ledger), "--key", str(ledger.parent / "key.pem"), str(place)])


def anchors_of(ledger: Path) -> list[tuple[str, ...]]:
    with open_view(ledger) as view:
        return view.rows("SELECT kind FROM anchor")


def test_a_file_of_heads_and_its_folder(tmp_path: Path, flushed: Flushed) -> None:
    (tmp_path / "stick").mkdir()
    for _ in range(2):
        flushed.clear()
        anchors.leave(tmp_path / "stick" / "heads", NOTE)
        assert flushed == [of(tmp_path / "stick" / "heads"), of(tmp_path / "stick")]
    assert (tmp_path / "stick" / "heads").read_text() == NOTE * 2


def test_a_commit_and_its_folders(tmp_path: Path, flushed: Flushed, monkeypatch: pytest.MonkeyPatch) -> None:
    place, trace = tmp_path / "elsewhere", tmp_path / "trace"
    subprocess.run(["git", "init", "-q", str(place)], check=True)
    monkeypatch.setenv("GIT_TRACE2_EVENT", str(trace))
    left = anchors.leave(place, NOTE)
    events = [json.loads(line) for line in trace.read_text().splitlines()]
    if not any("fsync" in str(event.get("key")) for event in events):
        pytest.skip("this git does not tell what it flushed")
    count = sum(int(event["value"]) for event in events if event.get("key") == "fsync/hardware-flush")
    assert count >= 4  # the file's contents, the tree, the commit, the branch
    commit = (left.receipt or b"").decode()
    (branch,) = (place / ".git" / "refs" / "heads").iterdir()
    assert branch.read_text().strip() == commit
    for folder in (place, place / ".git" / "objects", place / ".git" / "objects" / commit[:2], branch.parent):
        assert of(folder) in flushed, folder


@pytest.mark.parametrize("fails", [1, 2], ids=["the file", "its folder"])
def test_a_head_that_was_not_flushed_is_none(
    fails: int, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "heads"
    assert anchor(ledger, place) == 0
    before = place.read_bytes()
    calls = [0]

    def broken(_: int) -> None:
        calls[0] += 1
        if calls[0] == fails:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", broken)
        assert anchor(ledger, place) == 2
    assert "cannot be left there (Input/output error)" in capsys.readouterr().err
    assert anchors_of(ledger) == [("file",)]
    assert place.read_bytes() == before
    assert anchor(ledger, place) == 0
    assert run(["verify", "--ledger", str(ledger), "--anchor", str(place)]) == 0


def test_a_git_folder_that_was_not_flushed_is_no_anchor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "elsewhere"
    subprocess.run(["git", "init", "-q", str(place)], check=True)
    really: Callable[[int], None] = os.fsync

    def broken(descriptor: int) -> None:
        if os.fstat(descriptor).st_ino == (place / ".git" / "objects").stat().st_ino:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        really(descriptor)

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(UsageFault, match="cannot be left"):
        anchors.leave(place, NOTE)


def test_a_new_key_and_its_folder(tmp_path: Path, flushed: Flushed) -> None:
    signer_at(tmp_path / "keys" / "key.pem")
    assert flushed == [of(tmp_path / "keys" / "key.pem"), of(tmp_path / "keys")]


def test_a_bundle_is_on_the_disk_before_it_is_told(ledger: Path, tmp_path: Path, flushed: Flushed) -> None:
    claim = make_article("one").reading.claims[0].claim_id
    target = tmp_path / "out" / "e.zip"
    target.parent.mkdir()
    words = ["bundle", "--ledger", str(ledger), "--key", str(tmp_path / "key.pem"), "--to", str(target), claim]
    assert run(words) == 0
    assert flushed == [of(target), of(target.parent)]
    assert run(words) == 2

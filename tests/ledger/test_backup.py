"""R13: a backup under load is one whole moment; restored it is the same; past schemas come up, newer ones are refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import apsw
import pytest
import zstandard

from khabar.cli.main import run
from khabar.errors import StoreDamaged, UsageFault
from khabar.ledger import questions
from khabar.ledger.backup import back_up, restore
from khabar.ledger.keys import new_signer
from khabar.ledger.schema import SCHEMA_VERSION
from khabar.ledger.store import Writer, open_view, open_writer
from khabar.ledger.upgrade import upgrade
from khabar.ledger.verify import verify
from tests.ledger.making import STAMP, append, ledger_with, make_article

ROOT = Path(__file__).parents[2]
PAST = Path(__file__).parent / "past"
VERSIONS = range(1, SCHEMA_VERSION)
ENTRIES = {1: 1, 2: 6, 3: 6}
"""of the log, after the upgrade; the first schema had no log, so that one entry covers all that was there"""
COVERED = {1: 40}
"""records that were in no log"""


def test_backups_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    command = [sys.executable, "-m", "tests.ledger.appender", str(path), "load"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True)
    assert child.stdout is not None
    sizes = []
    try:
        for number in range(5):
            for _ in range(10):
                told = child.stdout.readline().strip()
            target = tmp_path / f"copy-{number}.sqlite"
            sizes.append(back_up(path, target).size)
            with open_view(target) as view:  # what was acknowledged before it began is in it
                assert view.rows("SELECT count(*) FROM version WHERE version_id = ?", (told,)) == [(1,)]
            assert not target.with_name(target.name + "-wal").exists()
    finally:
        child.kill()
        child.stdout.close()
        child.wait()
    assert sizes == sorted(set(sizes))


def test_restored_it_is_the_same(tmp_path: Path) -> None:
    path = ledger_with(tmp_path / "l.sqlite", make_article("one"), make_article("two"))
    back_up(path, tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "again.sqlite")
    with open_view(path) as old, open_view(tmp_path / "again.sqlite") as new:
        assert questions.claims(old) == questions.claims(new)
        assert verify(old) == verify(new)
    with open_writer(tmp_path / "again.sqlite") as writer:  # and goes on
        append(writer, make_article("three"))
        assert verify(writer.view).faults == ()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = ledger_with(tmp_path / "l.sqlite", make_article("one"))
    (tmp_path / "there").write_text("mine")
    with pytest.raises(UsageFault, match="never overwritten"):
        back_up(path, tmp_path / "there")
    with pytest.raises(UsageFault, match="no folder"):
        back_up(path, tmp_path / "nowhere" / "copy")
    back_up(path, tmp_path / "copy")
    with pytest.raises(UsageFault, match="never overwritten"):
        restore(tmp_path / "copy", path)
    assert (tmp_path / "there").read_text() == "mine"


def test_a_damaged_copy_is_not_restored(tmp_path: Path) -> None:
    path = ledger_with(tmp_path / "l.sqlite", make_article("one"))
    back_up(path, tmp_path / "copy")
    data = bytearray((tmp_path / "copy").read_bytes())
    data[data.index(b"Orlan rebels shelled")] ^= 1
    (tmp_path / "copy").write_bytes(bytes(data))
    with pytest.raises(StoreDamaged):
        restore(tmp_path / "copy", tmp_path / "again.sqlite")
    assert not [p.name for p in tmp_path.iterdir() if p.name.startswith("again") or p.name.endswith(".part")]


def past(version: int, folder: Path) -> Path:
    """A ledger that the code of that version made (see past/README.md)."""
    path = folder / "l.sqlite"
    path.write_bytes(zstandard.ZstdDecompressor().decompress((PAST / f"schema-{version}.sqlite.zst").read_bytes()))
    return path


@pytest.mark.parametrize("version", VERSIONS)
def test_a_past_ledger_comes_up(version: int, tmp_path: Path) -> None:
    path, signer = past(version, tmp_path), new_signer()
    for opening in (open_view, open_writer):
        with pytest.raises(UsageFault, match="khabar upgrade"):
            opening(path)
    before = path.read_bytes()
    done = upgrade(path, stamp=STAMP, operator="me", signer=signer)
    assert done is not None
    assert done.kept is not None
    assert done.covered == COVERED.get(version, 0)
    with open_view(path) as view:
        report = verify(view)
        assert report.faults == ()
        assert (report.versions, report.entries, report.signed) == (3, ENTRIES[version], 1)
        assert report.size == report.rows - report.entries  # all but the entries themselves
        assert {row.actor_names for row in questions.claims(view)} == {("armed men",), ("the Vesh army",)}
        assert view.rows("SELECT action, note FROM custody") == [("upgraded", f"schema {version} to {SCHEMA_VERSION}")]
    with Writer(path, signer) as writer:
        append(writer, make_article("three"))
        assert verify(writer.view).faults == ()
    assert upgrade(path, stamp=STAMP, operator="me", signer=signer) is None
    (tmp_path / "old").mkdir()
    assert past(version, tmp_path / "old").read_bytes() == before
    db = apsw.Connection(str(done.kept))
    assert list(db.execute("PRAGMA user_version")) == [(version,)]
    db.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_every_past_version_has_its_ledger(version: int) -> None:
    assert (PAST / f"schema-{version}.sqlite.zst").is_file()


@pytest.mark.parametrize("verb", ["verify", "claims", "backup", "upgrade", "add"])
def test_a_newer_ledger_is_refused(verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = ledger_with(tmp_path / "l.sqlite", make_article("one"))
    db = apsw.Connection(str(path))
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()
    before = path.read_bytes()
    more = {"backup": [str(tmp_path / "copy")], "add": [__file__]}.get(verb, [])
    assert run([verb, "--ledger", str(path), *more]) == 2
    assert "newer khabar" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_the_verbs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = ledger_with(tmp_path / "l.sqlite", make_article("one"))
    words = ["--ledger", str(path)]
    assert run(["backup", *words, str(tmp_path / "copy")]) == 0
    assert run(["restore", "--ledger", str(tmp_path / "again.sqlite"), str(tmp_path / "copy")]) == 0
    assert run(["upgrade", *words]) == 0
    told = capsys.readouterr().out
    assert told.count("checked") == 2
    assert "nothing to do" in told
    with open_view(tmp_path / "again.sqlite") as view:
        assert view.rows("SELECT action, subject, operator FROM custody") == [("restored", "copy", "operator")]
    with open_view(path) as view:
        assert view.rows("SELECT action FROM custody") == [("backup",)]
    assert run(["verify", *words]) == run(["verify", "--ledger", str(tmp_path / "again.sqlite")]) == 0


def test_an_upgrade_keeps_what_stands_in_its_way(tmp_path: Path) -> None:
    path = past(1, tmp_path)
    (tmp_path / "l.schema-1.sqlite").write_text("mine")
    with pytest.raises(UsageFault, match="move it away"):
        upgrade(path, stamp=STAMP, operator="me", signer=None)
    assert (tmp_path / "l.schema-1.sqlite").read_text() == "mine"

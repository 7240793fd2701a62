"""Ledgers of past schemas on a server come up, in one transaction; newer ones are refused (files: test_backup.py)."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import chain, count
from pathlib import Path

import pytest
import zstandard

from khabar.cli.main import run
from khabar.errors import UsageFault
from khabar.ledger import postgres, postgres_schema, questions
from khabar.ledger.connection import Row
from khabar.ledger.keys import new_signer
from khabar.ledger.schema import SCHEMA_VERSION
from khabar.ledger.store import Writer, open_view, open_writer
from khabar.ledger.upgrade import upgrade
from khabar.ledger.verify import verify
from khabar.stores import Server
from tests.ledger.making import STAMP, append, make_article
from tests.ledger.server import Cluster, binary

PAST = Path(__file__).parent / "past"
FIRST = 3
"""the schema with which there was a store on a server for the first time"""
VERSIONS = range(FIRST, SCHEMA_VERSION)
NUMBERS = count(1)


def past(version: int, cluster: Cluster) -> Server:
    """A ledger that the code of that version made (see past/README.md)."""
    sql = zstandard.ZstdDecompressor().decompress((PAST / f"schema-{version}.sql.zst").read_bytes())
    name = f"past_{next(NUMBERS)}"
    command = [binary("psql") or "psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(cluster.folder), "-U", "khabar"]
    renamed = sql + f"ALTER SCHEMA past RENAME TO {name};".encode()
    subprocess.run([*command, "postgres"], input=renamed, check=True, stdout=subprocess.DEVNULL)
    return Server(cluster.url(name))


def rows_of(where: Server) -> dict[str, list[Row]]:
    """Every row of every table."""
    raw = postgres.PostgresConnection(where)
    names = "SELECT tablename FROM pg_tables WHERE schemaname = ?"
    found = {
        table: raw.rows(f"SELECT * FROM {table} ORDER BY seq")
        for table in map(str, chain(*raw.rows(names, (raw.schema,))))
    }
    raw.close()
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_a_past_ledger_comes_up(version: int, cluster: Cluster) -> None:
    where, signer = past(version, cluster), new_signer()
    for opening in (open_view, open_writer):
        with pytest.raises(UsageFault, match="khabar upgrade"):
            opening(where)
    before = rows_of(where)
    done = upgrade(where, stamp=STAMP, operator="me", signer=signer)
    assert done is not None
    assert (done.version, done.covered, done.kept) == (version, 0, None)
    after = rows_of(where)
    assert {table: after[table][: len(rows)] for table, rows in before.items()} == before
    with open_view(where) as view:
        report = verify(view)
        assert report.faults == ()
        assert (report.versions, report.signed) == (3, 1)
        assert report.size == report.rows - report.entries  # all but the entries themselves
        assert {row.actor_names for row in questions.claims(view)} == {("armed men",), ("the Vesh army",)}
        assert view.rows("SELECT action, note FROM custody") == [("upgraded", f"schema {version} to {SCHEMA_VERSION}")]
    with Writer(where, signer) as writer:
        append(writer, make_article("three"))
        assert verify(writer.view).faults == ()
    assert upgrade(where, stamp=STAMP, operator="me", signer=signer) is None


@pytest.mark.parametrize("version", VERSIONS)
def test_every_past_version_has_its_ledger(version: int) -> None:
    assert (PAST / f"schema-{version}.sql.zst").is_file()


def test_an_upgrade_that_is_broken_off_leaves_the_ledger_as_it_was(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = past(FIRST, cluster)
    before = rows_of(where)
    monkeypatch.setattr(Writer, "log_rest", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        upgrade(where, stamp=STAMP, operator="me", signer=None)
    assert rows_of(where) == before
    with pytest.raises(UsageFault, match=f"schema {FIRST}, now {SCHEMA_VERSION}"):
        open_view(where)


def test_two_who_upgrade_at_once_do_it_once(cluster: Cluster, tmp_path: Path) -> None:
    where = past(FIRST, cluster)
    command = [sys.executable, "-m", "khabar", "upgrade", "--ledger", where.url]
    env = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
    running = [subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    told = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert sum("brought up" in line for line in told) == 1
    assert sum("nothing to do" in line for line in told) == 2
    with open_view(where) as view:
        assert verify(view).faults == ()
        assert view.rows("SELECT count(*) FROM custody") == [(1,)]


@pytest.mark.parametrize("verb", ["verify", "claims", "upgrade", "edits"])
def test_a_newer_ledger_is_refused(verb: str, cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    where = Server(cluster.url(f"newer_{next(NUMBERS)}"))
    with Writer(where) as writer:
        append(writer, make_article("one"))
        writer.connection.script(f"COMMENT ON TABLE log_entry IS '{postgres_schema.MARK}{SCHEMA_VERSION + 1}'")
    before = rows_of(where)
    assert run([verb, "--ledger", where.url]) == 2
    assert "newer khabar" in capsys.readouterr().err
    assert rows_of(where) == before

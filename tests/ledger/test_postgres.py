"""The team's store on a real server: by the command line, killed, refused, and never with a password."""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from khabar.cli.main import run
from khabar.errors import KhabarError, UsageFault
from khabar.ledger import postgres, questions
from khabar.ledger.keys import new_signer
from khabar.ledger.store import Writer, open_view
from khabar.ledger.verify import verify
from khabar.settings import load_settings
from khabar.stores import Server, file_of, place
from tests.ledger.making import append, make_article
from tests.ledger.server import Cluster, running

NUMBERS = count(1)
KILLS = 5


@pytest.fixture
def server(cluster: Cluster) -> Server:
    return Server(cluster.url(f"own_{next(NUMBERS)}"))


def test_the_same_records_have_the_same_root_in_both_stores(server: Server, tmp_path: Path) -> None:
    signer, roots = new_signer(), []
    for where in (server, tmp_path / "l.sqlite"):
        with Writer(where, signer) as writer:
            for number in range(5):
                append(writer, make_article(str(number)))
            roots.append(verify(writer.view).root_sha256)
    assert len(set(roots)) == 1


def test_every_verb_works_on_a_server(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Rebels seized the port of Maraq on Monday, the harbour master said.\n", encoding="utf-8")
    at = ["--ledger", server.url]
    assert run(["add", *at, "-q", "--published", "2026-01-02", str(text)]) == 0
    text.write_text("Armed men seized the port of Maraq on Monday, the harbour master said.\n", encoding="utf-8")
    assert run(["add", *at, "-q", "--published", "2026-01-02", str(text)]) == 0
    capsys.readouterr()
    for verb, expected in (
        (["claims"], "armed men seized"),
        (["brief"], "1"),
        (["edits"], "version 1 to 2"),
        (["verify"], "no faults"),
        (["claims", "--asof", "#1"], "rebels seized"),
        (["export", "claims"], "seized"),
    ):
        assert run([verb[0], *verb[1:], *at]) == 0, verb
        assert expected in capsys.readouterr().out, verb


def test_what_only_files_can_do_says_what_to_do_instead(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backup", "--ledger", server.url, "copy.sqlite"]) == 2
    assert "pg_dump" in capsys.readouterr().err
    with pytest.raises(UsageFault, match="use this"):
        file_of(server, "backup", "use this")


def test_a_password_is_never_shown() -> None:
    secret = place("postgresql://ana:tr0ub4dor@127.0.0.1:1/press?schema=s")
    assert isinstance(secret, Server)
    assert "tr0ub4dor" not in f"{secret} {secret!r}"
    assert str(secret) == "postgresql://ana@127.0.0.1:1/press"
    assert "tr0ub4dor" not in repr(load_settings({"ledger": secret.url}))
    with pytest.raises(KhabarError, match="cannot be reached") as refused:
        open_view(secret)
    assert "tr0ub4dor" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana:tr0ub/4dor@h/db",
        "postgresql://ana:tr0ub#4dor@h/db",
        "postgresql://ana:tr0ub?4dor@h/db",
        " POSTGRESQL://ana:tr0ub/4dor@h:5432/db",
        "postgresql://ana:tr0ub4dor@h:port/db",
        "postgresql://ana:tr0ub4dor@h/db?ssl=1",
    ],
)
def test_a_url_that_cannot_be_read_is_refused_and_not_repeated(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--ledger", url]) == 2
    told = capsys.readouterr()
    assert "tr0ub" not in told.err + told.out
    assert "4dor" not in told.err + told.out


def test_an_odd_spelling_is_a_server_and_an_unknown_tls_mode_is_refused() -> None:
    odd = place(" POSTGRES://ana:tr0ub@h/db ")
    assert isinstance(odd, Server)
    assert str(odd) == "postgresql://ana@h/db"
    with pytest.raises(UsageFault, match="sslmode"):
        open_view(place("postgresql://ana@127.0.0.1:1/db?sslmode=required"))


def test_a_guard_that_does_something_else_is_a_fault(server: Server) -> None:
    with Writer(server) as writer:
        append(writer, make_article("one"))
        writer.connection.rows(
            "CREATE OR REPLACE FUNCTION khabar_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
        )
        assert "claim: the trigger against update does something else" in verify(writer.view).faults


def test_a_failed_statement_is_never_committed(server: Server) -> None:
    with Writer(server) as writer:
        append(writer, make_article("one"))
        with pytest.raises(KhabarError, match="aborted"), writer.connection.transaction(), pytest.raises(KhabarError):
            writer.connection.rows("SELECT nothing FROM nowhere")
        assert verify(writer.view).faults == ()


def test_a_schema_that_is_something_else_is_refused(server: Server) -> None:
    raw = postgres.PostgresConnection(server)
    raw.script(f'CREATE SCHEMA "{raw.schema}"')
    raw.script("CREATE TABLE bills (amount INTEGER)")
    raw.close()
    with pytest.raises(UsageFault, match="no ledger"):
        Writer(server)
    with pytest.raises(UsageFault, match="no ledger"):
        open_view(server)
    with pytest.raises(UsageFault, match="plain name"):
        open_view(Server(server.url.replace("schema=", "schema=x;y")))


def test_guards_that_are_gone_or_off_are_faults(server: Server) -> None:
    with Writer(server) as writer:
        append(writer, make_article("one"))
        writer.connection.script("ALTER TABLE claim DISABLE TRIGGER claim_no_update")
        writer.connection.script("DROP TRIGGER claim_no_delete ON claim")
        assert verify(writer.view).faults == (
            "claim: the trigger against update is switched off",
            "claim: the trigger against delete is gone",
        )


@pytest.mark.parametrize("verb", ["UPDATE claim SET word = 'x'", "DELETE FROM claim", "TRUNCATE claim CASCADE"])
def test_nothing_is_overwritten(server: Server, verb: str) -> None:
    with Writer(server) as writer:
        append(writer, make_article("one"))
        with pytest.raises(KhabarError, match="append-only"):
            writer.connection.rows(verb)


def test_a_nul_is_refused_by_name(server: Server) -> None:
    with Writer(server) as writer:
        with pytest.raises(KhabarError, match=r"publisher holds a NUL"):
            append(writer, make_article("one", publisher="The\0Post"))
        assert questions.totals(writer.view).articles == 0


def test_a_writer_that_is_killed_loses_nothing_that_it_told(server: Server) -> None:
    """R1 on a server: SIGKILL at any moment; every acknowledged article is there, whole."""
    told: list[str] = []
    with Writer(server) as writer:
        append(writer, make_article("first"))
    for turn in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.appender", server.url, str(turn)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        told += [child.stdout.readline().strip() for _ in range(3 + turn)]
        child.kill()
        told += child.stdout.read().split()
        child.wait()
    with open_view(server) as view:
        there = set(questions.input_ids(view))
        assert verify(view).faults == ()
    assert set(told) <= there
    assert len(told) >= KILLS * 3


@pytest.mark.slow
def test_a_server_that_is_killed_loses_nothing_that_was_told(tmp_path: Path) -> None:
    """The server dies without a checkpoint, comes up again, and everything acknowledged is there."""
    import tempfile  # noqa: PLC0415 - a socket's path may not be long, so not under tmp_path

    from tests.ledger.server import start  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory(prefix="khabar-pk-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running(folder) as first:
            where = Server(first.url("own"))
            with Writer(where) as writer:
                for number in range(10):
                    append(writer, make_article(str(number)))
                first.kill()
                with pytest.raises(KhabarError):
                    append(writer, make_article("late"))
            (folder / "data" / "postmaster.pid").unlink(missing_ok=True)
            again = start(folder)
            try:
                with open_view(where) as view:
                    assert questions.totals(view).articles == 10
                    assert verify(view).faults == ()
            finally:
                again.kill()

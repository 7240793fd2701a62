"""Heads outside: in a file, in a git repository, stamped by an authority (OpenSSL, on this machine)."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from khabar.cli.main import run
from khabar.errors import StoreDamaged, UsageFault
from khabar.ledger import anchors
from khabar.ledger.keys import new_signer, signer_at
from khabar.ledger.log import head_of, last_entry
from khabar.ledger.notes import note_of
from khabar.ledger.stamps import certificates_in, request_for, stamped
from khabar.ledger.store import Writer, open_view
from khabar.ledger.verify import verify
from tests.authority import Authority, made, openssl
from tests.ledger.making import append, make_article


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "l.sqlite"
    with Writer(path, signer_at(tmp_path / "key.pem")) as writer:
        append(writer, make_article("one"))
        append(writer, make_article("two"))
    return path


def khabar(ledger: Path, *words: str | Path) -> int:
    key = ledger.parent / "key.pem"
    more = ["--key", str(key)] if words[0] == "anchor" else []
    return run([str(words[0]), "--ledger", str(ledger), *more, *map(str, words[1:])])


def grow(ledger: Path, name: str) -> None:
    with Writer(ledger, signer_at(ledger.parent / "key.pem")) as writer:
        append(writer, make_article(name))


@pytest.mark.parametrize("kind", ["file", "git"])
def test_a_head_left_outside_agrees_for_ever(
    kind: str, ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "elsewhere"
    if kind == "git":
        subprocess.run(["git", "init", "-q", str(place)], check=True)
    for name in ("three", "four"):
        assert khabar(ledger, "anchor", place) == 0
        grow(ledger, name)
    assert khabar(ledger, "verify", "--anchor", place) == 0
    assert "4 heads outside agree" in capsys.readouterr().out  # the two that the ledger names, and the same by --anchor
    with open_view(ledger) as view:
        assert view.rows("SELECT kind, place FROM anchor") == [(kind, str(place))] * 2
        assert view.rows("SELECT action FROM custody") == [("anchored",)] * 2
    if kind == "git":
        told = subprocess.run(
            ["git", "-C", str(place), "log", "--format=%H"], capture_output=True, check=True, text=True
        )
        with open_view(ledger) as view:
            commits = [receipt.decode() for (receipt,) in view.rows("SELECT receipt FROM anchor ORDER BY seq DESC")]
        assert told.stdout.split() == commits


def test_the_head_on_standard_output(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert khabar(ledger, "anchor") == 0
    (tmp_path / "printed").write_text(capsys.readouterr().out)
    assert khabar(ledger, "verify", "--anchor", tmp_path / "printed") == 0


def test_a_head_of_another_ledger_does_not_count(ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with Writer(other, new_signer()) as writer:
        append(writer, make_article("other"))
    with open_view(other) as view:
        anchors.leave(tmp_path / "heads", anchors.newest_note(view))
    assert khabar(ledger, "verify", "--anchor", tmp_path / "heads") == 4
    khabar(ledger, "anchor", tmp_path / "heads")  # several ledgers may share a file
    assert khabar(ledger, "verify", "--anchor", tmp_path / "heads") == 0


def test_an_anchor_that_is_out_of_reach_is_said(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    khabar(ledger, "anchor", tmp_path / "stick")
    (tmp_path / "stick").unlink()
    assert khabar(ledger, "verify") == 0
    assert "stick cannot be reached" in capsys.readouterr().err
    assert khabar(ledger, "verify", "--anchor", tmp_path / "stick") == 2


def test_a_head_signed_by_nobody_known(ledger: Path, tmp_path: Path) -> None:
    with open_view(ledger) as view:
        entry = last_entry(view)
        assert entry is not None
        head = head_of(view, entry)
    stranger, key = new_signer(), tmp_path / "forged"
    key.write_text(note_of(replace(head, signature=stranger.signature(head)), stranger.public_key))
    assert khabar(ledger, "verify", "--anchor", key) == 4


def test_nothing_to_anchor(tmp_path: Path) -> None:
    with Writer(tmp_path / "l.sqlite") as writer:
        append(writer, make_article("one"))
        with pytest.raises(UsageFault, match="not signed"):
            anchors.newest_note(writer.view)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return made(tmp_path_factory.mktemp("authority"))


def test_a_time_stamp(ledger: Path, authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert khabar(ledger, "anchor", "--query", tmp_path / "q.tsq") == 0
    reply, root = authority.reply_to(tmp_path / "q.tsq"), authority.root
    grow(ledger, "three")
    assert khabar(ledger, "anchor", "--reply", reply, "--authority", root) == 0
    assert "certificate is checked" in capsys.readouterr().err
    assert khabar(ledger, "verify", "--anchor", reply, "--authority", root) == 0
    assert "2 heads outside agree" in capsys.readouterr().out
    assert khabar(ledger, "verify") == 0
    assert "give --authority" in capsys.readouterr().err


def test_a_time_stamp_of_another_authority(ledger: Path, authority: Authority, tmp_path: Path) -> None:
    khabar(ledger, "anchor", "--query", tmp_path / "q.tsq")
    reply = authority.reply_to(tmp_path / "q.tsq")
    openssl(
        tmp_path, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k", "-out", "other.pem", "-subj", "/CN=o"
    )
    assert khabar(ledger, "verify", "--anchor", reply, "--authority", tmp_path / "other.pem") == 4
    data = bytearray(reply.read_bytes())
    data[-10] ^= 1
    reply.write_bytes(bytes(data))
    assert khabar(ledger, "verify", "--anchor", reply, "--authority", authority.root) == 4


def test_a_time_stamp_of_another_ledger(ledger: Path, authority: Authority, tmp_path: Path) -> None:
    with Writer(tmp_path / "other.sqlite", new_signer()) as writer:
        append(writer, make_article("other"))
        entry = last_entry(writer.view)
        assert entry is not None
        (tmp_path / "q.tsq").write_bytes(request_for(head_of(writer.view, entry)))
    reply = authority.reply_to(tmp_path / "q.tsq")
    assert khabar(ledger, "anchor", "--reply", reply) == 2
    assert khabar(ledger, "verify", "--anchor", reply) == 4


def test_what_is_no_time_stamp(tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged, match="does not hold"):
        stamped(b"0\x03\x02\x01\x00", "x")
    with pytest.raises(UsageFault, match="no certificates"):
        certificates_in(b"none", "x")
    (tmp_path / "x").write_bytes(b"\xff\xfe")
    with pytest.raises(StoreDamaged, match="neither"):
        anchors.outside_of([tmp_path / "x"], [])


def test_a_broken_recorded_head_is_a_fault(ledger: Path, tmp_path: Path) -> None:
    place = tmp_path / "heads"
    khabar(ledger, "anchor", place)
    lines = place.read_text().splitlines()
    lines[1] = str(int(lines[1]) - 1)
    place.write_text("\n".join(lines) + "\n")
    with open_view(ledger) as view:
        outside, _ = anchors.recorded(view)
        assert "past was changed" in "\n".join(verify(view, outside).faults)

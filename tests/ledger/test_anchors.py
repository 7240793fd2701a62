"""Heads outside: in a file, in a git repository, stamped by an authority (OpenSSL, on this machine)."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, replace
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
from khabar.stores import Place
from tests.authority import Authority, made, openssl
from tests.ledger.making import append, make_article, typed


@pytest.fixture
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("key") / "key.pem"


@dataclass(frozen=True)
class Kept:
    """A ledger with the key that signs it."""

    place: Place
    key: Path

    def khabar(self, *words: str | Path) -> int:
        """A verb on it."""
        more = ["--key", str(self.key)] if words[0] == "anchor" else []
        return run([str(words[0]), "--ledger", typed(self.place), *more, *map(str, words[1:])])

    def grow(self, name: str) -> None:
        """One article more."""
        with Writer(self.place, signer_at(self.key)) as writer:
            append(writer, make_article(name))


@pytest.fixture
def kept(ledger: Place, key: Path) -> Kept:
    made = Kept(ledger, key)
    made.grow("one")
    made.grow("two")
    return made


@pytest.mark.parametrize("kind", ["file", "git"])
def test_a_head_left_outside_agrees_for_ever(
    kind: str, kept: Kept, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "elsewhere"
    if kind == "git":
        subprocess.run(["git", "init", "-q", str(place)], check=True)
    for name in ("three", "four"):
        assert kept.khabar("anchor", place) == 0
        kept.grow(name)
    assert kept.khabar("verify", "--anchor", place) == 0
    assert "4 heads outside agree" in capsys.readouterr().out  # the two that the ledger names, and the same by --anchor
    with open_view(kept.place) as view:
        assert view.rows("SELECT kind, place FROM anchor") == [(kind, str(place))] * 2
        assert view.rows("SELECT action FROM custody") == [("anchored",)] * 2
    if kind == "git":
        told = subprocess.run(
            ["git", "-C", str(place), "log", "--format=%H"], capture_output=True, check=True, text=True
        )
        with open_view(kept.place) as view:
            commits = [receipt.decode() for (receipt,) in view.rows("SELECT receipt FROM anchor ORDER BY seq DESC")]
        assert told.stdout.split() == commits


def test_the_head_on_standard_output(kept: Kept, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert kept.khabar("anchor") == 0
    (tmp_path / "printed").write_text(capsys.readouterr().out)
    assert kept.khabar("verify", "--anchor", tmp_path / "printed") == 0


def test_a_head_of_another_ledger_does_not_count(kept: Kept, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with Writer(other, new_signer()) as writer:
        append(writer, make_article("other"))
    with open_view(other) as view:
        anchors.leave(tmp_path / "heads", anchors.newest_note(view))
    assert kept.khabar("verify", "--anchor", tmp_path / "heads") == 4
    kept.khabar("anchor", tmp_path / "heads")  # several ledgers may share a file
    assert kept.khabar("verify", "--anchor", tmp_path / "heads") == 0


def test_an_anchor_that_is_out_of_reach_is_said(kept: Kept, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept.khabar("anchor", tmp_path / "stick")
    (tmp_path / "stick").unlink()
    assert kept.khabar("verify") == 0
    assert "stick cannot be reached" in capsys.readouterr().err
    assert kept.khabar("verify", "--anchor", tmp_path / "stick") == 2


def test_a_head_signed_by_nobody_known(kept: Kept, tmp_path: Path) -> None:
    with open_view(kept.place) as view:
        entry = last_entry(view)
        assert entry is not None
        head = head_of(view, entry)
    stranger, key = new_signer(), tmp_path / "forged"
    key.write_text(note_of(replace(head, signature=stranger.signature(head)), stranger.public_key))
    assert kept.khabar("verify", "--anchor", key) == 4


def test_nothing_to_anchor(tmp_path: Path) -> None:
    with Writer(tmp_path / "l.sqlite") as writer:
        append(writer, make_article("one"))
        with pytest.raises(UsageFault, match="not signed"):
            anchors.newest_note(writer.view)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return made(tmp_path_factory.mktemp("authority"))


def test_a_time_stamp(kept: Kept, authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert kept.khabar("anchor", "--query", tmp_path / "q.tsq") == 0
    reply, root = authority.reply_to(tmp_path / "q.tsq"), authority.root
    kept.grow("three")
    assert kept.khabar("anchor", "--reply", reply, "--authority", root) == 0
    assert "certificate is checked" in capsys.readouterr().err
    assert kept.khabar("verify", "--anchor", reply, "--authority", root) == 0
    assert "2 heads outside agree" in capsys.readouterr().out
    assert kept.khabar("verify") == 0
    assert "give --authority" in capsys.readouterr().err


def test_a_time_stamp_of_another_authority(kept: Kept, authority: Authority, tmp_path: Path) -> None:
    kept.khabar("anchor", "--query", tmp_path / "q.tsq")
    reply = authority.reply_to(tmp_path / "q.tsq")
    openssl(
        tmp_path, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k", "-out", "other.pem", "-subj", "/CN=o"
    )
    assert kept.khabar("verify", "--anchor", reply, "--authority", tmp_path / "other.pem") == 4
    data = bytearray(reply.read_bytes())
    data[-10] ^= 1
    reply.write_bytes(bytes(data))
    assert kept.khabar("verify", "--anchor", reply, "--authority", authority.root) == 4


def test_a_time_stamp_of_another_ledger(kept: Kept, authority: Authority, tmp_path: Path) -> None:
    with Writer(tmp_path / "other.sqlite", new_signer()) as writer:
        append(writer, make_article("other"))
        entry = last_entry(writer.view)
        assert entry is not None
        (tmp_path / "q.tsq").write_bytes(request_for(head_of(writer.view, entry)))
    reply = authority.reply_to(tmp_path / "q.tsq")
    assert kept.khabar("anchor", "--reply", reply) == 2
    assert kept.khabar("verify", "--anchor", reply) == 4


def test_what_is_no_time_stamp(tmp_path: Path) -> None:
    with pytest.raises(StoreDamaged, match="does not hold"):
        stamped(b"0\x03\x02\x01\x00", "x")
    with pytest.raises(UsageFault, match="no certificates"):
        certificates_in(b"none", "x")
    (tmp_path / "x").write_bytes(b"\xff\xfe")
    with pytest.raises(StoreDamaged, match="neither"):
        anchors.outside_of([tmp_path / "x"], [])


def test_a_broken_recorded_head_is_a_fault(kept: Kept, tmp_path: Path) -> None:
    place = tmp_path / "heads"
    kept.khabar("anchor", place)
    lines = place.read_text().splitlines()
    lines[1] = str(int(lines[1]) - 1)
    place.write_text("\n".join(lines) + "\n")
    with open_view(kept.place) as view:
        outside, _ = anchors.recorded(view)
        assert "past was changed" in "\n".join(verify(view, outside).faults)

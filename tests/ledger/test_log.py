"""The log over all records: an entry a transaction, a leaf a record, proofs for every one of them, signed heads."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from khabar.errors import KhabarError, StoreDamaged, UsageFault
from khabar.ledger import log, merkle, notes
from khabar.ledger.columns import Table
from khabar.ledger.keys import Signer, new_signer, public_key_at, signer_at
from khabar.ledger.log import entries, head_of, index_of, last_entry, leaf_of, proof_of, subtree
from khabar.ledger.schema import LOGGED
from khabar.ledger.store import View, Writer, open_view
from khabar.ledger.tables import OBSERVATION
from khabar.ledger.verify import verify
from khabar.ledger.verify_log import Outside
from khabar.stores import Place
from tests.conftest import NewLedger
from tests.ledger.making import STAMP, append, make_article, make_fusion, revised
from tests.ledger.tampering import tamper

SIGNER = new_signer()
ENOUGH = 50
"""articles, so that there are more than 256 leaves and some nodes are kept"""


@pytest.fixture(scope="module")
def path(new_ledger: NewLedger) -> Place:
    path = new_ledger()
    with Writer(path, SIGNER) as writer:
        for number in range(ENOUGH):
            append(writer, make_article(str(number), where=f"Village {number}"))
        writer.append_fusion(make_fusion(make_article("1", where="Village 1")), covers="x", stamp=STAMP)
    return path


def records(view: View) -> list[tuple[str, int, str]]:
    def rows(table: Table) -> list[tuple[int, str]]:
        return [(seq, sha) for seq, sha in view.rows(f"SELECT seq, row_sha256 FROM {table.name} ORDER BY seq")]

    return [(table.name, seq, sha) for table in LOGGED for seq, sha in rows(table)]


def test_every_record_is_a_leaf_and_has_a_proof(path: Place) -> None:
    with open_view(path) as view:
        last = last_entry(view)
        assert last is not None
        all_records = records(view)
        assert last.size == len(all_records) > 256
        assert view.rows("SELECT count(*) > 0 FROM log_node") == [(1,)]
        places = {index_of(view, table, seq) for table, seq, _ in all_records}
        assert places == set(range(last.size))
        for table, seq, sha in all_records[::7]:
            index = index_of(view, table, seq)
            proof = [bytes.fromhex(step) for step in proof_of(view, index, last.size)]
            root = merkle.root_from_inclusion(leaf_of(table, seq, sha), index, last.size, proof)
            assert root is not None
            assert root.hex() == last.root_sha256


def test_the_log_only_grew(path: Place) -> None:
    with open_view(path) as view:
        some = list(entries(view))[::9]
        for old, new in itertools.combinations(some, 2):
            proof = merkle.consistency_proof(old.size, new.size, subtree(view))
            roots = bytes.fromhex(old.root_sha256), bytes.fromhex(new.root_sha256)
            assert merkle.consistent(old.size, new.size, roots, proof)


def test_one_entry_a_transaction_and_all_of_them_signed(path: Place) -> None:
    with open_view(path) as view:
        report = verify(view)
        assert report.faults == ()
        assert (report.entries, report.signed) == (ENOUGH + 1, ENOUGH + 1)
        assert report.keys == (SIGNER.key_id,)
        assert view.rows("SELECT count(*) FROM signing_key") == [(1,)]


def test_a_record_that_is_not_there_has_no_place(path: Place) -> None:
    with open_view(path) as view, pytest.raises(StoreDamaged, match="not in the log"):
        index_of(view, "claim", 10_000)


def test_two_writers_take_turns(ledger: Place) -> None:
    path = ledger
    with Writer(path, SIGNER) as one, Writer(path, new_signer()) as two:
        for number in range(40):
            append(two if number % 3 else one, make_article(str(number)))
        report = verify(one.view)
    assert report.faults == ()
    assert (report.entries, len(report.keys)) == (40, 2)


def test_a_failed_transaction_leaves_no_trace(ledger: Place) -> None:
    path = ledger
    with Writer(path) as writer, Writer(path) as other:
        append(writer, make_article("one"))
        after, revision = revised(make_article("one"), who="armed men", where="Port Maraq")
        with pytest.raises(KhabarError):  # when nearly all of its rows are there
            append(writer, after, replace(revision, from_version_id="a version that is not there"))
        append(other, make_article("three"))
        append(writer, make_article("four"))
        report = verify(writer.view)
    assert (report.faults, report.entries) == ((), 3)


def test_an_unsigned_ledger_is_sound_but_says_so(ledger: Place) -> None:
    with Writer(ledger) as writer:
        append(writer, make_article("one"))
        report = verify(writer.view)
        assert (report.faults, report.entries, report.signed) == ((), 1, 0)
        wanted = Outside(keys={SIGNER.key_id: SIGNER.public_key})
        assert verify(writer.view, wanted).faults == ("log entry 1: not signed by a key that you named",)


def heads(path: Place) -> list[notes.Head]:
    with open_view(path) as view:
        return [head_of(view, entry) for entry in entries(view)]


def test_a_head_as_a_note_and_back(path: Place) -> None:
    all_heads = heads(path)
    text = "".join(notes.note_of(head, SIGNER.public_key) for head in all_heads)
    read = notes.heads_in(text, "x")
    assert [replace(head, key_id=SIGNER.key_id) for head in read] == all_heads
    assert all(notes.signed_by(head, SIGNER.public_key) for head in read)
    assert not any(notes.signed_by(replace(head, size=head.size + 1), SIGNER.public_key) for head in read)
    assert not any(notes.signed_by(head, new_signer().public_key) for head in read)


@pytest.mark.parametrize("cut", range(1, 6))
def test_half_a_note_is_refused_with_its_line(path: Place, cut: int) -> None:
    text = notes.note_of(heads(path)[-1], SIGNER.public_key)
    with pytest.raises(StoreDamaged, match="x line 7"):
        notes.heads_in(text + "\n".join(text.splitlines()[:cut]), "x")


@pytest.mark.parametrize(("old", "new"), [("khabar/", "other/"), ("\n\n", "\nmore\n"), ("— ", "- "), ("=", "?")])
def test_a_broken_note_is_refused(path: Place, old: str, new: str) -> None:
    with pytest.raises(StoreDamaged, match="not a signed head"):
        notes.heads_in(notes.note_of(heads(path)[-1], SIGNER.public_key).replace(old, new), "x")


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "key.pem"
    first, again = signer_at(path), signer_at(path)
    assert first.key_id == again.key_id == notes.key_id_of(public_key_at(path))
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["key.pem"]


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_holds_no_key(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(content)
    with pytest.raises(UsageFault, match=r"key\.pem"):
        signer_at(path)
    with pytest.raises(UsageFault, match=r"key\.pem"):
        public_key_at(path)


def test_a_log_that_does_not_lead_to_its_root_takes_nothing(ledger: Place) -> None:
    with Writer(ledger) as writer:
        append(writer, make_article("one"))
    tamper(ledger, "UPDATE log_entry SET root_sha256 = 'ff'")
    with Writer(ledger) as writer, pytest.raises(StoreDamaged, match="own last root"):
        append(writer, make_article("two"))


def test_signers_differ() -> None:
    assert isinstance(SIGNER, Signer)
    assert new_signer().key_id != new_signer().key_id
    assert log.leaf_of("a", 1, "x") != log.leaf_of("a", 2, "x")


def test_a_record_that_no_entry_covers_is_a_fault(ledger: Place) -> None:
    """Somebody appends a row with a sound digest behind the log's back."""
    with Writer(ledger) as writer:
        append(writer, make_article("one"))
        names = ", ".join(f'"{name}"' for name in OBSERVATION.names)
        writer.connection.script(
            f"INSERT INTO observation (seq, {names}) SELECT 2, {names} FROM observation WHERE seq = 1"
        )
        assert verify(writer.view).faults == ("observation: rows from 2 on are in no entry of the log",)

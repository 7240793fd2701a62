"""The audit finds what was changed behind the ledger's back."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from khabar.ledger import tables
from khabar.ledger.codec import pack
from khabar.ledger.columns import Table
from khabar.ledger.store import Writer, open_view
from khabar.ledger.verify import verify
from tests.ledger.making import STAMP, append, make_article, make_fusion, of_the_watch, revised


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "l.sqlite"
    first = make_article("one")
    second, revision = revised(first, who="armed men", where="Port Maraq")
    with Writer(path) as writer:
        append(writer, first)
        append(writer, second, revision)
        append(writer, make_article("two"))
        writer.append_fusion(make_fusion(first), covers="x", stamp=STAMP)
        writer.append_rows(of_the_watch(first), stamp=STAMP)
    return path


def tamper(path: Path, sql: str, values: tuple[object, ...] = (), *, table: str = "") -> None:
    """Change the file as somebody would who knows SQL: triggers dropped, changed, triggers put back."""
    db = apsw.Connection(str(path))
    triggers = list(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    db.execute(sql, values)
    for _, text in triggers:
        db.execute(text)
    db.close()


def faults(path: Path) -> str:
    with open_view(path) as view:
        return "\n".join(verify(view).faults)


def test_a_clean_ledger_is_clean(ledger: Path) -> None:
    with open_view(ledger) as view:
        report = verify(view)
    assert report.faults == ()
    assert (report.bodies, report.versions, report.readings, report.claims) == (2, 3, 3, 3)
    assert report.spans > 30


def test_a_flipped_byte_in_a_body(ledger: Path) -> None:
    with open_view(ledger) as view:
        data = bytearray(view.rows("SELECT data FROM body WHERE seq = 1")[0][0])
    data[len(data) // 2] ^= 1
    tamper(ledger, "UPDATE body SET data = ? WHERE seq = 1", (bytes(data),))
    assert "body" in faults(ledger)


def test_another_body_with_a_sound_frame(ledger: Path) -> None:
    tamper(ledger, "UPDATE body SET data = ? WHERE seq = 1", (pack(b"another text"),))
    assert "its bytes have another digest" in faults(ledger)


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda table: table.name)
def test_a_changed_value_in_any_table(ledger: Path, table: Table) -> None:
    tamper(ledger, f"UPDATE {table.name} SET run_id = 'another' WHERE seq = 1")
    assert f"{table.name} row 1: does not agree with its digest" in faults(ledger)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE claim SET word = 'asserted' WHERE seq = 1",
        "UPDATE claim SET sentence = 'nothing happened' WHERE seq = 1",
        "UPDATE version SET text_sha256 = 'ff' WHERE seq = 1",
        "UPDATE text_edit SET before_text = 'nobody' WHERE seq = 1",
        "DELETE FROM claim WHERE seq = 2",
        "DELETE FROM observation WHERE seq = 1",
    ],
)
def test_a_changed_or_deleted_row(ledger: Path, sql: str) -> None:
    tamper(ledger, sql)
    assert faults(ledger)


def test_a_dropped_trigger(ledger: Path) -> None:
    db = apsw.Connection(str(ledger))
    db.execute("DROP TRIGGER claim_no_update")
    db.close()
    assert "claim: the trigger against update is gone" in faults(ledger)


def test_a_torn_page(ledger: Path) -> None:
    data = bytearray(ledger.read_bytes())
    data[4096 * 5 : 4096 * 5 + 64] = bytes(64)
    ledger.write_bytes(bytes(data))
    assert faults(ledger)

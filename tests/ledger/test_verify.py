"""The audit finds what was changed behind the ledger's back, in a file and on a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.ledger import tables
from khabar.ledger.codec import pack
from khabar.ledger.columns import Table
from khabar.ledger.store import Writer, open_view
from khabar.ledger.verify import verify
from khabar.stores import Place
from tests.conftest import NewLedger
from tests.ledger.making import (
    STAMP,
    append,
    in_new_order,
    ledger_with,
    make_article,
    make_fusion,
    of_the_watch,
    revised,
)
from tests.ledger.tampering import drop_guard, tamper


@pytest.fixture
def ledger(new_ledger: NewLedger) -> Place:
    path = new_ledger()
    first = make_article("one")
    second, revision = revised(first, who="armed men", where="Port Maraq")
    with Writer(path) as writer:
        append(writer, first)
        append(writer, second, revision)
        append(writer, make_article("two"))
        writer.append_fusion(make_fusion(first), covers="x", stamp=STAMP)
        writer.append_rows([*of_the_watch(first), in_new_order(first)], stamp=STAMP)
    return path


def faults(path: Place) -> str:
    with open_view(path) as view:
        return "\n".join(verify(view).faults)


def test_a_clean_ledger_is_clean(ledger: Place) -> None:
    with open_view(ledger) as view:
        report = verify(view)
    assert report.faults == ()
    assert (report.bodies, report.versions, report.readings, report.claims) == (2, 3, 3, 3)
    assert report.spans > 30


def test_a_flipped_byte_in_a_body(ledger: Place) -> None:
    with open_view(ledger) as view:
        data = bytearray(view.rows("SELECT data FROM body WHERE seq = 1")[0][0])
    data[len(data) // 2] ^= 1
    tamper(ledger, "UPDATE body SET data = ? WHERE seq = 1", (bytes(data),))
    assert "body" in faults(ledger)


def test_another_body_with_a_sound_frame(ledger: Place) -> None:
    tamper(ledger, "UPDATE body SET data = ? WHERE seq = 1", (pack(b"another text"),))
    assert "its bytes have another digest" in faults(ledger)


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda table: table.name)
def test_a_changed_value_in_any_table(ledger: Place, table: Table) -> None:
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
def test_a_changed_or_deleted_row(ledger: Place, sql: str) -> None:
    tamper(ledger, sql)
    assert faults(ledger)


def test_a_dropped_trigger(ledger: Place) -> None:
    drop_guard(ledger, "claim", "update")
    assert "claim: the trigger against update is gone" in faults(ledger)


def test_a_torn_page(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path / "l.sqlite", make_article("one"))
    data = bytearray(ledger.read_bytes())
    data[4096 * 5 : 4096 * 5 + 64] = bytes(64)
    ledger.write_bytes(bytes(data))
    assert faults(ledger)

"""A new ledger never overwrites an old one."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from khabar.errors import UsageFault
from khabar.ledger import questions
from khabar.ledger.store import Writer, open_view
from khabar.run.build import set_aside
from tests.ledger.making import ledger_with, make_article

AT = "2026-01-02T03:04:05Z"


def test_nothing_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert set_aside(tmp_path / "l.sqlite", AT) is None


def test_an_old_ledger_is_moved_whole(tmp_path: Path) -> None:
    path = ledger_with(tmp_path / "l.sqlite", make_article("one"))
    aside = set_aside(path, AT)
    assert aside == tmp_path / "l.20260102T030405Z.sqlite"
    assert not path.exists()
    with open_view(aside) as view:
        assert questions.totals(view).articles == 1


def test_a_name_that_is_taken_is_not_taken_again(tmp_path: Path) -> None:
    names = {set_aside(ledger_with(tmp_path / "l.sqlite", make_article(n)), AT) for n in ("one", "two", "three")}
    assert len(names) == 3


def test_a_ledger_in_use_is_left_alone(tmp_path: Path) -> None:
    path = ledger_with(tmp_path / "l.sqlite", make_article("one"))
    with Writer(path), pytest.raises(UsageFault, match="open"):
        set_aside(path, AT)
    assert path.exists()


def test_what_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_bytes(b"")
    db = apsw.Connection(str(path))
    db.execute("CREATE TABLE notes (a)")
    db.close()
    with pytest.raises(UsageFault, match="not a khabar ledger"):
        set_aside(path, AT)
    assert path.exists()

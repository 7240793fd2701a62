"""Actors and places of whole texts, with the packaged tables: what each row of four tables says must hold.

A row with a ``fault`` is still misread; it must fail, so that the fault is taken off when the row is read.
``python -m tests.resolve.in_documents`` tells what share holds.
"""

from __future__ import annotations

import pytest

from tests.resolve.in_documents import TABLES, Row, faults_of, same_everywhere

ROWS = [row for rows in TABLES.values() for row in rows]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['kind']}: {row['text'][:40]}")
def test_row(row: Row) -> None:
    found = faults_of(row)
    if row.get("fault"):
        assert found, f"this holds now: take its fault off ({row['fault']})"
    else:
        assert not found


def test_a_stranger_has_one_id_in_every_text() -> None:
    texts = (
        "Colonel Mabrouk Zentani fled.",
        "In Lima, Mabrouk Zentani gave up.",
        "MABROUK ZENTANI, a colonel, is back.",
    )
    found = {same_everywhere(text, "Zentani") for text in texts}
    assert len(found) == 1
    assert found.pop().startswith("local:")

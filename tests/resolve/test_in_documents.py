"""Actors and places of whole texts, with the packaged tables: what each row of two tables says must hold.

``FAULTS`` names the rows that are still misread; such a row must fail, so that it is taken off when it is read.
``python -m tests.resolve.in_documents`` tells what share holds.
"""

from __future__ import annotations

import pytest

from tests.resolve.in_documents import ACTORS, PLACES, Row, faults_of, same_everywhere

KNOWN = {"actors": ACTORS, "places": PLACES}


@pytest.mark.parametrize("row", [*ACTORS, *PLACES], ids=lambda row: f"{row['kind']}: {row['text'][:40]}")
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

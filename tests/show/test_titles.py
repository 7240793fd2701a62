"""Titles of events: one name for each side."""

from __future__ import annotations

import pytest

from khabar.show.titles import side, title


@pytest.mark.parametrize(
    ("names", "ids", "said"),
    [
        ((), (), ""),
        (("gunmen",), (), "gunmen"),
        (("Attackers", "gunmen", "convoy"), (), "attackers and others"),
        (("At least nine soldiers", "lead vehicle", "fuel vehicle"), (), "lead vehicle and others"),
        (("rebels", "Ash Column", "Ash"), ("local:1",), "Ash Column and others"),
        (("fighters", "Kenya"), ("Q114",), "Kenya and others"),
        (("Kenya", "Kenya"), ("Q114",), "Kenya"),
        (("Kenyan troops", "Kenya Defence Forces", "Kenya"), ("Q114",), "Kenya Defence Forces and others"),
        (("The militia",), (), "the militia"),
    ],
)
def test_sides(names: tuple[str, ...], ids: tuple[str, ...], said: str) -> None:
    assert side(names, ids) == said


def test_titles() -> None:
    assert title("attack", "gunmen", "fuel convoy") == "Gunmen — attack — fuel convoy"
    assert title("explode", "", "") == "Explode"

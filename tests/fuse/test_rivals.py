"""The rules of other trackers as they are written down in bench/rivals.py, and the table that was made with them."""

from __future__ import annotations

import pytest

from bench.rivals import MARKS, PAGE, RIVALS, Case, State, cases, furniture, rival, state
from khabar.model.changes import EditClass


def states(before: str, after: str, *, body: bool) -> tuple[State, State]:
    return state(before, body=body), state(after, body=body)


@pytest.mark.parametrize(
    ("name", "before", "after", "body", "wanted"),
    [
        ("NewsDiffs", "The mayor resigned.", "The  mayor\nresigned.", True, False),
        ("NewsDiffs", "The mayor resigned.", "The mayor, resigned.", True, True),
        ("diffengine", "The truce holds.", "The “truce” holds!", True, False),
        ("diffengine", "The truce holds", "The “truce” holds", False, True),
        ("diffengine", "The truce held.", "The truce holds.", True, True),
        ("News Sniffer", "The truce holds.", "The “truce” holds.", True, True),
        ("News Sniffer", "Truce holds", "Truce over", False, True),
        ("changedetection.io", "The truce holds.", "The  truce holds.", True, False),
        ("changedetection.io", "The truce holds.", "The Truce holds.", True, True),
        ("Wayback “Changes”", "The truce holds.", "The “Truce” holds!", True, False),
        ("Wayback “Changes”", "Nine men drowned near the port.", "Forty women left for the hills.", True, True),
    ],
)
def test_a_rule_does_what_is_published_of_it(name: str, before: str, after: str, *, body: bool, wanted: bool) -> None:
    assert RIVALS[name](*states(before, after, body=body)) is wanted


def test_a_rewording_is_a_case_without_meaning() -> None:
    old, new = states("Ten ships held", "10 ships held", body=False)
    case = Case(wanted=EditClass.STYLE, beside=frozenset(), old=old, new=new)
    assert not case.meaningful


def test_the_table_has_the_trackers_as_they_come_out_today() -> None:
    written = PAGE.read_text(encoding="utf-8").partition(MARKS[0])[2].partition(MARKS[1])[0]
    edits, noise = list(cases()), list(furniture())
    for name in ("NewsDiffs", "diffengine", "changedetection.io"):
        found = rival(name, RIVALS[name], edits, noise)
        line = next(row for row in written.splitlines() if row.startswith(f"| {name} |"))
        numbers = [int(cell.split()[0]) for cell in line.split("|")[2:5]]
        assert numbers == [found.noticed, found.style, found.furniture], "python -m bench.rivals"

"""What an editor changes without changing what is stated raises no alarm; what changes it does. Read with the real parser.

In: pairs of our own (quiet.yml), beside the catalogue of C1: there nearly every row is a change, here most are none. Out: a
share of false alarms, and of changes that were told. Pairs that fool the rules stay in the file.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from khabar.fuse.revise import revise
from khabar.model.articles import ReadArticle
from khabar.model.changes import EditClass
from khabar.model.documents import Submission
from khabar.run.plan import open_workbench
from khabar.run.stages import read_submission
from khabar.settings import load_settings

TABLE = yaml.safe_load(Path(__file__).with_name("quiet.yml").read_text(encoding="utf-8"))
SILENT = {EditClass.MOVED, EditClass.STYLE, EditClass.HEADLINE_ONLY}
ALARMS, TOLD = 0.05, 0.95
Told = dict[str, frozenset[str]]


@pytest.fixture(scope="module")
def told() -> Told:
    """Each pair's loud classes."""
    bench = open_workbench(load_settings({}), sentences=lambda _: {}, note=lambda _: None)

    def read(text: str) -> ReadArticle:
        return read_submission(Submission(name="x", input_id="x", text=text), bench)

    def classes(row: str) -> frozenset[str]:
        before, after = row.split(" => ")
        return frozenset(
            e.edit_class.value for e in revise(read(before), read(after)).edits if e.edit_class not in SILENT
        )

    rows = [*TABLE["QUIET"], *(row for rows in TABLE["LOUD"].values() for row in rows)]
    return {row: classes(row) for row in rows}


def test_there_are_enough_of_both() -> None:
    assert len(TABLE["QUIET"]) >= 120
    assert sum(map(len, TABLE["LOUD"].values())) >= 60
    assert {EditClass(name) for name in TABLE["LOUD"]} == set(EditClass) - SILENT - {
        EditClass.LINK_REMOVED,
        EditClass.WITHDRAWN,
        EditClass.RESTORED,
    }


def test_what_states_the_same_is_no_alarm(told: Told) -> None:
    alarms = {row: told[row] for row in TABLE["QUIET"] if told[row]}
    assert len(alarms) <= ALARMS * len(TABLE["QUIET"]), alarms


def test_what_changes_a_statement_is_told(told: Told) -> None:
    rows = [(name, row) for name, rows in TABLE["LOUD"].items() for row in rows]
    missed = [(name, row) for name, row in rows if name not in told[row]]
    assert len(missed) <= (1 - TOLD) * len(rows), missed

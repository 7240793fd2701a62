"""C1: over fourteen hundred scripted edits, read with the real parser: each one is recorded, nearly each under its class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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

TABLE = Path(__file__).with_name("catalogue.yml")
ROW = re.compile(r"(?P<before>.*?) => (?P<after>.*?)(?: \[(?P<beside>[A-Z_, ]+)\])?")
BESIDE = {EditClass.MOVED, EditClass.STYLE, EditClass.HEADLINE_ONLY}
RIGHT, FALSE_ALARMS = 0.95, 0.05


@dataclass(frozen=True)
class Case:
    wanted: EditClass
    before: str
    after: str
    beside: frozenset[str]
    found: frozenset[EditClass]

    @property
    def right(self) -> bool:
        loud = self.found - BESIDE
        return not loud - self.beside if self.wanted is EditClass.STYLE else self.wanted in self.found


def rows() -> Iterator[tuple[EditClass, str, str, frozenset[str]]]:
    for name, lines in yaml.safe_load(TABLE.read_text(encoding="utf-8")).items():
        for line in lines:
            row = ROW.fullmatch(line)
            assert row, line
            yield EditClass(name), row["before"], row["after"], frozenset((row["beside"] or "").split(", ")) - {""}


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    bench = open_workbench(load_settings({}), sentences=lambda _: {}, note=lambda _: None)

    def read(text: str) -> ReadArticle:
        return read_submission(Submission(name="x", input_id="x", text=text), bench)

    return [
        Case(wanted, before, after, beside, frozenset(e.edit_class for e in revise(read(before), read(after)).edits))
        for wanted, before, after, beside in rows()
    ]


def test_there_are_two_hundred_of_every_class() -> None:
    found = [wanted for wanted, *_ in rows()]
    elsewhere = BESIDE | {EditClass.LINK_REMOVED, EditClass.WITHDRAWN, EditClass.RESTORED}
    assert len(found) >= 200
    assert set(EditClass) - set(found) <= elsewhere


def test_every_edit_is_recorded(cases: list[Case]) -> None:
    assert [c for c in cases if not c.found] == []


def test_nearly_every_edit_has_its_class(cases: list[Case]) -> None:
    wrong = [c for c in cases if not c.right]
    assert len(wrong) <= (1 - RIGHT) * len(cases), wrong


def test_style_alone_is_no_alarm(cases: list[Case]) -> None:
    style = [c for c in cases if c.wanted is EditClass.STYLE]
    assert len([c for c in style if not c.right]) <= FALSE_ALARMS * len(style)

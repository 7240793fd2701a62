"""Texts that tell history: dates without a year take the year told last, not that of the document.

In: the values of a text's time expressions, in order. Out: whether it is such a text, and the values with their years
leaning on the story ("ref+0Y:XXXX-05", the year after where the calendar has turned). A news text counts from its own
day ("on Friday", "last week"), a history names its years; where named years outweigh what counts from the document
time by far, it is a history. It knows one time line only.
"""

from __future__ import annotations

import re
from dataclasses import replace

from khabar.read.timevalues import Made

NAMED = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?|-[A-Z]{2}|-Q\d)?(?:T.*)?")
YEARLESS = re.compile(r"XXXX-(?:(\d\d)(?:-\d\d)?|[A-Z]{2}|XX-\d\d)(?:T.*)?")
STORY = ("ref+0Y:", "ref+1Y:", "ref+0M:")
FEWEST, OUTWEIGH, TURN = 4, 3, 6
"""named years at least; so many for each expression that counts from the document; months back that mean a new year"""


def names_a_year(value: str) -> bool:
    """Whether a value names its year, itself or through the story."""
    return NAMED.fullmatch(value.partition("..")[0]) is not None or value.startswith(STORY)


def is_narrative(values: list[str]) -> bool:
    """Whether the expressions are those of a history."""
    named = sum(names_a_year(v) for v in values)
    counted = sum(v.lstrip("<>=").startswith(("now", "XXXX-WXX")) for v in values)
    return named >= FEWEST and named >= OUTWEIGH * counted


def in_story(made: list[Made]) -> list[Made]:
    """The expressions with months and days hung on the year told last."""
    out: list[Made] = []
    month: int | None = None
    told = False
    for each in made:
        found = YEARLESS.fullmatch(each.value) if told and each.type != "SET" else None
        if found:
            own = int(found[1]) if found[1] else None
            turned = own is not None and month is not None and month - own >= TURN
            base = "ref+0M:" if each.value.startswith("XXXX-XX") else "ref+1Y:" if turned else "ref+0Y:"
            out.append(replace(each, value=base + each.value))
        else:
            out.append(each)
        if names_a_year(out[-1].value):
            told, month = True, _month(each.value) or (month if found else None)
    return out


def _month(value: str) -> int | None:
    """The month that a value names."""
    found = re.match(r"(?:\d{4}|XXXX)-(\d\d)", value)
    return int(found[1]) if found else None

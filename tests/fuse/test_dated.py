"""Times in other words, read from text alone on Wednesday 10 May 2023: the same day is style, another one is an edit."""

from __future__ import annotations

import pytest

from khabar.fuse.edits import edits_between
from khabar.model.changes import EditClass
from tests.fuse.builder import article

QUIET = {EditClass.STYLE, EditClass.MOVED}


def loud(before: str, after: str) -> set[str]:
    old, new = (article(text, published="2023-05-10", key=key) for text, key in ((before, "a"), (after, "b")))
    return {e.edit_class.value for e in edits_between(old, new) if e.edit_class not in QUIET}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The truce began on Monday.", "The truce began on 8 May."),
        ("The talks start tomorrow.", "The talks start on Thursday."),
        ("He was arrested last week.", "He was arrested on 3 May."),
        ("Shelling resumed yesterday.", "Shelling resumed on Tuesday."),
        ("The army entered the town late on Monday.", "The army entered the town on Monday evening."),
        ("Police raided the house in the early morning.", "Police raided the house early in the day."),
        ("The bridge was blown up at noon on Friday.", "The bridge was blown up on Friday at midday."),
        ("The bomb went off at 7pm on Saturday.", "The bomb went off at 19:00 on Saturday."),
        ("The vote is due this month.", "The vote is due in May."),
        ("The convoy was attacked on Christmas Day.", "The convoy was attacked on 25 December."),
        ("Shops reopened on New Year's Day.", "Shops reopened on 1 January."),
        ("The siege lasted 14 days.", "The siege lasted two weeks."),
        ("The fire burned for 24 hours.", "The fire burned for a day."),
        ("It is the first visit in ten years.", "It is the first visit in a decade."),
    ],
)
def test_the_same_time_in_other_words_is_style(before: str, after: str) -> None:
    assert loud(before, after) == set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The truce began on Monday.", "The truce began on 9 May."),
        ("The talks start tomorrow.", "The talks start on Friday."),
        ("Shelling resumed yesterday.", "Shelling resumed on Monday."),
        ("The army entered the town late on Monday.", "The army entered the town early on Monday."),
        ("The vote is due this month.", "The vote is due in June."),
        ("The convoy was attacked on Christmas Day.", "The convoy was attacked on 27 December."),
    ],
)
def test_another_time_is_told(before: str, after: str) -> None:
    assert loud(before, after) == {"DATE_CHANGED"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The siege lasted 14 days.", "The siege lasted three weeks."),
        ("The fire burned for 24 hours.", "The fire burned for two days."),
        ("Half a million people fled.", "600,000 people fled."),
    ],
)
def test_another_length_is_told(before: str, after: str) -> None:
    assert loud(before, after) == {"NUMBER_CHANGED"}

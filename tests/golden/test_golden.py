"""Every golden case says what is pinned; the diff is the message. ``python -m tests.golden.repin`` pins anew."""

from __future__ import annotations

import copy

import pytest

from tests.golden import case
from tests.golden.repin import pinned_again

HOW = "\nIf this is right: python -m tests.golden.repin, read its diff, commit.\n"


@pytest.mark.parametrize("name", case.names())
def test_golden(name: str) -> None:
    changed = case.difference(case.expected(name), case.made(name))
    assert not changed, HOW + changed


def some() -> case.Plain:
    """A state with one right claim, one judged wrong, and the same state as it would be found."""
    right = {"says": "The army left.", "word": "asserted", "at": "9 left"}
    wrong = {"says": "There was a left.", "word": "asserted", "at": "40 left", "why": "a noun"}
    return {"versions": [{"text_sha256": "a", "claims": [right], "wrong": [wrong]}]}


def found(*, wrong_says: str, right_says: str = "The army left.") -> case.Plain:
    """What the reader says of the same text."""
    versions = copy.deepcopy(some()["versions"])
    judged = versions[0].pop("wrong")[0]
    versions[0]["claims"][0]["says"] = right_says
    versions[0]["claims"].append({"says": wrong_says, "word": "asserted", "at": judged["at"]})
    return {"versions": versions}


def test_a_wrong_claim_is_neither_wanted_nor_forbidden() -> None:
    assert case.difference(some(), found(wrong_says="There was a left.")) == ""
    assert case.difference(some(), found(wrong_says="something else")) == ""


def test_a_right_claim_is_wanted() -> None:
    changed = case.difference(some(), found(wrong_says="", right_says="The army went."))
    assert "-  - says: The army left." in changed
    assert "+  - says: The army went." in changed


def test_repinning_keeps_what_is_still_wrong_and_shows_what_changed() -> None:
    assert pinned_again(some(), found(wrong_says="There was a left.")) == some()
    (version,) = pinned_again(some(), found(wrong_says="They left."))["versions"]
    assert "wrong" not in version
    assert [claim["says"] for claim in version["claims"]] == ["The army left.", "They left."]

"""Names across spellings and scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from khabar.lexicon.letters import bare, folded, plain_arabic, plain_latin, telling
from khabar.resolve.names import SAME_NAME, compare_names, last_skeleton, name_score, skeleton
from khabar.resolve.spelling import spelling_cost

CASES = yaml.safe_load(Path(__file__).with_name("names.yml").read_text("utf-8"))
NAMES = st.text(st.characters(categories=["L", "Zs", "Pd", "Po"]), max_size=25)


@pytest.mark.parametrize(("a", "b", "same"), CASES)
def test_one_name_or_two(a: str, b: str, same: bool) -> None:
    assert (name_score(a, b) >= SAME_NAME) is same, compare_names(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Haftar", "حفتر"), ("Gaddafi", "القذافي"), ("Qasim", "Kassem"), ("Jathran", "Jatran"), ("Khatib", "Katib")],
)
def test_spellings_share_a_skeleton(a: str, b: str) -> None:
    assert skeleton(a) == skeleton(b) != ""


def test_skeleton_of_the_family_name() -> None:
    assert last_skeleton("Peter Odari") == skeleton("Odari")
    assert skeleton("Mohammed bin Salman") != skeleton("Mohammed bin Zayed")
    assert skeleton("") == last_skeleton("") == ""


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Al-Jufra", "al jufra"),
        ("es-Sider", "al sider"),
        ("The Hague", "hague"),
        ("N’Djamena", "ndjamena"),
        ("U.N.", "un"),
        ("St. John's", "st johns"),
        ("Ås", "as"),
        ("بَنغازي", "بنغازي"),
        ("An Lushan", "an lushan"),
    ],
)
def test_folded(name: str, key: str) -> None:
    assert folded(name) == key


def test_a_name_of_particles_keeps_them() -> None:
    assert telling("Ben Ali") == ("ali",)
    assert telling("al") == ("al",)


@given(NAMES)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)


@given(NAMES)
def test_a_name_is_itself(name: str) -> None:
    assert name_score(name, name) == 1.0


@given(NAMES, NAMES)
def test_scores_are_symmetric_and_bounded(a: str, b: str) -> None:
    assert 0 <= name_score(a, b) <= 1
    assert abs(name_score(a, b) - name_score(b, a)) < 0.35  # greedy pairing may differ with the order, never by much


def test_evidence_says_what_was_compared() -> None:
    match = compare_names("Peter Odari", "Odary")
    assert any(line.startswith("odary ~ odari") for line in match.evidence)
    assert "1 more in the longer name" in match.evidence


@pytest.mark.parametrize(
    ("latin", "arabic", "most"), [("petra", "بترا", 0.1), ("khan", "خان", 0.1), ("vera", "فيرا", 0.1)]
)
def test_usual_spellings_cost_little(latin: str, arabic: str, most: float) -> None:
    assert spelling_cost(plain_latin(latin), plain_arabic(arabic)) <= most


def test_the_article_is_free_to_go() -> None:
    assert bare("القاسمي") == "قاسمي"
    assert spelling_cost("qasimi", "القاسمي") < spelling_cost("qasimi", "البرغوثي") - 1

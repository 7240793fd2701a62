"""Edited files: what is refused and how, and that ours pass."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from khabar.atlas import check
from khabar.atlas.build import country_points, load_edited, ordinary_words, packaged, packaged_files
from khabar.errors import DataFault
from khabar.lexicon.letters import folded
from khabar.lexicon.nations import load_nations

CASES = yaml.safe_load(Path(__file__).with_name("refusals.yml").read_text("utf-8"))
LOADERS: dict[str, Callable[[str, bytes, Collection[str]], object]] = {
    "places": check.load_places,
    "actors": check.load_actors,
    "outlets": check.load_outlets,
}
SUFFIX = {"places": "csv", "actors": "yml", "outlets": "yml"}


@pytest.mark.parametrize(("file", "content", "words"), CASES)
def test_refusals_name_file_and_reason(file: str, content: str, words: str) -> None:
    where = f"mine/{file}.{SUFFIX[file]}"
    with pytest.raises(DataFault) as refusal:
        LOADERS[file](where, content.encode(), {"KEN"})
    assert where in str(refusal.value)
    assert words in str(refusal.value)


def test_ours_pass_and_are_large_enough() -> None:
    points = country_points(packaged("countries.csv"))
    ours = load_edited("atlas/data", packaged_files(), points)
    assert len(ours.places) >= 150
    assert len(ours.actors) >= 200
    assert len(ours.outlets) >= 150
    assert len({row.country for row in ours.actors if row.country}) >= 40


def test_every_living_nation_has_a_point() -> None:
    points = country_points(packaged("countries.csv"))
    assert set(load_nations().by_code) - points.keys() <= {"SUN", "YUG", "DDR", "CSK"}


def test_no_country_or_capital_is_called_ordinary() -> None:
    nations, ordinary = load_nations(), dict(ordinary_words(packaged("ordinary.yml")))
    names = {folded(n) for nation in nations.by_code.values() for n in (*nation.names, *nation.capitals)}
    assert names & ordinary.keys() <= {"male"}  # Malé


@pytest.mark.parametrize(
    ("day", "bounds"),
    [
        ("2014", ("2014-01-01", "2014-12-31")),
        ("2014-05", ("2014-05-01", "2014-05-31")),
        ("2014-05-09", ("2014-05-09", "2014-05-09")),
        (None, ("0000-01-01", "9999-12-31")),
    ],
)
def test_day_bounds(day: str | None, bounds: tuple[str, str]) -> None:
    assert check.day_bounds("x", day) == bounds


@given(st.dates())
def test_any_day_is_within_its_month_and_year(day: object) -> None:
    text = str(day)
    for cut in (4, 7, 10):
        first, last = check.day_bounds("x", text[:cut])
        assert first <= text <= last

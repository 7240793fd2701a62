"""Edited files: what is refused and how, and that ours pass."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from khabar.atlas import check, sense
from khabar.atlas.build import ordinary_words
from khabar.atlas.loading import country_points, load_edited, packaged, packaged_files
from khabar.errors import DataFault
from khabar.lexicon.letters import folded
from khabar.lexicon.nations import load_nations

CASES = yaml.safe_load(Path(__file__).with_name("refusals.yml").read_text("utf-8"))
LOADERS: dict[str, Callable[[Mapping[str, bytes], Collection[str]], object]] = {
    "places": check.load_places,
    "actors": check.load_actors,
    "outlets": check.load_outlets,
}
SUFFIX = {"places": "csv", "actors": "yml", "outlets": "yml"}


@pytest.mark.parametrize(("file", "content", "line", "words"), CASES)
def test_refusals_name_file_line_and_reason(file: str, content: str, line: str, words: str) -> None:
    where = f"mine/{file}.{SUFFIX[file]}"
    with pytest.raises(DataFault) as refusal:
        LOADERS[file]({where: content.encode()}, {"KEN", "UGA"})
    assert str(refusal.value).startswith(f"{where}: {line}: ")
    assert words in str(refusal.value)


@pytest.mark.parametrize("file", LOADERS)
def test_what_is_no_utf8_is_refused(file: str) -> None:
    with pytest.raises(DataFault, match=r"mine: line 2: is not UTF-8"):
        LOADERS[file]({"mine": b"a\n\xff"}, {"KEN"})


def test_files_of_one_sort_are_checked_together() -> None:
    """Ids and names must differ across files, and a parent may stand in another file."""
    body = b"- {id: a, kind: ORG, sort: militia, country: KEN, names: [A]}"
    part = b"- {id: b, kind: ORG, sort: militia, country: KEN, names: [B], parents: [{id: a}]}"
    assert len(check.load_actors({"one": part, "two": body}, {"KEN"})) == 2
    with pytest.raises(DataFault, match=r"two: line 1, column 4: a: khabar:a: given twice; the first is a, one line 1"):
        check.load_actors({"one": body, "two": body}, {"KEN"})


def test_the_same_name_may_be_borne_in_two_countries() -> None:
    entry = "- {{id: {0}, kind: ORG, sort: government, country: {1}, names: [Government of Unity], acronyms: [GOU]}}\n"
    content = entry.format("a", "KEN") + entry.format("b", "UGA")
    assert len(check.load_actors({"x": content.encode()}, {"KEN", "UGA"})) == 2


TOWNS = {(0, 36): [(0.5, 36.5, "KEN"), (0.2, 36.1, "KEN")], (0, 33): [(0.4 + n / 50, 33.2, "UGA") for n in range(13)]}


@pytest.mark.parametrize(
    ("lat", "lon", "country", "feature", "source", "good"),
    [
        (0.4, 36.3, "KEN", "CMPRF", "t", True),
        (0.4, 33.3, "UGA", "CMPRF", "t", True),
        (0.4, 33.3, "KEN", "CMPRF", "t", False),
        (0.4, 33.3, "KEN", "CMPRF", "t; disputed", True),
        (0.4, 33.3, "KEN", "ISL", "t", True),
        (0.4, 33.3, "", "CMPRF", "t", True),
        (36.3, 0.4, "KEN", "CMPRF", "t", False),
        (0.4, 34.8, "KEN", "PSTB", "t", True),
    ],
)
def test_a_point_must_lie_in_its_country(
    lat: float, lon: float, country: str, feature: str, source: str, *, good: bool
) -> None:
    content = f"{','.join(check.PLACE_COLUMNS)}\nx:1,A,,{lat},{lon},{feature},{country},5,{source}\n".encode()
    if good:
        assert check.load_places({"p.csv": content}, {"KEN", "UGA"}, TOWNS)
    else:
        with pytest.raises(DataFault, match=r"p\.csv: line 2, column lat: x:1: .* in the wrong country"):
            check.load_places({"p.csv": content}, {"KEN", "UGA"}, TOWNS)


def test_ours_pass_and_are_large_enough() -> None:
    points = country_points(packaged("countries.csv"))
    ours = load_edited("atlas/data", packaged_files(), points)
    assert len(ours.places) >= 1000
    assert len(ours.actors) >= 2000
    assert len(ours.outlets) >= 800
    assert sum(row.country is not None for row in ours.actors) >= 1900
    assert len({row.country for row in ours.actors if row.country}) >= 80


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
    assert sense.day_bounds("x", day) == bounds


@given(st.dates())
def test_any_day_is_within_its_month_and_year(day: object) -> None:
    text = str(day)
    for cut in (4, 7, 10):
        first, last = sense.day_bounds("x", text[:cut])
        assert first <= text <= last

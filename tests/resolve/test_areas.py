"""Near, so far east of, between: points and honest radii."""

from __future__ import annotations

import pytest

from khabar.lexicon.bodies import load_bodies
from khabar.resolve.areas import Area, area_before, middle
from khabar.resolve.places import point_km

TOWN = (16.0, 0.0)
ANGLES = load_bodies().directions


def area(before: str, radius_km: float = 10.0) -> Area | None:
    return area_before(before, TOWN, radius_km, ANGLES)


@pytest.mark.parametrize(
    ("before", "km", "radius", "mark"),
    [
        ("The trucks burned near ", 0, 30, "near"),
        ("A camp on the outskirts of ", 0, 30, "near"),
        ("outside the town of ", 0, 30, "near"),
        ("A mine went off 40 km east of ", 40, 10, "40-km-east"),
        ("some 100 kilometres (62 miles) north-west of the city of ", 100, 25, "100-km-north-west"),
        ("It lies 10 miles south of ", 16.1, 5, "16-km-south"),
        ("The camp was 30 km from ", 0, 40, "30km"),
        ("Drones struck a camp south of ", 35, 35, "south"),
    ],
)
def test_areas(before: str, km: float, radius: float, mark: str) -> None:
    found = area(before)
    assert found is not None
    assert point_km(TOWN, (found.latitude, found.longitude)) == pytest.approx(km, abs=1)
    assert found.radius_km == pytest.approx(radius, abs=0.1)
    assert found.mark == mark


@pytest.mark.parametrize(
    "before", ["in ", "the mayor of ", "in the south of ", "Most of ", "a group of ", "linear ", ""]
)
def test_the_place_itself(before: str) -> None:
    assert area(before) is None


def test_a_country_has_no_east_of_its_own() -> None:
    assert area("Boats sank east of ", radius_km=600) is None


def test_east_is_where_the_sun_rises() -> None:
    found = area("40 km east of ")
    assert found is not None
    assert found.latitude == TOWN[0]
    assert found.longitude > TOWN[1]


def test_between_is_the_middle_of_towns_that_are_near() -> None:
    found = middle((16.0, 0.0), (16.0, 1.0), 107.0, "between A and B")
    assert found is not None
    assert (found.latitude, found.longitude, found.radius_km) == (16.0, 0.5, 53.5)
    assert middle((16.0, 0.0), (26.0, 10.0), 1500.0, "between A and B") is None
    assert middle((16.0, 0.0), (16.0, 0.0), 0.0, "between A and A") is None

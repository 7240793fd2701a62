"""Maps: the window holds all its points, nothing is drawn off the paper, a foreign name cannot become markup."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from khabar.show.maps.dots import map_lines
from khabar.show.maps.frame import frame_of, inside, outlines
from khabar.show.maps.picture import Spot, svg

POINTS = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def spot(longitude: float, latitude: float, name: str = "Vara", *, country: bool = False) -> Spot:
    return Spot(longitude=longitude, latitude=latitude, radius_km=10, name=name, title=name, country=country)


@given(st.lists(POINTS, min_size=1, max_size=8))
def test_the_window_holds_all_points(points: list[tuple[float, float]]) -> None:
    frame = frame_of(points)
    assert -180 <= frame.west < frame.east <= 180
    for point in points:
        across, down = frame.at(point)
        assert -1e-6 <= across <= 1 + 1e-6
        assert -1e-6 <= down <= 1 + 1e-6


@given(st.lists(POINTS, max_size=4), st.text(max_size=30))
def test_every_picture_is_xml(points: list[tuple[float, float]], name: str) -> None:
    printable = "".join(c for c in name if c.isprintable())
    root = ET.fromstring(svg([spot(*p, name=printable) for p in points]))
    assert root.tag.endswith("svg")


def test_a_name_is_text_never_markup() -> None:
    drawn = svg([spot(0.0, 16.0, '<script>"&')])
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_names_that_would_cover_each_other_are_left_out() -> None:
    crowd = [spot(10.0 + n / 1000, 20.0, f"{n}" * 60) for n in range(9)]
    labels = [e for e in ET.fromstring(svg(crowd)).iter() if e.tag.endswith("text") and len(e.text or "") == 60]
    assert 1 <= len(labels) < 9


def test_countries_do_not_widen_the_window() -> None:
    drawn = map_lines([spot(2.1, 13.5, "Niamey"), spot(-100.0, 40.0, "United States", country=True)], 60)
    assert "Niamey" in drawn[-1]
    assert "United States" not in "".join(drawn)


def test_outlines_know_the_coasts() -> None:
    assert len(outlines()) > 400
    assert any(inside(frame_of([(2.0, 13.5)])))  # borders of Niger
    assert not any(inside(frame_of([(-30.0, 45.0)])))  # mid Atlantic


def test_nothing_to_show_is_nothing() -> None:
    assert map_lines([], 80) == []

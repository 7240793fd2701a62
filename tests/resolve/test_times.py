"""Underspecified values completed, bounded and written in EDTF; no parser needed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.model.links import TimeLink
from khabar.model.mentions import Timex, TimexType
from khabar.model.spans import Span
from khabar.resolve.calendar import days_of, easter, feast, from_hijri, nth_weekday, step
from khabar.resolve.times import document_day, link_times

DAY = "2016-12-15"
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


def timex(
    value: str,
    kind: str = "DATE",
    *,
    name: str = "t1",
    tense: str | None = "past",
    mod: str | None = None,
    anchor: str | None = None,
) -> Timex:
    return Timex(
        timex_id=name,
        span=Span(0, 1),
        type=TimexType(kind),
        value=value,
        mod=mod,
        quant=None,
        freq=None,
        tense=tense,
        anchor=anchor,
        head_token=0,
        rule="test",
    )


def linked(*timexes: Timex, published: str | None = DAY) -> TimeLink:
    return link_times(timexes, published)[-1]


@pytest.mark.parametrize(
    ("value", "tense", "completed"),
    [
        ("XXXX-WXX-3", "past", "2016-12-14"),
        ("XXXX-WXX-3", "future", "2016-12-21"),
        ("XXXX-WXX-4", "past", "2016-12-15"),
        ("<XXXX-WXX-4", "past", "2016-12-08"),
        (">XXXX-WXX-4", "past", "2016-12-22"),
        ("=XXXX-WXX-1", "future", "2016-12-12"),
        ("XXXX-WXX-5TNI", "past", "2016-12-09TNI"),
        ("XXXX-11", "past", "2016-11"),
        ("XXXX-02", "future", "2017-02"),
        ("XXXX-01-20", "past", "2017-01-20"),
        ("<XXXX-SU", None, "2016-SU"),
        ("<XXXX-WI", None, "2015-WI"),
        ("=XXXX-06", None, "2016-06"),
        ("XXXX-02-29", "past", "2016-02-29"),
        ("XXXX-XX-20", "past", "2016-11-20"),
        ("now-1Y", None, "2015"),
        ("now+2M", None, "2017-02"),
        ("now-1Q", None, "2016-Q3"),
        ("now-1WE", None, "2016-W49-WE"),
        ("now-1DE", None, "200X"),
        ("now-1CE", None, "19XX"),
        ("now-1Y:XXXX-06", None, "2015-06"),
        ("now+1W:XXXX-WXX-2", None, "2016-12-20"),
        ("now-1DTNI", None, "2016-12-14TNI"),
        ("XXXX-03-06@W", "past", "2016-W09"),
        ("XXXX:easter-2", "past", "2016-03-25"),
        ("2012:nth-11-4-4", None, "2012-11-22"),
        ("XXXX-03-03/XXXX-03-05", "past", "2016-03-03/2016-03-05"),
        ("ref-0Q", None, "2016-Q3"),
    ],
)
def test_value(value: str, tense: str | None, completed: str) -> None:
    assert linked(timex(value, tense=tense)).value == completed


@pytest.mark.parametrize(
    ("value", "mod", "bounds", "edtf"),
    [
        ("2011", None, ("2011-01-01", "2011-12-31"), "2011"),
        ("2011", "ON_OR_AFTER", ("2011-01-01", DAY), "2011-01-01/2016-12-15"),
        ("2016-12-20", "ON_OR_AFTER", ("2016-12-20", None), "2016-12-20/.."),
        ("2016-12-16", "ON_OR_BEFORE", (None, "2016-12-16"), "../2016-12-16"),
        ("2016-12-16", "BEFORE", (None, "2016-12-15"), "../2016-12-15"),
        ("2016-12-16", "AFTER", ("2016-12-17", None), "2016-12-17/.."),
        ("2016-04", "START", ("2016-04-01", "2016-04-15"), "2016-04"),
        ("2016-04", "END", ("2016-04-16", "2016-04-30"), "2016-04"),
        ("2016-12-16", "END", ("2016-12-16", "2016-12-16"), "2016-12-16"),
        ("2016-SU", None, ("2016-06-01", "2016-08-31"), "2016-22"),
        ("2016-WI", None, ("2016-12-01", "2017-02-28"), "2016-24"),
        ("2016-Q3", None, ("2016-07-01", "2016-09-30"), "2016-35"),
        ("2016-W50", None, ("2016-12-12", "2016-12-18"), "2016-12-12/2016-12-18"),
        ("199X", None, ("1990-01-01", "1999-12-31"), "199X"),
        ("2016-11-01", "APPROX", ("2016-11-01", "2016-11-01"), "2016-11-01~"),
        ("now+0Y@now", None, ("2016-01-01", DAY), "2016"),
        ("2016-02-31", None, (None, None), "2016-02-31"),
    ],
)
def test_bounds_and_edtf(value: str, mod: str | None, bounds: tuple[str | None, str | None], edtf: str) -> None:
    link = linked(timex(value, mod=mod))
    assert (link.earliest, link.latest) == bounds
    assert link.edtf == edtf


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("P2W@now-", ("2016-12-01", DAY)),
        ("PT48H@now+", (DAY, "2016-12-17")),
        ("P1M@now-", ("2016-11-15", DAY)),
        ("P1Y@now+", (DAY, "2017-12-15")),
        ("PXM@now-", (None, DAY)),
        ("P3D", (None, None)),
        ("P999999999Y@now-", (None, DAY)),
    ],
)
def test_lengths_of_time(value: str, bounds: tuple[str | None, str | None]) -> None:
    link = linked(timex(value, "DURATION"))
    assert link.value == value.partition("@")[0]
    assert (link.earliest, link.latest) == bounds


def test_two_days_later_counts_from_its_anchor() -> None:
    first, second = timex("2016-11-03"), timex("ref+2D", name="t2", anchor="t1")
    assert linked(first, second).value == "2016-11-05"
    assert linked(first, second).anchored_to == "t1"


def test_an_anchor_may_stand_behind() -> None:
    first, second = link_times((timex("ref+2D", anchor="t2"), timex("XXXX:fixed-12-25", name="t2")), "2017-01-10")
    assert (first.value, second.value) == ("2016-12-27", "2016-12-25")


def test_a_ring_of_anchors_ends() -> None:
    links = link_times((timex("ref+1D", anchor="t2"), timex("ref+1D", name="t2", anchor="t1")), DAY)
    assert len(links) == 2


def test_a_year_earlier_keeps_the_quarter() -> None:
    assert linked(timex("2016-Q3"), timex("ref-1Y", name="t2", anchor="t1")).value == "2015-Q3"


def test_a_range_closes_on_its_second_end() -> None:
    link = link_times((timex("2016-05..t2"), timex("2016-07", name="t2")), DAY)[0]
    assert (link.value, link.earliest, link.latest, link.edtf) == (
        "2016-05",
        "2016-05-01",
        "2016-07-31",
        "2016-05/2016-07",
    )


def test_a_happening_as_anchor_gives_no_days() -> None:
    link = linked(timex("PTXH", "DURATION", anchor="p:10:15"))
    assert (link.value, link.earliest, link.latest, link.anchored_to) == ("PTXH", None, None, "p:10:15")


def test_sets_stay_as_they_are() -> None:
    link = linked(timex("XXXX-WXX-5", "SET"))
    assert (link.value, link.earliest, link.edtf) == ("XXXX-WXX-5", None, None)


@pytest.mark.parametrize("published", [None, "", "yesterday", "0001-01-01", "9999-12-31"])
def test_without_a_document_time_only_what_names_its_year_is_dated(published: str | None) -> None:
    assert document_day(published) is None
    assert linked(timex("2014-03-05"), published=published).earliest == "2014-03-05"
    link = linked(timex("XXXX-WXX-5"), published=published)
    assert (link.value, link.earliest, link.latest) == ("XXXX-WXX-5", None, None)
    assert link.score < 0.5


def test_a_document_time_may_be_an_instant() -> None:
    assert document_day("2016-12-15T23:10:00Z") == date(2016, 12, 15)


@given(DAYS, st.integers(1, 7))
def test_a_past_weekday_lies_in_the_seven_days_up_to_the_document(day: date, weekday: int) -> None:
    value = linked(timex(f"XXXX-WXX-{weekday}"), published=day.isoformat()).value
    assert date.fromisoformat(value).isoweekday() == weekday
    assert timedelta(0) <= day - date.fromisoformat(value) < timedelta(days=7)


@given(DAYS, st.integers(-3000, 3000), st.sampled_from(["D", "W", "WE", "M", "Q", "Y"]))
def test_a_step_and_back_covers_the_day_again(day: date, number: int, unit: str) -> None:
    there = days_of(step(day, number, unit) or "")
    if there is not None and not (unit == "WE" and day.isoweekday() < 6):
        back = days_of(step(there[0], -number, unit) or "")
        assert back is not None
        assert back[0] <= day <= back[1]


@given(st.text(alphabet="0123456789-XWQHTSPUFAE/:", max_size=14))
def test_no_string_breaks_the_calendar(value: str) -> None:
    days = days_of(value)
    assert days is None or days[0] <= days[1]


@pytest.mark.parametrize(
    ("year", "day"),
    [(1999, date(1999, 4, 4)), (2008, date(2008, 3, 23)), (2016, date(2016, 3, 27)), (2038, date(2038, 4, 25))],
)
def test_easter(year: int, day: date) -> None:
    assert easter(year) == day


def test_feasts() -> None:
    assert from_hijri(1, 1, 1) == date(622, 7, 19)
    assert feast(2016, "hijri-09") == "2016-06-07/2016-07-06"
    assert feast(2016, "hijri-10-01") == "2016-07-07"
    assert feast(2016, "nth-05-1--1") == "2016-05-30"
    assert feast(2016, "easter+1") == "2016-03-28"
    assert nth_weekday(2016, 11, 4, 4) == date(2016, 11, 24)


@pytest.mark.parametrize("tense", ["past", "present", "future"])
def test_a_day_that_no_year_has_is_no_day(tense: str) -> None:
    (link,) = link_times((timex("XXXX-06-31", tense=tense),), DAY)
    assert (link.earliest, link.latest) == (None, None)

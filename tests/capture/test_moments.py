"""Printed stamps to ISO 8601."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.capture.moments import iso_moment, utc_instant


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [
        ("2016-12-15", "2016-12-15"),
        (" 20161215 ", "2016-12-15"),
        ("2016-12-15T11:05:00Z", "2016-12-15T11:05:00Z"),
        ("2016-12-15T11:05:00.123456+0000", "2016-12-15T11:05:00Z"),
        ("2016-12-15 11:05 +02:00", "2016-12-15T11:05:00+02:00"),
        ("2016-12-15T23:05:00-05:00", "2016-12-15T23:05:00-05:00"),
        ("2016-12-15 9:05", "2016-12-15T09:05:00"),
        ("2016-12-15 11:05:09 UTC", "2016-12-15T11:05:09Z"),
        ("Thu, 15 Dec 2016 11:05:00 GMT", "2016-12-15T11:05:00Z"),
        ("yesterday", None),
        ("", None),
        ("2016-02-30", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("1 Jan 2000 00:00:00 +99999999999999999", None),
        ("2016-12-15" + " " * 80 + "x", None),
    ],
)
def test_iso_moment(stated: str, wanted: str | None) -> None:
    assert iso_moment(stated) == wanted


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789-:TZ+ .,/JanFebMondUC"), max_size=40) | st.text(max_size=30))
def test_whatever_is_stated_gives_iso_or_nothing(stated: str) -> None:
    found = iso_moment(stated)
    assert found is None or datetime.fromisoformat(found)
    assert found is None or iso_moment(found) == found


def test_utc_instant_has_seconds() -> None:
    assert utc_instant(1_481_799_900.7) == "2016-12-15T11:05:00Z"

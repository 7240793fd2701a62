"""Days as people read them."""

from __future__ import annotations

import pytest

from khabar.show.days import coordinates_words, day_words, interval_words, moment_words


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2031-11-04", "2031-11-04", "4 November 2031"),
        ("2031-10-01", "2031-10-31", "1–31 October 2031"),
        ("2031-10-30", "2031-11-02", "30 October – 2 November 2031"),
        ("2030-12-30", "2031-01-02", "30 December 2030 – 2 January 2031"),
        ("2031-10-30", None, "since 30 October 2031"),
        (None, "2031-10-30", "until 30 October 2031"),
        (None, None, ""),
    ],
)
def test_intervals(earliest: str | None, latest: str | None, words: str) -> None:
    assert interval_words(earliest, latest) == words


def test_moments() -> None:
    assert moment_words("2031-11-06T13:05:00+02:00") == "6 November 2031, 11:05 UTC"
    assert moment_words("2031-11-06") == "6 November 2031"
    assert moment_words("last Tuesday") == "last Tuesday"
    assert day_words("2031-W45") == "2031-W45"


def test_coordinates() -> None:
    assert coordinates_words(-15.333, 38.9, 10.0) == "15.33° S, 38.90° E ± 10 km"

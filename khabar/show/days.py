"""Days, intervals, instants and places of the earth as people read them.

In: ISO 8601 days and UTC instants, decimal degrees WGS 84, km. Out: English phrases. What is not ISO stays as it is.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def day_words(day: str) -> str:
    """ "2031-11-04" -> "4 November 2031"."""
    if DAY.match(day) is None:
        return day
    try:
        found = date.fromisoformat(day[:10])
    except ValueError:
        return day
    return f"{found.day} {found:%B} {found.year}"


def interval_words(earliest: str | None, latest: str | None) -> str:
    """ "1–31 October 2031", "30 October – 2 November 2031", "since 1 May 2031", or "" if nothing is known."""
    if earliest is None or latest is None:
        if earliest is None:
            return "" if latest is None else f"until {day_words(latest)}"
        return f"since {day_words(earliest)}"
    first, last = day_words(earliest), day_words(latest)
    if first == last:
        return first
    left, right = first.split(), last.split()
    if (len(left), len(right)) != (3, 3) or left[-1] != right[-1]:
        return f"{first} – {last}"
    return f"{left[0]}–{last}" if left[1] == right[1] else f"{left[0]} {left[1]} – {last}"


def moment_words(instant: str | None) -> str:
    """ "2031-11-06T11:05:00Z" -> "6 November 2031, 11:05 UTC"; a bare day stays a day."""
    if instant is None:
        return ""
    try:
        found = datetime.fromisoformat(instant)
    except ValueError:
        return instant
    if len(instant) <= len("2031-11-06"):
        return day_words(instant)
    zone = " UTC" if found.tzinfo is not None else ""
    utc = found.astimezone(UTC) if found.tzinfo is not None else found
    return f"{day_words(utc.date().isoformat())}, {utc:%H:%M}{zone}"


def coordinates_words(latitude: float, longitude: float, radius_km: float | None = None) -> str:
    """ "15.33° N, 38.93° E ± 10 km"."""
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    extent = f" ± {radius_km:g} km" if radius_km is not None else ""
    return f"{abs(latitude):.2f}° {north}, {abs(longitude):.2f}° {east}{extent}"

"""Calendar arithmetic on TIMEX3 values: which days a value covers, what lies n units away, when a feast falls.

In: complete TIMEX3 values and days (proleptic Gregorian). Out: values and first and last days, inclusive. Seasons are
the meteorological ones of the north (winter 2016 runs from December 2016 into February 2017); weeks are ISO weeks and a
weekend is their Saturday and Sunday. Islamic feasts follow the tabular calendar, which may differ from the sighting of
the moon by a day or two. Values outside the years 1 to 9999 have no days.
"""

from __future__ import annotations

import calendar as gregorian
import re
from datetime import date, timedelta

Days = tuple[date, date]
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
MONTHS_OF = {"Q": 3, "H": 6}
LARGEST_STEP = 100_000
"""units; a larger step leaves the calendar whatever its unit"""
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
MONTH = re.compile(r"(\d{4})-(\d\d)")
WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
PART_OF_YEAR = re.compile(r"(\d{4})-([QH])(\d)")
SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
YEARS = re.compile(r"(\d{2,4})(X{0,2})")
GRAINS = (
    *("century", "decade", "year", "half", "season", "quarter", "month", "week", "weekend", "day"),
    *("part of day", "hour", "minute", "second"),
)
"""from coarse to fine"""
SHAPES = (
    *((DAY, "day"), (MONTH, "month"), (re.compile(r"\d{4}-W\d\d-WE"), "weekend"), (WEEK, "week"), (SEASON, "season")),
    *((re.compile(r"\d{4}-Q\d"), "quarter"), (re.compile(r"\d{4}-H\d"), "half"), (re.compile(r"\d{4}"), "year")),
    *((re.compile(r"\d{3}X"), "decade"), (re.compile(r"\d\dXX"), "century")),
)
ISLAMIC_EPOCH = 227_015
"""ordinal of the Gregorian day of 1 Muharram of the year 1 (civil reckoning)"""


def days_of(value: str) -> Days | None:
    """First and last day of a complete value; a part of the day or a clock time is dropped; A/B runs from A to B."""
    if value.count("/") > 1:
        return None
    if "/" in value:
        first, last = (days_of(part) for part in value.split("/"))
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    value = value.partition("T")[0]
    try:
        return _day_or_month(value) or _week_or_season(value) or _years(value)
    except (ValueError, OverflowError):  # the 31st of April, the year 0: no such days
        return None


def grain_of(value: str) -> str | None:
    """How finely a value tells the time: decade, year, half, quarter, season, month, week, weekend, day, part of day, hour,
    minute or second; None for lengths, references and what is not complete. Of A/B the finer end.
    """
    if value.count("/") > 1:
        return None
    if "/" in value:
        grains = [grain_of(part) for part in value.split("/")]
        return max((g for g in grains if g), key=GRAINS.index, default=None)
    head, mark, part = value.partition("T")
    if mark and days_of(head):
        digits = part.count(":")
        return "part of day" if not part[:1].isdigit() else ("hour", "minute", "second")[min(2, digits)]
    found = next((grain for pattern, grain in SHAPES if pattern.fullmatch(head)), None)
    return found if found and days_of(head) else None


def _day_or_month(value: str) -> Days | None:
    if found := DAY.fullmatch(value):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        return day, day
    if found := MONTH.fullmatch(value):
        return _months(int(found[1]), int(found[2]), 1)
    return None


def _week_or_season(value: str) -> Days | None:
    if found := WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday + timedelta(days=5 if found[3] else 0), monday + timedelta(days=6)
    if found := PART_OF_YEAR.fullmatch(value):
        length = MONTHS_OF[found[2]]
        return _months(int(found[1]), (int(found[3]) - 1) * length + 1, length)
    if found := SEASON.fullmatch(value):
        return _months(int(found[1]), SEASONS[found[2]], 3)
    return None


def _years(value: str) -> Days | None:
    found = YEARS.fullmatch(value)
    if found is None or len(value) != 4:
        return None
    return date(int(found[1] + "0" * len(found[2])), 1, 1), date(int(found[1] + "9" * len(found[2])), 12, 31)


def _months(year: int, month: int, length: int) -> Days:
    """So many months from the first of one."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    end_year, end_month = add_months(year, month, length - 1)
    return date(year, month, 1), date(end_year, end_month, gregorian.monthrange(end_year, end_month)[1])


def add_months(year: int, month: int, number: int) -> tuple[int, int]:
    """Year and month so many months away."""
    total = year * 12 + month - 1 + number
    return total // 12, total % 12 + 1


def step(day: date, number: int, unit: str) -> str | None:
    """The value, at the grain of the unit, so many units from a day; None if that leaves the calendar."""
    if abs(number) > LARGEST_STEP:
        return None
    try:
        return _near_step(day, number, unit) if unit in NEAR_UNITS else _far_step(day, number, unit)
    except (ValueError, OverflowError):  # before the year 1 or after 9999
        return None


NEAR_UNITS = frozenset({"TS", "TM", "TH", "D", "W", "WE"})


def _near_step(day: date, number: int, unit: str) -> str:
    """Days, weeks, weekends; clock units move the day by whole days only, for the document time has no hour."""
    per_day = {"TS": 86_400, "TM": 1440, "TH": 24}.get(unit)
    if per_day:
        return (day + timedelta(days=int(number / per_day))).isoformat()
    if unit == "D":
        return (day + timedelta(days=number)).isoformat()
    year, week, _ = (day + timedelta(weeks=number)).isocalendar()
    return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "WE" else "")


def _far_step(day: date, number: int, unit: str) -> str:
    """Months, quarters, years, decades, centuries."""
    if unit in {"M", "Q"}:
        year, month = add_months(day.year, day.month, number * (3 if unit == "Q" else 1))
        text = f"{year:04d}-{month:02d}" if unit == "M" else f"{year:04d}-Q{(month - 1) // 3 + 1}"
    elif unit == "DE":
        year, text = day.year + 10 * number, f"{(day.year + 10 * number) // 10:03d}X"
    elif unit == "CE":
        year, text = day.year + 100 * number, f"{(day.year + 100 * number) // 100:02d}XX"
    else:
        year = day.year + number
        text = f"{year:04d}"
    if not 1 <= year <= 9999:
        raise ValueError(year)
    return text


def feast(year: int, rule: str) -> str | None:
    """The day or days of a feast in a Gregorian year, by its rule (``lexicon/en/timex.yml``)."""
    kind, _, rest = rule.replace("+", "-+").partition("-")
    if kind == "fixed":
        return f"{year:04d}-{rest}"
    if kind == "easter":
        sign = 1 if rest.startswith("+") else -1
        return (easter(year) + timedelta(days=sign * int(rest.lstrip("+")))).isoformat()
    if kind == "nth":
        month, weekday, number = (int(part) for part in rest.replace("--", "-~").replace("~", "-").split("-", 2))
        return nth_weekday(year, month, weekday, number).isoformat()
    return _hijri_feast(year, [int(part) for part in rest.split("-")]) if kind == "hijri" else None


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The n-th such weekday (1 = Monday) of a month; n < 0 counts from the end."""
    if number > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    last = date(year, month, gregorian.monthrange(year, month)[1])
    return last - timedelta(days=(last.isoweekday() - weekday) % 7 + 7 * (-number - 1))


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computation)."""
    golden, century, rest = year % 19, year // 100, year % 100
    skew = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - skew + 15) % 30
    shift = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * shift) // 451
    month, day = divmod(epact + shift - 7 * late + 114, 31)
    return date(year, month, day + 1)


def from_hijri(year: int, month: int, day: int) -> date:
    """The Gregorian day of a day of the tabular Islamic calendar."""
    leap_days = (3 + 11 * year) // 30
    return date.fromordinal(ISLAMIC_EPOCH - 1 + day + (29 * (month - 1) + month // 2) + 354 * (year - 1) + leap_days)


def _hijri_feast(year: int, rule: list[int]) -> str | None:
    """A month or a day of the Islamic year that begins in a Gregorian year."""
    guess = int((year - 622) * 33 / 32)
    for hijri in (guess, guess + 1, guess + 2):
        first = from_hijri(hijri, rule[0], rule[1] if len(rule) > 1 else 1)
        if first.year == year:
            if len(rule) > 1:
                return first.isoformat()
            length = 30 if rule[0] % 2 else 29
            return f"{first.isoformat()}/{(first + timedelta(days=length - 1)).isoformat()}"
    return None

"""Captured words to TIMEX3 values, complete or underspecified (the forms stand at the top of ``read/timex.py``).

In: what a pattern caught (class to value), with the VALUE, TYPE and MOD that the table fixes. Out: a Made, or None
when the words turn out not to be a date at all ("45 February", "third quarter" with number 7). No calendar is needed
here: what depends on the document time is left
underspecified. Conventions are TimeBank's, where it has one: quarters 1998-Q1, seasons 2016-SU, weekends 2016-W50-WE,
parts of day TMO TAF TEV TNI, decades 199X, centuries 19XX.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from khabar.read.timepatterns import Captures

UNKNOWN_DAY = "XXXX-XX-XX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Type and value of an expression; ``quant`` and ``freq`` for sets."""

    type: str
    value: str
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None


Builder = Callable[[Captures], Made | None]
LEANINGS = {"now-1": "<", "now+1": ">", "now+0": "="}


def _day(got: Captures) -> str | None:
    """A day of the calendar from DAY or ORD, two digits."""
    number = got.get("DAY") or got.get("ORD")
    return f"{int(number):02d}" if number else None


def _inner(got: Captures, year: str = "XXXX") -> str | None:
    """Month, month and day, season or weekday of a year."""
    month = got.get("MONTH") or got.get("MON") or got.get("ARMONTH") or got.get("VALUE")
    if month and month.isdigit():
        day = _day(got)
        return f"{year}-{int(month):02d}" + (f"-{day}" if day else "")
    if "SEASON" in got:
        return f"{year}-{got['SEASON']}"
    weekday = got.get("WEEKDAY") or got.get("WDAY")
    if weekday:
        return f"XXXX-WXX-{weekday}"
    if "DAY" in got:
        return f"XXXX-XX-{_day(got)}"
    return year if year != "XXXX" else None


def _dated(value: str, got: Captures) -> Made:
    """A DATE, or a TIME where a part of the day was caught too."""
    part = got.get("PART")
    return Made(type="TIME", value=f"{value}T{part}") if part else Made(type="DATE", value=value)


def calendar(got: Captures) -> Made | None:
    """Days, months, seasons, weekdays and years by name."""
    spelt = year_words(got) if "CENT" in got else None
    value = _inner(got, spelt.value if spelt else got.get("YEAR", "XXXX"))
    if value is None or ("CENT" in got and spelt is None):
        return None
    lean = LEANINGS.get(got.get("NEAR") or got.get("REL", ""), "")
    return _dated(value if value[0].isdigit() else lean + value, got)


def day_range(got: Captures) -> Made | None:
    """ "3 to 5 March": two days of one month, as A/B."""
    month, year = int(got.get("MONTH") or got.get("MON", "0")), got.get("YEAR", "XXXX")
    first, last = (f"{year}-{month:02d}-{int(got[name]):02d}" for name in ("DAY", "DAY2"))
    return Made(type="DATE", value=f"{first}/{last}")


def inside_year(got: Captures) -> Made | None:
    """ "June last year", "last year's third quarter", "August of that year"."""
    ordinal = got.get("ORD") if "MONTH" not in got else None
    inner = f"XXXX-Q{ordinal}" if ordinal else _inner(got)
    return Made(type="DATE", value=f"{got.get('NEAR') or got['VALUE']}Y:{inner}")


def inside_week(got: Captures) -> Made | None:
    """ "Tuesday of last week", "a week from Friday"."""
    base = got.get("VALUE") or f"{got['NEAR']}W"
    return _dated(f"{base}:XXXX-WXX-{got['WEEKDAY']}", got)


def iso_day(got: Captures) -> Made | None:
    """ "2016 - 12 - 15"."""
    month, day = int(got["DAY"]), int(got["DAY2"])
    return Made(type="DATE", value=f"{got['YEAR']}-{month:02d}-{day:02d}") if month <= 12 else None


def numeric_day(got: Captures) -> Made | None:
    """ "15.12.2016", "2016/12/15" and, where neither part can tell, month first with strokes and day first with dots."""
    text = got["NUMDATE"]
    first, second, year = (int(part) for part in text.replace(".", "/").split("/"))
    if first > 31:
        return Made(type="DATE", value=f"{first}-{second:02d}-{year:02d}") if 1 <= second <= 12 and year <= 31 else None
    day, month = (first, second) if first > 12 or ("." in text and second <= 12) else (second, first)
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    return Made(type="DATE", value=f"{year}-{month:02d}-{day:02d}") if 1 <= month <= 12 and 1 <= day <= 31 else None


def week_of(got: Captures) -> Made | None:
    """ "the week of March 6"."""
    return Made(type="DATE", value=f"{_inner(got, got.get('YEAR', 'XXXX'))}@W")


def year_span(got: Captures) -> Made | None:
    """ "2011-2014", "2014-16"."""
    first, last = (got["YEAR"], got["YEAR2"]) if "YEAR" in got else (got["YEARS"][:4], got["YEARS"][5:])
    last = first[: 4 - len(last)] + last
    return Made(type="DATE", value=f"{first}/{last}") if first < last else None


def year_words(got: Captures) -> Made | None:
    """ "nineteen ninety-six", "the year two thousand"."""
    number = float(got["NUM"])
    year = int(got["CENT"]) * 100 + number if "CENT" in got else number
    return Made(type="DATE", value=f"{int(year)}") if 1500 <= year < 2100 and year == int(year) else None


def decade(got: Captures) -> Made | None:
    """ "the 1990s", "the '90s", "the nineties"."""
    part, _, bare = got.get("DECADE", "").rpartition("-")
    digits = bare or got.get("YEAR") or f"19{got.get('DECADEWORD')}0"
    digits = digits if len(digits) == 4 else f"19{digits}" if int(digits) >= 20 else f"20{digits}"
    return Made(type="DATE", value=f"{digits[:3]}X", mod=PARTS.get(part))


def part_year(got: Captures) -> Made | None:
    """ "mid-2018"."""
    part, _, year = got["PARTYEAR"].partition("-")
    return Made(type="DATE", value=year, mod=PARTS[part])


PARTS = {"early": "START", "mid": "MID", "late": "END"}


def century(got: Captures) -> Made | None:
    """ "the 20th century"."""
    return Made(type="DATE", value=f"{int(got['ORD']) - 1:02d}XX")


def quarter(got: Captures) -> Made | None:
    """ "the third quarter of 2016", "Q3 2016"."""
    code = got.get("QTR") or f"Q{got['ORD']}"
    if code not in {"Q1", "Q2", "Q3", "Q4", "H1", "H2"}:
        return None
    lean = LEANINGS.get(got.get("NEAR", ""), "")
    return Made(type="DATE", value=f"{got['YEAR']}-{code}" if "YEAR" in got else f"{lean}XXXX-{code}")


def half(got: Captures) -> Made | None:
    """ "the first half of 2016 / of last year / of the year"."""
    if got["ORD"] not in {"1", "2"}:
        return None
    year = f"{got['NEAR']}Y:XXXX" if "NEAR" in got else got.get("YEAR", "now+0Y:XXXX")
    return Made(type="DATE", value=f"{year}-H{got['ORD']}")


def deictic(got: Captures) -> Made | None:
    """ "yesterday", "tomorrow morning", "the day after tomorrow"."""
    day, _, part = got["DEICTIC"].partition("T")
    part = got.get("PART", part)
    if "DAYSIDE" in got:
        day = {"now+1D1": "now+2D", "now-1D-1": "now-2D"}.get(day + got["DAYSIDE"], day)
    return Made(type="TIME", value=f"{day}T{part}") if part else Made(type="DATE", value=day)


def rel_part(got: Captures) -> Made | None:
    """ "last night", "this morning", "the next morning", "that evening", "the morning"."""
    base = {"now+1": "ref+1"}.get(got.get("REL", "ref+0"), got.get("REL", "ref+0"))
    return Made(type="TIME", value=f"{base}DT{got['PART']}")


def day_side(got: Captures) -> Made | None:
    """ "the day before", "the day after"."""
    return Made(type="DATE", value=f"ref{int(got['DAYSIDE']):+d}D")


def before_last(got: Captures) -> Made | None:
    """ "the year before last"."""
    return Made(type="DATE", value=f"now-2{got['LONGUNIT']}")


def rel_unit(got: Captures) -> Made | None:
    """ "last week", "this year", "the next day", "that month"."""
    base, unit = got.get("VALUE") or got["REL"], got.get("LONGUNIT", "Y")
    if unit == "D" and base == "now+1":
        base = "ref+1"
    return Made(type="DATE", value=f"{base}{unit}")


def past_unit(got: Captures) -> Made | None:
    """ "the past week": a length that ends now."""
    return Made(type="DURATION", value=period(1, got["LONGUNIT"]) + "@now-")


def streak(got: Captures) -> Made | None:
    """ "the third straight day", "a second night in a row": a length whose last unit is the present one."""
    return Made(type="DURATION", value=period(float(got["ORD"]), got["UNIT"]) + "@now=")


def the_unit(got: Captures) -> Made | None:
    """ "during the week", "of the year": the present one."""
    unit = got["LONGUNIT"]
    return Made(type="DATE", value="XXXX-WXX-WE" if unit == "WE" else f"now+0{unit}")


def year_ago_quarter(got: Captures) -> Made | None:
    """ "the year-ago (third) quarter"."""
    return Made(type="DATE", value=f"now-1Y:XXXX-Q{got['ORD']}" if "ORD" in got else "ref-4Q")


def _amount(got: Captures) -> tuple[float | None, str]:
    """Number (None = vague) and unit of a length."""
    unit = got.get("UNITS") or got.get("UNIT") or "D"
    number = got.get("NUM") or got.get("ART") or got.get("SOME") or "X"
    return (None if number == "X" else float(number)), unit


def ago(got: Captures) -> Made | None:
    """ "two days ago", "three weeks later", "years earlier"."""
    base = got.get("VALUE") or got["AGO"]
    number, unit = _amount(got)
    if number is None and base == "ref+":
        return Made(type="DURATION", value=period(None, unit))
    if number is None:
        return Made(type="DATE", value="PAST_REF" if base.endswith("-") else "FUTURE_REF")
    if unit.startswith("T"):
        return Made(type="DURATION", value=f"{period(number, unit)}@{base}")
    number, unit = (2 * number, "W") if unit == "FN" else (number, unit)
    if number != int(number) and unit == "Y":
        number, unit = 12 * number, "M"
    return Made(type="DATE", value=f"{base}{int(number)}{unit}")


def unit_and_half_ago(got: Captures) -> Made | None:
    """ "a year and a half ago"."""
    return ago({**got, "ART": "1.5"})


def half_ago(got: Captures) -> Made | None:
    """ "half a century ago", "half an hour ago"."""
    number, unit = HALVES.get(got["UNIT"], (None, got["UNIT"]))
    return ago({**got, "ART": str(number), "UNIT": unit}) if number else None


HALVES = {"CE": (50, "Y"), "DE": (5, "Y"), "Y": (6, "M"), "TH": (30, "TM"), "D": (12, "TH")}
"""what half a unit is in a smaller one"""


def period(number: float | None, unit: str) -> str:
    """A TIMEX3 length: P3D, PT5H30M, P40Y for four decades, PXM for some months."""
    times, unit = {"DE": (10, "Y"), "CE": (100, "Y"), "FN": (2, "W")}.get(unit, (1, unit))
    clock = "T" if unit.startswith("T") else ""
    unit = unit.removeprefix("T")
    if number is None:
        return f"P{clock}X{unit}"
    number *= times
    if number != int(number) and (unit == "H" or (unit == "Y" and number < 1)):
        whole, rest = int(number), round((number - int(number)) * (60 if unit == "H" else 12))
        return f"P{clock}{f'{whole}{unit}' if whole else ''}{rest}M"
    return f"P{clock}{number:.12g}{unit}"


def length(got: Captures) -> Made | None:
    """ "three days", "half an hour", "several weeks", "a year or two", "20-year"."""
    number, unit = _amount(got)
    given = got.get("VALUE")
    if given is not None:
        number = (number or 0) + float(given) if given.startswith("+") else float(given)
    return Made(type="DURATION", value=period(number, unit), mod="EQUAL_OR_MORE" if "NUM2" in got else got.get("MOD"))


def span(got: Captures) -> Made | None:
    """ "the past two weeks", "the next 24 hours": a length that ends or begins now."""
    number, unit = _amount(got)
    base = got["SPAN"]
    value = period(None if "NUM2" in got else number, unit)
    return Made(type="DURATION", value=f"{value}@{base}" if base else value)


def recent_units(got: Captures) -> Made | None:
    """ "recent weeks"."""
    return Made(type="DURATION", value=period(None, got["UNITS"]) + "@now-")


def every(got: Captures) -> Made | None:
    """ "every two weeks", "each Friday", "a year" as a rate."""
    if "UNIT" not in got and "UNITS" not in got:
        part = got.get("PART")
        value = f"XXXX-XX-XXT{part}" if part else "P1Y" if "HOLIDAY" in got else _inner(got)
        return Made(type="SET", value=value, quant=got.get("EVERY", "EVERY")) if value else None
    unit = got.get("UNITS") or got["UNIT"]
    number = float(got.get("NUM") or got.get("ORD") or 1)
    return Made(type="SET", value=period(number, unit), quant=got.get("EVERY"))


def times_a(got: Captures) -> Made | None:
    """ "four times a day", "twice a week"."""
    return Made(type="SET", value=period(1, got["UNIT"]), freq=f"{got.get('TIMES') or got['NUM']}X")


def times_in(got: Captures) -> Made | None:
    """ "four times so far this year": a count inside a stretch that the document time cuts off."""
    cut = "@now" if got["NEAR"] == "now+0" else ""
    return Made(type="SET", value=f"{got['NEAR']}{got['LONGUNIT']}{cut}", freq=f"{got.get('TIMES') or got['NUM']}X")


def so_far(got: Captures) -> Made | None:
    """ "so far this month"."""
    return Made(type="DATE", value=f"{got['NEAR']}{got['LONGUNIT']}@now")


def _clock_day(got: Captures) -> str:
    """The day that a clock time stands beside, else unknown."""
    if "DEICTIC" in got:
        return got["DEICTIC"].partition("T")[0]
    return _inner({k: v for k, v in got.items() if k != "NUM"}, got.get("YEAR", "XXXX")) or UNKNOWN_DAY


def clock(got: Captures) -> Made | None:
    """ "3 p.m. Friday", "at 14:30 GMT", "four in the morning"."""
    digits = got.get("HHMM")
    printed = f"{digits[:2]}:{digits[2:]}" if digits else got.get("CLOCK") or got.get("NUM", "99")
    text = printed.replace(".", ":")
    glued = {"am": "0", "a:m": "0", "pm": "12", "p:m": "12"}.get(text.lstrip("0123456789:").rstrip(":"))
    hours, _, minutes = text.rstrip("apm:").partition(":")
    hour = int(hours)
    half_day = got.get("AMPM") or glued or {"MO": "0", "AF": "12", "EV": "12"}.get(got.get("PART", ""))
    if half_day is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + int(half_day)
    if hour > 24 or int(minutes or 0) > 59:
        return None
    return Made(type="TIME", value=f"{_clock_day(got)}T{hour:02d}:{minutes or '00'}")


def noon(got: Captures) -> Made | None:
    """ "noon on Friday", "midnight"."""
    return Made(type="TIME", value=f"{_clock_day(got)}T{got['NOON']}")


def twilight(got: Captures) -> Made | None:
    """ "at dawn on Sunday", "at night"."""
    return Made(type="TIME", value=f"{_clock_day(got)}T{got.get('TWILIGHT') or got.get('VALUE')}")


def ref(got: Captures) -> Made | None:
    """ "now", "recently", "soon"."""
    value = got.get("NOW") or got.get("GONE") or got.get("SOON") or got.get("CURRENT")
    return Made(type="DATE", value=value) if value else None


def fixed(got: Captures) -> Made | None:
    """What the table says."""
    value = got.get("VALUE") or got.get("FREQ")
    return Made(type=got.get("TYPE") or "DATE", value=value, mod=got.get("MOD")) if value else None


def holiday(got: Captures) -> Made | None:
    """ "Ramadan", "last Christmas", "Easter 2016"."""
    lean = "" if "YEAR" in got else LEANINGS.get(got.get("NEAR", ""), "")
    return Made(type="DATE", value=f"{lean}{got.get('YEAR', 'XXXX')}:{got['HOLIDAY']}")


BUILDERS: dict[str, Builder] = {
    f.__name__: f
    for f in (
        ago, before_last, calendar, century, clock, day_range, day_side, decade, deictic, every, fixed, half, half_ago,
        holiday, inside_week, inside_year, iso_day, length, noon, numeric_day, part_year, past_unit, quarter, recent_units,
        ref, rel_part, rel_unit, so_far, span, streak, the_unit, times_a, times_in, twilight, unit_and_half_ago, week_of,
        year_ago_quarter, year_span, year_words,
    )
}  # fmt: skip

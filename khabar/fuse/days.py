"""Dates and clock times in a sentence, brought to the calendar so that "Saturday" and "29 February" can be the same.

In: a ``Sentence``, the word table, the day of publication, time links of the reading. Out: ``Day`` records: an interval of
days, or a clock time, or a part of the day. A bare weekday is the last one up to publication (the next one after
"next"); a day without a year is taken in the year that brings it nearest. Days come before clock times in the text
as often as after; each is its own record.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from khabar.fuse.words import Sentence
from khabar.lexicon.revision import RevisionWords, revision_words
from khabar.model.spans import Span

DAY = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?$")
YEAR = re.compile(r"^(?:1[89]|20)\d\d$")
TIME = re.compile(r"(\d{1,2})(?::(\d{2}))?(am|pm)?")
CLOCK = re.compile(r"^(\d{1,2})[:.](\d\d)$|^(\d{1,2})(?=[ap]m$)")
MERIDIEM = frozenset({"a.m.", "p.m.", "am", "pm", "a.m", "p.m"})
HOURS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
         "eleven": 11, "twelve": 12}  # fmt: skip
UNKNOWN_DAY = date(2001, 1, 1)
"""stands for the day of publication where none is known: both versions then count from the same day"""
WEEK = {"last": -7, "this": 0, "next": 7}


BEFORE_CLOCK = frozenset({"at", "by", "from", "until", "till", "to", "before", "after", "around", "since"})
"""words before "9.30" that make it a time of the day, no number"""
PAST = {"half": 30, "quarter": 15}
"""words before "past four", with the minutes that they add"""
HALVES = {"in the morning": "am", "in the afternoon": "pm", "in the evening": "pm"}


@dataclass(frozen=True, slots=True)
class Day:
    """A time expression: exactly one of interval, clock and part is set; words [first, last)."""

    interval: tuple[date, date] | None
    clock: str
    part: str
    span: Span
    first: int
    last: int
    weekday: bool = False
    """a bare name of a weekday, which can be the last one or the next"""

    def fits(self, other: Day) -> bool:
        """Whether the two can mean the same: overlapping days, a weekday and that day of next week, equal clock, parts of the
        day that agree ("late", "evening")."""
        if self.interval and other.interval:
            week = self.weekday != other.weekday and abs(self.interval[0] - other.interval[0]).days == 7
            return week or (self.interval[0] <= other.interval[1] and other.interval[0] <= self.interval[1])
        if self.part and other.part:
            loose = revision_words().loose_parts
            same = self.part == other.part
            return same or self.part in loose.get(other.part, ()) or other.part in loose.get(self.part, ())
        if self.kind != other.kind or not self.clock:
            return self.kind == other.kind
        return self.clock == other.clock or _loosely(self.clock, other.clock) or _loosely(other.clock, self.clock)

    @property
    def kind(self) -> str:
        """Which of the three it is."""
        return "day" if self.interval else "clock" if self.clock else "part"


def published_day(published: str | None) -> date:
    """The day of an ISO date or instant; a fixed day if there is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return UNKNOWN_DAY


def days_in(
    sentence: Sentence, words: RevisionWords, today: date, linked: Iterable[tuple[Span, str, str]] = ()
) -> tuple[Day, ...]:
    """The time expressions of a sentence; ``linked`` are those of the reading as (span, earliest, latest)."""
    out: list[Day] = []
    i = 0
    while i < len(sentence.words):
        key = sentence.words[i].key
        found = None
        if key[:1].isdigit() or key in words.time_heads or key in HOURS:
            found = _calendar(sentence, i, words, today) or _clock(sentence, i) or _part(sentence, i, words)
        if found:
            out.append(found)
        i = found.last if found else i + 1
    covered = [d.span for d in out]
    return (
        *out,
        *(d for d in (_linked(sentence, x) for x in linked) if d and not any(d.span.overlaps(c) for c in covered)),
    )


def _linked(sentence: Sentence, link: tuple[Span, str, str]) -> Day | None:
    span, earliest, latest = link
    inside = [i for i, w in enumerate(sentence.words) if span.overlaps(w.span)]
    try:
        interval = date.fromisoformat(earliest[:10]), date.fromisoformat(latest[:10])
    except ValueError:
        return None
    return Day(interval, "", "", span, inside[0], inside[-1] + 1) if inside else None


def _calendar(sentence: Sentence, i: int, words: RevisionWords, today: date) -> Day | None:
    key = sentence.words[i].key
    before = sentence.words[i - 1].key if i else ""
    if key in words.weekdays and (len(key) > 3 or sentence.words[i].capital):
        day = today - timedelta(days=(today.weekday() - words.weekdays[key]) % 7)
        day += timedelta(days=7 if before == "next" else 0)
        return Day((day, day), "", "", sentence.cut(i, i + 1), i, i + 1, weekday=before != "next")
    if key in words.relative_days:
        day = today + timedelta(days=words.relative_days[key])
        return Day((day, day), "", "", sentence.cut(i, i + 1), i, i + 1)
    if YEAR.match(key):
        return Day((date(int(key), 1, 1), date(int(key), 12, 31)), "", "", sentence.cut(i, i + 1), i, i + 1)
    feast = _feast(sentence, i, words, today)
    return feast or _month_day(sentence, i, words, today) or _period(sentence, i, today)


def _feast(sentence: Sentence, i: int, words: RevisionWords, today: date) -> Day | None:
    """ "Christmas Day", in the year that brings it nearest."""
    for size in (2, 3) if sentence.words[i].capital else ():
        found = words.feasts.get(tuple(w.key for w in sentence.words[i : i + size]))
        if found:
            end = i + size
            return Day(_interval(None, *found, today), "", "", sentence.cut(i, end), i, end)
    return None


def _period(sentence: Sentence, i: int, today: date) -> Day | None:
    """ "last week", "this month", "next year"."""
    if sentence.words[i].key not in WEEK:
        return None
    keys = [w.key for w in sentence.words[i : i + 2]]
    if len(keys) < 2 or keys[1] not in {"week", "month", "year"}:
        return None
    step = WEEK[keys[0]] // 7
    if keys[1] == "week":
        start = today - timedelta(days=today.weekday()) + timedelta(days=7 * step)
        interval = start, start + timedelta(days=6)
    elif keys[1] == "year":
        interval = date(today.year + step, 1, 1), date(today.year + step, 12, 31)
    else:
        months = today.year * 12 + today.month - 1 + step
        interval = _whole_month(months // 12, months % 12 + 1)
    return Day(interval, "", "", sentence.cut(i, i + 2), i, i + 2)


def _whole_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _month_day(sentence: Sentence, i: int, words: RevisionWords, today: date) -> Day | None:
    """ "29 February", "February 29, 2020", "in March": from word i on."""
    ws = sentence.words
    first = DAY.match(ws[i].key)
    at = i + 1 if first else i
    if at >= len(ws) or ws[at].key.rstrip(".") not in words.months or not ws[at].capital:
        return None
    month, end, day = words.months[ws[at].key.rstrip(".")], at + 1, int(first[1]) if first else None
    second = DAY.match(ws[end].key) if end < len(ws) and day is None and ws[end].gap == " " else None
    if second:
        day, end = int(second[1]), end + 1
    year = int(ws[end].key) if end < len(ws) and YEAR.match(ws[end].key) else None
    end += year is not None
    if (
        day is None
        and year is None
        and at == i
        and ws[i].key in {"may", "march"}
        and not (i and ws[i - 1].key in {"in", "since", "last", "of"})
    ):
        return None
    return Day(_interval(year, month, day, today), "", "", sentence.cut(i, end), i, end)


def _interval(year: int | None, month: int, day: int | None, today: date) -> tuple[date, date]:
    """The month or day, in the given year or in the one that brings it nearest to today."""
    years = [year] if year else [today.year - 1, today.year, today.year + 1]
    found = []
    for y in years:
        low, high = _whole_month(y, month)
        exact = low.replace(day=min(day, high.day)) if day else None
        found.append((exact, exact) if exact else (low, high))
    return min(found, key=lambda d: abs((d[0] - today).days))


def _clock(sentence: Sentence, i: int) -> Day | None:
    ws = sentence.words
    key = ws[i].key
    after = ws[i + 1].key if i + 1 < len(ws) else ""
    found = CLOCK.match(key)
    end = i + 2 if after in MERIDIEM or after in {"o'clock", "oclock", "gmt", "hours"} else i + 1
    hour = int(key) if key.isdigit() and len(key) <= 2 else HOURS.get(key)
    spoken = HALVES.get(" ".join(w.key for w in ws[i + 1 : i + 4])) if hour is not None and hour <= 12 else None
    if found and "." in key and (not (after in MERIDIEM or (i and ws[i - 1].key in BEFORE_CLOCK)) or _measured(after)):
        return None
    if found:
        value = key.replace(".", ":")
    elif hour is not None and (
        spoken is not None or after in MERIDIEM or after in {"o'clock", "oclock"} or _bare_hour(sentence, i)
    ):
        minutes = _half_past(sentence, i)
        value = f"{hour}:{minutes}" if minutes else str(hour)
    else:
        return None
    half = after.replace(".", "") if after in MERIDIEM else ""
    if spoken is not None:
        half, end = spoken, i + 4
    return Day(None, _of_day(f"{value}{half}"), "", sentence.cut(i, end), i, end)


def _loosely(clock: str, exact: str) -> bool:
    """Whether a clock time without its half of the day ("six", "six o'clock") can be an exact one ("6 a.m.")."""
    return clock.isdigit() and exact in {f"{int(clock) % 12}:00", f"{int(clock) % 12 + 12}:00"}


def _half_past(sentence: Sentence, i: int) -> int:
    """The minutes that "half past" before an hour adds."""
    before = [w.key for w in sentence.words[max(0, i - 2) : i]]
    return PAST.get(before[0], 0) if len(before) == 2 and before[1] == "past" else 0


def _measured(after: str) -> bool:
    """Whether the word behind a figure with a point says that it measures something: "1.50 dollars", "2.30 per cent"."""
    return after in revision_words().units or after.removesuffix("s") in revision_words().units


def _of_day(clock: str) -> str:
    """A clock time by the hours of the day: "3pm" is 15:00; without am or pm as it is printed, full hours with minutes."""
    found = TIME.fullmatch(clock)
    if found is None:
        return clock
    hour, minute, half = int(found[1]), found[2] or "00", found[3]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour}:{minute}" if half or found[2] else clock


def _bare_hour(sentence: Sentence, i: int) -> bool:
    """ "shortly after four.": an hour by its place, between a word of time and a stop."""
    ws = sentence.words
    before = ws[i - 1].key if i else ""
    stopped = i + 1 == len(ws) or ws[i + 1].gap.strip()[:1] in {",", ".", ";"}
    return before in {"after", "before", "around", "until", "past"} and stopped and len(ws[i].key) <= 6


def _part(sentence: Sentence, i: int, words: RevisionWords) -> Day | None:
    key = sentence.words[i].key
    if key not in words.dayparts:
        return None
    return Day(None, "", words.dayparts[key], sentence.cut(i, i + 1), i, i + 1)

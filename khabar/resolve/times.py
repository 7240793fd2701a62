"""Time expressions on the calendar: underspecified values completed, first and last day, EDTF.

In: the Timexes of one text and its document time (an ISO day or instant as printed; None if unknown). Out: one
TimeLink each, in the same order. The forms that are completed stand at the top of ``read/timex.py``; the meaning of a
date that recurs (a weekday, a month) follows the tense: after a past verb, or none, the latest that has begun; after a
future or present one the next that has not ended. Without a document time only what names its year is dated.

``earliest`` and ``latest`` bound when the happening took place, so "since 2011" runs up to the document time and "by
Friday" has no first day; early, mid and late take half of a stretch longer than four weeks. ``score`` is how likely the
value is right: .95 named in full, .9 counted from the document time, .8 by tense, .6 guessed or counted from the story.
It has no hours: clock times keep their day. It does not know time zones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from khabar.model.links import TimeLink
from khabar.model.mentions import Timex
from khabar.resolve.calendar import Days, add_months, days_of, feast, step

OFFSET = re.compile(r"(now|ref)([+-]\d{1,12})(TS|TM|TH|WE|DE|CE|[DWMQY])(?::([^T]*))?")
LENGTH = re.compile(r"P(T?)(\d{1,9})([A-Z])")
QUARTER = re.compile(r"\d{4}-Q")
REFERENCES = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})
EDTF_SEASON = {
    "SP": "21",
    "SU": "22",
    "FA": "23",
    "WI": "24",
    "Q1": "33",
    "Q2": "34",
    "Q3": "35",
    "Q4": "36",
    "H1": "40",
    "H2": "41",
}
FAR = timedelta(days=300)
"""a month or day without a year is seldom further away than this, whatever the tense"""
UNIT_DAYS = {"D": 1, "W": 7}
OPENINGS = frozenset({"ON_OR_AFTER", "ON_OR_BEFORE", "BEFORE", "AFTER"})
Bounds = tuple[date | None, date | None]
OPEN: Bounds = (None, None)


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where a value is looked at from: document day, the anchor's days if they are known, tense of the verb."""

    now: date | None
    anchor: Days | None
    tense: str | None

    @property
    def ref(self) -> date | None:
        """The first day of the anchor, else the document day."""
        return self.anchor[0] if self.anchor else self.now


def link_times(timexes: tuple[Timex, ...], published: str | None) -> tuple[TimeLink, ...]:
    """One TimeLink per Timex, in order; anchors are resolved first wherever they stand."""
    now = document_day(published)
    by_id = {t.timex_id: t for t in timexes}
    links: dict[str, TimeLink] = {}
    for timex in timexes:
        for each in _anchors_first(timex, by_id, links):
            links[each.timex_id] = _link(each, now, links)
    return tuple(_close_range(t, links) for t in timexes)


def document_day(published: str | None) -> date | None:
    """The day of the document time; None if there is none, it is not an ISO day, or no newspaper can bear it."""
    try:
        day = date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
    return day if day and 1000 <= day.year <= 9000 else None


def _anchors_first(timex: Timex, by_id: dict[str, Timex], links: dict[str, TimeLink]) -> list[Timex]:
    """The timex behind the chain of anchors that is not linked yet; a ring is cut."""
    chain: list[Timex] = []
    while timex.timex_id not in links and timex not in chain:
        chain.insert(0, timex)
        if timex.anchor not in by_id:
            break
        timex = by_id[timex.anchor]
    return chain


def _link(timex: Timex, now: date | None, links: dict[str, TimeLink]) -> TimeLink:
    """One link, ranges not yet closed."""
    above = links.get(timex.anchor or "")
    anchor_value = above.value if above else None
    at = Standpoint(now, days_of(anchor_value) if anchor_value else None, timex.tense)
    raw = timex.value.partition("..")[0]
    core, _, cut = raw.partition("@")
    repeated = timex.type == "SET" and not core.startswith("now")
    value = core if repeated or core.startswith("P") or core in REFERENCES else complete(core, at)
    if value is not None and cut == "W" and (days := days_of(value)):
        value = step(days[0], 0, "W")
    if value is not None and above is not None and "-Q" in above.value and core == "ref-1Y":
        value = f"{int(above.value[:4]) - 1:04d}{above.value[4:7]}"
    first, last = OPEN if repeated else _bounds(value or core, cut, timex, at)
    return TimeLink(
        timex_id=timex.timex_id,
        value=value or core.lstrip("<>="),
        earliest=first.isoformat() if first else None,
        latest=last.isoformat() if last else None,
        edtf=edtf(value, cut if cut in OPENINGS else timex.mod, (first, last)) if value else None,
        anchored_to=timex.anchor if timex.anchor else None,
        score=_score(core, timex.tense, value),
    )


def complete(value: str, at: Standpoint) -> str | None:
    """An underspecified value made complete; None if the document time or the anchor that it needs is not known."""
    if "/" in value:
        ends = [complete(part, at) for part in value.split("/", 1)]
        return f"{ends[0]}/{ends[1]}" if ends[0] and ends[1] else None
    if offset := OFFSET.match(value):
        return _offset(offset, value[offset.end() :], at)
    lean = value[0] if value[0] in "<>=" else ""
    core, mark, part = value[len(lean) :].partition("T")
    if core == "XXXX-XX-XX":
        day = at.ref.isoformat() if at.ref else None
    elif core.startswith("XXXX"):
        day = recurring(core, lean, at.tense, at.now) if at.now else None
    elif ":" in core:
        day = feast(int(core[:4]), core[5:])
    else:
        day = core
    return day + mark + part if day else None


def _offset(found: re.Match[str], rest: str, at: Standpoint) -> str | None:
    """now-1Y, ref+2D, now-1Y:XXXX-06, with a part of the day behind."""
    base = at.now if found[1] == "now" else at.ref
    if base is None:
        return None
    if found[0] == "ref-0Q" and (at.anchor is None or (at.now and at.anchor[1] >= at.now)):
        return step(at.now or base, -1, "Q")
    number = int(found[2])
    if found[1] == "ref" and number > 0 and at.anchor:
        base = at.anchor[1] if found[3] in {"D", "W"} else base
    value = step(base, number, found[3])
    if value is not None and found[4]:
        value = _inside(value, found[4])
    return value + rest if value else None


def _inside(outer: str, inner: str) -> str | None:
    """The month, season or weekday of a year or week."""
    days = days_of(outer)
    if days is None:
        return None
    for value, (first, _) in occurrences(inner, days[0]):
        if days[0] <= first <= days[1]:
            return value
    return None


def recurring(core: str, lean: str, tense: str | None, now: date) -> str | None:
    """The one of the occurrences around the document day that lean or tense picks."""
    found = occurrences(core, now)
    if lean == "=":
        inside = [v for v, days in found if _same_frame(core, days[0], now)]
        return inside[0] if inside else None
    if lean == "<":
        found = [(v, d) for v, d in found if d[1] < now]
        return found[-1][0] if found else None
    if lean == ">":
        found = [(v, d) for v, d in found if d[0] > now]
        return found[0][0] if found else None
    return _by_tense(found, ahead=tense in {"future", "present"}, now=now)


def _by_tense(found: list[tuple[str, Days]], *, ahead: bool, now: date) -> str | None:
    """The latest that has begun or the next that has not ended; the other one if that is more than FAR away and it is not.

    A quarter is spoken of when its figures are due, so even ahead the nearer one is meant.
    """
    begun = [(now - d[1], v) for v, d in found if d[0] <= now]
    coming = [(d[0] - now, v) for v, d in found if d[1] >= now]
    if ahead and found and QUARTER.match(found[0][0]):
        return min(begun[-1:] + coming[:1], key=lambda each: max(each[0], timedelta(0)))[1]
    first, second = (coming[:1], begun[-1:]) if ahead else (begun[-1:], coming[:1])
    if first and second and first[0][0] > FAR >= second[0][0]:
        first = second
    return first[0][1] if first else None


def _same_frame(core: str, day: date, now: date) -> bool:
    """ "this Friday" is of this week, "this June" of this year."""
    return day.isocalendar()[:2] == now.isocalendar()[:2] if "WXX" in core else day.year == now.year


def occurrences(core: str, around: date) -> list[tuple[str, Days]]:
    """The values of a recurring date from about one period before a day to one after, in order, with their days."""
    if core.startswith("XXXX-WXX-"):
        unit = core[9:]
        monday = around - timedelta(days=around.weekday())
        weeks = [monday + timedelta(weeks=n) for n in (-2, -1, 0, 1, 2)]
        values = [step(w, 0, "WE") if unit == "WE" else (w + timedelta(days=int(unit) - 1)).isoformat() for w in weeks]
    elif core.startswith("XXXX-XX-"):
        months = [add_months(around.year, around.month, n) for n in (-2, -1, 0, 1, 2)]
        values = [f"{year:04d}-{month:02d}-{core[8:]}" for year, month in months]
    elif core.startswith("XXXX:"):
        values = [feast(around.year + n, core[5:]) for n in (-2, -1, 0, 1, 2)]
    else:
        values = [f"{around.year + n:04d}{core[4:]}" for n in (-8, -4, -2, -1, 0, 1, 2, 4, 8)]
    dated = [(value, days_of(value)) for value in values if value]
    return [(value, days) for value, days in dated if days]


def _bounds(value: str, cut: str, timex: Timex, at: Standpoint) -> Bounds:
    """First and last day of the happening."""
    if value in REFERENCES:
        return {"PRESENT_REF": (at.now, at.now), "PAST_REF": (None, at.now), "FUTURE_REF": (at.now, None)}[value]
    if value.startswith("P"):
        return _length_bounds(value, cut, at)
    days = days_of(value)
    if days is None:
        return OPEN
    first, last = _so_far(_part(days, timex.mod), timex, at.now)
    if cut == "now" and at.now:
        last = max(first, min(last, at.now))
    opening = cut if cut in OPENINGS else timex.mod
    if timex.type == "TIME" and opening in {"BEFORE", "AFTER"} and at.tense != "future":
        return first, last  # "before dawn on Sunday" is of that day
    return _opened(first, last, opening, at.now)


def _so_far(days: Days, timex: Timex, now: date | None) -> Days:
    """ "earlier this week" ends with the document time, "later this month" begins with it."""
    whole = days_of(timex.value.partition("@")[0]) is None and timex.value.startswith("now+0")
    if not whole or now is None or not days[0] <= now <= days[1]:
        return days
    if timex.mod == "START":
        return days[0], now
    return (now, days[1]) if timex.mod == "END" and timex.tense == "future" else days


def _length_bounds(value: str, cut: str, at: Standpoint) -> Bounds:
    """ "the past two weeks": the days up to the document time, "the next 24 hours": those from it."""
    base = at.now if cut.startswith("now") else at.ref if cut.startswith("ref") else None
    if base is None:
        return OPEN
    found = LENGTH.fullmatch(value)
    sign = 1 if cut.endswith("+") else -1
    present = cut.endswith("=")  # "the third straight day": two days back
    far = _moved(base, sign * (int(found[2]) - present), found[1] + found[3]) if found else None
    return (far, base) if sign < 0 else (base, far)


def _moved(day: date, number: int, unit: str) -> date | None:
    """A day so many units away, the day of the month kept where there is one."""
    value = step(day, number * UNIT_DAYS[unit], "D") if unit in UNIT_DAYS else step(day, number, unit)
    days = days_of(value) if value else None
    if days is None or unit in UNIT_DAYS or unit.startswith("T"):
        return days[0] if days else None
    try:
        return days[0].replace(month=days[0].month if unit == "M" else day.month, day=day.day)
    except ValueError:  # the 31st of a month of 30 days
        return days[1] if unit == "M" else days[0].replace(month=day.month, day=28)


def _part(days: Days, mod: str | None) -> Days:
    """Early, mid or late: half of a stretch of more than four weeks."""
    first, last = days
    length = (last - first).days + 1
    if mod not in {"START", "MID", "END"} or length <= 27:
        return days
    if mod == "START":
        return first, first + timedelta(days=length // 2 - 1)
    if mod == "END":
        return last - timedelta(days=length // 2 - 1), last
    return first + timedelta(days=length // 4), last - timedelta(days=length // 4)


def _opened(first: date, last: date, mod: str | None, now: date | None) -> Bounds:
    """What since, until, by, before and after make of an interval."""
    if mod == "ON_OR_AFTER":
        return first, (now if now and now >= first else None)
    if mod == "ON_OR_BEFORE":
        return None, last
    if mod == "BEFORE":
        return None, (first - timedelta(days=1) if first > date.min else None)
    if mod == "AFTER":
        return (last + timedelta(days=1) if last < date.max else None), None
    return first, last


def _close_range(timex: Timex, links: dict[str, TimeLink]) -> TimeLink:
    """ "from May": its last day is that of the timex that closes it."""
    link, (_, mark, end_id) = links[timex.timex_id], timex.value.partition("..")
    end = links.get(end_id) if mark else None
    if end is None or end.latest is None or link.earliest is None or end.latest < link.earliest:
        return link
    return TimeLink(
        timex_id=link.timex_id,
        value=link.value,
        earliest=link.earliest,
        latest=end.latest,
        edtf=f"{link.edtf}/{end.edtf}" if link.edtf and end.edtf else link.edtf,
        anchored_to=link.anchored_to,
        score=min(link.score, end.score),
    )


def edtf(value: str, mod: str | None, bounds: Bounds) -> str | None:
    """The value in EDTF (ISO 8601-2 level 2); what EDTF has no word for is written as first day/last day."""
    first, last = bounds
    if mod in OPENINGS:
        return f"{first or '..'}/{last or '..'}"
    head = value.partition("T")[0]
    code = EDTF_SEASON.get(head[5:])
    if code:
        head = f"{head[:4]}-{code}"
    elif "W" in head or value.startswith("P") or value in REFERENCES:
        return f"{first or '..'}/{last or '..'}" if first or last else None
    return f"{head}~" if mod == "APPROX" and "/" not in head else head


def _score(core: str, tense: str | None, value: str | None) -> float:
    """How likely the value is right."""
    if value is None:
        return 0.3
    if core.startswith("now") or core in REFERENCES:
        return 0.9
    if core.startswith(("ref", "XXXX-XX-XX")):
        return 0.6
    if "XXXX" in core:
        return 0.8 if tense or core[0] in "<>=" else 0.6
    return 0.95

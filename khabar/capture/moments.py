"""Printed dates and time stamps to ISO 8601.

In: what a page or a record states as its date. Out: a day ("2016-12-15") or an instant with second precision and the
offset that was printed ("2016-12-15T13:05:00+02:00"; UTC is "Z"; no offset stays without), or None. The offset is kept
because "on Wednesday" counts from the publisher's own day. It reads ISO forms and RFC 2822, not prose.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_LOOSE = re.compile(
    r"^(\d{4}-\d{2}-\d{2})[T ]+(\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$", re.I
)
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
"""years outside are slips ("0001-01-01" is an unset field in several content systems)"""

_LONGEST = 64
"""characters of a stamp; nothing longer is one"""


def iso_moment(stated: str) -> str | None:
    """The day or instant that a stamp states, in ISO form; None where it states neither."""
    words = stated.strip()
    if len(words) > _LONGEST:
        return None
    found = _day(words) or _instant(words)
    return found if found and _FIRST_YEAR <= int(found[:4]) <= _LAST_YEAR else None


def iso_instant(stated: str) -> str | None:
    """The UTC instant that a stamp states, to the second; a day from its beginning, and UTC where no offset is stated."""
    moment = iso_moment(stated)
    if moment is None:
        return None
    found = datetime.fromisoformat(moment)
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return found.strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_instant(seconds: float) -> str:
    """Seconds since 1970 as a UTC instant, to the second."""
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(words: str) -> str | None:
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return None


def _instant(words: str) -> str | None:
    loose = _LOOSE.match(words)
    if loose:
        day, time, zone = loose.groups()
        zone = "Z" if (zone or "").upper() in {"Z", "UTC", "GMT"} else zone or ""
        words = f"{day}T{time.zfill(5 if time.count(':') == 1 else 8)}{zone}"
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(words).replace(microsecond=0).isoformat().replace("+00:00", "Z")
        except (ValueError, OverflowError, TypeError, IndexError):  # what the RFC 2822 parser raises on nonsense
            continue
    return None

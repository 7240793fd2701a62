"""When a page or feed is asked next: the polling ladder with its jitter, the tail, confirmation, retries.

In: the instants of now and of publication, the URL and how often it was asked. Out: seconds or UTC instants. Ladder
(design/capture.md): every 15 min while younger than 3 h, 1 h under a day, 3 h under a week, 3 days under 30 days, then
every 30 days until 90 days have passed. Jitter of up to 20 % either way is computed from the URL and the number of the
check (SHA-256), so that a run can be repeated and no clock or chance is hidden in it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from khabar.model.identity import digest

MINUTE, HOUR, DAY = 60, 3_600, 86_400
LADDER = ((3 * HOUR, 15 * MINUTE), (DAY, HOUR), (7 * DAY, 3 * HOUR), (30 * DAY, 3 * DAY))
"""(younger than, asked every), seconds"""
SLOWEST = 30 * DAY
TAIL = 90 * DAY
"""seconds after publication at which a page is left alone"""
JITTER = 0.2
UNCONDITIONAL_EVERY = 8
"""every eighth check carries no validators, because servers lie about them"""
CONFIRM = (60, 120)
"""seconds after a change between which it is looked at again"""
FIRST_RETRY, LAST_RETRY = 2 * MINUTE, 6 * HOUR


def spread(url: str, number: int) -> float:
    """A fraction from 0 (inclusive) to 1 (exclusive) that is always the same for a URL and a number."""
    return int(digest(f"{number}\x1f{url}".encode())[:12], 16) / 16**12


def step(age: float) -> int:
    """Seconds between two checks of what is this old (seconds)."""
    return next((every for younger, every in LADDER if age < younger), SLOWEST)


def ladder_due(now: datetime, born: datetime, *, url: str, checks: int, tail: bool) -> datetime | None:
    """The next check of what was published at ``born``; None where the tail is over (feeds have none)."""
    age = max(0.0, (now - born).total_seconds())
    if tail and age >= TAIL:
        return None
    factor = 1 - JITTER + 2 * JITTER * spread(url, checks)
    return now + timedelta(seconds=step(age) * factor)


def confirm_due(now: datetime, *, url: str, checks: int) -> datetime:
    """When a change is looked at again."""
    low, high = CONFIRM
    return now + timedelta(seconds=low + (high - low) * spread(url, checks))


def retry_due(now: datetime, *, url: str, failures: int) -> datetime:
    """When something that failed for the ``failures``-th time in a row is tried again: ever later, to six hours."""
    pause = min(LAST_RETRY, FIRST_RETRY * 2 ** min(failures - 1, 20))
    factor = 1 - JITTER + 2 * JITTER * spread(url, failures)
    return now + timedelta(seconds=pause * factor)


def wants_validators(checks: int) -> bool:
    """Whether the check of this number (from 0) may be conditional."""
    return checks % UNCONDITIONAL_EVERY != 0


def instant(moment: str) -> datetime:
    """An ISO 8601 day or instant as UTC; without an offset it counts as UTC."""
    found = datetime.fromisoformat(moment)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def written(moment: datetime) -> str:
    """A UTC instant in our form: "2016-12-15T11:05:00Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

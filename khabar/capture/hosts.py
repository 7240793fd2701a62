"""Politeness and patience towards hosts: one request at a time, pauses, Retry-After, and a circuit that opens.

In: the instants at which requests begin and end, and what came of them. Out: from when a host may be asked again. Rules
(design/capture.md): one request per host at a time, at least two seconds between them or what robots.txt asks (at most a
minute); Retry-After is obeyed, up to a day; five failures of the line in a row leave the host alone for two minutes, then
for twice as long each time, up to six hours. Kept in memory alone: after a restart every host gets its first request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from khabar.model.watching import PASSING, Result

PAUSE = 2.0
LONGEST_DELAY = 60.0
LONGEST_RETRY_AFTER = 86_400.0
TRIPS_AFTER = 5
FIRST_BREAK, LONGEST_BREAK = 120.0, 21_600.0
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Host:
    """One host: whether it is being asked, from when it may be asked again, failures in a row, its own pause."""

    busy: bool = False
    free_at: datetime = _NEVER
    failures: int = 0
    pause: float = PAUSE


class Hosts:
    """All hosts that were asked so far."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._hosts: dict[str, _Host] = {}

    def ready_at(self, host: str) -> datetime | None:
        """From when a host may be asked; None while it is being asked."""
        found = self._hosts.get(host)
        if found is None:
            return _NEVER
        return None if found.busy else found.free_at

    def slow(self, host: str) -> bool:
        """Whether its last requests failed: such hosts get no more than their share of the connections."""
        found = self._hosts.get(host)
        return found is not None and found.failures > 0

    def begin(self, host: str) -> None:
        """A request goes out."""
        self._of(host).busy = True

    def end(self, host: str, now: datetime, result: Result, retry_after: str | None = None) -> None:
        """A request is over."""
        found = self._of(host)
        found.busy = False
        found.failures = found.failures + 1 if result in PASSING else 0
        wait = max(found.pause, asked_pause(retry_after, now))
        if found.failures >= TRIPS_AFTER:
            wait = max(wait, min(LONGEST_BREAK, FIRST_BREAK * 2 ** min(found.failures - TRIPS_AFTER, 20)))
        found.free_at = now + timedelta(seconds=wait)

    def delay(self, host: str, seconds: float | None) -> None:
        """The pause that the host's robots.txt asks for."""
        self._of(host).pause = min(LONGEST_DELAY, max(self._pause, seconds or 0.0))

    def _of(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(pause=self._pause))


def asked_pause(retry_after: str | None, now: datetime) -> float:
    """Seconds of a Retry-After header (RFC 9110: seconds or a date); 0 where it says nothing sensible."""
    words = (retry_after or "").strip()
    if words.isascii() and words.isdigit():
        seconds = float(words[:9])
    else:
        try:
            moment = parsedate_to_datetime(words[:64])
        except (ValueError, TypeError, IndexError, OverflowError):  # what the parser raises on nonsense
            return 0.0
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        seconds = (moment - now).total_seconds()
    return min(LONGEST_RETRY_AFTER, max(0.0, seconds))


def host_of(url: str) -> str:
    """The host that a URL is on, lower case, without its port; the URL itself where there is none."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def authority_of(url: str) -> str:
    """Scheme, host and port of a URL: what one robots.txt is for."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"

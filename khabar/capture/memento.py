"""Listings of captures: TimeMaps (RFC 7089, link format), CDX and CDXJ, read; TimeMaps written.

In: text. Out: ``Listed`` captures, the oldest first; InputRefused for what is no listing. A TimeMap names mementos by
URL: whoever reads it fetches each by the guarded fetch. A CDX line names a WARC file with offset and length: it lies
beside the listing or in its folder ``archive``, and nowhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from khabar.capture.feeds import page_url
from khabar.capture.moments import iso_instant
from khabar.errors import InputRefused

MOST = 100_000
_LINK = re.compile(r"<([^<>]*)>([^<>]*)")
_PARAMETER = re.compile(r';\s*([a-zA-Z*]+)\s*=\s*(?:"([^"]*)"|([^;,\s"]*))')
_STAMP = re.compile(r"\d{14}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One capture: the page's own URL, the UTC instant, and where it is: a memento's URL, or a place in a WARC file."""

    original: str
    at: str
    memento: str | None = None
    warc: str | None = None
    offset: int = 0


def read_timemap(text: str, name: str) -> tuple[Listed, ...]:
    """The mementos of a TimeMap in link format."""
    links = [(target, _parameters(rest)) for target, rest in _LINK.findall(text)]
    original = next((t for t, p in links if "original" in p.get("rel", "").split()), None)
    found: list[Listed] = []
    for target, parameters in links[:MOST]:
        at = _http_date(parameters.get("datetime"))
        memento = page_url(target, original or "")
        if "memento" in parameters.get("rel", "").split() and at and memento and original:
            found.append(Listed(original=original, at=at, memento=memento))
    if not found:
        raise InputRefused(name, 'no TimeMap (RFC 7089): it needs a rel="original" and mementos with their datetime')
    return tuple(sorted(found, key=lambda one: one.at))


def write_timemap(original: str, mementos: Iterable[tuple[str, str]], *, own: str, gate: str) -> str:
    """A TimeMap in link format; ``mementos`` are (URL, UTC instant); ``own``, ``gate``: TimeMap and TimeGate."""
    listed = sorted(mementos, key=lambda one: one[1])
    lines = [
        f'<{original}>;rel="original"',
        f'<{own}>;rel="self";type="application/link-format"',
        f'<{gate}>;rel="timegate"',
    ]
    for number, (url, at) in enumerate(listed):
        place = [*(["first"] if number == 0 else []), *(["last"] if number == len(listed) - 1 else []), "memento"]
        lines.append(f'<{url}>;rel="{" ".join(place)}";datetime="{http_date(at)}"')
    return ",\n".join(lines) + "\n"


def nearest(mementos: Iterable[tuple[str, str]], wanted: str | None) -> tuple[str, str] | None:
    """The memento nearest to an instant (of two as near the earlier); the newest without one."""
    listed = sorted(mementos, key=lambda one: one[1])
    if wanted is None or not listed:
        return listed[-1] if listed else None
    at = datetime.fromisoformat(wanted)
    return min(listed, key=lambda one: abs((datetime.fromisoformat(one[1]) - at).total_seconds()))


def read_cdx(text: str, name: str) -> tuple[Listed, ...]:
    """The pages of a CDX (with its head line) or CDXJ listing."""
    lines = [line for line in text.splitlines() if line.strip()]
    head = lines[0].split() if lines else []
    if head[:1] == ["CDX"]:
        found = [one for line in lines[1:MOST] if (one := _cdx(dict(zip(head[1:], line.split(), strict=False))))]
    else:
        found = [one for line in lines[:MOST] if (one := _cdxj(line))]
    if not found:
        raise InputRefused(name, "lists no page with status 200 and its WARC file; CDX needs its head line")
    return tuple(sorted(found, key=lambda one: one.at))


def http_date(at: str) -> str:
    """A UTC instant as HTTP writes it (RFC 9110)."""
    return format_datetime(datetime.fromisoformat(at).astimezone(UTC), usegmt=True)


def http_instant(value: str) -> str | None:
    """An HTTP date as a UTC instant; None for what is none."""
    return _http_date(value)


def _parameters(rest: str) -> dict[str, str]:
    return {key.lower(): quoted or bare for key, quoted, bare in _PARAMETER.findall(rest)}


def _http_date(value: str | None) -> str | None:
    try:
        return iso_instant(parsedate_to_datetime((value or "")[:64]).astimezone(UTC).isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):  # what the parser raises on nonsense
        return None


def _stamp(value: str) -> str | None:
    try:
        found = datetime.strptime(f"{value}Z", "%Y%m%d%H%M%S%z") if _STAMP.fullmatch(value) else None
    except ValueError:
        return None
    return iso_instant(found.isoformat()) if found else None


def _cdx(row: dict[str, str]) -> Listed | None:
    """One line by the letters of the head line: a URL, b date, s status, V offset, g file."""
    return _listed(row.get("a", ""), row.get("b", ""), row.get("s", "200"), row.get("g", ""), row.get("V", ""))


def _cdxj(line: str) -> Listed | None:
    parts = line.split(None, 2)
    try:
        row = json.loads(parts[2]) if len(parts) == 3 else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(row, dict):
        return None
    values = (str(row.get(key, "")) for key in ("url", "status", "filename", "offset"))
    url, status, filename, offset = values
    return _listed(url, parts[1], status or "200", filename, offset)


def _listed(url: str, stamp: str, status: str, filename: str, offset: str) -> Listed | None:
    at = _stamp(stamp)
    inside = filename and not re.search(r"[/\\]|^\.", filename.removeprefix("archive/"))
    if at is None or status != "200" or not inside or not offset.isdigit() or page_url(url, "") is None:
        return None
    return Listed(original=url, at=at, warc=filename, offset=int(offset))

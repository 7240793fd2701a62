"""The query string and the one frozen filter: pages and exports read the same words, so a page equals its export.

In: query parameters as strings. Out: a ClaimFilter, and the query string back. Unknown parameters are left out of what
is asked; an empty one means "any". It checks days only for their form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from khabar.errors import UsageFault
from khabar.ledger.answers import ClaimFilter
from khabar.model.claims import EventType, Relation
from khabar.model.factuality import Word

FIELDS = ("actor", "place", "type", "word", "source", "after", "before", "text", "article")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
LONGEST = 200
PAGE = 100
"""claims on one page"""
WORDS = tuple(w.value for w in Word)
TYPES = tuple(t.value for t in EventType) + tuple(r.value for r in Relation)


def filter_from(parameters: Mapping[str, str]) -> ClaimFilter:
    """The filter that a query string asks for. Raises UsageFault for a day or word that cannot be one."""
    given = {name: parameters.get(name, "").strip()[:LONGEST] or None for name in FIELDS}
    for name in ("after", "before"):
        day = given[name]
        if day is not None and DAY.match(day) is None:
            raise UsageFault(f"{name}: {day!r} is not a day; write it as 2016-12-15, 2016-12 or 2016")
    word = given["word"]
    if word is not None and word not in WORDS:
        raise UsageFault(f"word: {word!r} is not one of {', '.join(WORDS)}")
    return ClaimFilter(
        actor=given["actor"],
        place=given["place"],
        type=given["type"],
        word=word,
        source=given["source"],
        after=given["after"],
        before=given["before"],
        text=given["text"],
        article=given["article"],
    )


def page_of(parameters: Mapping[str, str]) -> int:
    """The number of the page, from 1; what is no number is page 1."""
    given = parameters.get("page", "")
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) <= 6 else 1


def on_page(chosen: ClaimFilter, page: int) -> ClaimFilter:
    """The filter cut to one page."""
    return replace(chosen, limit=PAGE, offset=(page - 1) * PAGE)


def query_of(chosen: ClaimFilter, **more: str) -> str:
    """The query string of a filter with its "?"; "" if it asks for everything."""
    values = {name: value for name in FIELDS if (value := getattr(chosen, name))} | more
    return f"?{urlencode(values)}" if values else ""

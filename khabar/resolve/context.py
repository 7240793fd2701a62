"""What a document is about, before any name in it is resolved: countries in play, its day, its named mentions.

In: a version, its reading and the look-ups. Out: ``Context``. A country's weight counts its names, adjectives and peoples
(1 each), its capital (0.5), other seats of its government (0.25), towns whose every known bearer of size lies in it (0.5),
and the publisher's home (1); weights are divided by the largest, but by no less than 1, so a main country has 1. It does not
know where the writer sits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from khabar.lexicon.bodies import BodyWords, load_bodies
from khabar.lexicon.letters import folded
from khabar.model.claims import Reading
from khabar.model.documents import Version
from khabar.model.mentions import DATELINE, Form, Kind, Mention, TimexType
from khabar.resolve.lookups import Lookups

SEAT, CAPITAL, SURE_TOWN, HOME, NAMESAKE = 0.25, 0.5, 0.5, 1.0, 0.25
ONE = 1.0
"""weight that makes a main country: a text that only speaks of the Kremlin is not yet about Russia"""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
BEHIND = 12
"""code points behind the last name of a dateline in which its day may begin: "(Reuters), March 3, 2024 -" """
LARGE = 3_000_000
"""people of a first-level unit that is as likely meant by a country's name as the country (Georgia)"""
TOWN = 50_000
"""a bearer of a name this big counts when asking whether the name is clear; smaller ones do not"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything that resolving one document needs to know of it."""

    version: Version
    reading: Reading
    lookups: Lookups
    words: BodyWords
    countries: Mapping[str, float]
    """ISO3 code to weight, 0-1"""
    own: Mapping[tuple[str, str], float]
    """(folded name, code) to the part of a country's weight that comes from this name alone"""
    day: str | None
    """day of publication, else the day of the dateline"""

    def text(self, mention: Mention) -> str:
        """The words of a mention."""
        return mention.span.cut(self.version.text)

    def weight(self, country: str | None, besides: str = "") -> float:
        """How much a country is in play, 0-1, leaving out what one folded name says itself."""
        code = country or ""
        return max(0.0, self.countries.get(code, 0.0) - self.own.get((besides, code), 0.0))


body_words = cache(load_bodies)


def context_of(version: Version, reading: Reading, lookups: Lookups) -> Context:
    """Gather the context of one document."""
    countries, own = countries_in_play(version, reading, lookups)
    return Context(
        version=version,
        reading=reading,
        lookups=lookups,
        words=body_words(),
        countries=countries,
        own=own,
        day=version.published[:10] if version.published else dateline_day(reading),
    )


def dateline_day(reading: Reading) -> str | None:
    """The day that a dateline tells in full: "KIDAL, Mali, March 3, 2024 (Reuters) -"."""
    named = [m.span for m in reading.mentions if m.rule == DATELINE]
    if not named:
        return None
    begin, end = min(s.start for s in named), max(s.end for s in named)
    inside = (t for t in reading.timexes if begin <= t.span.start < end + BEHIND)
    return next((t.value for t in inside if t.type is TimexType.DATE and DAY.fullmatch(t.value)), None)


def countries_in_play(
    version: Version, reading: Reading, lookups: Lookups
) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """Weights of the countries that a document names or implies, and the part that each name has in them."""
    total: defaultdict[str, float] = defaultdict(float)
    own: defaultdict[tuple[str, str], float] = defaultdict(float)
    for mention in reading.mentions:
        if mention.form is Form.NAM and mention.kind in (Kind.GPE, Kind.LOC, Kind.MISC, Kind.ORG):
            name = mention.span.cut(version.text)
            for country, weight in clues(name, lookups).items():
                total[country] += weight
                own[folded(name), country] += weight
    for country in home(version, lookups):
        total[country] += HOME
    top = max((ONE, *total.values()))
    return {c: w / top for c, w in total.items()}, {key: w / top for key, w in own.items()}


def clues(name: str, lookups: Lookups) -> dict[str, float]:
    """Countries that one name speaks for."""
    nations = lookups.nations
    if codes := nations.any(name):
        namesakes = [r for r in lookups.places(name) if r.feature == "ADM1" and r.country not in codes]
        weight = NAMESAKE if any(r.population >= LARGE for r in namesakes) else 1.0
        return dict.fromkeys(codes, weight / len(codes))
    if codes := nations.metonym(name):
        return dict.fromkeys(codes, (CAPITAL if nations.capital(name) else SEAT) / len(codes))
    bearers = {row.country for row in lookups.places(name) if row.country and (row.curated or row.population >= TOWN)}
    return {bearers.pop(): SURE_TOWN} if len(bearers) == 1 else {}


def home(version: Version, lookups: Lookups) -> list[str]:
    """The publisher's country, if it is a known outlet."""
    names = [n for n in (version.publisher, (version.url or "").removeprefix("https://").partition("/")[0]) if n]
    return [row.country for name in names for row in lookups.outlets(name)[:1] if row.country][:1]

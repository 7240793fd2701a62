"""How much speaks for two articles telling of one happening, or being on one story, each reason with its weight.

In: two ``Gist`` records, how rare each word and name is in the set, their near-copy and citation. Out: ``Likeness``: the
sum in logits (0 = undecided, positive = same) and the reasons as (reason, weight), so that a person can check it. Weights
were set by hand on the even half of the open story set; they are few, additive, and each says why.
It compares two articles at a time: what a third one says about both is for the clustering.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log, sqrt

from khabar.fuse.gist import Gist

PRIOR = -2.6
WORDS = 11.0
"""times the root of the cosine: from nothing to a little in common says more than from much to very much"""
NAMES = 2.2
PLACE = 0.9
SAME_DAY = 0.8
OTHER_DAY = -6.0
OTHER_WEEK = 1.6
"""times as much where the stated days lie more than a week apart: the next bombing of the same market reads much alike"""
FAR_APART = -0.35
"""per day between the dates of publication beyond two, where no day is stated on one side"""
FARTHEST = -2.5
"""no more than this for dates of publication: pages print the day of a crawl or of an update as often as not"""
COPIED = 6.0
CITED = 3.0
MANNER = -4.0
"""one announces or denies what the other tells"""
TYPES = 0.8
STORY = -3.8
"""the prior of one story rather than one happening: what comes before and after it shares its words, not its day"""
PLAIN = 12.0
"""texts that every set is imagined to hold besides its own: keeps rarity sane in small sets"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The case for two articles being about one happening."""

    weight: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare stems and names are among the articles at hand, in nats."""

    stems: Mapping[str, float]
    names: Mapping[str, float]


def rarity_of(gists: Sequence[Gist]) -> Rarity:
    """Rarity from document counts."""
    total = len(gists) + PLAIN
    stems = Counter(k for g in gists for k in g.stems)
    names = Counter(n for g in gists for n in g.names)
    return Rarity(
        {k: log(total / (n + 0.5)) for k, n in stems.items()}, {k: log(total / (n + 0.5)) for k, n in names.items()}
    )


def likeness(a: Gist, b: Gist, rarity: Rarity, *, copied: bool = False, cited: bool = False) -> Likeness:
    """All reasons for and against two articles telling of one happening."""
    reasons = [
        ("prior", PRIOR),
        ("words", WORDS * sqrt(_cosine(a.stems, b.stems, rarity.stems))),
        ("names", NAMES * _overlap(a.names, b.names, rarity.names)),
        ("place", PLACE * _agree(a.places, b.places)),
        ("type", TYPES if a.types & b.types else 0.0),
        ("day", _days(a, b)),
        ("copy", COPIED if copied else 0.0),
        ("cites", CITED if cited else 0.0),
        ("announced or denied", MANNER * ((a.ahead != b.ahead) + (a.denial != b.denial)) if not copied else 0.0),
    ]
    return _summed(reasons)


def kinship(a: Gist, b: Gist, rarity: Rarity, *, copied: bool = False) -> Likeness:
    """All reasons for two articles being on one story, whatever day and part of it they tell."""
    return _summed(
        [
            ("prior", STORY),
            ("words", WORDS * sqrt(_cosine(a.stems, b.stems, rarity.stems))),
            ("names", NAMES * _overlap(a.names, b.names, rarity.names)),
            ("place", PLACE * max(0.0, _agree(a.places, b.places))),
            ("copy", COPIED if copied else 0.0),
        ]
    )


def _summed(reasons: Iterable[tuple[str, float]]) -> Likeness:
    kept = tuple((name, round(weight, 6)) for name, weight in reasons if weight)
    return Likeness(round(sum(w for _, w in kept), 6), kept)


def _cosine(a: Mapping[str, float], b: Mapping[str, float], rare: Mapping[str, float]) -> float:
    dot = sum(w * b[k] * rare[k] ** 2 for k, w in a.items() if k in b)
    norms = [sqrt(sum((w * rare[k]) ** 2 for k, w in side.items())) for side in (a, b)]
    return dot / (norms[0] * norms[1]) if all(norms) else 0.0


def _overlap(a: Iterable[str], b: Iterable[str], rare: Mapping[str, float]) -> float:
    """Rarity shared over rarity of the poorer side."""
    left, right = frozenset(a), frozenset(b)
    shared = sum(rare[n] for n in sorted(left & right))
    poorer = min(sum(rare[n] for n in sorted(left)), sum(rare[n] for n in sorted(right)))
    return shared / poorer if poorer > 0 else 0.0


def _agree(a: frozenset[str], b: frozenset[str]) -> float:
    """1 if something is in common, -1 if both have something and nothing is, 0 if a side has nothing."""
    return 0.0 if not a or not b else 1.0 if a & b else -1.0


def _days(a: Gist, b: Gist) -> float:
    """Stated days that agree or not; else how far apart the articles came out."""
    if a.days and b.days:
        if any(x[0] <= y[1] and y[0] <= x[1] for x in a.days for y in b.days):
            return SAME_DAY
        gap = _gap(a.days, b.days).days
        return OTHER_DAY * min(1.0, gap / 3) * (OTHER_WEEK if gap > 7 else 1.0)
    if a.day is None or b.day is None:
        return 0.0
    return max(FARTHEST, FAR_APART * max(0, abs((a.day - b.day).days) - 2))


def _gap(a: Iterable[tuple[date, date]], b: Iterable[tuple[date, date]]) -> timedelta:
    """The least distance between two intervals of either side."""
    others = tuple(b)
    return min(max(x[0] - y[1], y[0] - x[1]) for x in a for y in others)

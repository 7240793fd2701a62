"""Are these two names of one bearer? A score with its evidence.

In: two names as written, Latin or Arabic letters. Out: ``name_score`` 0-1 and ``compare_names``, the same with its
reasons. Every word of the shorter name must find its own in the longer one, and a family name that disagrees decides, so
bin Salman is not bin Zayed. Words are compared by ``spelling`` across scripts, by Jaro-Winkler and Levenshtein
(``rapidfuzz``) within one, helped by equal consonant skeletons. It cannot tell two people of the same name: that takes
country, office and date.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from khabar.lexicon.letters import ARABIC, bones, folded, last_skeleton, plain_arabic, plain_latin, skeleton, telling
from khabar.resolve.spelling import spelling_cost

__all__ = ["SAME_NAME", "NameMatch", "compare_names", "last_skeleton", "name_score", "skeleton", "word_score"]

SAME_NAME = 0.82
"""from this score on two names count as spellings of one"""
SURNAME_ALONE, NAME_MISSING, FAMILY_DIFFERS = 0.9, 0.96, 0.6
"""factors: a family name alone against a full name; a middle name left out; the longer name's last word unmatched"""
SAME_BONES, OTHER_RHYTHM = 0.93, 0.8
"""what two words with the same consonants (at least two) are worth, with as many syllables, and with more or fewer"""
VOWELS = re.compile(r"[aeiouyw]+")
STEEPNESS = 4.0
"""how fast the score across scripts falls with the cost per letter"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """How alike two names are and why: a line per pair of words, and what was missing."""

    score: float
    evidence: tuple[str, ...]


def name_score(a: str, b: str) -> float:
    """0-1: how surely two names are spellings of one."""
    return compare_names(a, b).score


def compare_names(a: str, b: str) -> NameMatch:
    """The score with its evidence."""
    if folded(a) == folded(b):
        return NameMatch(score=1.0, evidence=("same when folded",))
    short, long = sorted((telling(a), telling(b)), key=len)
    if not short:
        return NameMatch(score=0.0, evidence=("no word to compare",))
    pairs = _matched(short, long)
    scores = [score for _, _, score in pairs]
    score, note = _weighed((min(scores) + sum(scores) / len(scores)) / 2, pairs, long)
    return NameMatch(score=score, evidence=(*(f"{s} ~ {t} {value:.2f}" for s, t, value in pairs), *note))


@lru_cache(maxsize=65536)
def word_score(a: str, b: str) -> float:
    """0-1 for two single words in any script."""
    if a == b:
        return 1.0
    left, right = bool(ARABIC.search(a)), bool(ARABIC.search(b))
    if left != right:
        latin, arabic = (plain_latin(b), plain_arabic(a)) if left else (plain_latin(a), plain_arabic(b))
        return math.exp(-STEEPNESS * spelling_cost(latin, arabic) / max(2, len(latin) + len(arabic)))
    alike = float(JaroWinkler.similarity(a, b))
    if bones(a) == bones(b) and len(bones(a)) > 1:
        return max(alike, SAME_BONES) if syllables(a) == syllables(b) else OTHER_RHYTHM
    return min(alike, float(Levenshtein.normalized_similarity(a, b)) + 0.1)


def syllables(word: str) -> int:
    """Groups of vowel letters in a Latin word: Kabul has two, Kabila three."""
    return len(VOWELS.findall(plain_latin(word)))


def _matched(short: tuple[str, ...], long: tuple[str, ...]) -> list[tuple[str, str, float]]:
    """Each word of the shorter name with its best free counterpart, last words first in choosing, in order of the name."""
    free = list(long)
    found: list[tuple[str, str, float]] = []
    for word in reversed(short):
        best = max(reversed(free), key=lambda other: word_score(word, other))
        free.remove(best)
        found.append((word, best, word_score(word, best)))
    return found[::-1]


def _weighed(score: float, pairs: list[tuple[str, str, float]], long: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    """The score lowered for what the shorter name lacks, and the note that says so."""
    missing = len(long) - len(pairs)
    if not missing:
        return score, ()
    if pairs[-1][1] != long[-1]:
        return score * FAMILY_DIFFERS, (f"last name {long[-1]} has no counterpart",)
    factor = SURNAME_ALONE if len(pairs) == 1 else NAME_MISSING
    return score * factor, (f"{missing} more in the longer name",)

"""Are these two names of one bearer? Folded keys, consonant skeletons and a score with its evidence.

In: names as written, Latin or Arabic letters. Out: ``folded`` (the key of exact look-ups), ``skeleton`` (a coarse key
that all spellings of a name share: it proposes, it never decides), ``name_score`` 0-1 and ``compare_names``, the
same with the reasons. A token without a counterpart in the other name costs; a family name that disagrees decides,
so bin Salman is not bin Zayed. It cannot tell two people of the same name: that takes country, office and date.

Rules: transliteration habits of Arabic (q = k = g = gh, kh = k, dh = d, th = t, short vowels free) after the ALA-LC and
BGN tables and the newspapers' departures from them; ``spelling`` for Arabic against Latin; Jaro-Winkler and
Levenshtein (``rapidfuzz``) for Latin against Latin and Arabic against Arabic.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from khabar.resolve.spelling import plain_arabic, plain_latin, spelling_cost

PARTICLES = frozenset(
    "al el ul ad ar as ash at az an abd abdul abdel abdal abdoul bin ibn ben bint ould ag de da di du von van der den la le of the and"
    " ال بن ابن بنت عبد ولد".split()
)
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
SPLIT = re.compile(r"[\s\-‐‑–_/.,()]+")
APOSTROPHES = str.maketrans("", "", "'’‘`´ʼʿʾʻ")
SOUNDS = (("sch", "s"), ("tch", "s"), ("ch", "s"), ("sh", "s"), ("kh", "k"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("dj", "k"))  # fmt: skip
LETTERS = str.maketrans("qgcjpvzx", "kkkkbfss", "aeiouyw")
ARABIC_LETTERS = str.maketrans("بتثجحخدذرزسشصضطظغفقكلمنه", "bttkhkddrsssdddtkfkklmnh", "اويع")
ARABIC_LETTERS |= str.maketrans("صضطظ", "sdtd")
SAME_NAME, SURNAME_ALONE = 0.82, 0.9
"""from this score on two names count as spellings of one; what a family name alone is worth against a full name"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """How alike two names are and why: one line per pair of tokens, and what was missing."""

    score: float
    evidence: tuple[str, ...]


def folded(name: str) -> str:
    """Key of a name: no case, accents, apostrophes or full stops; hyphens as blanks; leading "the" and the Arabic article
    (al-, el-) dropped; Arabic letters without signs.
    """
    plain = unicodedata.normalize("NFKD", name.translate(APOSTROPHES).casefold())
    words = SPLIT.split("".join(c for c in plain if not unicodedata.combining(c)).replace("ı", "i").replace("ø", "o").strip())
    words = [plain_arabic(w) if ARABIC.search(w) else w for w in words if w]
    while len(words) > 1 and words[0] in ("the", "al", "el"):
        words = words[1:]
    return " ".join(words)


def tokens(name: str) -> tuple[str, ...]:
    """The words of a name that tell people apart: without articles, "bin", "abd" and single letters."""
    words = [_stem(w) for w in folded(name).split()]
    telling = tuple(w for w in words if w not in PARTICLES and len(w) > 1)
    return telling or tuple(words)


def skeleton(name: str) -> str:
    """Consonant classes of the telling words, joined: Haftar, Hifter and حفتر are all "hftr"; "" for no consonant."""
    return " ".join(s for s in (_bones(t) for t in tokens(name)) if s)


def last_skeleton(name: str) -> str:
    """Skeleton of the last telling word: the key by which a family name finds its bearers."""
    words = tokens(name)
    return _bones(words[-1]) if words else ""


def name_score(a: str, b: str) -> float:
    """0-1: how surely two names are spellings of one."""
    return compare_names(a, b).score


def compare_names(a: str, b: str) -> NameMatch:
    """The score with its evidence. Every word of the shorter name must find its own in the longer one."""
    if folded(a) == folded(b):
        return NameMatch(score=1.0, evidence=("same when folded",))
    short, long = sorted((tokens(a), tokens(b)), key=len)
    if not short:
        return NameMatch(score=0.0, evidence=("no word to compare",))
    pairs = _matched(short, long)
    evidence = tuple(f"{s} ~ {t} {score:.2f}" for s, t, score in pairs)
    scores = [score for _, _, score in pairs]
    score = (min(scores) + sum(scores) / len(scores)) / 2
    missing = len(long) - len(short)
    if missing and pairs[-1][1] != long[-1]:
        return NameMatch(score=score * 0.6, evidence=(*evidence, f"last name {long[-1]} has no counterpart"))
    if missing:
        score *= SURNAME_ALONE if len(short) == 1 else 0.96
        evidence = (*evidence, f"{missing} more in the longer name")
    return NameMatch(score=score, evidence=evidence)


@lru_cache(maxsize=65536)
def token_score(a: str, b: str) -> float:
    """0-1 for two single words in any script."""
    if a == b:
        return 1.0
    left, right = bool(ARABIC.search(a)), bool(ARABIC.search(b))
    if left != right:
        latin, arabic = (b, a) if left else (a, b)
        plain, letters = plain_latin(latin), plain_arabic(arabic)
        return math.exp(-4 * spelling_cost(plain, letters) / max(2, len(plain) + len(letters)))
    alike = float(JaroWinkler.similarity(a, b))
    same_bones = _bones(a) == _bones(b) != ""
    return max(alike, 0.93) if same_bones and len(_bones(a)) > 1 else min(alike, float(Levenshtein.normalized_similarity(a, b)) + 0.1)


def _matched(short: tuple[str, ...], long: tuple[str, ...]) -> list[tuple[str, str, float]]:
    """Each word of the shorter name with its best free counterpart, the last word first in choosing, in order of the name."""
    free = list(long)
    found: list[tuple[str, str, float]] = []
    for word in reversed(short):
        best = max(reversed(free), key=lambda other: token_score(word, other))
        free.remove(best)
        found.append((word, best, token_score(word, best)))
    return found[::-1]


def _stem(word: str) -> str:
    """A word without a glued Arabic article or "abd" ("alsisi", "السيسي", "abdulrahman" stays)."""
    if word.startswith("ال") and len(word) > 4:
        return word[2:]
    return word


@lru_cache(maxsize=65536)
def _bones(word: str) -> str:
    if ARABIC.search(word):
        letters = plain_arabic(word).removesuffix("ه").translate(ARABIC_LETTERS)
    else:
        plain = plain_latin(word).replace("'", "").removesuffix("h")
        for sound, letter in SOUNDS:
            plain = plain.replace(sound, letter)
        letters = plain.translate(LETTERS)
    return re.sub(r"(.)\1+", r"\1", letters)

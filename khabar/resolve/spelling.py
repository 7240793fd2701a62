"""How likely a word in Arabic letters spells a word in Latin letters: the cheapest alignment of letter groups.

In: one Latin and one Arabic word in plain form (``lexicon.letters``). Out: a cost, 0 = spelled exactly as a transcriber
would, about 1 for each consonant that does not fit; which letters stand for which, and at what cost, is
``lexicon/ar/spelling.yml``. It knows nothing of words and cannot help where a name is translated instead of spelled.
"""

from __future__ import annotations

from functools import cache, lru_cache

from khabar.errors import DataFault
from khabar.lexicon.letters import bare
from khabar.lexicon.load import read_table

WHERE = "ar/spelling.yml"
MISS, EXTRA_WEAK, EXTRA_DOUBLE, ARTICLE = 1.0, 0.35, 0.15, 0.1
WEAK = frozenset("اويهع")
VOWELS = frozenset("aeiouy")
LONGEST = 4
Table = dict[str, tuple[tuple[str, float], ...]]


@cache
def spelling_table() -> Table:
    """``ar/spelling.yml``: Latin letters to pairs of Arabic letters and cost. Raises DataFault on a row that is none."""
    return {latin: tuple(_pair(latin, p) for p in str(row).split()) for latin, row in read_table(WHERE).items()}


def _pair(latin: str, pair: str) -> tuple[str, float]:
    letters = pair.rstrip("0123456789.")
    try:
        return "" if letters == "-" else letters, float(pair[len(letters) :])
    except ValueError as error:
        raise DataFault(f"lexicon/{WHERE}: {latin}: {pair!r} is not letters and a cost") from error


@lru_cache(maxsize=65536)
def spelling_cost(latin: str, arabic: str) -> float:
    """Cost of the cheapest alignment of two plain words (see ``lexicon.letters``), with or without the
    Arabic article, which English news writes or drops as it likes.
    """
    whole = _aligned(latin, arabic)
    without = bare(arabic)
    return whole if without == arabic else min(whole, _aligned(latin, without) + ARTICLE)


def _aligned(latin: str, arabic: str) -> float:
    best = [[MISS * (len(latin) + len(arabic))] * (len(arabic) + 1) for _ in range(len(latin) + 1)]
    best[0][0] = 0.0
    for i in range(len(latin) + 1):
        for j in range(len(arabic) + 1):
            _step(latin, arabic, i, j, best)
    return best[-1][-1]


def _step(latin: str, arabic: str, i: int, j: int, best: list[list[float]]) -> None:
    """Lower the costs of all cells that one move from (i, j) reaches."""
    here, table = best[i][j], spelling_table()
    if j < len(arabic):
        best[i][j + 1] = min(best[i][j + 1], here + _extra(arabic, j))
    for n in range(1, min(LONGEST, len(latin) - i) + 1):
        row = best[i + n]
        for letters, cost in table.get(latin[i : i + n], ()):
            if arabic.startswith(letters, j):
                k = j + len(letters)
                row[k] = min(row[k], here + _placed(cost, letters, i, n, latin))
    if i < len(latin):
        best[i + 1][j] = min(best[i + 1][j], here + MISS)
        if j < len(arabic):
            best[i + 1][j + 1] = min(best[i + 1][j + 1], here + MISS)


def _extra(arabic: str, j: int) -> float:
    """Cost of an Arabic letter that nothing stands for: little for a seat of hamza at the start or a doubled letter."""
    if j and arabic[j] == arabic[j - 1]:
        return EXTRA_DOUBLE
    if arabic[j] not in WEAK:
        return MISS
    return 0.12 if j == 0 and arabic[j] == "ا" else EXTRA_WEAK


def _placed(cost: float, letters: str, i: int, n: int, latin: str) -> float:
    """Cost of a pair, by its place in the word: a first vowel is seldom left out, a last e, h or s often silent."""
    if letters:
        return cost
    if i == 0 and latin[0] in VOWELS:
        return cost + 0.4
    return 0.0 if i + n == len(latin) and latin[i:] in ("e", "h") else cost

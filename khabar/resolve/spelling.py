"""How likely a word in Arabic letters spells a word in Latin letters: the cheapest alignment of letter groups.

In: one Latin and one Arabic word, any case, vowel signs allowed. Out: a cost, 0 = spelled exactly as a transcriber
would, about 1 for each consonant that does not fit. ``PAIRS`` says which Arabic letters stand for which Latin letters
and what that costs; it follows the habits of Arabic news for foreign names (p as b, v as f, g as gh, j or k, vowels
long, short or left out) and of English news for Arabic names (q as q, k or g; dh for four letters; ``e`` and ``o`` for
short vowels). Set by hand. It knows nothing of words and cannot help where a name is translated instead of spelled.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

MISS, EXTRA_WEAK, EXTRA_DOUBLE, ARTICLE = 1.0, 0.35, 0.15, 0.1
WEAK = frozenset("اويهع")
VOWELS = frozenset("aeiouy")
LONGEST = 4

SAME = {
    "ى": "ي", "ئ": "ي", "ی": "ي", "ؤ": "و", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ء": "", "ـ": "", "ة": "ه",
    "گ": "ك", "ک": "ك", "پ": "ب", "چ": "ج", "ژ": "ج", "ڤ": "ف", "ڨ": "ق", "ݣ": "ك", "ہ": "ه",
}  # fmt: skip
"""Arabic letters that are written for one another"""

PAIRS = """
b ب0 ف.6 | bb ب0
c ك0 س.15 ق.2 تش.3 ش.4 ث.4 ز.5 ج.5 | cc ك0 تش.2 كس.2 | ch تش0 ش.05 خ.2 ك.15 ج.4 | ck ك0 | cz تش0 ش.2 ز.4 | cs تش0 ش.2 | cq ك0
d د0 ض.1 ذ.2 ظ.3 ط.4 ت.5 | dd د0 ض.1 ذ.2 | dh ذ0 د.1 ض.1 ظ.1 | dj ج0 دج.1 | dt ت0 د.2 ط.2 | dz دز0 ز.2 ج.3 | dg دغ.1 ج0
f ف0 | ff ف0
g غ0 ج.05 ك.2 ق.2 ي.6 خ.5 | gg غ0 ج0 ك.3 ق.3 | gh غ0 ج.15 ك.4 ق.4 -.35 ف.5 ه.6 | gi ج.1 جي0 | gn ني.1 ن.15 غن0 ين.3 | gu غ.1 غو0 ك.4 جو.1 ج.2
h ه0 ح0 خ.25 -.2 ا.5 ع.6
j ج0 ي.1 خ.25 ه.3 ش.4 ز.4 غ.4 يو.4 دج.2
k ك0 ق.15 خ.35 غ.5 ج.6 | kh خ0 ك.25 ح.3 ق.4 | kk ك0 ق.2 | kn ن.2 كن0
l ل0 -.7 | ll ل0 ي.3 يل.3
m م0 | mm م0 | mn من0 ن.3
n ن0 م.5 | nn ن0 | ng نغ0 نج.05 نك.1 نق.2 ن.3 غ.5
o و0 -.2 ا.3 ي.7 | p ب0 ف.5 | pp ب0 | ph ف0 ب.4 | pf بف0 ف.1
q ق0 ك.1 غ.2 ج.4 تش.3 ع.6 خ.5 | qu كو0 ك.05 قو.1 ق.1 كي.4
r ر0 غ.6 -.6 | rr ر0 ر0 | er ير0 ر.05 يه.35 | rh ر0 | rz رز0 ج.2 ش.3 ز.3
s س0 ص.1 ز.2 ش.3 ث.4 -.6 | ss س0 ص.1 ز.4 ش.5 | sh ش0 س.4 سه.3 سح.2 | sch ش0 سك.15 سخ.3 شت.6 | sc سك0 س.2 ش.15 | sz ش.1 س.05 ز.4 سز.3
st ست0 شت.1 صط.1 سط.1 ص.6 س.5 | sp سب0 شب.1 | sth ست.2 ث.5 ست.0 | x كس0 ز.35 س.4 خ.4 ش.3 غز.3 كز.3 -.7 | xi شي.1 كسي0 ش.3
t ت0 ط.05 ث.4 د.5 -.5 تش.5 | tt ت0 ط.1 | th ث0 ت.05 ذ.1 ط.1 ظ.3 د.4 | tch تش0 ش.4 | tsch تش0 | tz تز0 تس.05 ز.25 س.4 ص.4 | ts تس0 ص.2 س.3 تز.3 | ti تي0 شي.3 سي.3 ش.4 تش.4
v ف0 و.25 ب.5 | vv ف0 | w و0 ف.1 -.3 ب.5 | wh و0 ه.2 وه.3 | wr ر0
z ز0 تس.15 س.25 ظ.2 ذ.3 ث.3 ص.4 تز.2 ض.4 ج.5 ش.5 د.6 | zz تس0 ز.05 تز.05 دز.1 س.3 | zh ج0 ش.3 ز.2 تش.3
a ا0 -.12 ي.3 و.5 ه.15 اي.2 ع.2 عا.25 | aa ا0 اا.1 عا.2 ي.5 -.3 | ae ا.1 اي0 ي.1 ايي.2 | ai اي0 ي.05 ا.3 -.4 ايي.2 | ay اي0 ي.05 ا.4 | ah ا0 ه.1 اه.05 | au او0 و.1 ا.3 | aw او0 و.1 ا.3
e ي.05 -.05 ا.15 اي.25 ه.3 و.5 ع.3 عي.35 | ea ي0 يا0 ا.15 يه.3 -.3 اي.2 | ee ي0 يي.1 -.4 | ei اي0 ي.05 ا.25 -.35 | ey ي0 اي.1 | eu يو0 و.15 اوي.1 وي.1 او.2 ا.4 | ew يو0 و.1 | eau و0 | eo يو0 و.2 ي.3
i ي0 -.15 ا.3 اي.1 ع.4 و.7 عي.35 | ia يا0 ا.3 يه.2 ي.3 اي.4 | ie ي0 يي.1 يه.2 اي.2 يا.2 -.4 | ii ي0 | ij اي0 ي.1 يج.3 يي.2 | io يو0 و.25 | iu يو0 و.3 | igh اي0 يغ.2 ي.2
oa و0 وا.05 ا.4 | oe و0 وي.05 ي.3 ا.4 | oh و0 وه.1 | oi وا.1 وي0 وا.05 واي.1 وي.0 | oo و0 وو.1 -.4 | ou و0 او.05 اوو.2 ا.4 -.3 | ow او.05 و0 | oy وي0 واي.2 وا.2 | ough و0 اف.3 وف.3
u و0 -.15 ا.2 يو.1 ي.35 ع.5 او.15 عو.35 | ua وا0 ا.3 و.3 | ue و0 وي.1 وي.1 ي.4 -.4 | ui وي0 و.2 ي.3 | uo وو.1 و0 وا.3 | uu و0 | uy وي0 اي.2 ي.3
y ي0 -.25 ا.3 اي.15 و.6 | ya يا0 ي.2 | ye يي0 ي.05 | yu يو0 | yo يو0
' -0 ا.2 ع0 | - -0
"""


def _table() -> dict[str, tuple[tuple[str, float], ...]]:
    out: dict[str, tuple[tuple[str, float], ...]] = {}
    for group in PAIRS.replace("\n", "|").split("|"):
        latin, *pairs = group.split() or [""]
        found = []
        for pair in pairs:
            letters = pair.rstrip("0123456789.")
            found.append(("" if letters == "-" else letters, float(pair[len(letters) :])))
        if latin:
            out[latin] = tuple(found)
    return out


TABLE = _table()


def plain_arabic(word: str) -> str:
    """Arabic letters without vowel signs, with letters that are written for one another made one."""
    bare = (c for c in unicodedata.normalize("NFKC", word) if not unicodedata.combining(c))
    return "".join(SAME.get(c, c) for c in bare)


def bare_arabic(word: str) -> str:
    """The same without the article, where three letters and more are left."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def plain_latin(word: str) -> str:
    """Lower-case letters a to z and apostrophes; accents stripped, ß and the like spelled out."""
    spelled = word.casefold().replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("æ", "ae").replace("ı", "i")
    bare = unicodedata.normalize("NFKD", spelled.replace("’", "'").replace("ʿ", "'").replace("`", "'").replace("ʾ", "'"))
    return "".join(c for c in bare if "a" <= c <= "z" or c == "'")


@lru_cache(maxsize=65536)
def spelling_cost(latin: str, arabic: str) -> float:
    """Cost of the cheapest alignment of two plain words (see ``plain_latin``, ``plain_arabic``), with or without the
    Arabic article, which English news writes or drops as it likes.
    """
    whole = _aligned(latin, arabic)
    bare = bare_arabic(arabic)
    return whole if bare == arabic else min(whole, _aligned(latin, bare) + ARTICLE)


def _aligned(latin: str, arabic: str) -> float:
    best = [[MISS * (len(latin) + len(arabic))] * (len(arabic) + 1) for _ in range(len(latin) + 1)]
    best[0][0] = 0.0
    for i in range(len(latin) + 1):
        for j in range(len(arabic) + 1):
            _step(latin, arabic, i, j, best)
    return best[-1][-1]


def _step(latin: str, arabic: str, i: int, j: int, best: list[list[float]]) -> None:
    """Lower the costs of all cells that one move from (i, j) reaches."""
    here = best[i][j]
    if j < len(arabic):
        best[i][j + 1] = min(best[i][j + 1], here + _extra(arabic, j))
    for n in range(1, min(LONGEST, len(latin) - i) + 1):
        row = best[i + n]
        for letters, cost in TABLE.get(latin[i : i + n], ()):
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

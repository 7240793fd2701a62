"""How names are written: keys under which the spellings of one name meet, in Latin and Arabic letters.

In: names as they stand in a text. Out: ``folded`` (key of exact look-ups), ``bare`` (the same without its article),
``telling`` (the words that tell people apart) and ``skeleton`` (consonant classes: it proposes, it never decides). The
classes follow what newspapers do with Arabic names: q = k = g = gh, kh = k, dh = d, th = t, short vowels free, the
article and "bin", "abd" come and go. They know nothing of tones, Han characters or Cyrillic.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

PARTICLES = frozenset(
    (
        *("al", "el", "ul", "abd", "abdul", "abdel", "abdal", "abdoul", "bin", "ibn", "ben", "bint", "ould", "ag"),
        *("de", "da", "di", "du", "von", "van", "der", "den", "la", "le", "of", "the", "and"),
        *("ال", "بن", "ابن", "بنت", "عبد", "ولد"),
    )
)
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
ARTICLE = re.compile(
    r"^(?:[ae]l|ul|[ae](?:r(?= r)|s(?= s)|sh(?= s)|d(?= d)|dh(?= d)|t(?= t)|th(?= t)|z(?= z)|n(?= n))) (?=.)"
)
"""al- and el-, also as they melt into the next letter (as-S…, er-R…)"""
SPLIT = re.compile(r"[\s\-‐‑–_/.,()]+")
APOSTROPHES = str.maketrans("", "", "'’‘`´ʼʿʾʻ")
SAME = {
    "ى": "ي", "ئ": "ي", "ی": "ي", "ؤ": "و", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ء": "", "ـ": "", "ة": "ه",
    "گ": "ك", "ک": "ك", "پ": "ب", "چ": "ج", "ژ": "ج", "ڤ": "ف", "ڨ": "ق", "ݣ": "ك", "ہ": "ه",
}  # fmt: skip
"""Arabic letters that are written for one another"""
SPELLED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "ı": "i", "ß": "ss", "œ": "oe", "þ": "th", "ə": "a"})
SOUNDS = (
    *(("sch", "s"), ("tch", "s"), ("ch", "s"), ("sh", "s"), ("kh", "k"), ("gh", "k")),
    *(("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("dj", "k")),
)
LETTERS = str.maketrans("qgcjpvzx", "kkkkbfss", "aeiouyw")
ARABIC_LETTERS = str.maketrans("بتثجحخدذرزسشصضطظغفقكلمنه", "bttkhkddrssssdtdkfkklmnh", "اويع")


def plain_arabic(word: str) -> str:
    """Arabic letters without vowel signs, with letters that are written for one another made one."""
    bare_letters = (c for c in unicodedata.normalize("NFKC", word) if not unicodedata.combining(c))
    return "".join(SAME.get(c, c) for c in bare_letters)


def plain_latin(word: str) -> str:
    """Lower-case letters a to z and straight apostrophes; accents stripped, single odd letters spelled out."""
    quotes = word.replace("’", "'").replace("ʿ", "'").replace("`", "'").replace("ʾ", "'")
    letters = unicodedata.normalize("NFKD", quotes.casefold().translate(SPELLED))
    return "".join(c for c in letters if "a" <= c <= "z" or c == "'")


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Key of a name: no case, accents, apostrophes or full stops, hyphens as blanks, no leading "the", every form of the
    Arabic article as "al", Arabic letters without signs.
    """
    small = unicodedata.normalize("NFKD", name).casefold().translate(SPELLED)
    plain = unicodedata.normalize("NFKD", small).translate(APOSTROPHES)
    text = "".join(c for c in plain if not unicodedata.combining(c)).replace(".", "" if _dotted(plain) else " ")
    words = [plain_arabic(w) if ARABIC.search(w) else w for w in SPLIT.split(text) if w]
    return ARTICLE.sub("al ", " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words))


def bare(key: str) -> str:
    """A folded name without its article."""
    if key.startswith("ال") and len(key) > 4:
        return key[2:]
    return key.removeprefix("al ")


def telling(name: str) -> tuple[str, ...]:
    """The words of a name that tell people apart: without articles, "bin", "abd" and single letters."""
    words = [bare(w) for w in folded(name).split()]
    found = tuple(w for w in words if w not in PARTICLES and len(w) > 1)
    return found or tuple(words)


def skeleton(name: str) -> str:
    """Consonant classes of the telling words: Haftar, Hifter and حفتر are all "hftr"; "" for no consonant."""
    return " ".join(s for s in (bones(t) for t in telling(name)) if s)


def last_skeleton(name: str) -> str:
    """Skeleton of the last telling word: the key by which a family name finds its bearers."""
    words = telling(name)
    return bones(words[-1]) if words else ""


@lru_cache(maxsize=65536)
def bones(word: str) -> str:
    """Consonant classes of one word, doubled ones once, a last h dropped."""
    if ARABIC.search(word):
        letters = plain_arabic(word).rstrip("هح").translate(ARABIC_LETTERS)
    else:
        plain = plain_latin(word).replace("'", "").removesuffix("h")
        for sound, letter in SOUNDS:
            plain = plain.replace(sound, letter)
        letters = plain.translate(LETTERS)
    return re.sub(r"(.)\1+", r"\1", letters)


def _dotted(text: str) -> bool:
    """Whether full stops stand inside an acronym (U.N.) instead of between words."""
    return re.search(r"\b\w\.\w\b", text) is not None

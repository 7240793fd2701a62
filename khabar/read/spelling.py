"""Whether two words are one name, perhaps transliterated differently.

In: words of names. Out: a yes or no, and the consonant skeleton that it rests on: q = g = gh, dh = d, th = t, kh = k,
vowels and doubled letters dropped, the Arabic article left out. Equal skeletons are confirmed by the share of common
letters. It would also join "Miller" and "Muller", so callers use it within one document only.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

DIGRAPHS = (("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("q", "g"), ("ck", "k"), ("c", "k"))


def bare_surname(word: str) -> str:
    """A surname without its article: "al-hamdi" and "hamdi" are one."""
    return re.sub(r"^(?:[ae][ldnrstz]|[ae][dst]h|ul)[-‑]", "", word)


def same_spelling(a: str, b: str) -> bool:
    """Whether two words are one name, perhaps spelt differently."""
    a, b = bare_surname(a), bare_surname(b)
    if a == b:
        return True
    if len(a) < 4 or len(b) < 4:
        return False
    bones = skeleton(a)
    return len(bones) >= 3 and bones == skeleton(b) and SequenceMatcher(None, a, b).ratio() >= 0.6


def skeleton(word: str) -> str:
    """The consonants of a name without its article, doubled ones once, the letters that transliterations swap made one."""
    word = bare_surname(word.casefold())
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", word.casefold()) if c.isalpha() and not unicodedata.combining(c)
    )
    for pair, letter in DIGRAPHS:
        plain = plain.replace(pair, letter)
    opening = "a" if plain[:1] in "aeiou" else ""
    return opening + re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyw]", "", plain))

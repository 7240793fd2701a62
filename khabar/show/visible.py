"""Characters that nobody sees, or that stand for others, written out: "K\\u0430rvan" is no "Karvan".

In: words of others. Out: the same words for the eyes of a person, with control and direction characters, characters
without a width, and letters of another alphabet inside of a word as escapes (Unicode TR 36, 39). What is stored, counted or
exported as data stays as it is. ``strict``, for a terminal: no joiner and no mark of direction passes; else those pass
where a script needs them (Persian, Hindi, emoji; Arabic and Hebrew). It cannot tell a word that is written in
another alphabet from its first letter to its last.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
"""those with letters that look alike"""
_ESCAPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_CONTROLS = re.compile("[\t\n\r]")
_WORD = re.compile(r"\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|[^\W\d_]+")
"""a word, or an escape, whose letters belong to no word"""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_JOINERS, _MARKS = frozenset("\u200c\u200d"), frozenset("\u061c\u200e\u200f")
_LAST_LATIN = "\u024f"


def visible(text: str, *, strict: bool = False) -> str:
    """The text with nothing in it that is not seen."""
    if text.isascii() and text.isprintable():
        return text
    passing = frozenset() if strict or not _RIGHT_TO_LEFT.search(text) else _MARKS

    def seen(found: re.Match[str]) -> str:
        character, before = found.group(), text[found.start() - 1 : found.start()]
        joins = not strict and character in _JOINERS and _joined(before)
        return character if joins or character in passing else _escape(character)

    shown = _WORD.sub(lambda found: _one_alphabet(found.group()), _ESCAPED.sub(seen, text))
    return _CONTROLS.sub(lambda found: _escape(found.group()), shown) if strict else shown


def seen_value(value: object) -> object:
    """What a template puts into a page: words made visible; markup that it made of such words as it is."""
    return visible(value) if type(value) is str or isinstance(value, StrEnum) else value


def _joined(before: str) -> bool:
    """Whether a joiner behind this character has work to do: behind letters of Arabic or Indian scripts, and emoji."""
    return before > _LAST_LATIN and unicodedata.category(before)[0] in "LMS" and _alphabet(before) is None


def _escape(character: str) -> str:
    """A character by its number."""
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _one_alphabet(word: str) -> str:
    """A word; letters of the rarer alphabets in it are escaped."""
    if word.isascii():
        return word
    alphabets = [_alphabet(letter) for letter in word]
    there = {name for name in alphabets if name}
    if len(there) < 2:
        return word
    commonest = max(sorted(there), key=alphabets.count)
    return "".join(
        letter if name in (None, commonest) else _escape(letter) for letter, name in zip(word, alphabets, strict=True)
    )


@lru_cache(maxsize=4096)
def _alphabet(letter: str) -> str | None:
    """The alphabet of a letter, if it is one with letters that look like another's."""
    name = unicodedata.name(letter, "")
    return next((alphabet for alphabet in ALPHABETS if name.startswith(alphabet)), None)

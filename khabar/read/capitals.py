"""Which stretches of a text are in capitals, and what the rest of it shows of its words.

In: a text. Out: whether its letters are nearly all capitals; the words that its normal paragraphs write small, and those
that they write with a capital although no sentence begins there. It counts letters, it knows no words.
"""

from __future__ import annotations

import re

PARAGRAPH = re.compile(r"[^\n]+")
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*")
LONG = 4
CAPITAL_SHARE = 0.9
FEWEST_WORDS = 3
"""words of four letters and more from which on a line of capitals is more than a name"""


def in_capitals(text: str) -> bool:
    """Whether nearly all letters are capitals, and there are enough words to tell."""
    upper = sum(map(str.isupper, text))
    if upper < LONG * FEWEST_WORDS or upper < CAPITAL_SHARE * (upper + sum(map(str.islower, text))):
        return False
    return sum(m.end() - m.start() >= LONG for m in WORD.finditer(text)) >= FEWEST_WORDS


def lowered(text: str) -> str:
    """Small letters, never more of them than there were capitals."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def in_normal_case(text: str, capitals: list[tuple[int, int]]) -> tuple[frozenset[str], dict[str, str]]:
    """Words that paragraphs in normal case write small; those that they write only with capitals inside sentences, so."""
    small: set[str] = set()
    shown: dict[str, str] = {}
    taken = {start for start, _ in capitals}
    for paragraph in PARAGRAPH.finditer(text):
        if paragraph.start() in taken:
            continue
        for m in WORD.finditer(text, paragraph.start(), paragraph.end()):
            word, before = m.group(), text[max(paragraph.start(), m.start() - 2) : m.start()]
            if word.islower():
                small.add(word)
            elif before[-1:] == " " and (before[0].isalnum() or before[0] in ",;"):
                shown[lowered(word)] = word
    return frozenset(small), {word: form for word, form in shown.items() if word not in small}

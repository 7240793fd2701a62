"""Numbers in a sentence as values, whatever their notation, and the words that leave them open.

In: a ``Sentence``, the counting table, the word ranges already taken (dates, names). Out: ``Amount`` records: low and high
(None = open), the bound word before ("about", "at_least" …) or "". Years, clock times and days of a month are dates, not
amounts; "one" counts only where it stands for a number.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from khabar.fuse.words import Sentence
from khabar.lexicon.counting import CountWords
from khabar.lexicon.revision import revision_words
from khabar.model.spans import Span

DIGITS = re.compile(r"^[$£€¥]?(\d[\d,]*(?:\.\d+)?)(st|nd|rd|th)?([a-z]+)?(%)?(?:-(.+))?$")
CURRENCY = "$£€¥"
BEGINS = frozenset("0123456789" + CURRENCY)
LEAST_SCALE = 1000
LONGEST_BOUND = 4


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: value as (low, high), bound words before it, what is counted, and its words [first, last)."""

    low: float | None
    high: float | None
    bound: str
    unit: str
    span: Span
    first: int
    last: int

    @property
    def value(self) -> tuple[float | None, float | None]:
        """What two amounts are compared by."""
        return self.low, self.high


def amounts_in(sentence: Sentence, counting: CountWords, taken: Collection[int]) -> tuple[Amount, ...]:
    """The amounts of a sentence, left to right; ``taken``: indices of words that are something else."""
    out: list[Amount] = []
    i = 0
    while i < len(sentence.words):
        key = sentence.words[i].key
        begins = key[0] in BEGINS or key == "a" or key.partition("-")[0] in counting.starters
        found = _amount(sentence, i, counting, taken) if begins and i not in taken else None
        if found:
            out.append(found)
        i = found.last if found else i + 1
    return tuple(out)


def _amount(sentence: Sentence, i: int, counting: CountWords, taken: Collection[int]) -> Amount | None:
    value, end = _value(sentence, i, counting, taken)
    if value is None or (value == (1.0, 1.0) and _is_pronoun(sentence, i, end)):
        return None
    first, bound = (i, "") if "-year" in sentence.words[end - 1].key else _bound(sentence, i, counting)
    behind = counting.after.get(tuple(w.key for w in sentence.words[end : end + 2]))
    if behind and not bound:
        bound, end = behind, end + 2
    unit = sentence.words[end].key if end < len(sentence.words) else ""
    return Amount(value[0], value[1], bound, unit, sentence.cut(first, end), first, end)


def _is_pronoun(sentence: Sentence, i: int, end: int) -> bool:
    """ "one of them", "the one that": no number."""
    after = sentence.words[end].key if end < len(sentence.words) else ""
    before = sentence.words[i - 1].key if i else ""
    return sentence.words[i].key == "one" and (
        after in {"of", "another", "that", "who"} or before in revision_words().not_counting_one
    )


def _bound(sentence: Sentence, i: int, counting: CountWords) -> tuple[int, str]:
    """First word and kind of the bound before the number, or the number's own first word and ""."""
    end = i - 1 if i > 1 and sentence.words[i - 1].key == "a" else i
    for size in range(min(LONGEST_BOUND, end), 0, -1):
        phrase = tuple(w.key for w in sentence.words[end - size : end])
        if phrase in counting.bounds:
            return end - size, counting.bounds[phrase]
    return i, ""


def _value(
    sentence: Sentence, i: int, counting: CountWords, taken: Collection[int]
) -> tuple[tuple[float | None, float | None] | None, int]:
    """Value of the number that begins at word i, and the word after it."""
    key = sentence.words[i].key
    group = counting.groups.get(key) or counting.vague.get(key)
    if group and key not in revision_words().loose_counts:
        return group, i + 1
    part = _fraction(sentence, i, counting)
    if part:
        return (part[0], part[0]), part[1]
    total, end = _simple(key, counting), i + 1
    if total is not None and tuple(w.key for w in sentence.words[end : end + 3]) == ("and", "a", "half"):
        total, end = total + 0.5, end + 3
    if key == "a" and end < len(sentence.words) and sentence.words[end].key in counting.scales:
        total = 1.0
    if total is None:
        return None, end
    while end < len(sentence.words) and end not in taken and sentence.words[end].gap == " ":
        scale = counting.scales.get(sentence.words[end].key)
        small = _simple(sentence.words[end].key, counting)
        if scale and (len(sentence.words[end].key) > 1 or key[:1] in CURRENCY):
            total *= scale
        elif small is not None and small < 100 and total % 100 == 0 and total:
            total += small
        elif sentence.words[end].key == "dozen":
            total *= 12
        else:
            break
        end += 1
    return (total, total), end


def _fraction(sentence: Sentence, i: int, counting: CountWords) -> tuple[float, int] | None:
    """ "half a million", "a quarter of a million": value and the word after it."""
    if sentence.words[i].key != "a" and sentence.words[i].key not in counting.fractions:
        return None
    keys = [w.key for w in sentence.words[i : i + 5]]
    start = 1 if keys[0] == "a" and len(keys) > 1 else 0
    share = counting.fractions.get(keys[start], 0)
    rest = keys[start + 1 :]
    for lead in (["of", "a"], ["a"], []):
        after = rest[len(lead) :]
        if share and rest[: len(lead)] == lead and after and counting.scales.get(after[0], 0) >= LEAST_SCALE:
            return share * counting.scales[after[0]], i + start + 1 + len(lead) + 1
    return None


def _simple(key: str, counting: CountWords) -> float | None:
    """Value of one word: digits, digits with a scale, a number word or a compound of them."""
    if key in counting.cardinals:
        return float(counting.cardinals[key])
    found = DIGITS.match(key)
    if found:
        if found[2]:
            return None
        scale = counting.scales.get(found[3] or "", 1.0)
        return float(found[1].replace(",", "").rstrip(".")) * scale
    tens, _, rest = key.partition("-")
    if tens in counting.cardinals:
        ones = rest.partition("-")[0]
        return float(
            counting.cardinals[tens] + (counting.cardinals.get(ones, 0) if counting.cardinals[tens] >= 20 else 0)
        )
    return None

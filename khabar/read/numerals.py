"""Number phrases: tokens to values ("1,200", "twenty-one", "two and a half million", "half a dozen").

In: a Parse and the table of number words. Out: Numerals, spans of token indices with a value, in order of the text;
used both for quantities and for time expressions. Only single numbers: ranges and bounds are made of them by the
callers. A word is looked at only if it begins with a digit or stands in the table's index. It does not read Roman
numerals, fractions other than halves and quarters in words, or numbers spelt over a sentence boundary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from khabar.lexicon.counting import CountWords
from khabar.read.tokens import Parse, Token

DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?")
FRACTION = re.compile(r"([1-9])/([2-9])")
GLUED = re.compile(r"((?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?)(bn|mn|tn|m|k)", re.IGNORECASE)
SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


@dataclass(frozen=True, slots=True)
class Numeral:
    """Tokens ``first`` (inclusive) to ``last`` (exclusive) and their value; whether it is written in digits."""

    first: int
    last: int
    value: float
    digits: bool


def find_numerals(parse: Parse, words: CountWords) -> tuple[Numeral, ...]:
    """All number phrases, left to right, none overlapping another."""
    out: list[Numeral] = []
    at = 0
    tokens, starters = parse.tokens, words.starters
    for i, token in enumerate(tokens):
        if i < at or not (token.text in starters or token.text[0].isdigit() or token.text in SIGNS):
            continue
        found = read_numeral(tokens, i, words)
        if found is not None:
            out.append(found)
            at = found.last
    return tuple(out)


def read_numeral(tokens: tuple[Token, ...], first: int, words: CountWords) -> Numeral | None:
    """The number phrase that begins at a token, if one does."""
    word = tokens[first].lower
    start = first
    if word in words.scales or word in words.groups or word in words.fractions:
        return _scaled_article(tokens, first, words)
    value, digits = _atom(word, words)
    if value is None:
        return None
    at, value = _tail(tokens, first + 1, value, words)
    at, value = _fraction(tokens, at, value)
    total = 0.0
    while at < len(tokens) and (factor := _scale(tokens[at].lower, words)):
        value *= factor
        at += 1
        if factor < 1000:
            at, value = _rest(tokens, at, value, words)
            continue
        behind, more = _more(tokens, at, words) if not digits else (at, None)
        if more is None or more >= factor:
            break
        total, (at, value) = total + value, _tail(tokens, behind, more, words)
    return Numeral(start, at, float(total + value), digits)


def _more(tokens: tuple[Token, ...], at: int, words: CountWords) -> tuple[int, float | None]:
    """What follows thousands or millions: "two thousand (and) five", but not "two thousand and three thousand"."""
    skip = 1 if at < len(tokens) and tokens[at].lower == "and" else 0
    more = words.cardinals.get(tokens[at + skip].lower) if at + skip < len(tokens) else None
    after = tokens[at + skip + 1].lower if at + skip + 1 < len(tokens) else ""
    if skip and _scale(after, words):
        return at, None
    return at + skip + 1, more


def _atom(word: str, words: CountWords) -> tuple[float | None, bool]:
    """The value of one word or one run of digits."""
    if word in words.cardinals:
        return words.cardinals[word], False
    if word in SIGNS:
        return SIGNS[word], True
    if DIGITS.fullmatch(word):
        return float(word.replace(",", "")), True
    if glued := GLUED.fullmatch(word):
        return float(glued[1].replace(",", "")) * words.scales[glued[2].lower()], True
    if fraction := FRACTION.fullmatch(word):
        return int(fraction[1]) / int(fraction[2]), True
    head, hyphen, rest = word.partition("-")
    if hyphen and words.cardinals.get(head, 0) >= 20 and rest in words.cardinals:
        return words.cardinals[head] + words.cardinals[rest], False
    return None, False


def _tail(tokens: tuple[Token, ...], at: int, value: float, words: CountWords) -> tuple[int, float]:
    """The ones behind the tens: "twenty one", "twenty - one"."""
    if value < 20 or value > 90 or value % 10:
        return at, value
    skip = 1 if at < len(tokens) and tokens[at].text == "-" else 0
    ones = words.cardinals.get(tokens[at + skip].lower, 0) if at + skip < len(tokens) else 0
    return (at + skip + 1, value + ones) if 0 < ones < 10 and not tokens[at - 1].text[0].isdigit() else (at, value)


def _fraction(tokens: tuple[Token, ...], at: int, value: float) -> tuple[int, float]:
    """ "5 1/2", "two and a half", "two - and - a - half"."""
    if at < len(tokens) and (fraction := FRACTION.fullmatch(tokens[at].text)):
        return at + 1, value + int(fraction[1]) / int(fraction[2])
    ahead = [t for t in tokens[at : at + 6] if t.text != "-"][:3]
    if [t.lower for t in ahead] == ["and", "a", "half"]:
        return ahead[-1].i + 1, value + 0.5
    return at, value


def _scale(word: str, words: CountWords) -> float | None:
    return 12.0 if word == "dozen" else words.scales.get(word)


def _rest(tokens: tuple[Token, ...], at: int, value: float, words: CountWords) -> tuple[int, float]:
    """ "hundred (and) five"."""
    skip = 1 if at < len(tokens) and tokens[at].lower == "and" else 0
    more = words.cardinals.get(tokens[at + skip].lower) if at + skip < len(tokens) else None
    if more is None or value % 100:
        return at, value
    return _tail_sum(tokens, at + skip + 1, value, more, words)


def _tail_sum(tokens: tuple[Token, ...], at: int, value: float, more: float, words: CountWords) -> tuple[int, float]:
    at, more = _tail(tokens, at, more, words)
    return at, value + more


def _scaled_article(tokens: tuple[Token, ...], first: int, words: CountWords) -> Numeral | None:
    """ "a hundred", "a dozen", "half a million", "half a dozen"; the article belongs to the number."""
    word = tokens[first].lower
    if word in words.fractions:
        ahead = [t.lower for t in tokens[first + 1 : first + 3]]
        factor = _scale(ahead[1], words) if len(ahead) == 2 and ahead[0] == "a" else None
        return Numeral(first, first + 3, words.fractions[word] * factor, digits=False) if factor else None
    factor = _scale(word, words)
    if factor is None or first == 0 or tokens[first - 1].lower not in {"a", "an"}:
        return None
    at, value = _rest(tokens, first + 1, factor, words) if factor == 100 else (first + 1, factor)
    if at < len(tokens) and (more := _scale(tokens[at].lower, words)) and more > factor:
        at, value = at + 1, value * more
    return Numeral(first - 1, at, float(value), digits=False)

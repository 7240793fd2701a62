"""Matching time patterns on tokens: a pivot word, then its pattern to the right and to the left.

In: a Parse, the compiled patterns (``lexicon/timewords.py``). Out: Matches, token ranges with the captured classes.
Nothing is done at a token that is not a pivot, which is what keeps the pass cheap. A pattern never leaves its sentence.
Matching backtracks over optional elements only, so its cost is bounded by the pattern, not by the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from khabar.lexicon.timewords import DIGIT_SHAPES, Element, TimeRule, TimeWords
from khabar.read.numerals import Numeral, find_numerals
from khabar.read.tokens import Parse

WEAK = frozenset({",", "of", "on", "at", "in", "-", "–", "'s", "or"})
"""optional words that only join: never the last one of a match"""
SHAPES = {
    "DAY": re.compile(r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"),
    "YEAR": re.compile(r"(1\d{3}|20\d\d)"),
    "PARTYEAR": re.compile(r"((?:mid|early|late)-(?:1[5-9]|20)\d\d)"),
    "CLOCK": re.compile(r"((?:[01]?\d|2[0-4])[:.][0-5]\d(?:[ap]\.?m\.?)?)"),
    "HHMM": re.compile(r"((?:[01]\d|2[0-3])[0-5]\d)"),
    "DECADE": re.compile(r"(?:pre-|post-)?((?:mid-|early-|late-)?(?:1[5-9]|20)?\d0)s"),
    "NUMDATE": re.compile(r"(\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})|\d{4}[/.]\d{1,2}[/.]\d{1,2})"),
    "YEARS": re.compile(r"((?:1[5-9]|20)\d\d[-–/](?:\d{4}|\d{2}))"),
}
ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
Captures = dict[str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``first`` (inclusive) to ``last`` (exclusive) matched by a rule; ``got`` holds what its classes caught."""

    rule: TimeRule
    first: int
    last: int
    pivot: int
    got: Captures


@dataclass(frozen=True, slots=True)
class Scene:
    """What a pattern looks at: the parse, the words, and where the numbers are."""

    parse: Parse
    words: TimeWords
    starting: dict[int, Numeral] = field(default_factory=dict)
    ending: dict[int, Numeral] = field(default_factory=dict)

    def lower(self, i: int) -> str:
        """The word at an index, in lower case; "" outside the text."""
        return self.parse.tokens[i].lower if 0 <= i < len(self.parse.tokens) else ""


def make_scene(parse: Parse, words: TimeWords) -> Scene:
    """A Scene with the numbers of the text found."""
    numerals = find_numerals(parse, words.numbers)
    return Scene(parse, words, {n.first: n for n in numerals}, {n.last - 1: n for n in numerals})


def pivots(scene: Scene) -> Iterator[tuple[int, tuple[TimeRule, ...]]]:
    """Every token that can be the pivot of some rule, with those rules."""
    by_word, by_digits = scene.words.pivots, scene.words.digit_rules
    for token in scene.parse.tokens:
        text = token.text
        rules = by_word.get(text)
        if rules is None and (text[0].isdigit() or text.endswith("0s") or (text[-1].isdigit() and "-" in text)):
            rules = by_digits
        if rules is not None:
            yield token.i, rules


def match_rule(scene: Scene, rule: TimeRule, pivot: int) -> Match | None:
    """The rule's match with its pivot at this token."""
    here = _take(scene, rule.elements[rule.pivot], pivot, 1)
    if here is None:
        return None
    sentence = scene.parse.sentences[scene.parse.tokens[pivot].sent]
    right = _walk(scene, rule.elements[rule.pivot + 1 :], here[0], 1, sentence.last)
    left = _walk(scene, rule.elements[: rule.pivot][::-1], pivot - 1, -1, sentence.first - 1) if right else None
    if right is None or left is None:
        return None
    got: Captures = {}
    for name, value in [*left[1][::-1], *here[1], *right[1]]:
        got[f"{name}2" if name in got else name] = value
    return Match(rule, left[0] + 1, right[0], pivot, got)


Caught = list[tuple[str, str]]


def _walk(scene: Scene, elements: tuple[Element, ...], at: int, step: int, stop: int) -> tuple[int, Caught] | None:
    """Match elements one after the other in one direction; an optional one is skipped only if the rest needs it."""
    if not elements:
        return at, []
    element, rest = elements[0], elements[1:]
    hit = _take(scene, element, at, step) if at != stop else None
    if hit is not None and (hit[0] - stop) * step <= 0:
        further = _walk(scene, rest, hit[0], step, stop)
        weak = element.optional and not hit[1] and scene.lower(at) in WEAK
        if further is not None and not (weak and further[0] == hit[0]):
            return further[0], [*hit[1], *further[1]]
    return _walk(scene, rest, at, step, stop) if element.optional else None


def _take(scene: Scene, element: Element, at: int, step: int) -> tuple[int, Caught] | None:
    """One element at one token: the index behind it and what was caught."""
    word = scene.lower(at)
    if word in element.words:
        return at + step, []
    for name in element.classes:
        if name in DIGIT_SHAPES:
            shape = SHAPES[name].fullmatch(word if word.isascii() else word.translate(ARABIC_DIGITS)) if word else None
            hit = (at + step, [(name, shape[1])]) if shape else None
        elif name in SPECIAL:
            hit = SPECIAL[name](scene, at, step)
        else:
            hit = _listed(scene, name, at, step)
        if hit is not None:
            return hit
    return None


def _listed(scene: Scene, name: str, at: int, step: int) -> tuple[int, Caught] | None:
    """A word of a listed class."""
    value = scene.words.classes.get(scene.lower(at), {}).get(name)
    if value is None or (name in scene.words.cased and scene.parse.tokens[at].text[0].islower()):
        return None
    return at + step, [(name, value)]


def _number(scene: Scene, at: int, step: int) -> tuple[int, Caught] | None:
    """A number phrase that begins (to the right) or ends (to the left) here."""
    found = (scene.starting if step > 0 else scene.ending).get(at)
    if found is None:
        return None
    return (found.last if step > 0 else found.first - 1), [
        ("NUM", f"{found.value:.0f}" if found.value.is_integer() else f"{found.value:.6f}")
    ]


def _holiday(scene: Scene, at: int, step: int) -> tuple[int, Caught] | None:
    """The longest name of a feast that begins here."""
    for length in range(4, 0, -1):
        rule = scene.words.holidays.get(tuple(scene.lower(k) for k in range(at, at + length)))
        if rule is not None and step > 0 and scene.parse.tokens[at].text[0].isupper():
            return at + length, [("HOLIDAY", rule)]
    return None


def _weekdays(scene: Scene, at: int, step: int) -> tuple[int, Caught] | None:
    """ "Fridays": a weekday in the plural."""
    word = scene.lower(at)
    value = scene.words.classes.get(word[:-1], {}).get("WEEKDAY") if word.endswith("s") else None
    return (at + step, [("WEEKDAY", value)]) if value else None


SPECIAL = {"NUM": _number, "HOLIDAY": _holiday, "WEEKDAYS": _weekdays}

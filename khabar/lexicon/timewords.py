"""Calendar words and time patterns: ``en/timex.yml`` as one frozen table, patterns compiled and indexed by pivot.

The format stands at the top of the YAML file. A pattern that names a class, a make or a key that is not known is
refused with its name; whether its builder and its guard exist is checked by ``read`` when it is first used and by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.counting import CountWords, cased, load_counting
from khabar.lexicon.load import check_keys, read_table

SHAPES = frozenset(
    {"NUM", "DAY", "YEAR", "PARTYEAR", "CLOCK", "HHMM", "DECADE", "NUMDATE", "YEARS", "HOLIDAY", "WEEKDAYS"}
)
"""classes that a word belongs to by its shape or by another table"""
DIGIT_SHAPES = frozenset({"DAY", "YEAR", "PARTYEAR", "CLOCK", "HHMM", "DECADE", "NUMDATE", "YEARS"})
TYPES = frozenset({"DATE", "TIME", "DURATION", "SET"})
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a pattern: any of these words, or a word of any of these classes."""

    words: frozenset[str]
    classes: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRule:
    """One pattern. ``order`` is its place in the table: the earlier wins among equals."""

    name: str
    elements: tuple[Element, ...]
    pivot: int
    make: str
    type: str | None
    value: str | None
    mod: str | None
    guard: str | None
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """Classes by word, patterns by pivot, modifiers by phrase."""

    classes: Mapping[str, Mapping[str, str]]
    cased: frozenset[str]
    pivots: Mapping[str, tuple[TimeRule, ...]]
    """a word as it may be printed (lower, Title, UPPER) to the rules whose pivot it is"""
    digit_rules: tuple[TimeRule, ...]
    """rules whose pivot is a shape of digits"""
    before_point: Mapping[Phrase, str]
    before_length: Mapping[Phrase, str]
    opens: Mapping[str, str]
    joins: Mapping[str, frozenset[str]]
    forward_direct: frozenset[str]
    forward_infinitive: frozenset[str]
    ahead: frozenset[Phrase]
    """phrases before a day that is to come"""
    holidays: Mapping[Phrase, str]
    numbers: CountWords


def load_timewords(language: str = "en") -> TimeWords:
    """The table of a language. Raises DataFault on an unknown key or class, or a pattern without a pivot."""
    where = f"{language}/timex.yml"
    table = read_table(where)
    check_keys(
        f"lexicon/{where}",
        table,
        {"classes", "cased", "rules", "before", "opens", "forward", "ahead", "joins", "holidays"},
        set(),
    )
    known = SHAPES | table["classes"].keys()
    rules = [_rule(where, row, order, known) for order, row in enumerate(table["rules"])]
    holidays = {tuple(str(name).split()): str(rule) for name, rule in table["holidays"].items()}
    return TimeWords(
        classes=_by_word(table["classes"]),
        cased=frozenset(table["cased"]),
        pivots=_index(rules, table["classes"], holidays),
        digit_rules=tuple(r for r in rules if DIGIT_SHAPES.intersection(r.elements[r.pivot].classes)),
        before_point={tuple(p.split()): mod for p, mod in table["before"]["point"].items()},
        before_length={tuple(p.split()): mod for p, mod in table["before"]["length"].items()},
        opens=table["opens"],
        joins={word: frozenset(ends) for word, ends in table["joins"].items()},
        forward_direct=frozenset(table["forward"]["direct"]),
        forward_infinitive=frozenset(table["forward"]["infinitive"]),
        ahead=frozenset(tuple(p.split()) for p in table["ahead"]),
        holidays=holidays,
        numbers=load_counting(language),
    )


def _by_word(classes: dict[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for name, words in classes.items():
        for word, value in words.items():
            out.setdefault(str(word), {})[name] = str(value)
    return out


def _rule(where: str, row: dict[str, Any], order: int, known: frozenset[str]) -> TimeRule:
    place = f"lexicon/{where}: rule {row.get('name')}"
    check_keys(place, row, {"name", "words", "make"}, {"type", "value", "mod", "guard"})
    parts = row["words"].split()
    pivots = [i for i, part in enumerate(parts) if part.startswith("*")]
    if len(pivots) != 1:
        raise DataFault(f"{place}: a pattern needs exactly one pivot (*), this has {len(pivots)}")
    if row.get("type") not in {None, *TYPES}:
        raise DataFault(f"{place}: unknown type {row['type']!r}; known: {sorted(TYPES)}")
    return TimeRule(
        name=row["name"],
        elements=tuple(_element(place, part, known) for part in parts),
        pivot=pivots[0],
        make=row["make"],
        type=row.get("type"),
        value=row.get("value"),
        mod=row.get("mod"),
        guard=row.get("guard"),
        order=order,
    )


def _element(place: str, part: str, known: frozenset[str]) -> Element:
    optional = part.endswith("?") and part != "?"
    options = part.lstrip("*").rstrip("?").split("|")
    classes = tuple(o for o in options if o.isupper())
    if unknown := set(classes) - known:
        raise DataFault(f"{place}: unknown class {sorted(unknown)}; known: {sorted(known)}")
    return Element(frozenset(o for o in options if not o.isupper()), classes, optional)


def _index(
    rules: list[TimeRule], classes: dict[str, dict[str, Any]], holidays: Mapping[Phrase, str]
) -> dict[str, tuple[TimeRule, ...]]:
    """Every printed form of a pivot word to its rules."""
    found: dict[str, list[TimeRule]] = {}
    for rule in rules:
        element = rule.elements[rule.pivot]
        words = set(element.words)
        for name in element.classes:
            words |= {str(w) for w in classes.get(name, ())}
            words |= {phrase[0] for phrase in holidays} if name == "HOLIDAY" else set()
            words |= {f"{w}s" for w in classes["WEEKDAY"]} if name == "WEEKDAYS" else set()
        for form in set(cased(sorted(words))):
            found.setdefault(form, []).append(rule)
    return {form: tuple(rows) for form, rows in found.items()}

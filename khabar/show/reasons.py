"""Rules of the reader in plain words: ``rules.yml`` as look-ups.

In: a section of the table and a rule as a record carries it ("verb/clause", "negated: not", "score: 0.8 row, 0.97 link").
Out: one phrase, or None where the table has none. Words that only hedge need no entry: they stand in the lexicon by their
kind. The table says what a rule means in general; what it did here stands beside it in ``why.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from khabar.lexicon.hedges import Hedges, load_hedges

SCORE, SIGNS = "score: ", "signs: "
"""how the notes of a basis begin that tell of the score"""
HEDGES = ("modal", "raising", "adverb", "adjective", "generic")
"""kinds of the lexicon whose words stand in a basis as they are"""


@cache
def phrases() -> Mapping[str, Mapping[str, str]]:
    """Section to rule to phrase."""
    table: dict[str, dict[str, str]] = yaml.safe_load(
        files("khabar.show").joinpath("rules.yml").read_text(encoding="utf-8")
    )
    return table


def phrase(section: str, rule: str) -> str | None:
    """The phrase of a rule, its stars filled in."""
    rows = phrases()[section]
    if rule in rows:
        return rows[rule].format(rule)
    if section == "basis" and (said := _hedge(rule)) is not None:
        return said
    for key, text in rows.items():
        found = _match(key, rule)
        if found is not None:
            return text.format(*found)
    return None


def reason(section: str, rule: str) -> str:
    """The phrase of a rule; the rule itself where there is none."""
    return phrase(section, rule) or rule


def filled(section: str, key: str, *words: str) -> str:
    """The phrase of a key that is known to be there, with words put in."""
    return phrases()[section][key].format(*words)


def factors(basis: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Names and values of the factors of the score, in order; () where the reading does not tell them."""
    note = next((b for b in basis if b.startswith(SCORE)), SCORE)
    pairs = (part.partition(" ") for part in note.removeprefix(SCORE).split(", ") if part)
    return tuple((name, float(value)) for value, _, name in pairs)


def signs(basis: tuple[str, ...]) -> tuple[str, ...]:
    """What the calibration of the score looked at besides the factors."""
    note = next((b for b in basis if b.startswith(SIGNS)), SIGNS)
    return tuple(note.removeprefix(SIGNS).split(", ")) if note != SIGNS else ()


def _match(key: str, rule: str) -> tuple[str, ...] | None:
    """What the stars of a key stand for, or the alternative that is the rule; None if it does not fit."""
    if "|" in key:
        return (rule.rpartition(" ")[2],) if rule in key.split("|") else None
    pattern = "(.+)".join(re.escape(part) for part in key.split("*"))
    found = re.fullmatch(pattern, rule) if "*" in key else None
    return found.groups() if found else None


def _hedge(word: str) -> str | None:
    """What a hedging word does, by its kind in the lexicon."""
    kind = next((k for k in HEDGES if _hedges().get(k, word) is not None), None)
    return filled("hedge", kind, word) if kind is not None else None


@cache
def _hedges() -> Hedges:
    return load_hedges()

"""Number words and the words around numbers: ``en/quantities.yml`` as one frozen table.

The format stands at the top of the YAML file. Ranges are pairs (low, high); None = open end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys, read_table

Range = tuple[float | None, float | None]
BOUNDS = frozenset({"at_least", "at_most", "above", "below", "about"})
KEYS = {
    "cardinals", "ordinals", "scales", "fractions", "vague", "groups", "nobody", "bounds", "after", "currency",
    "percent", "people", "per", "units_of_rate", "not_counted", "measures", "victim_verbs", "fates", "of_people",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWords:
    """All tables of counting. ``bounds`` and ``after`` map a phrase, split into lower-case words, to its kind."""

    cardinals: Mapping[str, float]
    ordinals: Mapping[str, int]
    scales: Mapping[str, float]
    fractions: Mapping[str, float]
    vague: Mapping[str, Range]
    groups: Mapping[str, Range]
    nobody: Mapping[str, str | None]
    bounds: Mapping[tuple[str, ...], str]
    after: Mapping[tuple[str, ...], str]
    currency: Mapping[str, str]
    percent: frozenset[str]
    people: frozenset[str]
    per: frozenset[str]
    units_of_rate: frozenset[str]
    not_counted: frozenset[str]
    measures: frozenset[str]
    victim_verbs: frozenset[str]
    fates: Mapping[str, Mapping[str, str]]
    """kinds of word (done, suffered, states, idioms, nouns): word: fate"""
    of_people: frozenset[str]
    """fates that only people have: "held two rallies" detains nobody"""
    persons: frozenset[str]
    """nouns for people, by lemma, of ``en/entities.yml``"""
    starters: frozenset[str]
    """every word that can begin a number, in lower, Title and UPPER case: the index that keeps the scan cheap"""


def load_counting(language: str = "en") -> CountWords:
    """The table of a language. Raises DataFault on an unknown key, kind of bound, or a range upside down."""
    where = f"{language}/quantities.yml"
    table = read_table(where)
    check_keys(f"lexicon/{where}", table, KEYS, set())
    vague, groups = _ranges(where, table["vague"]), _ranges(where, table["groups"])
    starts = [*table["cardinals"], *table["ordinals"], *table["scales"], *table["fractions"], *vague, *groups]
    return CountWords(
        cardinals=table["cardinals"],
        ordinals=table["ordinals"],
        scales=table["scales"],
        fractions=table["fractions"],
        vague=vague,
        groups=groups,
        nobody=table["nobody"],
        bounds=_phrases(where, table["bounds"]),
        after=_phrases(where, table["after"]),
        currency=table["currency"],
        percent=frozenset(table["percent"]),
        people=frozenset(table["people"]),
        per=frozenset(table["per"]),
        units_of_rate=frozenset(table["units_of_rate"]),
        not_counted=frozenset(table["not_counted"]),
        measures=frozenset(table["measures"]),
        victim_verbs=frozenset(table["victim_verbs"]),
        fates={
            kind: {word: fate for fate, listed in rows.items() for word in listed}
            for kind, rows in table["fates"].items()
        },
        of_people=frozenset(table["of_people"]),
        persons=_persons(language),
        starters=frozenset(cased(starts)),
    )


def cased(words: list[str]) -> list[str]:
    """Each word in lower, Title and UPPER case."""
    return [form for word in words for form in (word.lower(), word.capitalize(), word.upper())]


def _persons(language: str) -> frozenset[str]:
    """Nouns for people, from the table of kinds."""
    rows = read_table(f"{language}/entities.yml")["heads"]
    return frozenset(word for row in rows if row["kind"] == "PER" for word in row["words"])


def _ranges(where: str, rows: dict[str, list[float | None]]) -> dict[str, Range]:
    out: dict[str, Range] = {}
    for word, pair in rows.items():
        if len(pair) != 2 or (pair[0] is not None and pair[1] is not None and pair[0] > pair[1]):
            raise DataFault(f"lexicon/{where}: {word}: {pair} is not a range [low, high]")
        out[word] = (pair[0], pair[1])
    return out


def _phrases(where: str, rows: dict[str, list[Any]]) -> dict[tuple[str, ...], str]:
    if rows.keys() - BOUNDS:
        raise DataFault(f"lexicon/{where}: unknown bound {sorted(rows.keys() - BOUNDS)}; known: {sorted(BOUNDS)}")
    return {tuple(str(phrase).split()): kind for kind, phrases in rows.items() for phrase in phrases}

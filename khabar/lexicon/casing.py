"""Words whose capital letter a text in capitals hides: ``en/casing.yml`` as one frozen table.

In: the packaged table, once. Out: ``CaseWords``; all words are lower case. It knows no names: those are in the tables of
entities and nations and in whatever the reader is handed.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.lexicon.load import check_keys, check_words, read_table

LISTS = (
    "calendar",
    "doubtful",
    "before_month",
    "articles",
    "joints",
    "marks",
    "words",
    "always",
    "names",
    "endings",
    "onsets",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWords:
    """The table; the YAML file says at its top what each list is for."""

    calendar: frozenset[str]
    doubtful: frozenset[str]
    before_month: frozenset[str]
    articles: frozenset[str]
    joints: frozenset[str]
    marks: frozenset[str]
    words: frozenset[str]
    always: frozenset[str]
    names: frozenset[str]
    endings: tuple[str, ...]
    onsets: frozenset[str]


def load_casing(language: str = "en") -> CaseWords:
    """The table of a language. Raises DataFault on an unknown key or an empty list."""
    where = f"{language}/casing.yml"
    table = read_table(where)
    check_keys(f"lexicon/{where}", table, set(LISTS), set())
    lists = {name: check_words(f"lexicon/{where}: {name}", table[name]) for name in LISTS}
    endings = tuple(lists.pop("endings"))
    return CaseWords(endings=endings, **{name: frozenset(words) for name, words in lists.items()})

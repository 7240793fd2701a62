"""Modals, negators, hedges, conditions, purposes, time words: ``en/hedges.yml`` as a frozen table.

In: the packaged table. Out: per kind of word and word what it does to FactBank value and realis of its clause. Words
of several parts are given with blanks and found by ``phrases``. What it cannot do: find a word's scope; rules do that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys, check_words, read_table
from khabar.model.factuality import Commitment, Realis

PROBABILITY = {"modal", "negator", "adverb", "adjective", "falsifier", "raising"}
CLAUSES = {"condition", "fiction", "future_clause", "purpose", "presupposing"}
KINDS = frozenset(PROBABILITY | CLAUSES | {"past", "ongoing", "future", "generic"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What a clause is set to; None leaves it as it is."""

    value: Commitment | None
    realis: Realis | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedge:
    """One word of one kind: its setting, and the settings before a perfect and in the past where they differ."""

    word: str
    kind: str
    setting: Setting
    perfect: Setting
    past: Setting


@dataclass(frozen=True, slots=True)
class Hedges:
    """All hedges by (kind, word)."""

    by_word: dict[tuple[str, str], Hedge]

    def get(self, kind: str, word: str) -> Hedge | None:
        """The hedge of this kind, the word in lower case or as lemma."""
        return self.by_word.get((kind, word))

    def words(self, kind: str) -> frozenset[str]:
        """All words of a kind, phrases too."""
        return frozenset(word for known, word in self.by_word if known == kind)

    def phrases(self, kind: str) -> tuple[tuple[str, ...], ...]:
        """The phrases of a kind as tuples of words, longest first."""
        found = {tuple(word.split()) for word in self.words(kind) if " " in word}
        return tuple(sorted(found, key=lambda words: (-len(words), words)))


def load_hedges(language: str = "en") -> Hedges:
    """The table of a language. Raises DataFault naming file and row."""
    where = f"lexicon/{language}/hedges.yml"
    table = read_table(f"{language}/hedges.yml")
    check_keys(where, table, set(KINDS), set())
    found: dict[tuple[str, str], Hedge] = {}
    for kind, rows in table.items():
        for hedge in (hedge for row in rows for hedge in _hedges(where, kind, row)):
            if (kind, hedge.word) in found:
                raise DataFault(f"{where}: {kind}: {hedge.word} is given twice")
            found[kind, hedge.word] = hedge
    return Hedges(found)


def _hedges(where: str, kind: str, row: dict[str, Any]) -> list[Hedge]:
    """One row gives a record per word."""
    place = f"{where}: {kind}: {row.get('words')}"
    check_keys(place, row, {"words"}, {"value", "realis", "perfect", "past", "note"})
    setting = _setting(place, {key: row[key] for key in ("value", "realis") if key in row})
    perfect = _setting(place, row["perfect"]) if "perfect" in row else setting
    past = _setting(place, row["past"]) if "past" in row else setting
    words = check_words(place, row["words"])
    return [Hedge(word=word, kind=kind, setting=setting, perfect=perfect, past=past) for word in words]


def _setting(place: str, entry: dict[str, str]) -> Setting:
    """A setting must set something, in known values."""
    check_keys(place, entry, set(), {"value", "realis"})
    if not entry:
        raise DataFault(f"{place}: give a value, a realis, or both")
    try:
        value = Commitment(entry["value"]) if "value" in entry else None
        return Setting(value, Realis(entry["realis"]) if "realis" in entry else None)
    except ValueError as error:
        raise DataFault(f"{place}: {error}; known: {', '.join(Commitment)}; {', '.join(Realis)}") from error

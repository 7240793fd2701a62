"""Countries as English news names them: ``en/nations.yml`` as one frozen table from word to ISO 3166-1 alpha-3 code.

In: the packaged table, once. Out: ``Nations``; its questions take a word as it stands in the text ("Libyan", "the
Kremlin", "LIBYA") and ignore case, accents, full stops and a leading "the". A word may have several bearers ("Congo",
"Congolese"), so every answer is a tuple of codes in the order of the table; empty = unknown. It cannot tell Georgia
the country from the state, nor a capital as a place from a capital as a government: that is the caller's context.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys, read_table

Codes = tuple[str, ...]
LIKE_WORDS = frozenset({"us", "car", "polish", "turkey", "chad", "male"})
"""folded names that are also English words or first names: they count only when written with a capital"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nation:
    """One country: code, names, adjectives, nouns for its people, capital and other names for its government."""

    iso3: str
    names: Codes
    adjectives: Codes
    people: Codes
    capitals: Codes
    seats: Codes
    organs: tuple[tuple[str, str], ...]
    """(name, sort of body): buildings that stand for one organ only"""

    @property
    def name(self) -> str:
        """The usual name."""
        return self.names[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nations:
    """All countries by code, and by folded name, adjective, people noun, and capital or other seat of government."""

    by_code: Mapping[str, Nation]
    by_name: Mapping[str, Codes]
    by_adjective: Mapping[str, Codes]
    by_people: Mapping[str, Codes]
    by_capital: Mapping[str, Codes]
    by_seat: Mapping[str, Codes]
    by_organ: Mapping[str, tuple[tuple[str, str], ...]]

    def name(self, word: str) -> Codes:
        """Codes of the countries of this name."""
        return _ask(self.by_name, word)

    def adjective(self, word: str) -> Codes:
        """Codes of the countries with this adjective."""
        return _ask(self.by_adjective, word)

    def people(self, word: str) -> Codes:
        """Codes of the countries whose people are called this ("Libyans", "Swede")."""
        return _ask(self.by_people, word)

    def capital(self, word: str) -> Codes:
        """Codes of the countries whose government sits in this town."""
        return _ask(self.by_capital, word)

    def seat(self, word: str) -> Codes:
        """Codes of the countries whose government is called by this building or street ("the Kremlin")."""
        return _ask(self.by_seat, word)

    def organ(self, word: str) -> tuple[tuple[str, str], ...]:
        """(code, sort of body) of the organs of state that are called by this building or name ("the Knesset")."""
        return self.by_organ.get(_key(word), ())

    def metonym(self, word: str) -> Codes:
        """Codes of the countries whose government is called this: capital or seat."""
        return self.capital(word) or self.seat(word)

    def any(self, word: str) -> Codes:
        """Codes by name, adjective or people, whichever knows the word first."""
        key = _key(word)
        return self.by_name.get(key) or self.by_adjective.get(key) or self.by_people.get(key, ())


def fold_nation(word: str) -> str:
    """Key of a word: no case, accents or full stops, straight apostrophes, single blanks, no leading "the"."""
    if word.isascii():  # most words: nothing to decompose
        plain = word.replace(".", "")
    else:
        plain = unicodedata.normalize("NFKD", word.replace("’", "'"))
        plain = "".join(c for c in plain if not unicodedata.combining(c) and c != ".")
    return " ".join(plain.casefold().split()).removeprefix("the ")


def load_nations(language: str = "en") -> Nations:
    """The table of a language. Raises DataFault on an unknown key, a code that is none, or a country without a name."""
    where = f"{language}/nations.yml"
    rows = [_nation(where, code, row) for code, row in read_table(where).items()]
    return Nations(
        by_code={n.iso3: n for n in rows},
        by_name=_index((n.iso3, n.names) for n in rows),
        by_adjective=_index((n.iso3, n.adjectives) for n in rows),
        by_people=_index((n.iso3, n.people) for n in rows),
        by_capital=_index((n.iso3, n.capitals) for n in rows),
        by_seat=_index((n.iso3, (*n.seats, *(name for name, _ in n.organs))) for n in rows),
        by_organ=_organs(rows),
    )


def _nation(where: str, code: str, row: dict[str, Any]) -> Nation:
    place = f"lexicon/{where}: {code}"
    check_keys(place, row, {"names", "adj", "people", "capital"}, {"seat", "organ"})
    if len(code) != 3 or not code.isupper() or not row["names"]:
        raise DataFault(f"{place}: needs an ISO alpha-3 code as key and at least one name")
    given = [tuple(row.get(key, ())) for key in ("names", "adj", "people", "capital", "seat")]
    organs = tuple((str(name), str(sort)) for sort, names in row.get("organ", {}).items() for name in names)
    return Nation(
        iso3=code,
        names=given[0],
        adjectives=given[1],
        people=given[2],
        capitals=given[3],
        seats=given[4],
        organs=organs,
    )


def _organs(rows: Iterable[Nation]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for nation in rows:
        for name, sort in nation.organs:
            key = fold_nation(name)
            found[key] = (*found.get(key, ()), (nation.iso3, sort))
    return found


def _index(pairs: Iterable[tuple[str, Codes]]) -> dict[str, Codes]:
    found: dict[str, list[str]] = {}
    for code, words in pairs:
        for word in words:
            bearers = found.setdefault(fold_nation(word), [])
            if code not in bearers:
                bearers.append(code)
    return {word: tuple(codes) for word, codes in found.items()}


def _ask(index: Mapping[str, Codes], word: str) -> Codes:
    return index.get(_key(word), ())


def _key(word: str) -> str:
    """The folded word; nothing for a common word that only looks like a country's name."""
    key = fold_nation(word)
    return "" if key in LIKE_WORDS and word.removeprefix("the ")[:1].islower() else key

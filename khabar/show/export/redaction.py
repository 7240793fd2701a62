"""Exported rows without somebody's name: the name and its ids are withheld wherever they stand in a row.

In: what somebody is called (``ledger/persons.py``), rows as plain values. Out: the same rows with ``[withheld]`` in the place
of every name, in sentences, chains, headlines, quotes, and whole addresses and file names that spell it. Case, accents
and what stands between the words of a name do not matter. Ids of claims, versions and digests stay, so that whoever has
the ledger can still find the row. It is a courtesy of the export, no change of the ledger (that is ``ledger/purge.py``), and
it cannot withhold what describes somebody without the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from khabar.ledger.persons import Called

WITHHELD = "[withheld]"
WORD = re.compile(r"[^\W_]+")
BETWEEN = r"[\W_]{1,2}"
"""what may stand between the words of a name"""


class Redaction:
    """Withholds some people's names; ``places`` counts where."""

    def __init__(self, people: Iterable[Called]) -> None:
        everybody = tuple(people)
        names = [name for person in everybody for name in person.names]
        self._ids = frozenset(known for person in everybody for known in person.ids)
        self._names, self._plain = _pattern(names), _pattern(map(without_accents, names))
        self.places = 0

    def rows(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """The same rows without the names."""
        for row in rows:
            yield {name: self.value(value) for name, value in row.items()}

    def value(self, value: Any) -> Any:
        """A value of a row, lists and records within it as well."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {name: self.value(part) for name, part in value.items()}
        return [self.value(part) for part in value] if isinstance(value, list | tuple) else value

    def text(self, text: str) -> str:
        """Words without the names; an id, or an address that spells a name, is withheld whole."""
        address = not re.search(r"\s", text) and self._plain.search(without_accents(unquote(text)))
        if text in self._ids or (address and WORD.fullmatch(text) is None):
            self.places += 1
            return WITHHELD
        left, count = self._names.subn(WITHHELD, text)
        self.places += count
        return left


def without_accents(text: str) -> str:
    """Letters without their marks, as addresses spell them."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, the longest first, as whole words."""
    words = (WORD.findall(name) for name in names)
    spelled = sorted({BETWEEN.join(map(re.escape, found)) for found in words if found}, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelled) or '(?!)'})(?![^\W_])", re.IGNORECASE)

"""What predicates mean for who holds a place: ``en/control.yml`` as one frozen table.

In: the packaged table. Out: ``Holding``; its question takes a lemma, a particle or None, and the mode that the trigger tables
gave a control predicate. The lemma with its particle wins over the lemma alone, that over the mode.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys, read_table


class Meaning(StrEnum):
    """What happens to the place; explained at the top of the YAML file."""

    TAKES = "takes"
    HOLDS = "holds"
    GIVES = "gives"
    LOSES = "loses"
    FALLS = "falls"
    LEAVES = "leaves"
    ENTERS = "enters"
    BESIEGES = "besieges"
    REPELS = "repels"
    CONTESTS = "contests"


MODES = {"take": "takes", "hold": "holds", "give": "gives", "lose": "falls"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The table."""

    means: Mapping[str, Meaning]
    holdable: frozenset[str]
    nobody: frozenset[str]
    had: frozenset[str]
    both_sides: frozenset[str]
    contesting: frozenset[str]

    def meaning(self, lemma: str, particle: str | None, mode: str | None) -> Meaning | None:
        """What a predicate means; ``mode``: of a control predicate, else None."""
        if particle and f"{lemma}+{particle}" in self.means:
            return self.means[f"{lemma}+{particle}"]
        if mode in MODES:
            return Meaning(MODES[mode])
        return self.means.get(lemma)


@cache
def load_holding(language: str = "en") -> Holding:
    """The table of a language. Raises DataFault on an unknown key or meaning."""
    where = f"{language}/control.yml"
    table = read_table(where)
    check_keys(f"lexicon/{where}", table, {"means", "holdable", "nobody", "had", "both_sides", "contesting"}, set())
    unknown = table["means"].keys() - set(Meaning)
    if unknown:
        raise DataFault(f"lexicon/{where}: unknown meaning {sorted(unknown)}; known: {sorted(Meaning)}")
    return Holding(
        means={str(word): Meaning(name) for name, words in table["means"].items() for word in words},
        holdable=frozenset(table["holdable"]),
        nobody=frozenset(table["nobody"]),
        had=frozenset(table["had"]),
        both_sides=frozenset(table["both_sides"]),
        contesting=frozenset(table["contesting"]),
    )

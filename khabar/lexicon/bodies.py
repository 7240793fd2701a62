"""Words for bodies of state and for what stands beside place names: ``en/bodies.yml`` as one frozen table.

In: the packaged table, once. Out: ``BodyWords``; words are lower case. It says nothing of which country's army is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from khabar.lexicon.load import check_keys, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyWords:
    """Sort of body by noun, nouns for what is owned, feature groups by word, container phrases, directions in degrees."""

    sorts: Mapping[str, str]
    owned: frozenset[str]
    features: Mapping[str, str]
    containers: tuple[str, ...]
    directions: Mapping[str, float]

    def sort_of(self, phrase: str) -> str | None:
        """Sort of body that a phrase ends in, the longest noun first: "libyan air force" is an air_force."""
        words = phrase.lower().split()
        for length in (4, 3, 2, 1):
            found = self.sorts.get(" ".join(words[-length:])) if len(words) >= length else None
            if found is not None:
                return found
        return None


def load_bodies(language: str = "en") -> BodyWords:
    """The table of a language. Raises DataFault on an unknown key."""
    where = f"{language}/bodies.yml"
    table = read_table(where)
    check_keys(f"lexicon/{where}", table, {"bodies", "owned", "features", "containers", "directions"}, set())
    return BodyWords(
        sorts={noun: sort for sort, nouns in table["bodies"].items() for noun in nouns},
        owned=frozenset(table["owned"]),
        features={word: group for group, words in table["features"].items() for word in words},
        containers=tuple(table["containers"]),
        directions={str(word): float(angle) for word, angle in table["directions"].items()},
    )

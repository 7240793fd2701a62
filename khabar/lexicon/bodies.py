"""Words for bodies of state and for what stands beside place names: ``en/bodies.yml`` as one frozen table.

In: the packaged table, once. Out: ``BodyWords``; words are lower case. It says nothing of which country's army is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from khabar.lexicon.load import check_keys, read_table

LISTS = (
    "owned",
    "regular",
    "sightings",
    "indefinite",
    "qualified",
    "rival",
    "governs",
    "rulers",
    "first",
    "any_first",
    "holding",
    "roads",
    "stays",
    "mute",
    "calls",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyWords:
    """Sort of body by noun, nouns for what is owned, offices by noun, feature groups by word, container phrases,
    directions in degrees; the YAML file says at its top what each is for.
    """

    sorts: Mapping[str, str]
    owned: frozenset[str]
    regular: frozenset[str]
    sightings: frozenset[str]
    indefinite: frozenset[str]
    qualified: frozenset[str]
    rival: frozenset[str]
    governs: frozenset[str]
    offices: Mapping[str, str]
    rulers: frozenset[str]
    first: frozenset[str]
    any_first: frozenset[str]
    holding: frozenset[str]
    roads: frozenset[str]
    stays: frozenset[str]
    mute: frozenset[str]
    calls: frozenset[str]
    features: Mapping[str, str]
    containers: tuple[str, ...]
    directions: Mapping[str, float]

    def sort_of(self, phrase: str) -> str | None:
        """Sort of body that a phrase ends in, the longest noun first: "libyan air force" is an air_force."""
        return _tail(self.sorts, phrase)[0]

    def office_of(self, phrase: str) -> str | None:
        """The office that a phrase ends in: "the israeli defense minister" is a "defence minister"."""
        return _tail(self.offices, phrase)[0]

    def before_office(self, phrase: str) -> list[str]:
        """What stands before the office that a phrase ends in, without an article or a genitive."""
        words = phrase.lower().replace("’s", "'s").split()
        left = words[: len(words) - _tail(self.offices, phrase)[1]]
        return [w for i, w in enumerate(left) if w != "'s" and not (i == 0 and w == "the")]


def _tail(table: Mapping[str, str], phrase: str) -> tuple[str | None, int]:
    """What the longest words at the end of a phrase mean, and how many they are."""
    words = phrase.lower().split()
    for length in (4, 3, 2, 1):
        found = table.get(" ".join(words[-length:])) if len(words) >= length else None
        if found is not None:
            return found, length
    return None, 0


def load_bodies(language: str = "en") -> BodyWords:
    """The table of a language. Raises DataFault on an unknown key."""
    where = f"{language}/bodies.yml"
    table = read_table(where)
    check_keys(f"lexicon/{where}", table, {"bodies", "offices", "features", "containers", "directions", *LISTS}, set())
    return BodyWords(
        sorts={noun: sort for sort, nouns in table["bodies"].items() for noun in nouns},
        offices={noun: office for office, nouns in table["offices"].items() for noun in nouns},
        **{name: frozenset(table[name]) for name in LISTS},
        features={word: group for group, words in table["features"].items() for word in words},
        containers=tuple(table["containers"]),
        directions={str(word): float(angle) for word, angle in table["directions"].items()},
    )

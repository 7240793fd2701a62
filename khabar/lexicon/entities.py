"""Words that make mentions: ``en/entities.yml`` as one frozen table.

In: the packaged table, once. Out: ``EntityWords``; its questions take a lower-case word. Kinds are ACE's; a *group* is
the table's ``class``, by which a description finds what it describes ("the newspaper" an outlet). It knows words, not
texts: whether "the force" is a militia or physics is the caller's context.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys, read_table
from khabar.model.mentions import Kind

NUMBERS = frozenset({"singular", "plural", "any"})
GENDERS = frozenset({"male", "female", "none", "any"})
TITLES = ("titles", "title_modifiers", "title_tails", "male", "female")
NAMES = (
    "particles",
    "patronymics",
    "not_names",
    "capitals",
    "peoples",
    "directions",
    "named_by_of",
    "kingdom",
    "kingdoms",
)
PEOPLE = ("any_kind", "generic_people", "anonymous", "documents", "plural", "collective")
OTHERS = ("weak", "counted", "plural_only", "partitives", "describing", "place_verbs", "place_subject_verbs")
VERBS = ("speech", "goes_on", "about_claims", "answering", "naming", "impersonal", "minded")
MACHINES = (
    "machines",
    "machine_marks",
    "machine_acts",
    "machine_suffers",
    "people_marks",
    "housed",
    "building_suffers",
    "blasts",
)
LISTS = (*TITLES, *NAMES, *PEOPLE, *OTHERS, *VERBS, *MACHINES)


@dataclass(frozen=True, slots=True)
class HeadWord:
    """A noun that heads descriptions. ``names``: beside a bare name it only says what the name is ("Tamat region")."""

    word: str
    kind: Kind
    group: str
    covers: frozenset[str]
    names: bool


@dataclass(frozen=True, slots=True)
class NamePart:
    """What the first or last word of a name says of its kind."""

    kind: Kind
    group: str


@dataclass(frozen=True, slots=True)
class NamedSort:
    """What a sort of the tables of names is called in descriptions: its group, and modifiers that fit it."""

    group: str
    mods: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pronoun:
    """Number, gender and the kinds of thing it may stand for."""

    word: str
    number: str
    gender: str
    kinds: frozenset[Kind]
    first: bool
    relative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityWords:
    """The whole table. Sets hold lower-case words; the YAML file says at its top what each is for."""

    heads: Mapping[str, HeadWord]
    name_ends: Mapping[str, NamePart]
    name_starts: Mapping[str, NamePart]
    pronouns: Mapping[str, Pronoun]
    sorts: Mapping[str, NamedSort]
    weak: frozenset[str]
    plural_only: frozenset[str]
    titles: frozenset[str]
    title_modifiers: frozenset[str]
    title_tails: frozenset[str]
    particles: frozenset[str]
    patronymics: frozenset[str]
    not_names: frozenset[str]
    capitals: frozenset[str]
    peoples: frozenset[str]
    directions: frozenset[str]
    named_by_of: frozenset[str]
    kingdom: frozenset[str]
    kingdoms: frozenset[str]
    partitives: frozenset[str]
    any_kind: frozenset[str]
    generic_people: frozenset[str]
    anonymous: frozenset[str]
    documents: frozenset[str]
    plural: frozenset[str]
    collective: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    describing: frozenset[str]
    speech: frozenset[str]
    goes_on: frozenset[str]
    about_claims: frozenset[str]
    answering: frozenset[str]
    naming: frozenset[str]
    place_verbs: frozenset[str]
    place_subject_verbs: frozenset[str]
    impersonal: frozenset[str]
    minded: frozenset[str]
    machines: frozenset[str]
    machine_marks: frozenset[str]
    machine_acts: frozenset[str]
    machine_suffers: frozenset[str]
    people_marks: frozenset[str]
    housed: frozenset[str]
    building_suffers: frozenset[str]
    blasts: frozenset[str]
    counted: frozenset[str]

    def head(self, lower: str, lemma: str = "") -> HeadWord | None:
        """The entry of a word, by its form, its lemma, or its form without a plural s (for names: "Brigades")."""
        heads = self.heads
        return heads.get(lower) or heads.get(lemma) or (heads.get(lower[:-1]) if lower.endswith("s") else None)

    def is_title(self, lower: str) -> bool:
        """Whether the word may stand before a person's name: an honorific, a rank, an office, a role."""
        if lower in self.titles:
            return True
        head = self.heads.get(lower)
        return head is not None and head.group in ("office", "rank", "role")

    def gender(self, lower: str) -> str:
        """``male``, ``female`` or ``any`` of a title, a role noun or a first name."""
        if lower in self.male:
            return "female" if lower in self.female else "male"
        return "female" if lower in self.female else "any"


def load_entities(language: str = "en") -> EntityWords:
    """The table of a language. Raises DataFault on an unknown key, kind, number or gender, or a head given twice."""
    where = f"lexicon/{language}/entities.yml"
    table = read_table(f"{language}/entities.yml")
    check_keys(where, table, {"heads", "name_ends", "name_starts", "pronouns", "sorts", *LISTS}, set())
    return EntityWords(
        heads=_heads(where, table["heads"]),
        name_ends=_parts(f"{where}: name_ends", table["name_ends"]),
        name_starts=_parts(f"{where}: name_starts", table["name_starts"]),
        pronouns=_pronouns(where, table["pronouns"]),
        sorts=_sorts(f"{where}: sorts", table["sorts"]),
        **{name: frozenset(map(str, table[name])) for name in LISTS},
    )


def _kind(where: str, name: str) -> Kind:
    if name not in Kind.__members__:
        raise DataFault(f"{where}: unknown kind {name!r}; known: {sorted(Kind.__members__)}")
    return Kind(name)


def _heads(where: str, rows: list[dict[str, Any]]) -> dict[str, HeadWord]:
    found: dict[str, HeadWord] = {}
    for row in rows:
        place = f"{where}: heads: {row.get('class')}"
        check_keys(place, row, {"kind", "class", "words"}, {"covers", "names"})
        kind, covers = _kind(place, row["kind"]), frozenset(row.get("covers", ()))
        for word in row["words"]:
            if word in found:
                raise DataFault(f"{place}: {word!r} stands in {found[word].group} already; one row per word")
            found[word] = HeadWord(word, kind, row["class"], covers, bool(row.get("names", False)))
    return found


def _parts(where: str, rows: list[dict[str, Any]]) -> dict[str, NamePart]:
    found: dict[str, NamePart] = {}
    for row in rows:
        check_keys(where, row, {"kind", "class", "words"}, set())
        part = NamePart(_kind(where, row["kind"]), row["class"])
        found.update({word: part for word in row["words"] if word not in found})
    return found


def _sorts(where: str, rows: list[dict[str, Any]]) -> dict[str, NamedSort]:
    found: dict[str, NamedSort] = {}
    for row in rows:
        check_keys(where, row, {"sorts", "class"}, {"mods"})
        found |= dict.fromkeys(row["sorts"], NamedSort(row["class"], frozenset(row.get("mods", ()))))
    return found


def _pronouns(where: str, rows: list[dict[str, Any]]) -> dict[str, Pronoun]:
    found: dict[str, Pronoun] = {}
    for row in rows:
        place = f"{where}: pronouns: {row.get('words')}"
        check_keys(place, row, {"words", "number", "gender", "kinds"}, {"first", "relative"})
        if row["number"] not in NUMBERS or row["gender"] not in GENDERS:
            raise DataFault(f"{place}: number is one of {sorted(NUMBERS)}, gender one of {sorted(GENDERS)}")
        kinds = frozenset(_kind(place, kind) for kind in row["kinds"])
        for word in row["words"]:
            found[word] = Pronoun(
                word, row["number"], row["gender"], kinds, bool(row.get("first")), bool(row.get("relative"))
            )
    return found

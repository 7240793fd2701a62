"""Words by which a revision is told: ``en/revision.yml`` as one frozen table, with the verb forms written out.

In: the packaged table. Out: ``RevisionWords``; all keys are lower case save names. A word with "~" in the YAML is a verb
lemma: all its forms are put in its place. Regular forms are made by spelling rules and may include words that do not
exist ("denyed" is not made, "putted" is); that does no harm when looking words up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys, read_table

Phrase = tuple[str, ...]
PLAIN = (
    "small", "copulas", "plain_verbs", "clause_openers", "boundaries", "before_nouns", "auxiliaries", "inside_names",
    "not_counting_one", "loose_counts", "measures", "risen", "rubrics", "asking", "spoken_deeds", "privatives",
    "after_agent", "circumstances", "owners_in_names", "telling_things", "figures", "sure_cues", "noun_cues",
    "common", "owned", "units", "unknown", "refused", "losses", "idle_negation", "not_verbs", "to_readers", "where",
    "armed", "no_names", "verdicts", "fillers", "negative",
    "figure_cues", "fates_ahead", "object_cues", "out_of_office", "perceived", "common_ends", "adjective_ends",
)  # fmt: skip
LISTS = {
    "roles", "place_nouns", "place_prepositions", "negators", "denials", "prepositions_of_source", "pronouns", "notes",
    "abbreviations", "boilerplate", "openers", "anybody", "speech", "kin", "turned_down", *PLAIN,
}  # fmt: skip
MAPS = {
    "loose_parts",
    "spans_of_time",
    "feasts",
    "compass",
    "titles",
    "agencies",
    "ahead",
    "tolls",
    "fatal",
    "hedges",
    "cues",
    "irregular",
    "weekdays",
    "months",
    "relative_days",
    "dayparts",
    "contraries",
    "same",
    "alike",
    "sides",
}
VOWELS = "aeiou"
ENDINGS = ("ing", "ied", "ies", "ed", "es", "s", "e", "y")
DOUBLE = frozenset("bdgmnpt")
"""consonants that are doubled before an ending: "shipping", "banned" """
DOUBLED = re.compile(r"^[^aeiou]*[aeiou][bdgmnprt]$")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases with their strengths, and for each first word the lengths they can have, longest first."""

    strengths: Mapping[Phrase, int]
    sizes: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionWords:
    """The table. Phrases are tuples of words; ``hedges`` maps a phrase to its strength, ``cues`` a form to (lemma,
    kind: neutral, distance or denial), ``same`` a folded name to the first name of its group, ``alike`` a common noun to the
    first noun of its group."""

    titles: Mapping[Phrase, str]
    roles: frozenset[str]
    place_nouns: frozenset[str]
    place_prepositions: frozenset[str]
    hedges: Phrases
    negators: Phrases
    denials: Phrases
    contraries: tuple[tuple[frozenset[str], frozenset[str]], ...]
    cues: Mapping[str, tuple[str, str]]
    prepositions_of_source: Phrases
    pronouns: frozenset[str]
    notes: tuple[str, ...]
    boilerplate: tuple[str, ...]
    abbreviations: frozenset[str]
    openers: frozenset[str]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    relative_days: Mapping[str, int]
    dayparts: Mapping[str, str]
    same: Mapping[str, str]
    alike: Mapping[str, str]
    irregular: Mapping[str, list[str]]
    lemmas: Mapping[str, str]
    """the lemma of an irregular form"""
    agencies: tuple[str, ...]
    ahead: frozenset[Phrase]
    tolls: Mapping[str, str]
    fates: Mapping[str, frozenset[str]]
    """stems of the same words, and of those that tell of a fate and count nobody"""
    common_ends: frozenset[str]
    adjective_ends: frozenset[str]
    small: frozenset[str]
    copulas: frozenset[str]
    plain_verbs: frozenset[str]
    clause_openers: frozenset[str]
    boundaries: frozenset[str]
    before_nouns: frozenset[str]
    auxiliaries: frozenset[str]
    inside_names: frozenset[str]
    not_counting_one: frozenset[str]
    loose_counts: frozenset[str]
    measures: frozenset[str]
    risen: frozenset[str]
    rubrics: frozenset[str]
    asking: frozenset[str]
    spoken_deeds: frozenset[str]
    privatives: frozenset[str]
    after_agent: frozenset[str]
    circumstances: frozenset[str]
    owners_in_names: frozenset[str]
    telling_things: frozenset[str]
    figures: frozenset[str]
    sure_cues: frozenset[str]
    noun_cues: frozenset[str]
    common: frozenset[str]
    owned: frozenset[str]
    units: frozenset[str]
    refused: frozenset[str]
    losses: frozenset[str]
    idle_negation: frozenset[str]
    not_verbs: frozenset[str]
    to_readers: frozenset[str]
    where: frozenset[str]
    armed: frozenset[str]
    no_names: frozenset[str]
    verdicts: frozenset[str]
    fillers: frozenset[str]
    negative: frozenset[str]
    turned_down: Phrases
    figure_cues: frozenset[str]
    kin: Mapping[str, str]
    """a form of a verb to the first verb of its group: verbs that can tell one deed"""
    fates_ahead: frozenset[str]
    object_cues: frozenset[str]
    out_of_office: frozenset[str]
    perceived: frozenset[str]
    speech: frozenset[str]
    """forms of verbs of speaking that report no clause"""
    time_heads: frozenset[str]
    """words with which a time can begin, numbers aside"""
    loose_parts: Mapping[str, frozenset[str]]
    """parts of the day that a looser word may mean"""
    spans_of_time: Mapping[str, int]
    """minutes of a unit of time"""
    feasts: Mapping[Phrase, tuple[int, int]]
    """month and day of feasts that keep theirs"""
    unknown: frozenset[str]
    anybody: frozenset[str]
    compass: Mapping[str, str]
    """the quarter of the sky that a word names"""
    sides: Mapping[str, str]
    """the side that a noun for people belongs to"""


@cache
def revision_words(language: str = "en") -> RevisionWords:
    """The table of a language. Raises DataFault on a missing or unknown key."""
    where = f"{language}/revision.yml"
    table = read_table(where)
    check_keys(f"lexicon/{where}", table, LISTS | MAPS, set())
    irregular = table["irregular"]
    lemmas = {form: lemma for lemma, forms in irregular.items() for form in forms}
    return RevisionWords(
        titles=_titles(table["titles"]),
        roles=_nouns(table["roles"]),
        anybody=_nouns(table["anybody"]),
        speech=frozenset(form for lemma in table["speech"] for form in verb_forms(lemma, irregular)),
        compass={word: quarter for quarter, words in table["compass"].items() for word in words},
        sides={noun: side for side, nouns in table["sides"].items() for noun in _nouns(nouns) - {"children", "people"}},
        kin={form: row[0] for row in table["kin"] for lemma in row for form in verb_forms(lemma, irregular)},
        place_nouns=frozenset(table["place_nouns"]),
        place_prepositions=frozenset(table["place_prepositions"]),
        hedges=_table({p: int(s) for row, s in table["hedges"].items() for p in spell_out(row, irregular)}),
        negators=_phrases(table["negators"], irregular),
        denials=_phrases(table["denials"], irregular),
        turned_down=_phrases(table["turned_down"], irregular),
        contraries=tuple(_pair(where, row, irregular) for row in table["contraries"]),
        cues=_cues(table["cues"], irregular),
        prepositions_of_source=_phrases(table["prepositions_of_source"], irregular),
        pronouns=frozenset(table["pronouns"]),
        notes=tuple(str(n).lower() for n in table["notes"]),
        boilerplate=tuple(str(n).lower() for n in table["boilerplate"]),
        abbreviations=frozenset(table["abbreviations"]),
        openers=frozenset(table["openers"]),
        same={fold(name): fold(row[0]) for row in table["same"] for name in row},
        alike={word: row[0] for row in table["alike"] for word in row},
        irregular=irregular,
        lemmas=lemmas,
        agencies=tuple(table["agencies"]),
        tolls={word: field for field, words in table["tolls"].items() for word in words},
        fates=_fates(table, lemmas),
        ahead=frozenset(tuple(p.split()) for p in table["ahead"]),
        **_times(table),
        **_plain_lists(table),
    )


def _plain_lists(table: Mapping[str, Any]) -> dict[str, Any]:
    """The lists that are sets as they stand."""
    return {name: frozenset(table[name]) for name in PLAIN}


def _times(table: Mapping[str, Any]) -> dict[str, Any]:
    """The words of times."""
    feasts = {tuple(name.replace("'s", "").split()): day for name, day in table["feasts"].items()}
    heads = [w for key in ("weekdays", "months", "relative_days", "dayparts") for w in table[key]]
    return {
        "time_heads": frozenset([*heads, *(name[0] for name in feasts), "last", "this", "next"]),
        "loose_parts": {word: frozenset(parts) for word, parts in table["loose_parts"].items()},
        "feasts": {name: (int(day[0]), int(day[1])) for name, day in feasts.items()},
        **{name: table[name] for name in ("weekdays", "months", "relative_days", "dayparts", "spans_of_time")},
    }


def forms_of(lemma: str, language: str = "en") -> frozenset[str]:
    """All forms of a verb, with the irregular ones of the table."""
    return verb_forms(lemma, revision_words(language).irregular)


def stem(key: str, lemmas: Mapping[str, str]) -> str:
    """A word without its commonest ending, to compare "strikes" with "strike" and "began" with "begin"."""
    key = lemmas.get(key, key)
    for ending in ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            cut = key[: -len(ending)]
            doubled = len(cut) > 3 and ending in {"ing", "ed"} and cut[-1] == cut[-2] and cut[-1] in DOUBLE
            return cut[:-1] if doubled else cut
    return key


def fold(name: str) -> str:
    """Key of a name: lower case, no full stops, straight apostrophes."""
    return name.replace("’", "'").replace(".", "").lower()


def verb_forms(lemma: str, irregular: Mapping[str, list[str]]) -> frozenset[str]:
    """All forms of a verb, the regular ones by spelling rules."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        made = {lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    elif lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        made = {lemma + "es", lemma + "ed", lemma + "ing"}
    else:
        made = {lemma + "s", stem + "ed", stem + "ing"}
    if DOUBLED.match(lemma):
        made |= {lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"}
    return frozenset({lemma, *made, *irregular.get(lemma, ())})


def spell_out(row: str, irregular: Mapping[str, list[str]]) -> frozenset[Phrase]:
    """A phrase as tuples of words, "~verb" at its head replaced by every form."""
    head, *rest = str(row).lower().split()
    heads = verb_forms(head[1:], irregular) if head.startswith("~") else {head}
    return frozenset((h, *rest) for h in heads)


def _phrases(rows: Iterable[str], irregular: Mapping[str, list[str]]) -> Phrases:
    return _table({p: 0 for row in rows for p in spell_out(row, irregular)})


def _table(strengths: Mapping[Phrase, int]) -> Phrases:
    sizes: dict[str, set[int]] = {}
    for phrase in strengths:
        sizes.setdefault(phrase[0], set()).add(len(phrase))
    return Phrases(strengths, {head: tuple(sorted(found, reverse=True)) for head, found in sizes.items()})


def _nouns(rows: Iterable[str]) -> frozenset[str]:
    """Singulars with their plurals."""
    out: set[str] = set(rows)
    for word in rows:
        out |= {word + "s", word + "es"}
        if word.endswith("y"):
            out.add(word[:-1] + "ies")
        if word.endswith("man"):
            out.add(word[:-3] + "men")
    return frozenset(out | {"children", "people"})


def _titles(rows: Mapping[str, list[str]]) -> dict[Phrase, str]:
    out = {tuple(name.split()): name for name in rows}
    out |= {tuple(fold(form).split()): name for name, forms in rows.items() for form in forms}
    return out


def _fates(table: Mapping[str, Any], lemmas: Mapping[str, str]) -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for key in ("tolls", "fatal"):
        for field, words in table[key].items():
            for word in words:
                cut = stem(word, lemmas)
                out[cut] = out.get(cut, frozenset()) | {field}
    return out


def _pair(where: str, row: list[Any], irregular: Mapping[str, list[str]]) -> tuple[frozenset[str], frozenset[str]]:
    if len(row) != 2:
        raise DataFault(f"lexicon/{where}: contraries: {row} must be a pair")
    left, right = (frozenset(p[0] for p in spell_out(side, irregular)) for side in row)
    return left, right


def _cues(rows: Mapping[str, list[str]], irregular: Mapping[str, list[str]]) -> dict[str, tuple[str, str]]:
    out: dict[str, tuple[str, str]] = {}
    for kind, lemmas in rows.items():
        for lemma in lemmas:
            out |= dict.fromkeys(verb_forms(lemma, irregular), (lemma, kind))
    return out

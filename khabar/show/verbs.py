"""English verb forms: what a plain sentence needs to say a lemma in the past, as a participle, negated or planned.

In: lemmas ("bomb", "take over": only the first word is inflected). Out: words. The irregular verbs and the nouns that
stand for a verb ("visit", "withdrawal") are tables beside this file, edited without Python. It cannot tell a verb
from a noun of the same form: the caller looks at the words around it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import yaml

DOUBLED = re.compile(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$")
SHORT = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")
SINGULAR_ENDS = ("ss", "us", "is", "states", "nations", "emirates", "netherlands", "philippines", "news")
HISSING = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True, slots=True)
class NounVerb:
    """The verb that a noun stands for, whether it tells of a state ("present") rather than a happening (""), and the
    preposition of a place that falls away ("visit to X" -> "visited X")."""

    verb: str
    tense: str
    place: str


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files("khabar.show").joinpath(name).read_text(encoding="utf-8").splitlines()))


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    """All of ``word_lists.yml``, read once a process."""
    table = yaml.safe_load(files("khabar.show").joinpath("word_lists.yml").read_text(encoding="utf-8"))
    return {name: frozenset(str(words).split()) for name, words in table.items()}


def word_list(name: str) -> frozenset[str]:
    """A closed class of words from ``word_lists.yml``."""
    return _lists()[name]


@cache
def irregular() -> Mapping[str, tuple[str, str]]:
    """Base form to past and participle."""
    return {row["base"]: (row["past"], row["participle"]) for row in _rows("irregular_verbs.csv")}


@cache
def noun_verbs() -> Mapping[str, NounVerb]:
    """Noun to its verb."""
    return {row["noun"]: NounVerb(row["verb"], row["tense"], row["place"]) for row in _rows("noun_verbs.csv")}


def _split(lemma: str) -> tuple[str, str]:
    """First word and the rest with its space: "take over" -> "take", " over"."""
    head, space, rest = lemma.partition(" ")
    return head, space + rest


def _doubles(base: str) -> bool:
    """Whether the last consonant is doubled before -ed and -ing."""
    return base in word_list("doubled") or (SHORT.match(base) is not None and DOUBLED.search(base) is not None)


def _regular(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    return base + (base[-1] if _doubles(base) else "") + "ed"


def past(lemma: str) -> str:
    """ "bombed", "took over"."""
    base, rest = _split(lemma)
    known = irregular().get(base)
    return (known[0] if known else _regular(base)) + rest


def participle(lemma: str) -> str:
    """ "bombed", "taken over"."""
    base, rest = _split(lemma)
    known = irregular().get(base)
    return (known[1] if known else _regular(base)) + rest


def third(lemma: str) -> str:
    """ "bombs", "takes over"."""
    base, rest = _split(lemma)
    odd = {"be": "is", "have": "has", "do": "does", "go": "goes"}
    if base in odd:
        return odd[base] + rest
    if base.endswith(HISSING):
        return base + "es" + rest
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies" + rest
    return base + "s" + rest


def gerund(lemma: str) -> str:
    """ "bombing", "taking over"."""
    base, rest = _split(lemma)
    if base.endswith("ie"):
        return base[:-2] + "ying" + rest
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing" + rest
    return base + (base[-1] if _doubles(base) else "") + "ing" + rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """How a happening is put: ``kind`` is a key of MOODS, past, present or (past) progressive."""

    kind: str
    negative: bool = False
    adverb: str = ""


# kind: words before the verb (singular, plural), the same negated, and the form of the verb that follows
MOODS: Mapping[str, tuple[tuple[str, str], tuple[str, str], str]] = {
    "plan": (("plans to", "plan to"), ("does not plan to", "do not plan to"), "base"),
    "threat": (("threatens to", "threaten to"), ("does not threaten to", "do not threaten to"), "base"),
    "expected": (("is expected to", "are expected to"), ("is not expected to", "are not expected to"), "base"),
    "believed": (
        ("is believed to have", "are believed to have"),
        ("is not believed to have", "are not believed to have"),
        "participle",
    ),
    "is_to": (("is to", "are to"), ("is not to", "are not to"), "base"),
    "should": (("should", "should"), ("should not", "should not"), "base"),
    "may": (("may", "may"), ("may not", "may not"), "base"),
    "may_have": (("may have", "may have"), ("may not have", "may not have"), "participle"),
    "whether": (
        ("may or may not have", "may or may not have"),
        ("may or may not have", "may or may not have"),
        "participle",
    ),
    "to": (("to", "to"), ("not to", "not to"), "base"),
    "bare": (("", ""), ("not", "not"), "base"),
    "will": (("will", "will"), ("will not", "will not"), "base"),
    "would": (("would", "would"), ("would not", "would not"), "base"),
    "tried": (("tried to", "tried to"), ("did not try to", "did not try to"), "base"),
    "aimed": (("aimed to", "aimed to"), ("aimed not to", "aimed not to"), "base"),
    "meant": (("was meant to", "were meant to"), ("was not meant to", "were not meant to"), "base"),
}
IMPERSONAL = {"plan": "is_to", "threat": "is_to", "aimed": "meant", "tried": "meant"}
MODALS = frozenset({"should", "may", "may_have", "whether", "will", "would", "is_to", "expected", "believed"})
"""moods whose adverb stands behind their first word: "may allegedly have" """
"""what does not act cannot plan: moods of a passive"""


def verb_group(lemma: str, mood: Mood, *, plural: bool = False, passive: bool = False) -> str:
    """The verb with everything before it: "did not bomb", "plans to withdraw", "may have been killed"."""
    base, rest = _split(lemma)
    if passive:
        base, rest = "be", f" {participle(lemma)}"
    kind = IMPERSONAL.get(mood.kind, mood.kind) if passive else mood.kind
    if kind == "gerund":
        words = f"{'not ' if mood.negative else ''}{gerund(base)}"
    elif kind in MOODS:
        words = _composed(base, kind, negative=mood.negative, plural=plural)
    else:
        words = _finite(base, kind, negative=mood.negative, plural=plural)
    passed = kind in MODALS or base == "be"
    head, _, tail = words.partition(" ")
    group = f"{head} {mood.adverb} {tail}" if passed and kind != "gerund" else f"{mood.adverb} {words}"
    return " ".join(f"{group}{rest}".split())


def _composed(base: str, kind: str, *, negative: bool, plural: bool) -> str:
    plain, negated, form = MOODS[kind]
    before = (negated if negative else plain)[plural]
    return f"{before} {participle(base) if form == 'participle' else base}"


def _finite(base: str, kind: str, *, negative: bool, plural: bool) -> str:
    """Past, present and progressive; "be" takes no "do"."""
    if kind in {"progressive", "past_progressive"}:
        now, then = ("are", "were") if plural else ("is", "was")
        return f"{now if kind == 'progressive' else then}{' not' if negative else ''} {gerund(base)}"
    if base == "be":
        form = ("were" if plural else "was") if kind == "past" else ("are" if plural else "is")
        return form + (" not" if negative else "")
    if kind == "past":
        return f"did not {base}" if negative else past(base)
    if negative:
        return f"{'do' if plural else 'does'} not {base}"
    return base if plural else third(base)


EXISTS = {
    "progressive": "present",
    "past_progressive": "past",
    "plan": "is_to",
    "threat": "is_to",
    "aimed": "meant",
    "tried": "meant",
}


def existence(noun: str, mood: Mood, *, plural: bool, mass: bool = False) -> str:
    """A happening that only a noun tells of: "there was a clash", "there may have been clashes"."""
    kind = EXISTS.get(mood.kind, mood.kind)
    none = mood.negative and kind in {"past", "present"}
    words = verb_group("be", replace(mood, kind=kind, negative=mood.negative and not none), plural=plural)
    article = "an" if noun[:1].lower() in "aeiou" else "a"
    before = "no" if none else "" if plural or mass else article
    return " ".join(f"there {words} {before} {noun}".split())


def is_plural(subject: str) -> bool:
    """Whether a subject takes a plural verb, by its first word or the last one before any preposition."""
    words = subject.strip("“”").split()
    while words and words[0].lower() in word_list("limiting"):
        words = words[1:]
    if words and words[0][0].isdigit() and words[0] != "1":
        return True
    if words and words[0].lower() in word_list("plural_determiners"):
        return True
    for i, word in enumerate(words):
        if i and word.lower() in word_list("prepositions"):
            words = words[:i]
            break
    last = words[-1].lower().strip(".,") if words else ""
    if last in word_list("plural") or " and " in subject:
        return True
    person = all(w[:1].isupper() for w in words) and last not in word_list("articled")
    single_name = subject[:1].isupper() and (len(words) == 1 or person)
    return last.endswith("s") and not last.endswith(SINGULAR_ENDS) and not single_name

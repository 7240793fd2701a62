"""Word classes that single constructions ask for: ``en/classes.yml`` as one frozen table.

In: the packaged table, once. Out: ``WordClasses``; lemmas in lower case. The YAML file says beside each class which rule
asks for it and why. It holds no meaning of its own: what a word means stands in cues, triggers and hedges.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from khabar.lexicon.load import check_keys, check_words, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class WordClasses:
    """The table; one field per class."""

    deciding: frozenset[str]
    drills: frozenset[str]
    whoever: frozenset[str]
    free_relatives: frozenset[str]
    done_by: frozenset[str]
    ordinals: frozenset[str]
    happening: frozenset[str]
    serving: frozenset[str]
    allied: frozenset[str]
    accusing: frozenset[str]
    charging: frozenset[str]
    punishing: frozenset[str]
    verdicts: frozenset[str]
    striking: frozenset[str]
    set_phrases: frozenset[str]
    headline_passives: frozenset[str]
    blaming: frozenset[str]
    standing: frozenset[str]
    pictures: frozenset[str]
    untrue: frozenset[str]
    true: frozenset[str]
    calling: frozenset[str]
    finding: frozenset[str]
    tellings: frozenset[str]
    blame: frozenset[str]
    perceiving: frozenset[str]
    withholding: frozenset[str]
    concealing: frozenset[str]
    refusing: frozenset[str]
    speaking: frozenset[str]
    viewing: frozenset[str]
    verifying: frozenset[str]
    failing: frozenset[str]
    handling: frozenset[str]
    anonymity: frozenset[str]
    putting: frozenset[str]
    trusting: frozenset[str]
    signifying: frozenset[str]
    using: frozenset[str]
    stative: frozenset[str]
    clues: frozenset[str]
    ending: frozenset[str]
    not_yet: frozenset[str]
    giving: frozenset[str]
    placing: frozenset[str]
    one: frozenset[str]
    bound_to: frozenset[str]
    doing: frozenset[str]
    pressing: frozenset[str]
    appealing: frozenset[str]
    containing: frozenset[str]
    premises: frozenset[str]
    collections: frozenset[str]
    commissive: frozenset[str]
    lasting: frozenset[str]
    own_will: frozenset[str]
    carriers: frozenset[str]
    measures: frozenset[str]
    quantifiers: frozenset[str]
    coming: frozenset[str]
    sides: frozenset[str]
    light: frozenset[str]
    headline_verbs: frozenset[str]
    plural_subjects: frozenset[str]
    bare_infinitive: frozenset[str]
    names_withheld: frozenset[str]
    plural_modifiers: frozenset[str]
    bearing: frozenset[str]
    partaking: frozenset[str]
    raging: frozenset[str]
    writings: frozenset[str]
    copulas: frozenset[str]
    inert: tuple[str, ...]
    unhurt: tuple[str, ...]


def load_classes(language: str = "en") -> WordClasses:
    """The table of a language. Raises DataFault on an unknown or a missing class, or an empty one."""
    where = f"{language}/classes.yml"
    table = read_table(where)
    names = {field.name for field in fields(WordClasses)}
    check_keys(f"lexicon/{where}", table, names, set())
    lists = {name: check_words(f"lexicon/{where}: {name}", table[name]) for name in sorted(names)}
    inert, unhurt = tuple(lists.pop("inert")), tuple(lists.pop("unhurt"))
    return WordClasses(inert=inert, unhurt=unhurt, **{name: frozenset(words) for name, words in lists.items()})

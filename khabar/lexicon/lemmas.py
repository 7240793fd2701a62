"""Lemmas that the parser gets wrong: ``en/lemmas.yml`` as one map from (form, part of speech) to the right lemma.

In: the packaged table. Out: lower-case form and "VERB" or "NOUN" to lemma; whoever makes tokens asks it first. It corrects
words, not tags: a verb that was tagged as an adjective stays one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.load import check_keys, check_words, read_table

Lemmas = dict[tuple[str, str], str]


def load_lemmas(language: str = "en") -> Lemmas:
    """("hoped", "VERB") to "hope". Raises DataFault if a form is claimed by two lemmas."""
    where = f"lexicon/{language}/lemmas.yml"
    table = read_table(f"{language}/lemmas.yml")
    check_keys(where, table, set(), {"verb", "noun"})
    found: Lemmas = {}
    for pos, entry in table.items():
        for form, lemma in _forms(f"{where}: {pos}", entry):
            if found.setdefault((form, pos.upper()), lemma) != lemma:
                raise DataFault(f"{where}: {pos}: {form} is claimed by {lemma} and by {found[form, pos.upper()]}")
    return found


def _forms(place: str, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every form with its lemma, the regular ones made by rule."""
    check_keys(place, entry, set(), {"final_e", "regular", "forms"})
    for lemma in check_words(place, entry["final_e"]) if "final_e" in entry else ():
        if not lemma.endswith("e"):
            raise DataFault(f"{place}: final_e: {lemma} does not end in e; put it under regular or forms")
        yield from ((form, lemma) for form in (f"{lemma}s", f"{lemma}d", f"{lemma[:-1]}ing"))
    for lemma in check_words(place, entry["regular"]) if "regular" in entry else ():
        s = "es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s"
        yield from ((form, lemma) for form in (lemma + s, f"{lemma}ed", f"{lemma}ing"))
    for lemma, forms in entry.get("forms", {}).items():
        yield from ((form, lemma) for form in check_words(f"{place}: {lemma}", forms))

"""Fillers in the order of an English clause, and a subject that the sentence has just named as its pronoun.

In: fillers, or the words of a subject and who was named. Out: words.
"""

from __future__ import annotations

from khabar.model.claims import Role
from khabar.model.mentions import Kind
from khabar.show.fillers import Filler
from khabar.show.naming import Names, joined, possessive
from khabar.show.verbs import is_plural

FAR = 1_000_000
"""more code points than a text has"""


def spoken(names: Names, words: str, known: str) -> str:
    """The subject as a pronoun if it was named just before: "Mara" -> "she", "Mara’s office" -> "her office"."""
    pronoun = names.pronoun_of.get(known, "") if known else ""
    if words == "“I”" and known:
        return pronoun or (known.partition("“")[2].partition("”")[0] or known)
    if not pronoun:
        return _same(names, words) if words.removeprefix("the ") == known.removeprefix("the ") else words
    entity = names.alike.get(known)
    others = [w for w, e in names.alike.items() if e == entity] if entity is not None else [known]
    if words in others:
        return pronoun
    belonging = {"he": "his", "she": "her", "it": "its", "they": "their"}.get(pronoun, possessive(pronoun))
    for other in sorted(others, key=len, reverse=True):
        owner = f"{possessive(other)} "
        if words.startswith(owner):
            return f"{belonging} {words[len(owner) :]}"
    return words


def _same(names: Names, words: str) -> str:
    """The pronoun of a source that has none in the text: "they" for several, "it" for a body, else its words again."""
    if is_plural(words):
        return "they"
    kinds = {m.kind for m in names.mentions.get(names.alike.get(words, ""), ())}
    return "it" if kinds & {Kind.ORG, Kind.GPE} else words


def said(fillers: list[Filler]) -> str:
    """Fillers one after another in the order of the grammar; those that belong together share a preposition."""
    out: list[tuple[Filler, list[str]]] = []
    for filler in sorted(fillers, key=_rank):
        last = out[-1] if out else None
        if last is not None and last[0].role is filler.role and _shares(last[0], filler):
            last[1].append(filler.words)
        else:
            out.append((filler, [filler.words]))
    return " ".join(f"{first.preposition} {joined(words)}".strip() for first, words in out)


def _rank(filler: Filler) -> tuple[int, int]:
    """Objects without a preposition, then the rest as the text has it, what it has before the verb last but for clauses."""
    person = filler.role is not Role.RECIPIENT
    if filler.direct:
        return int(person), filler.start
    return 2, filler.start + (2 * FAR if filler.words.startswith("that ") else FAR if filler.fronted else 0)


def _shares(first: Filler, second: Filler) -> bool:
    """Whether two fillers of a role are one phrase: "in A and B"."""
    if first.clausal or second.clausal:
        return False
    if second.role in {Role.TIME, Role.QUANTITY}:
        return second.coordinated
    return second.coordinated or (first.preposition == second.preposition and second.role not in {Role.PLACE})

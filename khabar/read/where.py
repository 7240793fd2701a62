"""Where something happened by words that stand apart from it: "west of Mosul", "was reported in Mosul", "Mosul, where …".

In: the ground and a token of a predicate. Out: the tokens of places. A direction with "of" places its verb; the place of a
passive verb of perceiving or reporting is that of the happening that is its subject; "where" puts its clause at the noun
before it. It does not follow "there".
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.read.drafts import Ground
from khabar.read.tokens import Token

AT = ("in", "at", "near", "on", "outside", "inside", "around", "across")


def places_apart(ground: Ground, i: int) -> Iterator[int]:
    """Heads of the places that words apart give a predicate."""
    parse = ground.parse
    token = parse.tokens[i]
    above = parse.tokens[token.head]
    told = token.dep == "nsubjpass" and token.tag.startswith("NN") and above.lemma in ground.classes.perceiving
    if told:
        slots = ground.syntax.slots(above.i)
        yield from (head for slot in AT for head in slots.get(slot, ()))
    for verb in (token, above) if told else (token,):
        yield from _directions(ground, verb)
    if token.dep == "relcl" and any(k.lower == "where" for k in parse.kids(i, "advmod")):
        yield above.i


def _directions(ground: Ground, verb: Token) -> Iterator[int]:
    """ "fell east of Mosul"."""
    parse = ground.parse
    for way in parse.kids(verb.i, "advmod", "npadvmod"):
        of = parse.kid(way.i, "prep") if way.lower in ground.words.directions else None
        noun = parse.kid(of.i, "pobj") if of is not None and of.lower == "of" else None
        if noun is not None:
            yield noun.i

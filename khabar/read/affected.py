"""Who is meant where a thing is acted on: "shelled positions of the Karvan army" is aimed at the army.

In: the ground and the head of a noun phrase that is nobody. Out: the heads of the mentions of somebody (person, body,
country) inside it for whom it stands, nearest first: its owner, what it is of, for, against or by, the nation before it.
PLOVER's recipients are actors, never things. It does not look into clauses, and a proper name stands for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from khabar.model.mentions import Form, Kind, Mention
from khabar.read.drafts import Ground
from khabar.read.syntax import conjuncts
from khabar.read.tokens import Token

SOMEBODY = frozenset({Kind.PER, Kind.ORG, Kind.GPE})
STANDING_FOR = ("of", "against", "for", "by", "from", "to", "with", "between", "on", "toward", "towards", "over")
"""prepositions whose object a thing can stand for, in order of preference"""
DEEPEST = 3


def members(ground: Ground, head: int) -> tuple[int, ...]:
    """ "a group of Velian diplomats": the diplomats; of any other noun itself, and those it is said to include."""
    if ground.parse.tokens[head].lemma not in ground.classes.collections:
        named = [h for h in _under(ground, head, "including") if _fits(ground.mentions.get(h), ())]
        return (head, *named)
    inside = [h for h in _under(ground, head, "of") if (m := ground.mentions.get(h)) is not None and m.kind in SOMEBODY]
    return tuple(inside) or (head,)


def stands_for_itself(ground: Ground, head: int) -> bool:
    """Whether a head is a name, a person, a body or a country, by its mention or, without one, by its noun ("both sides")."""
    mention, token = ground.mentions.get(head), ground.parse.tokens[head]
    if token.lemma in ground.classes.premises and (mention is None or mention.form is not Form.NAM):
        return not affected(ground, head, ())
    if mention is not None and (mention.form is Form.NAM or mention.kind in SOMEBODY):
        return True
    noun = ground.words.head(token.lower, token.lemma)  # also of a body that is a building here ("bombed a consulate")
    return noun is not None and noun.kind in SOMEBODY and (mention is None or mention.kind is Kind.FAC)


def affected(ground: Ground, head: int, barred: Collection[str], depth: int = DEEPEST) -> tuple[int, ...]:
    """Heads of somebody inside the phrase of a thing, none of an entity in ``barred``."""
    mention = ground.mentions.get(head)
    if depth == 0 or (mention is not None and mention.form is Form.NAM):
        return ()
    for heads in _inside(ground, head):
        fit = [h for h in heads if _fits(ground.mentions.get(h), barred)]
        if fit:
            return tuple(fit)
        deeper = [k for h in heads if h not in ground.mentions for k in affected(ground, h, barred, depth - 1)]
        if deeper:
            return tuple(dict.fromkeys(deeper))
    return ()


def _fits(mention: Mention | None, barred: Collection[str]) -> bool:
    return mention is not None and mention.kind in SOMEBODY and mention.entity_id not in barred


def _inside(ground: Ground, head: int) -> Iterator[list[int]]:
    """The groups of heads directly inside a noun phrase, in order of preference."""
    parse = ground.parse
    if ground.is_event(head):  # "condemned the shelling of X by Y": the doer of a deed before whom it was done to
        yield _under(ground, head, "by")
    yield [h for k in parse.kids(head, "poss") for h in conjuncts(parse, k.i)]
    for preposition in STANDING_FOR:
        yield _under(ground, head, preposition)
    agents = [a for k in parse.kids(head, "acl") for a in parse.kids(k.i, "agent")]
    yield [h for a in agents for k in parse.kids(a.i, "pobj") for h in conjuncts(parse, k.i)]
    yield [h for k in parse.kids(head, "acl") for h in _contained(ground, k)]
    yield [
        h for k in parse.kids(head, "amod", "compound", "nmod") for h in conjuncts(parse, k.i) if h in ground.mentions
    ]


def _contained(ground: Ground, clause: Token) -> list[int]:
    """ "a camp belonging to X", "a bus carrying X": who is inside, or whose it is."""
    if clause.lemma not in ground.classes.containing or clause.tag != "VBG":
        return []
    held = [h for k in ground.parse.kids(clause.i, "dobj") for h in conjuncts(ground.parse, k.i)]
    return held or _under(ground, clause.i, "to")


def _under(ground: Ground, head: int, preposition: str) -> list[int]:
    parse = ground.parse
    found = [k for p in parse.kids(head, "prep") if p.lower == preposition for k in parse.kids(p.i, "pobj")]
    return [h for k in found for h in conjuncts(parse, k.i)]

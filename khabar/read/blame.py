"""Who is said to have done a deed that is only named: "blamed X for the bombing", "X claimed responsibility for the murder".

In: the ground and its predicates. Out: the same, the named deed among them, with the one who is blamed or who admits it as
its logical subject. Which verbs blame, and in which slots the blamed and the deed stand, is read from the trigger tables:
ACCUSE rows with a recipient and a content, and rows of bearing responsibility "for" something. How surely the deed is
theirs is for the attribution over it. A deed that has a doer of its own keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.lexicon.triggers import Trigger
from khabar.model.claims import EventType, Relation, Role
from khabar.read.drafts import Ground
from khabar.read.predication import Found, choose

DEED_SLOTS = frozenset({"for", "of", "obj", "in", "with"})
DOER_SLOTS = ("subj", "by", "poss")
NOBODY = frozenset({"no", "neither"})
RELATIVES = frozenset({"WDT", "WP"})


def with_doers(ground: Ground, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The predicates, deeds that somebody is blamed for or admits added or completed."""
    out = {one.token: one for one in found}
    for one in found:
        for deed, doers in _deeds(ground, one):
            known = out.get(deed) or _named(ground, deed)
            if known is not None and known.pos == "noun" and not _has_doer(ground, known):
                out[deed] = replace(known, slots={**known.slots, "subj": doers})
    return tuple(out[i] for i in sorted(out))


def _deeds(ground: Ground, one: Found) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Token of each deed that a predicate lays to somebody's charge, with those it does."""
    row = one.row
    if row is None or row.mode == "investigate":
        return
    roles = dict(row.roles)
    content = roles.get(Role.CONTENT, ())
    if row.event_type is EventType.ACCUSE:
        wanted = roles.get(Role.RECIPIENT, ())
    elif row.relation is Relation.CAUSE and content == ("for",):
        wanted = roles.get(Role.ACTOR, ())
    else:
        return
    doers = next((one.slots[slot] for slot in wanted if one.slots.get(slot)), ())
    doers = tuple(i for i in doers if not any(k.lower in NOBODY for k in ground.parse.kids(i, "det")))
    if not doers:
        return
    for slot in content:
        for head in one.slots.get(slot, ()) if slot in DEED_SLOTS else ():
            deed = _antecedent(ground, head)
            if deed not in doers:
                yield deed, doers


def _antecedent(ground: Ground, i: int) -> int:
    """The noun that a relative pronoun stands for ("the attack, for which X claimed responsibility")."""
    token = ground.parse.tokens[i]
    at = token
    while token.tag in RELATIVES and at.head != at.i:
        if at.dep == "relcl":
            return at.head
        at = ground.parse.tokens[at.head]
    return i


def _named(ground: Ground, i: int) -> Found | None:
    """A bare event noun as a predicate."""
    token = ground.parse.tokens[i]
    if token.pos not in ("NOUN", "PROPN") or not ground.is_event(i):
        return None
    slots = ground.syntax.slots(i)
    row: Trigger | None = choose(ground, token, "noun", slots)
    if row is None:
        return None
    return Found(token=i, trigger=token.span, lemma=token.lemma, pos="noun", row=row, slots=slots, support=None)


def _has_doer(ground: Ground, deed: Found) -> bool:
    """Whether a deed has somebody as subject, agent, owner or modifier of nationality."""
    slots = dict(deed.row.roles).get(Role.ACTOR, ()) if deed.row is not None else DOER_SLOTS
    return any(h in ground.mentions for slot in slots for h in deed.slots.get(slot, ()))

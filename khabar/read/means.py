"""What violence is done with: weapons are its instruments, never its doers.

In: the arguments of a predicate of violence. Out: the same, weapons moved from actor to instrument ("a bomb killed two"), weapons
under "with", "using", "by means of" added as instruments, actors that can do nothing (a plan, a tension) taken away. An
event that did it ("the blast killed two") stays its actor as a predication. Ships, aircraft and vehicles act.
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.model.claims import Argument, EventType, Role
from khabar.model.mentions import Kind
from khabar.read.arguments import Fillers
from khabar.read.predication import Found

USING = frozenset(
    {"use", "employ", "fire", "throw", "hurl", "plant", "place", "detonate", "explode", "activate", "wield"}
)
"""verbs whose object is a means of the act that they accompany"""


def with_means(fillers: Fillers, found: Found, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments of a predicate; only those of violence change."""
    if found.row is None or found.row.event_type is not EventType.ASSAULT:
        return arguments
    out = [a for one in arguments for a in _fitting(fillers, one)]
    have = {a.span for a in out}
    out += [a for a in _used(fillers, found) if a.span not in have]
    return tuple(dict.fromkeys(out))


def _fitting(fillers: Fillers, argument: Argument) -> Iterator[Argument]:
    """An argument in the role that its filler can have."""
    if argument.role is not Role.ACTOR or argument.span is None:
        yield argument
        return
    tokens = fillers.ground.parse.tokens
    heads = [i for i, m in fillers.ground.mentions.items() if m.mention_id == argument.filler_id]
    if heads and fillers.ground.mentions[heads[0]].kind is not Kind.WEA:
        yield argument
    elif heads:
        yield Argument(
            role=Role.INSTRUMENT,
            span=argument.span,
            entity_id=argument.entity_id,
            filler_id=argument.filler_id,
            rule="weapon",
        )
    else:
        inside = [t for t in tokens if argument.span.start <= t.start < argument.span.end]
        top = next((t for t in inside if not argument.span.start <= tokens[t.head].start < argument.span.end), None)
        if top is not None and top.i in fillers.predicates:
            yield Argument(role=Role.ACTOR, predication_id=fillers.predicates[top.i], rule=argument.rule)
        elif top is None or top.pos in ("PROPN", "NUM", "PRON"):
            yield argument


def _used(fillers: Fillers, found: Found) -> Iterator[Argument]:
    """Weapons that a phrase or clause beside the predicate names as its means."""
    ground = fillers.ground
    heads = [h for slot in ("with", "by") for h in found.slots.get(slot, ())]
    for clause in ground.parse.kids(found.token, "advcl", "xcomp", "prep", "conj"):
        if clause.lemma in USING:
            heads += ground.syntax.slots(clause.i).get("obj", ())
    for head in heads:
        mention = ground.mentions.get(head)
        if mention is not None and mention.kind is Kind.WEA:
            yield Argument(
                role=Role.INSTRUMENT,
                span=mention.span,
                entity_id=mention.entity_id,
                filler_id=mention.mention_id,
                rule="means",
            )

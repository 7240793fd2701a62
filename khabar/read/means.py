"""What violence is done with: weapons are its instruments, never its doers.

In: the arguments of a predicate of violence. Out: the same, weapons moved from actor to instrument ("a bomb killed two"),
weapons under "with" and "using" added as instruments, actors that can do nothing (a plan, a tension) taken away. An event
that did it ("the blast killed two") stays its actor. Ships, aircraft and vehicles act.
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.model.claims import Argument, EventType, Role
from khabar.model.mentions import Form, Kind
from khabar.read.arguments import Fillers
from khabar.read.drafts import Ground
from khabar.read.predication import Found
from khabar.read.tokens import Token

ABSTRACT = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "ism",
    "ency",
    "ance",
    "ence",
    "ancy",
    "sure",
    "hood",
    "ship",
    "dom",
    "ing",
    "cy",
)
"""endings of nouns for what can do nothing"""
DEEPEST = 2
USING = frozenset(
    {"use", "employ", "fire", "throw", "hurl", "plant", "place", "detonate", "explode", "activate", "wield"}
)
"""verbs whose object is a means of the act that they accompany"""


def with_means(fillers: Fillers, found: Found, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments of a predicate; only those of violence change."""
    if found.row is None or found.row.event_type is not EventType.ASSAULT:
        return arguments
    out = [a for one in arguments for a in _fitting(fillers, one)]
    out += [body for a in arguments if a.role is Role.ACTOR for body in _bodies(fillers, a)]
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
        if top is None or top.pos in ("PROPN", "NUM", "PRON") or _may_act(fillers, top):
            yield argument


def _may_act(fillers: Fillers, noun: Token) -> bool:
    """Anything but an abstract thing; a happening may."""
    return fillers.ground.is_event(noun.i) or not noun.lemma.endswith(ABSTRACT)


def _bodies(fillers: Fillers, actor: Argument) -> Iterator[Argument]:
    """The named body whose people the doers are ("Coast Front gunmen", "members of the Coast Front"); whose weapon it was."""
    ground = fillers.ground
    head = next((i for i, m in ground.mentions.items() if m.mention_id == actor.filler_id), None)
    if head is None or ground.mentions[head].form is not Form.NOM:
        return
    weapon = ground.mentions[head].kind is Kind.WEA
    if not weapon and ground.mentions[head].kind is not Kind.PER:
        return
    for i in _above(ground, head, (Kind.ORG, Kind.GPE) if weapon else (Kind.ORG,), DEEPEST):
        body = ground.mentions[i]
        yield Argument(
            role=Role.ACTOR,
            span=body.span,
            entity_id=body.entity_id,
            filler_id=body.mention_id,
            rule="body of the doers",
        )


def _above(ground: Ground, head: int, kinds: tuple[Kind, ...], depth: int) -> Iterator[int]:
    """Bodies that a description names as its own, through parts of bodies ("of the third column of the Front")."""
    slots = ground.syntax.slots(head)
    for slot in ("compound", "nmod", "amod", "of", "from", "poss"):
        for i in slots.get(slot, ()):
            body = ground.mentions.get(i)
            if i == head or (body is not None and body.kind not in kinds):
                continue
            if body is None:
                yield from _above(ground, i, kinds, depth - 1) if depth and slot == "of" else ()
                continue
            whole = list(_above(ground, i, kinds, depth - 1)) if depth and body.form is Form.NOM else []
            if whole:
                yield from whole
            elif body.form is Form.NAM or (slot == "of" and ground.parse.kid(i, "det") is not None):
                yield i


def _used(fillers: Fillers, found: Found) -> Iterator[Argument]:
    """Weapons that a phrase or clause beside the predicate names as its means."""
    ground = fillers.ground
    heads = [h for slot in ("with", "by") for h in found.slots.get(slot, ())]
    for clause in ground.parse.kids(found.token, "advcl", "xcomp", "prep", "conj"):
        if clause.lemma in USING:
            heads += ground.syntax.slots(clause.i).get("obj", ())
    for head in (k for h in heads for k in (h, *ground.syntax.slots(h).get("of", ()))):
        mention = ground.mentions.get(head)
        if mention is not None and mention.kind is Kind.WEA:
            yield Argument(
                role=Role.INSTRUMENT,
                span=mention.span,
                entity_id=mention.entity_id,
                filler_id=mention.mention_id,
                rule="means",
            )

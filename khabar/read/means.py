"""What violence is done with: weapons are its instruments, never its doers.

In: the arguments of a predicate of violence. Out: the same, weapons moved from actor to instrument ("a bomb killed two"),
weapons under "with" and "using" added as instruments, other things under "with" taken away ("clashed with police", "killed
with impunity"), and so those that can do nothing (a plan, a tension, "30 injured") and that no violence can be done to
(a reconciliation, nobody). "Velian missiles hit the port" was done by whose they are said to be. An event that did it ("the
blast killed two") stays its actor. Ships, aircraft and vehicles act.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.model.claims import Argument, EventType, Role
from khabar.model.mentions import Form, Kind, Mention
from khabar.model.spans import Span
from khabar.read.arguments import Fillers
from khabar.read.drafts import Ground
from khabar.read.predication import Found
from khabar.read.tokens import Token

FITTED = frozenset({Role.ACTOR, Role.RECIPIENT, Role.THEME, Role.INSTRUMENT})
MEANS = frozenset({Kind.WEA, Kind.VEH, Kind.MISC})
NOTHING = frozenset(
    {"it", "this", "which", "what", "nobody", "none", "nothing", "something", "anything", "everything", "anyone"}
)
BARE = frozenset({"that", "those", "these", "one", "who"})
"""words for somebody only where a clause says who ("those who fled")"""
DEEPEST = 2


def with_means(fillers: Fillers, found: Found, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The arguments of a predicate; only those of violence change."""
    if found.row is None or found.row.event_type is not EventType.ASSAULT:
        return arguments
    out = [a for one in arguments for a in _fitting(fillers, one)]
    struck = {m.mention_id for h in found.slots.get("subj", ()) if (m := fillers.ground.mentions.get(h)) is not None}
    alone = not any(a.role is Role.ACTOR for a in arguments)
    doing = [
        a for a in arguments if a.role is Role.ACTOR or (alone and a.role is Role.INSTRUMENT and a.filler_id in struck)
    ]
    out += [body for a in doing for body in _bodies(fillers, a)]
    have = {a.span for a in out}
    out += [a for a in _used(fillers, found) if a.span not in have]
    return tuple(dict.fromkeys(out))


def _fitting(fillers: Fillers, argument: Argument) -> Iterator[Argument]:
    """An argument in the role that its filler can have."""
    if argument.role not in FITTED or argument.span is None:
        yield argument
        return
    mention = next((m for m in fillers.ground.mentions.values() if m.mention_id == argument.filler_id), None)
    before = argument.rule in ("compound", "nmod") and mention is not None and mention.kind is Kind.VEH
    if argument.role is Role.ACTOR and mention is not None and before and not _strikes(fillers, mention):
        yield replace(argument, role=Role.RECIPIENT, rule="vehicle")  # "a convoy attack"
    elif argument.role is Role.ACTOR and mention is not None and (before or mention.kind is Kind.WEA):
        yield replace(argument, role=Role.INSTRUMENT, rule="weapon")
    elif mention is None:
        top = _top(fillers, argument.span)
        if top is None or _may_be(fillers, argument.role, top):
            yield argument
    elif argument.role is not Role.INSTRUMENT or mention.kind in MEANS:
        yield argument


def _strikes(fillers: Fillers, vehicle: Mention) -> bool:
    """ "a drone attack", "a car attack": what the attack was done with."""
    return fillers.ground.parse.tokens[vehicle.head_token].lemma in fillers.ground.classes.striking


def _top(fillers: Fillers, span: Span) -> Token | None:
    """The head of a phrase."""
    tokens = fillers.ground.parse.tokens
    inside = [t for t in tokens if span.start <= t.start < span.end]
    return next((t for t in inside if not span.start <= tokens[t.head].start < span.end), None)


def _may_be(fillers: Fillers, role: Role, top: Token) -> bool:
    """Whether what is no mention can fill a role: doers are somebody or a happening, the hurt not abstract and not nobody."""
    if top.lower in NOTHING or (top.lower in BARE and fillers.ground.parse.kid(top.i, "relcl", "acl") is None):
        return False
    if role is Role.ACTOR:
        return (
            top.pos in ("PROPN", "NUM", "PRON")
            or fillers.ground.is_event(top.i)
            or not top.lemma.endswith(fillers.ground.classes.inert)
        )
    if role is Role.INSTRUMENT:
        return top.pos == "NOUN" and not top.lemma.endswith(fillers.ground.classes.inert)
    return top.pos in ("PROPN", "NUM", "PRON") or not top.lemma.endswith(fillers.ground.classes.unhurt)


def _bodies(fillers: Fillers, actor: Argument) -> Iterator[Argument]:
    """The named body whose people the doers are ("Coast Front gunmen", "members of the Coast Front"); whose weapon it was."""
    ground = fillers.ground
    head = next((i for i, m in ground.mentions.items() if m.mention_id == actor.filler_id), None)
    if head is None or ground.mentions[head].form is not Form.NOM:
        return
    kind = ground.mentions[head].kind
    weapon = kind is Kind.WEA or (kind is Kind.VEH and actor.role is Role.INSTRUMENT)
    if not weapon and kind is not Kind.PER:
        return
    for i in _above(ground, head, (Kind.ORG, Kind.GPE) if weapon else (Kind.ORG,), DEEPEST):
        body = ground.mentions[i]
        yield Argument.of(body, Role.ACTOR, "body of the doers")


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
        if clause.lemma in ground.classes.using:
            heads += ground.syntax.slots(clause.i).get("obj", ())
    for head in (k for h in heads for k in (h, *ground.syntax.slots(h).get("of", ()))):
        mention = ground.mentions.get(head)
        if mention is not None and mention.kind is Kind.WEA:
            yield Argument.of(mention, Role.INSTRUMENT, "means")

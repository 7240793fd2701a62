"""Recipients of acts about acts: who a demand, promise, refusal, threat or accusation is aimed at.

In: the predicates with their own arguments. Out: the same, with a recipient where the act's content gives one (PLOVER:
"demanded that X withdraw" is aimed at X; "agreed to arm X", "refused to meet X", "threatened to bomb X" at X; "allowed X to
leave" at X; "accused of" at the doer), else where a condition does ("threatened to strike unless X pays"). Only where the
predicate has no recipient of its own and never its own actor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from khabar.model.claims import Argument, EventType, Relation, Role
from khabar.model.mentions import Mention
from khabar.read.affected import SOMEBODY
from khabar.read.drafts import Ground
from khabar.read.predication import Found

Arguments = Mapping[str, tuple[Argument, ...]]

FROM_DOER = frozenset({EventType.REQUEST, EventType.ACCUSE, EventType.CONCEDE, EventType.AID})
FROM_TARGET = frozenset({EventType.AGREE, EventType.REJECT, EventType.THREATEN})
ABOUT_ACTS = FROM_DOER | FROM_TARGET
AIMS = frozenset({EventType.PROTEST, EventType.ACCUSE, EventType.REQUEST})
"""what protesters do by their protest"""
AIDING = frozenset({EventType.AID})
"""what senders do by what they send: "sent doctors to help X" """
CONDITIONS = frozenset({"unless", "until", "if"})
DONE_BY_ACTS = frozenset({EventType.ASSAULT, EventType.AID, EventType.SUPPORT, EventType.COERCE})
"""acts that other acts can do: "helped by coalition air strikes", "killed in a raid by X" """
JOINED = frozenset({Relation.PART_OF, Relation.ALLY, Relation.LEAD})
"""relations whose theme is who is joined or led"""
DURING = ("in", "by", "during", "from", "of")
DEEPEST = 3


def with_doers(
    found: tuple[Found, ...], names: Mapping[int, str], arguments: Arguments, chains: Mapping[int, tuple[int, ...]]
) -> Arguments:
    """The arguments by predication id, actors added where a happening is what harmed: "killed in clashes between X and Y",
    "a raid by X destroyed the mill". The happening itself is then the instrument. ``chains``: the voices over each
    predicate; who did it as somebody else tells ("a bomb claimed by X killed five") did it in those words only.
    """
    out = dict(arguments)
    by_token = {one.token: one for one in found}
    for one in found:
        if one.row is None or one.row.event_type not in DONE_BY_ACTS or one.pos != "verb":
            continue
        name = names[one.token]
        if any(a.role is Role.ACTOR and a.entity_id is not None for a in arguments[name]):
            continue
        heads = [h for slot in ("subj", *DURING) for h in one.slots.get(slot, ())]
        for happening in (by_token[h] for h in heads if h in by_token and h != one.token):
            if happening.row is None or happening.row.event_type is not EventType.ASSAULT:
                continue
            if not set(chains[happening.token]) <= set(chains[one.token]):
                continue
            actors = [a for a in arguments[names[happening.token]] if a.role is Role.ACTOR and a.entity_id is not None]
            if actors:
                kept = [replace(a, role=Role.INSTRUMENT) if a.role is Role.ACTOR else a for a in arguments[name]]
                out[name] = (*kept, *(replace(a, rule="of the happening") for a in actors))
                break
    return out


def with_campaigners(found: tuple[Found, ...], names: Mapping[int, str], arguments: Arguments) -> Arguments:
    """The arguments by predication id, actors added to a fight against somebody in which their doers did something else:
    "killed nine in operations against X", "abuses by the army during the campaign against X".
    """
    out = dict(arguments)
    by_token = {one.token: one for one in found}
    for one in found:
        for slot in ("in", "during"):
            for fight in (by_token[h] for h in one.slots.get(slot, ()) if h in by_token):
                row, known = fight.row, out[names[fight.token]]
                roles = {a.role for a in known}
                if row is None or row.event_type is not EventType.ASSAULT or fight.pos != "noun":
                    continue
                if Role.ACTOR in roles or not fight.slots.get("against"):
                    continue
                aims = {a.entity_id for a in known if a.role is Role.RECIPIENT}
                doers = [a for a in arguments[names[one.token]] if a.role is Role.ACTOR and a.entity_id is not None]
                added = [replace(a, rule="doer of what it was part of") for a in doers if a.entity_id not in aims]
                out[names[fight.token]] = (*added, *known)
    return out


def with_recipients(
    ground: Ground, found: tuple[Found, ...], names: Mapping[int, str], arguments: Arguments
) -> Arguments:
    """The arguments by predication id, recipients added; the innermost acts first, so that outer ones can use theirs."""
    out = dict(arguments)
    by_name = {names[one.token]: one for one in found}
    for one in sorted(found, key=lambda one: _height(ground, one), reverse=True):
        name = names[one.token]
        kind = one.row.event_type if one.row else None
        if any(a.role is Role.RECIPIENT for a in out[name]):
            continue
        if kind is EventType.AID:
            out[name] = (*out[name], *_by_purpose(ground, one, by_name, out, AIDING))
        if kind in ABOUT_ACTS and not any(a.role is Role.RECIPIENT for a in out[name]):
            out[name] = (*out[name], *_aimed(ground, one, by_name, out, out[name]))
            if kind is EventType.REQUEST and not any(a.role is Role.RECIPIENT for a in out[name]):
                out[name] = (*out[name], *_addressed(ground, one))
        elif kind is EventType.PROTEST:
            aimed = tuple(_by_purpose(ground, one, by_name, out)) or tuple(_opposed(ground, one))
            out[name] = (*out[name], *aimed)
    return out


def _height(ground: Ground, one: Found) -> int:
    """How many tokens govern a predicate."""
    at, height = ground.parse.tokens[one.token], 0
    while at.head != at.i:
        at, height = ground.parse.tokens[at.head], height + 1
    return height


def _aimed(
    ground: Ground, one: Found, by_name: Mapping[str, Found], arguments: Arguments, own: tuple[Argument, ...]
) -> tuple[Argument, ...]:
    """The recipients that an act takes from its content, from a noun phrase in it, or from a condition on it."""
    actors = {a.entity_id or a.span for a in own if a.role is Role.ACTOR}
    kind = one.row.event_type if one.row else None
    wanted = Role.ACTOR if kind in FROM_DOER else Role.RECIPIENT
    through = tuple(_through(ground, own, by_name, arguments, (wanted, actors), DEEPEST))
    return (
        through or tuple(_within(ground, own, actors)) or tuple(_on_condition(ground, one, by_name, arguments, actors))
    )


def _through(
    ground: Ground,
    own: tuple[Argument, ...],
    by_name: Mapping[str, Found],
    arguments: Arguments,
    wanted: tuple[Role, Collection[object]],
    depth: int,
) -> Iterator[Argument]:
    """From the predication that is the content: its doer or its target, through further such acts."""
    role, actors = wanted
    for content in own:
        inner = by_name.get(content.predication_id or "")
        if inner is None or not depth:
            continue
        theirs = arguments.get(content.predication_id or "", ())
        whole = Role.THEME if role is Role.RECIPIENT and inner.row and inner.row.relation in JOINED else role
        fit = [a for a in theirs if a.role in (role, whole) and a.span and (a.entity_id or a.span) not in actors]
        if fit:
            yield from (_named(ground, a, actors, "of the content") for a in fit)
        elif inner.row is None or inner.row.event_type in ABOUT_ACTS or inner.row.relation is Relation.CAUSE:
            deeper = tuple(_through(ground, theirs, by_name, arguments, wanted, depth - 1))
            yield from deeper or _within(ground, theirs, actors)


def _within(ground: Ground, own: tuple[Argument, ...], actors: Collection[object]) -> Iterator[Argument]:
    """From a content that is a noun phrase: the first somebody named inside it ("demanded an admission by X")."""
    for content in own:
        if content.role not in (Role.CONTENT, Role.THEME) or content.span is None:
            continue
        inside = [m for m in ground.mentions.values() if content.span.contains(m.span) and m.kind in SOMEBODY]
        first = min((m for m in inside if m.entity_id not in actors), key=_order, default=None)
        if first is not None:
            yield Argument.of(first, Role.RECIPIENT, "within the content")
            return


def _on_condition(
    ground: Ground, one: Found, by_name: Mapping[str, Found], arguments: Arguments, actors: Collection[object]
) -> Iterator[Argument]:
    """ "threatened to strike unless X pays": the one who can meet the condition on the act or on its content."""
    parse = ground.parse
    heads = [one.token, *one.slots.get("comp", ())]
    clauses = {
        k.i
        for head in heads
        for k in parse.kids(head, "advcl")
        if (mark := parse.kid(k.i, "mark")) is not None and mark.lower in CONDITIONS
    }
    for name, inner in by_name.items():
        if inner.token in clauses:
            for a in arguments.get(name, ()):
                if a.role is Role.ACTOR and a.entity_id is not None and a.entity_id not in actors:
                    yield _taken(a, "of the condition")


def _named(ground: Ground, a: Argument, actors: Collection[object], rule: str) -> Argument:
    """A filler as recipient; where it is a thing ("UN planes"), the somebody in it."""
    if a.entity_id is None and a.span is not None:
        inside = next(_within(ground, (replace(a, role=Role.THEME),), actors), None)
        if inside is not None:
            return inside
    return _taken(a, rule)


def _by_purpose(
    ground: Ground,
    one: Found,
    by_name: Mapping[str, Found],
    arguments: Arguments,
    aims: Collection[EventType] = AIMS,
) -> Iterator[Argument]:
    """ "struck to protest against X", "marched in protest at X": the purpose names whom the act is aimed at."""
    parse = ground.parse
    own = one.support if one.support is not None else one.token
    for name, inner in by_name.items():
        if inner.row is None or inner.row.event_type not in aims or inner.token == one.token:
            continue
        at = parse.tokens[inner.token]
        while at.dep in ("dobj", "pobj") and at.head != own:
            at = parse.tokens[at.head]
        if at.dep in ("advcl", "prep", "xcomp") and at.head == own:
            yield from (_taken(a, "of the purpose") for a in arguments[name] if a.role is Role.RECIPIENT)


def _addressed(ground: Ground, one: Found) -> Iterator[Argument]:
    """ "sent a letter to X asking for help": whom the letter goes to is asked."""
    tokens = ground.parse.tokens
    clause = tokens[one.token]
    if clause.dep not in ("acl", "advcl") or clause.tag != "VBG":
        return
    above = tokens[clause.head]
    letter = above if clause.dep == "acl" else ground.parse.kid(above.i, "dobj")
    if letter is None or letter.lemma not in ground.classes.writings:
        return
    for head in (h for at in (letter.i, letter.head) for h in ground.syntax.slots(at).get("to", ())):
        mention = ground.mentions.get(head)
        if mention is not None and mention.kind in SOMEBODY:
            yield Argument.of(mention, Role.RECIPIENT, "whom it is written to")


def _opposed(ground: Ground, one: Found) -> Iterator[Argument]:
    """ "anti-government protesters": what stands behind the hyphen of those who protest."""
    tokens = ground.parse.tokens
    for head in one.slots.get("subj", ()):
        for k in ground.parse.kids(head, "amod", "compound", "nmod"):
            before = [t.lower for t in tokens[max(0, k.i - 2) : k.i]]
            if before == ["anti", "-"]:
                mention = ground.mentions.get(k.i)
                yield Argument(
                    role=Role.RECIPIENT,
                    span=mention.span if mention is not None else k.span,
                    entity_id=mention.entity_id if mention is not None else None,
                    filler_id=mention.mention_id if mention is not None else None,
                    rule="opposed",
                )


def _taken(a: Argument, rule: str) -> Argument:
    return Argument(role=Role.RECIPIENT, span=a.span, entity_id=a.entity_id, filler_id=a.filler_id, rule=rule)


def _order(mention: Mention) -> int:
    return mention.span.start

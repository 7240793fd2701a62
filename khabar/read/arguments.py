"""The fillers of a predicate's roles: actor, recipient, theme, place, time, instrument, quantity, content.

In: predicates with their slots, mentions by head token, time expressions, quantities. Out: Arguments with spans and
entities, in order of the text. The table row says which slots may fill which role; an untyped verb has its subject as
actor and its object as recipient if that is somebody, else as theme. Places must be places; times hang where they hang in
the tree and are shared by an infinitive with its governor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from khabar.model.claims import Argument, EventType, Relation, Role
from khabar.model.mentions import Form, Kind, Quantity, Timex
from khabar.read.affected import SOMEBODY, affected, members, stands_for_itself
from khabar.read.drafts import Ground
from khabar.read.phrases import OUTSIDE_PHRASE, phrase
from khabar.read.predication import Found
from khabar.read.syntax import conjuncts
from khabar.read.tokens import Parse, Token
from khabar.read.where import places_apart

PLACES = frozenset({Kind.GPE, Kind.LOC, Kind.FAC})
PLACE_SLOTS = (
    "in",
    "at",
    "near",
    "on",
    "off",
    "outside",
    "inside",
    "around",
    "across",
    "into",
    "from",
    "toward",
    "towards",
)
PASSED = ("through", "throughout", "along")
"""prepositions that place a happening and aim it at nobody"""
LENT_PLACE = ("in", "at", "near", "on")
"""prepositions under an argument that place the happening too ("bombed forces in X")"""
HELD_PLACE = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.CONSULT, EventType.MOBILIZE, Relation.CONTROL, Relation.MOVE}
)
THINGS_TOO = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION})
"""acts whose recipient may be a thing that stands for nobody named ("shelled a hospital")"""
OF_WORDS = frozenset({EventType.THREATEN, EventType.REQUEST, EventType.AGREE, EventType.REJECT, EventType.ACCUSE})
"""acts that consist of words"""
AIMED_AT_SITE = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE})
"""of these also where it only happens there"""
ALONG = ("to", "into", "from", "of", "on", "along", "toward", "towards", "off", "over")
AIMED_AT_PLACE = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.RETREAT, EventType.AID})
"""acts on a country or town where nobody in it is named as their recipient ("sent troops to X", "a curfew in X")"""
RECIPROCAL = frozenset({("each", "other"), ("one", "another")})
UNTYPED: tuple[tuple[Role, tuple[str, ...]], ...] = (
    (Role.ACTOR, ("subj", "poss", "by")),
    (Role.RECIPIENT, ("obj", "iobj")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fillers:
    """What may fill roles, looked up by token."""

    ground: Ground
    predicates: Mapping[int, str]
    """token of a predicate to its id"""
    timexes: tuple[Timex, ...]
    """all time expressions of the text"""
    times: Mapping[int, tuple[Timex, ...]]
    """predicate token to the time expressions that hang on it"""
    counts: Mapping[int, tuple[Quantity, ...]]
    """head token of what is counted to its counts"""


LOOKING_BACK = frozenset({"for", "of", "with", "over", "about", "after", "before", "since", "despite"})
"""prepositions of a gerund that was done at another time than what is said before them"""
SOON = frozenset({"hours", "hour", "minutes", "moments", "shortly", "soon", "immediately", "just", "right"})
"""words before "after" and "before" that leave it the same day"""


def arguments_of(fillers: Fillers, found: Found) -> tuple[Argument, ...]:
    """All arguments of a predicate."""
    roles = _roles_of(found)
    out: list[Argument] = []
    for role, slots in roles:
        if role is Role.RECIPIENT and found.row is not None and found.row.event_type is not None:
            out.extend(_recipients(fillers, found, slots, out))
        elif role is not Role.PLACE:
            out.extend(_role(fillers, found, role, slots))
    place_slots = dict(roles).get(Role.PLACE, ())
    out.extend(_places(fillers, found, (*place_slots, *PLACE_SLOTS, *PASSED), out))
    out.extend(_place_acted_on(fillers, found, out))
    out.extend(_times(fillers, found))
    out.extend(_quantities(fillers, found, out))
    out.extend(_content(fillers, found, out))
    return tuple(dict.fromkeys(out))


def _role(fillers: Fillers, found: Found, role: Role, slots: tuple[str, ...]) -> Iterator[Argument]:
    """The first slot with a fitting filler."""
    for slot in slots:
        heads = [k for h in found.slots.get(slot, ()) for k in members(fillers.ground, h)]
        made = [a for h in heads if (a := _argument(fillers, found, role, slot, h)) is not None]
        if made:
            yield from made
            return


def _recipients(fillers: Fillers, found: Found, slots: tuple[str, ...], have: list[Argument]) -> list[Argument]:
    """Who an act is aimed at: the first slot with somebody, or with a thing that stands for somebody; else a bare thing."""
    ground = fillers.ground
    barred = {a.entity_id for a in have if a.role is Role.ACTOR and a.entity_id}
    bodily = found.row is not None and found.row.event_type in THINGS_TOO
    things: list[Argument] = []
    for slot in slots:
        heads = [h for h in found.slots.get(slot, ()) if h != found.token and not _reflexive(ground, h)]
        aimed = dict.fromkeys(k for h in heads for k in _for_whom(ground, h, barred, sites=bodily))
        made = [a for h in aimed if (a := _argument(fillers, found, Role.RECIPIENT, slot, h)) is not None]
        fellows = {k for h in aimed.keys() & set(heads) for k in conjuncts(ground.parse, _first(ground, h))}
        rest = [
            _argument(fillers, found, Role.RECIPIENT if h in fellows else Role.THEME, slot, h)
            for h in heads
            if h not in aimed
        ]
        bare = [a for a in rest if a is not None and a.span is not None]
        if made:
            return [*made, *bare]
        helped = found.row is not None and found.row.event_type is EventType.AID
        kept = [bodily or (helped and _manned(ground, a)) for a in bare]
        things = things or [
            replace(a, role=Role.RECIPIENT if k else Role.THEME) for a, k in zip(bare, kept, strict=True)
        ]
    return things


def _first(ground: Ground, head: int) -> int:
    """The first of the conjuncts that a head belongs to."""
    while ground.parse.tokens[head].dep == "conj":
        head = ground.parse.tokens[head].head
    return head


def _manned(ground: Ground, argument: Argument) -> bool:
    """Whether a thing has people in it that help reaches ("protected the convoy")."""
    return any(m.mention_id == argument.filler_id and m.kind is Kind.VEH for m in ground.mentions.values())


def _roles_of(found: Found) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    return found.row.roles if found.row is not None else UNTYPED


def _for_whom(ground: Ground, head: int, barred: Collection[str], *, sites: bool) -> tuple[int, ...]:
    """A head that is somebody, or whoever the thing stands for; of a place that can be acted on also itself."""
    mention = ground.mentions.get(head)
    if stands_for_itself(ground, head):
        return members(ground, head)
    inside = affected(ground, head, barred)
    if sites and (mention is not None or any(ground.mentions[h].form is Form.PRO for h in inside)):
        return (head, *inside)
    return inside


def _reflexive(ground: Ground, head: int) -> bool:
    """ "blew himself up" is aimed at nobody else, "fought each other" at those who do it."""
    token = ground.parse.tokens[head]
    if token.lower.endswith(("self", "selves")):
        return True
    each = ground.parse.tokens[head - 1].lower if head else ""
    return (each, token.lower) in RECIPROCAL


def _place_acted_on(fillers: Fillers, found: Found, have: list[Argument]) -> Iterator[Argument]:
    """The country or town as recipient of an act in it or towards it that has no other."""
    row = found.row
    if row is None or row.event_type not in AIMED_AT_PLACE or any(a.role is Role.RECIPIENT for a in have):
        return
    actors = [a for a in have if a.role is Role.ACTOR]
    if len(actors) > 1 or (row.event_type is EventType.ASSAULT and not actors):
        return  # where nobody strikes ("fighting in X"), nobody is aimed at
    barred = {a.entity_id for a in actors if a.entity_id}
    seen = {a.filler_id for a in have if a.role is Role.PLACE}
    passed = {h for slot in PASSED for h in found.slots.get(slot, ())}
    own = dict(row.roles).get(Role.PLACE, ())
    slots = ALONG if row.event_type not in AIMED_AT_SITE else (*own, *ALONG, *PLACE_SLOTS)
    ways = [h for slot in slots for h in _lent(fillers.ground, found, slot)]
    for head in dict.fromkeys(ways):
        mention = fillers.ground.mentions.get(head)
        if mention is not None and mention.kind is Kind.GPE and mention.entity_id in barred:
            continue
        standing = () if mention is not None and mention.kind is Kind.GPE else affected(fillers.ground, head, barred)
        itself = mention is not None and mention.mention_id in seen and (mention.kind is Kind.GPE or head not in passed)
        if itself and row.event_type is EventType.MOBILIZE and mention is not None and mention.kind is Kind.LOC:
            itself = False  # a sea or a hill is not who force is shown to
        for h in standing or ((head,) if itself else ()):
            made = _argument(fillers, found, Role.RECIPIENT, "place acted on", h)
            if made is not None:
                yield made
                return


def _lent(ground: Ground, found: Found, slot: str) -> Iterator[int]:
    """The heads in a place slot, of the predicate or of its object."""
    yield from found.slots.get(slot, ())
    for head in (h for s in ("obj", "on") for h in found.slots.get(s, ())):
        yield from ground.syntax.slots(head).get(slot, ())


def _argument(fillers: Fillers, found: Found, role: Role, slot: str, head: int) -> Argument | None:
    """One filler, or None where the head cannot fill the role."""
    ground = fillers.ground
    token = ground.parse.tokens[head]
    mention = ground.mentions.get(head)
    lost = token.tag in ("WDT", "WP") and (mention is None or mention.antecedent_id is None)
    nobody = lost or (mention is None and _is_time(fillers, head))
    if nobody or (head == found.token and slot != "self"):
        return None
    if role is Role.ACTOR and slot == "obj" and (mention is None or mention.kind not in SOMEBODY):
        return None
    if role is Role.ACTOR and slot == "bearer" and mention is None:
        return None
    if mention is None and (slot in ("amod", "compound") or (slot == "of" and role is Role.ACTOR)):
        return None
    if mention is None and head in fillers.predicates and token.pos in ("VERB", "AUX"):
        return Argument(role=role, predication_id=fillers.predicates[head], rule=slot)
    if role is Role.RECIPIENT and found.row is None and (mention is None or mention.kind not in SOMEBODY):
        role = Role.THEME
    if mention is not None:
        return Argument.of(mention, role, slot)
    if token.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") or token.tag.startswith("NN"):
        own = ground.parse.tokens[found.token]
        clause = {"acl"} if own.dep == "acl" and own.head == head else set()
        return Argument(role=role, span=phrase(ground.parse, head, OUTSIDE_PHRASE | clause), rule=slot)
    return None


def _is_time(fillers: Fillers, head: int) -> bool:
    return any(t.head_token == head for times in fillers.times.values() for t in times)


def _places(fillers: Fillers, found: Found, slots: tuple[str, ...], have: list[Argument]) -> Iterator[Argument]:
    """Every place in the place slots; else the place of the object ("bombed forces in X"); else a place that is acted on."""
    ground = fillers.ground
    seen = [h for slot in dict.fromkeys(slots) for h in found.slots.get(slot, ())]
    made = list(_place_mentions(fillers, [*seen, *(h for h in places_apart(ground, found.token) if h not in seen)]))
    about = found.row is not None and found.row.event_type in OF_WORDS
    if not made:
        for slot in ("obj", "of", "subj", "on", "against"):
            lent = LENT_PLACE if slot == "subj" else (*LENT_PLACE, "of")
            for head in found.slots.get(slot, ()):
                if about and head in fillers.predicates:
                    continue  # "condemned the killing in X": where the killing was
                inner = ground.syntax.slots(head)
                made.extend(_place_mentions(fillers, [h for s in lent for h in inner.get(s, ())]))
    row = found.row
    if not made and row is not None and ((row.event_type or row.relation) in HELD_PLACE):
        for argument in have:
            mention = _mention_of(fillers, argument)
            if argument.role in (Role.RECIPIENT, Role.THEME) and mention is not None and mention in PLACES:
                made.append(
                    Argument(
                        role=Role.PLACE,
                        span=argument.span,
                        entity_id=argument.entity_id,
                        filler_id=argument.filler_id,
                        rule="acted on",
                    )
                )
    yield from made


def _mention_of(fillers: Fillers, argument: Argument) -> Kind | None:
    return next((m.kind for m in fillers.ground.mentions.values() if m.mention_id == argument.filler_id), None)


def _place_mentions(fillers: Fillers, heads: list[int], *, deep: int = 3) -> Iterator[Argument]:
    """The places at some heads, or inside their phrases ("outside a café in X")."""
    for head in heads:
        mention = fillers.ground.mentions.get(head)
        named = mention is not None and mention.form is Form.NAM
        if not named and fillers.ground.parse.tokens[head].pos not in ("VERB", "AUX") and deep:
            inner = fillers.ground.syntax.slots(head)
            yield from _place_mentions(
                fillers, [h for s in ("of", "in", "at") for h in inner.get(s, ())], deep=deep - 1
            )
        if mention is not None and mention.kind in PLACES:
            yield Argument.of(mention, Role.PLACE, "place")


def _times(fillers: Fillers, found: Found) -> Iterator[Argument]:
    """Times on the predicate, on the light verb that carries it, or on the verb that governs its infinitive or gerund; but
    "jailed on Monday for aiding rebels" does not say when they were aided.
    """
    parse = fillers.ground.parse
    tokens = [found.token] if found.support is None else [found.token, found.support]
    at = parse.tokens[found.token]
    while at.dep in ("xcomp", "pcomp", "prep") and at.head != at.i and not _looks_back(parse, at):
        at = parse.tokens[at.head]
        tokens.append(at.i)
    for i in tokens:
        if i in fillers.times:
            for timex in fillers.times[i]:
                yield Argument(role=Role.TIME, span=timex.span, filler_id=timex.timex_id, rule="time")
            return


def _looks_back(parse: Parse, link: Token) -> bool:
    """Whether a preposition leads to another time: "after retaking it", but not "hours after retaking it"."""
    soon = link.i > 0 and parse.tokens[link.i - 1].lower in SOON
    return link.dep == "prep" and link.lower in LOOKING_BACK and not soon


def _quantities(fillers: Fillers, found: Found, have: list[Argument]) -> Iterator[Argument]:
    """Counts of the actor, recipient or theme, and counts of the happening itself ("four times")."""
    spans = [a.span for a in have if a.span is not None and a.role in (Role.RECIPIENT, Role.THEME, Role.ACTOR)]
    for head, counts in fillers.counts.items():
        token = fillers.ground.parse.tokens[head]
        inside = any(s.start <= token.start < s.end for s in spans)
        adverbial = token.head == found.token and token.dep in ("npadvmod", "advmod", "dobj")
        if inside or adverbial:
            for count in counts:
                yield Argument(role=Role.QUANTITY, span=count.span, filler_id=count.quantity_id, rule="count")


def _said_of(ground: Ground, comp: int) -> tuple[int, ...]:
    """A complement's verb; behind a bare copula also what is said of the subject ("said it was ready to leave")."""
    if ground.parse.tokens[comp].lemma != "be":
        return (comp,)
    return (comp, *(k.i for k in ground.parse.kids(comp, "acomp", "attr")))


def _content(fillers: Fillers, found: Found, have: list[Argument]) -> Iterator[Argument]:
    """Complement clauses that are predications themselves."""
    taken = {a.predication_id for a in have}
    heads = [h for comp in found.slots.get("comp", ()) for h in _said_of(fillers.ground, comp)]
    heads += [h for slot in ("of", "for", "as", "about") for h in found.slots.get(slot, ())]
    for head in heads:
        name = fillers.predicates.get(head)
        if name is not None and name not in taken and head != found.token:
            yield Argument(role=Role.CONTENT, predication_id=name, rule="complement")

"""Entities of a document to somebody known: a curated actor, a state, an outlet, a place; or a stable local id; or nobody.

In: the context of a document and its PlaceLinks. Out: at most one EntityLink an entity, in order of first mention. In
order of trust: a country's name; a curated name or acronym; an outlet; an acceptable spelling of a curated name; a family
name alone; nationality and kind of body ("Kenyan police"). Country in play and offices held at the publication day
raise a candidate, a name that disagrees strikes it out. A capital that mostly speaks or acts is its government. A named
stranger gets "local:" and a digest of its folded name, the same in every document; descriptions without a name
("sources", "a top official") link to nobody, save a state's body or what belongs to somebody named ("X's forces").
Warplanes that fight are an air force; bought, shown or downed they are equipment of a country's make, and nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from khabar.lexicon.letters import folded, telling
from khabar.model.claims import EventType, Role
from khabar.model.identity import content_id
from khabar.model.links import EntityLink, PlaceLink
from khabar.model.mentions import Form, Kind, Mention
from khabar.resolve.context import Context
from khabar.resolve.lookups import ActorRow
from khabar.resolve.names import SAME_NAME, compare_names
from khabar.resolve.places import acting_mentions
from khabar.resolve.titles import titled

ACTOR_KINDS = frozenset({Kind.PER, Kind.ORG, Kind.GPE, Kind.VEH})
BODY_KINDS = frozenset({Kind.ORG, Kind.VEH})
"""kinds whose descriptions can be a body of state: "the Kenyan navy", "Kenyan warships" """
TRUST = {"name": 0.93, "acronym": 0.88, "surname": 0.72}
SPELLING, OUTLET, BODY, STATE, OWNED, LOCAL_SCORE = 0.85, 0.9, 0.75, 0.95, 0.7, 0.5
HOME, AWAY, IN_OFFICE, RIVALRY = 0.05, -0.2, 0.06, -0.15
"""added to a candidate's trust: its country is in play, is not; holds an office on the day; per close rival"""
LEAST = 0.5
FIGHTS = frozenset({EventType.ASSAULT, EventType.MOBILIZE})
MAIN = 0.3
"""weight from which a country is one of the document's main ones"""
SINGLE_SPELLING = 0.9
"""how alike one word must be to count as a spelling of a curated name"""


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of the document with its mentions."""

    entity_id: str
    kind: Kind
    mentions: tuple[Mention, ...]
    names: tuple[str, ...]
    """as they stand in the text, longest first"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row with its score and how it was found."""

    row: ActorRow
    score: float
    method: str


def link_entities(context: Context, places: tuple[PlaceLink, ...]) -> tuple[EntityLink, ...]:
    """Links of all entities that are somebody."""
    entities = entities_of(context)
    acting = acting_mentions(context)
    by_mention = {p.mention_id: p for p in places}
    fighting = fighting_entities(context)
    bodies = [e for e in entities if e.kind is not Kind.VEH or e.entity_id in fighting]
    links = {e.entity_id: link for e in bodies if (link := link_named(context, e, acting, by_mention))}
    for entity in entities:
        if entity.entity_id not in links:
            link = link_described(context, entity, links) if entity in bodies else None
            link = link or (equipment(context, entity) if entity.kind is Kind.VEH else None)
            links |= {entity.entity_id: link} if link else {}
    return tuple(links[e.entity_id] for e in entities if e.entity_id in links)


def fighting_entities(context: Context) -> frozenset[str]:
    """Entities that strike or deploy somewhere in the document."""
    fights = (p for p in context.reading.predications if p.event_type in FIGHTS)
    return frozenset(a.entity_id for p in fights for a in p.fillers(Role.ACTOR) if a.entity_id)


def entities_of(context: Context) -> list[Entity]:
    """Entities of kinds that can act, in order of first mention; the kind is that of most named mentions."""
    groups: dict[str, list[Mention]] = {}
    for mention in context.reading.mentions:
        groups.setdefault(mention.entity_id, []).append(mention)
    out = []
    for entity_id, mentions in groups.items():
        named = [m for m in mentions if m.form is Form.NAM]
        kinds = [m.kind for m in named or mentions]
        kind = max(dict.fromkeys(kinds), key=kinds.count)
        if kind in ACTOR_KINDS:
            names = dict.fromkeys(without_possessive(context.text(m)) for m in named)
            ordered = tuple(sorted(names, key=lambda n: (-len(n), n)))
            out.append(Entity(entity_id, kind, tuple(mentions), ordered))
    return out


def without_possessive(text: str) -> str:
    """Words on one line, without a genitive."""
    return " ".join(text.split()).removesuffix("'s").removesuffix("’s")


def link_named(
    context: Context, entity: Entity, acting: frozenset[str], places: dict[str, PlaceLink]
) -> EntityLink | None:
    """The link of an entity that is named somewhere."""
    if not entity.names:
        return None
    if entity.kind is Kind.VEH:
        return link_body(context, entity, entity.names[0])
    if entity.kind is Kind.GPE:
        return link_polity(context, entity, acting, places)
    found = curated(context, entity)
    if found is None:
        found = link_outlet(context, entity) or link_body(context, entity, entity.names[0]) or stranger(context, entity)
    return found


def link_polity(
    context: Context, entity: Entity, acting: frozenset[str], places: dict[str, PlaceLink]
) -> EntityLink | None:
    """A country to its state; an acting capital to its state; any other place to itself; an unknown one to a local id."""
    nations = context.lookups.nations
    place = next((places[m.mention_id] for m in entity.mentions if m.mention_id in places), None)
    codes = next((c for name in entity.names if (c := nations.any(name))), ())
    if codes and (place is None or place.feature == "PCLI"):
        return state_link(context, entity, codes, "nation")
    capital = next((c for name in entity.names if (c := nations.metonym(name))), ())
    named = [m for m in entity.mentions if m.form is Form.NAM]
    if capital and 2 * sum(m.mention_id in acting for m in named) >= len(named):
        return state_link(context, entity, capital, "metonym")
    if place is not None:
        return _link(entity, (place.place_id, place.name, place.country), place.score, "place")
    return state_link(context, entity, capital, "metonym") or stranger(context, entity)


def state_link(context: Context, entity: Entity, codes: tuple[str, ...], method: str) -> EntityLink | None:
    """The state among some countries that is most in play."""
    ranked = sorted(codes, key=lambda code: -context.weight(code))
    states = [row for code in ranked for row in context.lookups.bodies(code, "state")]
    if not states:
        return None
    score = STATE if len(codes) == 1 else STATE - 0.25
    row = states[0]
    return _link(entity, (row.actor_id, row.name, row.country), score, method, [r.actor_id for r in states[1:]])


def curated(context: Context, entity: Entity) -> EntityLink | None:
    """The best curated bearer of the entity's names, if one is good enough."""
    best: dict[str, Candidate] = {}
    for candidate in candidates(context, entity):
        other = best.get(candidate.row.actor_id)
        if other is None or candidate.score > other.score:
            best[candidate.row.actor_id] = candidate
    ranked = sorted(best.values(), key=lambda c: (-c.score, c.row.actor_id))
    if not ranked:
        return None
    first, rivals = ranked[0], [c for c in ranked[1:] if c.score > ranked[0].score - 0.05]
    score = first.score + RIVALRY * bool(rivals)
    if score < LEAST:
        return None
    row = first.row
    return _link(
        entity, (row.actor_id, row.name, row.country), score, first.method, [c.row.actor_id for c in ranked[1:4]]
    )


def candidates(context: Context, entity: Entity) -> Iterator[Candidate]:
    """Curated rows of the right kind that agree with all of the entity's names."""
    for name in dict.fromkeys(n for full in entity.names for n in shortened(full, entity.kind)):
        for row in context.lookups.actors(name):
            if row.kind is entity.kind and agrees(row, entity):
                yield Candidate(row, appraise(context, row, TRUST[row.how]), row.how)
    longest = entity.names[0]
    for row in context.lookups.alike(longest):
        score = max(compare_names(longest, n).score for n in row.names)
        single = len(telling(longest)) == 1
        if row.kind is not entity.kind or (single and not context.weight(row.country)):
            continue
        if score >= (SINGLE_SPELLING if single else SAME_NAME) and agrees(row, entity):
            yield Candidate(row, appraise(context, row, SPELLING * score), "spelling")


def shortened(name: str, kind: Kind) -> Iterator[str]:
    """A name as it stands; of a person also without words at its beginning (titles); of a body without "the"."""
    words = name.split()
    yield name
    if kind is Kind.PER:
        for start in range(1, len(words)):
            yield " ".join(words[start:])
    elif len(words) > 1 and words[0].lower() == "the":
        yield " ".join(words[1:])


def agrees(row: ActorRow, entity: Entity) -> bool:
    """Whether a row may bear the entity's longest name: a person's given name must not contradict it. Words before may be
    titles that no table knows; a family name alone, with its particle or without, is not enough behind a given name.
    """
    longest = titled(entity.names[0])[1]
    if row.kind is not Kind.PER or len(telling(longest)) < 2:
        return True
    words = longest.split()
    tails = [tail for tail in (" ".join(words[i:]) for i in range(len(words) - 1)) if len(telling(tail)) > 1]
    return any(compare_names(tail, name).score >= SAME_NAME for tail in tails for name in row.names)


def appraise(context: Context, row: ActorRow, trust: float) -> float:
    """A row's trust, raised or lowered by country and day."""
    if row.country is not None:
        trust += HOME if context.weight(row.country) else AWAY
    if context.day and any(holds_on(o.since, o.until, context.day) for o in row.offices):
        trust += IN_OFFICE
    return max(0.0, min(0.97, trust))


def holds_on(since: str | None, until: str | None, day: str) -> bool:
    """Whether a spell covers a day; a date of lower precision covers all its days."""
    return (since is None or since <= day) and (until is None or day[: len(until)] <= until)


def link_outlet(context: Context, entity: Entity) -> EntityLink | None:
    """An outlet of one of the names."""
    rows = [row for name in entity.names for row in context.lookups.outlets(name)] if entity.kind is Kind.ORG else []
    if not rows:
        return None
    row = max(rows, key=lambda r: context.weight(r.country))
    rivals = [r.outlet_id for r in rows if r.outlet_id != row.outlet_id]
    score = OUTLET if not rivals else OUTLET - 0.2
    return _link(entity, (row.outlet_id, row.name, row.country), score, "outlet", rivals)


def link_body(context: Context, entity: Entity, phrase: str) -> EntityLink | None:
    """Nationality and kind of body: "Kenyan police", "Peru's foreign ministry"; a government is its country."""
    sort = context.words.sort_of(phrase) if entity.kind in BODY_KINDS else None
    codes = nationality(context, phrase) if sort else ()
    if sort is None or not codes:
        return None
    if sort == "state":
        return state_link(context, entity, codes, "government")
    rows = context.lookups.bodies(codes[0], sort)
    if len(rows) == 1:
        return _link(entity, (rows[0].actor_id, rows[0].name, codes[0]), BODY, "nation and kind")
    state = context.lookups.nations.by_code[codes[0]]
    adjective = state.adjectives[0] if state.adjectives else state.name
    local = f"local:{content_id('body', codes[0], sort)}"
    return _link(entity, (local, f"{adjective} {sort.replace('_', ' ')}", codes[0]), BODY - 0.1, "nation and kind")


def equipment(context: Context, entity: Entity) -> EntityLink | None:
    """Machines of a country's make or flag ("Chinese drones"): a local id with the country, since they are nobody."""
    phrase = next((without_possessive(context.text(m)) for m in entity.mentions if m.form is not Form.PRO), "")
    codes = nationality(context, phrase)
    if not codes:
        return None
    target = f"local:{content_id('equipment', codes[0], folded(phrase))}"
    return _link(entity, (target, phrase, codes[0]), LOCAL_SCORE, "equipment")


def nationality(context: Context, phrase: str) -> tuple[str, ...]:
    """The country that a phrase names or implies, longest words first: "the South African police"."""
    words = [without_possessive(w) for w in phrase.split()]
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            if codes := context.lookups.nations.any(" ".join(words[start : start + length])):
                return tuple(sorted(codes, key=lambda code: -context.weight(code)))
    return ()


def link_described(context: Context, entity: Entity, links: dict[str, EntityLink]) -> EntityLink | None:
    """The link of an entity that is only described: the forces of somebody linked, or a state's body."""
    if entity.names:
        return None
    for mention in entity.mentions:
        if mention.form is Form.NOM:
            found = link_owned(context, entity, mention, links)
            if found is None and entity.kind is not Kind.PER:
                found = link_phrase(context, entity, mention)
            if found is not None:
                return found
    return None


def link_phrase(context: Context, entity: Entity, mention: Mention) -> EntityLink | None:
    """A description that is a curated name in a country in play ("the Zambian army"), else nationality and kind."""
    phrase = without_possessive(context.text(mention)).removeprefix("the ").removeprefix("The ")
    rows = [r for r in context.lookups.actors(phrase) if r.kind is Kind.ORG and context.weight(r.country) >= MAIN]
    if len(rows) == 1:
        return _link(entity, (rows[0].actor_id, rows[0].name, rows[0].country), BODY, "description")
    return link_body(context, entity, phrase)


def link_owned(context: Context, entity: Entity, mention: Mention, links: dict[str, EntityLink]) -> EntityLink | None:
    """ "X's forces", "X fighters", "their forces": the group X, or the group that X leads on the day."""
    if mention.head.cut(context.version.text).lower() not in context.words.owned:
        return None
    for owner in context.reading.mentions:
        inside = mention.span.start <= owner.span.start and owner.span.end <= mention.head.start
        link = links.get(owner.entity_id) if inside else None
        if link is None or owner.kind not in (Kind.PER, Kind.ORG):
            continue
        target = led_by(context, link) if owner.kind is Kind.PER else (link.target_id, link.name, link.country)
        if target is not None:
            return _link(entity, target, OWNED, "forces of")
    return None


def led_by(context: Context, person: EntityLink) -> tuple[str, str, str | None] | None:
    """The body that a linked person leads on the day of publication, by the curated offices."""
    row = context.lookups.actor(person.target_id)
    for office in row.offices if row else ():
        if office.body_id and holds_on(office.since, office.until, context.day or "9999"):
            body = context.lookups.actor(office.body_id)
            return (body.actor_id, body.name, body.country) if body else None
    return None


def stranger(context: Context, entity: Entity) -> EntityLink:
    """A stable local id for somebody that no table knows; of a person by the name without its titles."""
    name = entity.names[0]
    if entity.kind is Kind.PER:
        name = max((titled(n)[1] for n in entity.names), key=lambda n: (len(n.split()), len(n)))
    codes = nationality(context, name) if entity.kind is Kind.ORG else ()
    target = f"local:{content_id(entity.kind.value, folded(name))}"
    return _link(entity, (target, name, codes[0] if codes else None), LOCAL_SCORE, "unknown")


def _link(
    entity: Entity, target: tuple[str, str, str | None], score: float, method: str, rivals: Iterable[str] = ()
) -> EntityLink:
    target_id, name, country = target
    return EntityLink(
        entity_id=entity.entity_id,
        target_id=target_id,
        name=name,
        country=country,
        score=round(score, 2),
        method=method,
        rivals=tuple(rivals),
    )

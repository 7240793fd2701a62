"""Entities of a document to somebody known: a curated actor, a state, an outlet, a place; or a stable local id; or nobody.

In: the context of a document and its PlaceLinks. Out: at most one EntityLink an entity, in order of first mention. In
order of trust: a country's name; a curated name or acronym; an outlet; an acceptable spelling of a curated name; a family
name alone; nationality and kind of body ("Kenyan police"). Country in play and offices held at the publication day
raise a candidate, a name that disagrees strikes it out. A capital that mostly speaks or acts is its government. A named
stranger gets "local:" and a digest of its folded name, the same in every document; descriptions without a name
("sources", "a top official") link to nobody, save a state's body, what belongs to somebody named ("X's forces"), or who
holds a named office (``described.py``). Warplanes that fight, move or are seen are an air force; bought, shown or downed
they are equipment of a country's make, and nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khabar.lexicon.letters import folded, telling
from khabar.model.identity import content_id
from khabar.model.links import EntityLink, PlaceLink
from khabar.model.mentions import DATELINE, Form, Kind
from khabar.resolve.context import Context
from khabar.resolve.described import link_described
from khabar.resolve.entities import Entity, entities_of, fighting_entities, link_to
from khabar.resolve.lookups import ActorRow
from khabar.resolve.names import SAME_NAME, compare_names
from khabar.resolve.places import acting_mentions
from khabar.resolve.states import equipment, holds_on, link_body, link_seat, nationality, state_link
from khabar.resolve.titles import titled

TRUST = {"name": 0.93, "acronym": 0.88, "surname": 0.72}
SPELLING, OUTLET, LOCAL_SCORE = 0.85, 0.9, 0.5
HOME, AWAY, IN_OFFICE, RIVALRY = 0.05, -0.2, 0.06, -0.15
"""added to a candidate's trust: its country is in play, is not; holds an office on the day; per close rival"""
LEAST = 0.5
SINGLE_SPELLING = 0.9
"""how alike one word must be to count as a spelling of a curated name"""


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
            link = link_described(context, entity, links, acts=entity.entity_id in fighting)
            link = link or (equipment(context, entity) if entity.kind is Kind.VEH else None)
            links |= {entity.entity_id: link} if link else {}
    return tuple(links[e.entity_id] for e in entities if e.entity_id in links)


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
        found = link_outlet(context, entity) or link_body(context, entity, entity.names[0])
    return found or link_seat(context, entity) or stranger(context, entity)


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
    named = [m for m in entity.mentions if m.form is Form.NAM and m.rule != DATELINE]
    if capital and 2 * sum(m.mention_id in acting for m in named) >= len(named):
        return state_link(context, entity, capital, "metonym")
    if place is not None:
        return link_to(entity, (place.place_id, place.name, place.country), place.score, "place")
    return state_link(context, entity, capital, "metonym") or stranger(context, entity)


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
    return link_to(
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
    if row.kind is Kind.ORG and row.how == "acronym":
        return not explained_otherwise(row, entity)
    longest = titled(entity.names[0])[1]
    if row.kind is not Kind.PER or len(telling(longest)) < 2:
        return True
    words = longest.split()
    tails = [tail for tail in (" ".join(words[i:]) for i in range(len(words) - 1)) if len(telling(tail)) > 1]
    return any(compare_names(tail, name).score >= SAME_NAME for tail in tails for name in row.names)


def explained_otherwise(row: ActorRow, entity: Entity) -> bool:
    """Whether the text itself says what an acronym is short for, and that is another body: "the Blue Lagoon Front (BLF)"."""
    for name in entity.names:
        words = telling(name)
        if len(words) > 1 and any("".join(w[0] for w in words) == a.casefold() for a in row.acronyms):
            return not any(2 * len({*words} & {*telling(own)}) >= len(words) for own in row.names)
    return False


def appraise(context: Context, row: ActorRow, trust: float) -> float:
    """A row's trust, raised or lowered by country and day."""
    if row.country is not None:
        trust += HOME if context.weight(row.country) else AWAY
    if context.day and any(holds_on(o.since, o.until, context.day) for o in row.offices):
        trust += IN_OFFICE
    return max(0.0, min(0.97, trust))


def link_outlet(context: Context, entity: Entity) -> EntityLink | None:
    """An outlet of one of the names."""
    rows = [row for name in entity.names for row in context.lookups.outlets(name)] if entity.kind is Kind.ORG else []
    if not rows:
        return None
    row = max(rows, key=lambda r: context.weight(r.country))
    rivals = [r.outlet_id for r in rows if r.outlet_id != row.outlet_id]
    score = OUTLET if not rivals else OUTLET - 0.2
    return link_to(entity, (row.outlet_id, row.name, row.country), score, "outlet", rivals)


def stranger(context: Context, entity: Entity) -> EntityLink:
    """A stable local id for somebody that no table knows; of a person by the name without its titles."""
    name = entity.names[0]
    if entity.kind is Kind.PER:
        name = max((titled(n)[1] for n in entity.names), key=lambda n: (len(n.split()), len(n)))
    codes = nationality(context, name) if entity.kind is Kind.ORG else ()
    target = f"local:{content_id(entity.kind.value, folded(name))}"
    return link_to(entity, (target, name, codes[0] if codes else None), LOCAL_SCORE, "unknown")

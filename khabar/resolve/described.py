"""Entities that are only described, to somebody known: a state's body, what belongs to somebody, who holds an office.

In: the context of a document, an entity without a name, and the links of those that have one. Out: an EntityLink or None.
"The Zambian army" is a state's body; "Haftar's forces", "their fighters" are whose they are, or the body that a person leads
on the day of publication; the forces and the government of who rules a state are the state's. "Egypt's president",
"the group's leader" is who held the office on that day, if the tables know exactly one. "A former president", "a top
official" and whatever is counted ("two soldiers") stay nobody. It knows no office that no table has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from khabar.model.links import EntityLink
from khabar.model.mentions import Form, Kind, Mention
from khabar.resolve.context import Context
from khabar.resolve.entities import Entity, link_to, without_possessive
from khabar.resolve.lookups import ActorRow
from khabar.resolve.states import (
    ARMY,
    BODY,
    MAIN,
    body_of,
    holds_on,
    link_body,
    link_government,
    state_link,
    state_of,
    target_of,
)

OWNED, OFFICE = 0.7, 0.7
OF = re.compile(r"\s+of\s+(?:the\s+)?")
Links = dict[str, EntityLink]


def link_described(context: Context, entity: Entity, links: Links, *, acts: bool) -> EntityLink | None:
    """The link of an entity that is only described; ``acts``: so that soldiers can be an army, and jets an air force."""
    if entity.names:
        return None
    for mention in entity.mentions:
        if mention.form is Form.NOM:
            found = link_owned(context, entity, mention, links) or link_office(context, entity, mention, links)
            body = entity.kind is Kind.ORG or (acts and not (entity.kind is Kind.PER and counted(context, mention)))
            if found is None and (body or entity.kind is Kind.GPE):
                found = link_phrase(context, entity, mention)
            if found is not None:
                return found
    return None


def link_phrase(context: Context, entity: Entity, mention: Mention) -> EntityLink | None:
    """A description that is a curated name in a country in play ("the Zambian army"), or of a body that belongs to none
    ("the Saudi-led coalition"); else one of rival governments; else nationality and kind.
    """
    phrase = without_possessive(context.text(mention)).removeprefix("the ").removeprefix("The ")
    known = (r for r in context.lookups.actors(phrase) if r.kind is Kind.ORG)
    rows = [r for r in known if context.weight(r.country) >= MAIN or (r.country is None and " " in phrase)]
    if len(rows) == 1:
        return link_to(entity, target_of(rows[0]), BODY, "description")
    return link_government(context, entity, phrase) or link_body(context, entity, phrase)


def counted(context: Context, mention: Mention) -> bool:
    """ "Two Israeli soldiers" are two people, and no army; so is "an Israeli soldier"."""
    spans = (q.span for q in context.reading.quantities)
    words = context.text(mention).lower().split()
    return words[0] in context.words.indefinite or any(
        s.start < mention.span.end and mention.span.start < s.end for s in spans
    )


# ------------------------------------------------------------------------------------------------ what belongs to somebody


def link_owned(context: Context, entity: Entity, mention: Mention, links: Links) -> EntityLink | None:
    """ "X's forces", "X fighters", "their forces", "its army", "X's government"."""
    noun = mention.head.cut(context.version.text).lower()
    for owner, link in owners(context, mention, links):
        sort = context.words.sort_of(context.version.text[owner.span.end : mention.span.end])
        found: EntityLink | None = None
        if owner.kind is Kind.PER:
            found = persons_own(context, entity, link, (noun, sort))
        elif code := state_of(context, link):
            found = states_own(context, entity, code, (noun, sort)) if owner.form is not Form.NAM else None
        elif owner.kind is Kind.ORG and noun in context.words.owned:
            found = link_to(entity, (link.target_id, link.name, link.country), OWNED, "forces of")
        if found is not None:
            return found
    return None


def owners(context: Context, mention: Mention, links: Links) -> Iterator[tuple[Mention, EntityLink]]:
    """The linked mentions inside a description, before its head: "Haftar" in "Haftar's forces"."""
    for owner in context.reading.mentions:
        inside = mention.span.start <= owner.span.start and owner.span.end <= mention.head.start
        link = links.get(owner.entity_id) if inside and owner is not mention else None
        if link is not None:
            yield owner, link


def states_own(context: Context, entity: Entity, code: str, what: tuple[str, str | None]) -> EntityLink | None:
    """ "its army" of a state."""
    noun, named = what
    sort = named or (ARMY if noun in context.words.regular else None)
    if sort is None or entity.kind is Kind.PER:
        return None
    if sort == "state":
        return state_link(context, entity, (code,), "government")
    target, _ = body_of(context, code, sort)
    return link_to(entity, target, OWNED, "forces of")


def persons_own(
    context: Context, entity: Entity, person: EntityLink, what: tuple[str, str | None]
) -> EntityLink | None:
    """The body that a person leads on the day, by the curated offices; or what belongs to the state that it rules."""
    noun, sort = what
    led = led_by(context, person)
    if led is not None and (noun in context.words.owned or (sort == "state" and led.sort == "government")):
        return link_to(entity, target_of(led), OWNED, "forces of")
    code = ruled_by(context, person)
    return states_own(context, entity, code, what) if code and led is None else None


def led_by(context: Context, person: EntityLink) -> ActorRow | None:
    """The body that a linked person leads on the day of publication."""
    row = context.lookups.actor(person.target_id)
    for office in row.offices if row else ():
        if office.body_id and holds_on(office.since, office.until, context.day or "9999"):
            return context.lookups.actor(office.body_id)
    return None


def ruled_by(context: Context, person: EntityLink) -> str | None:
    """The country that a linked person rules on the day of publication."""
    row = context.lookups.actor(person.target_id)
    for office in row.offices if row else ():
        rules = office.body_id is None and context.words.office_of(office.title) in context.words.rulers
        if rules and holds_on(office.since, office.until, context.day or "9999"):
            return row.country if row else None
    return None


# ------------------------------------------------------------------------------------------------------------ offices


def link_office(context: Context, entity: Entity, mention: Mention, links: Links) -> EntityLink | None:
    """ "The Egyptian president", "the president of Rwanda", "the group's leader": the one who held it on the day."""
    if entity.kind is not Kind.PER or context.day is None:
        return None
    title = context.words.office_of(context.text(mention))
    of = office_of_whom(context, mention, links) if title else None
    if title is None or of is None:
        return None
    rows = [row for row in context.lookups.holders(of) if held(context, row, title, of)]
    return link_to(entity, target_of(rows[0]), OFFICE, "office") if len(rows) == 1 else None


def office_of_whom(context: Context, mention: Mention, links: Links) -> str | None:
    """The country or body whose office a description names, if nothing but that stands before the office."""
    text, words = context.version.text, context.words
    inside = list(owners(context, mention, links))
    rest = " ".join(text[mention.span.start : mention.head.end].lower().split())
    for owner, _ in inside:
        rest = rest.replace(" ".join(context.text(owner).lower().split()), " ", 1)
    left = words.before_office(rest)
    if any(word not in words.holding for word in left):
        return None
    if not inside and (match := OF.match(text, mention.span.end)):
        after = (m for m in context.reading.mentions if m.span.start == match.end() or m.head.start == match.end())
        inside = [(m, links[m.entity_id]) for m in after if m.entity_id in links]
    whom = {state_of(context, link) or link.target_id for _, link in inside}
    return whom.pop() if len(whom) == 1 else None


def held(context: Context, row: ActorRow, title: str, of: str) -> bool:
    """Whether a person held an office of this title there on the day; "leader" is the first office of any body."""
    words, day = context.words, context.day or ""
    for office in row.offices:
        own = words.office_of(office.title)
        if own != title and not (title in words.any_first and own in words.first and office.body_id):
            continue
        where = {office.body_id, row.country if office.body_id is None else None}
        body = context.lookups.actor(office.body_id) if office.body_id else None
        where.add(body.country if body is not None and body.sort == "government" else None)
        if of in where and holds_on(office.since, office.until, day):
            return True
    return False

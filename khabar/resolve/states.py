"""States and their bodies: by nationality and kind ("Kenyan police"), by the seat of a government ("the Kremlin").

In: the context of a document and an entity or a phrase of it. Out: an EntityLink to the state, to the curated body, or to a
local id that country and sort of body make, the same in every document. Which nouns call which body, and which
buildings which organ, stands in ``en/bodies.yml`` and ``en/nations.yml``. A body that belongs to a rival government is
not the army of its country. It cannot tell which of a country's two police forces is meant: they share a local id.
"""

from __future__ import annotations

from itertools import pairwise

from khabar.lexicon.letters import folded
from khabar.model.identity import content_id
from khabar.model.links import EntityLink
from khabar.model.mentions import Form, Kind
from khabar.resolve.context import Context
from khabar.resolve.entities import Entity, Target, link_to, without_possessive
from khabar.resolve.lookups import ActorRow

BODY_KINDS = frozenset({Kind.ORG, Kind.VEH})
"""kinds whose descriptions can be a body of state: "the Kenyan navy", "Kenyan warships" """
STATE, BODY, EQUIPMENT = 0.95, 0.75, 0.5
MAIN = 0.3
"""weight from which a country is one of the document's main ones"""
GOVERNS = frozenset({"government", "parliament"})
ARMY = "armed_forces"


def state_link(context: Context, entity: Entity, codes: tuple[str, ...], method: str) -> EntityLink | None:
    """The state among some countries that is most in play."""
    ranked = sorted(codes, key=lambda code: -context.weight(code))
    states = [row for code in ranked for row in context.lookups.bodies(code, "state")]
    if not states:
        return None
    score = STATE if len(codes) == 1 else STATE - 0.25
    return link_to(entity, target_of(states[0]), score, method, [r.actor_id for r in states[1:]])


def target_of(row: ActorRow) -> Target:
    """A row as what a link goes to."""
    return row.actor_id, row.name, row.country


def state_of(context: Context, link: EntityLink) -> str | None:
    """The code of the country that a link goes to, if it goes to a state."""
    states = context.lookups.bodies(link.country, "state") if link.country else ()
    return link.country if any(row.actor_id == link.target_id for row in states) else None


def body_of(context: Context, code: str, sort: str) -> tuple[Target, float]:
    """A country's body of one sort with how sure that is: the only curated one of the day, else a local id."""
    rows = [row for row in context.lookups.bodies(code, sort) if stands(context, row)]
    if len(rows) == 1:
        return target_of(rows[0]), BODY
    state = context.lookups.nations.by_code[code]
    adjective = state.adjectives[0] if state.adjectives else state.name
    local = f"local:{content_id('body', code, sort)}"
    return (local, f"{adjective} {sort.replace('_', ' ')}", code), BODY - 0.1


def stands(context: Context, row: ActorRow) -> bool:
    """Whether a body existed on the day, and is the state's own: not the army of one of two governments."""
    day = context.day or "9999"
    if not holds_on(row.since, row.until, day) and context.day:
        return False
    ties = (context.lookups.actor(tie.actor_id) for tie in row.parents if holds_on(tie.since, tie.until, day))
    return row.sort != ARMY or not any(above is not None and above.sort in GOVERNS for above in ties)


def holds_on(since: str | None, until: str | None, day: str) -> bool:
    """Whether a spell covers a day; a date of lower precision covers all its days."""
    return (since is None or since <= day) and (until is None or day[: len(until)] <= until)


def link_body(context: Context, entity: Entity, phrase: str) -> EntityLink | None:
    """Nationality and kind of body: "Kenyan police", "Peru's foreign ministry"; a government is its country."""
    masses = entity.kind is Kind.PER and not entity.names
    sort = context.words.sort_of(phrase) if entity.kind in BODY_KINDS or masses else None
    codes = nationality(context, phrase) if sort else ()
    if sort is None or not codes:
        return None
    if sort == "state":
        rival = not set(phrase.lower().split()).isdisjoint(context.words.rival)
        return None if masses or rival else state_link(context, entity, codes, "government")
    target, score = body_of(context, codes[0], sort)
    return link_to(entity, target, score, "nation and kind")


def link_government(context: Context, entity: Entity, phrase: str) -> EntityLink | None:
    """ "Libya's UN-backed government", "the unity government": the one that goes by these words, if a country has several."""
    words = folded(without_possessive(phrase)).split()
    marks = {w for w in words if w in context.words.qualified}
    marks |= {w for pair in pairwise(words) if pair[1] == "backed" for w in pair}  # "UN-backed", folded
    if context.words.sort_of(phrase) != "state" or not marks or entity.kind is not Kind.ORG:
        return None
    codes = nationality(context, phrase) or [c for c, weight in context.countries.items() if weight >= MAIN]
    rows = [row for code in codes for row in context.lookups.bodies(code, "government") if stands(context, row)]
    fits = [row for row in rows if marks <= {w for name in row.names for w in folded(name).split()}]
    return link_to(entity, target_of(fits[0]), BODY, "government") if len(fits) == 1 else None


def link_seat(context: Context, entity: Entity) -> EntityLink | None:
    """A building or street that stands for a government, or for one organ of it: "the Kremlin", "the Quai d'Orsay"."""
    nations = context.lookups.nations
    for name in entity.names if entity.kind is Kind.ORG else ():
        for code, sort in nations.organ(name):
            target, score = body_of(context, code, sort)
            return link_to(entity, target, score, "metonym")
        if codes := nations.seat(name):
            return state_link(context, entity, codes, "metonym")
    return None


def equipment(context: Context, entity: Entity) -> EntityLink | None:
    """Machines of a country's make or flag ("Chinese drones"): a local id with the country, since they are nobody."""
    phrase = next((without_possessive(context.text(m)) for m in entity.mentions if m.form is not Form.PRO), "")
    codes = nationality(context, phrase)
    if not codes:
        return None
    target = f"local:{content_id('equipment', codes[0], folded(phrase))}"
    return link_to(entity, (target, phrase, codes[0]), EQUIPMENT, "equipment")


def nationality(context: Context, phrase: str) -> tuple[str, ...]:
    """The country that a phrase names or implies, longest words first: "the South African police"."""
    words = [without_possessive(w) for w in phrase.split()]
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            if codes := context.lookups.nations.any(" ".join(words[start : start + length])):
                return tuple(sorted(codes, key=lambda code: -context.weight(code)))
    return ()

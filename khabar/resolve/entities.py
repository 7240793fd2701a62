"""The entities of a reading as linking sees them, and a link to one of them made in one place.

In: the context of a document. Out: ``Entity`` records in order of first mention, which of them fight or are seen on the
move, and ``link_to``. It decides nothing about who they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from khabar.model.claims import EventType, Relation, Role
from khabar.model.links import EntityLink
from khabar.model.mentions import Form, Kind, Mention
from khabar.resolve.context import Context

ACTOR_KINDS = frozenset({Kind.PER, Kind.ORG, Kind.GPE, Kind.VEH})
FIGHTS = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.RETREAT, EventType.SUPPORT})
Target = tuple[str, str, str | None]
"""whom a link goes to: id, name, country"""


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of the document with its mentions."""

    entity_id: str
    kind: Kind
    mentions: tuple[Mention, ...]
    names: tuple[str, ...]
    """as they stand in the text, longest first"""


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


def fighting_entities(context: Context) -> frozenset[str]:
    """Entities that strike, deploy, move or back somebody, or that somebody sees or hears: a force, not a make."""
    out: set[str] = set()
    for predication in context.reading.predications:
        if predication.event_type in FIGHTS or predication.relation is Relation.MOVE:
            out |= {a.entity_id for a in predication.fillers(Role.ACTOR) if a.entity_id}
        elif predication.lemma in context.words.sightings:
            out |= {a.entity_id for a in predication.fillers(Role.THEME) if a.entity_id}
    return frozenset(out)


def without_possessive(text: str) -> str:
    """Words on one line, without a genitive."""
    return " ".join(text.split()).removesuffix("'s").removesuffix("’s")


def link_to(entity: Entity, target: Target, score: float, method: str, rivals: Iterable[str] = ()) -> EntityLink:
    """A link of an entity."""
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

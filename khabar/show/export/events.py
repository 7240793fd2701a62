"""Events as plain dictionaries: who did what to whom, which articles report it, how many origins they have.

In: events and the input id of every version. Out: the form of the contract; ``articles``, ``of`` and ``from`` are input
ids, each once and in order. An origin is counted by the event, not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from khabar.model.events import Contradiction, Event, Lineage


def events_rows(events: Iterable[Event], *, input_ids: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """One dictionary per event. ``input_ids``: version id to input id (``questions.input_ids``)."""
    for event in events:
        yield event_row(event, input_ids)


def event_row(event: Event, input_ids: Mapping[str, str]) -> dict[str, Any]:
    """An event in the form of the contract."""
    return {
        "event_id": event.event_id,
        "type": kind_of(event),
        "lemma": event.lemma,
        "actors": list(event.actor_names),
        "actor_ids": list(event.actor_ids),
        "recipients": list(event.recipient_names),
        "recipient_ids": list(event.recipient_ids),
        "place": event.place_name,
        "place_id": event.place_id,
        "latitude": event.latitude,
        "longitude": event.longitude,
        "earliest": event.earliest,
        "latest": event.latest,
        "articles": articles_of(event.version_ids, input_ids),
        "origins": len(event.origin_ids),
        "origin_ids": articles_of(event.origin_ids, input_ids),
        "claims": [c.claim_id for c in event.claims],
        "lineage": [lineage_row(x, input_ids) for x in event.lineage],
        "contradictions": [contradiction_row(x, input_ids) for x in event.contradictions],
    }


def kind_of(event: Event) -> str | None:
    """The PLOVER type, else our relation."""
    if event.event_type is not None:
        return event.event_type.value
    return event.relation.value if event.relation is not None else None


def articles_of(version_ids: Iterable[str], input_ids: Mapping[str, str]) -> list[str]:
    """Input ids of versions, each once; a version that is not listed keeps its own id."""
    return list(dict.fromkeys(input_ids.get(v, v) for v in version_ids))


def lineage_row(lineage: Lineage, input_ids: Mapping[str, str]) -> dict[str, Any]:
    """How one article came by its report; "from" and "of" say the same."""
    of = articles_of(lineage.of, input_ids)
    return {
        "article": input_ids.get(lineage.version_id, lineage.version_id),
        "kind": lineage.kind.value,
        "of": of,
        "from": of,
        "score": lineage.score,
        "evidence": lineage.evidence,
    }


def contradiction_row(contradiction: Contradiction, input_ids: Mapping[str, str]) -> dict[str, Any]:
    """Rival values of one field with the articles that give them."""
    values = [{"value": value, "articles": articles_of(ids, input_ids)} for value, ids in contradiction.values]
    everyone = dict.fromkeys(a for v in values for a in v["articles"])
    return {"field": contradiction.field, "articles": list(everyone), "values": values}

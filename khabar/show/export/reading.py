"""A read article as the JSON object of the contract (``khabar read --json``).

In: a ReadArticle, optionally ready sentences by claim id and the revision since the previous version. Out: one
dictionary of plain values whose keys stand in the order of the contract. Offsets are code points into ``text``, end
exclusive; wherever a ``text`` stands beside a span it is cut from there. Beyond the contract every record carries the
``rule`` that made it and links carry their display name; keys may be added, never renamed. The version's own ids are
in ``version``. What no table knows ("local:…") has the link null: only the world's ids are links.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from khabar.model.articles import ReadArticle
from khabar.model.attribution import Attribution
from khabar.model.changes import Revision
from khabar.model.claims import Argument, Claim, Predication
from khabar.model.links import EntityLink, PlaceLink, TimeLink
from khabar.model.mentions import Mention, Quantity, Timex
from khabar.model.spans import Span
from khabar.show.export.changes import revision_rows
from khabar.show.words import sentences as sentences_of

Json = dict[str, Any]
LOCAL = "local:"


def contract(
    article: ReadArticle, *, sentences: Mapping[str, str] | None = None, revision: Revision | None = None
) -> Json:
    """The reading as frozen in the contract. ``sentences`` by claim id, for all claims; made here if None."""
    version, reading, text = article.version, article.reading, article.version.text
    entities = {link.entity_id: link for link in article.resolution.entities}
    places = {link.mention_id: link for link in article.resolution.places}
    times = {link.timex_id: link for link in article.resolution.times}
    triggers = {f"p:{p.trigger.start}:{p.trigger.end}": p.predication_id for p in reading.predications}
    said = sentences if sentences is not None else sentences_of(article)
    return {
        "id": version.input_id,
        "text": text,
        "published": version.published,
        "publisher": version.publisher,
        "reader": reading.reader,
        "mentions": [
            mention_row(text, m, entities.get(m.entity_id), places.get(m.mention_id)) for m in reading.mentions
        ],
        "timexes": [timex_row(text, t, times.get(t.timex_id), triggers) for t in reading.timexes],
        "quantities": [quantity_row(text, q) for q in reading.quantities],
        "places": [place_row(p) for p in article.resolution.places],
        "attributions": [attribution_row(a) for a in reading.attributions],
        "predications": [predication_row(text, p) for p in reading.predications],
        "claims": [claim_row(c, said[c.claim_id]) for c in reading.claims],
        "headline": version.headline,
        "changes": revision_rows(revision),
        "problems": list(reading.problems),
        "url": version.url,
        "version": {"id": version.version_id, "ordinal": version.ordinal, "text_sha256": version.text_sha256},
    }


def pair(span: Span) -> list[int]:
    """A span as the contract writes it."""
    return [span.start, span.end]


def mention_row(text: str, mention: Mention, entity: EntityLink | None, place: PlaceLink | None) -> Json:
    """A mention with the link of its entity; a place's own link where the entity has none."""
    target, score, name = mention_link(entity, place)
    return {
        "id": mention.mention_id,
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.span.cut(text),
        "head": pair(mention.head),
        "kind": mention.kind.value,
        "form": mention.form.value,
        "entity": mention.entity_id,
        "antecedent": mention.antecedent_id,
        "link": target,
        "link_score": score,
        "name": name,
        "rule": mention.rule,
    }


def mention_link(entity: EntityLink | None, place: PlaceLink | None) -> tuple[str | None, float | None, str | None]:
    """Target, score and display name of what a mention refers to."""
    if entity is not None and not entity.target_id.startswith(LOCAL):
        return entity.target_id, entity.score, entity.name
    if place is not None:
        return place.place_id, place.score, place.name
    return None, None, entity.name if entity is not None else None


def timex_row(text: str, timex: Timex, link: TimeLink | None, triggers: Mapping[str, str]) -> Json:
    """A time expression, completed by its link where there is one."""
    anchor = link.anchored_to if link is not None and timex.anchor is None else timex.anchor
    return {
        "id": timex.timex_id,
        "start": timex.span.start,
        "end": timex.span.end,
        "text": timex.span.cut(text),
        "type": timex.type.value,
        "value": link.value if link is not None else timex.value,
        "mod": timex.mod,
        "quant": timex.quant,
        "freq": timex.freq,
        "earliest": link.earliest if link is not None else None,
        "latest": link.latest if link is not None else None,
        "edtf": link.edtf if link is not None else None,
        "anchor": triggers.get(anchor, anchor) if anchor is not None else None,
        "rule": timex.rule,
    }


def quantity_row(text: str, quantity: Quantity) -> Json:
    """A count with its range; null = open."""
    return {
        "id": quantity.quantity_id,
        "start": quantity.span.start,
        "end": quantity.span.end,
        "text": quantity.span.cut(text),
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "per": quantity.per,
        "fate": quantity.fate,
        "part_of": quantity.part_of,
        "rule": quantity.rule,
    }


def place_row(place: PlaceLink) -> Json:
    """A place on the map: decimal degrees WGS 84, radius in km."""
    return {
        "mention": place.mention_id,
        "geonameid": place.geonameid,
        "place_id": place.place_id,
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "feature": place.feature,
        "country": place.country,
        "admin1": place.admin1,
        "radius_km": place.radius_km,
        "score": place.score,
        "source": place.source,
    }


def attribution_row(attribution: Attribution) -> Json:
    """Source, cue and content as lists of spans."""
    return {
        "id": attribution.attribution_id,
        "source": [pair(s) for s in attribution.source],
        "cue": [pair(s) for s in attribution.cue],
        "content": [pair(s) for s in attribution.content],
        "source_entities": list(attribution.source_entities),
        "source_kind": attribution.source_kind.value,
        "cue_lemma": attribution.cue_lemma,
        "stance": attribution.stance,
        "quote": attribution.quote.value,
        "parent": attribution.parent_id,
        "rule": attribution.rule,
        "score": attribution.score,
    }


def predication_row(text: str, predication: Predication) -> Json:
    """What is said to have happened, without who says so."""
    return {
        "id": predication.predication_id,
        "trigger": pair(predication.trigger),
        "text": predication.trigger.cut(text),
        "lemma": predication.lemma,
        "event_type": predication.event_type.value if predication.event_type else None,
        "relation": predication.relation.value if predication.relation else None,
        "mode": predication.mode,
        "contexts": list(predication.contexts),
        "polarity": predication.polarity.value,
        "realis": predication.realis.value,
        "arguments": [argument_row(text, a) for a in predication.arguments],
        "rule": predication.rule,
    }


def argument_row(text: str, argument: Argument) -> Json:
    """A filler of a role; only the keys that say something."""
    row: Json = {"role": argument.role.value}
    if argument.span is not None:
        row |= {"start": argument.span.start, "end": argument.span.end, "text": argument.span.cut(text)}
    named = {"entity": argument.entity_id, "filler": argument.filler_id, "predication": argument.predication_id}
    row |= {key: value for key, value in named.items() if value is not None}
    return row | ({"rule": argument.rule} if argument.rule else {})


def claim_row(claim: Claim, sentence: str) -> Json:
    """A predication as one chain of sources holds it."""
    return {
        "id": claim.claim_id,
        "predication": claim.predication_id,
        "chain": list(claim.chain),
        "commitments": [c.value for c in claim.commitments],
        "word": claim.word.value,
        "score": claim.score,
        "sentence": sentence,
        "basis": list(claim.basis),
    }

"""Records to rows: a read article's claims laid flat for asking, revisions and events likewise.

In: model records. Out: plain rows (column to value) for the tables in ``tables.py``, without the envelope; pure, so
that ``verify`` can lay them flat again and compare. Names come from the entity's link, else from its first named
mention, else from the words themselves; a place from the mention or entity that fills the role; days from the time
expression. It cannot choose between two places of one claim: the first one that is on the map is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from khabar.ledger.codec import to_text
from khabar.ledger.connection import Value
from khabar.model.articles import ReadArticle
from khabar.model.attribution import Attribution
from khabar.model.changes import Revision
from khabar.model.claims import Argument, Claim, Predication, Role
from khabar.model.events import ControlSpell, Event
from khabar.model.links import EntityLink, PlaceLink, TimeLink
from khabar.model.mentions import Form, Mention
from khabar.model.spans import Span

Flat = dict[str, Value]

PARTY_ROLES = frozenset({Role.ACTOR, Role.RECIPIENT, Role.THEME, Role.PLACE, Role.INSTRUMENT})
UNNAMED = {"anonymous": "unnamed sources", "unexpressed": "unstated source"}


@dataclass(frozen=True, slots=True)
class FlatClaim:
    """One claim's row with the rows that hang on it."""

    claim: Flat
    parties: tuple[Flat, ...]
    sources: tuple[Flat, ...]


class Index:
    """Look-ups over one read article."""

    def __init__(self, article: ReadArticle) -> None:
        reading, links = article.reading, article.resolution
        self.article = article
        self.text = article.version.text
        self.predications: dict[str, Predication] = {p.predication_id: p for p in reading.predications}
        self.attributions: dict[str, Attribution] = {a.attribution_id: a for a in reading.attributions}
        self.mentions: dict[str, Mention] = {m.mention_id: m for m in reading.mentions}
        self.entities: dict[str, EntityLink] = {e.entity_id: e for e in links.entities}
        self.times: dict[str, TimeLink] = {t.timex_id: t for t in links.times}
        self.places: dict[str, PlaceLink] = {p.mention_id: p for p in links.places}
        self.entity_places = {self.mentions[m].entity_id: p for m, p in self.places.items() if m in self.mentions}
        named = (m for m in reversed(reading.mentions) if m.form is Form.NAM)
        self.first_names = {m.entity_id: m.head.cut(self.text) or m.span.cut(self.text) for m in named}

    def place(self, argument: Argument) -> PlaceLink | None:
        """Where an argument is on the map."""
        return self.places.get(argument.filler_id or "") or self.entity_places.get(argument.entity_id or "")

    def name(self, entity_id: str | None, span: Span | None) -> str:
        """Display name of an entity, or the words of the span."""
        link = self.entities.get(entity_id or "")
        if link:
            return link.name
        words = span.cut(self.text) if span else ""
        return self.first_names.get(entity_id or "", words)

    def target(self, entity_id: str | None) -> str | None:
        """Whom an entity was linked to."""
        link = self.entities.get(entity_id or "")
        return link.target_id if link else None


def flat_claims(article: ReadArticle, sentences: Mapping[str, str]) -> Iterator[FlatClaim]:
    """The rows of every claim of an article, in the reading's order."""
    index = Index(article)
    for number, claim in enumerate(article.reading.claims, start=1):
        sources = tuple(_sources(index, claim))
        yield FlatClaim(
            claim={"number": number, **_claim(index, claim, sources), "sentence": sentences.get(claim.claim_id, "")},
            parties=tuple(_parties(index, index.predications[claim.predication_id])),
            sources=sources,
        )


def _claim(index: Index, claim: Claim, sources: tuple[Flat, ...]) -> Flat:
    """A claim's own columns."""
    predication, version = index.predications[claim.predication_id], index.article.version
    return {
        "claim_id": claim.claim_id,
        "version_id": version.version_id,
        "predication_id": claim.predication_id,
        "event_type": predication.event_type,
        "relation": predication.relation,
        "lemma": predication.lemma,
        "word": claim.word,
        "commitments": to_text(claim.commitments),
        "polarity": predication.polarity,
        "realis": predication.realis,
        **_who(index, predication),
        **_where(index, predication),
        **_when(index, predication),
        "publisher": version.publisher,
        "published": version.published,
        "chain": _chain(claim, sources, version.publisher or version.input_id),
        "depth": len(claim.chain),
        "start": predication.trigger.start,
        "end": predication.trigger.end,
        "quote": predication.trigger.cut(version.text),
        "score": float(claim.score),
    }


def _who(index: Index, predication: Predication) -> Flat:
    """Ids and names of actors and recipients."""
    out: Flat = {}
    for role, stem in ((Role.ACTOR, "actor"), (Role.RECIPIENT, "recipient")):
        fillers = [a for a in predication.fillers(role) if a.predication_id is None]
        ids = [target for a in fillers if (target := index.target(a.entity_id))]
        out[f"{stem}_ids"] = to_text(list(dict.fromkeys(ids)))
        out[f"{stem}_names"] = to_text(list(dict.fromkeys(index.name(a.entity_id, a.span) for a in fillers)))
    return out


def _where(index: Index, predication: Predication) -> Flat:
    """The first place on the map; else the first place's words."""
    arguments = [a for a in predication.fillers(Role.PLACE) if a.predication_id is None]
    link = next((p for a in arguments if (p := index.place(a))), None)
    words = index.name(arguments[0].entity_id, arguments[0].span) if arguments else None
    return {
        "place_id": link.place_id if link else None,
        "place_name": link.name if link else words,
        "country": link.country if link else None,
        "latitude": float(link.latitude) if link else None,
        "longitude": float(link.longitude) if link else None,
    }


def _when(index: Index, predication: Predication) -> Flat:
    """Days of the first time expression that is on the calendar."""
    links = (index.times.get(a.filler_id or "") for a in predication.fillers(Role.TIME))
    link = next((t for t in links if t and (t.earliest or t.latest)), None)
    return {"earliest": link.earliest if link else None, "latest": link.latest if link else None}


def _chain(claim: Claim, sources: tuple[Flat, ...], outlet: str) -> str:
    """ "A > B > outlet": who told it first stands first."""
    levels = [
        " and ".join(str(s["name"]) for s in sources if s["level"] == level) for level in range(len(claim.chain), 0, -1)
    ]
    return " > ".join([*levels, outlet])


def _sources(index: Index, claim: Claim) -> Iterator[Flat]:
    """One row a link and source; a link without named source gives one row."""
    for level, attribution_id in enumerate(claim.chain, start=1):
        link = index.attributions[attribution_id]
        entities = link.source_entities or (None,)
        first = link.source[0] if link.source else None
        for entity in entities:
            name = index.name(entity, first) or UNNAMED.get(link.source_kind, link.source_kind)
            yield {"level": level, "kind": link.source_kind, "target_id": index.target(entity), "name": name}


def _parties(index: Index, predication: Predication) -> Iterator[Flat]:
    """One row a filler of a role that is somebody or something."""
    for argument in predication.arguments:
        if argument.role not in PARTY_ROLES or argument.predication_id is not None:
            continue
        place = index.place(argument) if argument.role is Role.PLACE else None
        span = argument.span
        yield {
            "role": argument.role,
            "target_id": place.place_id if place else index.target(argument.entity_id),
            "name": place.name if place else index.name(argument.entity_id, span),
            "start": span.start if span else None,
            "end": span.end if span else None,
            "quote": span.cut(index.text) if span else "",
        }


def flat_edits(revision: Revision) -> Iterator[Flat]:
    """The rows of a revision's text edits."""
    for edit in revision.edits:
        yield {
            "edit_class": edit.edit_class,
            "before_start": edit.before.start if edit.before else None,
            "before_end": edit.before.end if edit.before else None,
            "after_start": edit.after.start if edit.after else None,
            "after_end": edit.after.end if edit.after else None,
            "before_text": edit.before_text,
            "after_text": edit.after_text,
            "in_headline": int(edit.in_headline),
        }


def flat_changes(revision: Revision) -> Iterator[Flat]:
    """The rows of a revision's claim changes."""
    for change in revision.changes:
        yield {
            "change_id": change.change_id,
            "kind": change.kind,
            "before_claim_id": change.before_claim_id,
            "after_claim_id": change.after_claim_id,
            "note": change.note,
        }


def flat_event(event: Event) -> Flat:
    """An event's own columns."""
    return {
        "event_id": event.event_id,
        "event_type": event.event_type,
        "relation": event.relation,
        "place_id": event.place_id,
        "place_name": event.place_name,
        "earliest": event.earliest,
        "latest": event.latest,
        "origins": len(event.origin_ids),
        "articles": len(event.version_ids),
    }


def flat_spell(spell: ControlSpell) -> Flat:
    """A spell's own columns."""
    return {
        "spell_id": spell.spell_id,
        "place_name": spell.place_name,
        "controller_name": spell.controller_name,
        "status": spell.status,
    }

"""A claim's card: everything that is known of one claim, in words.

In: a ReadArticle, one of its claims, its sentence. Out: one frozen record for the template. Intervals are inclusive
days, degrees WGS 84, km; offsets code points; the score is the certainty of the extraction and is labelled so.
"""

from __future__ import annotations

from dataclasses import dataclass

from khabar.model.articles import ReadArticle
from khabar.model.claims import Claim, Predication, Role
from khabar.model.documents import Version
from khabar.model.links import PlaceLink
from khabar.model.spans import Span
from khabar.show.days import coordinates_words, interval_words
from khabar.show.naming import capital
from khabar.show.sources import NOBODY
from khabar.show.why import Explanation, explain, held
from khabar.show.words import chain_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One voice: its name, the FactBank value and what that means in words."""

    name: str
    value: str
    words: str
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the template shows."""

    claim_id: str
    word: str
    sentence: str
    type: str
    levels: tuple[Level, ...]
    """the first teller first, the outlet last"""
    when: str
    when_words: str
    where: str
    where_words: str
    coordinates: str
    start: int
    end: int
    quote: str
    percent: int
    why: Explanation
    version: Version
    reader: str


def card(article: ReadArticle, claim: Claim, *, sentence: str, extent: Span) -> Card:
    """The card of a claim; ``extent`` is the stretch of text that is marked for it."""
    predication = next(p for p in article.reading.predications if p.predication_id == claim.predication_id)
    when, when_words = when_of(article, predication)
    where, where_words, coordinates = where_of(article, predication)
    kind = predication.event_type or predication.relation
    return Card(
        claim_id=claim.claim_id,
        word=claim.word.value,
        sentence=sentence,
        type=kind.value.lower().replace("_", " ") if kind is not None else predication.lemma,
        levels=levels_of(article, claim),
        when=when,
        when_words=when_words,
        where=where,
        where_words=where_words,
        coordinates=coordinates,
        start=extent.start,
        end=extent.end,
        quote=extent.cut(article.version.text),
        percent=round(100 * claim.score),
        why=explain(article, claim),
        version=article.version,
        reader=article.reading.reader,
    )


def levels_of(article: ReadArticle, claim: Claim) -> tuple[Level, ...]:
    """The chain from whoever told it first to the outlet that printed it."""
    outlet = article.version.publisher or "this article"
    names = (outlet, *chain_names(article, claim))
    out = []
    for depth, (name, value) in enumerate(zip(names, claim.commitments, strict=False)):
        words = held(value, middle=depth < len(claim.commitments) - 1)
        out.append(Level(name=capital(name), value=value.value, words=words, named=name != NOBODY))
    return tuple(reversed(out))


def when_of(article: ReadArticle, predication: Predication) -> tuple[str, str]:
    """The interval in words, and the text's own words for it."""
    times = {t.timex_id: t for t in article.resolution.times}
    for argument in predication.fillers(Role.TIME):
        words = argument.span.cut(article.version.text) if argument.span is not None else ""
        link = times.get(argument.filler_id or "")
        return (interval_words(link.earliest, link.latest) if link is not None else ""), words
    return "", ""


def where_of(article: ReadArticle, predication: Predication) -> tuple[str, str, str]:
    """The place's name, the text's own words for it, and where it is on the map."""
    text = article.version.text
    for argument in predication.fillers(Role.PLACE):
        words = argument.span.cut(text) if argument.span is not None else ""
        link = _place(article, argument.filler_id, argument.entity_id)
        if link is None:
            return "", words, ""
        country = f", {link.country}" if link.country else ""
        return f"{link.name}{country}", words, coordinates_words(link.latitude, link.longitude, link.radius_km)
    return "", "", ""


def _place(article: ReadArticle, filler_id: str | None, entity_id: str | None) -> PlaceLink | None:
    """The link of the mention that fills the role, else of any mention of its entity."""
    same = {m.mention_id for m in article.reading.mentions if m.entity_id == entity_id} if entity_id else set()
    places = {p.mention_id: p for p in article.resolution.places}
    return places.get(filler_id or "") or next((places[m] for m in sorted(same) if m in places), None)

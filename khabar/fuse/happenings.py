"""Predications with their links and claims, ready to be compared across articles.

In: a ``ReadArticle``. Out: ``Happening`` per predication that tells of an event, of control or of movement and that somebody
claims, or for every predication. ``Party``: who fills a role, by link where there is one, by name or head words where not;
two parties are one if they share a key. Positions: headline 3, first two sentences 2, the rest 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.fuse.changed import content_stems, stem
from khabar.fuse.facts import tables
from khabar.fuse.gist import LEAD
from khabar.fuse.words import Sentence, sentences_of, words_in
from khabar.model.articles import ReadArticle
from khabar.model.claims import Argument, Claim, Predication, Relation, Role
from khabar.model.factuality import Polarity, Realis
from khabar.model.links import EntityLink, PlaceLink
from khabar.model.mentions import Form, Mention
from khabar.model.spans import Span

TOLD = frozenset({Relation.CONTROL, Relation.MOVE})
SCENE = frozenset({"scene place", "scene time"})
"""rules of arguments that are likely but not stated: happenings are told apart by what is stated"""
LEADING = ("the ", "a ", "an ", "its ", "his ", "her ", "their ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody in a role: what it is shown as, its id if it is linked, and the keys by which it is compared."""

    name: str
    target_id: str | None
    keys: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a role: shown name, id and coordinates if it is linked, keys by which it is compared."""

    name: str
    place_id: str | None
    latitude: float | None
    longitude: float | None
    keys: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A predication as one article claims it."""

    version_id: str
    predication: Predication
    claims: tuple[Claim, ...]
    kind: str
    stem: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    themes: tuple[Party, ...]
    places: tuple[Place, ...]
    interval: tuple[str, str] | None
    position: int
    sentence: int
    actual: bool

    @property
    def key(self) -> str:
        """Its id across articles."""
        return f"{self.version_id}/{self.predication.predication_id}"


class Linked:
    """One article's links by what they hang on; made once per article."""

    def __init__(self, article: ReadArticle) -> None:
        reading, resolution = article.reading, article.resolution
        self.text = article.version.text
        self.mentions: Mapping[str, Mention] = {m.mention_id: m for m in reading.mentions}
        self.entities: Mapping[str, EntityLink] = {e.entity_id: e for e in resolution.entities}
        self.places: Mapping[str, PlaceLink] = {p.mention_id: p for p in resolution.places}
        self.times = {t.timex_id: (t.earliest, t.latest) for t in resolution.times if t.earliest and t.latest}
        self.names: dict[str, str] = {}
        for m in reading.mentions:
            if m.form is Form.NAM:
                shown = m.span.cut(self.text)
                self.names[m.entity_id] = max(self.names.get(m.entity_id, ""), shown, key=lambda s: (len(s), s))

    def party(self, argument: Argument) -> Party | None:
        """Who an argument is."""
        if argument.span is None:
            return None
        entity = argument.entity_id or self._entity_at(argument.span)
        link = self.entities.get(entity or "")
        shown = link.name if link else self.names.get(entity or "") or _bare(argument.span.cut(self.text))
        keys = {f"w:{s}" for s in content_stems(w.key for w in words_in(shown, Span(0, len(shown))))}
        if link and not link.target_id.startswith("local:"):
            keys = {link.target_id}
        return Party(
            name=shown, target_id=link.target_id if link else None, keys=frozenset(keys | self._nations(shown))
        )

    def place(self, argument: Argument) -> Place | None:
        """Where an argument is."""
        if argument.span is None:
            return None
        found = (
            [p for k, p in self.places.items() if argument.span.overlaps(self.mentions[k].span)] if self.places else []
        )
        link = found[0] if found else None
        shown = link.name if link else _bare(argument.span.cut(self.text))
        keys = {f"w:{s}" for s in content_stems(w.key for w in words_in(shown, Span(0, len(shown))))}
        return Place(
            name=shown,
            place_id=link.place_id if link else None,
            latitude=link.latitude if link else None,
            longitude=link.longitude if link else None,
            keys=frozenset(keys | ({link.place_id} if link else set())),
        )

    def _entity_at(self, span: Span) -> str | None:
        """The entity of the mention that makes up most of the phrase; a name nested in it is somebody else."""
        size = span.end - span.start
        found = [m for m in self.mentions.values() if m.span.overlaps(span) and 2 * (m.span.end - m.span.start) > size]
        return found[0].entity_id if found else None

    def _nations(self, shown: str) -> set[str]:
        nations = tables().nations
        words = [w.text for w in words_in(shown, Span(0, len(shown)))]
        return {
            f"nation:{c}"
            for w in (shown, *words)
            if w[:1].isupper()
            for c in (nations.any(w) or nations.metonym(w))[:1]
        }


def happenings_in(article: ReadArticle, *, every: bool = False) -> tuple[Happening, ...]:
    """All happenings that an article claims, in order of the text; ``every``: each predication, whatever it tells."""
    linked = Linked(article)
    found = sentences_of(article.version.text, article.version.headline_end, tables().words)
    claims: dict[str, list[Claim]] = {}
    for claim in article.reading.claims:
        claims.setdefault(claim.predication_id, []).append(claim)
    told = [
        p
        for p in article.reading.predications
        if every or (p.predication_id in claims and (p.event_type or p.relation in TOLD))
    ]
    return tuple(_happening(article, p, tuple(claims.get(p.predication_id, ())), linked, found) for p in told)


def _happening(
    article: ReadArticle, p: Predication, claims: tuple[Claim, ...], linked: Linked, found: Sequence[Sentence]
) -> Happening:
    at = next((i for i, s in enumerate(found) if s.span.contains(p.trigger)), len(found))
    return Happening(
        version_id=article.version.version_id,
        predication=p,
        claims=claims,
        kind=str(p.event_type or p.relation),
        stem=stem(p.lemma),
        actors=_parties(p, (Role.ACTOR,), linked),
        recipients=_parties(p, (Role.RECIPIENT,), linked),
        themes=_parties(p, (Role.THEME,), linked),
        places=tuple(x for a in p.fillers(Role.PLACE) if a.rule not in SCENE and (x := linked.place(a))),
        interval=_interval(p, linked),
        position=_position(found, at),
        sentence=at,
        actual=p.realis in {Realis.ACTUAL, Realis.ONGOING} and p.polarity is Polarity.POSITIVE,
    )


def _parties(p: Predication, roles: tuple[Role, ...], linked: Linked) -> tuple[Party, ...]:
    return tuple(x for role in roles for a in p.fillers(role) if (x := linked.party(a)) and x.keys)


def _interval(p: Predication, linked: Linked) -> tuple[str, str] | None:
    """The narrowest interval that the predication states."""
    stated = [a for a in p.fillers(Role.TIME) if a.rule not in SCENE]
    found = [linked.times[a.filler_id] for a in stated if a.filler_id in linked.times]
    pairs = [(low[:10], high[:10]) for low, high in found if low and high]
    return min(pairs, key=lambda x: (x[1] != x[0], x[1], x[0])) if pairs else None


def _position(found: Sequence[Sentence], at: int) -> int:
    if at >= len(found):
        return 1
    if found[at].headline:
        return 3
    before = sum(not s.headline for s in found[:at])
    return 2 if before < LEAD else 1


def _bare(shown: str) -> str:
    """A phrase without its article or possessive, its line breaks and outer quotation marks."""
    plain = " ".join(shown.split()).strip("“”\"'‘’ ")
    for word in LEADING:
        if plain.lower().startswith(word):
            return plain[len(word) :]
    return plain

"""Articles made by hand: a draft collects records by the words they stand on, so that no test counts offsets."""

from __future__ import annotations

from dataclasses import dataclass, field

from khabar.model.articles import ReadArticle
from khabar.model.attribution import Attribution, QuoteKind, SourceKind
from khabar.model.claims import Argument, Claim, EventType, Predication, Reading, Relation, Role
from khabar.model.documents import Version
from khabar.model.factuality import Commitment, Polarity, Realis, Word
from khabar.model.identity import content_id, text_digest
from khabar.model.links import EntityLink, PlaceLink, Resolution, TimeLink
from khabar.model.mentions import Form, Kind, Mention, Quantity, Timex, TimexType
from khabar.model.spans import Span

LEVELS = {
    "CT+": Commitment.CT_PLUS,
    "CT-": Commitment.CT_MINUS,
    "PR+": Commitment.PR_PLUS,
    "PS+": Commitment.PS_PLUS,
    "Uu": Commitment.UU,
    "CTu": Commitment.CT_U,
}


@dataclass
class Draft:
    """Records of one article in the making; ``n`` in a method is the occurrence that is meant, from 1."""

    text: str
    input_id: str = "doc-1"
    article_id: str = "art1"
    publisher: str | None = "Harbour Post"
    ordinal: int = 1
    published: str | None = "2031-11-06"
    headline: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    timexes: list[Timex] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    predications: list[Predication] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    entities: list[EntityLink] = field(default_factory=list)
    places: list[PlaceLink] = field(default_factory=list)
    times: list[TimeLink] = field(default_factory=list)

    @property
    def version_id(self) -> str:
        return content_id(self.article_id, str(self.ordinal), self.text)

    def at(self, words: str, n: int = 1) -> Span:
        """The span of the n-th occurrence of some words."""
        start = -1
        for _ in range(n):
            start = self.text.index(words, start + 1)
        return Span(start, start + len(words))

    def name(self, words: str, entity: str, kind: str = "PER", n: int = 1, form: Form = Form.NAM) -> str:
        """A mention; returns its id."""
        span = self.at(words, n)
        key = f"m{len(self.mentions) + 1}"
        self.mentions.append(
            Mention(
                mention_id=key,
                span=span,
                head=span,
                head_token=0,
                kind=Kind(kind),
                form=form,
                entity_id=entity,
                antecedent_id=None,
                rule="hand",
            )
        )
        return key

    def pro(self, words: str, entity: str, n: int = 1) -> str:
        return self.name(words, entity, n=n, form=Form.PRO)

    def nom(self, words: str, entity: str, kind: str = "ORG", n: int = 1) -> str:
        return self.name(words, entity, kind, n, Form.NOM)

    def link(self, entity: str, target: str, name: str) -> None:
        self.entities.append(
            EntityLink(entity_id=entity, target_id=target, name=name, country=None, score=0.9, method="hand", rivals=())
        )

    def place(self, mention_id: str, name: str, where: tuple[float, float], geonameid: int) -> None:
        self.places.append(
            PlaceLink(
                mention_id=mention_id,
                geonameid=geonameid,
                place_id=f"geonames:{geonameid}",
                name=name,
                latitude=where[0],
                longitude=where[1],
                feature="PPL",
                admin1=None,
                country="ERI",
                radius_km=10.0,
                score=0.9,
                source="hand",
            )
        )

    def time(self, words: str, earliest: str, latest: str | None = None, n: int = 1) -> str:
        key = f"t{len(self.timexes) + 1}"
        self.timexes.append(
            Timex(
                timex_id=key,
                span=self.at(words, n),
                type=TimexType.DATE,
                value=earliest,
                mod=None,
                quant=None,
                freq=None,
                tense="past",
                anchor=None,
                head_token=0,
                rule="hand",
            )
        )
        self.times.append(
            TimeLink(
                timex_id=key,
                value=earliest,
                earliest=earliest,
                latest=latest or earliest,
                edtf=earliest,
                anchored_to=None,
                score=0.9,
            )
        )
        return key

    def count(self, words: str, low: float, high: float | None, unit: str) -> str:
        key = f"q{len(self.quantities) + 1}"
        span = self.at(words)
        self.quantities.append(
            Quantity(quantity_id=key, span=span, low=low, high=high, unit=unit, per=None, head_token=0, rule="hand")
        )
        return key

    def said(
        self,
        cue: str,
        source: str = "",
        entity: str = "",
        *,
        content: str = "",
        stance: str = "assert",
        kind: SourceKind = SourceKind.ORGANIZATION,
        parent: str | None = None,
        lemma: str = "",
        n: int = 1,
    ) -> str:
        """An attribution; returns its id."""
        key = f"a{len(self.attributions) + 1}"
        self.attributions.append(
            Attribution(
                attribution_id=key,
                source=(self.at(source),) if source else (),
                source_entities=(entity,) if entity else (),
                source_kind=kind,
                cue=(self.at(cue, n),),
                cue_lemma=lemma or cue,
                stance=stance,
                content=(self.at(content),) if content else (),
                quote=QuoteKind.INDIRECT,
                parent_id=parent,
                rule="hand",
            )
        )
        return key

    def arg(self, role: str, words: str, entity: str | None = None, filler: str | None = None, n: int = 1) -> Argument:
        return Argument(role=Role(role), span=self.at(words, n), entity_id=entity, filler_id=filler, rule="hand")

    def event(
        self,
        trigger: str,
        lemma: str,
        type_: str | None,
        *arguments: Argument,
        realis: str = "actual",
        polarity: str = "+",
        n: int = 1,
    ) -> str:
        """A predication; returns its id. ``type_`` is a PLOVER type or, in lower case, one of our relations."""
        key = f"p{len(self.predications) + 1}"
        upper = type_ is not None and type_.isupper()
        self.predications.append(
            Predication(
                predication_id=key,
                trigger=self.at(trigger, n),
                trigger_token=0,
                lemma=lemma,
                event_type=EventType(type_) if upper and type_ else None,
                relation=Relation(type_) if type_ and not upper else None,
                mode=None,
                contexts=(),
                polarity=Polarity(polarity),
                realis=Realis(realis),
                arguments=arguments,
                rule="hand",
            )
        )
        return key

    def claim(self, predication: str, levels: str, word: str, *chain: str, score: float = 0.8) -> str:
        """A claim; ``levels`` are FactBank values with spaces, the publisher first. Returns its id."""
        key = content_id(self.version_id, predication, *chain)
        self.claims.append(
            Claim(
                claim_id=key,
                predication_id=predication,
                chain=chain,
                commitments=tuple(LEVELS[x] for x in levels.split()),
                word=Word(word),
                score=score,
                basis=("hand",),
            )
        )
        return key

    def done(self) -> ReadArticle:
        """The records."""
        vid = self.version_id
        version = Version(
            version_id=vid,
            article_id=self.article_id,
            input_id=self.input_id,
            ordinal=self.ordinal,
            revises=None,
            publisher=self.publisher,
            url=f"https://example.org/{self.article_id}",
            headline=self.headline,
            headline_end=len(self.headline) if self.headline and self.text.startswith(self.headline) else 0,
            text=self.text,
            text_sha256=text_digest(self.text),
            language="en",
            authors=(),
            published=self.published,
            updated=None,
            first_memento_at="2031-11-06T11:05:00Z",
            capture_ids=(),
            extractor="text 1",
        )
        reading = Reading(
            version_id=vid,
            reader="khabar 0.1.0 / hand",
            mentions=tuple(self.mentions),
            timexes=tuple(self.timexes),
            quantities=tuple(self.quantities),
            attributions=tuple(self.attributions),
            predications=tuple(self.predications),
            claims=tuple(self.claims),
            problems=(),
        )
        resolution = Resolution(
            version_id=vid, entities=tuple(self.entities), places=tuple(self.places), times=tuple(self.times)
        )
        return ReadArticle(version=version, reading=reading, resolution=resolution)

"""Small articles by hand: a text, and a reading whose spans are found by their words.

``article("…")`` has an empty reading; ``Told`` builds mentions, predications and claims one call at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from khabar.model.articles import ReadArticle
from khabar.model.attribution import Attribution, QuoteKind, SourceKind
from khabar.model.claims import Argument, Claim, EventType, Predication, Reading, Relation, Role
from khabar.model.documents import Version
from khabar.model.factuality import Commitment, Polarity, Realis, Word
from khabar.model.identity import content_id, text_digest
from khabar.model.links import PlaceLink, Resolution
from khabar.model.mentions import Form, Kind, Mention
from khabar.model.spans import Span


def version(text: str, **given: object) -> Version:
    """A version; ``key`` names it, everything else as in the record."""
    key = str(given.pop("key", content_id(text)))
    fields: dict[str, object] = {
        "version_id": key,
        "article_id": key,
        "input_id": key,
        "ordinal": 1,
        "revises": None,
        "publisher": None,
        "url": None,
        "headline": None,
        "headline_end": 0,
        "text": text,
        "text_sha256": text_digest(text),
        "language": "en",
        "authors": (),
        "published": "2019-05-08",
        "updated": None,
        "first_memento_at": None,
        "capture_ids": (),
        "extractor": "text 1",
    }
    return Version(**{**fields, **given})  # type: ignore[arg-type]  # the caller's keywords are the record's


def article(text: str, **given: object) -> ReadArticle:
    """An article that nobody has read."""
    return Told(version(text, **given)).done()


@dataclass
class Told:
    """A reading under construction."""

    version: Version
    mentions: list[Mention] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    predications: list[Predication] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    places: list[PlaceLink] = field(default_factory=list)

    def span(self, words: str, nth: int = 0) -> Span:
        """Where some words stand, the first time or the n-th."""
        at = -1
        for _ in range(nth + 1):
            at = self.version.text.index(words, at + 1)
        return Span(at, at + len(words))

    def mention(self, words: str, kind: Kind, form: Form = Form.NAM, *, entity: str = "", head: str = "") -> Mention:
        """A mention; its head is its last word unless given."""
        span, key = self.span(words), f"m{len(self.mentions) + 1}"
        head_span = self.span(head or words.rsplit(maxsplit=1)[-1])
        made = Mention(
            mention_id=key,
            span=span,
            head=head_span,
            head_token=0,
            kind=kind,
            form=form,
            entity_id=entity or f"e{len(self.mentions) + 1}",
            antecedent_id=None,
            rule="test",
        )
        self.mentions.append(made)
        return made

    def place(self, words: str, place_id: str) -> None:
        """A place by name, linked."""
        mention = self.mention(words, Kind.GPE)
        self.places.append(
            PlaceLink(
                mention_id=mention.mention_id,
                geonameid=None,
                place_id=place_id,
                name=words,
                latitude=10.0,
                longitude=20.0,
                feature="PPL",
                admin1=None,
                country=None,
                radius_km=5.0,
                score=0.9,
                source="test",
            )
        )

    def says(self, source: str, cue: str, content: str) -> str:
        """An attribution; its id."""
        key = f"a{len(self.attributions) + 1}"
        self.attributions.append(
            Attribution(
                attribution_id=key,
                source=(self.span(source),),
                source_entities=(source,),
                source_kind=SourceKind.ORGANIZATION,
                cue=(self.span(cue),),
                cue_lemma=cue,
                stance="assert",
                content=(self.span(content),),
                quote=QuoteKind.INDIRECT,
                parent_id=None,
                rule="test",
            )
        )
        return key

    def tell(
        self,
        trigger: str,
        what: EventType | Relation | None,
        roles: dict[Role, str],
        *,
        lemma: str = "",
        mode: str | None = None,
        realis: Realis = Realis.ACTUAL,
        polarity: Polarity = Polarity.POSITIVE,
        chain: tuple[str, ...] = (),
        word: Word = Word.ASSERTED,
    ) -> str:
        """A predication with one claim; the claim's id."""
        key = f"p{len(self.predications) + 1}"
        arguments = tuple(Argument(role=role, span=self.span(words), rule="test") for role, words in roles.items())
        self.predications.append(
            Predication(
                predication_id=key,
                trigger=self.span(trigger),
                trigger_token=0,
                lemma=lemma or trigger,
                event_type=what if isinstance(what, EventType) else None,
                relation=what if isinstance(what, Relation) else None,
                mode=mode,
                contexts=(),
                polarity=polarity,
                realis=realis,
                arguments=arguments,
                rule="test",
            )
        )
        claim_id = content_id(self.version.version_id, key, *chain)
        self.claims.append(
            Claim(
                claim_id=claim_id,
                predication_id=key,
                chain=chain,
                commitments=(Commitment.CT_PLUS,) * (len(chain) + 1),
                word=word,
                score=0.9,
                basis=(),
            )
        )
        return claim_id

    def done(self) -> ReadArticle:
        """The article."""
        key = self.version.version_id
        reading = Reading(
            version_id=key,
            reader="test" if self.mentions or self.predications or self.attributions else "",
            mentions=tuple(self.mentions),
            timexes=(),
            quantities=(),
            attributions=tuple(self.attributions),
            predications=tuple(self.predications),
            claims=tuple(self.claims),
            problems=(),
        )
        resolution = Resolution(version_id=key, entities=(), places=tuple(self.places), times=())
        return ReadArticle(version=self.version, reading=reading, resolution=resolution)

"""Small hand-made read articles, so that the ledger is tested without parser or tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from khabar.ledger import watched
from khabar.ledger.columns import Table
from khabar.ledger.store import Arrival, Outcome, Stamp, Writer
from khabar.ledger.tables import ARRANGEMENT
from khabar.model.articles import ReadArticle
from khabar.model.attribution import Attribution, QuoteKind, SourceKind
from khabar.model.changes import ChangeKind, ClaimChange, EditClass, Revision, TextEdit
from khabar.model.claims import Argument, Claim, EventType, Predication, Reading, Role
from khabar.model.documents import Capture, Version
from khabar.model.events import ClaimRef, ControlSpell, Event, Fusion, Lineage, LineageKind, SpellStatus
from khabar.model.factuality import Commitment, Polarity, Realis, Word
from khabar.model.identity import content_id, digest, text_digest
from khabar.model.links import EntityLink, PlaceLink, Resolution, TimeLink
from khabar.model.mentions import Form, Kind, Mention, Timex, TimexType
from khabar.model.spans import Span
from khabar.stores import Place, Server

Where = TypeVar("Where", bound=Path | Server)
STAMP = Stamp(recorded_at="2026-01-02T03:04:05Z", run_id="run-1", code_version="khabar test")
TEXT = "{who} shelled {where} on Monday, the harbour master said."


def typed(where: Place) -> str:
    """A place as somebody types it behind ``--ledger``."""
    return where.url if isinstance(where, Server) else str(where)


def find(text: str, words: str) -> Span:
    """The first place of some words."""
    start = text.index(words)
    return Span(start, start + len(words))


def make_version(
    name: str,
    text: str,
    *,
    publisher: str = "Kestrel Post",
    published: str = "2026-01-02",
    revises: str | None = None,
    ordinal: int = 1,
) -> Version:
    """A version of the article of this name."""
    article_id = content_id("article", name)
    return Version(
        version_id=content_id(article_id, str(ordinal), text),
        article_id=article_id,
        input_id=name,
        ordinal=ordinal,
        revises=revises,
        publisher=publisher,
        url=f"https://kestrel.example/{name}",
        headline=None,
        headline_end=0,
        text=text,
        text_sha256=text_digest(text),
        language="en",
        authors=(),
        published=published,
        updated=None,
        first_memento_at=None,
        capture_ids=(),
        extractor="text 1",
    )


def make_article(
    name: str, *, who: str = "Orlan rebels", where: str = "Port Maraq", word: Word = Word.REPORTED, **more: str
) -> ReadArticle:
    """One article with one claim: ``who`` shelled ``where``, says the harbour master."""
    version = make_version(name, TEXT.format(who=who, where=where), **more)  # type: ignore[arg-type]  # all of them are words
    return read(version, who, where, word)


def revised(before: ReadArticle, *, who: str, where: str) -> tuple[ReadArticle, Revision]:
    """The next version of an article, with what it changed."""
    old = before.version
    text = TEXT.format(who=who, where=where)
    version = make_version(old.input_id, text, ordinal=old.ordinal + 1, revises=old.version_id)
    after = read(version, who, where, Word.REPORTED)
    was, now = old.text.split(" shelled ")[0], who
    edit = TextEdit(
        edit_class=EditClass.NAME_GENERALISED,
        before=find(old.text, was),
        after=find(text, now),
        before_text=was,
        after_text=now,
        in_headline=False,
    )
    change = ClaimChange(
        change_id=content_id("change", version.version_id),
        from_version_id=old.version_id,
        to_version_id=version.version_id,
        kind=ChangeKind.NAME_GENERALISED,
        before_claim_id=before.reading.claims[0].claim_id,
        after_claim_id=after.reading.claims[0].claim_id,
        before=edit.before,
        after=edit.after,
        note=f"{was} became {now}",
    )
    revision = Revision(
        from_version_id=old.version_id,
        to_version_id=version.version_id,
        edits=(edit,),
        changes=(change,),
        disclosed=False,
    )
    return after, revision


def read(version: Version, who: str, where: str, word: Word) -> ReadArticle:
    """The reading of such a version."""
    text = version.text
    spans = {words: find(text, words) for words in (who, where, "Monday", "shelled", "said", "the harbour master")}
    mentions = tuple(
        Mention(
            mention_id=f"m{n}",
            span=spans[words],
            head=spans[words],
            head_token=n,
            kind=kind,
            form=form,
            entity_id=f"e{n}",
            antecedent_id=None,
            rule="test",
        )
        for n, (words, kind, form) in enumerate(
            ((who, Kind.ORG, Form.NAM), (where, Kind.GPE, Form.NAM), ("the harbour master", Kind.PER, Form.NOM)), 1
        )
    )
    timex = Timex(
        timex_id="t1",
        span=spans["Monday"],
        type=TimexType.DATE,
        value="XXXX-WXX-1",
        mod=None,
        quant=None,
        freq=None,
        tense="past",
        anchor=None,
        head_token=5,
        rule="test",
    )
    said = Attribution(
        attribution_id="a1",
        source=(spans["the harbour master"],),
        source_entities=("e3",),
        source_kind=SourceKind.PERSON,
        cue=(spans["said"],),
        cue_lemma="say",
        stance="say",
        content=(Span(0, text.index(",")),),
        quote=QuoteKind.INDIRECT,
        parent_id=None,
        rule="test",
    )
    shelled = Predication(
        predication_id="p1",
        trigger=spans["shelled"],
        trigger_token=1,
        lemma="shell",
        event_type=EventType.ASSAULT,
        relation=None,
        mode=None,
        contexts=("military",),
        polarity=Polarity.POSITIVE,
        realis=Realis.ACTUAL,
        arguments=(
            Argument(role=Role.ACTOR, span=spans[who], entity_id="e1", filler_id="m1"),
            Argument(role=Role.RECIPIENT, span=spans[where], entity_id="e2", filler_id="m2"),
            Argument(role=Role.PLACE, span=spans[where], entity_id="e2", filler_id="m2"),
            Argument(role=Role.TIME, span=spans["Monday"], filler_id="t1"),
        ),
        rule="test",
    )
    claim = Claim(
        claim_id=content_id(version.version_id, "shelled"),
        predication_id="p1",
        chain=("a1",),
        commitments=(Commitment.UU, Commitment.CT_PLUS),
        word=word,
        score=1,
        basis=("test",),
    )
    reading = Reading(
        version_id=version.version_id,
        reader="test 1",
        mentions=mentions,
        timexes=(timex,),
        quantities=(),
        attributions=(said,),
        predications=(shelled,),
        claims=(claim,),
        problems=(),
    )
    return ReadArticle(version=version, reading=reading, resolution=resolution(version, who, where))


def resolution(version: Version, who: str, where: str) -> Resolution:
    """Links of who, where and Monday."""
    place = PlaceLink(
        mention_id="m2",
        geonameid=7,
        place_id="geonames:7",
        name=where,
        latitude=12,
        longitude=41.5,
        feature="PPL",
        admin1=None,
        country="ORL",
        radius_km=5,
        score=0.9,
        source="test",
    )
    link = EntityLink(
        entity_id="e1",
        target_id=f"local:{content_id(who)}",
        name=who,
        country="ORL",
        score=0.8,
        method="test",
        rivals=(),
    )
    monday = TimeLink(
        timex_id="t1",
        value="2025-12-29",
        earliest="2025-12-29",
        latest="2025-12-29",
        edtf="2025-12-29",
        anchored_to=None,
        score=0.9,
    )
    return Resolution(version_id=version.version_id, entities=(link,), places=(place,), times=(monday,))


def arrival(article: ReadArticle) -> Arrival:
    """An article as it came in: as its own text."""
    version = article.version
    body = version.text.encode()
    capture = Capture(
        capture_id=content_id("capture", version.version_id),
        url=version.url or "",
        memento_at="2026-01-02T00:00:00Z",
        http_status=None,
        mime_type="text/plain",
        payload_sha256=digest(body),
    )
    return Arrival(body=body, capture=capture, input_id=version.input_id, name=version.input_id)


def append(writer: Writer, article: ReadArticle, revision: Revision | None = None) -> Outcome:
    """Append an article with the sentence "who shelled where"."""
    text = article.version.text
    sentences = {claim.claim_id: text.split(" on ")[0] for claim in article.reading.claims}
    return writer.append_article(article, arrival=arrival(article), revision=revision, sentences=sentences, stamp=STAMP)


def make_fusion(*articles: ReadArticle) -> Fusion:
    """One event and one spell that rest on the first claim of each article."""
    refs = tuple(ClaimRef(version_id=a.version.version_id, claim_id=a.reading.claims[0].claim_id) for a in articles)
    versions = tuple(ref.version_id for ref in refs)
    event = Event(
        event_id=content_id("event", *versions),
        event_type=EventType.ASSAULT,
        relation=None,
        lemma="shell",
        actor_ids=(),
        actor_names=("Orlan rebels",),
        recipient_ids=(),
        recipient_names=(),
        place_id="geonames:7",
        place_name="Port Maraq",
        latitude=12.0,
        longitude=41.5,
        earliest="2025-12-29",
        latest="2025-12-29",
        claims=refs,
        version_ids=versions,
        origin_ids=versions[:1],
        lineage=tuple(
            Lineage(version_id=v, kind=LineageKind.INDEPENDENT, of=(), score=1.0, evidence="alone") for v in versions
        ),
        contradictions=(),
    )
    spell = ControlSpell(
        spell_id=content_id("spell", *versions),
        place_id="geonames:7",
        place_name="Port Maraq",
        controller_id=None,
        controller_name="Orlan rebels",
        start=("2025-12-29", "2025-12-29"),
        end=None,
        status=SpellStatus.CLAIMED,
        claims=refs,
        version_ids=versions,
    )
    return Fusion(events=(event,), spells=(spell,))


def in_new_order(article: ReadArticle) -> tuple[Table, dict[str, Any]]:
    """The row of an article that has one state and was put in order."""
    ids = {"article_id": article.version.article_id, "version_id": article.version.version_id}
    return ARRANGEMENT, {**ids, "generation": 1, "ordinal": 1, "seen_at": STAMP.recorded_at}


def of_the_watch(article: ReadArticle) -> list[tuple[Table, dict[str, Any]]]:
    """One row of every table that the watch appends to."""
    page: dict[str, Any] = {"url": "https://news.example/1", "kind": "page"}
    sha = digest(arrival(article).body)
    attempt = {
        **page,
        "asked_at": STAMP.recorded_at,
        "result": "ok",
        "conditional": 0,
        "confirms": 0,
        "body_sha256": sha,
    }
    tried = {"tried_at": STAMP.recorded_at, "try": 1, "delivered": 1}
    derived = {"version_id": article.version.version_id, "body_sha256": sha, "extractor": "e 1", "text_sha256": "x"}
    return [
        (watched.WATCH, {**page, "wanted": 1}),
        (watched.SCHEDULE, {**page, "since": STAMP.recorded_at, "why": "listed", "state": "{}"}),
        (watched.ATTEMPT, attempt),
        (watched.DERIVATION, {**derived, "same": 1, "record": b""}),
        (watched.DELIVERY, {"revision_seq": 1, "rule": "r", "target": "t", **tried}),
    ]


def ledger_with(path: Where, *articles: ReadArticle) -> Where:
    """A ledger at a place with some articles, fused."""
    with Writer(path) as writer:
        for article in articles:
            append(writer, article)
        writer.append_fusion(make_fusion(*articles), covers="test", stamp=STAMP)
    return path

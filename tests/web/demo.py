"""A ledger of invented articles: one in two versions, a copy, an independent report with another count, an Arabic one."""

from __future__ import annotations

from dataclasses import replace

from khabar.ledger.store import Arrival, Stamp, Writer
from khabar.model.articles import ReadArticle
from khabar.model.changes import ChangeKind, ClaimChange, EditClass, Revision, TextEdit
from khabar.model.claims import Argument, EventType, Role
from khabar.model.documents import Capture
from khabar.model.events import ClaimRef, Contradiction, Event, Fusion, Lineage, LineageKind
from khabar.model.identity import content_id, digest
from khabar.model.spans import Span
from khabar.show.words import sentences
from khabar.stores import Place
from tests.show.drafts import Draft
from tests.show.stories import NAMED, UNNAMED, border_war

STAMP = Stamp(recorded_at="2031-11-06T12:00:00Z", run_id="demo", code_version="0.1.0")
ARABIC = "الحدود تشهد هدوءا\n\nقالت مصادر محلية إن الحدود تشهد هدوءا حذرا منذ صباح الخميس."


def fill(path: Place) -> None:
    """Write the demo ledger."""
    first, second = border_war(), border_war(UNNAMED, 2, "border-1b")
    second = replace(second, version=replace(second.version, revises=first.version.version_id))
    copy, other = copied(), gazette()
    with Writer(path) as writer:
        for article in (arabic(), other, copy, first):
            append(writer, article)
        append(writer, second, revision(first, second))
        writer.append_fusion(fusion(second, copy, other), covers="demo", stamp=STAMP)


def append(writer: Writer, article: ReadArticle, changed: Revision | None = None) -> None:
    """One article into the ledger."""
    version, body = article.version, article.version.text.encode()
    capture = Capture(
        capture_id=content_id(version.version_id),
        url=version.url or version.input_id,
        memento_at="2031-11-06T11:05:00Z",
        http_status=200,
        mime_type="text/plain",
        payload_sha256=digest(body),
    )
    arrival = Arrival(body=body, capture=capture, input_id=version.input_id, name=version.input_id)
    writer.append_article(article, arrival=arrival, revision=changed, sentences=sentences(article), stamp=STAMP)


def copied() -> ReadArticle:
    """A near copy by another outlet."""
    article = border_war(NAMED, 1, "copy-1")
    version = replace(
        article.version,
        version_id=content_id("copy"),
        article_id="copy",
        publisher="Port Daily",
        published="2031-11-07",
        url="https://example.org/copy",
    )
    reading = replace(article.reading, version_id=version.version_id)
    moved = tuple(replace(c, claim_id=content_id("copy", c.claim_id)) for c in reading.claims)
    return replace(article, version=version, reading=replace(reading, claims=moved))


def gazette() -> ReadArticle:
    """An independent report of the clashes, with another number of dead."""
    head = "Six dead in clashes at border post"
    said = "Six fighters of the Gash Brigade were killed at Lafa in October"
    body = f"\n\n{said}, a doctor at Teseney hospital told the Inland Gazette."
    d = Draft(head + body, headline=head, input_id="gazette-1", article_id="gazette", publisher="Inland Gazette")
    d.name("Gash Brigade", "e1", "ORG")
    d.nom("Six fighters of the Gash Brigade", "e2", "PER")
    d.nom("a doctor at Teseney hospital", "e3", "PER")
    october = d.time("in October", "2031-10-01", "2031-10-31")
    d.place(d.name("Teseney", "e4", "GPE"), "Teseney", (15.11, 36.6575), 329779)
    d.name("Lafa", "e5", "FAC")
    killed = d.event(
        "killed",
        "kill",
        "ASSAULT",
        d.arg("recipient", "Six fighters of the Gash Brigade", "e2"),
        d.arg("place", "Lafa", "e5"),
        d.arg("time", "in October", None, october),
    )
    doctor = d.said("told", "a doctor at Teseney hospital", "e3", content=said, lemma="tell")
    d.claim(killed, "Uu CT+", "reported", doctor, score=0.83)
    dead = d.event("dead", "die", None, Argument(role=Role.ACTOR, span=Span(0, 3)))
    d.claim(dead, "CT+", "asserted", score=0.6)
    return d.done()


def arabic() -> ReadArticle:
    """An article in another language: text, no claims."""
    d = Draft(ARABIC, headline=ARABIC.partition("\n")[0], input_id="arabic-1", article_id="arabic", publisher="الميناء")
    article = d.done()
    reading = replace(article.reading, problems=("language ar: not read, only English is",))
    return replace(article, version=replace(article.version, language="ar", published="2031-11-05"), reading=reading)


def revision(before: ReadArticle, after: ReadArticle) -> Revision:
    """What the second version of the border story did."""
    old, new = "General Osman Tamri", "A senior officer"
    removed = TextEdit(
        edit_class=EditClass.NAME_GENERALISED,
        before=Span(0, len(old)),
        after=Span(0, len(new)),
        before_text=old,
        after_text=new,
        in_headline=True,
    )
    change = ClaimChange(
        change_id=content_id("change"),
        from_version_id=before.version.version_id,
        to_version_id=after.version.version_id,
        kind=ChangeKind.NAME_REMOVED,
        before_claim_id=before.reading.claims[0].claim_id,
        after_claim_id=after.reading.claims[0].claim_id,
        before=Span(0, len(old)),
        after=Span(0, len(new)),
        note="The headline no longer names General Osman Tamri: he became “a senior officer”.",
    )
    return Revision(
        from_version_id=before.version.version_id,
        to_version_id=after.version.version_id,
        edits=(removed,),
        changes=(change,),
        disclosed=False,
    )


def fusion(main: ReadArticle, copy: ReadArticle, other: ReadArticle) -> Fusion:
    """The clashes and the raid as events across the articles."""
    return Fusion(events=(clashes(main, copy, other), raid(main, copy)), spells=())


def clashes(main: ReadArticle, copy: ReadArticle, other: ReadArticle) -> Event:
    """Three articles, two origins, two counts of dead."""
    a, b, c = (x.version.version_id for x in (main, copy, other))
    same = Lineage(
        version_id=b, kind=LineageKind.COPIED, of=(a,), score=0.98, evidence="shares 7 of 8 sentences with it"
    )
    own = Lineage(version_id=c, kind=LineageKind.INDEPENDENT, of=(), score=0.8, evidence="names a doctor of its own")
    rivals = Contradiction(field="killed", values=(("4 fighters", (a, b)), ("6 fighters", (c,))))
    return Event(
        event_id=content_id("clashes"),
        event_type=EventType.ASSAULT,
        relation=None,
        lemma="kill",
        actor_ids=(),
        actor_names=(),
        recipient_ids=("local:gash",),
        recipient_names=("Gash Brigade fighters",),
        place_id=None,
        place_name="Lafa",
        latitude=None,
        longitude=None,
        earliest="2031-10-01",
        latest="2031-10-31",
        claims=(*refs(main, 4), *refs(copy, 4), *refs(other, 0)),
        version_ids=(a, b, c),
        origin_ids=(a, c),
        lineage=(same, own),
        contradictions=(rivals,),
    )


def raid(main: ReadArticle, copy: ReadArticle) -> Event:
    """The bombing that one side alleges."""
    a, b = main.version.version_id, copy.version.version_id
    return Event(
        event_id=content_id("raid"),
        event_type=EventType.ASSAULT,
        relation=None,
        lemma="bomb",
        actor_ids=("geonames:338010",),
        actor_names=("Eritrea",),
        recipient_ids=(),
        recipient_names=("camp of the Gash Brigade",),
        place_id="geonames:329779",
        place_name="Teseney",
        latitude=15.11,
        longitude=36.6575,
        earliest="2031-11-03",
        latest="2031-11-03",
        claims=(*refs(main, 6), *refs(copy, 6)),
        version_ids=(a, b),
        origin_ids=(a,),
        lineage=(
            Lineage(version_id=b, kind=LineageKind.COPIED, of=(a,), score=0.98, evidence="shares 7 of 8 sentences"),
        ),
        contradictions=(),
    )


def refs(article: ReadArticle, number: int) -> tuple[ClaimRef, ...]:
    """One claim of an article."""
    return (ClaimRef(version_id=article.version.version_id, claim_id=article.reading.claims[number].claim_id),)

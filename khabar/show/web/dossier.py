"""Events for people: the list, and one event's dossier with who repeated whom and where the reports differ.

In: a View and Events. Out: records for the templates: version ids become articles with headline and publisher, sides of
a contradiction come with the articles that give them. "4 articles, 2 origins" counts what the event holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.ledger import questions
from khabar.ledger.answers import ClaimFilter, VersionRow
from khabar.ledger.store import View
from khabar.model.events import Event, Lineage, LineageKind
from khabar.show.export.events import kind_of
from khabar.show.naming import joined, lowered
from khabar.show.titles import side, title
from khabar.show.web.brief import in_order
from khabar.show.web.query import PAGE, on_page
from khabar.show.web.workbench import Listed
from khabar.show.words import sentences

SHOWN = 3
"""names of actors or recipients that a line holds"""
RANKED = 5000
"""events that are put in order of their origins; more stay in order of time"""
LINEAGE = {
    LineageKind.INDEPENDENT: "reports from its own sources",
    LineageKind.COPIED: "copied from",
    LineageKind.CITES: "cites",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One event of the list."""

    event: Event
    type: str
    title: str
    actors: str
    recipients: str
    articles: int
    origins: int
    said: tuple[str, str] | None = None
    """word and sentence of the claim that says most; in the list only"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article's report of an event: its claims about it and how it came by them."""

    version: VersionRow
    origin: bool
    kind: str
    of: tuple[VersionRow, ...]
    evidence: str
    claims: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """One field about which the reports differ."""

    field: str
    sides: tuple[tuple[str, tuple[VersionRow, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One event's page."""

    summary: Summary
    reports: tuple[Report, ...]
    rivals: tuple[Rival, ...]
    counts: tuple[tuple[str, int], ...]


def summaries(view: View, chosen: ClaimFilter, page: int) -> tuple[Summary, ...]:
    """One page of the list: the events with most origins first, then those with most articles, then by time."""
    articles = questions.article_ids(view)
    if questions.count_events(view, chosen) > RANKED:
        return tuple(_listed(view, event, articles) for event in questions.events(view, on_page(chosen, page)))
    events = questions.events(view, chosen)
    ranked = sorted(events, key=lambda e: (-len(e.origin_ids), -len(e.version_ids)))
    return tuple(_listed(view, event, articles) for event in ranked[(page - 1) * PAGE : page * PAGE])


def _listed(view: View, event: Event, articles: dict[str, str]) -> Summary:
    """One line of the list, with the sentence of a claim."""
    return replace(summary_of(event, articles), said=questions.told(view, event.event_id))


def summary_of(event: Event, articles: dict[str, str]) -> Summary:
    """One line: versions of one article count once."""
    actors, recipients = some(event.actor_names), some(event.recipient_names)
    return Summary(
        event=event,
        type=(kind_of(event) or event.lemma).lower().replace("_", " "),
        title=title(
            event.lemma, side(event.actor_names, event.actor_ids), side(event.recipient_names, event.recipient_ids)
        ),
        actors=actors,
        recipients=recipients,
        articles=len({articles.get(v, v) for v in event.version_ids}),
        origins=len(event.origin_ids),
    )


def some(names: tuple[str, ...]) -> str:
    """The first names, and how many more there are."""
    shown = [lowered(name) for name in names[:SHOWN]]
    more = len(names) - len(shown)
    return ", ".join([*shown, f"{more} more"]) if more > 0 else joined(shown)


def dossier(view: View, event: Event) -> Dossier:
    """One event with everything that rests on it."""
    versions = {v: row for v in _mentioned(event) if (row := questions.version(view, v)) is not None}
    reports = tuple(_report(view, event, versions[v], versions) for v in event.version_ids if v in versions)
    counts: dict[str, int] = {}
    for listed in (c for r in reports for c in r.claims):
        counts[listed.word] = counts.get(listed.word, 0) + 1
    return Dossier(
        summary=summary_of(event, questions.article_ids(view)),
        reports=tuple(sorted(reports, key=lambda r: (not r.origin, r.version.published or ""))),
        rivals=tuple(
            Rival(field=c.field, sides=tuple((value, _rows(ids, versions)) for value, ids in c.values))
            for c in event.contradictions
        ),
        counts=in_order(counts),
    )


def _mentioned(event: Event) -> list[str]:
    """All versions that an event speaks of."""
    lineage = [v for x in event.lineage for v in (x.version_id, *x.of)]
    rivals = [v for c in event.contradictions for _, ids in c.values for v in ids]
    return list(dict.fromkeys([*event.version_ids, *event.origin_ids, *lineage, *rivals]))


def _rows(ids: tuple[str, ...], versions: dict[str, VersionRow]) -> tuple[VersionRow, ...]:
    return tuple(versions[v] for v in ids if v in versions)


def _report(view: View, event: Event, version: VersionRow, versions: dict[str, VersionRow]) -> Report:
    """One article's part in the event."""
    lineage = next((x for x in event.lineage if x.version_id == version.version_id), None)
    wanted = {c.claim_id for c in event.claims if c.version_id == version.version_id}
    read = questions.read_article(view, version.version_id)
    said = sentences(read) if read is not None else {}
    claims = read.reading.claims if read is not None else ()
    return Report(
        version=version,
        origin=version.version_id in event.origin_ids,
        kind=_kind(lineage),
        of=_rows(lineage.of, versions) if lineage is not None else (),
        evidence=lineage.evidence if lineage is not None else "",
        claims=tuple(
            Listed(claim_id=c.claim_id, word=c.word.value, sentence=said[c.claim_id])
            for c in claims
            if c.claim_id in wanted
        ),
    )


def _kind(lineage: Lineage | None) -> str:
    return LINEAGE[lineage.kind] if lineage is not None else ""

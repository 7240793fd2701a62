"""The evidence sheet: what a bundle shows to people, on paper or on a screen, without scripting and without the network.

In: a View, the claims and events that were gathered, the newest signed head. Out: one HTML page: for every claim its
words in context, the chain of sources, when and where, offsets and digests, the versions of the article and what
changed between them; then how to check all of it. Offsets are code points on the canonical text, digests SHA-256, times
UTC. It says how the text was read and that the record is whole; it says nothing about whether a claim is true.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from khabar.ledger import questions
from khabar.ledger.answers import ClaimRow, ObservationRow, VersionRow
from khabar.ledger.notes import Head
from khabar.ledger.store import View
from khabar.model.articles import ReadArticle
from khabar.model.events import Event
from khabar.model.spans import Span
from khabar.show.days import day_words, interval_words, moment_words
from khabar.show.marks import paragraphs
from khabar.show.titles import side, title
from khabar.show.visible import seen_value
from khabar.show.web.annotated import claim_extents
from khabar.show.web.card import Card, card
from khabar.show.words import sentences

AROUND = 1
"""paragraphs before and after the one in which the words stand"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The words of a claim in their paragraph, with what stands around it."""

    before: tuple[str, ...]
    left: str
    words: str
    right: str
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One version of the article and what it changed against the one before."""

    version: VersionRow
    shown: bool
    """the claim stands in this one"""
    first_seen: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One claim for the sheet."""

    row: ClaimRow
    card: Card
    context: Context
    article: ReadArticle
    stages: tuple[Stage, ...]
    observations: tuple[ObservationRow, ...]
    body_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event for the sheet."""

    event: Event
    title: str
    when: str
    reports: tuple[tuple[str, str], ...]
    """(article, how it came by what it says)"""


def sheet(
    view: View, claims: Sequence[ClaimRow], events: Sequence[Event], *, head: Head, made_at: str, operator: str
) -> str:
    """The page."""
    environment = Environment(
        loader=PackageLoader("khabar.show", "sheets"),
        autoescape=True,
        finalize=seen_value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": day_words, "moment": moment_words}
    found = (exhibit(view, row) for row in claims)
    return environment.get_template("evidence.html").render(
        exhibits=[one for one in found if one is not None],
        events=[happening(view, event) for event in events],
        head=head,
        made_at=made_at,
        operator=operator,
    )


def exhibit(view: View, row: ClaimRow) -> Exhibit | None:
    """A claim with all that the sheet says of it; None if its text was purged."""
    article = questions.read_article(view, row.version_id)
    if article is None:
        return None
    claim = next(c for c in article.reading.claims if c.claim_id == row.claim_id)
    lines = list(paragraphs(article.version.text))
    extent = claim_extents(article, lines)[row.claim_id]
    versions = questions.versions_of(view, row.article_id)
    said = sentences(article).get(row.claim_id, row.sentence)
    return Exhibit(
        row=row,
        card=card(article, claim, sentence=said, extent=extent),
        context=context_of(article.version.text, lines, extent),
        article=article,
        stages=tuple(_stages(view, row, versions)),
        observations=tuple(questions.observations(view, version_id=row.version_id)),
        body_sha256=next(v.body_sha256 for v in versions if v.version_id == row.version_id),
    )


def context_of(text: str, lines: Sequence[Span], extent: Span) -> Context:
    """The words with their paragraph and its neighbours."""
    at = max(0, bisect_right(lines, extent.start, key=lambda line: line.start) - 1)
    line = lines[at]
    return Context(
        before=tuple(other.cut(text) for other in lines[max(0, at - AROUND) : at]),
        left=text[line.start : extent.start],
        words=extent.cut(text),
        right=text[extent.end : max(line.end, extent.end)],
        after=tuple(other.cut(text) for other in lines[at + 1 : at + 1 + AROUND]),
    )


def _stages(view: View, row: ClaimRow, versions: Sequence[VersionRow]) -> list[Stage]:
    """The versions of the claim's article, oldest first."""
    revisions = {
        (r.revision.to_version_id, r.after_ordinal): r for r in questions.edits(view, article_id=row.article_id)
    }
    out = []
    for version in versions:
        revision = revisions.get((version.version_id, version.ordinal))
        changes = [f"{c.kind.value.replace('_', ' ')}: {c.note}" for c in revision.revision.changes] if revision else []
        if revision and not changes:
            changes = [f"{len(revision.revision.edits)} changes of words, none of what is claimed"]
        seen = questions.observations(view, version_id=version.version_id)
        first = min((o.memento_at for o in seen if o.memento_at), default="")
        stage = Stage(
            version=version,
            shown=version.version_id == row.version_id,
            first_seen=first,
            changes=tuple(dict.fromkeys(changes)),
        )
        out.append(stage)
    return out


def happening(view: View, event: Event) -> Happening:
    """An event with the articles that report it."""
    names = questions.input_ids(view)
    actors, recipients = side(event.actor_names, event.actor_ids), side(event.recipient_names, event.recipient_ids)
    return Happening(
        event=event,
        title=title(event.lemma or "", actors, recipients),
        when=interval_words(event.earliest, event.latest),
        reports=tuple(
            (names.get(link.version_id, link.version_id), link.kind.value.replace("_", " ")) for link in event.lineage
        ),
    )

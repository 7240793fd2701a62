"""The article page: annotated text, the chosen claim's card, the list of claims, the strip of versions.

In: a View, a read article, all versions of the article, the id of the chosen claim. Out: one record for the template.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from khabar.ledger import questions
from khabar.ledger.answers import VersionRow
from khabar.ledger.store import View
from khabar.model.articles import ReadArticle
from khabar.model.claims import Claim
from khabar.model.events import Event
from khabar.model.spans import Span
from khabar.show.marks import paragraphs
from khabar.show.web.annotated import Annotated, annotate, claim_extents
from khabar.show.web.brief import flag_of, in_order
from khabar.show.web.card import Card, card
from khabar.show.words import sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A claim in a list."""

    claim_id: str
    word: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A version in the strip."""

    ordinal: int
    flag: str
    current: bool
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """The whole page."""

    article: ReadArticle
    ordinal: int
    text: Annotated
    card: Card | None
    near: tuple[Listed, ...]
    """other claims that share words with the chosen one"""
    events: tuple[Event, ...]
    claims: tuple[Listed, ...]
    counts: tuple[tuple[str, int], ...]
    chips: tuple[Chip, ...]
    base: str
    before_headline: str | None


def workbench(
    view: View, article: ReadArticle, *, state: VersionRow, versions: list[VersionRow], chosen: str
) -> Workbench:
    """The page of one state of an article. A chosen claim that is not in it gives no card."""
    said = sentences(article)
    extents = claim_extents(article, list(paragraphs(article.version.text)))
    listed = {
        c.claim_id: Listed(claim_id=c.claim_id, word=c.word.value, sentence=said[c.claim_id])
        for c in claims_of(article)
    }
    claim = next((c for c in article.reading.claims if c.claim_id == chosen), None)
    before = next((v for v in versions if v.ordinal == state.ordinal - 1), None)
    before_headline = before.headline if before is not None else None
    return Workbench(
        article=article,
        ordinal=state.ordinal,
        text=annotate(article, said, chosen=chosen, before_headline=before_headline),
        card=card(article, claim, sentence=said[chosen], extent=extents[chosen]) if claim is not None else None,
        near=tuple(listed[key] for key in overlapping(extents, chosen)),
        events=tuple(questions.events_of(view, chosen)) if claim is not None else (),
        claims=tuple(sorted(listed.values(), key=lambda c: extents[c.claim_id].start)),
        counts=in_order(Counter(c.word for c in listed.values())),
        chips=chips_of(view, versions, state.ordinal),
        base=f"/articles/{state.article_id}/v{state.ordinal}",
        before_headline=before_headline,
    )


def claims_of(article: ReadArticle) -> list[Claim]:
    """The claims whose predication is there."""
    known = {p.predication_id for p in article.reading.predications}
    return [c for c in article.reading.claims if c.predication_id in known]


def overlapping(extents: dict[str, Span], chosen: str) -> list[str]:
    """Ids of the other claims whose words overlap those of the chosen one."""
    mine = extents.get(chosen)
    return [key for key, span in extents.items() if mine is not None and key != chosen and span.overlaps(mine)]


def chips_of(view: View, versions: list[VersionRow], current: int) -> tuple[Chip, ...]:
    """The strip of versions; each says what its edit did."""
    if not versions:
        return ()
    edits = {r.after_ordinal: r.revision for r in questions.edits(view, article_id=versions[0].article_id)}
    out = []
    for version in versions:
        revision = edits.get(version.ordinal)
        flag = flag_of(revision) if revision is not None else ""
        title = f"recorded {version.recorded_at}, text {version.text_sha256}"
        out.append(Chip(ordinal=version.ordinal, flag=flag, current=version.ordinal == current, title=title))
    return tuple(out)

"""A read article as annotated paragraphs: which words belong to which claim, who speaks, who acts, when.

In: a ReadArticle, optionally the headline before this version. Out: paragraphs of groups of pieces, ready for a
template that only loops. A group is a stretch under one innermost claim (a link) or under none; its pieces carry classes for
the roles. Spans come from the records; where a claim's words are scattered over more than its paragraph, only those
in the trigger's paragraph are marked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from khabar.model.articles import ReadArticle
from khabar.model.claims import Claim, Predication, Role
from khabar.model.spans import Span
from khabar.show.diff import Change, diff
from khabar.show.marks import Mark, Run, paragraphs, runs

ROLE_CLASSES = {Role.ACTOR: "r-actor", Role.TIME: "r-time", Role.QUANTITY: "r-time"}


@dataclass(frozen=True, slots=True)
class Label:
    """What a mark means: ``kind`` claim, role, added or removed; ``value`` a claim id, a class or the removed words."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with their classes; ``removed`` are words of the version before that stood in front of them."""

    text: str
    classes: str
    added: bool
    removed: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pieces under the same claims; ``claim_id`` is the innermost one, or "" for text without a claim."""

    claim_id: str
    classes: str
    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``holds_chosen``: the claim whose card is open stands in it."""

    groups: tuple[Group, ...]
    holds_chosen: bool


@dataclass(frozen=True, slots=True)
class Annotated:
    """The headline, if the text begins with it, and the body."""

    headline: Paragraph | None
    body: tuple[Paragraph, ...]


def annotate(
    article: ReadArticle, sentences: dict[str, str], *, chosen: str = "", before_headline: str | None = None
) -> Annotated:
    """The article with all its marks. ``chosen`` is the claim whose card is open."""
    text, end = article.version.text, article.version.headline_end
    lines = list(paragraphs(text))
    extents = claim_extents(article, lines)
    words = {c.claim_id: c.word.value for c in article.reading.claims}
    titles = {key: f"{words[key]}: {sentence}" for key, sentence in sentences.items() if key in words}
    page = _Page(text, extents, words, titles, chosen)
    sorted_marks = by_line(lines, [*_claim_marks(extents), *_role_marks(article)])
    head = [line for line in lines if line.end <= end]
    headline = None
    if head:
        whole = Span(head[0].start, head[-1].end)
        marks = [mark for line in head for mark in sorted_marks.get(line.start, ())]
        headline = page.paragraph(whole, [*marks, *_changes(text, whole, before_headline)])
    body = (line for line in lines if line.end > end)
    return Annotated(headline, tuple(page.paragraph(line, sorted_marks.get(line.start, [])) for line in body))


def by_line(lines: list[Span], marks: list[Mark[Label]]) -> dict[int, list[Mark[Label]]]:
    """The marks that touch each paragraph, by the paragraph's start."""
    starts = [line.start for line in lines]
    out: dict[int, list[Mark[Label]]] = {}
    for mark in marks:
        at = max(0, bisect_right(starts, mark.span.start) - 1)
        while at < len(lines) and lines[at].start < mark.span.end:
            out.setdefault(lines[at].start, []).append(mark)
            at += 1
    return out


@dataclass(frozen=True, slots=True)
class _Page:
    """What every paragraph needs."""

    text: str
    extents: dict[str, Span]
    words: dict[str, str]
    titles: dict[str, str]
    chosen: str

    def paragraph(self, span: Span, marks: list[Mark[Label]]) -> Paragraph:
        """One paragraph's groups."""
        found = runs(self.text, marks, start=span.start, end=span.end)
        grouped = groupby(found, key=_claims_of)
        groups = tuple(self.group(claims, tuple(_piece(r) for r in members)) for claims, members in grouped)
        extent = self.extents.get(self.chosen)
        return Paragraph(groups, extent is not None and span.contains(extent))

    def group(self, claims: tuple[str, ...], pieces: tuple[Piece, ...]) -> Group:
        """A stretch under the same claims: the innermost gives the line, the one around it a second line."""
        if not claims:
            return Group("", "", "", pieces)
        inner, outer = claims[-1], claims[-2] if len(claims) > 1 else ""
        classes = ["claim", f"w-{self.words[inner]}"]
        classes += [f"o-{self.words[outer]}"] if outer else []
        classes += ["on"] if self.chosen in claims else []
        return Group(inner, " ".join(classes), self.titles.get(inner, self.words[inner]), pieces)


def claim_extents(article: ReadArticle, lines: list[Span]) -> dict[str, Span]:
    """Per claim the stretch from the first to the last of its words in the paragraph of its trigger."""
    predications = {p.predication_id: p for p in article.reading.predications}
    out: dict[str, Span] = {}
    for claim in article.reading.claims:
        predication = predications.get(claim.predication_id)
        if predication is not None:
            out[claim.claim_id] = extent_of(predication, predications, lines)
    return out


def extent_of(predication: Predication, others: dict[str, Predication], lines: list[Span]) -> Span:
    """From the first to the last word of a predication, with the words of those inside it."""
    trigger = predication.trigger
    at = bisect_right(lines, trigger.start, key=lambda x: x.start) - 1
    line = lines[at] if at >= 0 and lines[at].contains(trigger) else trigger
    spans = [trigger]
    for argument in predication.arguments:
        inner = others.get(argument.predication_id or "")
        spans += [argument.span] if argument.span is not None else []
        spans += [inner.trigger, *(a.span for a in inner.arguments if a.span is not None)] if inner is not None else []
    inside = [s for s in spans if line.contains(s)]
    return Span(min(s.start for s in inside), max(s.end for s in inside))


def _claim_marks(extents: dict[str, Span]) -> Iterator[Mark[Label]]:
    for key, span in extents.items():
        yield Mark(span, Label("claim", key))


def _role_marks(article: ReadArticle) -> Iterator[Mark[Label]]:
    """Sources and cues of the chains that claims use; actors, times and counts of their predications."""
    claims: tuple[Claim, ...] = article.reading.claims
    used = {key for claim in claims for key in claim.chain}
    held = {claim.predication_id for claim in claims}
    for attribution in article.reading.attributions:
        if attribution.attribution_id in used:
            yield from (Mark(s, Label("role", "r-source")) for s in attribution.source)
            yield from (Mark(s, Label("role", "r-cue")) for s in attribution.cue)
    for predication in article.reading.predications:
        for argument in predication.arguments if predication.predication_id in held else ():
            name = ROLE_CLASSES.get(argument.role)
            if name is not None and argument.span is not None:
                yield Mark(argument.span, Label("role", name))


def _changes(text: str, headline: Span, before: str | None) -> Iterator[Mark[Label]]:
    """What the headline was before, as marks on what it is now."""
    now = headline.cut(text)
    if before is None or before == now:
        return
    at = headline.start
    for piece in diff(before, now):
        if piece.change is Change.REMOVED:
            anchor = min(at, headline.end - 1)
            yield Mark(Span(anchor, headline.end), Label("removed", piece.text))
            continue
        if piece.change is Change.ADDED:
            yield Mark(Span(at, at + len(piece.text)), Label("added", ""))
        at += len(piece.text)


def _claims_of(run: Run[Label]) -> tuple[str, ...]:
    return tuple(label.value for label in run.labels if label.kind == "claim")


def _piece(run: Run[Label]) -> Piece:
    classes = dict.fromkeys(label.value for label in run.labels if label.kind == "role")
    removed = "".join(label.value for label in run.opens if label.kind == "removed")
    return Piece(run.text, " ".join(classes), any(label.kind == "added" for label in run.labels), removed)

"""What a revision did to the claims: edits of the text brought to the claims they touch, worst first.

In: two ``ReadArticle`` of one page, the earlier first. Out: one ``Revision``. A claim before and a claim after are the same
if they stand in aligned sentences and agree best in lemma, type and arguments. An edit that touches no claim still gives
a change, with spans and without claim ids: a silent edit of a headline must not go unseen because the headline was
hard to parse. ``disclosed``: the page's "updated" stamp differs, or a correction note came. Order: by ``CONSEQUENCE``,
headline before body. It does not compare claims in sentences that stayed as they were.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khabar.fuse.align import Pair
from khabar.fuse.changed import stem
from khabar.fuse.edits import edits_of, is_note, sentence_pairs
from khabar.fuse.facts import tables
from khabar.fuse.words import Sentence
from khabar.model.articles import ReadArticle
from khabar.model.changes import ChangeKind, ClaimChange, EditClass, Revision, TextEdit
from khabar.model.claims import Claim, Predication
from khabar.model.identity import content_id
from khabar.model.spans import Span

KINDS: dict[EditClass, ChangeKind] = {
    EditClass.NAME_REMOVED: ChangeKind.NAME_REMOVED,
    EditClass.NAME_GENERALISED: ChangeKind.NAME_GENERALISED,
    EditClass.NAME_ADDED: ChangeKind.NAME_ADDED,
    EditClass.NUMBER_CHANGED: ChangeKind.QUANTITY_CHANGED,
    EditClass.DATE_CHANGED: ChangeKind.DATE_CHANGED,
    EditClass.PLACE_CHANGED: ChangeKind.PLACE_CHANGED,
    EditClass.HEDGE_ADDED: ChangeKind.SOFTENED,
    EditClass.HEDGE_REMOVED: ChangeKind.HARDENED,
    EditClass.ATTRIBUTION_ADDED: ChangeKind.SOURCE_CHANGED,
    EditClass.ATTRIBUTION_REPLACED: ChangeKind.SOURCE_CHANGED,
    EditClass.ATTRIBUTION_REMOVED: ChangeKind.SOURCE_REMOVED,
    EditClass.DENIAL_ADDED: ChangeKind.ADDED,
    EditClass.CLAIM_ADDED: ChangeKind.ADDED,
    EditClass.CLAIM_WITHDRAWN: ChangeKind.WITHDRAWN,
    EditClass.POLARITY_FLIPPED: ChangeKind.WITHDRAWN,
    EditClass.QUOTE_ALTERED: ChangeKind.REWORDED,
}
CONSEQUENCE = (
    EditClass.POLARITY_FLIPPED,
    EditClass.NAME_GENERALISED,
    EditClass.NAME_REMOVED,
    EditClass.CLAIM_WITHDRAWN,
    EditClass.DENIAL_ADDED,
    EditClass.ATTRIBUTION_REMOVED,
    EditClass.HEDGE_REMOVED,
    EditClass.PLACE_CHANGED,
    EditClass.NUMBER_CHANGED,
    EditClass.DATE_CHANGED,
    EditClass.ATTRIBUTION_REPLACED,
    EditClass.HEDGE_ADDED,
    EditClass.QUOTE_ALTERED,
    EditClass.ATTRIBUTION_ADDED,
    EditClass.NAME_ADDED,
    EditClass.CLAIM_ADDED,
)
NOTES = {
    EditClass.POLARITY_FLIPPED: "“{b}” became its contrary, “{a}”",
    EditClass.NAME_GENERALISED: "the name {b} became {a}",
    EditClass.NAME_REMOVED: "{b} is no longer named",
    EditClass.NAME_ADDED: "{a} is now named",
    EditClass.CLAIM_WITHDRAWN: "no longer said: “{b}”",
    EditClass.CLAIM_ADDED: "newly said: “{a}”",
    EditClass.DENIAL_ADDED: "a denial was added: “{a}”",
    EditClass.ATTRIBUTION_REMOVED: "no longer attributed: “{b}”",
    EditClass.ATTRIBUTION_ADDED: "now attributed: “{a}”",
    EditClass.ATTRIBUTION_REPLACED: "the source {b} became {a}",
    EditClass.HEDGE_REMOVED: "said more firmly: “{b}” became “{a}”",
    EditClass.HEDGE_ADDED: "said less firmly: “{b}” became “{a}”",
    EditClass.PLACE_CHANGED: "the place {b} became {a}",
    EditClass.NUMBER_CHANGED: "the number {b} became {a}",
    EditClass.DATE_CHANGED: "the time {b} became {a}",
    EditClass.QUOTE_ALTERED: "the words of a quotation changed: “{b}” became “{a}”",
}
DESCRIBED = {
    EditClass.NAME_GENERALISED: "“{b}” became “{a}”: whose they are is no longer said",
    EditClass.NAME_REMOVED: "no longer said to be “{b}”",
    EditClass.NAME_ADDED: "now said to be “{a}”",
}
"""the same of people without a name whose side is told"""
ALIKE = 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its predication and everything it stands on."""

    claim: Claim
    predication: Predication
    extent: tuple[Span, ...]


Matched = tuple[Told | None, Told | None]


def revise(before: ReadArticle, after: ReadArticle) -> Revision:
    """Everything that changed from one version to the next."""
    pairs = sentence_pairs(before, after)
    edits = edits_of(before, after, pairs)
    loud = sorted((e for e in edits if e.edit_class in KINDS), key=_rank)
    spans = [e.before for e in loud if e.before], [e.after for e in loud if e.after]
    same = _same_claims(told_in(before), told_in(after), pairs, spans) if loud else ()
    changes = [c for e in loud for c in _changes(e, before, after, same)]
    return Revision(
        from_version_id=before.version.version_id,
        to_version_id=after.version.version_id,
        edits=edits,
        changes=tuple(dict.fromkeys(changes)),
        disclosed=is_disclosed(before, after, pairs),
    )


def is_disclosed(before: ReadArticle, after: ReadArticle, pairs: Sequence[Pair]) -> bool:
    """Whether the page owned up: its stamp changed, or a correction note came."""
    stamped = after.version.updated is not None and after.version.updated != before.version.updated
    new = [p.after for p in pairs if p.after and not p.same]
    return stamped or any(is_note(s, tables()) for s in new)


def told_in(article: ReadArticle) -> tuple[Told, ...]:
    """The claims of a version with what they stand on: trigger, arguments, cues and sources of their chain."""
    reading = article.reading
    predications = {p.predication_id: p for p in reading.predications}
    attributions = {a.attribution_id: a for a in reading.attributions}
    out = []
    for claim in reading.claims:
        predication = predications.get(claim.predication_id)
        if predication is None:
            continue
        chain = [attributions[a] for a in claim.chain if a in attributions]
        spans = [predication.trigger, *(a.span for a in predication.arguments if a.span)]
        spans += [s for a in chain for s in (*a.source, *a.cue)]
        out.append(Told(claim, predication, tuple(spans)))
    return tuple(out)


def _same_claims(
    before: Sequence[Told], after: Sequence[Told], pairs: Sequence[Pair], spans: tuple[Sequence[Span], Sequence[Span]]
) -> tuple[Matched, ...]:
    """Claims of both versions, matched within aligned sentences, best first; the rest stands alone. Sentences without a
    claim that an edit touches (``spans``: before and after) are left out."""
    out: list[Matched] = []
    olds, news = (
        _by_sentence(told, sentences)
        for told, sentences in ((before, [p.before for p in pairs]), (after, [p.after for p in pairs]))
    )
    for old, new in zip(olds, news, strict=True):
        if not any(_is_touched(t, spans[0]) for t in old) and not any(_is_touched(t, spans[1]) for t in new):
            continue
        scored = sorted(((-_likeness(a, b), i, j) for i, a in enumerate(old) for j, b in enumerate(new)))
        used: tuple[set[int], set[int]] = set(), set()
        for score, i, j in scored:
            if -score >= ALIKE and i not in used[0] and j not in used[1]:
                out.append((old[i], new[j]))
                used[0].add(i)
                used[1].add(j)
        out += [(t, None) for i, t in enumerate(old) if i not in used[0]]
        out += [(None, t) for j, t in enumerate(new) if j not in used[1]]
    return tuple(out)


def _is_touched(told: Told, spans: Sequence[Span]) -> bool:
    low, high = min(s.start for s in told.extent), max(s.end for s in told.extent)
    return any(s.start < high and low < s.end for s in spans)


def _by_sentence(told: Iterable[Told], sentences: Sequence[Sentence | None]) -> list[list[Told]]:
    """For each sentence the claims whose trigger stands in it."""
    order = sorted((s.span.start, i) for i, s in enumerate(sentences) if s)
    out: list[list[Told]] = [[] for _ in sentences]
    for one in told:
        trigger = one.predication.trigger
        at = bisect_right(order, (trigger.start, len(sentences))) - 1
        sentence = sentences[order[at][1]] if at >= 0 else None
        if sentence is not None and sentence.span.contains(trigger):
            out[order[at][1]].append(one)
    return out


def _likeness(a: Told, b: Told) -> float:
    """How far two predications are the same: lemma, type and mode, roles filled, length of the chain."""
    p, q = a.predication, b.predication
    lemma = 2.0 * (stem(p.lemma) == stem(q.lemma))
    kind = 1.0 * ((p.event_type, p.relation) == (q.event_type, q.relation) and bool(p.event_type or p.relation))
    roles = {x.role for x in p.arguments} & {x.role for x in q.arguments}
    return lemma + kind + 0.1 * len(roles) + 0.1 * (len(a.claim.chain) == len(b.claim.chain))


def _rank(edit: TextEdit) -> tuple[bool, int, Span]:
    return not edit.in_headline, CONSEQUENCE.index(edit.edit_class), edit.after or edit.before or Span(0, 0)


def _changes(edit: TextEdit, before: ReadArticle, after: ReadArticle, same: Iterable[Matched]) -> list[ClaimChange]:
    """The changes that one edit makes: one per claim that it touches, or one without claims."""
    kind = KINDS[edit.edit_class]
    touched = _touched(edit, same)
    out = [_change(edit, kind, before, after, pair) for pair in touched or [(None, None)]]
    if edit.edit_class is EditClass.POLARITY_FLIPPED:
        out += [_change(edit, ChangeKind.ADDED, before, after, pair) for pair in touched or [(None, None)]]
    return out


def _touched(edit: TextEdit, same: Iterable[Matched]) -> list[Matched]:
    """The claims that an edit touches; for one that came or went, the claims that did so if there are any."""
    touched = [(a, b) for a, b in same if _touches(a, edit.before) or _touches(b, edit.after)]
    alone: list[Matched] = []
    if edit.edit_class is EditClass.CLAIM_WITHDRAWN:
        alone = [(a, b) for a, b in touched if b is None]
    if edit.edit_class in {EditClass.CLAIM_ADDED, EditClass.DENIAL_ADDED}:
        alone = [(a, b) for a, b in touched if a is None]
    return alone or touched


def _touches(told: Told | None, span: Span | None) -> bool:
    return told is not None and span is not None and any(s.overlaps(span) for s in told.extent)


def _change(
    edit: TextEdit,
    kind: ChangeKind,
    before: ReadArticle,
    after: ReadArticle,
    pair: Matched,
) -> ClaimChange:
    ids = before.version.version_id, after.version.version_id
    old = pair[0].claim.claim_id if pair[0] and kind is not ChangeKind.ADDED else None
    new = pair[1].claim.claim_id if pair[1] and kind is not ChangeKind.WITHDRAWN else None
    places = [f"{s.start}-{s.end}" if s else "" for s in (edit.before, edit.after)]
    return ClaimChange(
        change_id=content_id("change", *ids, kind.value, edit.edit_class.value, old or "", new or "", *places),
        from_version_id=ids[0],
        to_version_id=ids[1],
        kind=kind,
        before_claim_id=old,
        after_claim_id=new,
        before=edit.before,
        after=edit.after,
        note=_note(edit),
    )


def _note(edit: TextEdit) -> str:
    """The change in one sentence."""
    told = edit.after_text if edit.edit_class is EditClass.NAME_ADDED else edit.before_text
    words = told.split()
    plain = all(w[:1].islower() for w in words[1:]) and any(w.lower() in tables().words.sides for w in words)
    template = DESCRIBED.get(edit.edit_class, "") if plain else ""
    return (template or NOTES[edit.edit_class]).format(b=edit.before_text or "nothing", a=edit.after_text or "nothing")

"""Attributions of a document: the drafts of all rules, stretched over quotations, nested, and cut to spans.

In: the ground (parse, syntax, lexicon, mentions, quotes). Out: Attributions in order of their cues, each with its parent;
``Voices`` says which chain of them stands over a token. Terms and units: PARC / PolNeAR, spans in code points. The
publisher is not among them. What a cue says of commitment is left to ``commitment.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from khabar.lexicon.attribution import Weights
from khabar.model.attribution import Attribution, QuoteKind
from khabar.model.claims import Claim
from khabar.model.spans import Span
from khabar.read.attitudes import with_attitudes
from khabar.read.drafts import Draft, Ground
from khabar.read.gainsaid import AGAINST, contrary_drafts, with_against
from khabar.read.headlines import scare_drafts, speaks
from khabar.read.hearsay import citing_drafts, other_drafts, quoted_drafts
from khabar.read.nesting import nest
from khabar.read.quotes import quote_at
from khabar.read.regards import REGARD, regard_drafts
from khabar.read.sources import source_kind, source_phrase
from khabar.read.speech import verb_drafts
from khabar.read.tokens import Token
from khabar.read.truth import truth_drafts
from khabar.read.turns_of_saying import turn_drafts
from khabar.read.weighing import LEAST, judged

OPENING = frozenset({"''", "``", "“", '"', "‘", "'"})
"""marks that the parser may leave at the end of the sentence before the quotation that they open"""
ASIDES = ("according to", "citing", "turn of phrase")
"""rules whose own words stand in nobody else's content"""
SPOKEN = frozenset({"hearsay", "assert", "allege"})
EDGE_MARKS = frozenset(',.;:—–-()“”"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """The attributions of a document and, for each token, the chain that stands over it (outermost first)."""

    attributions: tuple[Attribution, ...]
    drafts: tuple[Draft, ...]
    parents: tuple[int | None, ...]
    attitudes: tuple[tuple[int, Draft], ...] = ()
    """what a voice says that it thinks, wants or knows ("he said he believed"): no voice of its own (``attitudes.py``)"""
    others: tuple[Attribution, ...] = ()
    """what the trained model alone takes for attributions: no links"""

    def chain(self, token: int) -> tuple[int, ...]:
        """Indices of the attributions over a token, outermost first."""
        over = [k for k, d in enumerate(self.drafts) if token in d.content and d.rule not in (REGARD, AGAINST)]
        if not over:
            return ()
        at: int | None = min(over, key=lambda k: (len(self.drafts[k].content), -self._depth(k), k))
        chain: list[int] = []
        while at is not None:
            if not chain or not self._same_voice(at, chain[-1]):
                chain.append(at)
            elif self._heard(chain[-1]):
                chain[-1] = at
            at = self.parents[at]
        return tuple(reversed(chain))

    def _heard(self, k: int) -> bool:
        """Whether a cue names who told its source: "he learned from the police that S"."""
        return any(d.rule == "verb/from" and d.cue == self.drafts[k].cue and n != k for n, d in enumerate(self.drafts))

    def _depth(self, k: int) -> int:
        """How many attributions stand over one."""
        above = self.parents[k]
        return 0 if above is None else 1 + self._depth(above)

    def held(self, k: int, token: int) -> Draft:
        """The words by which voice k holds what stands at a token: its innermost attitude there, or else its own cue."""
        own = [d for voice, d in self.attitudes if voice == k and token in d.content]
        return min(own, key=lambda d: len(d.content), default=self.drafts[k])

    @property
    def telling(self) -> tuple[Draft, ...]:
        """All drafts, attitudes included."""
        return (*self.drafts, *(d for _, d in self.attitudes))

    def _same_voice(self, outer: int, inner: int) -> bool:
        """ "He said he had heard that S", "drones, which he said were theirs": one voice, the inner words tell how."""
        entities = set(self.attributions[outer].source_entities)
        told = self.attributions[inner]
        return (
            (told.stance in SPOKEN or self._heard(inner)) and bool(entities) and entities == set(told.source_entities)
        )


def find_voices(ground: Ground, weights: Weights) -> Voices:
    """All attributions of a document: those of the rules, and those that only the model finds, which are no links."""
    drafts = rule_drafts(ground)
    held = with_attitudes(ground, drafts, nest(drafts))
    voices, fresh = judged(ground, held.drafts, weights)
    minds = {d.cue[0] for _, d in held.attitudes}
    fresh = [d for d in fresh if d.cue[0] not in minds and _worded(ground, d)]
    over = nest([*voices, *fresh])[len(voices) :]
    attributions = tuple(
        _attribution(ground, n, d, above)
        for n, (d, above) in enumerate(zip([*voices, *fresh], [*held.parents, *over], strict=True))
    )
    known = len(voices)
    return Voices(
        attributions=attributions[:known],
        drafts=tuple(voices),
        parents=held.parents,
        attitudes=held.attitudes,
        others=attributions[known:],
    )


def kept(voices: Voices, claims: Sequence[Claim]) -> tuple[Attribution, ...]:
    """The attributions that the model believes, those that a claim rests on, and those above either."""
    found = sorted((*voices.attributions, *voices.others), key=lambda a: a.cue[0].start)
    by_id = {a.attribution_id: a for a in found}
    wanted = {link for claim in claims for link in claim.chain}
    wanted |= {a.attribution_id for a in found if a.score is None or a.score >= LEAST}
    for name in list(wanted):
        above = by_id[name].parent_id
        while above is not None and above not in wanted:
            wanted.add(above)
            above = by_id[above].parent_id
    return tuple(a for a in found if a.attribution_id in wanted)


def rule_drafts(ground: Ground) -> list[Draft]:
    """What the rules find, in order of the cues."""
    drafts = [_held(ground, d) for d in _drafts(ground)]
    drafts = [d for d in _without_asides(ground, drafts) if _worded(ground, d) and not _nobody_asks(d)]
    drafts = [_with_closing_source(ground, _stretched(ground, d, drafts)) for d in drafts]
    drafts = [*with_against(ground, _continued(ground, drafts)), *contrary_drafts(ground), *truth_drafts(ground)]
    drafts = [*drafts, *(q for d in drafts for q in quoted_drafts(ground, d))]
    drafts += scare_drafts(ground, drafts)
    return sorted([*drafts, *regard_drafts(ground, drafts)], key=lambda d: (d.cue[0], d.under is not None))


def _worded(ground: Ground, draft: Draft) -> bool:
    """Whether the content holds more than marks."""
    return any(c.isalnum() for i in draft.content for c in ground.parse.tokens[i].text)


def _nobody_asks(draft: Draft) -> bool:
    """ "It is not known why the ship sank": no voice."""
    return draft.rule == "verb/wh" and draft.stance == "ask" and not draft.sources


def _drafts(ground: Ground) -> Iterator[Draft]:
    """What the rules find, token by token; a citing verb takes over the content of the cue that it serves."""
    found: dict[int, Draft] = {}
    aside: dict[int, Draft] = {}
    citing: list[Draft] = []
    for token in ground.parse.tokens:
        cue = ground.verb_cue(token.i)
        other: list[Draft] = []
        if cue is not None:
            made = list(verb_drafts(ground, token.i, cue))
            if made:
                found[token.i] = made[0]
            yield from made
            if cue.source == "object" and "as" in cue.frames and not made:
                citing.extend(citing_drafts(ground, token.i, cue))
            if not made:
                other = list(other_drafts(ground, token.i))
        else:
            other = list(other_drafts(ground, token.i))
        for draft in (*other, *turn_drafts(ground, token)):
            yield draft
            if draft.rule == "according to":
                aside[token.sent] = draft
    for draft in citing:
        teller = (
            found.get(draft.under) if draft.under is not None else aside.get(ground.parse.tokens[draft.cue[0]].sent)
        )
        yield replace(draft, content=teller.content, under=teller.cue[0]) if teller else replace(draft, under=None)


def _held(ground: Ground, draft: Draft) -> Draft:
    """A cue inside quotation marks reports nothing outside them."""
    token = ground.parse.tokens[draft.cue[0]]
    inside = quote_at(ground.quotes, token.start)
    if inside is None or draft.rule == "according to":
        return draft
    kept = frozenset(i for i in draft.content if inside.start <= ground.parse.tokens[i].start < inside.end)
    return replace(draft, content=kept)


def _without_asides(ground: Ground, drafts: list[Draft]) -> list[Draft]:
    """The words "according to X" and "citing X" belong to no other voice's content."""
    asides: frozenset[int] = frozenset()
    for draft in drafts:
        if draft.rule in ASIDES:
            asides |= ground.subtree(draft.cue[0]) - draft.content
    return [replace(d, content=d.content - asides) if d.content - asides else d for d in drafts]


def _stretched(ground: Ground, draft: Draft, drafts: list[Draft]) -> Draft:
    """Content that touches a quotation takes the whole of it, and the quotations that follow without a cue of their own."""
    if draft.rule == "colon":
        return _transcript(ground, draft)
    if not draft.rule.startswith("verb/") and draft.rule != "according to":
        return draft
    tokens = ground.parse.tokens
    touched = {quote_at(ground.quotes, tokens[i].start) for i in draft.content} - {None}
    spans = [q for q in touched if q is not None and not q.start <= tokens[draft.cue[0]].start < q.end]
    if not spans:
        return draft
    cued = {d.cue[0] for d in drafts}
    spans += _following(ground, max(spans), draft, cued)
    added = {t.i for t in tokens if any(q.start <= t.start < q.end for q in spans)}
    return replace(draft, content=draft.content | added)


def _with_closing_source(ground: Ground, draft: Draft) -> Draft:
    """ "“So be it,” X, smiling, said": somebody named between the quotation and a cue without a subject is who speaks."""
    if draft.sources or not draft.rule.startswith("verb/"):
        return draft
    tokens = ground.parse.tokens
    inside = frozenset(i for i in draft.content if quote_at(ground.quotes, tokens[i].start) is not None)
    rest = sorted(i for i in draft.content if inside and i > max(inside) and not _at_edge(tokens[i]))
    named = [i for i in rest if speaks(ground, i)]
    if not named or rest[-1] > draft.cue[0]:
        return draft
    return replace(draft, content=inside, sources=(named[0],))


def _transcript(ground: Ground, draft: Draft) -> Draft:
    """ "SMITH: We go on. Always." as a paragraph of its own: the speaker has all of the paragraph."""
    parse = ground.parse
    sentence = parse.sentences[parse.tokens[draft.cue[0]].sent]
    paragraph = [s for s in parse.sentences if s.paragraph == sentence.paragraph]
    if paragraph[0] is not sentence:
        return draft
    return replace(draft, content=draft.content | frozenset(range(max(draft.cue) + 1, paragraph[-1].last)))


def _following(ground: Ground, last: Span, draft: Draft, cued: set[int]) -> list[Span]:
    """Quotations of the same paragraph after the cue's sentence, as long as nothing but a quotation stands there."""
    tokens, text = ground.parse.tokens, ground.parse.text
    sentence = ground.parse.sentences[tokens[draft.cue[0]].sent]
    closing = next(
        (k for k in range(sentence.last - 1, sentence.first, -1) if tokens[k].text not in OPENING), sentence.first
    )
    at = max(tokens[closing].end, last.end)
    out: list[Span] = []
    for quote in ground.quotes:
        if quote.start < at:
            continue
        between = text[at : quote.start]
        if between.strip() or "\n" in between:
            break
        out.append(quote)
        at = quote.end
    del cued
    return out


def _continued(ground: Ground, drafts: list[Draft]) -> list[Draft]:
    """A paragraph that is nothing but a quotation goes on with the words of the speaker before it."""
    tokens = ground.parse.tokens
    out = list(drafts)
    for quote in ground.quotes:
        if not _whole_paragraph(ground.parse.text, quote):
            continue
        inside = frozenset(t.i for t in tokens if quote.start <= t.start < quote.end)
        if not inside or any(inside & d.content and d.cue[0] not in inside for d in out):
            continue
        before = [k for k, d in enumerate(out) if d.cue[0] < min(inside) and d.rule.startswith("verb/") and d.sources]
        if before:
            k = max(before, key=lambda k: out[k].cue[0])
            out[k] = replace(out[k], content=out[k].content | inside)
    return out


def _whole_paragraph(text: str, quote: Span) -> bool:
    """Whether a quotation is all that stands in its paragraph."""
    start = text.rfind("\n", 0, quote.start) + 1
    end = text.find("\n", quote.end)
    rest = text[start : quote.start] + text[quote.end : end if end >= 0 else len(text)]
    return not rest.strip()


def _attribution(ground: Ground, number: int, draft: Draft, parent: int | None) -> Attribution:
    """Spans, kinds and ids."""
    content, who = draft.content, tuple(sorted({source_phrase(ground, s, draft) for s in draft.sources}))
    if draft.shown is not None and draft.shown.score >= LEAST:
        content, who = draft.shown.content, _runs(ground, draft.shown.source)
    mentions = [ground.mentions.get(s) for s in draft.sources]
    return Attribution(
        attribution_id=f"a{number + 1}",
        source=who,
        source_entities=tuple(dict.fromkeys(m.entity_id for m in mentions if m is not None)),
        source_kind=source_kind(ground, draft),
        cue=_runs(ground, frozenset(draft.cue)),
        cue_lemma=draft.lemma,
        stance=draft.stance,
        content=_runs(ground, content) or _runs(ground, draft.content),  # the model may prefer nothing but marks
        quote=_quote_kind(ground, draft),
        parent_id=f"a{parent + 1}" if parent is not None else None,
        rule=draft.rule,
        score=round(draft.shown.score, 3) if draft.shown is not None else None,
    )


def _at_edge(token: Token) -> bool:
    """Whether a token says nothing at the edge of a stretch: a mark, or blanks."""
    return token.text in EDGE_MARKS or token.text.isspace()


def _runs(ground: Ground, indices: frozenset[int]) -> tuple[Span, ...]:
    """Contiguous stretches of tokens as spans, trimmed of marks at the edges."""
    tokens, out = ground.parse.tokens, []
    run: list[int] = []
    for i in [*sorted(indices), -1]:
        if run and (i != run[-1] + 1 or tokens[i].sent != tokens[run[-1]].sent):
            while len(run) > 1 and _at_edge(tokens[run[0]]):
                run.pop(0)
            while len(run) > 1 and _at_edge(tokens[run[-1]]):
                run.pop()
            if not _at_edge(tokens[run[0]]) or len(indices) == 1:
                out.append(Span(tokens[run[0]].start, tokens[run[-1]].end))
            run = []
        run.append(i)
    return tuple(out)


def _quote_kind(ground: Ground, draft: Draft) -> QuoteKind:
    """Direct if nine words in ten stand between marks, mixed if some do."""
    words = [ground.parse.tokens[i] for i in draft.content if ground.parse.tokens[i].pos != "PUNCT"]
    inside = sum(quote_at(ground.quotes, t.start) is not None for t in words)
    if not inside:
        return QuoteKind.INDIRECT
    return QuoteKind.DIRECT if inside >= 0.9 * len(words) else QuoteKind.MIXED

"""Candidate attributions weighed by the trained model: which cues count, and which stretch and who belongs to them.

In: the ground, the drafts of the rules, the weights (``lexicon/en/attribution.json``). Out: the drafts with what the model
shows in their place, and new ones. A score is the product of three probabilities (cue; content given the cue; source given
the cue), so the probability that all three are right. The rules' own stretches are candidates among others. Cues below
``LEAST_CUE`` are not looked at further: that keeps it cheap. Chains of claims keep to the rules (``attribution.py``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from khabar.lexicon.attribution import Weights
from khabar.read.candidates import Opening, Variant, contents, openings, sources
from khabar.read.drafts import Draft, Ground, Shown
from khabar.read.headlines import speaks
from khabar.read.shapes import company, content_shape, cue_shape, source_shape
from khabar.read.sources import source_phrase

NOT_BELIEVED = Shown(content=frozenset(), source=frozenset(), score=0.0)
RELATIVES = frozenset({"WDT", "WP"})
LEAST = 0.25
"""probability from which the model's stretches are taken; about where F1 on the tuned half is flat"""
HALF = 0.5
"""share of common words from which two stretches are the same source"""
LEAST_CUE = LEAST
"""probability of a cue from which its contents and sources are looked for: below, the product cannot reach LEAST; what the
rules found is weighed in any case"""
UNLISTED = "express"
"""stance of cues that no table knows"""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with the content and source that the model prefers."""

    opening: Opening
    content: Variant
    source: Variant
    score: float


def judged(ground: Ground, drafts: Sequence[Draft], weights: Weights) -> tuple[list[Draft], list[Draft]]:
    """The drafts with what the model makes of them, and new ones for cues that only the model believes."""
    found = {w.opening.cue: w for w in weigh(ground, drafts, weights)}
    out: list[Draft] = []
    for draft in drafts:
        if draft.under is None:
            one = found.pop(draft.cue[0], None)
            out.append(replace(draft, shown=_shown(ground, one) if one is not None else NOT_BELIEVED))
        else:
            out.append(draft)
    return out, [_fresh(ground, one) for one in found.values() if one.score >= LEAST and _can_speak(ground, one)]


def _shown(ground: Ground, one: Weighed) -> Shown:
    """What the model prefers; of the same source long and short, the rule's form, with its names."""
    who, draft = one.source.tokens, one.opening.draft
    spans = [source_phrase(ground, s, draft) for s in draft.sources] if draft is not None else []
    own = frozenset(t.i for s in spans for t in ground.parse.in_span(s)) if spans else who
    if len(own & who) >= HALF * len(own | who):
        who = own
    said = one.content.tokens - who
    return Shown(content=said or one.content.tokens, source=who, score=one.score)


def _can_speak(ground: Ground, one: Weighed) -> bool:
    """Whether nobody is named, or somebody: a thing that is no document says nothing ("the road supports heavy trucks")."""
    tokens, who = ground.parse.tokens, one.source.tokens
    tops = [k for k in who if tokens[k].head not in who or tokens[k].head == k]
    return not who or any(speaks(ground, k) or tokens[k].tag in RELATIVES for k in tops)


def _fresh(ground: Ground, one: Weighed) -> Draft:
    """A draft for a cue that no rule took."""
    parse, shown = ground.parse, _shown(ground, one)
    token = parse.tokens[one.opening.cue]
    heads = tuple(k for k in sorted(shown.source) if k in ground.mentions and parse.tokens[k].head not in shown.source)
    return Draft(
        cue=(token.i, *(k.i for k in parse.kids(token.i, "prt"))),
        lemma=token.lemma,
        stance=_stance(ground, one.opening),
        sources=heads,
        content=shown.content,
        rule="model",
        shown=shown,
    )


def _stance(ground: Ground, opening: Opening) -> str:
    """What a cue says where its content stands in no frame of the table: what it says as speech, if it can be speech."""
    cue = ground.verb_cue(opening.cue)
    return (cue.stance_in("quote") if cue is not None else opening.stance) or UNLISTED


def weigh(ground: Ground, drafts: Sequence[Draft], weights: Weights) -> Iterator[Weighed]:
    """What the model makes of a document, in order of the cues."""
    for opening in openings(ground, drafts):
        cue = probability(weights.cue, cue_shape(ground, opening))
        if cue < LEAST_CUE and opening.draft is None:
            continue
        said = contents(ground, opening)
        if not said:
            continue
        who = sources(ground, opening)
        among = company(said)
        content, sure = _best((probability(weights.content, content_shape(ground, opening, v, among)), v) for v in said)
        among = company(who)
        source, known = _best((probability(weights.source, source_shape(ground, opening, v, among)), v) for v in who)
        yield Weighed(opening, content, source, cue * sure * known)


def _best(found: Iterable[tuple[float, Variant]]) -> tuple[Variant, float]:
    """The likeliest variant; of equals the first."""
    sure, variant = max(found, key=lambda pair: pair[0])
    return variant, sure


def probability(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The logistic of the sum of the weights."""
    total = weights.get("*", 0.0) + sum(map(weights.get, set(features), repeat(0.0)))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

"""What a voice says that it thinks, wants or knows is how it holds what it says, not another voice.

"The minister said he believed S": one source, the minister; *believed* weighs S for him. In: drafts and their parents. Out:
``Held``: the drafts that are voices, with parents among them, and the attitudes, each with the index of its voice. A draft
is an attitude if its stance is one, its parent speaks as if certain, and both have the same source: the same entity, or
"I" and "we" inside the parent's quotation. What somebody else thinks stays a voice. "You know", said in a quotation, is
neither. Terms: PARC; the effect on values is in ``commitment.py``. It does not join two tellings ("said he had told").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khabar.model.factuality import Commitment
from khabar.read.drafts import Draft, Ground
from khabar.read.quotes import quote_at

ATTITUDES = frozenset({"believe", "suspect", "know", "plan", "predict", "fear", "doubt", "demand", "ask", "judge"})
"""stances that tell of a mind; speaking, showing, denying and threatening are done towards others"""
SPEAKER = frozenset({"i", "we", "me", "us", "my", "our"})
HEARER = frozenset({"you", "your", "ya"})


@dataclass(frozen=True, slots=True)
class Held:
    """Voices with the index of the voice above each, and attitudes with the index of theirs."""

    drafts: tuple[Draft, ...]
    parents: tuple[int | None, ...]
    attitudes: tuple[tuple[int, Draft], ...]


def with_attitudes(ground: Ground, drafts: Sequence[Draft], parents: Sequence[int | None]) -> Held:
    """Voices and attitudes told apart."""
    folded = {k for k, d in enumerate(drafts) if _is_attitude(ground, d, drafts, parents[k])}
    gone = {k for k, d in enumerate(drafts) if _is_aside(ground, d)}
    kept = [k for k in range(len(drafts)) if k not in folded and k not in gone]
    index = {k: n for n, k in enumerate(kept)}

    def above(k: int) -> int | None:
        at = parents[k]
        while at is not None and at not in index:
            at = parents[at]
        return None if at is None else index[at]

    attitudes = [(voice, drafts[k]) for k in sorted(folded - gone) if (voice := above(k)) is not None]
    return Held(tuple(drafts[k] for k in kept), tuple(above(k) for k in kept), tuple(attitudes))


def _is_attitude(ground: Ground, draft: Draft, drafts: Sequence[Draft], parent: int | None) -> bool:
    if draft.stance not in ATTITUDES or parent is None or not draft.sources:
        return False
    outer = drafts[parent]
    certain = ground.cues.stances[outer.stance].source is Commitment.CT_PLUS or outer.stance in ATTITUDES
    return certain and bool(outer.sources) and _one_source(ground, draft, outer)


def _one_source(ground: Ground, inner: Draft, outer: Draft) -> bool:
    tokens = ground.parse.tokens
    if all(tokens[s].lower in SPEAKER for s in inner.sources):
        return quote_at(ground.quotes, tokens[inner.cue[0]].start) is not None
    mine, theirs = (
        {m.entity_id for s in d.sources if (m := ground.mentions.get(s)) is not None} for d in (inner, outer)
    )
    return bool(mine) and mine == theirs


def _is_aside(ground: Ground, draft: Draft) -> bool:
    """ "You know": the hearer of a quotation is no source."""
    tokens = ground.parse.tokens
    asked = bool(draft.sources) and all(tokens[s].lower in HEARER for s in draft.sources)
    return asked and draft.stance in ATTITUDES

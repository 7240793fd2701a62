"""How far every source of a chain stands behind a proposition (FactBank), the publisher first.

In: a predicate's own modality (``modality.py``), the chain of drafts over it, and what each cue says (``stances.yml``).
Out: one value per voice and the realis that the innermost cue imposes. Composition: an enclosing voice has the value
that the next cue leaves it (Uu for a report, CT+ for a presupposition); a voice that denies another's statement has its
denial; the innermost has its cue's value acted on by what is said in its words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.lexicon.cues import Stance
from khabar.model.factuality import NEGATIVE, Commitment, Polarity, Realis
from khabar.read.clause import Local, negated, weakest
from khabar.read.drafts import Draft, Ground
from khabar.read.modality import Modality

IMPOSING = frozenset({"to", "obj_to", "clause", "of", "for", "object", "wh", "noun", "about"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The values of all voices, and realis and polarity of the proposition."""

    commitments: tuple[Commitment, ...]
    realis: Realis
    polarity: Polarity
    basis: tuple[str, ...]

    def turned(self, why: str) -> Judged:
        """The same with the contrary in the innermost voice."""
        values = (*self.commitments[:-1], negated(self.commitments[-1]))
        other = Polarity.NEGATIVE if self.polarity is Polarity.POSITIVE else Polarity.POSITIVE
        return replace(self, commitments=values, polarity=other, basis=(*self.basis, why))


def judge(modality: Modality, ground: Ground, token: int, chain: tuple[Draft, ...], held: tuple[Draft, ...]) -> Judged:
    """Values of the publisher and of every source of the chain for the predicate at a token; ``held``: for each source the
    draft that tells how it holds the predicate, its own or that of its attitude ("said he believed").
    """
    if not chain:
        local = modality.local(token, None, reported=False)
        return Judged(commitments=(local.value,), realis=local.realis, polarity=local.polarity, basis=local.basis)
    local = modality.local(token, held[-1].content, reported=True)
    stances = [_held(modality, ground, told, own) for told, own in zip(chain, held, strict=True)]
    values = [_over(stances, k) for k in range(len(chain))]
    last, realis = stances[-1], local.realis
    value = local.value
    if local.reached:
        value = weakest(local.value, last.source) if last.source is not Commitment.UU else Commitment.UU
        realis = _imposed(last, local)
    basis = (*(f"{d.lemma}: {s.name}" for d, s in zip(held, stances, strict=True)), *local.basis)
    return Judged(commitments=(*values, value), realis=realis, polarity=local.polarity, basis=basis)


def _held(modality: Modality, ground: Ground, told: Draft, own: Draft) -> Stance:
    """What a source holds by its attitude; what its telling leaves the voice above."""
    stance = _as_used(modality, ground, told)
    return stance if own is told else replace(_as_used(modality, ground, own), outer=stance.outer)


def _over(stances: list[Stance], k: int) -> Commitment:
    """The value of the voice above stance k: its own denial of what it passes on, else what the cue below leaves it."""
    if k and stances[k - 1].source in (*NEGATIVE, Commitment.PS_PLUS, Commitment.PR_PLUS):
        return stances[k - 1].source
    return stances[k].outer


def _imposed(stance: Stance, local: Local) -> Realis:
    """A cue of wanting, planning or fearing makes what it embeds planned or hypothetical."""
    if stance.realis is None or local.realis in (Realis.PLANNED, Realis.HYPOTHETICAL):
        return local.realis
    return stance.realis


def _as_used(modality: Modality, ground: Ground, draft: Draft) -> Stance:
    """The stance of a cue as it stands: negated or hypothetical, it commits its source to nothing."""
    stance = ground.cues.stances[draft.stance]
    cue = draft.cue[0]
    if modality.called_false(cue):
        return replace(stance, outer=Commitment.CT_MINUS)
    if ground.parse.tokens[cue].pos not in ("VERB", "AUX"):
        return replace(stance, source=Commitment.PR_MINUS) if _no_plan(ground, stance, cue) else stance
    if stance.name.startswith("know"):
        open_ = not draft.sources and modality.clause_value(cue) in NEGATIVE
        return replace(stance, outer=Commitment.UU, source=Commitment.UU) if open_ else stance
    local = modality.local(cue, None, reported=False)
    own = modality.clause_value(cue)
    not_ruled_out = stance.name == "deny" and local.polarity is Polarity.NEGATIVE  # "would not rule out an attack"
    open_ = local.value is Commitment.UU and local.polarity is Polarity.NEGATIVE  # "would not confirm it"
    idiom = any(k.tag == "TO" for k in ground.parse.kids(cue, "aux"))  # "if the coastguard is to be believed"
    supposed = (
        local.realis is Realis.HYPOTHETICAL and local.value is Commitment.UU and not idiom
    )  # "if they are found to lie"
    if not_ruled_out or open_ or supposed or (own in NEGATIVE and local.value in NEGATIVE):
        return replace(stance, source=Commitment.UU)
    if local.value in (Commitment.PR_PLUS, Commitment.PS_PLUS) and stance.source is not Commitment.UU:
        return replace(stance, source=weakest(stance.source, local.value))
    return stance


def _no_plan(ground: Ground, stance: Stance, noun: int) -> bool:
    """ "has no plans to storm it", "with no intention of leaving"."""
    return stance.name == "plan" and any(k.lower in ("no", "any") for k in ground.parse.kids(noun, "det"))

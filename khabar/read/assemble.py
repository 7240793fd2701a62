"""The parts to predications and claims, with ids.

In: predicates, their arguments, the voices and each predicate's judged values. Out: Predications and one Claim each.
``claim_id`` is a digest of version, trigger, type, arguments and chain — not of rules or score — so that re-reading with
better rules keeps the id wherever the claim is the same. Scores are the probability that the extraction is right.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.model.attribution import Attribution
from khabar.model.claims import Argument, Claim, Predication, Role
from khabar.model.factuality import display_word
from khabar.model.identity import content_id
from khabar.read.commitment import Judged
from khabar.read.predication import Found

UNTYPED_SCORE = 0.4
PER_MISSING_ACTOR = 0.8
PER_LINK = 0.97
PER_POSITION = {
    "advcl": 0.88,
    "relcl": 0.85,
    "acl": 0.85,
    "amod": 0.75,
    "pobj": 0.72,
    "pcomp": 0.85,
    "xcomp": 0.96,
    "conj": 0.97,
}
"""how much less sure a predicate is by where it hangs in its sentence: the parser errs more the deeper it goes"""


def predication(name: str, found: Found, arguments: tuple[Argument, ...], judged: Judged) -> Predication:
    """One predicate as a record."""
    row = found.row
    return Predication(
        predication_id=name,
        trigger=found.trigger,
        trigger_token=found.token,
        lemma=found.lemma,
        event_type=row.event_type if row else None,
        relation=row.relation if row else None,
        mode=row.mode if row else None,
        contexts=row.contexts if row else (),
        polarity=judged.polarity,
        realis=judged.realis,
        arguments=arguments,
        rule=row.row if row else f"untyped {found.pos}",
    )


def claim(version_id: str, what: Predication, chain: Sequence[Attribution], judged: Judged, *, base: float) -> Claim:
    """The claim of a predication under its chain."""
    stances = tuple(a.stance for a in chain)
    return Claim(
        claim_id=_claim_id(version_id, what, chain),
        predication_id=what.predication_id,
        chain=tuple(a.attribution_id for a in chain),
        commitments=judged.commitments,
        word=display_word(judged.commitments, judged.realis, stances, judged.polarity),
        score=round(base * PER_LINK ** len(chain), 2),
        basis=judged.basis,
    )


def base_score(found: Found, arguments: tuple[Argument, ...], dep: str) -> float:
    """How sure the extraction is before anybody speaks: the table row's own score, less without an actor, less deep down."""
    base = (found.row.score if found.row else UNTYPED_SCORE) * PER_POSITION.get(dep, 1.0)
    return base if any(a.role is Role.ACTOR for a in arguments) else base * PER_MISSING_ACTOR


def _claim_id(version_id: str, what: Predication, chain: Sequence[Attribution]) -> str:
    arguments = sorted(_key(a) for a in what.arguments)
    links = [f"{s.start}-{s.end}" for a in chain for s in a.cue]
    kind = str(what.event_type or what.relation or what.lemma)
    where = f"{what.trigger.start}-{what.trigger.end}"
    return content_id(version_id, where, kind, "|".join(arguments), ">".join(links))


def _key(argument: Argument) -> str:
    where = f"{argument.span.start}-{argument.span.end}" if argument.span else f"p:{argument.role}"
    return f"{argument.role}:{where}"

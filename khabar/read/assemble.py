"""The parts to predications and claims, with ids.

In: predicates, their arguments, the voices and each predicate's judged values. Out: Predications and one Claim each.
``claim_id`` is a digest of version, trigger, type, arguments and chain — not of rules or score — so that re-reading with
better rules keeps the id wherever the claim is the same. Scores are the probability that the extraction is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from khabar.lexicon.calibration import Calibration
from khabar.model.attribution import Attribution
from khabar.model.claims import Argument, Claim, Predication, Role
from khabar.model.factuality import Polarity, Realis, display_word
from khabar.model.identity import content_id
from khabar.read.commitment import Judged
from khabar.read.predication import Found
from khabar.read.standing import Factors, positions
from khabar.read.tokens import Parse

UNTYPED_SCORE = 0.4
PER_MISSING_ACTOR = 0.8
PER_LINK = 0.97
PER_REPLY = 0.85
"""that what is answered is what it is taken for"""


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


def claim(
    version_id: str,
    calibration: Calibration,
    what: Predication,
    chain: Sequence[Attribution],
    judged: Judged,
    factors: Factors,
) -> Claim:
    """The claim of a predication under its chain; ``factors`` say how sure the rules are; its basis ends with them."""
    stances, kinds = tuple(a.stance for a in chain), tuple(signs(what))
    return Claim(
        claim_id=_claim_id(version_id, what, chain),
        predication_id=what.predication_id,
        chain=tuple(a.attribution_id for a in chain),
        commitments=judged.commitments,
        word=display_word(judged.commitments, judged.realis, stances, judged.polarity),
        score=calibration.score(prod(value for _, value in factors), kinds),
        basis=(*judged.basis, *score_notes(factors, kinds)),
    )


def score_factors(found: Found, arguments: tuple[Argument, ...], parse: Parse, *, links: int) -> Factors:
    """How sure the rules are: the table row's own score, less deep down, less without an actor, less per voice."""
    out = [("row", found.row.score) if found.row else ("untyped", UNTYPED_SCORE)]
    out.extend(positions(parse, found.token))
    if not any(a.role is Role.ACTOR for a in arguments):
        out.append(("no actor", PER_MISSING_ACTOR))
    return (*out, *[("link", PER_LINK)] * links)


def score_notes(factors: Factors, kinds: Sequence[str]) -> Iterator[str]:
    """What made the score, as the last notes of a basis: "score: 0.8 row, 0.85 relcl, 0.97 link", "signs: not_plain"."""
    yield "score: " + ", ".join(f"{value:g} {name}" for name, value in factors)
    if kinds:
        yield "signs: " + ", ".join(kinds)


def signs(what: Predication) -> Iterator[str]:
    """What of a claim its calibration looks at besides the raw score; see ``lexicon/calibration.py``."""
    if what.event_type is None and what.relation is None:
        yield "untyped"
    if what.polarity is Polarity.NEGATIVE or what.realis not in (Realis.ACTUAL, Realis.ONGOING):
        yield "not_plain"


def _claim_id(version_id: str, what: Predication, chain: Sequence[Attribution]) -> str:
    arguments = sorted(_key(a) for a in what.arguments)
    links = [f"{s.start}-{s.end}" for a in chain for s in a.cue]
    kind = str(what.event_type or what.relation or what.lemma)
    where = f"{what.trigger.start}-{what.trigger.end}"
    return content_id(version_id, where, kind, "|".join(arguments), ">".join(links))


def _key(argument: Argument) -> str:
    where = f"{argument.span.start}-{argument.span.end}" if argument.span else f"p:{argument.role}"
    return f"{argument.role}:{where}"

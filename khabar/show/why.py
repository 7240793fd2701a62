"""Why a claim says what it says: for every part of it the words it stands on, the rule that fired, and its score.

In: a ReadArticle and one of its claims. Out: an ``Explanation``, a tree of ``Part``s that the command prints, the desk
shows and ``--json`` hands on: the act, its arguments (with what a pronoun stands for, who or where that is, when, how
many), the chain link by link, how sure every voice is and why, the word and why, the score with its factors. All of it is
read from the records; nothing is decided here. Phrases stand in ``rules.yml``. Offsets are code points, scores 0-1 and
about the reading, never about the truth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from khabar.model.articles import ReadArticle
from khabar.model.attribution import Attribution
from khabar.model.claims import Argument, Claim, Predication, Role
from khabar.model.factuality import NEGATIVE, Commitment, Polarity, Realis, Word
from khabar.show.evidence import Part, Records, words_of
from khabar.show.evidence import parts_of as evidence_of
from khabar.show.naming import capital, shortened
from khabar.show.reasons import SCORE, SIGNS, factors, filled, reason, signs
from khabar.show.sources import source_name
from khabar.show.words import sentence_of

__all__ = ["Explanation", "Part", "explain", "explanations"]

CONTENT_SHOWN = 90
"""code points of what a voice says that are shown"""
CENT = 0.005
"""products that differ by less are the score itself, rounded"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one claim reads as it does."""

    claim_id: str
    word: str
    sentence: str
    parts: tuple[Part, ...]


def explain(article: ReadArticle, claim: Claim) -> Explanation:
    """Every part of a claim with its reasons."""
    return _explained(Records.of(article), claim)


def explanations(article: ReadArticle) -> dict[str, Explanation]:
    """As ``explain``, for all claims of an article by id."""
    records = Records.of(article)
    return {claim.claim_id: _explained(records, claim) for claim in article.reading.claims}


def _explained(records: Records, claim: Claim) -> Explanation:
    predication = records.names.predications.get(claim.predication_id)
    acts = (_act(records, claim, predication), *_arguments(records, predication)) if predication is not None else ()
    chain = [records.names.attributions[key] for key in claim.chain if key in records.names.attributions]
    parts = (
        *acts,
        *(_link(records, number, link) for number, link in enumerate(chain, start=1)),
        _sureness(records, claim, chain),
        *((_word(claim, predication),) if predication is not None else ()),
        _score(claim),
    )
    return Explanation(
        claim_id=claim.claim_id, word=claim.word.value, sentence=sentence_of(records.names, claim), parts=parts
    )


# ── what, who, where, when ──


def _act(records: Records, claim: Claim, predication: Predication) -> Part:
    """The trigger and the row that gives it its meaning."""
    kind = predication.event_type or predication.relation
    said = ", ".join(
        part
        for part in (
            kind.value if kind is not None else f"“{predication.lemma}”, without a type",
            f"mode {predication.mode}" if predication.mode else "",
            *(f"context {context}" for context in predication.contexts),
        )
        if part
    )
    score = next((value for name, value in factors(claim.basis) if name in ("row", "untyped")), None)
    return Part(
        name="act",
        said=said,
        words=records.cut(predication.trigger),
        spans=(predication.trigger,),
        rule=predication.rule,
        reason=reason("predication", predication.rule),
        score=score,
    )


def _arguments(records: Records, predication: Predication) -> Iterator[Part]:
    """The fillers of all roles, in the order of the roles; what fills two is explained once."""
    order = list(Role)
    told: dict[str, str] = {}
    for argument in sorted(predication.arguments, key=lambda a: order.index(a.role)):
        before = told.setdefault(argument.filler_id or "", argument.role.value) if argument.filler_id else ""
        again = before not in ("", argument.role.value)
        same = (Part(name="same words", said=f"as for {before}"),) if again else ()
        yield _argument(records, argument, same or tuple(evidence_of(records, argument)))


def _argument(records: Records, argument: Argument, parts: tuple[Part, ...]) -> Part:
    """One filler: its slot, and the evidence for what stands there."""
    inner = records.names.predications.get(argument.predication_id or "")
    span = inner.trigger if inner is not None else argument.span
    kind = (inner.event_type or inner.relation) if inner is not None else None
    said = "another act" + (f", {kind.value}" if kind is not None else "") if inner is not None else ""
    return Part(
        name=argument.role.value,
        said=said or records.meant(argument),
        words=records.cut(span) if span is not None else "",
        spans=(span,) if span is not None else (),
        rule=argument.rule,
        reason=reason("argument", argument.rule) if argument.rule else "",
        parts=parts,
    )


# ── who says so ──


def _link(records: Records, number: int, link: Attribution) -> Part:
    """One voice of the chain: its words, its cue, what the cue says of it, what it says."""
    content = shortened(words_of(records.text, link.content))
    stance = records.stances.get(link.stance)
    values = f": whoever passes it on {stance.outer}, its source {stance.source}" if stance is not None else ""
    told = Part(
        name="says",
        said=f"{link.quote.value} speech",
        words=content if len(content) <= CONTENT_SHOWN else content[:CONTENT_SHOWN].rsplit(" ", 1)[0] + " …",
        spans=link.content,
    )
    return Part(
        name=f"voice {number}",
        said=f"{source_name(records.names, link)} ({link.source_kind.value})",
        words=words_of(records.text, link.source),
        spans=link.source,
        score=link.score,
        parts=(
            *records.identity(link.source_entities[0] if link.source_entities else None, link.source),
            Part(
                name="cue",
                said=f"“{cue_word(link)}”",
                words=words_of(records.text, link.cue),
                spans=link.cue,
                rule=link.rule,
                reason=reason("attribution", link.rule),
            ),
            Part(name="stance", said=f"{link.stance}{values}", rule=link.stance, reason=reason("stance", link.stance)),
            told,
        ),
    )


def cue_word(link: Attribution) -> str:
    """The cue as it is spoken of; quotation marks that are one hold dots."""
    return "…" if link.cue_lemma == "“”" else link.cue_lemma


# ── how surely ──


def _sureness(records: Records, claim: Claim, chain: list[Attribution]) -> Part:
    """The value of every voice, the outlet first, with what set it."""
    outlet = records.names.publisher or "this article"
    voices = [outlet, *(source_name(records.names, link) for link in chain)]
    notes = tuple(
        Part(name="rule", said=reason("basis", note), rule=note)
        for note in claim.basis[len(chain) :]
        if not note.startswith((SCORE, SIGNS))
    )
    last = len(claim.commitments) - 1
    levels = tuple(
        Part(
            name=capital(voice),
            said=f"{value.value}, {held(value, middle=depth < last)}",
            rule="".join(claim.basis[: len(chain)][min(depth, len(chain) - 1) :][:1]),
            reason=_level(records, claim, chain, depth),
            parts=notes if depth == last else (),
        )
        for depth, (voice, value) in enumerate(zip(voices, claim.commitments, strict=False))
    )
    return Part(name="how sure", said="", parts=levels)


def held(value: Commitment, *, middle: bool) -> str:
    """What a value means in words."""
    return filled("value", "passes on" if middle and value is Commitment.UU else value.value)


def _level(records: Records, claim: Claim, chain: list[Attribution], depth: int) -> str:
    """Why the voice at a depth has its value."""
    if not chain:
        return filled("level", "own")
    value, own = claim.commitments[depth], chain[depth - 1] if depth else None
    if depth < len(chain):
        below = records.stances.get(chain[depth].stance)
        if own is None or (below is not None and below.outer == value):
            return filled("level", "cue", cue_word(chain[depth]))
        return filled("level", "own cue", cue_word(own))
    link = chain[-1]
    stance = records.stances.get(link.stance)
    if stance is None or stance.source == value:
        return filled("level", "source", cue_word(link))
    noted = any(not b.startswith((SCORE, SIGNS)) for b in claim.basis[len(chain) :])
    return filled("level", "acted on" if noted else "weakened", cue_word(link))


def _word(claim: Claim, predication: Predication) -> Part:
    """The display word, and the axes it was computed from."""
    polarity = "affirmed" if predication.polarity is Polarity.POSITIVE else "negated"
    key = word_key(claim, predication)
    return Part(
        name="word",
        said=claim.word.value,
        reason=filled("word", key),
        parts=(
            Part(
                name="realis",
                said=predication.realis.value,
                reason=reason("realis", predication.realis.value),
            ),
            Part(name="polarity", said=f"{predication.polarity.value}, the words of the act are {polarity}"),
        ),
    )


def word_key(claim: Claim, predication: Predication) -> str:
    """Which test gave the word, by the order of ``model.factuality.display_word``: a key of ``rules.yml: word``."""
    word, negative = claim.word, predication.polarity is Polarity.NEGATIVE
    if word is Word.DENIED:
        return "denied source" if claim.commitments[-1] in NEGATIVE else "denied words"
    if word is Word.PLANNED:
        return "planned not" if negative else "planned"
    if word is Word.POSSIBLE:
        ahead = predication.realis in (Realis.HYPOTHETICAL, Realis.PLANNED)
        return "possible ahead" if ahead else "possible weak"
    return word.value


def _score(claim: Claim) -> Part:
    """The probability that the text was read rightly, and what it is made of."""
    named = factors(claim.basis)
    made = [Part(name=f"{value:g}", said=reason("factor", name), rule=name, score=value) for name, value in named]
    return Part(
        name="score",
        said=f"{round(100 * claim.score)} %",
        reason="how likely it is that the text was read rightly; it says nothing about whether it is true",
        score=claim.score,
        parts=(*made, *_calibrated(claim, prod(value for _, value in named))) if named else (),
    )


def _calibrated(claim: Claim, raw: float) -> Iterator[Part]:
    """From the product of the factors to the score, where these differ."""
    kinds = signs(claim.basis)
    if abs(raw - claim.score) < CENT:
        return
    yield Part(
        name="calibrated",
        said=f"{raw:.2f} → {claim.score:.2f}",
        rule=", ".join(kinds),
        reason="; ".join([filled("factor", "calibrated"), *(reason("sign", kind) for kind in kinds)]),
    )

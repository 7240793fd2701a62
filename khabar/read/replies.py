"""What one source says of another's claim: "a claim the rebels denied", "Kigali rejects the charge", "X confirmed this".

In: the ground, the voices, the tokens of the predicates. Out: which predicate is answered by which attribution, with the
chain over the answer. Its words name no happening but somebody's telling of it (a noun that is a cue itself, or a pronoun):
what is denied or confirmed is what was told before, in the same sentence for an apposition or a relative clause, else in
the sentences just before. Of several things told, the outermost is answered. Terms: PARC; FactBank for what an answer
commits its source to. It does not follow answers to answers, and it leaves alone whoever speaks of words of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from khabar.read.attribution import Voices
from khabar.read.drafts import Draft, Ground
from khabar.read.gainsaid import AGAINST
from khabar.read.speech import ANSWERS
from khabar.read.tokens import Token
from khabar.read.truth import TRUTH

TELLS = frozenset({"assert", "allege", "hearsay", "show", "suspect", "believe", "fear"})
"""stances of what can be answered, of verbs and of the nouns that stand for it"""
POINTING = frozenset({"this", "that", "it", "which", "these"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "any", "all", "both"})
SENTENCES_BACK = 2
CLAUSES = frozenset({"ccomp", "advcl", "acl", "prep"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """``token``: the predicate answered; ``links``: the chain over the answer, outermost first, the answer last."""

    token: int
    links: tuple[int, ...]
    draft: Draft
    """the answer, its content what is answered"""


def replies(ground: Ground, voices: Voices, predicates: Collection[int]) -> Iterator[Reply]:
    """All answers of a document, in order of their cues."""
    for k, draft in enumerate(voices.drafts):
        if draft.rule == AGAINST:
            token = _outermost(ground, draft.content & frozenset(predicates))
            if token is not None:
                yield Reply(token=token, links=(*voices.chain(draft.cue[0]), k), draft=draft)
            continue
        stance = _answer(ground, draft)
        if stance is None or not draft.sources:
            continue
        noun = _stands_for_a_claim(ground, draft)
        if noun is None:
            continue
        beside = noun.lower == "which" or _modified(ground, draft, noun)
        told = _told(ground, voices, k, noun, beside=beside)
        if told is None:
            continue
        outer, content = told
        token = _outermost(ground, content & frozenset(predicates))
        if token is not None and token not in draft.content:
            over = tuple(n for n in voices.chain(draft.cue[0]) if n != k and not (beside and n == outer))
            yield Reply(token=token, links=(*over, k), draft=replace(draft, stance=stance, content=content))


def _answer(ground: Ground, draft: Draft) -> str | None:
    """The stance of an answer, of a verb of answering or of what is called true or false; None: it is none."""
    if draft.rule == TRUTH:
        return draft.stance
    cue = ground.verb_cue(draft.cue[0])
    stance = cue.stance_in("object") if cue is not None else ""
    return stance if stance in ANSWERS else None


def _stands_for_a_claim(ground: Ground, draft: Draft) -> Token | None:
    """The word of a content that is a pronoun, or a noun for a telling that does not say itself what was told."""
    parse = ground.parse
    tops = [i for i in draft.content if parse.tokens[i].head not in draft.content or parse.tokens[i].head == i]
    found = [parse.tokens[i] for i in tops if _points(ground, draft, parse.tokens[i])]
    nouns = [t for t in found if t.tag != "WDT"] or found  # "a charge that Kigali denies"
    return nouns[0] if len(nouns) == 1 else None


def _points(ground: Ground, draft: Draft, top: Token) -> bool:
    """Whether a word stands for what was told before."""
    if top.pos in ("PRON", "DET"):
        return top.lower in POINTING
    cue = ground.cues.get(top.lower, "noun") or ground.cues.get(top.lemma, "noun")
    if cue is None or cue.stance not in TELLS or _says_itself(ground, top, draft.cue[0]):
        return False
    known = any(k.lower in DEFINITE or k.dep == "poss" for k in ground.parse.kids(top.i, "det", "poss"))
    return known or top.lemma in ground.classes.blame or _modified(ground, draft, top)


def _modified(ground: Ground, draft: Draft, noun: Token) -> bool:
    """ ", a claim the rebels denied", ", charges rejected by Kigali": the answer hangs on the noun."""
    cue = ground.parse.tokens[draft.cue[0]]
    return cue.head == noun.i and cue.dep in ("relcl", "acl") and cue.i > noun.i


def _says_itself(ground: Ground, noun: Token, answer: int) -> bool:
    """ "the claim that S", "reports of S", "charges of arming rebels"."""
    under = [k for k in ground.parse.kids(noun.i) if k.i != answer]
    if any(k.dep in CLAUSES and (k.dep != "prep" or k.lower in ("of", "about", "for")) for k in under):
        return True
    return any(ground.parse.kid(k.i, "mark") is not None for k in under if k.dep == "relcl")


def _told(
    ground: Ground, voices: Voices, k: int, noun: Token, *, beside: bool
) -> tuple[int | None, frozenset[int]] | None:
    """The attribution that is answered and its content; (None, the clause) where the writer told it in the same sentence."""
    mine, who = voices.drafts[k], set(voices.attributions[k].source_entities)
    earliest = noun.sent if beside else max(0, noun.sent - SENTENCES_BACK)
    own = ground.subtree(noun.i) | ground.subtree(mine.cue[0]) if beside else frozenset()
    for n in sorted(range(len(voices.drafts)), key=lambda n: voices.drafts[n].cue[0], reverse=True):
        one = voices.drafts[n]
        sent = ground.parse.tokens[one.cue[0]].sent
        if n == k or one.cue[0] >= min(noun.i, mine.cue[0]) or sent < earliest or one.stance not in (*TELLS, "admit"):
            continue
        if one.cue[0] in mine.content or not one.content - own:
            continue
        return None if who & set(voices.attributions[n].source_entities) else (n, one.content - own)
    if beside:
        return None, frozenset(i for i in ground.sentence(noun.i) - own if i < noun.i)
    return None


def _outermost(ground: Ground, predicates: frozenset[int]) -> int | None:
    """The predicate under which the others stand; of equals the first."""
    return min(predicates, key=lambda i: (_depth(ground, i), i), default=None)


def _depth(ground: Ground, i: int) -> int:
    depth, at = 0, ground.parse.tokens[i]
    while at.head != at.i:
        depth, at = depth + 1, ground.parse.tokens[at.head]
    return depth

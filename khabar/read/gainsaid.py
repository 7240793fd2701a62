"""What others had told, set beside its contrary: "he denied that S, as X alleged", "it did not S, as X claimed",
"contrary to what X said, S".

In: the ground, and the drafts of the attribution rules. Out: the same drafts, in which such a telling is of
rule AGAINST: it stands in no chain, no denier has its words in the mouth, and what X told is what was denied. ``replies.py``
makes claims of it: the same predication in X's mouth. A denier is a cue whose source says no (FactBank, ``stances.yml``); a
negated clause is one where X *alleged* it, or told it before ("as X had said"). "Nobody was hurt, as police confirmed" is
left alone: there X tells the not itself. Terms: PARC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from khabar.model.factuality import NEGATIVE
from khabar.read.drafts import Draft, Ground
from khabar.read.headlines import speaks
from khabar.read.hearsay import noun_clause
from khabar.read.tokens import Token

AGAINST = "against"


def with_against(ground: Ground, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, the tellings behind a denial set apart."""
    out = list(drafts)
    for k, draft in enumerate(out):
        head = _told_before(ground, draft)
        if head is None:
            continue
        aside = ground.subtree(draft.cue[0])
        denier = _denier(ground, draft, head, out)
        if denier is not None:
            out = [replace(d, content=d.content - aside) if d.content - aside and d is not draft else d for d in out]
            out[k] = replace(draft, content=denier.content - aside, rule=AGAINST)
        elif _negated(ground, head) and _disagrees(ground, draft):
            out[k] = replace(draft, rule=AGAINST)
    return out


def contrary_drafts(ground: Ground) -> Iterator[Draft]:
    """ "contrary to what X said", "contrary to X's claims": X told the contrary of the clause around it."""
    parse = ground.parse
    for word in parse.tokens:
        to = parse.kid(word.i, "prep") if word.lower == "contrary" else None
        told = parse.kid(to.i, "pcomp", "pobj") if to is not None else None
        head = parse.tokens[word.head]
        if told is None or head.pos not in ("VERB", "AUX"):
            continue
        cue = ground.verb_cue(told.i) or ground.cues.get(told.lemma, "noun")
        slots = ground.syntax.slots(told.i)
        named = slots.get("subj") or slots.get("poss") or slots.get("by") or slots.get("from") or ()
        sources = tuple(s for s in named if speaks(ground, s))
        if cue is not None and sources and noun_clause(ground, told.i, cue) == frozenset():
            content = ground.subtree(head.i) - ground.subtree(word.i)
            yield Draft(
                cue=(told.i,), lemma=cue.lemma, stance=cue.stance, sources=sources, content=content, rule=AGAINST
            )


def turned_round(ground: Ground, draft: Draft, token: int) -> bool:
    """Whether the teller holds the contrary of the clause in which the predicate at a token stands."""
    if draft.rule != AGAINST:
        return False
    cue = ground.parse.tokens[draft.cue[0]]
    as_told = cue.dep == "advcl"
    return not as_told or (cue.head == token and _negated(ground, ground.parse.tokens[token]))


def _told_before(ground: Ground, draft: Draft) -> Token | None:
    """The verb that a telling behind it hangs on: ", as X alleged"."""
    parse, cue = ground.parse, ground.parse.tokens[draft.cue[0]]
    mark, head = parse.kid(cue.i, "mark"), parse.tokens[cue.head]
    if draft.rule != "verb/clause" or not draft.sources or cue.dep != "advcl" or head.i >= cue.i:
        return None
    fenced = mark is not None and mark.lower == "as" and parse.tokens[min(ground.subtree(cue.i)) - 1].text == ","
    return head if fenced else None


def _denier(ground: Ground, told: Draft, head: Token, drafts: Iterable[Draft]) -> Draft | None:
    """The innermost cue whose source says no to what the telling hangs on."""
    over = [
        d
        for d in drafts
        if d is not told
        and ground.cues.stances[d.stance].source in NEGATIVE
        and (head.i in d.content or head.i in d.cue)
        and told.cue[0] not in d.cue
    ]
    return min(over, key=lambda d: len(d.content), default=None)


def _negated(ground: Ground, verb: Token) -> bool:
    """A "not" of the verb itself."""
    return ground.parse.kid(verb.i, "neg") is not None


def _disagrees(ground: Ground, told: Draft) -> bool:
    """ "as X alleged", "as X had said": an allegation, or what was told before the not was known."""
    return told.stance == "allege" or any(k.lower == "had" for k in ground.parse.kids(told.cue[0], "aux"))

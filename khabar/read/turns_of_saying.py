"""Attribution by a turn of phrase: "as X put it, S", "in the words of X", "if X is to be believed", "by X's account".

In: the ground and a token. Out: drafts whose content is the rest of the sentence. Nouns that name
a telling (words, account, view) have the frame ``turn`` in ``cues.yml``; that the one who tells can speak is asked of
``speaks``. It does not read ironic echoes without such a word.
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.read.drafts import Draft, Ground
from khabar.read.headlines import speaks
from khabar.read.tokens import Token

OPENING = frozenset({"in", "by", "on"})


def turn_drafts(ground: Ground, token: Token) -> Iterator[Draft]:
    """The attribution that a phrase around the token makes of the rest of its sentence."""
    yield from _put(ground, token)
    yield from _worded(ground, token)
    yield from _believed(ground, token)


def _put(ground: Ground, token: Token) -> Iterator[Draft]:
    """ "as the coroner put it", "the way villagers tell it", "to hear villagers tell it"."""
    it = ground.parse.kid(token.i, "dobj") if token.lemma in ground.classes.putting else None
    if it is None or it.lower != "it":
        return
    sources = tuple(
        s
        for s in ground.syntax.slots(token.i).get("subj", ())
        if speaks(ground, s) or ground.parse.tokens[s].tag == "NNS"
    )
    top, head = token, ground.parse.tokens[token.head]
    way = token.dep == "relcl" and head.lemma == "way"
    if way or (token.dep in ("ccomp", "xcomp") and head.lemma == "hear" and head.dep == "advcl"):
        top = head
    elif token.dep != "advcl" or (mark := ground.parse.kid(token.i, "mark")) is None or mark.lower != "as":
        return
    yield from _draft(ground, top, (token.i,), sources, "assert" if token.lemma == "put" else "allege")


def _worded(ground: Ground, token: Token) -> Iterator[Draft]:
    """ "in the words of the bishop", "by the rebels' own account", "in his telling"."""
    above = ground.parse.tokens[token.head]
    if token.dep != "pobj" or above.lower not in OPENING:
        return
    cue = ground.cues.get(token.lower, "noun") or ground.cues.get(token.lemma, "noun")
    if cue is None or "turn" not in cue.frames:
        return
    slots = ground.syntax.slots(token.i)
    sources = tuple(s for s in slots.get("poss", ()) or slots.get("of", ()) if speaks(ground, s))
    himself = any(ground.parse.tokens[s].pos == "PRON" for s in sources)
    if above.dep == "prep" and not (himself and ground.verb_cue(above.head)):  # "in his view, he said, S"
        yield from _draft(ground, above, (above.i, token.i), sources, cue.stance)


def _believed(ground: Ground, token: Token) -> Iterator[Draft]:
    """ "if the coastguard is to be believed", "if the radio can be trusted"."""
    if token.lemma not in ground.classes.trusting:
        return
    clause = ground.parse.tokens[token.head] if token.dep == "xcomp" else token
    mark = ground.parse.kid(clause.i, "mark")
    subject = ground.parse.kid(clause.i, "nsubj", "nsubjpass")
    passive = any(k.tag in ("TO", "MD") for k in ground.parse.kids(token.i, "aux")) and ground.parse.kid(
        token.i, "auxpass"
    )
    if not passive or clause.dep != "advcl" or mark is None or mark.lower != "if" or subject is None:
        return
    if speaks(ground, subject.i) or subject.tag == "NNS" or subject.lemma in ("radio", "television"):
        yield from _draft(ground, clause, (token.i,), (subject.i,), "allege")


def _draft(ground: Ground, top: Token, cue: tuple[int, ...], sources: tuple[int, ...], stance: str) -> Iterator[Draft]:
    """The rest of the sentence; where the phrase stands inside a clause with "that", the rest of that clause."""
    if not sources:
        return
    phrase = ground.subtree(top.i)
    head = ground.parse.tokens[top.head]
    content = ground.sentence(top.i) if head.dep == "ROOT" else ground.subtree(head.i)
    yield Draft(
        cue=cue,
        lemma=ground.parse.tokens[cue[-1]].lemma,
        stance=stance,
        sources=sources,
        content=content - phrase,
        rule="turn of phrase",
    )

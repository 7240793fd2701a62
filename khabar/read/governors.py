"""Words above a happening that say whether it came about: implicatives, and nouns that leave it open.

In: the noun, verb or adjective above a predicate. Out: its implicative, or what it makes of a state: "risk of a coup", "plans
for an attack", "coup plot", "no sign of a withdrawal". Which words do so stands in ``implicatives.yml`` and ``cues.yml``.
It does not see who holds the plan or the fear: where somebody is named, ``hearsay.py`` makes a voice of it.
"""

from __future__ import annotations

from collections.abc import Callable

from khabar.lexicon.classes import WordClasses
from khabar.lexicon.hedges import Setting
from khabar.lexicon.implicatives import Effect, Implicative, Implicatives
from khabar.model.factuality import Commitment, Realis
from khabar.read.clause import Clauses, Local, negate, set_to
from khabar.read.drafts import Ground
from khabar.read.tokens import Parse, Token

OPEN = frozenset({"suspect", "fear", "predict", "plan", "threaten", "demand"})
"""stances of nouns that do not presuppose the happening behind their preposition"""
DONE = frozenset({Effect.TRUE, Effect.CAUSE, Effect.ENABLE})
SETTINGS = {
    Effect.TRUE: Setting(None, None),
    Effect.CAUSE: Setting(None, None),
    Effect.FALSE: Setting(Commitment.CT_MINUS, None),
    Effect.PREVENT: Setting(Commitment.CT_MINUS, None),
    Effect.ATTEMPT: Setting(Commitment.PS_PLUS, Realis.PLANNED),
    Effect.FUTURE: Setting(Commitment.PR_PLUS, Realis.PLANNED),
    Effect.ENABLE: Setting(Commitment.PS_PLUS, Realis.HYPOTHETICAL),
    Effect.UNKNOWN: Setting(Commitment.UU, Realis.HYPOTHETICAL),
}


def effect_on(effect: Effect, state: Local, lemma: str) -> Local:
    """A state under an implicative's effect."""
    return set_to(state, SETTINGS[effect], f"{effect.value} under {lemma}")


def indefinite(parse: Parse, noun: Token) -> bool:
    """ "a strike", "any attack", "strikes": nothing that the reader is taken to know of."""
    determiner = parse.kid(noun.i, "det")
    known = parse.kid(noun.i, "poss") is not None
    return not known and (determiner is None or determiner.lower in ("a", "an", "any", "another", "further"))


def left_open(at: Token, head: Token, classes: WordClasses, *, past: bool) -> str | None:
    """What leaves a clause under a noun open: "anyone who leaves"; "a reward for clues leading to his arrest".

    ``past``: also one told as past, since what is said of whoever did it lies ahead ("anyone who fled will be shot").
    """
    if at.lemma == "lead" and head.lemma in classes.clues:
        return "clues leading to"
    return (
        head.lower
        if head.lower in classes.whoever and at.tag in ("VBZ", "VBP", "VBG", "VBN", *(("VBD",) if past else ()))
        else None
    )


def going_on(parse: Parse, noun: Token, classes: WordClasses) -> bool:
    """ "the killings", "its raids", "hostilities", but not "an attack", "any attacks", "further attacks"."""
    kids = parse.kids(noun.i, "det", "poss", "amod", "nummod")
    return not any(k.lower in classes.not_yet or k.dep == "nummod" for k in kids)


class Governors:
    """The tables over one parse."""

    def __init__(self, ground: Ground, clauses: Clauses, implicatives: Implicatives) -> None:
        self.ground = ground
        self.parse = ground.parse
        self.clauses = clauses
        self.implicatives = implicatives

    def implicative(self, head: Token) -> Implicative | None:
        """The entry of a word, with its particle if it has one."""
        pos = "verb" if head.pos in ("VERB", "AUX") else "adj" if head.pos == "ADJ" else "noun"
        for kid in self.parse.kids(head.i, "prt", "advmod", "acomp", "prep"):
            entry = self.implicatives.get((f"{head.lemma}+{kid.lower}", pos))
            if entry is not None:
                return entry
        return self.implicatives.get((head.lemma, pos))

    def free_relative(self, at: Token) -> bool:
        """ "whoever killed him will be found", "may pay what they promised": told as past, it is taken for granted; but
        "asked what had happened", which somebody asks or tells, is no relative.
        """
        if at.dep not in ("csubj", "csubjpass", "ccomp", "pcomp"):
            return False
        first = self.parse.tokens[min(self.parse.subtree(at.i))]
        past = at.tag == "VBD" or any(k.lower in ("had", "has", "have") for k in self.parse.kids(at.i, "aux"))
        asked = at.dep == "ccomp" and at.i > at.head and self.ground.verb_cue(at.head) is not None
        return first.lower in self.ground.classes.free_relatives and past and not asked

    def open_noun(self, noun: Token, link: Token) -> Callable[[Local], Local] | None:
        """What a noun makes of the happening behind its preposition or before it; None: it presupposes it."""
        if noun.pos not in ("NOUN", "PROPN"):
            return None
        compound = link.dep == "compound"
        entry = self.implicative(noun) if compound else None
        if entry is not None and entry.effect not in DONE:
            effect = entry.effect
            return lambda state: effect_on(effect, state, noun.lemma)
        setting = self._setting(noun, link, compound=compound)
        if setting is None:
            return None
        denied = self.clauses.nobody(noun)  # "no sign of a withdrawal"

        def opened(state: Local) -> Local:
            state = set_to(state, setting, f"{noun.lemma} {link.lower}")
            return negate(state, f"no {noun.lemma}") if denied else state

        return opened

    def _setting(self, noun: Token, link: Token, *, compound: bool) -> Setting | None:
        """The value and realis of a noun cue that leaves its content open."""
        cue = self.ground.cues.get(noun.lemma, "noun")
        if cue is None or not (compound or link.lower in cue.frames):
            return None
        if link.lower == "about" and cue.stance not in ("suspect", "predict"):
            return None  # "concern about the attack"
        about = self.parse.kid(link.i, "pobj")
        seeming = cue.stance == "believe" and about is not None and indefinite(self.parse, about)
        if cue.stance not in OPEN and not seeming:
            return None
        stance = self.ground.cues.stances[cue.stance]
        return Setting(stance.source, stance.realis)

"""What a clause itself says of whether its event happened: negation, modals, hedges, aspect, mood — no voices yet.

In: a predicate's token and the content of the voice that speaks (token indices, None = the publisher). Out: a ``Local``:
the FactBank value that this voice's own words give the positive proposition, realis, polarity, and the rules that fired.
The rule climbs from the predicate to the top of what the voice says and lets every governor act on what it embeds
(Karttunen's implicatives; FactBank's scopes). It cannot see irony, nor what only the whole text makes clear.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.lexicon.hedges import Hedges, Setting
from khabar.lexicon.implicatives import Effect, Implicative, Implicatives
from khabar.model.factuality import Commitment, Polarity, Realis
from khabar.read.drafts import Ground
from khabar.read.hearsay import noun_clause
from khabar.read.syntax import LIGHT, SUBJECTS
from khabar.read.tokens import Token

STRENGTH = {"CT": 3, "PR": 2, "PS": 1}
HAPPEN = frozenset(
    {"be", "occur", "happen", "take", "come", "begin", "start", "continue", "follow", "erupt", "go", "resume"}
)
CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "acomp"})
PRESUPPOSED = frozenset({"relcl", "appos", "parataxis", "poss", "compound", "amod", "dep"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """``reached``: the climb came to the top, so that what embeds the voice's words holds of this predicate too."""

    value: Commitment = Commitment.CT_PLUS
    realis: Realis = Realis.ACTUAL
    polarity: Polarity = Polarity.POSITIVE
    reached: bool = True
    basis: tuple[str, ...] = ()

    def because(self, rule: str) -> Local:
        """The same, with one more rule that fired."""
        return replace(self, basis=(*self.basis, rule))


def negated(value: Commitment) -> Commitment:
    """The value of the positive proposition when its negation has this one."""
    if value in (Commitment.UU, Commitment.CT_U):
        return value
    return Commitment(value[:2] + ("-" if value.endswith("+") else "+"))


def weakest(a: Commitment, b: Commitment) -> Commitment:
    """``a`` held no more strongly than ``b``; a negative ``b`` turns it; Uu wins."""
    if Commitment.UU in (a, b):
        return Commitment.UU
    out = a if STRENGTH[a[:2]] <= STRENGTH[b[:2]] else Commitment(b[:2] + a[2:])
    return negated(out) if b.endswith("-") else out


class Modality:
    """The climb, with its tables."""

    def __init__(self, ground: Ground, hedges: Hedges, implicatives: Implicatives) -> None:
        self.ground = ground
        self.parse = ground.parse
        self.hedges = hedges
        self.implicatives = implicatives
        self.negating = tuple(p for p in hedges.phrases("negator") if p[-1] in ("to", "from", "of", "than", "but"))

    def local(self, i: int, content: frozenset[int] | None, *, reported: bool) -> Local:
        """What the voice's own words make of the predicate at token i; ``reported``: in somebody's mouth."""
        state = self._clause(self.parse.tokens[i], Local(), reported=reported)
        at = self.parse.tokens[i]
        for _ in range(40):
            head = self.parse.tokens[at.head]
            if head.i == at.i or (content is not None and head.i not in content):
                return self._mood(at, state, content)
            state, goes_on = self._step(at, head, state, reported=reported)
            if not goes_on:
                return state
            at = head
        return state

    def clause_value(self, i: int) -> Commitment:
        """The value that a predicate's own auxiliaries and negators give it, without what stands above."""
        return self._clause(self.parse.tokens[i], Local(), reported=False).value

    # -- one step up ------------------------------------------------------------------------------------------------

    def _step(self, at: Token, head: Token, state: Local, *, reported: bool) -> tuple[Local, bool]:
        """The state after the governor has acted, and whether the climb goes on."""
        if at.dep in CLAUSAL:
            return self._complement(at, head, state, reported=reported)
        if at.dep == "advcl":
            return self._adverbial(at, head, state, reported=reported)
        if at.dep in ("acl", "relcl") and (held := self._evidence(at, head)) is not None:
            return self._set(state, Setting(held, None), f"{head.lemma} that"), True
        if at.dep == "acl":
            return self._of_noun(at, head, state)
        if at.dep in ("pcomp", "pobj", "prep"):
            return self._prepositional(at, head, state)
        if at.dep in ("dobj", "nsubjpass", "nsubj", "attr", "oprd"):
            return self._participant(at, head, state, reported=reported)
        if at.dep == "conj":
            return self._conjunct(at, head, state, reported=reported), True
        if at.dep == "relcl" and (cleft := self._cleft(head)) is not None:
            return self._merge(state, self._clause(cleft, Local(), reported=reported)), True
        if at.dep in PRESUPPOSED:
            return replace(state, reached=False), False
        return state, True

    def _complement(self, at: Token, head: Token, state: Local, *, reported: bool) -> tuple[Local, bool]:
        """Under a verb or adjective: implicatives, raising, "likely to", "going to"; then the governor's own clause."""
        infinitive = any(k.tag == "TO" for k in self.parse.kids(at.i, "aux"))
        mark = self.parse.kid(at.i, "mark")
        if mark is not None and mark.lower in ("whether", "if"):
            return replace(state, value=Commitment.UU, realis=Realis.HYPOTHETICAL).because("whether"), False
        frame = "to" if infinitive else "ing" if at.tag == "VBG" else "obj_bare" if at.tag == "VB" else "clause"
        entry = self._implicative(head)
        if entry is not None and frame in entry.frames | {"obj_to" if infinitive else frame}:
            return self._implied(entry, frame, head, state, reported=reported), True
        state = self._raised(head, state)
        if infinitive and not self._raises(head):
            if head.lemma == "go" and head.tag == "VBG":
                return self._set(state, Setting(Commitment.PR_PLUS, Realis.PLANNED), "going to"), True
            state = self._set(state, Setting(Commitment.PS_PLUS, Realis.HYPOTHETICAL), f"infinitive of {head.lemma}")
        return self._clause(head, state, reported=reported), True

    def _implied(self, entry: Implicative, frame: str, head: Token, state: Local, *, reported: bool) -> Local:
        """An implicative with its own negation, then its other modality."""
        own = self._clause(head, Local(), reported=reported)
        effect = entry.effect_in(frame, negated=own.polarity is Polarity.NEGATIVE)
        state = self._effect(effect, state, entry.lemma)
        if own.polarity is Polarity.NEGATIVE:
            own = replace(own, value=negated(own.value), polarity=Polarity.POSITIVE)
        return self._merge(state, own)

    def _effect(self, effect: Effect, state: Local, lemma: str) -> Local:
        setting = {
            Effect.TRUE: Setting(None, None),
            Effect.CAUSE: Setting(None, None),
            Effect.FALSE: Setting(Commitment.CT_MINUS, None),
            Effect.PREVENT: Setting(Commitment.CT_MINUS, None),
            Effect.ATTEMPT: Setting(Commitment.PS_PLUS, Realis.HYPOTHETICAL),
            Effect.FUTURE: Setting(Commitment.PR_PLUS, Realis.PLANNED),
            Effect.ENABLE: Setting(Commitment.PS_PLUS, Realis.HYPOTHETICAL),
            Effect.UNKNOWN: Setting(Commitment.UU, Realis.HYPOTHETICAL),
        }[effect]
        return self._set(state, setting, f"{effect.value} under {lemma}")

    def _adverbial(self, at: Token, head: Token, state: Local, *, reported: bool) -> tuple[Local, bool]:
        """Conditions, purposes, time clauses that lie ahead; every other adverbial clause stands by itself."""
        marks = [k.lower for k in self.parse.kids(at.i, "mark", "advmod", "prep") if k.i < at.i]
        if any(self.hedges.get("condition", m) for m in marks) or self._inverted(at):
            return replace(state, value=Commitment.UU, realis=Realis.HYPOTHETICAL).because("condition"), False
        if any(k.tag == "TO" for k in self.parse.kids(at.i, "aux")):
            return self._set(state, Setting(Commitment.UU, Realis.PLANNED), "purpose"), False
        if any(self.hedges.get("future_clause", m) for m in marks):
            main = self._clause(head, Local(), reported=reported)
            if main.realis in (Realis.PLANNED, Realis.HYPOTHETICAL):
                return self._set(state, Setting(Commitment.PS_PLUS, Realis.HYPOTHETICAL), "time clause ahead"), False
        return replace(state, reached=True), False

    def _inverted(self, at: Token) -> bool:
        """ "had the fog lifted": an auxiliary before the subject opens a counterfactual condition."""
        aux, subject = self.parse.kid(at.i, "aux"), self.parse.kid(at.i, *SUBJECTS, "nsubjpass")
        if at.lower in ("had", "should", "were") and at.i == self.parse.sentences[at.sent].first:
            return True
        return aux is not None and subject is not None and aux.i < subject.i and aux.lower in ("had", "should", "were")

    def _cleft(self, head: Token) -> Token | None:
        """ "It was not the army that shelled it": the copula of a cleft speaks for its relative clause."""
        copula = self.parse.tokens[head.head]
        it = self.parse.kid(copula.i, "nsubj")
        return copula if head.dep == "attr" and copula.lemma == "be" and it is not None and it.lower == "it" else None

    def _evidence(self, at: Token, head: Token) -> Commitment | None:
        """ "indications that S": a noun that is no voice of its own holds its clause as far as its table says."""
        cue = self.ground.cues.get(head.lemma, "noun")
        if cue is None or at.i not in noun_clause(self.ground, head.i, cue):
            return None
        governor = self.parse.tokens[head.head]
        if self._nobody(head) or (head.dep in ("dobj", "attr") and self.parse.kid(governor.i, "neg") is not None):
            return Commitment.UU
        return self.ground.cues.stances[cue.stance].source

    def _of_noun(self, at: Token, head: Token, state: Local) -> tuple[Local, bool]:
        """ "attempt to seize", "plan to leave", "right to vote": an infinitive under a noun; participles are presupposed."""
        if not any(k.tag == "TO" for k in self.parse.kids(at.i, "aux")):
            return replace(state, reached=False), False
        entry = self.implicatives.get((head.lemma, "noun"))
        if entry is not None:
            return self._effect(entry.effect_in("to"), state, head.lemma), True
        return self._set(state, Setting(Commitment.PS_PLUS, Realis.HYPOTHETICAL), f"infinitive of {head.lemma}"), True

    def _prepositional(self, at: Token, head: Token, state: Local) -> tuple[Local, bool]:
        """ "without firing", "succeeded in taking", "prevented X from leaving", "in an attempt to …"."""
        if at.dep in ("pcomp", "pobj") and head.dep in ("prep", "agent"):
            if head.lower == "without":
                return self._negate(state, "without"), False
            if self.hedges.get("presupposing", head.lower):
                return replace(state, reached=True), False
            return state, True
        if at.dep == "prep":
            head = self.parse.tokens[head.head] if head.dep in ("advmod", "acomp", "prt") else head
            governor = self._implicative(head)
            if governor is not None and at.lower in governor.frames:
                return self._implied(governor, at.lower, head, state, reported=False), True
            if self.parse.kid(at.i, "pcomp") is None and head.pos in ("VERB", "AUX"):
                return replace(state, reached=True), False
        return state, True

    def _participant(self, at: Token, head: Token, state: Local, *, reported: bool) -> tuple[Local, bool]:
        """An event noun as subject or object: light verbs and verbs of happening pass their clause on to it."""
        entry = self._implicative(head)
        if at.dep in ("dobj", "nsubjpass") and entry is not None and "object" in entry.frames:
            return self._implied(entry, "object", head, state, reported=reported), True
        carried = head.lemma in LIGHT if at.dep in ("dobj", "nsubjpass") else head.lemma in HAPPEN
        if carried or at.dep in ("attr", "oprd"):
            return self._clause(head, state, reported=reported), True
        return state, at.pos in ("VERB", "AUX")

    def _conjunct(self, at: Token, head: Token, state: Local, *, reported: bool) -> Local:
        """A conjunct without a subject shares the auxiliaries of the first; "or" and "nor" share its negation."""
        if self.parse.kid(at.i, *SUBJECTS, "nsubjpass", "aux", "auxpass"):
            return state
        first = self._clause(head, Local(), reported=reported)
        if first.polarity is Polarity.NEGATIVE:
            cc = self.parse.kid(head.i, "cc")
            if cc is None or cc.lower not in ("or", "nor"):
                first = replace(first, value=negated(first.value), polarity=Polarity.POSITIVE)
        return self._merge(state, first)

    # -- the clause itself ------------------------------------------------------------------------------------------

    def _clause(self, token: Token, state: Local, *, reported: bool) -> Local:
        """Negators, modals, hedging adverbs and adjectives, progressive, of one predicate."""
        for kid in self.parse.kids(token.i):
            if kid.dep == "neg" or (kid.dep in ("det", "preconj", "advmod") and self._negator(kid)):
                state = self._negate(state, kid.lower)
            elif kid.dep == "aux" and (kid.tag == "MD" or kid.lemma in ("would", "will")):
                state = self._modal(token, kid, state, reported=reported)
            elif kid.dep == "advmod":
                state = self._adverb(kid, state)
            elif kid.dep == "amod":
                state = self._adjective(kid, state)
            elif kid.dep in ("nsubj", "nsubjpass", "dobj", "attr") and self._nobody(kid):
                state = self._negate(state, f"no {kid.lemma}")
            elif kid.dep == "mark" and kid.lower in ("whether", "unless", "if"):
                state = replace(state, value=Commitment.UU, realis=Realis.HYPOTHETICAL).because(kid.lower)
        if (phrase := self._negating_phrase(token)) is not None:
            state = self._negate(state, phrase)
        if token.tag == "VBG" and any(
            k.lower in ("is", "are", "'s", "’s", "'re", "’re", "am") for k in self.parse.kids(token.i, "aux")
        ):
            if state.realis is Realis.ACTUAL:
                state = replace(state, realis=Realis.ONGOING).because("progressive")
        return state

    def _negator(self, kid: Token) -> bool:
        hedge = self.hedges.get("negator", kid.lower)
        return hedge is not None and kid.lower not in ("few", "little")

    def _nobody(self, kid: Token) -> bool:
        """ "no villager", "nobody", "neither side", "none of them" """
        if kid.lower in ("nobody", "none", "nothing", "neither"):
            return True
        return any(
            k.lower in ("no", "neither", "not")
            for k in self.parse.kids(kid.i, "det", "preconj", "neg", "cc")
            if k.i < kid.i
        )

    def _negating_phrase(self, token: Token) -> str | None:
        """ "has yet to leave", "far from leaving", "instead of leaving": words that end right before the predicate."""
        tokens, first = self.parse.tokens, self.parse.sentences[token.sent].first
        infinitive = self.parse.kid(token.i, "aux")
        ends = {token.i} | ({infinitive.i + 1} if infinitive is not None and infinitive.tag == "TO" else set())
        for words in self.negating:
            for end in ends:
                if end - len(words) >= first and tuple(t.lower for t in tokens[end - len(words) : end]) == words:
                    return " ".join(words)
        return None

    def _modal(self, token: Token, modal: Token, state: Local, *, reported: bool) -> Local:
        hedge = self.hedges.get("modal", modal.lower) or self.hedges.get("modal", modal.lemma)
        if hedge is None:
            return state
        perfect = any(k.lemma in ("have", "'ve", "’ve") for k in self.parse.kids(token.i, "aux"))
        if modal.lower in ("would", "'d", "’d") and reported and not perfect and not self._conditioned(token):
            return self._set(state, Setting(Commitment.PR_PLUS, Realis.PLANNED), "would, reported")
        return self._set(state, hedge.perfect if perfect else hedge.setting, modal.lower)

    def _conditioned(self, token: Token) -> bool:
        """Whether an if-clause hangs on the verb."""
        marks = (self.parse.kid(k.i, "mark") for k in self.parse.kids(token.i, "advcl"))
        return any(m is not None and self.hedges.get("condition", m.lower) for m in marks)

    def _adverb(self, kid: Token, state: Local) -> Local:
        hedge = self.hedges.get("adverb", kid.lower)
        if hedge is not None and hedge.setting.value is not Commitment.CT_PLUS:
            return self._set(state, hedge.setting, kid.lower)
        if self.hedges.get("generic", kid.lower) and state.realis is Realis.ACTUAL:
            return replace(state, realis=Realis.GENERIC).because(kid.lower)
        return state

    def _adjective(self, kid: Token, state: Local) -> Local:
        hedge = self.hedges.get("adjective", kid.lower)
        if hedge is None or hedge.setting.value is Commitment.CT_PLUS:
            return state
        return self._set(state, hedge.setting, kid.lower)

    def _implicative(self, head: Token) -> Implicative | None:
        pos = "verb" if head.pos in ("VERB", "AUX") else "adj" if head.pos == "ADJ" else "noun"
        for kid in self.parse.kids(head.i, "prt", "advmod", "acomp"):
            entry = self.implicatives.get((f"{head.lemma}+{kid.lower}", pos))
            if entry is not None:
                return entry
        return self.implicatives.get((head.lemma, pos))

    def _raises(self, head: Token) -> bool:
        """Whether a governor's infinitive speaks of the same happening ("seems to", "is likely to")."""
        return self._raising(head) is not None

    def _raising(self, head: Token) -> Setting | None:
        if head.pos == "ADJ":
            hedge = self.hedges.get("adjective", head.lemma)
            return hedge.setting if hedge else None
        for kid in self.parse.kids(head.i, "acomp"):
            hedge = self.hedges.get("adjective", kid.lemma)
            if hedge is not None:
                return hedge.setting
        hedge = self.hedges.get("raising", head.lemma)
        return hedge.setting if hedge else None

    def _raised(self, head: Token, state: Local) -> Local:
        setting = self._raising(head)
        return self._set(state, setting, head.lemma) if setting is not None else state

    # -- moods and merging ------------------------------------------------------------------------------------------

    def _mood(self, top: Token, state: Local, content: frozenset[int] | None) -> Local:
        """A question asks; the clause at the top of a sentence that ends in a question mark is not said to hold."""
        sentence = self.parse.sentences[top.sent]
        last = self.parse.tokens[
            sentence.last - 1 if self.parse.tokens[sentence.last - 1].text not in '”"' else sentence.last - 2
        ]
        asked = last.text == "?" and (content is None or last.i in content or last.i - 1 in content)
        return replace(state, value=Commitment.UU, realis=Realis.HYPOTHETICAL).because("question") if asked else state

    def _negate(self, state: Local, rule: str) -> Local:
        flipped = Polarity.POSITIVE if state.polarity is Polarity.NEGATIVE else Polarity.NEGATIVE
        return replace(state, value=negated(state.value), polarity=flipped).because(f"negated: {rule}")

    def _set(self, state: Local, setting: Setting, rule: str) -> Local:
        value = weakest(state.value, setting.value) if setting.value is not None else state.value
        realis = setting.realis if setting.realis is not None and _gives_way(state.realis) else state.realis
        return replace(state, value=value, realis=realis).because(rule)

    def _merge(self, state: Local, other: Local) -> Local:
        value = weakest(state.value, other.value)
        realis = other.realis if _gives_way(state.realis) and other.realis is not Realis.ACTUAL else state.realis
        flipped = state.polarity if other.polarity is Polarity.POSITIVE else _turned(state.polarity)
        return replace(state, value=value, realis=realis, polarity=flipped, basis=(*state.basis, *other.basis))


def _gives_way(realis: Realis) -> bool:
    """Whether a realis found nearer to the predicate yields to one found further up."""
    return realis in (Realis.ACTUAL, Realis.ONGOING, Realis.GENERIC)


def _turned(polarity: Polarity) -> Polarity:
    return Polarity.POSITIVE if polarity is Polarity.NEGATIVE else Polarity.NEGATIVE

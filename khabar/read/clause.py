"""What one clause says by itself of its event: negators, modals, hedging adverbs and adjectives, aspect.

In: a predicate's token and the state so far. Out: a new ``Local``: the FactBank value that the speaking voice's own words
give the positive proposition, realis, polarity, and the rules that fired. What stands above the clause is left to
``modality.py``; who speaks to ``commitment.py``. Words stand in ``lexicon/en/hedges.yml``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from khabar.lexicon.hedges import Hedges, Setting
from khabar.model.factuality import NEGATIVE, Commitment, Polarity, Realis
from khabar.read.tokens import Parse, Token

STRENGTH = {"CT": 3, "PR": 2, "PS": 1}
PRESENT_BE = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re"})


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


def gives_way(realis: Realis) -> bool:
    """Whether a realis found nearer to the predicate yields to one found further up."""
    return realis in (Realis.ACTUAL, Realis.ONGOING, Realis.GENERIC)


def turned(polarity: Polarity) -> Polarity:
    """The other polarity."""
    return Polarity.POSITIVE if polarity is Polarity.NEGATIVE else Polarity.NEGATIVE


def negate(state: Local, rule: str) -> Local:
    """Value and polarity turned."""
    flipped = Polarity.POSITIVE if state.polarity is Polarity.NEGATIVE else Polarity.NEGATIVE
    return replace(state, value=negated(state.value), polarity=flipped).because(f"negated: {rule}")


def set_to(state: Local, setting: Setting, rule: str) -> Local:
    """The value held no more strongly than the setting's, its realis where none was set nearer to the predicate."""
    value = weakest(state.value, setting.value) if setting.value is not None else state.value
    if setting.realis is Realis.PLANNED and setting.value is Commitment.PS_PLUS and state.value in NEGATIVE:
        value = Commitment.UU  # "tried to stop them from entering": nothing is said of whether they entered
    realis = setting.realis if setting.realis is not None and gives_way(state.realis) else state.realis
    return replace(state, value=value, realis=realis).because(rule)


def merge(state: Local, other: Local) -> Local:
    """A state under what another clause says of it."""
    value = weakest(state.value, other.value)
    realis = other.realis if gives_way(state.realis) and other.realis is not Realis.ACTUAL else state.realis
    flipped = state.polarity if other.polarity is Polarity.POSITIVE else turned(state.polarity)
    return replace(state, value=value, realis=realis, polarity=flipped, basis=(*state.basis, *other.basis))


class Clauses:
    """The rules of one clause over one parse."""

    def __init__(self, parse: Parse, hedges: Hedges) -> None:
        self.parse = parse
        self.hedges = hedges
        self.negating = tuple(p for p in hedges.phrases("negator") if p[-1] in ("to", "from", "of", "than", "but"))

    def of(self, token: Token, state: Local, *, reported: bool, without: int | None = None) -> Local:
        """Negators, modals, hedging adverbs and adjectives, progressive, of one predicate; ``without`` a participant whose
        own words have been heard ("there was no attack").
        """
        for kid in self.parse.kids(token.i):
            if kid.i == without:
                continue
            if kid.dep == "neg" or self._negator(kid) or self._fronted(kid, token):
                state = negate(state, kid.lower)
            elif kid.dep == "aux" and (kid.tag == "MD" or kid.lemma in ("would", "will")):
                state = self._modal(token, kid, state, reported=reported)
            elif kid.dep == "advmod":
                state = self._adverb(kid, state)
            elif kid.dep == "prep":
                state = self._adverbial_phrase(kid, state)
            elif kid.dep == "amod":
                state = self._adjective(kid, state)
            elif kid.dep in ("nsubj", "nsubjpass", "dobj", "attr") and self.nobody(kid):
                state = negate(state, f"no {kid.lemma}")
            elif kid.dep == "mark" and kid.lower in ("whether", "unless", "if"):
                state = replace(state, value=Commitment.UU, realis=Realis.HYPOTHETICAL).because(kid.lower)
        if (phrase := self._negating_phrase(token)) is not None:
            state = negate(state, phrase)
        progressive = token.tag == "VBG" and any(k.lower in PRESENT_BE for k in self.parse.kids(token.i, "aux"))
        if progressive and state.realis is Realis.ACTUAL:
            state = replace(state, realis=Realis.ONGOING).because("progressive")
        return state

    def described(self, noun: Token, state: Local) -> Local:
        """What a noun's adjectives say of it ("possible", "failed")."""
        for kid in self.parse.kids(noun.i, "amod"):
            state = self._adjective(kid, state)
        return state

    def _fronted(self, kid: Token, token: Token) -> bool:
        """ "Nor did they arrest anybody", "In no case did the police beat him": the negation turns the verb."""
        if kid.dep not in ("cc", "prep"):
            return False
        aux, subject = self.parse.kid(token.i, "aux", "auxpass"), self.parse.kid(token.i, "nsubj", "nsubjpass")
        if aux is None or subject is None or not kid.i < aux.i < subject.i:
            return False
        inside = self.parse.kid(kid.i, "pobj")
        return kid.lower == "nor" or (inside is not None and self.nobody(inside))

    def _negator(self, kid: Token) -> bool:
        hedge = self.hedges.get("negator", kid.lower) if kid.dep in ("det", "preconj", "advmod") else None
        return hedge is not None and kid.lower not in ("few", "little")

    def nobody(self, kid: Token) -> bool:
        """ "no villager", "nobody", "neither side", "none of them" """
        if kid.lower in ("nobody", "none", "nothing", "neither"):
            return True
        if kid.lower in ("anyone", "anybody", "anything"):  # "hardly anyone"
            return any(self.hedges.get("negator", k.lower) for k in self.parse.kids(kid.i, "advmod") if k.i < kid.i)
        determiner = self.parse.kid(kid.i, "det")
        if determiner is not None and determiner.lower in ("any", "a"):
            barely = self.parse.kid(determiner.i, "advmod") or self.parse.kid(kid.i, "advmod")
            if barely is not None and barely.i < determiner.i and self.hedges.get("negator", barely.lower):
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
                begin = end - len(words)
                closes = begin >= first and tokens[end - 1].lower == words[-1]
                if closes and tuple(t.lower for t in tokens[begin:end]) == words:
                    return " ".join(words)
        return None

    def _modal(self, token: Token, modal: Token, state: Local, *, reported: bool) -> Local:
        hedge = self.hedges.get("modal", modal.lower) or self.hedges.get("modal", modal.lemma)
        if hedge is None:
            return state
        perfect = any(k.lemma in ("have", "'ve", "’ve") for k in self.parse.kids(token.i, "aux"))
        if modal.lower in ("would", "'d", "’d") and reported and not perfect and not self._conditioned(token):
            return set_to(state, Setting(Commitment.PR_PLUS, Realis.PLANNED), "would, reported")
        return set_to(state, hedge.perfect if perfect else hedge.setting, modal.lower)

    def _conditioned(self, token: Token) -> bool:
        """Whether an if-clause hangs on the verb."""
        marks = (self.parse.kid(k.i, "mark") for k in self.parse.kids(token.i, "advcl"))
        return any(m is not None and self.hedges.get("condition", m.lower) for m in marks)

    def _adverb(self, kid: Token, state: Local) -> Local:
        before = self.parse.tokens[kid.i - 1].lower if kid.i else ""
        if f"{before} {kid.lower}" == "no longer" and self.parse.kid(kid.head, "neg") is None:
            return negate(state, "no longer")
        hedge = self.hedges.get("adverb", kid.lower)
        if hedge is not None and hedge.setting.value is not Commitment.CT_PLUS:
            return set_to(state, hedge.setting, kid.lower)
        if self.hedges.get("generic", kid.lower) and state.realis is Realis.ACTUAL:
            return replace(state, realis=Realis.GENERIC).because(kid.lower)
        return state

    def _adverbial_phrase(self, kid: Token, state: Local) -> Local:
        """ "in all likelihood": a prepositional phrase that is a hedge as a whole; "in the film": what follows is played."""
        words = " ".join(self.parse.tokens[i].lower for i in self.parse.subtree(kid.i))
        if self.hedges.get("negator", words) is not None:
            return negate(state, words)
        scene = self.parse.kid(kid.i, "pobj")
        played = (
            self.hedges.get("fiction", scene.lemma) if scene is not None and kid.lower in ("in", "during") else None
        )
        hedge = self.hedges.get("adverb", words) or played
        return state if hedge is None else set_to(state, hedge.setting, words)

    def _adjective(self, kid: Token, state: Local) -> Local:
        hedge = self.hedges.get("adjective", kid.lower)
        if hedge is None or hedge.setting.value is Commitment.CT_PLUS:
            return state
        return set_to(state, hedge.setting, kid.lower)

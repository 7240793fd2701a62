"""What the governors of a clause make of its event: implicatives, raising, conditions, purposes, questions.

In: a predicate's token and the content of the voice that speaks (token indices, None = the publisher). Out: a ``Local`` (see
``clause.py``). The rule climbs from the predicate to the top of what the voice says and lets every governor act on what it
embeds (Karttunen's implicatives; FactBank's scopes). It cannot see irony, nor what only the whole text makes clear.
"""

from __future__ import annotations

from dataclasses import replace

from khabar.lexicon.hedges import Hedges, Setting
from khabar.lexicon.implicatives import Effect, Implicative, Implicatives
from khabar.model.factuality import Commitment, Polarity, Realis
from khabar.read.clause import Clauses, Local, merge, negate, negated, set_to
from khabar.read.drafts import Ground
from khabar.read.governors import SETTINGS, Governors, effect_on, going_on, indefinite, left_open
from khabar.read.hearsay import EVIDENCE, noun_clause
from khabar.read.imperatives import is_imperative
from khabar.read.syntax import SUBJECTS
from khabar.read.tokens import Token

CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "acomp"})
OPENED = frozenset({"advcl", "acl", "relcl", "pcomp", "pobj"})
CONDITION_PREPOSITIONS = frozenset({"provided", "providing", "assuming", "supposing"})
WOULD = frozenset({"would", "'d", "’d", "should"})
INVERTING = frozenset({"had", "should", "were"})
PARTICIPANTS = frozenset({"dobj", "nsubjpass", "nsubj", "attr", "oprd"})
WHO = frozenset({"who", "whom", "whose", "why", "how", "where", "when", "which"})
COMMAND = "imperative"
"""the note of what is only commanded"""
PRESUPPOSED = frozenset({"appos", "parataxis", "poss", "compound", "amod", "dep"})


class Modality:
    """The climb, with its tables."""

    def __init__(self, ground: Ground, hedges: Hedges, implicatives: Implicatives) -> None:
        self.ground = ground
        self.parse = ground.parse
        self.classes = ground.classes
        self.hedges = hedges
        self.implicatives = implicatives
        self.clauses = Clauses(ground.parse, hedges)
        self.governors = Governors(ground, self.clauses, implicatives)
        self.conditions = hedges.phrases("condition")
        self.coming_about = ground.classes.happening | ground.classes.raging

    def local(self, i: int, content: frozenset[int] | None, *, reported: bool) -> Local:
        """What the voice's own words make of the predicate at token i; ``reported``: in somebody's mouth."""
        state = self.clauses.of(self.parse.tokens[i], Local(), reported=reported)
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
        return self.clauses.of(self.parse.tokens[i], Local(), reported=False).value

    def only_carries(self, i: int) -> bool:
        """Whether a verb says no more than that its complement happened."""
        entry = self.governors.implicative(self.parse.tokens[i])
        seeming = self.hedges.get("raising", self.parse.tokens[i].lemma) is not None and self.parse.kid(i, "xcomp")
        return bool(seeming) or (
            entry is not None and entry.effect in (Effect.TRUE, Effect.CAUSE) and entry.pos == "verb"
        )

    def called_false(self, i: int) -> bool:
        """Whether the text itself calls a report false: "falsely claimed", "false rumours", "the report is untrue"."""
        token = self.parse.tokens[i]
        if token.pos in ("VERB", "AUX"):
            said = list(self.parse.kids(i, "advmod"))
        else:
            said = list(self.parse.kids(i, "amod"))
            said += self._of_subject(token) if token.dep == "nsubj" else ()
        return any(self.hedges.get("falsifier", k.lower) for k in said)

    def _of_subject(self, noun: Token) -> list[Token]:
        """What a verb says of its subject: "is false", "proved baseless", "turned out to be untrue"."""
        over = [noun.head, *(k.i for k in self.parse.kids(noun.head, "xcomp") if k.lemma in self.classes.copulas)]
        return [k for i in over for k in self.parse.kids(i, "acomp", "oprd", "advmod")]

    # -- one step up ------------------------------------------------------------------------------------------------

    def _step(self, at: Token, head: Token, state: Local, *, reported: bool) -> tuple[Local, bool]:
        """The state after the governor has acted, and whether the climb goes on."""
        if (at.dep in OPENED and self._conditional(at)) or (at.dep == "ccomp" and self._opened_by_verb(at, head)):
            return replace(state, value=Commitment.UU, realis=Realis.HYPOTHETICAL).because("condition"), False
        if at.dep in CLAUSAL:
            return self._complement(at, head, state, reported=reported)
        if at.dep == "advcl":
            return self._adverbial(at, head, state, reported=reported)
        if at.dep in ("acl", "relcl"):
            return self._modifying(at, head, state)
        if at.dep in ("pcomp", "pobj", "prep"):
            return self._prepositional(at, head, state)
        if at.dep == "pobj" and head.dep == "prt":  # "staved off a war"
            at, head = replace(at, dep="dobj"), self.parse.tokens[head.head]
        if at.dep in PARTICIPANTS:
            return self._participant(at, head, state, reported=reported)
        if at.dep == "conj":
            return self._conjunct(at, head, state, reported=reported), True
        return self._presupposed(at, head, state) if at.dep in PRESUPPOSED else (state, True)

    def _presupposed(self, at: Token, head: Token, state: Local) -> tuple[Local, bool]:
        """Modifiers and asides tell what is taken for granted, but for "coup plot" and gerunds that the parser misses."""
        if at.dep in ("compound", "amod") and at.tag == "VBG" and self._bare_gerund(at, head):
            return state, True
        if at.dep == "compound" and (open_ := self.governors.open_noun(head, at)) is not None:
            return open_(state), True
        return replace(state, reached=False), False

    def _opened_by_verb(self, at: Token, head: Token) -> bool:
        """ "provided that S", "had the guards opened fire, dozens would have died", where the parser sees a complement."""
        if head.lower in CONDITION_PREPOSITIONS:
            return True
        would = any(k.tag == "MD" for k in self.parse.kids(head.i, "aux"))
        return at.i < head.i and would and self._inverted(at)

    def _bare_gerund(self, at: Token, head: Token) -> bool:
        """ "kept the fleet from landing troops": a gerund behind a preposition, taken for a modifier of its object."""
        return at.i - 1 == head.head and self.parse.tokens[head.head].dep == "prep" and head.dep == "pobj"

    def _modifying(self, at: Token, head: Token, state: Local) -> tuple[Local, bool]:
        """A clause under a noun: what the noun is evidence of, a cleft, an infinitive; else it is presupposed."""
        held = self._evidence(at, head)
        if held is not None:
            return set_to(state, held, f"{head.lemma} that"), True
        infinitive = any(k.tag == "TO" for k in self.parse.kids(at.i, "aux"))
        if (word := self._left_open(at, head, infinitive=infinitive)) is not None:
            return replace(state, value=Commitment.UU, realis=Realis.HYPOTHETICAL).because(word), False
        if infinitive and any(k.lower in self.classes.ordinals for k in (head, *self.parse.kids(head.i, "amod"))):
            return replace(state, reached=False), False  # "the first to leave"
        if at.tag == "VBG" and (open_ := self._object_doing(head, state)) is not None:
            return open_, True
        if at.tag == "VBN" and head.head == head.i and self.clauses.nobody(head):
            return negate(state, f"no {head.lemma}"), False  # a headline: "No one killed in blast"
        if at.dep == "acl" or infinitive:
            return self._of_noun(at, head, state)
        if self._cleft(head) is not None:
            return state, True  # the copula speaks for it one step up
        return replace(state, reached=False), False

    def _left_open(self, at: Token, head: Token, *, infinitive: bool) -> str | None:
        """ "were they to split", "were it bombed"; "anyone who leaves", "anyone killed": what leaves it open."""
        if ((infinitive and at.dep == "relcl") or at.tag == "VBN") and self._inverted(head):
            return "were …"
        return left_open(at, head, self.classes, past=any(k.tag == "MD" for k in self.parse.kids(head.head, "aux")))

    def _object_doing(self, head: Token, state: Local) -> Local | None:
        """ "stopped gunmen killing him", "a risk of militias looting": the governor is about the participle."""
        above = self.parse.tokens[head.head]
        if head.dep == "dobj" and (entry := self.governors.implicative(above)) is not None:
            effect = entry.effect_in("from" if "from" in entry.frames else "ing")
            return self._implied(entry, "from", above, state, reported=False) if effect is Effect.PREVENT else None
        noun = self.parse.tokens[above.head]
        if head.dep == "pobj" and above.dep == "prep" and (open_ := self.governors.open_noun(noun, above)) is not None:
            return open_(state)
        return None

    def _complement(self, at: Token, head: Token, state: Local, *, reported: bool) -> tuple[Local, bool]:
        """Under a verb or adjective: implicatives, raising, "likely to", "going to"; then the governor's own clause."""
        infinitive = any(k.tag == "TO" for k in self.parse.kids(at.i, "aux"))
        mark = self.parse.kid(at.i, "mark")
        if not infinitive and (self._asks_who(at, head) or self.governors.free_relative(at)):
            return replace(state, reached=False), False  # "it is not clear who launched them": somebody did
        if at.dep == "ccomp" and at.i < head.i and self.ground.verb_cue(head.i) is None:
            return state, False  # two sentences with a comma between them
        if mark is not None and mark.lower in ("whether", "if"):
            return replace(state, value=Commitment.UU, realis=Realis.HYPOTHETICAL).because("whether"), False
        passive = self.parse.kid(at.i, "auxpass")  # "escaped being shot"
        gerund = at.tag == "VBG" or (passive is not None and passive.tag == "VBG")
        frame = "to" if infinitive else "ing" if gerund else "obj_bare" if at.tag == "VB" else "clause"
        entry = self.governors.implicative(head)
        if entry is not None and entry.aspect == "end" and frame == "ing" and "ing" in entry.frames:
            return replace(state, reached=False), False  # "promised to stop shelling": there is shelling
        if entry is not None and (frame in entry.frames or (infinitive and "obj_to" in entry.frames)):
            return self._implied(entry, frame, head, state, reported=reported), True
        subject = self.parse.kid(head.i, "nsubj", "nsubjpass")
        if subject is not None and mark is not None and (held := self._weighed(subject)) is not None:
            return set_to(state, held, f"{subject.lemma} that"), True
        if frame == "clause" and self._far_from(head):
            return replace(state, value=Commitment.UU).because("far from …"), True
        if at.dep != "acomp" and (raising := self._raising(head)) is not None:
            certain = frame == "clause" and raising.realis is Realis.PLANNED  # "it is certain that", not "certain to"
            state = state if certain else set_to(state, raising, head.lemma)
        elif infinitive:
            state = self._bare_infinitive(head, state)
        said = self.parse.kid(head.i, "attr") if frame == "clause" else None  # "it is no secret that S"
        return self.clauses.of(head, state, reported=reported, without=said.i if said is not None else None), True

    def _asks_who(self, at: Token, head: Token) -> bool:
        """Whether a clause asks for a participant or circumstance of what it takes for granted ("who did it", not "if")."""
        first = self.parse.tokens[min(self.parse.subtree(at.i))]
        counted = self.parse.tokens[first.i : first.i + 2][-1].lower in ("many", "much")  # "how many, if any"
        return (
            first.lower in WHO and not counted and first.i > head.i and at.dep == "ccomp" and self._nobody_tells(head)
        )

    def _nobody_tells(self, head: Token) -> bool:
        """ "is not known who", "is unclear why": nobody is asked or told."""
        return self.ground.verb_cue(head.i) is None or self.parse.kid(head.i, "nsubjpass") is not None

    def _bare_infinitive(self, head: Token, state: Local) -> Local:
        """ "is to leave", "is going to", "had to", "ought to", "has yet to"; under any other verb it is at best aimed at."""
        if any(k.lower == "yet" for k in self.parse.kids(head.i, "advmod")):
            return state
        going = head.lemma == "go" and head.tag == "VBG"
        if going or (head.lemma == "be" and self.parse.kid(head.i, "acomp", "attr") is None):
            return set_to(state, Setting(Commitment.PR_PLUS, Realis.PLANNED), f"{head.lemma} to")
        hedge = self.hedges.get("modal", f"{head.lemma} to") or self.hedges.get("modal", head.lower)
        if hedge is not None:
            return set_to(state, hedge.past if head.tag == "VBD" else hedge.setting, f"{head.lemma} to")
        return set_to(state, Setting(Commitment.PS_PLUS, Realis.PLANNED), f"infinitive of {head.lemma}")

    def _implied(self, entry: Implicative, frame: str, head: Token, state: Local, *, reported: bool) -> Local:
        """An implicative with its own negation, then its other modality."""
        own = self.clauses.of(head, Local(), reported=reported)
        effect = entry.effect_in(frame, negated=own.polarity is Polarity.NEGATIVE)
        state = effect_on(effect, state, entry.lemma)
        if own.polarity is Polarity.NEGATIVE:
            own = replace(own, value=negated(own.value), polarity=Polarity.POSITIVE)
        return merge(state, own)

    def _adverbial(self, at: Token, head: Token, state: Local, *, reported: bool) -> tuple[Local, bool]:
        """Conditions, purposes, time clauses that lie ahead; every other adverbial clause stands by itself."""
        marks = [k.lower for k in self.parse.kids(at.i, "mark", "advmod", "prep") if k.i < at.i]
        if "than" in marks and any(k.lower == "rather" for k in self.parse.kids(head.i, "advmod")):
            return negate(state, "rather than"), False
        if any(k.tag == "TO" for k in self.parse.kids(at.i, "aux")):
            return set_to(state, Setting(Commitment.UU, Realis.PLANNED), "purpose"), False
        past = at.tag == "VBD" or any(k.lower == "had" for k in self.parse.kids(at.i, "aux"))
        back = past and not any(k.lower in WOULD for k in self.parse.kids(head.i, "aux"))
        if not past and self._only(at):
            return set_to(state, Setting(Commitment.UU, Realis.HYPOTHETICAL), "only when"), False
        if not back and any(self.hedges.get("future_clause", m) for m in marks):
            main = self.local(head.i, None, reported=reported)
            if main.realis in (Realis.PLANNED, Realis.HYPOTHETICAL):
                return set_to(state, Setting(Commitment.PS_PLUS, Realis.HYPOTHETICAL), "time clause ahead"), False
        return replace(state, reached=True), False

    def _only(self, at: Token) -> bool:
        """ "only when", "only after" right before the clause."""
        first = min(self.parse.subtree(at.i))
        words = [t.lower for t in self.parse.tokens[max(first - 1, 0) : first + 1]]
        return "only" in words and any(
            self.hedges.get("future_clause", k.lower) for k in self.parse.kids(at.i, "mark", "advmod")
        )

    def _conditional(self, at: Token) -> bool:
        """Whether a condition word or phrase opens the clause: "if", "in case", "provided that", "had … left"."""
        tokens = self.parse.tokens
        marks = [k.lower for k in self.parse.kids(at.i, "mark", "advmod", "prep") if k.i < at.i]
        if at.dep == "advcl" and (self._inverted(at) or any(self.hedges.get("condition", m) for m in marks)):
            return True
        if at.dep in ("pcomp", "ccomp") and tokens[at.head].lower in CONDITION_PREPOSITIONS:
            return True
        first = min(self.parse.subtree(at.i))
        for words in self.conditions:
            for start in (first, first - len(words)):
                opens = 0 <= start < len(tokens) and tokens[start].lower == words[0]
                if opens and tuple(t.lower for t in tokens[start : start + len(words)]) == words:
                    return True
        return False

    def _inverted(self, at: Token) -> bool:
        """ "had the fog lifted": an auxiliary before the subject opens a counterfactual condition."""
        aux, subject = self.parse.kid(at.i, "aux"), self.parse.kid(at.i, *SUBJECTS, "nsubjpass")
        if at.lower in INVERTING and at.i == self.parse.sentences[at.sent].first:
            return True
        if at.dep == "nsubj" and self.parse.tokens[at.head].lower in INVERTING:  # "were the army to split"
            return self.parse.tokens[at.head].i == self.parse.sentences[at.sent].first
        return aux is not None and subject is not None and aux.i < subject.i and aux.lower in INVERTING

    def _far_from(self, head: Token) -> bool:
        """ "It is far from certain that S", "anything but clear"."""
        words = [t.lower for t in self.parse.tokens[head.i + 1 : head.i + 3]]
        return head.lemma == "be" and words in (["far", "from"], ["anything", "but"])

    def _weighed(self, subject: Token) -> Setting | None:
        """ "Fears are growing that S": the clause belongs to the noun that is the subject."""
        cue = self.ground.cues.get(subject.lemma, "noun")
        if cue is None or cue.stance not in EVIDENCE:
            return None
        stance = self.ground.cues.stances[cue.stance]
        return Setting(stance.source, stance.realis)

    def _cleft(self, head: Token) -> Token | None:
        """ "It was not the army that shelled it": the copula of a cleft speaks for its relative clause."""
        copula = self.parse.tokens[head.head]
        it = self.parse.kid(copula.i, "nsubj")
        return copula if head.dep == "attr" and copula.lemma == "be" and it is not None and it.lower == "it" else None

    def _evidence(self, at: Token, head: Token) -> Setting | None:
        """ "indications that S": a noun that is no voice of its own holds its clause as far as its table says."""
        cue = self.ground.cues.get(head.lemma, "noun")
        if cue is None or at.i not in noun_clause(self.ground, head.i, cue):
            return None
        governor = self.parse.tokens[head.head]
        if self.clauses.nobody(head) or (
            head.dep in ("dobj", "attr") and self.parse.kid(governor.i, "neg") is not None
        ):
            return Setting(Commitment.CT_PLUS if cue.stance == "doubt" else Commitment.UU, None)  # "no doubt that S"
        stance = self.ground.cues.stances[cue.stance]
        return Setting(stance.source, stance.realis)

    def _of_noun(self, at: Token, head: Token, state: Local) -> tuple[Local, bool]:
        """ "attempt to seize", "plan to leave", "right to vote": an infinitive under a noun; participles are presupposed."""
        if not any(k.tag == "TO" for k in self.parse.kids(at.i, "aux")):
            return replace(state, reached=False), False
        entry = self.implicatives.get((head.lemma, "noun"))
        if entry is not None:
            judged = self.clauses.described(head, state)  # "a failed attempt"
            return judged if judged is not state else effect_on(entry.effect_in("to"), state, head.lemma), True
        return set_to(state, Setting(Commitment.PS_PLUS, Realis.PLANNED), f"infinitive of {head.lemma}"), True

    def _prepositional(self, at: Token, head: Token, state: Local) -> tuple[Local, bool]:
        """ "without firing", "succeeded in taking", "prevented X from leaving", "in an attempt to …"."""
        # "according to a union leader": what he is called is taken for granted
        if (at.dep == "prep" and head.lower == "according") or self.governors.free_relative(at):
            return replace(state, reached=False), False
        if at.dep in ("pcomp", "pobj") and head.dep in ("prep", "agent"):
            return self._behind(head, state)
        if at.dep == "prep":
            governor = self._held_by(head)
            if governor is None or at.lower not in governor.frames:
                head = self.parse.tokens[head.head] if head.dep in ("advmod", "acomp", "prt", "prep") else head
                governor = self.governors.implicative(head)
            if governor is not None and at.lower in governor.frames:
                return self._implied(governor, at.lower, head, state, reported=False), True
            if head.lemma in self.classes.copulas and at.lower in ("under", "in"):
                return self.clauses.of(head, state, reported=False), True
            if (open_ := self.governors.open_noun(head, at)) is not None:
                return open_(state), True
            if self.parse.kid(at.i, "pcomp") is None and head.pos in ("VERB", "AUX"):
                return replace(state, reached=True), False
        return state, True

    def _behind(self, preposition: Token, state: Local) -> tuple[Local, bool]:
        """What a preposition makes of the happening right behind it."""
        if preposition.lower == "without":
            return negate(state, "without"), False
        over = self.parse.tokens[preposition.head]
        if preposition.lower == "than" and any(k.lower == "rather" for k in self.parse.kids(over.i, "advmod")):
            return negate(state, "rather than"), False
        if self.hedges.get("presupposing", preposition.lower) or self._answers(preposition):
            return replace(state, reached=False), False
        return state, True

    def _answers(self, preposition: Token) -> bool:
        """ "wants an inquiry into the bombing", "vowed to retaliate for the raid": the word looks back on what happened."""
        word = self.parse.tokens[preposition.head]
        return preposition.dep == "prep" and self.hedges.get("presupposing", word.lemma) is not None

    def _held_by(self, head: Token) -> Implicative | None:
        """The implicative that takes a preposition: a predicate adjective, also where the preposition hangs on its copula."""
        adjective = (
            head
            if head.dep == "acomp"
            else self.parse.kid(head.i, "acomp")
            if head.lemma in self.classes.copulas
            else None
        )
        return self.governors.implicative(adjective) if adjective is not None else None

    def _participant(self, at: Token, head: Token, state: Local, *, reported: bool) -> tuple[Local, bool]:
        """An event noun as subject or object: light verbs and verbs of happening pass their clause on to it."""
        entry = self.governors.implicative(head)
        if at.dep == "dobj" and entry is not None and entry.aspect == "end" and going_on(self.parse, at, self.classes):
            return replace(state, reached=False), False  # "vowed to end the killings": there are killings
        if at.dep in ("dobj", "nsubjpass") and entry is not None and "object" in entry.frames:
            return self._implied(entry, "object", head, state, reported=reported), True
        if at.dep in ("dobj", "nsubjpass") and self.hedges.get("presupposing", head.lemma):
            return replace(state, reached=False), False  # "plans to avenge the raid"
        came = head.lemma in self.coming_about
        if at.dep in ("nsubj", "nsubjpass") and at.pos == "NOUN" and not came and indefinite(self.parse, at):
            own = self.clauses.of(head, Local(), reported=False)
            if own.realis is Realis.HYPOTHETICAL:  # "a strike on X could trigger a war": no strike is told
                return merge(state, own), True
        if at.dep == "nsubj" and (held := self._predicated(head)) is not None:
            state = set_to(state, held, f"{head.lemma} …")
        carried = head.lemma in self.classes.light if at.dep in ("dobj", "nsubjpass") else came
        if carried or at.dep in ("attr", "oprd"):
            return self.clauses.of(head, state, reported=reported, without=at.i), True
        return state, at.pos in ("VERB", "AUX")

    def _predicated(self, head: Token) -> Setting | None:
        """ "An attack looks imminent", "is unlikely", "remains a possibility": what the predicate says of its subject."""
        if head.lemma not in self.classes.copulas and self.hedges.get("raising", head.lemma) is None:
            return None
        for kid in self.parse.kids(head.i, "acomp", "oprd"):
            entry = self.governors.implicative(kid)
            if entry is not None and entry.effect is Effect.FUTURE and self.parse.kid(kid.i, "xcomp") is None:
                return SETTINGS[Effect.FUTURE]  # "is due in August"
            hedge = self.hedges.get("adjective", kid.lower)
            if hedge is not None and hedge.setting.value not in (None, Commitment.CT_PLUS, Commitment.UU):
                return hedge.setting
        for kid in self.parse.kids(head.i, "attr"):
            cue = self.ground.cues.get(kid.lemma, "noun")
            if cue is not None and cue.stance == "suspect" and cue.source == "none":
                return Setting(Commitment.PS_PLUS, Realis.HYPOTHETICAL)
        return None

    def _conjunct(self, at: Token, head: Token, state: Local, *, reported: bool) -> Local:
        """A conjunct without a subject shares the auxiliaries of the first; "or" and "nor" share its negation."""
        if self.parse.kid(at.i, *SUBJECTS, "nsubjpass", "aux", "auxpass"):
            return state
        first = self.clauses.of(head, Local(), reported=reported)
        if first.polarity is Polarity.NEGATIVE:
            cc = self.parse.kid(head.i, "cc")
            if cc is None or cc.lower not in ("or", "nor"):
                first = replace(first, value=negated(first.value), polarity=Polarity.POSITIVE)
        return merge(state, first)

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

    # -- moods and merging ------------------------------------------------------------------------------------------

    def _mood(self, top: Token, state: Local, content: frozenset[int] | None) -> Local:
        """A question asks; the clause at the top of a sentence that ends in a question mark is not said to hold."""
        sentence = self.parse.sentences[top.sent]
        last = self.parse.tokens[
            sentence.last - 1 if self.parse.tokens[sentence.last - 1].text not in '”"' else sentence.last - 2
        ]
        ahead = top.dep == "ROOT" and any(k.tag == "TO" for k in self.parse.kids(top.i, "aux"))
        if ahead and self.parse.kid(top.i, *SUBJECTS, "nsubjpass") is not None:  # "Moscow to deploy missiles"
            state = set_to(state, Setting(Commitment.PR_PLUS, Realis.PLANNED), "headline: to")
        if is_imperative(self.parse, top.i, self.classes.bare_infinitive):
            state = set_to(replace(state, value=Commitment.UU), Setting(Commitment.UU, Realis.PLANNED), COMMAND)
        asked = last.text == "?" and (content is None or last.i in content or last.i - 1 in content)
        return replace(state, value=Commitment.UU, realis=Realis.HYPOTHETICAL).because("question") if asked else state

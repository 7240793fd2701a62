"""Grammatical functions over a dependency parse: who is the subject of what, through passives, control and relatives.

In: a Parse. Out: for a verb or an event noun its slots: ``subj`` and ``obj`` (logical, so the agent of a passive is the
subject), ``iobj``, ``comp``, ``prt``, one slot per preposition, and for nouns ``poss``, ``amod``, ``compound``, ``bearer``
(that which is *under control*); values are token indices of heads, conjuncts included. Rules are those of English
grammar (Huddleston & Pullum) on ClearNLP labels. It does not resolve pronouns; beside function words it knows the
turns of phrase of ``lexicon/en/classes.yml``.
"""

from __future__ import annotations

from khabar.lexicon.classes import WordClasses
from khabar.lexicon.entities import EntityWords
from khabar.read.imperatives import is_imperative
from khabar.read.phrases import of_whomever
from khabar.read.tokens import Parse, Token
from khabar.read.turns import (
    agents,
    bare_gerund,
    closes_list,
    first_listed,
    gap_elsewhere,
    hyphened,
    may_be_somebody,
    named_before,
    of_relative,
    of_whole_clause,
    relative_clause,
    stranded_clause,
    stranded_subject,
    whose_doing,
)

Slots = dict[str, tuple[int, ...]]

SUBJECTS = ("nsubj", "csubj", "expl")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
RELATIVES = frozenset({"WDT", "WP", "WP$"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


def is_passive(parse: Parse, i: int) -> bool:
    """Whether a verb is a passive participle: by its auxiliary, its subject's label, or as a reduced relative."""
    token = parse.tokens[i]
    if parse.kid(i, "auxpass", "nsubjpass"):
        return True
    if token.tag != "VBN":
        return False
    if token.dep in ("acl", "amod", "acomp") or (token.dep == "advcl" and not parse.kid(i, "aux", *SUBJECTS)):
        return not parse.kid(i, "aux")
    if token.dep == "conj" and not parse.kid(i, "aux", *SUBJECTS):
        return is_passive(parse, token.head)
    return not parse.kid(i, "aux", *SUBJECTS) and bool(parse.kid(i, "agent"))


def conjuncts(parse: Parse, i: int) -> tuple[int, ...]:
    """A head and what is conjoined with it, in order."""
    out, at = [i], 0
    while at < len(out):
        out.extend(k.i for k in parse.kids(out[at], "conj") if k.pos in NOUNS or k.tag == "VBG")
        at += 1
    return tuple(sorted(out))


class Syntax:
    """The slots of every predicate of a parse, worked out once each."""

    def __init__(self, parse: Parse, classes: WordClasses, words: EntityWords) -> None:
        self.parse = parse
        self.classes = classes
        self.words = words
        self._slots: dict[int, Slots] = {}
        self._busy: set[int] = set()

    def slots(self, i: int) -> Slots:
        """Slots of a verb, noun or adjective; empty slots are left out."""
        if i not in self._slots:
            if i in self._busy:
                return {}
            self._busy.add(i)
            token = self.parse.tokens[i]
            verbal = token.pos in ("VERB", "AUX") or token.tag.startswith("VB")
            self._slots[i] = self._verb(token) if verbal else self._noun(token)
            self._busy.discard(i)
        return self._slots[i]

    def subject(self, i: int) -> tuple[int, ...]:
        """Heads of the logical subject."""
        return self.slots(i).get("subj", ())

    # -- verbs ------------------------------------------------------------------------------------------------------

    def _verb(self, token: Token) -> Slots:
        parse, out = self.parse, {}
        passive = is_passive(parse, token.i)
        subject = self._surface_subject(token)
        if passive:
            out["obj"] = subject
            by = agents(parse, token, self.words)
            out["subj"] = tuple(k for agent in by for k in self._objects_of(agent)) or hyphened(self.parse, token)
        else:
            out["subj"] = subject
        self._complements(token, out)
        if token.dep in ("amod", "compound") and bare_gerund(self.parse, token):
            out["obj"] = conjuncts(self.parse, token.head)
        self._prepositions(token.i, out)
        if token.dep == "relcl":
            self._fill_gap(token, out)
        return {slot: heads for slot, heads in out.items() if heads}

    def _surface_subject(self, token: Token) -> tuple[int, ...]:
        """The subject as the clause has it, or as it is shared, controlled or understood."""
        own = self._own_subject(token)
        if own is not None:
            if own.dep == "expl":
                return ()
            return self._antecedent(own, token)
        return (
            self._told(token)
            if is_imperative(self.parse, token.i, self.classes.bare_infinitive)
            else self._understood(token)
        )

    def _told(self, command: Token) -> tuple[int, ...]:
        """Whoever is told to do it, not who tells: "Open the gates," the general told the guards."""
        if command.head == command.i:
            return ()
        if command.dep == "conj":
            return self._shared(self.parse.tokens[command.head])
        slots = self.slots(command.head)
        return slots.get("iobj") or slots.get("obj", ())

    def _own_subject(self, token: Token) -> Token | None:
        """The clause's subject; of two the one that is no relative and stands nearest before the verb."""
        own = list(self.parse.kids(token.i, *SUBJECTS, *PASSIVE_SUBJECTS))
        if not own:  # "envoys are mediating": now and then the parser hangs the subject on the auxiliary
            own = [k for aux in self.parse.kids(token.i, "aux", "auxpass") for k in self.parse.kids(aux.i, *SUBJECTS)]
        if not own:
            return stranded_subject(self.parse, token)
        real = [k for k in own if k.tag not in RELATIVES] or own
        before = [k for k in real if k.i < token.i]
        return before[-1] if before else real[0]

    def _antecedent(self, own: Token, verb: Token) -> tuple[int, ...]:
        """A relative pronoun stands for the noun that its clause modifies."""
        if own.tag in RELATIVES:
            clause = relative_clause(self.parse, verb)
            if clause is not None:
                return conjuncts_of_phrase(self.parse, whose_doing(self.parse, clause.head, verb, self.words))
        return conjuncts(self.parse, own.i)

    def _understood(self, token: Token) -> tuple[int, ...]:
        """Subject of a verb without one: by what it hangs on."""
        head = self.parse.tokens[token.head]
        if head.i == token.i:
            return ()
        if token.dep == "conj":
            return self._shared(head)
        if token.dep in ("xcomp", "ccomp"):
            return of_relative(self.parse, token, self.words) or self._controller(head)
        if token.dep in ("advcl", "dep", "parataxis"):
            slots = self.slots(head.i)
            if not is_passive(self.parse, head.i):
                return slots.get("subj") or slots.get("obj", ())
            doing = token.tag == "VBG" and token.i > head.i
            return (slots.get("subj") if doing else ()) or slots.get("obj", ())
        if token.dep == "pcomp":
            return self._of_gerund(head)
        if token.dep == "acomp":
            return self.slots(head.i).get("subj", ())
        return self._modified(token, head)

    def _modified(self, token: Token, head: Token) -> tuple[int, ...]:
        """Subject of a clause or participle under a noun: the noun; of an infinitive, whose plan or attempt it is."""
        if token.dep == "acl" and token.tag == "VBG" and head.lemma in self.classes.writings and head.dep == "dobj":
            return self._governor_subject(head)
        if token.dep == "relcl" or (token.dep == "acl" and token.tag in ("VBG", "VBN")):
            listed = conjuncts(self.parse, first_listed(self.parse, head).i)
            return listed if closes_list(self.parse, token, listed) else conjuncts_of_phrase(self.parse, head.i)
        if token.dep == "acl":
            slots = self.slots(head.i)
            return (
                slots.get("poss") or slots.get("subj") or named_before(self.parse, head) or self._governor_subject(head)
            )
        if token.dep in ("amod", "compound"):
            return self._of_gerund(self.parse.tokens[head.head]) if bare_gerund(self.parse, token) else (head.i,)
        return ()

    def _shared(self, head: Token) -> tuple[int, ...]:
        """A conjoined verb takes the surface subject of the first."""
        if head.pos not in ("VERB", "AUX") and not head.tag.startswith("VB"):
            return ()
        slots = self.slots(head.i)
        return slots.get("obj", ()) if is_passive(self.parse, head.i) else slots.get("subj", ())

    def _controller(self, head: Token) -> tuple[int, ...]:
        """An infinitive's subject is the object of its governor if there is one ("urged X to leave"), else the subject."""
        if head.pos not in ("VERB", "AUX"):
            slots = self.slots(head.i)
            return slots.get("subj") or slots.get("poss", ())
        slots = self.slots(head.i)
        if is_passive(self.parse, head.i):
            return slots.get("obj") or slots.get("subj", ())
        if head.lemma in self.classes.own_will:
            return slots.get("subj", ())
        objects = tuple(o for o in slots.get("obj", ()) if self.parse.tokens[o].dep in ("dobj", "conj", "nsubj"))
        if not objects and head.lemma in self.classes.appealing:  # "called on both sides to return"
            objects = tuple(o for word in ("on", "upon", "to", "with", "for") for o in slots.get(word, ()))
        return objects or slots.get("iobj") or slots.get("subj", ())

    def _governor_subject(self, noun: Token) -> tuple[int, ...]:
        """ "announced a plan to withdraw": the subject of the verb that the noun is an object of."""
        head = self.parse.tokens[noun.head]
        if noun.dep == "pobj" and head.dep == "prep":
            head = self.parse.tokens[head.head]
        if head.i != noun.i and head.pos in ("VERB", "AUX"):
            return self.slots(head.i).get("subj", ())
        return ()

    def _of_gerund(self, preposition: Token) -> tuple[int, ...]:
        """ "accused X of doing", "quoted X as saying": the governor's object; else its subject; a noun's possessor."""
        governor = self.parse.tokens[preposition.head]
        while governor.dep in ("prep",) and governor.head != governor.i:
            governor = self.parse.tokens[governor.head]
        first = first_listed(self.parse, governor)
        if first.dep == "dobj" and preposition.lower in ("of", "for", "from") and may_be_somebody(first, self.words):
            return conjuncts(self.parse, first.i)  # "accused soldiers and guards of burning": hung on the object
        slots = self.slots(governor.i)
        if governor.pos in ("VERB", "AUX") or governor.tag.startswith("VB"):
            if preposition.lower in ("of", "for", "as", "from", "with", "over") and slots.get("obj"):
                return slots["obj"]
            return slots.get("subj") or slots.get("obj", ())
        return slots.get("poss") or slots.get("by") or slots.get("subj") or self._governor_subject(governor)

    def _complements(self, token: Token, out: Slots) -> None:
        """Direct and indirect objects, complement clauses, particles."""
        parse = self.parse
        objects: list[int] = []
        for kid in parse.kids(token.i):
            if kid.dep == "dobj":
                objects.extend(self._thing(kid, token))
            elif kid.dep in ("attr", "oprd"):
                out[kid.dep] = conjuncts(parse, kid.i)
            elif kid.dep == "dative":
                out["iobj"] = conjuncts(parse, kid.i) if kid.pos != "ADP" else tuple(self._objects_of(kid))
            elif kid.dep in ("ccomp", "xcomp") and not self._set_off(kid, token):
                out["comp"] = (*out.get("comp", ()), kid.i)
                self._small_clause(kid, out, objects)
                if any(k.tag == "TO" for k in parse.kids(kid.i, "aux")):
                    out["inf"] = (*out.get("inf", ()), kid.i)
            elif kid.dep == "prt":
                out["prt"] = (kid.i,)
            elif kid.dep in ("acomp", "intj"):
                out[kid.dep] = (kid.i,)
            if kid.dep in ("ccomp", "xcomp", "advcl"):
                self._for_to(kid, out)
        objects = objects or self._counted_up_to(token)
        if objects:
            out["obj"] = (*out.get("obj", ()), *objects)
        if token.dep == "conj" and "obj" not in out and not out.get("comp"):
            self._shared_object(token, out)

    def _set_off(self, clause: Token, verb: Token) -> bool:
        """ "The ministry said S; the rebels denied it": a clause before the verb and a semicolon is none of its own."""
        return clause.i < verb.i and any(t.text == ";" for t in self.parse.tokens[clause.i : verb.i])

    def _thing(self, kid: Token, verb: Token) -> tuple[int, ...]:
        """The direct object; of a relative pronoun what it stands for, unless that is all that was told before."""
        return (kid.i,) if of_whole_clause(self.parse, kid, self.words) else self._antecedent(kid, verb)

    def _for_to(self, kid: Token, out: Slots) -> None:
        """ "called for X to leave", "set a deadline for X to leave": a complement, and X what is called "for"."""
        mark, own = self.parse.kid(kid.i, "mark"), self.parse.kid(kid.i, "nsubj", "nsubjpass")
        if mark is not None and own is not None and mark.lower == "for":
            out["for"] = (*out.get("for", ()), *conjuncts(self.parse, own.i))
            out["comp"] = tuple(dict.fromkeys((*out.get("comp", ()), kid.i)))

    def _small_clause(self, kid: Token, out: Slots, objects: list[int]) -> None:
        """ "found X guilty": the object with what is said of it; "wants X to leave": a complement with its own subject."""
        own = [k for k in self.parse.kids(kid.i, "nsubj") if k.i < kid.i]
        if not own or self.parse.kid(kid.i, "mark"):
            return
        if kid.pos == "ADJ" and self.parse.kid(kid.i, "aux", "cop") is None:
            objects.extend(conjuncts(self.parse, own[0].i))
            out["oprd"] = (kid.i,)
        elif kid.tag == "VB":
            out["clause"] = (*out.get("clause", ()), kid.i)

    def _counted_up_to(self, token: Token) -> list[int]:
        """ "killed up to 40 people": the words before the number, taken for a particle and a preposition."""
        parse = self.parse
        for up in parse.kids(token.i, "prt", "prep", "advmod"):
            to = parse.tokens[up.i + 1] if up.i + 1 < len(parse.tokens) else up
            if up.lower == "up" and to.lower == "to" and to.dep == "prep" and to.head in (up.i, token.i):
                counted = [k for k in self._objects_of(to) if parse.kid(k, "nummod")]
                if counted:
                    return counted
        return []

    def _shared_object(self, token: Token, out: Slots) -> None:
        """ "bombed and shelled the camp": the parser hangs the object on one verb only; the other shares it if adjacent."""
        head = self.parse.tokens[token.head]
        later = self.parse.kid(head.i, "dobj")
        if later is not None and later.i > token.i:
            out["obj"] = conjuncts(self.parse, later.i)

    def _objects_of(self, preposition: Token) -> list[int]:
        """Heads of a preposition's object, through a second preposition ("out of X")."""
        out: list[int] = []
        for kid in self.parse.kids(preposition.i, "pobj", "pcomp", "prep"):
            if kid.dep == "prep":
                out.extend(self._objects_of(kid))
            elif kid.dep == "pobj":
                out.extend(conjuncts(self.parse, kid.i))
            else:
                out.append(kid.i)
        return out

    def _prepositions(self, i: int, out: Slots) -> None:
        """One slot per preposition; of a chain both words ("out of X" fills out and of)."""
        hung = [k for adverb in self.parse.kids(i, "advmod") for k in self.parse.kids(adverb.i, "prep")]
        for kid in (*self.parse.kids(i, "prep", "agent", "dative"), *hung):
            if (kid.pos != "ADP" and kid.dep == "dative") or (kid.dep == "agent" and is_passive(self.parse, i)):
                continue
            if kid.lower == "according":
                continue  # whom it is "according to" takes no part in it
            heads = tuple(self._objects_of(kid))
            beyond = self._beyond(heads)
            if beyond:
                out["near"] = (*out.get("near", ()), *beyond)
                continue
            for word in (kid, *self.parse.kids(kid.i, "prep")):
                if heads:
                    out[word.lower] = (*out.get(word.lower, ()), *heads)

    def _beyond(self, heads: tuple[int, ...]) -> tuple[int, ...]:
        """ "in front of the bank", "at the side of the road": the place is what stands behind "of"."""
        if len(heads) != 1 or self.parse.tokens[heads[0]].lemma not in self.classes.sides:
            return ()
        return tuple(h for of in self.parse.kids(heads[0], "prep") if of.lower == "of" for h in self._objects_of(of))

    def _fill_gap(self, token: Token, out: Slots) -> None:
        """A relative clause with a subject but no object: "the town (that) rebels seized" """
        parse = self.parse
        own = parse.kid(token.i, *SUBJECTS)
        if own is None or own.tag in RELATIVES or "obj" in out or is_passive(parse, token.i):
            return
        if out.get("subj") and token.head not in out["subj"] and not gap_elsewhere(parse, token):
            out["obj"] = conjuncts_of_phrase(parse, token.head)

    # -- nouns ------------------------------------------------------------------------------------------------------

    def _noun(self, token: Token) -> Slots:
        parse, out = self.parse, {}
        for kid in parse.kids(token.i):
            if kid.dep == "poss":
                out["poss"] = conjuncts(parse, kid.i)
            elif kid.dep in ("amod", "compound", "nmod", "nummod"):
                out[kid.dep] = (*out.get(kid.dep, ()), *conjuncts(parse, kid.i))
            elif kid.dep in ("acl", "relcl", "ccomp", "xcomp") and not is_passive(parse, kid.i):
                out["comp"] = (*out.get("comp", ()), kid.i)
            elif kid.dep == "acl" and kid.lemma in self.classes.light | self.classes.done_by:
                agents = [k for agent in parse.kids(kid.i, "agent") for k in self._objects_of(agent)]
                out["subj"] = (*out.get("subj", ()), *agents)
        self._prepositions(token.i, out)
        self._support(token, out)
        if "comp" not in out and token.dep == "dobj":
            out["comp"] = stranded_clause(self.parse, token)
        return {slot: heads for slot, heads in out.items() if heads}

    def _support(self, token: Token, out: Slots) -> None:
        """What the noun gets from its governor: light verb, copula, apposition, preposition, noun that only carries it."""
        head = self.parse.tokens[token.head]
        if token.dep == "conj":
            for slot in ("subj", "poss", "between", "with"):
                out.setdefault(slot, self.slots(token.head).get(slot, ()))
        elif (token.dep == "compound" and head.lemma in self.classes.carriers) or (
            token.dep in ("dobj", "nsubjpass") and head.lemma in self.classes.light
        ):
            whose = "subj" if head.lemma in self.classes.ending and of_whomever(self.parse, token) else None
            self._lend({slot: heads for slot, heads in self.slots(head.i).items() if slot != whose}, token, out)
        elif token.dep in ("attr", "acomp"):
            out["subj"] = self.slots(head.i).get("subj", ())
            self._prepositions(head.i, out)
        elif token.dep == "nsubj" and head.lemma in self.classes.raging:
            for slot in ("between", "among", "with", "against"):
                out.setdefault(slot, self.slots(head.i).get(slot, ()))
        elif token.dep == "appos":
            out["subj"] = (token.head,)
        elif token.dep == "pobj":
            self._under_preposition(token, head, out)

    def _lend(self, slots: Slots, noun: Token, out: Slots) -> None:
        """The slots of a governor that says nothing else, where the noun has none of its own."""
        for slot, heads in slots.items():
            if slot not in ("obj", "comp", "prt") and not out.get(slot):
                out[slot] = tuple(h for h in heads if h != noun.i)

    def _under_preposition(self, token: Token, head: Token, out: Slots) -> None:
        """ "described as a threat", "with the help of X", "under the control of X", "two weeks of talks"."""
        parse, governor = self.parse, self.parse.tokens[head.head]
        if head.lower == "as":
            out["subj"] = self.slots(head.head).get("obj", ())
        elif head.lower == "with":
            out["with_subj"], out["with_of"] = self.slots(head.head).get("subj", ()), out.get("of", ())
        elif head.lower in ("for", "to") and governor.lemma in self.classes.coming:
            out["subj"] = self.slots(governor.i).get("subj", ())
        elif head.lower == "of" and governor.lemma in self.classes.measures and governor.dep == "pobj":
            prep = parse.tokens[governor.head]
            if prep.lower == "for" and parse.tokens[prep.head].lemma in self.classes.coming:
                out["subj"] = self.slots(prep.head).get("subj", ())
        elif head.lower == "of" and governor.lemma in self.classes.measures and governor.dep in ("dobj", "nsubjpass"):
            verb = parse.tokens[governor.head]
            if verb.lemma in self.classes.light:
                self._lend(self.slots(verb.i), token, out)
        elif head.lower == "in" and governor.lemma in self.classes.partaking:
            self._lend(self.slots(governor.i), token, out)
        elif head.lower == "on" and governor.lemma in self.classes.copulas:
            out["bearer"] = self.slots(governor.i).get("subj", ())
        elif head.lower in ("under", "in"):
            self._borne(governor, head, out)

    def _borne(self, governor: Token, head: Token, out: Slots) -> None:
        """ "the town is under siege", "came under fire from X", "in support of X, Y did …": the bearer, and who does it."""
        before = self.parse.tokens[head.i - 1] if head.i else governor
        above = self.slots(governor.i)
        if head.lower == "under" and governor.lemma in self.classes.bearing:
            out["under_subj"] = above.get("subj", ())
            for slot in ("from", "by"):
                out.setdefault(slot, above.get(slot, ()))
        if governor.lemma in self.classes.copulas | self.classes.bearing:
            out["bearer"] = above.get("subj", ())
        elif governor.pos == "VERB" and is_passive(self.parse, governor.i) and before.i == governor.i:
            out["bearer"] = above.get("obj", ())
        else:
            out["bearer"] = (before.i,) if before.tag.startswith("NN") else self._actors_in(governor, head)

    def _actors_in(self, verb: Token, preposition: Token) -> tuple[int, ...]:
        """ "in support of X, Y did …": who does it, where a phrase of purpose opens the clause or follows its verb."""
        doing = preposition.lower == "in" and verb.pos == "VERB" and not is_passive(self.parse, verb.i)
        return (self.slots(verb.i).get("subj", ()) if doing else ()) or (verb.i,)


def conjuncts_of_phrase(parse: Parse, i: int) -> tuple[int, ...]:
    """The noun a clause modifies, with the conjuncts before it when it closes a list ("A and B, who …" stays B)."""
    return (i,) if parse.tokens[i].pos in NOUNS or parse.tokens[i].tag.startswith("NN") else ()

"""How a trigger is said: as a verb with its particle, as the verb that a noun stands for, or as a noun that there was.

In: the look-ups of an article and a predication. Out: a Predicate: words and a tense. Verb or noun is told from the form
of the trigger, the words around it and the slots that its arguments stand in ("Mara's visit": poss). Past is the rule;
states (``stative`` in ``word_lists.yml``, nouns like "leader") are present, save where the text itself puts them in the past.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from khabar.model.claims import Predication, Relation, Role
from khabar.model.factuality import Realis
from khabar.model.spans import Span
from khabar.show.naming import Names
from khabar.show.verbs import gerund, noun_verbs, participle, past, third, word_list

WORD_BEFORE = re.compile(r"([^\s,;:()“”\"]+)[\s“\"]*$")
POSSESSIVE = ("’s", "'s")
NOUN_SLOTS = frozenset({"poss", "amod", "compound", "bearer"})
"""slots that only a noun has"""
NEAR = 12
"""code points between a subject and its verb"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """``word`` is a verb's base form, or a noun if ``noun``. ``from_noun``: the text has a noun where a verb is said."""

    word: str
    tense: str
    noun: bool = False
    plural: bool = False
    from_noun: bool = False
    place: str = ""
    """preposition of a place that falls away ("visit to X" -> "visited X")"""


def predicate_of(names: Names, predication: Predication, *, acted: bool) -> Predicate:
    """How a trigger is said. ``acted``: somebody acts, so that a noun may become its verb."""
    seen, lemma = predication.trigger.cut(names.text).lower(), predication.lemma
    if not is_noun(names, predication):
        verb = with_rest(predication.trigger.cut(names.text), lemma)
        return Predicate(word=as_state(names, predication, verb), tense=tense(names, predication, verb))
    known = noun_verbs().get(lemma)
    kind = "present" if predication.realis is Realis.GENERIC else "past"
    if known is not None and (acted or known.verb.startswith("be ")):
        ongoing = predication.realis is Realis.ONGOING and not known.tense
        found = "progressive" if ongoing else known.tense or kind
        return Predicate(word=known.verb, tense=found, from_noun=True, place=known.place)
    last = seen.rsplit(" ", 1)[-1]
    plural = last != lemma and last.endswith("s") and not last.endswith("ss")
    return Predicate(word=last if plural else lemma, tense=kind, noun=True, plural=plural, from_noun=True)


def with_rest(trigger: str, lemma: str) -> str:
    """The verb with what else the trigger holds: "take" in "taken over" -> "take over", "played a key role"."""
    first, _, rest = trigger.partition(" ")
    forms = {lemma, past(lemma), participle(lemma), third(lemma), gerund(lemma)}
    return f"{lemma} {rest}" if rest and first.lower() in forms else lemma


def tense(names: Names, predication: Predication, verb: str) -> str:
    """Past, present or progressive of a verb in the actual world."""
    state = is_state(predication, verb)
    if predication.realis is Realis.GENERIC:
        return "present"
    if predication.realis is Realis.ONGOING:
        return "present" if state else "progressive"
    if not state:
        return "past"
    base = verb.partition(" ")[0]
    seen = predication.trigger.cut(names.text).lower().partition(" ")[0]
    return "past" if seen in {past(base), participle(base)} and not reduced(names, predication) else "present"


def is_state(predication: Predication, verb: str) -> bool:
    """Whether a verb tells of a state; "headed to X" does not."""
    return verb.partition(" ")[0] in word_list("stative") and predication.relation is not Relation.MOVE


def reduced(names: Names, predication: Predication) -> bool:
    """Whether a participle stands without its verb: "led by X", "allied to X"."""
    after = names.text[predication.trigger.end :].split(maxsplit=1)[:1]
    return after in (["by"], ["to"], ["with"]) and word_before(names.text, predication.trigger) not in word_list(
        "finished"
    )


def as_state(names: Names, predication: Predication, verb: str) -> str:
    """ "allied to X" -> "be allied"."""
    after = names.text[predication.trigger.end :].split(maxsplit=1)[:1]
    seen = predication.trigger.cut(names.text).lower()
    passive = is_state(predication, verb) and seen == participle(verb) and reduced(names, predication)
    return f"be {participle(verb)}" if passive and after != ["by"] else verb


def is_noun(names: Names, predication: Predication) -> bool:
    """Whether the trigger is a noun or an adjective."""
    seen, lemma = predication.trigger.cut(names.text).lower(), predication.lemma
    first = seen.partition(" ")[0]
    if (first in {past(lemma), participle(lemma)} and first != lemma) or " " in lemma:
        return False
    if any(a.rule in NOUN_SLOTS for a in predication.arguments):
        return True
    if first == gerund(lemma):
        return False
    if first not in {lemma, third(lemma)}:
        return True
    before = word_before(names.text, predication.trigger)
    if before in word_list("verb_before"):
        return False
    return before in word_list("noun_before") or lemma in noun_verbs() or not _after_subject(names, predication)


def word_before(text: str, span: Span) -> str:
    """The word before a span in lower case; "’s" after a possessive; "" after punctuation."""
    found = WORD_BEFORE.search(text[max(0, span.start - 40) : span.start])
    word = found.group(1).lower() if found else ""
    return "’s" if word.endswith(POSSESSIVE) else word


def _after_subject(names: Names, predication: Predication) -> bool:
    """Whether an actor that owns nothing stands right before the trigger: then the same form is a finite verb."""
    for argument in predication.fillers(Role.ACTOR):
        if argument.span is not None and 0 < predication.trigger.start - argument.span.end <= NEAR:
            words = argument.span.cut(names.text).lower()
            return words not in word_list("possessives") and not words.endswith(POSSESSIVE)
    return False

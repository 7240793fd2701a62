"""How a trigger is said: as a verb with its particle, as the verb that a noun stands for, or as a noun that there was.

In: the look-ups of an article and a predication. Out: a Predicate: words and a tense. Verb or noun is told from the form
of the trigger, the words around it and the slots that its arguments stand in ("Mara's visit": poss). Past is the rule;
states (``stative`` in ``word_lists.yml``, nouns like "leader") are present, save where the text itself puts them in the past.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from khabar.model.claims import Predication, Relation, Role
from khabar.model.factuality import Realis
from khabar.model.spans import Span
from khabar.show.naming import Names
from khabar.show.verbs import gerund, noun_verbs, participle, past, third, word_list

WORD_BEFORE = re.compile(r"([^\s,;:()“”\"]+)[\s“\"]*$")
POSSESSIVE = ("’s", "'s")
NOUN_SLOTS = frozenset({"poss", "amod", "compound", "bearer"})
"""slots that only a noun has"""
PARTICLE = re.compile(r"[ ]+([A-Za-z]+)\b([ ]*(?:[.,;:!?\n]|and\b|as\b|$))?")
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


PREFIX = re.compile(r"\b(under|over|re|mis|co|pre|out|cross|counter|double)-$", re.IGNORECASE)


def prefixed(names: Names, predication: Predication) -> Predication:
    """A verb with the prefix that a hyphen parts from it: "under-reported" is not "reported"."""
    found = PREFIX.search(names.text[max(0, predication.trigger.start - 10) : predication.trigger.start])
    if found is None:
        return predication
    trigger = Span(predication.trigger.start - len(found.group()), predication.trigger.end)
    return replace(predication, trigger=trigger, lemma=f"{found.group().lower()}{predication.lemma}")


def predicate_of(names: Names, predication: Predication, *, acted: bool) -> Predicate:
    """How a trigger is said. ``acted``: somebody acts, so that a noun may become its verb."""
    seen, lemma = predication.trigger.cut(names.text).lower(), predication.lemma
    if lemma == "miss" and seen == "missing" and not any(a.rule == "obj" for a in predication.arguments):
        return Predicate(word="be missing", tense="past" if predication.realis is not Realis.GENERIC else "present")
    if not is_noun(names, predication):
        verb = with_particle(names, predication, with_rest(predication.trigger.cut(names.text), lemma))
        return Predicate(word=as_state(names, predication, verb), tense=tense(names, predication, verb))
    known = noun_verbs().get(lemma)
    if known is None and predication.relation is Relation.LEAD:
        known = noun_verbs()["leader"]
    kind = "present" if predication.realis is Realis.GENERIC else "past"
    if known is not None and (acted or known.verb.startswith("be ")):
        ongoing = predication.realis is Realis.ONGOING and not known.tense
        found = "progressive" if ongoing else known.tense or kind
        return Predicate(word=known.verb, tense=found, from_noun=True, place=known.place)
    last = seen.rsplit(" ", 1)[-1]
    if last == gerund(lemma):
        return Predicate(word=last, tense=kind, noun=True, from_noun=True)
    plural = last != lemma and last.endswith("s") and not last.endswith("ss")
    return Predicate(word=last if plural else lemma, tense=kind, noun=True, plural=plural, from_noun=True)


def with_rest(trigger: str, lemma: str) -> str:
    """The verb with what else the trigger holds: "take" in "taken over" -> "take over", "played a key role"."""
    first, _, rest = trigger.partition(" ")
    forms = {lemma, past(lemma), participle(lemma), third(lemma), gerund(lemma)}
    return f"{lemma} {rest}" if rest and first.lower() in forms else lemma


def with_particle(names: Names, predication: Predication, verb: str) -> str:
    """The verb with an adverb that stands right behind it: "pull" in "pulled out", "close" in "closed in."."""
    _, plus, particle = predication.rule.partition("+")
    if plus and particle in word_list("particles") and " " not in verb:
        return f"{verb} {particle}"
    found = PARTICLE.match(names.text, predication.trigger.end)
    if found is None or " " in verb:
        return verb
    word, mark = found.group(1).lower(), found.group(2)
    always = word in word_list("particles")
    inside = (found.start(1), found.end(1))  # "accept up to 100": "up" belongs to the number
    taken = any(a.span is not None and a.span.start in inside for a in predication.arguments)
    return f"{verb} {word}" if not taken and (always or (mark and word in {"in", "on", "over"})) else verb


def is_passive(names: Names, predication: Predication) -> bool:
    """Whether the text has the participle in the passive: "were moved", "led by X"."""
    base = predication.lemma.partition(" ")[0]
    seen = predication.trigger.cut(names.text).lower().partition(" ")[0]
    if seen != participle(base):
        return False
    start = max(0, predication.trigger.start - 40)
    before = re.split(r"[.,;:!?]", names.text[start : predication.trigger.start])[-1].lower().split()
    while before and (before[-1].endswith("ly") or before[-1] in word_list("between")):
        before.pop()
    return bool(before) and before[-1] in word_list("auxiliary") | {"being", "get", "got"}


def tense(names: Names, predication: Predication, verb: str) -> str:
    """Past, present or progressive of a verb in the actual world."""
    state = is_state(predication, verb)
    if predication.realis is Realis.GENERIC:
        return "present"
    if predication.realis is Realis.ONGOING:
        return "present" if state else "progressive"
    if not state:
        return "past_progressive" if was_doing(names, predication) else "past"
    base = verb.partition(" ")[0]
    seen = predication.trigger.cut(names.text).lower().partition(" ")[0]
    if names.text.endswith("-", 0, predication.trigger.start):
        return "present"
    if seen == base and predication.relation is None and word_before(names.text, predication.trigger) == "to":
        return "past"
    return "past" if seen in {past(base), participle(base)} and not reduced(names, predication) else "present"


def was_doing(names: Names, predication: Predication) -> bool:
    """Whether the text has "was" before the -ing form."""
    seen = predication.trigger.cut(names.text).lower().partition(" ")[0]
    before = names.text[max(0, predication.trigger.start - 24) : predication.trigger.start].lower().split()
    while before and before[-1] in word_list("between"):
        before.pop()
    return seen == gerund(predication.lemma.partition(" ")[0]) and before[-1:] in (["was"], ["were"])


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
    active = verb.partition(" ")[0] in word_list("active_only")
    passive = not active and is_state(predication, verb) and seen == participle(verb) and reduced(names, predication)
    return f"be {participle(verb)}" if passive and after != ["by"] else verb


def is_noun(names: Names, predication: Predication) -> bool:
    """Whether the trigger is a noun or an adjective."""
    seen, lemma = predication.trigger.cut(names.text).lower(), predication.lemma
    if _surely_verb(names, predication):
        return False
    first = seen.partition(" ")[0]
    spelt = first.startswith(lemma[:-1]) and first != lemma  # "travelled", "traveled"
    inflected = (first in {past(lemma), participle(lemma)} and first != lemma) or " " in lemma
    inflected = inflected or (spelt and first.endswith("ed"))
    never = lemma in word_list("never_nouns") and first in {lemma, third(lemma)}
    if inflected or never or (first == participle(lemma) and is_passive(names, predication)):
        return False
    if any(a.rule in NOUN_SLOTS for a in predication.arguments):
        return True
    if first == gerund(lemma) or (spelt and first.endswith("ing")):
        acting = any(a.role is Role.ACTOR or a.rule == "subj" for a in predication.arguments)
        opened = word_list("prepositions") | word_list("noun_before")
        return not acting and not predication.arguments and word_before(names.text, predication.trigger) in opened
    if first not in {lemma, third(lemma)}:
        return True
    before = word_before(names.text, predication.trigger)
    if before.endswith("ly"):  # "did not immediately respond"
        adverb = names.text.rfind(before, 0, predication.trigger.start)
        before = word_before(names.text, Span(max(adverb, 0), max(adverb, 0)))
    if before in word_list("verb_before") | word_list("noun_before"):
        return before not in word_list("verb_before")
    if _after_subject(names, predication):
        return first == lemma and lemma in noun_verbs()
    return True


def _surely_verb(names: Names, predication: Predication) -> bool:
    """Whether the reader took it for a verb with a subject, or subject and object stand around it."""
    subject = any(a.rule == "subj" for a in predication.arguments)
    slots = any(a.rule in NOUN_SLOTS for a in predication.arguments)
    return subject and (predication.rule == "untyped verb" or (not slots and _takes_object(names, predication)))


def _takes_object(names: Names, predication: Predication) -> bool:
    """Whether an object stands right behind the trigger, with no preposition between: "says help Russia"."""
    behind = [a.span.start for a in predication.arguments if a.rule == "obj" and a.span is not None]
    if any(names.text[predication.trigger.end : at].isspace() for at in behind):
        return True
    after = names.text[predication.trigger.end : predication.trigger.end + 24]
    word = after.split(maxsplit=1)[0] if after[:1] == " " and after.strip() else ""
    opened = word[:1].isupper() or word.lower() in {"the", "a", "an"} | word_list("possessives")
    held = any(a.predication_id is not None for a in predication.arguments)
    return predication.relation not in {Relation.LEAD, Relation.PART_OF, Relation.ALLY} and opened and held


def word_before(text: str, span: Span) -> str:
    """The word before a span in lower case; "’s" after a possessive; "" after punctuation."""
    found = WORD_BEFORE.search(text[max(0, span.start - 40) : span.start])
    word = found.group(1).lower() if found else ""
    return "’s" if word.endswith(POSSESSIVE) else word


def _after_subject(names: Names, predication: Predication) -> bool:
    """Whether a subject that owns nothing stands right before the trigger: then the same form is a finite verb."""
    for argument in predication.arguments:
        if argument.role is not Role.ACTOR and argument.rule != "subj":
            continue
        if argument.span is not None and 0 < predication.trigger.start - argument.span.end <= NEAR:
            words = argument.span.cut(names.text).lower()
            between = names.text[argument.span.end : predication.trigger.start].lower().split()
            following = between[0] if between else ""
            if following not in word_list("prepositions") and any(
                not w.endswith("ly") and w not in word_list("between") | word_list("verb_before") for w in between
            ):
                continue
            return words not in word_list("possessives") and not words.endswith(POSSESSIVE)
    return False

"""Who did what to whom, where and when, as one clause of English.

In: the look-ups of an article, a predication, a mood. Out: words without a full stop. Order: subject, verb, recipient,
theme, what was said or asked, place, instrument, time, count; objects without a preposition first. Prepositions are those
of the text; fillers that the text joins by "and" stay joined. Another predication among the arguments becomes "of bombing
X", "to guard X" or "that X left", at most DEPTH deep.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from khabar.model.claims import Argument, Predication, Relation, Role
from khabar.model.factuality import Polarity, Realis
from khabar.model.spans import Span
from khabar.show.naming import Names, joined, phrase, resolved, shortened
from khabar.show.predicates import predicate_of, word_before
from khabar.show.verbs import Mood, existence, gerund, verb_group, word_list

DETERMINER = re.compile(r"\b(?:the|a|an|its|his|her|their|this|that|these|those)\s+$", re.IGNORECASE)
COORDINATED = re.compile(r"(?:,|\band\b|\bor\b|\bas well as\b|\balong with\b)\s*(?:both\s+)?$", re.IGNORECASE)
ORDER = (Role.RECIPIENT, Role.THEME, Role.CONTENT, Role.PLACE, Role.INSTRUMENT, Role.TIME, Role.QUANTITY)
OBJECTS = frozenset({Role.RECIPIENT, Role.THEME})
SETTING = frozenset({Role.PLACE, Role.TIME, Role.INSTRUMENT, Role.QUANTITY})
DROPPED = frozenset({"of", "on", "to", "upon", "against", "for"})
"""prepositions of a noun's object that its verb does not take: "attack on X" -> "attacked X" """
DEFAULT = {Role.PLACE: "in", Role.INSTRUMENT: "with"}
SINGULAR_ENDS = ("ss", "us", "is", "states", "nations", "emirates", "netherlands", "philippines", "news")
DEPTH = 2
"""how many predications inside one another are spelled out"""


@dataclass(frozen=True, slots=True)
class Filler:
    """An argument as words, with the preposition that the text puts before it."""

    role: Role
    words: str
    preposition: str
    start: int
    coordinated: bool = False
    clausal: bool = False


def clause(names: Names, predication: Predication, mood: Mood, depth: int = DEPTH) -> str:
    """The clause. The mood "actual" takes the predicate's own tense."""
    fillers = fillers_of(names, predication, depth)
    actors = [f for f in fillers if f.role is Role.ACTOR]
    rest = [f for f in fillers if f.role is not Role.ACTOR]
    said_as = predicate_of(names, predication, acted=bool(actors))
    mood = replace(mood, kind=said_as.tense) if mood.kind == "actual" else mood
    if said_as.noun:
        there = existence(said_as.word, mood, plural=said_as.plural, mass=said_as.word in word_list("mass"))
        by = f"by {joined([f.words for f in actors])}" if actors else ""
        return " ".join(f"{there} {by} {said([_owned(f) for f in rest])}".split())
    if said_as.from_noun and not said_as.word.startswith("be "):
        rest = [_direct(f, said_as.place) for f in rest]
    return verb_clause(said_as.word, mood, actors, rest)


def verb_clause(verb: str, mood: Mood, actors: list[Filler], rest: list[Filler]) -> str:
    """A verb with its subject; without an actor the one it happened to becomes the subject."""
    if actors:
        subject = joined([f.words for f in actors])
        plural = len(actors) > 1 or is_plural(subject)
        return f"{subject} {verb_group(verb, mood, plural=plural)} {said(rest)}".strip()
    objects = [f for f in rest if f.role in OBJECTS and not f.preposition and not f.clausal]
    if not objects or verb.startswith("be "):
        return f"somebody {verb_group(verb, mood)} {said(rest)}".strip()
    first = [f for f in objects if f.role is objects[0].role]
    subject = joined([f.words for f in first])
    group = verb_group(verb, mood, plural=len(first) > 1 or is_plural(subject), passive=True)
    return f"{subject} {group} {said([f for f in rest if f not in first])}".strip()


def _direct(filler: Filler, place: str) -> Filler:
    """The object of a noun as the object of its verb."""
    dropped = DROPPED if filler.role in OBJECTS else {Role.PLACE: {place}}.get(filler.role, frozenset())
    return replace(filler, preposition="") if filler.preposition in dropped else filler


def _owned(filler: Filler) -> Filler:
    """The object of a noun that stays a noun: "withdrawal of X"."""
    bare = filler.role in OBJECTS and not filler.preposition and not filler.clausal
    return replace(filler, preposition="of") if bare else filler


def said(fillers: list[Filler]) -> str:
    """Fillers one after another in the order of the grammar; those that belong together share a preposition."""
    out: list[tuple[Filler, list[str]]] = []
    for filler in sorted(fillers, key=_rank):
        last = out[-1] if out else None
        if last is not None and last[0].role is filler.role and _shares(last[0], filler):
            last[1].append(filler.words)
        else:
            out.append((filler, [filler.words]))
    return " ".join(f"{first.preposition} {joined(words)}".strip() for first, words in out)


def _rank(filler: Filler) -> tuple[int, int, int]:
    """Objects without a preposition, then with one, then clauses, then the setting."""
    if filler.clausal:
        group = 2
    elif filler.role in SETTING:
        group = 3
    else:
        group = int(filler.preposition != "")
    return group, ORDER.index(filler.role), filler.start


def _shares(first: Filler, second: Filler) -> bool:
    """Whether two fillers of a role are one phrase: "in A and B"."""
    if first.clausal or second.clausal:
        return False
    if second.role in {Role.TIME, Role.QUANTITY}:
        return second.coordinated
    return second.coordinated or first.preposition == second.preposition


# ── the fillers ──


def fillers_of(names: Names, predication: Predication, depth: int) -> list[Filler]:
    """The arguments as words in order of the text, without repetitions."""
    out: list[Filler] = []
    for argument in predication.arguments:
        if _shown_elsewhere(names, argument, predication):
            continue
        filler = filler_of(names, predication, argument, depth)
        if filler.words and not any(f.words == filler.words and f.role is not Role.ACTOR for f in out):
            out.append(filler)
    inside = " ".join(f.words for f in out if f.clausal)
    return [f for f in out if f.clausal or f.role not in SETTING or f.words not in inside]


def _shown_elsewhere(names: Names, argument: Argument, predication: Predication) -> bool:
    """Whether a larger or earlier argument already shows these words."""
    inner = names.predications.get(argument.predication_id or "")
    mine = argument.span if argument.span is not None else (inner.trigger if inner is not None else None)
    if mine is None or argument.role is Role.ACTOR:
        return False
    if inner is not None and _modifies(inner, predication):
        return True
    for other in predication.arguments:
        if other is argument or other.span is None or not other.span.contains(mine):
            continue
        if other.span != mine or predication.arguments.index(other) < predication.arguments.index(argument):
            return True
    return False


def _modifies(inner: Predication, outer: Predication) -> bool:
    """Whether another predication only tells more of what is named here: "a visit that lasted two days"."""
    subjects = [a.span for a in inner.fillers(Role.ACTOR) if a.span is not None]
    held = [outer.trigger, *(a.span for a in outer.fillers(Role.THEME) if a.span is not None)]
    return outer.relation is not Relation.CAUSE and any(s.overlaps(h) for s in subjects for h in held)


def filler_of(names: Names, predication: Predication, argument: Argument, depth: int) -> Filler:
    """One argument as words."""
    role, span = argument.role, argument.span
    if span is None:
        inner = names.predications.get(argument.predication_id or "")
        words = summary(names, predication, role, inner, depth) if inner is not None else ""
        return Filler(role, words, "", inner.trigger.start if inner is not None else 0, clausal=True)
    words = shortened(resolved(names, span)) if role in {Role.TIME, Role.QUANTITY, Role.CONTENT} else ""
    if role is Role.TIME:
        words = dated(names, argument, words)
    preposition, coordinated = preposition_of(names, argument, predication)
    words = words or phrase(names, span, argument.entity_id)
    return Filler(role, words, preposition, span.start, coordinated=coordinated)


def dated(names: Names, argument: Argument, words: str) -> str:
    """A time expression with its day or interval: "on Wednesday (2016-12-14)"."""
    link = names.times.get(argument.filler_id or "")
    if link is None or link.earliest is None or link.earliest in words:
        return words
    same = link.latest in (None, link.earliest)
    return f"{words} ({link.earliest})" if same else f"{words} ({link.earliest} to {link.latest})"


def preposition_of(names: Names, argument: Argument, predication: Predication) -> tuple[str, bool]:
    """The preposition that the text puts before a filler, and whether "and" or a comma joins it to the one before."""
    span, role, trigger = argument.span, argument.role, predication.trigger
    if span is None or span.cut(names.text).split(maxsplit=1)[0].lower() in word_list("prepositions"):
        return "", False
    before = DETERMINER.sub("", names.text[max(0, span.start - 60) : span.start])
    if COORDINATED.search(before) and any(_precedes(a, argument) for a in predication.fillers(role)):
        return "", True
    found = word_before(before, Span(len(before), len(before)))
    adjacent = trigger.end < span.start and not DETERMINER.sub("", names.text[trigger.end : span.start]).strip()
    passive = role in OBJECTS and (span.end <= trigger.start or span.contains(trigger))
    if role is Role.ACTOR or passive or adjacent:
        return "", False
    if found in word_list("prepositions") and not (role is Role.RECIPIENT and found == "by"):
        return light_object(names, predication, span, found), False
    return DEFAULT.get(role, ""), False


def light_object(names: Names, predication: Predication, span: Span, preposition: str) -> str:
    """The preposition with the noun that a verb of little meaning takes before it: "took control of X"."""
    between = names.text[predication.trigger.end : span.start].split()
    noun = between[: between.index(preposition)] if preposition in between else []
    light = predication.lemma in word_list("light") and 0 < len(noun) <= 2 and all(w.isalpha() for w in noun)
    return " ".join([*noun, preposition]) if light else preposition


def _precedes(other: Argument, argument: Argument) -> bool:
    return other.span is not None and argument.span is not None and other.span.end <= argument.span.start


def summary(names: Names, outer: Predication, role: Role, inner: Predication, depth: int) -> str:
    """Another predication in a few words: "of bombing X" after accuse, "to guard X" after a request, or "that …"."""
    if depth <= 0:
        return "something"
    kind = outer.event_type.value if outer.event_type is not None else ""
    negative = inner.polarity is Polarity.NEGATIVE
    if outer.relation is Relation.DESCRIBE:
        return f"as {clause(names, inner, Mood(kind='actual', negative=negative), depth - 1)}"
    opening = word_before(names.text, inner.trigger)
    if kind == "ACCUSE" or (is_gerund(names, inner) and opening in word_list("prepositions") - {"to"}):
        before = "of" if kind == "ACCUSE" else opening
        return f"{before} {bare(names, inner, Mood(kind='gerund', negative=negative), depth)}"
    if _infinitive(names, outer, inner) or kind in {"REQUEST", "THREATEN"}:
        return bare(names, inner, Mood(kind="to", negative=negative), depth)
    if role is not Role.CONTENT:
        return bare(names, inner, Mood(kind="gerund", negative=negative), depth)
    return f"that {clause(names, inner, Mood(kind='actual', negative=negative), depth - 1)}"


def is_gerund(names: Names, inner: Predication) -> bool:
    """Whether the text has the -ing form without "is" before it."""
    first = inner.trigger.cut(names.text).lower().partition(" ")[0]
    before = names.text[max(0, inner.trigger.start - 24) : inner.trigger.start].lower().split()[-2:]
    return first == gerund(inner.lemma) and not any(word in word_list("auxiliary") for word in before)


def _infinitive(names: Names, outer: Predication, inner: Predication) -> bool:
    """Whether the text itself has no finite verb there: "started extending", "prompted X to ask"."""
    loose = inner.realis in {Realis.PLANNED, Realis.HYPOTHETICAL} or is_gerund(names, inner)
    shared = {a.entity_id or a.span for a in inner.fillers(Role.ACTOR)}
    ours = {a.entity_id or a.span for a in outer.arguments if a.role in {Role.ACTOR, *OBJECTS}}
    return word_before(names.text, inner.trigger) == "to" or (loose and (not shared or bool(shared & ours)))


def bare(names: Names, inner: Predication, mood: Mood, depth: int) -> str:
    """A predication without its subject: "bombing PFG forces"."""
    fillers = [f for f in fillers_of(names, inner, depth - 1) if f.role is not Role.ACTOR]
    said_as = predicate_of(names, inner, acted=True)
    if said_as.noun:
        return f"{said_as.word} {said([_owned(f) for f in fillers])}".strip()
    if said_as.from_noun and not said_as.word.startswith("be "):
        fillers = [_direct(f, said_as.place) for f in fillers]
    return f"{verb_group(said_as.word, mood)} {said(fillers)}".strip()


def is_plural(subject: str) -> bool:
    """Whether a subject takes a plural verb, by its first word or the last one before any preposition."""
    words = subject.split()
    if words and words[0].lower() in word_list("plural_determiners"):
        return True
    for i, word in enumerate(words):
        if i and word.lower() in word_list("prepositions"):
            words = words[:i]
            break
    last = words[-1].lower().strip(".,") if words else ""
    if last in word_list("plural") or " and " in subject:
        return True
    single_name = len(words) == 1 and subject[:1].isupper()
    return last.endswith("s") and not last.endswith(SINGULAR_ENDS) and not single_name

"""Who did what to whom, where and when, as one clause of English.

In: the look-ups of an article, a predication, a mood. Out: words without a full stop. Order: subject, verb, objects
without a preposition, then everything else as the text has it; what the text has before the verb comes before what it has
behind. Fillers (``fillers.py``) that the text joins by "and" stay joined. Another predication among the arguments
becomes "of bombing X", "to guard X" or "that X left", at most DEPTH deep. Whoever the sentence has just named becomes a
pronoun as the subject of what is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from khabar.model.claims import Argument, Predication, Relation, Role
from khabar.model.factuality import Polarity, Realis
from khabar.model.spans import Span
from khabar.show.fillers import DROPPED, SETTING, Filler, modifies, plain_fillers, says_no, unread_object
from khabar.show.naming import Names, joined, phrase, resolved
from khabar.show.orders import said, spoken
from khabar.show.own_words import own_clause
from khabar.show.predicates import Predicate, is_noun, is_passive, predicate_of, prefixed, word_before
from khabar.show.verbs import Mood, existence, gerund, is_plural, noun_verbs, past, verb_group, word_list

DEPTH = 2
"""how many predications inside one another are spelled out"""
NEAR_NOUN = 4
NOUN_PHRASE = re.compile(r"\b(an?)\s+((?:[a-z-]+\s+){0,3})$")


@dataclass(frozen=True, slots=True)
class Voiced:
    """A verb, whether the text has it in the passive, and the text's own words for it where they are taken over."""

    verb: str
    passive: bool = False
    written: str = ""
    nobody: bool = False
    """whether the text says that no one does it: that a subject was not read says nothing of the kind"""


def clause(names: Names, predication: Predication, mood: Mood, depth: int = DEPTH, known: str = "") -> str:
    """The clause. The mood "actual" takes the predicate's own tense; ``known`` was named just before."""
    predication = prefixed(names, predication)
    fillers = fillers_of(names, predication, depth)
    actors = _actors(fillers, predication)
    rest = [f for f in fillers if f.role is not Role.ACTOR]
    noun = is_noun(names, predication)
    asked = mood.kind == "should" and known != "" and all(f.words == known for f in actors)
    if asked and (noun or any(f.direct for f in rest)):
        actors = []
    if noun and actors and (all(f.compound for f in actors) or is_compound(names, predication)):
        return _there(_compound(names, predication, actors), _past(mood), [], rest)
    said_as = predicate_of(names, predication, acted=_acted(predication, actors, rest))
    mood = replace(mood, kind=said_as.tense) if mood.kind == "actual" else mood
    mood = _no_longer(names, predication, mood)
    if not noun and (written := own_clause(names, predication, said_as.word, mood, fillers, known=known)):
        return written
    if says_no(fillers, predication):
        mood = replace(mood, negative=False)
    if said_as.noun:
        return _there(said_as, mood, actors, rest)
    if whole := _as_written(names, predication, mood):
        return verb_clause(names, Voiced(said_as.word, written=whole), mood, actors, rest, known=known)
    if said_as.from_noun and not said_as.word.startswith("be "):
        rest = [_direct(f, said_as.place) for f in rest]
    if said_as.from_noun and said_as.word in {"lead", "head"}:
        said_as, rest = _led(names, predication, said_as, actors, rest)
    gap = "" if noun else unread_object(names, predication, rest)
    verb = f"{said_as.word} {gap}".strip()
    if predication.relation is Relation.LEAD and predication.lemma in word_list("appointing"):
        return _appointed(names, predication, mood, actors, rest, known=known)
    passive = is_passive(names, predication) and not verb.startswith("be ")
    undergone = predication.lemma in word_list("suffered") or (passive and all(f.fronted for f in actors))
    if undergone and actors and not any(f.direct for f in rest) and not gap:
        actors, rest, passive = [], [*(replace(f, role=Role.THEME) for f in actors), *rest], True
    voiced = Voiced(verb, passive=passive, nobody=_nobody(names, predication))
    return verb_clause(names, voiced, mood, actors, rest, known=known)


def _led(
    names: Names, predication: Predication, said_as: Predicate, actors: list[Filler], rest: list[Filler]
) -> tuple[Predicate, list[Filler]]:
    """Who holds an office "is foreign minister of" somewhere; others lead."""
    if names.text.startswith(" of state", predication.trigger.end):
        return replace(said_as, word=f"be {predication.lemma} of state"), []
    office = predication.lemma in word_list("offices")
    if not office and any(f.direct for f in rest):
        return said_as, rest
    held = [_owned(f) for f in rest if f.role is not Role.TIME and f.words != joined([a.words for a in actors])]
    return replace(said_as, word=f"be {_noun_phrase(names, predication, office=office)}"), held


def _acted(predication: Predication, actors: list[Filler], rest: list[Filler]) -> bool:
    """Whether a noun may become its verb: somebody acts, or something undergoes what can be undergone."""
    known = noun_verbs().get(predication.lemma)
    idle = known is not None and known.verb in word_list("no_object")
    return bool(actors) or (not idle and any(f.acted_on for f in rest))


def _actors(fillers: list[Filler], predication: Predication) -> list[Filler]:
    """Who acts; nobody where the text has somebody else as its subject: "a drone strike killed X", "soldiers died"."""
    own = any(a.rule == "subj" for a in predication.fillers(Role.ACTOR))
    if any(f.subject for f in fillers) and not own:
        return []
    return [f for f in fillers if f.role is Role.ACTOR]


def _past(mood: Mood) -> Mood:
    return replace(mood, kind="past") if mood.kind == "actual" else mood


def is_compound(names: Names, predication: Predication) -> bool:
    """Whether whoever acts only stands before a noun together with another word: "Dutch hospital attack"."""
    acting = [a for a in predication.fillers(Role.ACTOR) if a.span is not None and a.rule in {"compound", "amod"}]
    if not acting or len(acting) != len(predication.fillers(Role.ACTOR)):
        return False
    end = min(a.span.end for a in acting if a.span is not None)
    words = names.text[end : predication.trigger.start].split()
    return 0 < len(words) < NEAR_NOUN and all(w.islower() and w.isalpha() for w in words)


def _compound(names: Names, predication: Predication, actors: list[Filler]) -> Predicate:
    """ "a drone strike": a noun with what stands before it."""
    whole = names.text[min(f.start for f in actors) : predication.trigger.end]
    seen = predication.trigger.cut(names.text).lower()
    words = whole if is_compound(names, predication) else f"{actors[0].words} {seen}"
    last = words.rsplit(" ", 1)[-1]
    first, _, rest = words.partition(" ")
    bare_words = rest if first in {"a", "an", "the"} else words
    return Predicate(word=bare_words, tense="past", noun=True, plural=last.endswith("s"), from_noun=True)


def _there(said_as: Predicate, mood: Mood, actors: list[Filler], rest: list[Filler]) -> str:
    """A happening that only a noun tells of."""
    there = existence(said_as.word, mood, plural=said_as.plural, mass=_is_mass(said_as.word))
    by = f"by {joined([f.words for f in actors])}" if actors else ""
    return " ".join(f"{there} {by} {said([_owned(f) for f in rest])}".split())


def _is_mass(noun: str) -> bool:
    """Whether a noun takes no article: "aid", "shelling"."""
    return noun in word_list("mass") or noun.endswith("ing")


def _as_written(names: Names, predication: Predication, mood: Mood) -> str:
    """A trigger of several words in the past that holds its noun: "carried out more than 200 air strikes"."""
    words = predication.trigger.cut(names.text)
    first = words.partition(" ")[0].lower()
    whole = words.count(" ") >= 2 and first in {past(verb) for verb in word_list("carrying")}
    return words if whole and mood.kind == "past" and not mood.negative and not mood.adverb else ""


def _no_longer(names: Names, predication: Predication, mood: Mood) -> Mood:
    """ "no longer" where the text has it before the verb."""
    before = names.text[max(0, predication.trigger.start - 14) : predication.trigger.start].lower().split()
    if mood.negative and before[-2:] == ["no", "longer"] and mood.kind in {"past", "present", "progressive"}:
        return replace(mood, negative=False, adverb=f"{mood.adverb} no longer".strip())
    return mood


def _noun_phrase(names: Names, predication: Predication, *, office: bool) -> str:
    """ "a militia leader", "foreign minister": a noun with what the text has before it."""
    before = names.text[max(0, predication.trigger.start - 50) : predication.trigger.start]
    found = NOUN_PHRASE.search(before)
    if found is not None and not office:
        return f"{found.group(0)}{predication.lemma}"
    words: list[str] = []
    for word in reversed(before.split(" ")[:-1] if before.endswith(" ") else []):
        if not word.isalpha() or not word.islower() or word in word_list("no_adjectives") | word_list("prepositions"):
            break
        words.insert(0, word)
    noun = " ".join([*words[-2:], predication.lemma])
    if office and "former" not in words:
        return noun
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _appointed(
    names: Names, predication: Predication, mood: Mood, actors: list[Filler], rest: list[Filler], *, known: str
) -> str:
    """Who gets an office is the subject: "General Ilunga was appointed commander"."""
    offices = [a.span for a in predication.arguments if a.span is not None and a.role in {Role.RECIPIENT, Role.CONTENT}]
    office = resolved(names, offices[0]) if offices else ""
    if not actors and not any(f.direct for f in rest):
        return verb_clause(names, Voiced(predication.lemma), mood, actors, rest, known=known)
    holders = [replace(f, role=Role.THEME, preposition="") for f in (actors or [f for f in rest if f.direct])]
    setting = [f for f in rest if f.role in SETTING and not f.direct]
    verb = f"{predication.lemma} {office}".strip()
    return verb_clause(names, Voiced(verb, passive=True), mood, [], [*holders, *setting], known=known)


NO_ONE = re.compile(r"\b(?:no one|no-one|nobody|none|any ?one|anybody|no|any|neither)\b", re.IGNORECASE)
NOBODY = frozenset({"no one", "nobody", "none"})


def _nobody(names: Names, predication: Predication) -> bool:
    """Whether "no one", "anybody" or the like stands in the sentence before the verb."""
    before = names.text[max(0, predication.trigger.start - 70) : predication.trigger.start]
    return NO_ONE.search(re.split(r"[.!?;\n]", before)[-1]) is not None


def verb_clause(
    names: Names, said_as: Voiced, mood: Mood, actors: list[Filler], rest: list[Filler], *, known: str = ""
) -> str:
    """A verb with its subject; without an actor the one it happened to becomes the subject."""
    verb, passive = said_as.verb, said_as.passive
    own = actors or [f for f in rest if f.subject and not passive]
    if verb.startswith("be in "):
        own = [f for f in rest if f.role is Role.RECIPIENT] or own
    direct = [f for f in rest if f.direct and f.role is not Role.INSTRUMENT]
    turned = not own and bool(direct) and not verb.startswith("be ")
    first = own or [f for f in direct if turned and f.role is direct[0].role]
    words = joined([f.words for f in first])
    subject = spoken(names, words, known)
    changed = subject != words
    plural = len(first) > 1 or is_plural(words)
    plural = (subject == "they" or (plural and " " in subject)) if changed else plural
    able = verb.partition(" ")[0] not in word_list("intransitive")
    if not subject and mood.negative and said_as.nobody:  # "no one was killed"
        subject, mood = "nobody", replace(mood, negative=False)
        rest = [f for f in rest if f.words.lower() not in NOBODY]
    group = said_as.written or verb_group(
        verb, mood, plural=plural and bool(first), passive=able and (turned or (not first and passive))
    )
    return f"{subject or 'somebody'} {group} {said([f for f in rest if f not in first])}".strip()


def _direct(filler: Filler, place: str) -> Filler:
    """The object of a noun as the object of its verb."""
    acted = filler.role.value in {"recipient", "theme"}
    dropped = DROPPED if acted else {Role.PLACE: {place}}.get(filler.role, frozenset())
    return replace(filler, preposition="") if filler.preposition in dropped else filler


def _owned(filler: Filler) -> Filler:
    """The object of a noun that stays a noun: "withdrawal of X"."""
    return replace(filler, preposition="of") if filler.direct else filler


# ── another predication among the arguments ──


def fillers_of(names: Names, predication: Predication, depth: int) -> list[Filler]:
    """The arguments as words, those that are predications as a summary."""
    plain = plain_fillers(names, predication)
    held = [a for a in predication.arguments if a.span is None]
    clausal = [f for a in held if (f := clausal_filler(names, predication, a, depth)).words]
    clausal = list({f.words: f for f in clausal}.values())
    inside = " ".join(f.words for f in clausal)
    return [*(f for f in plain if f.role not in SETTING or f.words not in inside), *clausal]


def clausal_filler(names: Names, outer: Predication, argument: Argument, depth: int) -> Filler:
    """An argument that is another predication; without words where it only tells more of what is named."""
    inner = names.predications.get(argument.predication_id or "")
    if inner is None:
        return Filler(argument.role, "", "", 0, clausal=True)
    covered = any(a.span is not None and a.span.contains(inner.trigger) for a in outer.arguments)
    words = "" if covered or modifies(inner, outer) else summary(names, outer, argument.role, inner, depth)
    return Filler(argument.role, words, "", inner.trigger.start, clausal=True)


def summary(names: Names, outer: Predication, role: Role, inner: Predication, depth: int) -> str:
    """Another predication in a few words: "of bombing X" after accuse, "to guard X" after a request, or "that …"."""
    if depth <= 0:
        return "something"
    negative = inner.polarity is Polarity.NEGATIVE
    if outer.relation is Relation.DESCRIBE:
        return f"as {clause(names, inner, Mood(kind='actual', negative=negative), depth - 1)}"
    ing = is_gerund(names, inner)
    if role is Role.CONTENT and (told := _told(names, outer, inner, depth, ing=ing)):
        return told
    opening = opening_of(names, inner)
    kind = outer.event_type.value if outer.event_type is not None else ""
    after = ing and opening in word_list("prepositions") - {"to"}
    if after or (kind == "ACCUSE" and outer.lemma not in word_list("before_that")):
        return f"{opening if after else 'of'} {bare(names, inner, Mood(kind='gerund', negative=negative), depth)}"
    finite = _finite_ahead(names, inner) and role is Role.CONTENT
    if not finite and (_infinitive(names, outer, inner) or kind in {"REQUEST", "THREATEN"}):
        form = "gerund" if (ing and opening != "to") or outer.lemma in word_list("before_gerund") else "to"
        return bare(names, inner, Mood(kind=form, negative=negative), depth)
    if role is not Role.CONTENT:
        return bare(names, inner, Mood(kind="gerund", negative=negative), depth)
    return _that(names, outer, inner, depth)


def opening_of(names: Names, inner: Predication) -> str:
    """The word before a verb and its adverbs."""
    opening, at = word_before(names.text, inner.trigger), inner.trigger.start
    while opening.endswith("ly") and (at := names.text.lower().rfind(opening, 0, at)) > 0:
        opening = word_before(names.text, Span(at, at))
    return opening


def _told(names: Names, outer: Predication, inner: Predication, depth: int, *, ing: bool) -> str:
    """ "that the monitors leave" after a demand, "whether X left" where the text says so; else ""."""
    negative = inner.polarity is Polarity.NEGATIVE
    if outer.lemma in word_list("before_subjunctive") and not ing:
        return f"that {clause(names, inner, Mood(kind='bare', negative=negative), depth - 1)}"
    if _whether(names, outer, inner):
        return f"whether {clause(names, inner, Mood(kind='actual', negative=negative), depth - 1)}"
    return ""


def _that(names: Names, outer: Predication, inner: Predication, depth: int) -> str:
    """ "that it left"; nothing where it stands before a verb that tells of no speech."""
    if (inner.trigger.end <= outer.trigger.start or is_noun(names, outer)) and not _speaks(names, outer):
        return ""
    ahead = {Realis.PLANNED: "will", Realis.HYPOTHETICAL: "may"}.get(inner.realis, "actual")
    known = joined([phrase(names, a.span, a.entity_id) for a in outer.fillers(Role.ACTOR) if a.span is not None])
    mood = Mood(kind=ahead, negative=inner.polarity is Polarity.NEGATIVE)
    return f"that {clause(names, inner, mood, depth - 1, known)}"


def _whether(names: Names, outer: Predication, inner: Predication) -> bool:
    """Whether the text has "whether" between the two."""
    return "whether" in names.text[outer.trigger.end : inner.trigger.start].lower().split()


def _speaks(names: Names, outer: Predication) -> bool:
    """Whether a predication is itself a cue of speech or thought."""
    return any(span.overlaps(outer.trigger) for link in names.attributions.values() for span in link.cue)


def is_gerund(names: Names, inner: Predication) -> bool:
    """Whether the text has the -ing form without "is" before it."""
    first = inner.trigger.cut(names.text).lower().partition(" ")[0]
    before = names.text[max(0, inner.trigger.start - 30) : inner.trigger.start].lower().split()
    while before and (before[-1].endswith("ly") or before[-1] in word_list("between")):
        before.pop()
    return first == gerund(inner.lemma) and not (before and before[-1] in word_list("auxiliary"))


def _infinitive(names: Names, outer: Predication, inner: Predication) -> bool:
    """Whether the text itself has no finite verb there: "started extending", "prompted X to ask"."""
    loose = inner.realis in {Realis.PLANNED, Realis.HYPOTHETICAL} or is_gerund(names, inner)
    shared = {a.entity_id or a.span for a in inner.arguments if a.role is Role.ACTOR or a.rule == "subj"}
    ours = {a.entity_id or a.span for a in outer.arguments if a.span is not None and a.role not in SETTING}
    opened = word_before(names.text, inner.trigger) == "to" or _to_be(names, inner)
    return opened or (loose and (not shared or bool(shared & ours)))


def _finite_ahead(names: Names, inner: Predication) -> bool:
    """Whether the text has "will", "would" or the like before the verb."""
    before = names.text[max(0, inner.trigger.start - 16) : inner.trigger.start].lower().split()[-2:]
    return any(word in word_list("modals") for word in before)


def _to_be(names: Names, inner: Predication) -> bool:
    """Whether "to be" stands before a participle."""
    before = names.text[max(0, inner.trigger.start - 12) : inner.trigger.start].lower().split()
    return before[-2:] == ["to", "be"]


def bare(names: Names, inner: Predication, mood: Mood, depth: int) -> str:
    """A predication without its subject: "bombing PFG forces"."""
    fillers = [f for f in fillers_of(names, inner, depth - 1) if f.role is not Role.ACTOR and not f.subject]
    said_as = predicate_of(names, inner, acted=True)
    if said_as.noun:
        return f"{said_as.word} {said([_owned(f) for f in fillers])}".strip()
    if said_as.from_noun and not said_as.word.startswith("be "):
        fillers = [_direct(f, said_as.place) for f in fillers]
    passive = is_passive(names, inner) and not inner.fillers(Role.ACTOR)
    if passive:
        fillers = [f for f in fillers if not f.direct]
    gap = "" if is_noun(names, inner) else unread_object(names, inner, fillers)
    intransitive = said_as.word.partition(" ")[0] in word_list("intransitive")
    group = verb_group(f"{said_as.word} {gap}".strip(), mood, passive=passive and not intransitive)
    return f"{group} {said(fillers)}".strip()

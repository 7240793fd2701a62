"""The arguments of a predication as words: who, whom, what, where, when, each with the preposition of the text.

In: the look-ups of an article and a predication. Out: Fillers in order of the text, without repetitions. Left out: what
another argument already shows, what belongs to a predication inside, counts of things that are named, and a bare length of
time ("hours") unless the text says before or after what. Pronouns of the one who acts stay pronouns.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace

from khabar.model.claims import Argument, Predication, Relation, Role
from khabar.model.factuality import Polarity
from khabar.model.mentions import Kind
from khabar.model.spans import Span
from khabar.show.days import day_words
from khabar.show.naming import Names, opens_sentence, phrase, resolved, shortened
from khabar.show.predicates import is_passive, word_before
from khabar.show.verbs import word_list

DETERMINER = re.compile(r"\b(?:the|a|an|its|his|her|their|this|that|these|those)\s+$", re.IGNORECASE)
COORDINATED = re.compile(r"(?:,|\band\b|\bor\b|\bas well as\b|\balong with\b)\s*(?:both\s+)?$", re.IGNORECASE)
ACCORDING = re.compile(r"\baccording to\s+(?:the\s+|an?\s+)?$", re.IGNORECASE)
KIND_OF = re.compile(r"\b(\w+)\s+(?:the|a|an)\s+(?:[\w-]+\s+){1,2}of\s*$", re.IGNORECASE)
MEANS = frozenset({"with", "by", "using", "from"})
COUNTING = re.compile(r"^\s+(ago|earlier|later|before|after)\b", re.IGNORECASE)
SINCE = re.compile(r"^\s+(?:before|after)\s+[^.,;:!?()“”\"\n]+", re.IGNORECASE)
OBJECTS = frozenset({Role.RECIPIENT, Role.THEME})
DIRECT = frozenset({Role.RECIPIENT, Role.THEME, Role.CONTENT, Role.INSTRUMENT})
DROPPED = frozenset({"of", "on", "to", "upon", "against", "for"})
"""prepositions of a noun's object that its verb does not take: "attack on X" -> "attacked X" """
SETTING = frozenset({Role.PLACE, Role.TIME, Role.INSTRUMENT, Role.QUANTITY})
DEFAULT = {Role.PLACE: "in", Role.INSTRUMENT: "with"}
SCENE = frozenset({"scene place", "scene time"})
"""rules of arguments that the clause does not state: a plain sentence says no more than the text"""
BORROWED = ("of the condition", "within the ")
"""rules of recipients that belong to what a speech act holds, not to it"""
COUNTED_FOR = re.compile(
    r"(?<!\s)\s+(?:for|after|in|within)\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)$"
)
CARRIED = re.compile(r"\b(from|to|by|with|against)\b", re.IGNORECASE)
"""prepositions that a comma does not carry on"""
LIMITED = re.compile(
    r"\b(only|just|almost|nearly|about|around|roughly|at least|at most|more than|fewer than|less than|up to"
    r"|an? magnitude)\s+$",
    re.IGNORECASE,
)
MONTHS = 12
ANCHOR = 70
"""code points of the words after "hours after" """


@dataclass(frozen=True, slots=True)
class Filler:
    """An argument as words, with the preposition that the text puts before it."""

    role: Role
    words: str
    preposition: str
    start: int
    coordinated: bool = False
    clausal: bool = False
    fronted: bool = False
    """stands before the verb"""
    compound: bool = False
    """stands before a noun as its modifier: "a drone strike" """
    subject: bool = False
    """stands as the grammatical subject of an active verb without acting: who dies, what explodes"""

    @property
    def direct(self) -> bool:
        """Whether it is an object without a preposition."""
        return self.role in DIRECT and not self.preposition and not self.clausal

    @property
    def acted_on(self) -> bool:
        """Whether it is an object of a noun: "attack on X", "evacuation of X"."""
        return self.direct or (self.role in OBJECTS and self.preposition in DROPPED)


def plain_fillers(names: Names, predication: Predication) -> list[Filler]:
    """The arguments that stand for somebody or something, in order of the text, without repetitions."""
    shown = [a for a in predication.arguments if a.span is not None and not _shown_elsewhere(names, a, predication)]
    out: list[Filler] = []
    for argument in shown:
        filler = filler_of(names, predication, argument, bound(predication, argument.span) | names.speaking)
        same = any(f.words == filler.words and (f.role is not Role.ACTOR) for f in out)
        if filler.words and not (same and filler.role is not Role.ACTOR):
            last = next((f for f in reversed(out) if f.role is filler.role), filler)
            out.append(replace(filler, preposition=last.preposition) if filler.coordinated else filler)
    objects = [f for f in out if f.role in OBJECTS]
    return [f for f in out if f.role is not Role.QUANTITY or _counts(f, named=bool(objects))]


def bound(predication: Predication, span: Span | None = None) -> frozenset[str]:
    """The entities whose pronouns stay pronouns: the subject, and who is named before a span in the same clause."""
    return frozenset(
        a.entity_id
        for a in predication.arguments
        if a.entity_id and a.span is not None
        if a.role is Role.ACTOR or a.rule == "subj" or (span is not None and a.span.end <= span.start)
    )


def _counts(filler: Filler, *, named: bool) -> bool:
    """Whether a count says more than the thing that it counts: "four times", or a count of what is not named."""
    return not named or filler.words.rsplit(" ", 1)[-1].lower() in word_list("measures")


def _shown_elsewhere(names: Names, argument: Argument, predication: Predication) -> bool:
    """Whether a larger or earlier argument or a predication inside shows these words, or they name the source."""
    mine = argument.span
    if mine is None or argument.role is Role.ACTOR:
        return False
    borrowed = argument.rule in SCENE or (argument.role is Role.RECIPIENT and argument.rule.startswith(BORROWED))
    if (
        borrowed
        or ACCORDING.search(names.text[max(0, mine.start - 24) : mine.start])
        or _inside(names, mine, predication)
    ):
        return True
    if argument.role is Role.TIME and _told_after(names, mine, predication):
        return True
    for other in predication.arguments:
        if other is argument or other.span is None or not other.span.contains(mine):
            continue
        earlier = predication.arguments.index(other) < predication.arguments.index(argument)
        if other.span != mine or earlier:
            return True
    return False


def _inside(names: Names, mine: Span, predication: Predication) -> bool:
    """Whether a predication inside this one has the same filler behind its own trigger."""
    for argument in predication.arguments:
        inner = names.predications.get(argument.predication_id or "")
        if inner is None:
            continue
        raised = predication.lemma in word_list("before_that") | word_list("before_subjunctive")
        if raised and any(a.span == mine for a in inner.fillers(Role.ACTOR)):
            return True
        if mine.start < inner.trigger.start:
            continue
        if any(a.span is not None and a.span.overlaps(mine) for a in inner.arguments):
            return True
    return False


def _told_after(names: Names, mine: Span, predication: Predication) -> bool:
    """Whether a time stands in the words that another one counts from: "dawn" in "hours before dawn"."""
    for other in predication.fillers(Role.TIME):
        if other.span is not None and other.span.end <= mine.start:
            found = SINCE.match(names.text[other.span.end : other.span.end + ANCHOR])
            if found is not None and mine.end <= other.span.end + found.end() and _bare(names, other.span):
                return True
    return False


def _bare(names: Names, span: Span) -> bool:
    """Whether a time is a length of time without a preposition: "hours", "two days"."""
    last = span.cut(names.text).lower().rsplit(" ", 1)[-1]
    deictic = set(span.cut(names.text).lower().split()) & word_list("deictic")
    return (
        last in word_list("lengths") and not deictic and word_before(names.text, span) not in word_list("prepositions")
    )


# ── one filler ──


def filler_of(names: Names, predication: Predication, argument: Argument, keep: frozenset[str]) -> Filler:
    """One argument with a span as words."""
    role, span = argument.role, argument.span or Span(0, 0)
    preposition, coordinated = preposition_of(names, argument, predication)
    if role is Role.TIME:
        words = time_words(names, argument, predication, counted=bool(preposition) or coordinated)
    elif role in {Role.QUANTITY, Role.CONTENT}:
        words = shortened(resolved(names, span, keep=keep))
    else:
        words = phrase(names, span, argument.entity_id, keep=keep)
        words = COUNTED_FOR.sub("", own_noun(words, predication.trigger.cut(names.text), span, predication.trigger))
    return Filler(
        role,
        _measured(names, span, words),
        preposition,
        span.start,
        coordinated=coordinated,
        fronted=span.end <= predication.trigger.start,
        compound=argument.rule == "compound" and not _party(names, argument.entity_id),
        subject=argument.rule == "subj" and role is not Role.ACTOR,
    )


def _measured(names: Names, span: Span, words: str) -> str:
    """A count with the word before it that limits it: "only 400 officers"."""
    found = LIMITED.search(names.text[max(0, span.start - 14) : span.start])
    counted = words[:1].isdigit() or words.partition(" ")[0].lower() in word_list("plural_determiners") | {"one", "a"}
    return f"{found.group(1).lower()} {words}" if found is not None and counted and words else words


def own_noun(words: str, seen: str, span: Span, trigger: Span) -> str:
    """A filler that holds its own trigger, without it: "the UN-backed government" -> "the government"."""
    if not span.contains(trigger):
        return words
    return re.sub(rf"(?:\b[\w’'-]+-|^){re.escape(seen)}\s+", "", words)


def _party(names: Names, entity_id: str | None) -> bool:
    """Whether an entity is somebody, not something."""
    return any(m.kind in {Kind.PER, Kind.ORG, Kind.GPE} for m in names.mentions.get(entity_id or "", ()))


def time_words(names: Names, argument: Argument, predication: Predication, *, counted: bool) -> str:
    """A time as it stands inside a sentence: "Last month" -> "last month"."""
    words = _time_words(names, argument, predication, counted=counted)
    first = words.partition(" ")[0].lower()
    opens = argument.span is not None and opens_sentence(names.text, argument.span.start)
    plain = first in word_list("deictic") | word_list("lengths") | {"early", "late", "earlier"}
    return words[:1].lower() + words[1:] if opens and plain else words


def _time_words(names: Names, argument: Argument, predication: Predication, *, counted: bool) -> str:
    """A time with its day: "on Wednesday (2016-12-14)". A bare length of time goes with what it counts from, or not at
    all: "hours after retaking Murzuq"."""
    span = argument.span
    if span is None:
        return ""
    words = shortened(resolved(names, span))
    if not _bare(names, span) or counted:
        return dated(names, argument.filler_id, words)
    found = COUNTING.match(names.text[span.end : span.end + ANCHOR])
    if found is None:
        adjacent = names.text[predication.trigger.end : span.start].isspace()
        return words if adjacent else ""
    if found.group(1).lower() in {"ago", "earlier", "later"}:
        return dated(names, argument.filler_id, f"{words} {found.group(1)}")
    return _since(names, span, predication)


def _since(names: Names, span: Span, predication: Predication) -> str:
    """ "hours after retaking Murzuq": the text's own words up to the next mark, or nothing if they hold the trigger."""
    found = SINCE.match(names.text[span.end :])
    if found is None:
        return ""
    whole = Span(span.start, span.end + found.end())
    if whole.overlaps(predication.trigger):
        return ""
    words = resolved(names, whole)
    for stop in (" from ", " and ", " but ", " when ", " in ", " at "):
        if len(words) > ANCHOR:
            words = words.partition(stop)[0]
    return words if len(words) <= ANCHOR else ""


def dated(names: Names, timex_id: str | None, words: str) -> str:
    """A time expression with its day or interval, unless its own words are that exact."""
    link = names.times.get(timex_id or "")
    if link is None or link.earliest is None or not words or link.earliest in words:
        return words
    first, last = link.earliest, link.latest or link.earliest
    month = first.endswith("-01") and (last == _month_end(first))
    named = month and re.search(rf"\b[A-Z][a-z]+\.? {first[:4]}", words) is not None
    exact = named or day_words(first) in words or (first.endswith("-01-01") and first[:4] in words)
    if exact:
        return words
    if month:
        return f"{words} ({first[:7]})"
    return f"{words} ({first})" if first == last else f"{words} ({first} to {last})"


def _month_end(first: str) -> str:
    """The last day of the month that begins on an ISO day."""
    year, month = int(first[:4]), int(first[5:7])
    return f"{first[:7]}-{monthrange(year, month)[1]:02}" if 0 < month <= MONTHS and year else ""


def preposition_of(names: Names, argument: Argument, predication: Predication) -> tuple[str, bool]:
    """The preposition that the text puts before a filler, and whether "and" or a comma joins it to the one before."""
    span, role, trigger = argument.span, argument.role, predication.trigger
    if span is None or span.cut(names.text).split(maxsplit=1)[0].lower() in word_list("prepositions"):
        return "", False
    before = DETERMINER.sub("", names.text[max(0, span.start - 60) : span.start])
    joint = COORDINATED.search(before)
    if joint is not None and (earlier := [a for a in predication.fillers(role) if _precedes(a, argument)]):
        between = names.text[max(a.span.end for a in earlier if a.span is not None) : span.start]
        carried = CARRIED.findall(between) if joint.group().strip() == "," else []
        return (carried[-1].lower(), False) if carried else ("", joint.group().strip() != "," or role is not Role.TIME)
    adjacent = trigger.end < span.start and not DETERMINER.sub("", names.text[trigger.end : span.start]).strip()
    fronted = role in OBJECTS and (span.end <= trigger.start or span.contains(trigger))
    if role is Role.ACTOR or fronted or adjacent or argument.rule == "subj":
        return "", False
    return _by_role(names, argument, predication, before), False


def _by_role(names: Names, argument: Argument, predication: Predication, before: str) -> str:
    """The preposition of a filler by itself: the one that stands before it, or what its role asks for."""
    span, role = argument.span or predication.trigger, argument.role
    found = word_before(before, Span(len(before), len(before)))
    means = "by" if all(a.role is not Role.ACTOR for a in predication.arguments) else DEFAULT.get(role, "")
    if (
        role is Role.INSTRUMENT
        and found not in MEANS
        and (argument.rule == "obj" or span.end <= predication.trigger.start)
    ):
        return "" if argument.rule == "obj" else means or "with"  # "hours after a bomb killed two": "after" says when
    if role is Role.PLACE and found == "of" and not _told_with(names, predication, argument):
        return _whereabouts(before)
    if found in word_list("prepositions") and not (role is Role.RECIPIENT and found == "by"):
        return light_object(names, predication, span, found)
    if role is Role.RECIPIENT and argument.rule in word_list("prepositions") and argument.rule in before.split():
        return argument.rule  # "took it from the paramilitary X": words stand between
    return means if role is Role.INSTRUMENT else DEFAULT.get(role, "")


def _told_with(names: Names, predication: Predication, place: Argument) -> bool:
    """Whether "the port" of "the port of Zuri" is a place told before it."""
    start, earlier = place.span.start if place.span is not None else 0, list[Argument]()
    for argument in predication.fillers(Role.PLACE):
        if argument == place:
            break
        earlier.append(argument)
    return any(a.span is not None and names.text[a.span.end : start].strip() == "of" for a in earlier)


def _whereabouts(before: str) -> str:
    """The words of place before "of": "east of", "near" of "near the town of"."""
    way = way_before(before)
    if way:
        return f"{way} of"
    kind = KIND_OF.search(before)
    return kind.group(1).lower() if kind is not None and kind.group(1).lower() in word_list("prepositions") else "in"


def way_before(before: str) -> str:
    """The direction in "… east of", or nothing."""
    words = before.split()
    way = words[-2].lower() if len(words) > 1 else ""
    return way if way in word_list("directions") else ""


def light_object(names: Names, predication: Predication, span: Span, preposition: str) -> str:
    """The preposition with the noun that a verb of little meaning takes before it: "took control of X"."""
    held = any(
        a.span is not None and predication.trigger.end <= a.span.start < span.start for a in predication.arguments
    )
    between = [] if held else names.text[predication.trigger.end : span.start].split()
    noun = between[: between.index(preposition)] if preposition in between else []
    light = predication.lemma in word_list("light") and 0 < len(noun) <= 2 and all(w.isalpha() for w in noun)
    return " ".join([*noun, preposition]) if light else preposition


def _precedes(other: Argument, argument: Argument) -> bool:
    return other.span is not None and argument.span is not None and other.span.end <= argument.span.start


# ── words of the text that no argument holds ──

WORD = re.compile(r"\s+([A-Za-z][\w’'-]*)")
LONGEST_GAP = 4


def unread_object(names: Names, predication: Predication, fillers: list[Filler]) -> str:
    """The object that stands right behind a verb and that no argument holds: "his power", "a key role", "place"."""
    if result := _result(names, predication):
        return result
    later = [f.start for f in fillers if f.start > predication.trigger.end]
    behind = [f for f in fillers if f.start >= predication.trigger.end and (f.direct or " " in f.preposition)]
    light = predication.lemma in word_list("light")
    if behind or (is_passive(names, predication) and not light):
        return ""
    limit = min(later, default=len(names.text))
    at, words = predication.trigger.end, list[str]()
    while len(words) < LONGEST_GAP and (found := WORD.match(names.text, at)) and found.end() <= limit:
        word = found.group(1).lower()
        moved = not words and predication.lemma in word_list("come") and word in {"into", "under"}
        if word in word_list("gap_ends") | word_list("prepositions") and not moved:
            break
        words.append(word)
        at = found.end()
        light = light or moved
    return _gap(names, Span(predication.trigger.end, at), words, light=light, keep=bound(predication))


def _result(names: Names, predication: Predication) -> str:
    """What the object is made, right behind it: "left nine people dead"."""
    if predication.lemma not in word_list("resulting"):
        return ""
    ends = [a.span.end for a in predication.fillers(Role.RECIPIENT) if a.span is not None]
    found = WORD.match(names.text, max(ends)) if ends else None
    return found.group(1) if found is not None and found.group(1).lower() in word_list("results") else ""


def _gap(names: Names, span: Span, words: list[str], *, light: bool, keep: frozenset[str]) -> str:
    """The words of a gap, if they are an object and nobody speaks there ("said the minister")."""
    if any(s.overlaps(span) for link in names.attributions.values() for s in link.source):
        return ""
    determiners = {"a", "an", "the"} | word_list("possessives")
    complete = bool(words) and words[-1] not in determiners | word_list("prepositions") | word_list("possessives")
    opened = bool(words) and (words[0] in determiners or light)
    if not complete or not opened or words[0].endswith("ly") or (len(words) == LONGEST_GAP and not light):
        return ""
    return resolved(names, span, keep=keep)


def modifies(inner: Predication, outer: Predication) -> bool:
    """Whether another predication only tells more of what is named here: "a visit that lasted two days"."""
    subjects = [a.span for a in inner.fillers(Role.ACTOR) if a.span is not None]
    held = [outer.trigger, *(a.span for a in outer.fillers(Role.THEME) if a.span is not None)]
    return outer.relation is not Relation.CAUSE and any(s.overlaps(h) for s in subjects for h in held)


def says_no(fillers: list[Filler], predication: Predication) -> bool:
    """Whether the negation stands in an argument: "no group", "nothing"."""
    first = {f.words.lower().split(" ", 1)[0] for f in fillers if f.role is Role.ACTOR or f.role in OBJECTS}
    return predication.polarity is Polarity.NEGATIVE and bool(first & word_list("negators"))

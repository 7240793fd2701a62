"""A claim as one plain sentence: its chain of sources, then who did what to whom, where and when.

In: a ReadArticle and one of its claims. Out: one English sentence, never empty, the same for the same records. Grammar:

    According to A, citing B and C, [allegedly] SUBJECT VERB RECIPIENT THEME CONTENT PLACE INSTRUMENT TIME COUNT.

The verb is the trigger's lemma, put by one mood: "did not" where the innermost source denies, "plans to" / "is to"
where it lies ahead, "may have" / "probably" where that source is unsure itself, else past (states: present). Names
replace pronouns (``naming.py``); prepositions are those of the text. A noun becomes its verb where the table
``noun_verbs.csv`` has one and somebody acts, else "there was an explosion". The publisher's own voice has no lead.
What it cannot do: relative clauses, and any nuance that the records do not carry. It shows the claim, it is not the
evidence: the quote is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from khabar.model.articles import ReadArticle
from khabar.model.claims import Argument, Claim, Predication, Relation, Role
from khabar.model.factuality import NEGATIVE, Commitment, Polarity, Realis, Word
from khabar.model.spans import Span
from khabar.show.naming import (
    NOBODY,
    Names,
    capital,
    chain_names,
    chain_of,
    joined,
    lowered,
    names_of,
    phrase,
    resolved,
    shortened,
)
from khabar.show.verbs import Mood, existence, gerund, noun_verbs, participle, past, third, verb_group, word_list

__all__ = ["chain_names", "claim_sentence", "sentences"]

STATES = frozenset({Relation.CONTROL, Relation.LEAD, Relation.ALLY, Relation.PART_OF, Relation.DESCRIBE})
SINGULAR_ENDS = ("ss", "us", "is", "states", "nations", "emirates", "netherlands", "philippines", "news")
WORD_BEFORE = re.compile(r"([^\s,;:()“”\"]+)[\s“\"]*$")
DETERMINER = re.compile(r"\b(?:the|a|an|its|his|her|their)\s+$", re.IGNORECASE)
ORDER = (Role.RECIPIENT, Role.THEME, Role.CONTENT, Role.PLACE, Role.INSTRUMENT, Role.TIME, Role.QUANTITY)
OBJECTS = frozenset({Role.RECIPIENT, Role.THEME})
DEPTH = 2
"""how many predications inside one another are spelled out"""


def claim_sentence(article: ReadArticle, claim: Claim) -> str:
    """The plain sentence of one claim."""
    return sentence_of(names_of(article), claim)


def sentences(article: ReadArticle) -> dict[str, str]:
    """The sentences of all claims of an article, by claim id."""
    names = names_of(article)
    return {claim.claim_id: sentence_of(names, claim) for claim in article.reading.claims}


def sentence_of(names: Names, claim: Claim) -> str:
    """As ``claim_sentence``, over look-ups that were made once."""
    predication = names.predications.get(claim.predication_id)
    lead = lead_of(names, claim)
    if predication is None:
        return capital(f"{lead}something is said to have happened.")
    mood = mood_of(names, claim, predication)
    return capital(f"{lead}{clause(names, predication, mood)}.")


# ── the chain ──


def lead_of(names: Names, claim: Claim) -> str:
    """ "According to A, citing B, " or "Reportedly, " or nothing in the publisher's own voice."""
    sources = chain_of(names, claim)
    if not sources:
        return ""
    named = [lowered(s) for s in sources if s != NOBODY]
    if not named:
        cue = names.attributions[claim.chain[-1]].cue_lemma
        return f"{cue if cue.endswith('ly') else 'reportedly'}, "
    hearsay = ", by hearsay" if len(named) < len(sources) else ""
    return f"according to {', citing '.join(named)}{hearsay}, "


def mood_of(names: Names, claim: Claim, predication: Predication) -> Mood:
    """How the innermost source puts it."""
    innermost = claim.commitments[-1]
    stances = [names.attributions[key].stance for key in claim.chain if key in names.attributions]
    alleged = claim.word is Word.ALLEGED and any(s != NOBODY for s in chain_of(names, claim))
    adverb = "allegedly" if alleged else ""
    kind = _kind(innermost, predication, stances[-1] if stances else "", names)
    if kind == "past" and innermost in {Commitment.PR_PLUS, Commitment.PR_MINUS}:
        adverb = "probably"
    return Mood(kind=kind, negative=is_negative(claim, predication, stances), adverb=adverb)


def is_negative(claim: Claim, predication: Predication, stances: list[str]) -> bool:
    """Whether the sentence says "not": the innermost source holds that it did not happen."""
    if claim.commitments[-1] in NEGATIVE:
        return True
    affirms = claim.commitments[-1] is Commitment.CT_PLUS and "deny" in stances
    return predication.polarity is Polarity.NEGATIVE and not affirms


PLANNED = {"plan": "plan", "threaten": "threat", "predict": "expected", "demand": "should"}


def _kind(innermost: Commitment, predication: Predication, stance: str, names: Names) -> str:
    """The key of the mood."""
    if predication.realis is Realis.PLANNED:
        return PLANNED.get(stance, "is_to")
    if predication.realis is Realis.HYPOTHETICAL:
        return {"demand": "should", "ask": "may_have"}.get(stance, "may")
    if innermost in {Commitment.PS_PLUS, Commitment.PS_MINUS}:
        return "may_have"
    if innermost is Commitment.CT_U:
        return "whether"
    if innermost is Commitment.UU and stance in {"demand", "ask"}:
        return "should" if stance == "demand" else "may_have"
    return tense(names, predication)


def tense(names: Names, predication: Predication) -> str:
    """Past, present or progressive of what is placed in the actual world."""
    seen, lemma = predication.trigger.cut(names.text).lower(), predication.lemma
    noun = noun_verbs().get(lemma)
    if predication.realis is Realis.GENERIC or (noun is not None and noun.tense == "present"):
        return "present"
    state = predication.relation in STATES
    if predication.realis is Realis.ONGOING:
        return "present" if state else "progressive"
    if not state:
        return "past"
    after = names.text[predication.trigger.end :].split(maxsplit=1)[:1]
    finished = word_before_trigger(names, predication.trigger) in word_list("finished")
    if seen in {past(lemma), participle(lemma)} and (finished or after not in (["by"], ["to"], ["with"])):
        return "past"
    return "present"


# ── the clause ──


@dataclass(frozen=True, slots=True)
class Filler:
    """An argument as words, with the preposition that the text puts before it."""

    role: Role
    words: str
    preposition: str
    start: int


def clause(names: Names, predication: Predication, mood: Mood, depth: int = DEPTH) -> str:
    """Who did what to whom, where, when: without a lead and without a full stop."""
    fillers = fillers_of(names, predication, depth)
    actors = [f for f in fillers if f.role is Role.ACTOR]
    rest = [f for f in fillers if f.role is not Role.ACTOR]
    if is_noun(names, predication):
        return _noun_clause(names, predication, mood, (actors, rest))
    return _verb_clause(predication.lemma, mood, actors, _after(rest))


def _verb_clause(lemma: str, mood: Mood, actors: list[Filler], rest: list[Filler]) -> str:
    """A verb with its subject; without an actor the one it happened to becomes the subject."""
    if actors:
        subject = joined([f.words for f in actors])
        plural = len(actors) > 1 or is_plural(subject)
        return f"{subject} {verb_group(lemma, mood, plural=plural)} {said(rest)}".strip()
    objects = [f for f in rest if f.role in OBJECTS and not f.preposition]
    if not objects:
        return f"somebody {verb_group(lemma, mood)} {said(rest)}".strip()
    first = [f for f in objects if f.role is objects[0].role]
    subject = joined([f.words for f in first])
    verb = verb_group(lemma, mood, plural=len(first) > 1 or is_plural(subject), passive=True)
    return f"{subject} {verb} {said([f for f in rest if f not in first])}".strip()


def _noun_clause(names: Names, predication: Predication, mood: Mood, fillers: tuple[list[Filler], list[Filler]]) -> str:
    """A noun as its verb where somebody acts, else as something that there was."""
    actors, rest = fillers
    known = noun_verbs().get(predication.lemma)
    if known is not None and actors:
        direct = [_direct(f, known.place) for f in rest]
        return _verb_clause(known.verb, mood, actors, _after(direct))
    seen, lemma = predication.trigger.cut(names.text).lower(), predication.lemma
    plural = seen != lemma and seen.endswith("s")
    there = existence(seen if plural else lemma, mood, plural=plural, mass=lemma in word_list("mass"))
    by = f"by {joined([f.words for f in actors])}" if actors else ""
    placed = [replace(f, preposition="of") if f.role in OBJECTS and not f.preposition else f for f in rest]
    return " ".join(f"{there} {by} {said(_after(placed))}".split())


def _direct(filler: Filler, place: str) -> Filler:
    """The object of a noun as the object of its verb: "attack on X" -> "attacked X"."""
    dropped = {Role.PLACE: {place}}.get(filler.role, set())
    if filler.role in OBJECTS:
        dropped = {"of", "on", "to", "upon", "against", "for"}
    return replace(filler, preposition="") if filler.preposition in dropped else filler


def _after(fillers: list[Filler]) -> list[Filler]:
    """In the order of the grammar; direct objects before those with a preposition."""

    def rank(filler: Filler) -> tuple[int, int, int]:
        group = int(filler.preposition != "") if filler.role in OBJECTS else 2
        return group, ORDER.index(filler.role), filler.start

    return sorted(fillers, key=rank)


def said(fillers: list[Filler]) -> str:
    """Fillers one after another; those of one role share a preposition."""
    out: list[str] = []
    for role in dict.fromkeys(f.role for f in fillers):
        same = [f for f in fillers if f.role is role]
        out.append(f"{same[0].preposition} {joined([f.words for f in same])}".strip())
    return " ".join(out)


# ── the fillers ──


def fillers_of(names: Names, predication: Predication, depth: int) -> list[Filler]:
    """The arguments as words, without those that stand inside another one, and without repetitions."""
    out: list[Filler] = []
    for argument in predication.arguments:
        if argument.span is not None and _inside_another(argument, predication):
            continue
        filler = filler_of(names, predication, argument, depth)
        if filler.words and not any(f.words == filler.words for f in out):
            out.append(filler)
    return out


def _inside_another(argument: Argument, predication: Predication) -> bool:
    """Whether an earlier or larger argument already shows these words."""
    mine = argument.span
    for other in predication.arguments:
        if other is argument or other.span is None or mine is None or not other.span.contains(mine):
            continue
        if other.span != mine or predication.arguments.index(other) < predication.arguments.index(argument):
            return True
    return False


def filler_of(names: Names, predication: Predication, argument: Argument, depth: int) -> Filler:
    """One argument as words."""
    if argument.span is None:
        inner = names.predications.get(argument.predication_id or "")
        words = summary(names, predication, argument.role, inner, depth) if inner is not None else ""
        return Filler(argument.role, words, "", inner.trigger.start if inner is not None else 0)
    words = phrase(names, argument.span, argument.entity_id)
    if argument.role is Role.TIME:
        words = dated(names, argument, shortened(resolved(names, argument.span)))
    elif argument.role is Role.QUANTITY:
        words = shortened(resolved(names, argument.span))
    return Filler(argument.role, words, preposition_of(names, argument, predication), argument.span.start)


def dated(names: Names, argument: Argument, words: str) -> str:
    """A time expression with its day or interval: "on Wednesday (2016-12-14)"."""
    link = names.times.get(argument.filler_id or "")
    if link is None or link.earliest is None or link.earliest in words:
        return words
    same = link.latest in (None, link.earliest)
    return f"{words} ({link.earliest})" if same else f"{words} ({link.earliest} to {link.latest})"


def preposition_of(names: Names, argument: Argument, predication: Predication) -> str:
    """The preposition that the text puts before a filler; places and instruments always get one."""
    span, role = argument.span, argument.role
    if span is None or span.cut(names.text).split(maxsplit=1)[0].lower() in word_list("prepositions"):
        return ""
    between = names.text[predication.trigger.end : span.start]
    if role is Role.PLACE and predication.trigger.end < span.start and not DETERMINER.sub("", between).strip():
        return ""
    found = word_before(names, span)
    passive = role in OBJECTS and span.end <= predication.trigger.start
    if found in word_list("prepositions") and not passive and not (found == "by" and role is Role.ACTOR):
        return found
    return {Role.PLACE: "in", Role.INSTRUMENT: "with"}.get(role, "")


def word_before(names: Names, span: Span) -> str:
    """The word before a span, a determiner skipped, in lower case; "" at the start or after punctuation."""
    before = DETERMINER.sub("", names.text[max(0, span.start - 60) : span.start])
    found = WORD_BEFORE.search(before)
    return found.group(1).lower() if found else ""


def summary(names: Names, outer: Predication, role: Role, inner: Predication, depth: int) -> str:
    """Another predication in a few words: "of bombing X" after accuse, "to guard X" after a request, or "that …"."""
    if depth <= 0:
        return "something"
    kind = outer.event_type.value if outer.event_type is not None else ""
    negative = inner.polarity is Polarity.NEGATIVE
    if role is Role.CONTENT and kind == "ACCUSE":
        return f"of {_bare(names, inner, Mood(kind='gerund', negative=negative), depth)}"
    if inner.realis in {Realis.PLANNED, Realis.HYPOTHETICAL} or kind in {"REQUEST", "THREATEN"}:
        return _bare(names, inner, Mood(kind="to", negative=negative), depth)
    if role is not Role.CONTENT:
        return _bare(names, inner, Mood(kind="gerund", negative=negative), depth)
    return f"that {clause(names, inner, Mood(kind=tense(names, inner), negative=negative), depth - 1)}"


def _bare(names: Names, inner: Predication, mood: Mood, depth: int) -> str:
    """A predication without its subject: "bombing PFG forces"."""
    fillers = [f for f in fillers_of(names, inner, depth - 1) if f.role is not Role.ACTOR]
    known = noun_verbs().get(inner.lemma) if is_noun(names, inner) else None
    verb = known.verb if known is not None else inner.lemma
    if known is not None:
        fillers = [_direct(f, known.place) for f in fillers]
    return f"{verb_group(verb, mood)} {said(_after(fillers))}".strip()


# ── nouns, verbs, numbers ──


def is_noun(names: Names, predication: Predication) -> bool:
    """Whether the trigger is a noun, by its form and the words around it."""
    seen, lemma = predication.trigger.cut(names.text).lower(), predication.lemma
    if (seen in {past(lemma), participle(lemma)} and seen != lemma) or seen == gerund(lemma):
        return False
    if " " in lemma:
        return False
    if seen not in {lemma, third(lemma)}:
        return seen != lemma and not seen.startswith(lemma[:3])
    before = word_before_trigger(names, predication.trigger)
    if before in word_list("verb_before"):
        return False
    return before in word_list("noun_before") or lemma in noun_verbs() or not _after_subject(predication)


def word_before_trigger(names: Names, trigger: Span) -> str:
    """The word before a trigger in lower case, determiners kept."""
    found = WORD_BEFORE.search(names.text[max(0, trigger.start - 40) : trigger.start])
    word = found.group(1).lower() if found else ""
    return "’s" if word.endswith(("’s", "'s")) else word


def _after_subject(predication: Predication) -> bool:
    """Whether an actor stands right before the trigger: then the same form is a finite verb."""
    ends = [a.span.end for a in predication.fillers(Role.ACTOR) if a.span is not None]
    return any(0 < predication.trigger.start - end <= 12 for end in ends)


def is_plural(subject: str) -> bool:
    """Whether a subject takes a plural verb, by its last word before any preposition."""
    words = subject.split()
    for i, word in enumerate(words):
        if i and word.lower() in word_list("prepositions"):
            words = words[:i]
            break
    last = words[-1].lower().strip(".,") if words else ""
    if last in word_list("plural") or " and " in subject:
        return True
    single_name = len(words) == 1 and subject[:1].isupper()
    return last.endswith("s") and not last.endswith(SINGULAR_ENDS) and not single_name

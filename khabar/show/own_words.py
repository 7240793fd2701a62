"""A verb in the words of the text: subject, verb as the claim has it, and all that the text has behind the verb.

In: the look-ups of an article, a predication, how it is said, its fillers. Out: a clause, or "" where the text has no
subject before its verb. Pronouns become names where the sentence does not show who is meant, days get their date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from khabar.model.claims import Predication, Role
from khabar.model.factuality import Polarity
from khabar.model.mentions import Form, Kind, Mention
from khabar.model.spans import Span
from khabar.show.fillers import SETTING, Filler, bound, dated, plain_fillers
from khabar.show.groups import Before, group_before, ongoing, own_group
from khabar.show.naming import Names, joined, lowered, possessive, tidy
from khabar.show.orders import said, spoken
from khabar.show.predicates import is_passive, with_rest
from khabar.show.tails import tail_span
from khabar.show.verbs import Mood, gerund, is_plural, participle, third, verb_group, word_list

FIRST = 4
"""words behind a verb among which a "no" negates it"""
OPENERS = frozenset({"that", "whether", "if", "to", "not"})
RELATIVES = frozenset({"who", "which", "that", "whose"})
REACH = 80
LONG = 10
"""words of a tail behind which a place or a day would hang on the wrong word"""
NEAR = 8
"""code points between the end of a clause and a place or day that still belongs to it"""
HELD = frozenset({Role.PLACE, Role.TIME, Role.INSTRUMENT})
COUNTED = re.compile(r"\s+(?:ago|earlier|later)\b")
APPOSED = re.compile(r", (?:identified|known|who|which|aged|a|an|the)\b.*$")
COUNTS = re.compile(r"\d|\b(?:hundreds|thousands|millions|million|people|dozens)\b")
DUE = re.compile(
    r"\b((?:had been|has been|have been|was|were|is|are) (?:due|scheduled|set|supposed|meant|slated|about|expected) to) $"
)
NAMED_BY = re.compile(r"^(?:\s+of\b|\s+[A-Z]|,\s+[A-Z])")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the sentence is about, and whether the verb happens to them."""

    fillers: tuple[Filler, ...]
    passive: bool


def own_clause(
    names: Names, predication: Predication, word: str, mood: Mood, fillers: list[Filler], *, known: str = ""
) -> str:
    """The clause; "" if the text's words cannot be taken over."""
    subject = subject_of(names, predication, fillers)
    if subject is None or names.text.endswith("-", 0, predication.trigger.start):
        return ""
    span = tail_span(names, predication)
    words = joined([f.words for f in subject.fillers])
    words = APPOSED.sub("", words) if len(subject.fillers) == 1 and " and " not in words else words
    words = (
        f"not {words}"
        if names.text[max(0, subject.fillers[0].start - FIRST) : subject.fillers[0].start].lower() == "not "
        else words
    )
    shown = spoken(names, words, known)
    start = subject.fillers[0].start
    plain = words if start in names.name_starts else words[:1].lower() + words[1:]
    owners = _owners(names, predication, subject, plural=is_plural(plain) or len(subject.fillers) > 1)
    tail = tail_words(names, predication, span, known, owners) or _what_was(names, predication)
    before = group_before(names, predication)
    put = _negated_elsewhere(predication, mood, before, words, tail)
    if put is None:
        return ""
    plural = _plural(names, subject, words, shown)
    number = plural if plural is not None else len(subject.fillers) > 1 or is_plural(words)
    group = own_group(names, predication, put, plural=plural)
    if not group:
        verb = (
            word if word.startswith("be ") else with_rest(predication.trigger.cut(names.text), word.partition(" ")[0])
        )
        group = _due(names, predication, put) or _made(
            names, predication, verb, put, plural=number, passive=subject.passive
        )
    return _ordered(shown, group, tail, [f for f in fillers if f not in subject.fillers], span)


def _what_was(names: Names, predication: Predication) -> str:
    """ "this" where a verb of answering has its object before it: "a charge which the ministry denies"."""
    before = names.text[max(0, predication.trigger.start - REACH) : predication.trigger.start].lower()
    clause = re.split(r"[.;,]", before)[-1].split()
    return "this" if predication.lemma in word_list("answering") and {"which", "that"} & set(clause[:2]) else ""


def subject_of(names: Names, predication: Predication, fillers: list[Filler]) -> Subject | None:
    """Who stands before the verb as its subject: who acts or undergoes; None if nobody does."""
    ahead = [f for f in fillers if f.fronted and not f.clausal and f.words and not f.compound]
    doing = [f for f in ahead if f.subject] or [f for f in ahead if f.role is Role.ACTOR]
    in_passive = is_passive(names, predication)
    able = predication.lemma not in word_list("intransitive")
    if doing:
        return Subject(tuple(doing), able and (in_passive or _suffers(names, predication, fillers)))
    done = [f for f in ahead if f.direct and f.role not in SETTING]
    done = done or (_raised(names, predication) if in_passive else [])
    if not done or (
        not in_passive and any(f.role is Role.ACTOR and not f.fronted and not _by(names, f) for f in fillers)
    ):
        return None
    done = [f for f in done if f.role is done[0].role]
    return Subject(tuple(done), able)


def _raised(names: Names, predication: Predication) -> list[Filler]:
    """The subject of "X is alleged to have …", which the records have with the verb inside."""
    inner = [names.predications.get(a.predication_id or "") for a in predication.arguments if a.predication_id]
    found = [
        f
        for p in inner
        if p is not None and names.text[predication.trigger.end : p.trigger.start].startswith(" to ")
        for f in plain_fillers(names, p)
        if f.role is Role.ACTOR and f.start < predication.trigger.start
    ]
    return [replace(f, role=Role.THEME) for f in found]


def _by(names: Names, filler: Filler) -> bool:
    return (
        names.text[max(0, filler.start - NEAR) : filler.start]
        .rstrip()
        .lower()
        .endswith((" by", "by the", "by a", "by an"))
    )


def _suffers(names: Names, predication: Predication, fillers: list[Filler]) -> bool:
    """ "at least two were killed and dozens injured": who has no object suffers it."""
    held = any(f.direct and not f.fronted for f in fillers)
    mine = predication.lemma in word_list("suffered") and not group_before(names, predication).words
    following = names.text[predication.trigger.end :].partition("\n")[0].split(maxsplit=1)[:1]
    word = following[0].lower() if following else ""
    closed = word in word_list("prepositions") | word_list("results") | {"and", "or"} or not word[:1].isalnum()
    return mine and not held and closed


def _negated_elsewhere(predication: Predication, mood: Mood, before: Before, subject: str, tail: str) -> Mood | None:
    """The mood without "not" where subject or object says no; None where that would say what the claim denies."""
    if predication.polarity is not Polarity.NEGATIVE:
        return mood
    opened = subject.lower().split()[:1] + ([] if before.negative else tail.lower().split()[:FIRST])
    if not subject.startswith("not ") and not set(opened) & (
        word_list("negators") - ({"none"} if before.negative else set())
    ):
        return mood
    return replace(mood, negative=False) if mood.negative else None


def _plural(names: Names, subject: Subject, words: str, shown: str) -> bool | None:
    """The number of a subject that the text has not in these words; None if it has."""
    if shown != words:
        return shown == "they" or (is_plural(words) and " " in shown)
    if len(subject.fillers) > 1:
        return None
    start = subject.fillers[0].start
    return None if names.text[start:].lower().startswith(words.lower().removeprefix("the ")) else is_plural(words)


def _made(names: Names, predication: Predication, verb: str, mood: Mood, *, plural: bool, passive: bool) -> str:
    """The verb as the claim puts it, where the text puts it otherwise."""
    passive = passive and not verb.startswith("be ")
    past_seen = bool(_past_form(names, predication)) and not passive
    if mood.kind == "may" and (past_seen or {"had", "has", "have"} & set(group_before(names, predication).words[:1])):
        mood = replace(mood, kind="may_have")
    elif mood.kind == "may" and not passive and ongoing(names, predication):
        verb = f"be {predication.trigger.cut(names.text)}"
    if mood.kind == "past" and not mood.negative and not passive and (seen := _past_form(names, predication)):
        return f"{mood.adverb} {seen}".strip()
    return verb_group(verb, mood, plural=plural, passive=passive)


def _past_form(names: Names, predication: Predication) -> str:
    """The trigger, where the text itself has it in the past: "slept"; else nothing."""
    words, base = predication.trigger.cut(names.text), predication.lemma.partition(" ")[0]
    first = words.partition(" ")[0]
    plain = first.islower() and first not in {base, third(base), gerund(base)} and not first.endswith("ing")
    return words if plain and not group_before(names, predication).words and first != participle(base) else ""


def _due(names: Names, predication: Predication, mood: Mood) -> str:
    """ "had been due to attend": what lies or lay ahead, in the text's own words."""
    found = DUE.search(names.text[max(0, predication.trigger.start - 40) : predication.trigger.start])
    fits = mood.kind in {"is_to", "will"} and not mood.negative
    return f"{found.group(1)} {predication.trigger.cut(names.text)}" if found is not None and fits else ""


def _length(filler: Filler) -> bool:
    """Whether a time is a length that belongs to another verb: "to 12 years"."""
    return (
        filler.role is Role.TIME
        and filler.words.rsplit(" ", 1)[-1].lower() in word_list("lengths")
        and filler.preposition in {"", "to", "of"}
    )


def _ordered(subject: str, group: str, tail: str, others: list[Filler], span: Span) -> str:
    """Subject, verb, objects that the text has before, what it has behind, and the setting that is left."""
    left = [f for f in others if not span.start <= f.start < span.end and f.words not in tail]
    objects = [f for f in left if f.direct and f.fronted and f.role not in SETTING]
    setting = [f for f in left if f.role in HELD and (f.fronted or f.start - span.end <= NEAR) and not _length(f)]
    setting = [replace(f, preposition="in") if f.role is Role.PLACE and f.preposition == "of" else f for f in setting]
    contents = [f for f in left if f.clausal and (not tail or f.start < span.start)]
    opens = tail.split()
    early = bool(set(opens[:1]) & OPENERS) or len(opens) > LONG or bool(set(opens) & RELATIVES)
    first, last = (setting, []) if early else ([], setting)
    inside = [f for f in first if f.role is Role.TIME]
    ahead = f"{said([f for f in first if f.role is not Role.TIME])}," if len(inside) < len(first) else ""
    parts = [ahead, subject, said(inside), group, said(objects), tail, said(last), said(contents)]
    return " ".join(p for p in parts if p)


# ── the words behind the verb ──


def _owners(names: Names, predication: Predication, subject: Subject, *, plural: bool) -> frozenset[str]:
    """The possessive pronouns that a reader takes for the subject's: they stay as they are."""
    starts = {f.start for f in subject.fillers}
    entities = [a.entity_id or "" for a in predication.arguments if a.span is not None and a.span.start in starts]
    person = any(m.kind is Kind.PER for e in entities for m in names.mentions.get(e, ()))
    return frozenset({"their"} if plural else {"his", "her"} if person else {"its"})


def tail_words(names: Names, predication: Predication, span: Span, known: str, owners: frozenset[str]) -> str:
    """The stretch with names for pronouns, but for those ``owners``, and dates for days."""
    keep = bound(predication) | names.speaking | ({names.alike[known]} if known in names.alike else set())
    edits = [*_pronouns(names, span, keep, owners), *_named(names, span, keep), *_days(names, span)]
    out, at = list[str](), span.start
    for where, words in sorted(edits, key=lambda e: e[0]):
        if where.start >= at:
            out += [names.text[at : where.start], words]
            at = where.end
    text = tidy("".join([*out, names.text[at : span.end]]))
    whole = names.text[span.start : span.end].rstrip()
    return f"{text}{whole[-2:]}" if whole.endswith(("’s", "'s")) and not text.endswith(("’s", "'s")) else text


Edits = list[tuple[Span, str]]


def _named(names: Names, span: Span, keep: frozenset[str] | set[str]) -> Edits:
    """Short names and descriptions of whom the sentence does not name, in full: "the town", "Harouda"."""
    out: Edits = []
    seen = set(keep)
    for first in names.mentions_in(span):
        name = names.best.get(first.entity_id)
        if name is None or first.form is Form.PRO or first.entity_id in seen or first.entity_id in names.tabled:
            continue
        seen.add(first.entity_id)
        if name in names.text[span.start : span.end]:
            continue
        words = first.span.cut(names.text)
        if _short(first, words, name) and not NAMED_BY.match(names.text[first.span.end :]):
            owned = words[-2:] if words.endswith(("’s", "'s")) else ""
            out.append((first.span, lowered(name) + owned))
    return out


def _short(mention: Mention, words: str, name: str) -> bool:
    """Whether words are the surname of a person, or "the" and one word for what has a name."""
    plain = tidy(words)
    if mention.form is Form.NAM:
        return mention.kind is Kind.PER and " " not in plain and name.endswith(f" {plain}")
    return plain.lower().startswith("the ") and plain.count(" ") == 1 and mention.kind is not Kind.MISC


def _pronouns(names: Names, span: Span, keep: frozenset[str] | set[str], owners: frozenset[str]) -> Edits:
    """Pronouns of whom the sentence does not show."""
    out: Edits = []
    for pronoun in names.pronouns:
        if not span.contains(pronoun.span):
            continue
        word = pronoun.span.cut(names.text).lower()
        if word in word_list("first_person"):
            out.append((pronoun.span, f"“{pronoun.span.cut(names.text)}”"))
            continue
        ahead = names.text[span.start : pronoun.span.start]
        if pronoun.entity_id in keep or word in owners or (word == "their" and COUNTS.search(ahead)):
            continue
        if word.endswith(("self", "selves")) or word in word_list("relatives") or word in {"there", "here"}:
            continue
        if any(_shows(m, span, pronoun) for m in names.mentions.get(pronoun.entity_id, ())):
            continue
        owner = word in word_list("possessives")
        name = (names.described.get(pronoun.entity_id) if owner else None) or names.best.get(pronoun.entity_id)
        if name is not None:
            out.append((pronoun.span, possessive(lowered(name)) if owner else lowered(name)))
    return out


def _shows(mention: Mention, span: Span, pronoun: Mention) -> bool:
    """Whether the same words name somebody before a pronoun."""
    return mention is not pronoun and span.contains(mention.span) and mention.span.end <= pronoun.span.start


def _days(names: Names, span: Span) -> Edits:
    """Times with their day."""
    out: Edits = []
    for key, where in names.timexes.items():
        if span.contains(where):
            counted = COUNTED.match(names.text[where.end : span.end])
            whole = Span(where.start, where.end + (counted.end() if counted else 0))
            out.append((whole, dated(names, key, whole.cut(names.text))))
    return out

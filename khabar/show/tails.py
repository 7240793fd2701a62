"""What a text has behind a verb, in its own words: " against him in exchange for immunity", " that rebels seized Sebha".

In: the look-ups of an article and a predication. Out: the stretch from behind the trigger to the end of its clause. It ends
where the sentence or the quotation does, at a comma that joins no list, before "when", "because" and the like with a verb of
their own, before "and" with another verb, and before whoever says it. Conditions and limits ("unless", "until") stay. The
reader's parse is not here: verbs are known as the triggers of predications and by the closed classes of
``word_lists.yml``, so that a clause may end early, never late in another sentence.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from khabar.model.claims import Predication, Role
from khabar.model.spans import Span
from khabar.show.groups import group_before
from khabar.show.naming import Names
from khabar.show.predicates import is_noun, word_before
from khabar.show.verbs import gerund, irregular, past, word_list

TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[$€£]?\d[\d,.]*\d[\w%]*|[\w’'&@#%$€£+-]*[\w%]|\S")
LISTED = re.compile(
    r"\s+(?:[\w’'$€£%-]+\s+){0,6}[\w’'$€£%-]+(?:,\s+(?:[\w’'$€£%-]+\s+){0,6}[\w’'$€£%-]+){0,4},?\s+(?:and|or)\s+"
)
QUOTED = re.compile(r"[“\"]([^“”\"\n]{1,80})[”\"]")
CLOSERS = "”’\"')"
MARKS = frozenset("!?;:—–()[]…")
PARENTHESIS = 60
LONGEST = 400
"""code points of a tail that are looked at; a sentence about a claim is cut long before"""
NEAR = 4
"""words behind "and" among which its verb stands"""


class Word(NamedTuple):
    """A word of the text, or a mark."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """Without capitals."""
        return self.text.lower()


def words_from(text: str, at: int, limit: int) -> list[Word]:
    """The words and marks of a stretch."""
    return [Word(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text, at, limit)]


def tail_span(names: Names, predication: Predication) -> Span:
    """The stretch behind a trigger up to the end of its clause, without trailing function words; may be empty."""
    start = predication.trigger.end
    limit = min(_line_end(names.text, start), _teller(names, predication), _by_end(names, predication))
    words = words_from(names.text, start, min(limit, start + LONGEST))
    limit = words[-1].end if words and words[-1].end >= start + LONGEST else limit
    atoms = names.atoms_in(start, limit)
    end = _end(names, predication, words, atoms)
    kept = [w for w in words if w.end <= end]
    cut = end < limit and names.text[end:].lstrip()[:1] not in {".", ",", ";", ":", "?", "!"}
    while kept and (kept[-1].text in MARKS | {",", "-"} or (cut and kept[-1].lower in word_list("dangling"))):
        kept.pop()
    return Span(start, kept[-1].end if kept else start)


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return found if found >= 0 else len(text)


def _teller(names: Names, predication: Predication) -> int:
    """Where whoever says it, or the cue, begins behind the trigger; a large number if nowhere."""
    trigger, found = predication.trigger, [len(names.text)]
    for link in names.attributions.values():
        if any(s.overlaps(trigger) for s in link.content):
            found += [s.start for s in (*link.source, *link.cue) if s.start >= trigger.end]
    return min(found)


def _by_end(names: Names, predication: Predication) -> int:
    """The end of whoever acts behind a participle without a verb: "owned by a Chinese company"; large if there is none."""
    at = predication.trigger.end
    if not _reduced(names, predication) or not names.text.startswith(" by ", at):
        return len(names.text)
    ends = [a.span.end for a in predication.fillers(Role.ACTOR) if a.span is not None and at < a.span.start]
    return min(ends, default=len(names.text))


def _end(names: Names, predication: Predication, words: list[Word], atoms: list[Span]) -> int:
    """The end of the clause among words."""
    passed = at = predication.trigger.end  # marks and "and" before this place end nothing
    embedded, reduced = _embedded(names, predication), _reduced(names, predication)
    pending = False  # a clause was opened whose verb is still to come
    for i, word in enumerate(words):
        before = words[i - 1] if i else None
        if reduced and word.lower in word_list("relatives"):
            return at
        pending = word.lower in {"that", "whether"} or (pending and not _verb_at(names, words, i, known_only=False))
        embedded = embedded and word.lower not in word_list("opens_within")
        infinitive = before is not None and before.lower == "to"
        if embedded and not infinitive and _verb_at(names, words, i, known_only=False):
            return at
        if word.start < passed:
            at = word.end
            continue
        holding = [s.end for s in atoms if s.start < word.start < s.end]
        if holding and word.lower not in {"who", "which", "that"}:
            passed = max(passed, min(max(holding), word.end if word.text != "," else max(holding)))
        elif word.text in {"“", '"'}:
            quoted = QUOTED.match(names.text, word.start)
            if quoted is None:
                return at
            passed = quoted.end()
        elif word.text == ",":
            listed = _list_end(names, words, i) or _apposition(names, word)
            listed = listed or (_parenthesis(names, words, i) if pending else 0)
            if not listed:
                return at
            passed = listed
        elif _stops(names, words, i, before):
            return before.start if before and _piped(before, word) else at
        at = max(at, word.end)
    return at


def _stops(names: Names, words: list[Word], i: int, before: Word | None) -> bool:
    """Whether a word or mark ends the clause."""
    word = words[i]
    if word.text in MARKS or (word.text in CLOSERS and word.text != "’"):
        return True
    if word.text == ".":
        return not (before and before.lower in word_list("abbreviated") and before.end == word.start)
    if word.text == "-":
        return names.text[word.end : word.end + 1].isspace()
    lower = word.lower
    if lower in word_list("clause_ends"):
        return True
    if lower in {"whom", "which", "whose"} and before is not None and before.lower in word_list("prepositions"):
        return True
    if lower in word_list("clause_may_end"):
        return any(_verb_at(names, words, j, known_only=False) for j in _until_mark(words, i + 1, relatives=True))
    return lower in {"and", "or", "nor"} and another_clause(names, words, i)


def _embedded(names: Names, predication: Predication) -> bool:
    """Whether the verb stands inside a subject, whose own verb follows: "a boat carrying migrants sank"."""
    before = group_before(names, predication)
    opened = word_before(names.text, Span(before.start, before.start))
    first = predication.trigger.cut(names.text).lower().partition(" ")[0]
    ing = first == gerund(predication.lemma.partition(" ")[0])
    return opened in {"who", "which", "that"} or (ing and not before.words) or _reduced(names, predication)


def _reduced(names: Names, predication: Predication) -> bool:
    """Whether it is a participle behind what it happened to: "a diplomat briefed on the talks"."""
    done = any(
        a.rule == "obj" and a.span is not None and a.span.end <= predication.trigger.start
        for a in predication.arguments
    )
    return done and not group_before(names, predication).words


def _piped(before: Word, word: Word) -> bool:
    """ "under which": the preposition goes with what follows."""
    return word.lower in {"whom", "which", "whose"} and before.lower in word_list("prepositions")


def _until_mark(words: list[Word], start: int, *, relatives: bool = False) -> range:
    ends = (
        MARKS
        | {",", "."}
        | (word_list("relatives") | {"to", "whether", "if", "but", "and", "or"} if relatives else frozenset())
    )
    end = next((j for j in range(start, len(words)) if words[j].lower in ends), len(words))
    return range(start, end)


def another_clause(names: Names, words: list[Word], i: int) -> bool:
    """Whether "and" joins another verb, or another subject with its verb, and no further noun."""
    after = words[i + 1 : i + 1 + NEAR * 2]
    if not after:
        return True
    first = after[0].lower
    if first in {"that", "whether", "then", "not", "said", "who", "which"} or first in word_list("subjects"):
        return True
    at = i + 1
    while at < len(words) and (words[at].lower.endswith("ly") or words[at].lower in word_list("between")):
        at += 1
    if at < len(words) and _verb_at(names, words, at, known_only=False):
        infinitive = any(w.lower == "to" for w in words[max(0, i - 10) : i])
        return not (infinitive and _base_form(names, words[at]))
    if first.endswith("ing") and first not in word_list("mass"):
        started = words[i + 1].start in names.triggers
        return started and not any(w.lower.endswith("ing") for w in words[:i])
    for j in _until_mark(words, at):
        lower = words[j].lower
        if lower in word_list("relatives") | word_list("prepositions") | {"and", "or", "as"}:
            return False
        if j > at and _verb_at(names, words, j, known_only=True):
            return True
    return False


def _verb_at(names: Names, words: list[Word], j: int, *, known_only: bool) -> bool:
    """Whether a finite verb stands there: an auxiliary, the trigger of a predication that is no noun, a past form."""
    word = words[j]
    if word.text in {"May", "Will"} or [w.lower for w in words[j + 1 : j + 2]] == ["by"]:
        return False
    if word.lower in word_list("finite"):
        return True
    predication = names.triggers.get(word.start)
    if predication is not None:
        return not word.lower.endswith("ing") and not is_noun(names, predication)
    return not known_only and word.lower in _past_forms()


@cache
def _past_forms() -> frozenset[str]:
    return frozenset(row[0] for base, row in irregular().items() if row[0] != base) | frozenset(
        past(verb) for verb in word_list("often_joined")
    )


def _base_form(names: Names, word: Word) -> bool:
    """Whether a verb stands in its base form: the second of "to cancel and divert"."""
    predication = names.triggers.get(word.start)
    return predication is not None and word.lower == predication.lemma.partition(" ")[0]


def _list_end(names: Names, words: list[Word], i: int) -> int:
    """Where the "and" of a list that this comma belongs to ends; 0 if it belongs to none."""
    comma = words[i]
    found = LISTED.match(names.text, comma.end)
    if found is None:
        return 0
    inside = [w for w in words if comma.end <= w.start and w.end <= found.end()]
    if not inside or inside[0].lower.endswith("ing") or inside[-1].end > words[-1].end:
        return 0
    if any(w.lower in word_list("relatives") | word_list("clause_ends") | {"but"} for w in inside):
        return 0
    if any(_verb_at(names, inside, j, known_only=True) for j in range(len(inside))):
        return 0
    last = next((k for k in range(len(words)) if words[k].end == inside[-1].end), None)
    if last is None or another_clause(names, words, last):
        return 0
    return found.end()


def _parenthesis(names: Names, words: list[Word], i: int) -> int:
    """The end of what stands between two commas before the verb of a clause: "that the block, built in 1996, was"."""
    for j in range(i + 1, len(words) - 1):
        if words[j].text in MARKS or words[j].end - words[i].end > PARENTHESIS:
            return 0
        if words[j].text == ",":
            return words[j].end if _verb_at(names, words, j + 1, known_only=False) else 0
    return 0


def _apposition(names: Names, comma: Word) -> int:
    """The end of another name or description of whom the words before the comma name; 0 if there is none."""
    every = [m for group in names.mentions.values() for m in group]
    before = {m.entity_id for m in every if m.span.end == comma.start}
    after = [m.span.end for m in every if m.entity_id in before and m.span.start == comma.end + 1]
    if not after or max(after) - comma.end > 60:
        return 0
    end = max(after)
    return end + 1 if names.text[end : end + 1] == "," else end

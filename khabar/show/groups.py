"""The text's own verb with all that stands before it: "has repeatedly accused", "could still overflow".

In: the look-ups of an article, a predication, the mood of a claim. Out: the words with the number of the subject that is
shown, or "" where the claim puts it otherwise than the text (denied, planned, wanted) or where the text has no auxiliary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from khabar.model.claims import Predication
from khabar.show.naming import Names
from khabar.show.verbs import Mood, gerund, participle, word_list

WORD = re.compile(r"(?<![\w’'-])[\w’'-]{1,80}$")
OWN = frozenset({"past", "present", "progressive", "past_progressive"})
NUMBERS = (("is", "are"), ("was", "were"), ("has", "have"), ("does", "do"))
LOOSE = {
    "may": {"may", "might", "could", "can"},
    "may_have": {"may", "might", "could"},
    "would": {"would", "could", "might"},
}
"""moods, and the modals of the text that say the same"""
CONDITION = re.compile(r"\b(?:if|unless|whether)\b[^,;.]*$", re.IGNORECASE)
HAVE_TO = re.compile(r"\b(?:have|has|had) to$")
REACH = 90
LONGEST_WORD = 32


@dataclass(frozen=True, slots=True)
class Before:
    """The auxiliaries and adverbs before a verb."""

    words: tuple[str, ...]
    start: int

    @property
    def negative(self) -> bool:
        """Whether "not" or "never" is among them."""
        return any(w in {"not", "never", "hardly"} or w.endswith(("n’t", "n't")) for w in self.words)

    @property
    def modal(self) -> str:
        """The modal that opens them, or nothing."""
        return self.words[0] if self.words and self.words[0] in word_list("modals") | {"must"} else ""


def group_before(names: Names, predication: Predication) -> Before:
    """What of the verb stands before the trigger; without an auxiliary nothing."""
    at, found = predication.trigger.start, list[tuple[str, int]]()
    while at > predication.trigger.start - REACH:
        line = names.text[max(0, at - LONGEST_WORD) : at]
        plain = line.rstrip(" ")
        word = WORD.search(plain)
        if word is None or plain == line:
            break
        lower = word.group().lower()
        if not _belongs(lower) and not HAVE_TO.search(plain[-12:]):
            break
        at -= len(line) - word.start()
        found.append((lower, at))
    while found and found[-1][0] not in word_list("finite"):
        found.pop()
    if not found:
        return Before((), predication.trigger.start)
    infinitive = found[-1][0] in {"have", "be"} and names.text.endswith(" to ", 0, found[-1][1])
    return Before(() if infinitive else tuple(w for w, _ in reversed(found)), found[-1][1])


def _belongs(word: str) -> bool:
    if any(word in word_list(name) for name in ("finite", "between", "in_group")):
        return True
    return word.endswith("ly") and word not in word_list("no_adverbs")


def own_group(names: Names, predication: Predication, mood: Mood, *, plural: bool | None) -> str:
    """The text's own verb. ``plural`` is the number of a subject other than the text's, None for its own."""
    before = group_before(names, predication)
    if not before.words or before.words[0] in {"said", "says", "say"} or before.negative != mood.negative:
        return ""
    held = CONDITION.search(names.text[max(0, before.start - REACH) : before.start]) is not None
    fits = mood.kind in OWN or (before.modal in LOOSE.get(mood.kind, ()) and not held)
    if (
        not fits
        or not _formed(names, predication, before)
        or (mood.adverb and mood.adverb not in {"allegedly", "reportedly", "probably"})
    ):
        return ""
    words = list(before.words)
    if plural is not None:
        words[0] = next((pair[plural] for pair in NUMBERS if words[0] in pair), words[0])
    if mood.adverb and mood.adverb not in words:
        words.insert(1, mood.adverb)
    return " ".join([*words, predication.trigger.cut(names.text)])


def _formed(names: Names, predication: Predication, before: Before) -> bool:
    """Whether the trigger has the form that its auxiliary asks for; else it is a noun ("has links")."""
    seen = predication.trigger.cut(names.text).lower().partition(" ")[0]
    base = predication.lemma.partition(" ")[0]
    last = [w for w in before.words if w in word_list("finite") | {"be", "been", "being", "have"}][-1]
    if before.words[-1] == "to":
        return seen == base
    if last in {"has", "have", "had"}:
        return seen == participle(base) or seen.endswith("ed")
    if last in {"am", "is", "are", "was", "were", "be", "been", "being"}:
        return seen in {participle(base), gerund(base)} or seen.endswith(("ed", "ing"))
    return seen == base


def ongoing(names: Names, predication: Predication) -> bool:
    """Whether the text has "is" or "was" before the -ing form."""
    before = group_before(names, predication).words
    first = predication.trigger.cut(names.text).lower().partition(" ")[0]
    return first == gerund(predication.lemma.partition(" ")[0]) and bool(
        {"is", "are", "was", "were", "be", "been"} & set(before)
    )

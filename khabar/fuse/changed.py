"""One sentence before and after, with what it states on both sides: what every rule for edits looks at.

In: two ``Facts``. Out: ``Change``, with the differing regions, which of them are whole clauses that came or went, and
``Finding`` as the rules' answer. A clause came if a region has at least three content words that the other side lacks,
a verb among them, voices, dates and hedges aside. Without a parser a verb is a trigger of the reading or a word with a
verb's ending, so a noun phrase with a participle can pass for a clause.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from khabar.fuse.align import Region, regions
from khabar.fuse.facts import Facts, Tables
from khabar.lexicon.revision import revision_words
from khabar.model.changes import EditClass
from khabar.model.spans import Span

DOUBLED = frozenset("bdgmnpt")
"""consonants that are doubled before an ending: "shipping", "banned" """
VERBAL = ("ed", "ing")
LEAST_CONTENT = 3
RELATIVE = frozenset({"who", "whose"})
"""one new verb is enough behind them: a man "who threatened the mayor" was shot"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One class of edit with the stretches it stands on."""

    edit_class: EditClass
    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A sentence that changed. ``came`` and ``went``: word ranges of whole clauses, after and before."""

    before: Facts
    after: Facts
    regions: tuple[Region, ...]
    came: tuple[tuple[int, int], ...]
    went: tuple[tuple[int, int], ...]
    come_from: tuple[Facts, ...]
    """sentences before that have no counterpart: their words may have come here"""
    lost_to: tuple[Facts, ...]
    """sentences after that have no counterpart: words may have gone there"""
    table: Tables

    def counterpart(self, first: int, last: int, *, to_after: bool) -> tuple[int, int] | None:
        """The words on the other side of the regions that words [first, last) lie in; None if nothing stands there."""
        if to_after:
            hit = [(r.a0, r.a1) for r in self.regions if r.b0 < last and first < r.b1]
        else:
            hit = [(r.b0, r.b1) for r in self.regions if r.a0 < last and first < r.a1]
        low, high = (min(h[0] for h in hit), max(h[1] for h in hit)) if hit else (0, 0)
        return (low, high) if low < high else None

    def side(self, *, to_after: bool) -> Facts:
        """The facts after, or before."""
        return self.after if to_after else self.before

    def span_across(self, first: int, last: int, *, to_after: bool) -> Span | None:
        """The counterpart as a span."""
        found = self.counterpart(first, last, to_after=to_after)
        return self.side(to_after=to_after).sentence.cut(*found) if found else None

    def region_spans(self, region: Region) -> tuple[Span | None, Span | None]:
        """A region as spans of both sides."""
        before = self.before.sentence.cut(region.b0, region.b1) if region.b0 < region.b1 else None
        after = self.after.sentence.cut(region.a0, region.a1) if region.a0 < region.a1 else None
        return before, after

    def in_clause(self, span: Span, *, after: bool) -> bool:
        """Whether the span lies in a clause that came (after) or went (before)."""
        facts, ranges = (self.after, self.came) if after else (self.before, self.went)
        return any(facts.sentence.cut(*r).overlaps(span) for r in ranges)


Loose = tuple[tuple[Facts, ...], tuple[Facts, ...]]


def change_of(before: Facts, after: Facts, loose: Loose, table: Tables) -> Change:
    """The change of one sentence; ``loose``: the sentences without counterpart, before and after."""
    differing = regions(before.sentence.words, after.sentence.words)
    return Change(
        before=before,
        after=after,
        regions=differing,
        came=tuple(c for r in differing if (c := _clause(after, before, (r.a0, r.a1), r.b1 - r.b0, table))),
        went=tuple(c for r in differing if (c := _clause(before, after, (r.b0, r.b1), r.a1 - r.a0, table))),
        come_from=loose[0],
        lost_to=loose[1],
        table=table,
    )


@lru_cache(maxsize=1 << 16)
def stem(key: str) -> str:
    """A word without its commonest ending, to compare "strikes" with "strike" and "began" with "begin"."""
    key = revision_words().lemmas.get(key, key)
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "e", "y"):
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            cut = key[: -len(ending)]
            doubled = len(cut) > 3 and ending in {"ing", "ed"} and cut[-1] == cut[-2] and cut[-1] in DOUBLED
            return cut[:-1] if doubled else cut
    return key


def role_key(key: str) -> str:
    """A word without what says that it was so once: "ex-minister"."""
    return key.removeprefix("ex-")


def content_stems(keys: Iterable[str]) -> frozenset[str]:
    """Stems of the words that are no small words."""
    return frozenset(stem(k) for k in keys if k not in revision_words().small)


def verbal(facts: Facts, i: int, table: Tables) -> bool:
    """Whether word i looks like a verb."""
    word = facts.sentence.words[i]
    if (
        any(t.overlaps(word.span) for t in facts.triggers)
        or word.key in table.verbs
        or word.key in table.words.plain_verbs
    ):
        return True
    return word.key.endswith(VERBAL) and len(word.key) > 4 and not word.capital


def _clause(here: Facts, there: Facts, words: tuple[int, int], opposite: int, table: Tables) -> tuple[int, int] | None:
    """The region if it is a clause of its own, else None; ``opposite``: number of words it stands against."""
    if words[1] - words[0] < LEAST_CONTENT + opposite:
        return None
    spans = [v.whole for v in here.voices] + [h.span for h in here.hedges] + [d.span for d in here.days]
    inside = [i for i in range(*words) if not any(s.overlaps(here.sentence.words[i].span) for s in spans)]
    known = content_stems(part for w in there.sentence.words for part in (w.key, *w.key.split("-")))
    lacking = [i for i in inside if stem(here.sentence.words[i].key) not in known]
    named = {i for n in here.names for i in range(n.first, n.last)}
    content = [i for i in lacking if i not in named and here.sentence.words[i].key not in table.words.small]
    least = LEAST_CONTENT - (1 if _opens_clause(here, words[0], table) else 0)
    relative = here.sentence.words[words[0]].key in RELATIVE and any(verbal(here, i, table) for i in content)
    least = 1 if relative else least
    return words if len(content) >= least and any(verbal(here, i, table) for i in lacking) else None


def _opens_clause(facts: Facts, first: int, table: Tables) -> bool:
    """Whether a clause can begin at the word: after a comma or semicolon, or with "and", "who", "after" …"""
    word = facts.sentence.words[first]
    return word.key in table.words.clause_openers or any(c in word.gap for c in ",;:–—")

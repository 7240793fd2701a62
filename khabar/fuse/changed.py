"""One sentence before and after, with what it states on both sides: what every rule for edits looks at.

In: two ``Facts``. Out: ``Change``, with the differing regions, which of them are whole clauses that came or went, and
``Finding`` as the rules' answer. A clause came if a region has at least three content words that the other side lacks,
a verb among them, voices, dates and hedges aside. Without a parser a verb is a trigger of the reading or a word with a
verb's ending, so a noun phrase with a participle can pass for a clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from khabar.fuse.align import Region, regions
from khabar.fuse.facts import Facts, Tables
from khabar.lexicon.revision import revision_words
from khabar.lexicon.revision import stem as bare_stem
from khabar.model.changes import EditClass
from khabar.model.spans import Span

VERBAL = ("ed", "ing")
LEAST_CONTENT = 3
FATES = frozenset({"killed", "wounded"})
SUBJECTS = frozenset({"he", "she", "they", "we", "i"})
ABSORBED = 0.75
"""share of the content words of a clause or sentence that stand in one sentence of the other version: split or joined"""
NEGATED = "not"
"""stands for every negator among told stems"""
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
        came=_clauses(after, before, [((r.a0, r.a1), (r.b0, r.b1)) for r in differing], table),
        went=_clauses(before, after, [((r.b0, r.b1), (r.a0, r.a1)) for r in differing], table),
        come_from=loose[0],
        lost_to=loose[1],
        table=table,
    )


@lru_cache(maxsize=1 << 16)
def stem(key: str) -> str:
    """A word without its commonest ending."""
    return bare_stem(key, revision_words().lemmas)


def role_key(key: str) -> str:
    """A word without what says that it was so once: "ex-minister"."""
    return key.removeprefix("ex-")


def content_stems(keys: Iterable[str]) -> frozenset[str]:
    """Stems of the words that are no small words."""
    return frozenset(stem(k) for k in keys if k not in revision_words().small)


def told_stems(keys: Iterable[str], table: Tables) -> frozenset[str]:
    """The same for what was joined or split: number words as digits, compounds in parts, verbs for one deed as one, negators
    as one."""
    words, cardinals = table.words, table.counting.cardinals
    parts = {part for key in keys for part in key.split("-") if part}
    plain = parts - words.auxiliaries - words.measures - words.fillers
    stems = content_stems(words.kin.get(k, f"{cardinals[k]:g}" if k in cardinals else k) for k in plain)
    negated = {k for k in parts if (k,) in words.negators.strengths or k.endswith("n't")}
    return (stems - content_stems(negated)) | ({NEGATED} if negated else frozenset())


def told_again(mine: frozenset[str], others: Iterable[frozenset[str]]) -> bool:
    """Whether one of the others tells nearly all of it, and denies it if this does."""
    return bool(mine) and any(
        len(mine & theirs) >= ABSORBED * len(mine) and (NEGATED in theirs or NEGATED not in mine) for theirs in others
    )


def verbal(facts: Facts, i: int, table: Tables) -> bool:
    """Whether word i looks like a verb."""
    word = facts.sentence.words[i]
    infinitive = i > 0 and facts.sentence.words[i - 1].key == "to" and word.key in table.bases
    if (
        (word.key not in table.words.roles and any(t.overlaps(word.span) for t in facts.triggers))
        or infinitive
        or word.key in table.verbs
        or word.key in table.words.plain_verbs
    ):
        return True
    return (
        word.key.endswith(VERBAL) and len(word.key) > 4 and not word.capital and word.key not in table.words.not_verbs
    )


Range = tuple[int, int]


def _clauses(here: Facts, there: Facts, differing: Sequence[tuple[Range, Range]], table: Tables) -> tuple[Range, ...]:
    """The regions that are clauses of their own; one that begins with "he" or "they" may go on behind a word that stayed."""
    out: list[Range] = []
    for k, (words, opposite) in enumerate(differing):
        if (out and words[0] < out[-1][1]) or words[0] == words[1]:
            continue
        found = _clause(here, there, words, opposite, table)
        after = differing[k + 1] if k + 1 < len(differing) else None
        if found is None and after is not None and after[0][0] - words[1] == 1 and _has_subject(here, words, table):
            found = _clause(here, there, (words[0], after[0][1]), (opposite[0], after[1][1]), table)
        if found is not None:
            out.append(found)
    return tuple(out)


def _clause(here: Facts, there: Facts, words: Range, opposite: Range, table: Tables) -> Range | None:
    """The region if it is a clause of its own, else None; ``opposite``: the words it stands against."""
    ws = here.sentence.words
    lacking = _lacking(here, there, words)
    if _fate(here, there, lacking, table):
        return words
    weight = _weight(there, here, opposite, table)
    if _has_subject(here, words, table):
        weight = min(weight, len(_lacking(there, here, opposite)) - 1)
    if words[1] - words[0] < LEAST_CONTENT + weight:
        return None
    timed = opposite[0] == opposite[1] and any(w.key in table.words.clause_openers for w in ws[words[0] : words[0] + 2])
    told = set() if timed else {i for n in here.names for i in range(n.first, n.last)}
    told |= {i for a in here.amounts for i in range(a.first, a.last if weight else a.last - 1)}
    content = [i for i in lacking if i not in told and ws[i].key not in table.words.small | table.words.measures]
    least = LEAST_CONTENT - (1 if timed or _opens_clause(here, words, table) else 0)
    relative = ws[words[0]].key in RELATIVE and any(verbal(here, i, table) for i in content)
    least = 1 if relative else least
    return words if len(content) >= least and any(verbal(here, i, table) for i in lacking) else None


def _lacking(here: Facts, there: Facts, words: Range) -> list[int]:
    """The words that the other side lacks, voices, dates and hedges aside."""
    spans = [v.whole for v in here.voices] + [h.span for h in here.hedges] + [d.span for d in here.days]
    inside = [i for i in range(*words) if not any(s.overlaps(here.sentence.words[i].span) for s in spans)]
    known = content_stems(part for w in there.sentence.words for part in (w.key, *w.key.split("-")))
    return [i for i in inside if stem(here.sentence.words[i].key) not in known]


def _weight(facts: Facts, other: Facts, words: Range, table: Tables) -> int:
    """How many words a clause stands against: all of them, but none where they only name a source or a number."""
    amounts = {i for a in facts.amounts for i in range(a.first, a.last)}
    told = [i for i in _lacking(facts, other, words) if facts.sentence.words[i].key not in table.words.small]
    return 0 if all(i in amounts for i in told) else words[1] - words[0]


def _fate(here: Facts, there: Facts, lacking: Sequence[int], table: Tables) -> bool:
    """Whether a verb tells what happened to people, and the other side tells nothing of the kind: "kills one"."""
    tolls, keys = table.words.tolls, [w.key for w in here.sentence.words]
    told = {tolls[keys[i]] for i in lacking if tolls.get(keys[i]) in FATES and verbal(here, i, table)}
    return bool(told) and not told & {f for w in there.sentence.words for f in table.words.fates.get(stem(w.key), ())}


def _opens_clause(facts: Facts, words: Range, table: Tables) -> bool:
    """Whether a clause can begin here: behind a comma or semicolon, with "and", "who" or "he"."""
    first = facts.sentence.words[words[0]]
    stopped = any(c in first.gap for c in ",;:–—")
    return first.key in table.words.clause_openers or stopped or _has_subject(facts, words, table)


def _has_subject(facts: Facts, words: Range, table: Tables) -> bool:
    """Whether the words begin with "he" or "they" and a verb."""
    first = facts.sentence.words[words[0]]
    return first.key in SUBJECTS and words[1] - words[0] > 1 and verbal(facts, words[0] + 1, table)

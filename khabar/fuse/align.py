"""Two versions laid side by side: which sentence became which, what moved, which words differ.

In: the sentences of both. Out: ``Pair`` (a side is None where nothing stands there) and ``Region`` (differing ranges of
words). Exact sentences first; the longest increasing subsequence of the matches tells what moved; the rest is paired
by rapidfuzz similarity at 55 or more of 100 (design/capture.md), best first, headline only with headline. Words are
compared with ``Indel.opcodes``, which stays linear-ish on hostile input where difflib does not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from khabar.fuse.words import Sentence, Word

PAIRED = 55.0
MOST_PAIRS = 10_000
REACH = 40
"""sentences to either side, where there are more pairs than that"""
NEAR_BONUS = 6.0
"""points for standing in the same place between exact neighbours: the same claim edited is rarely far away"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence before and after; ``moved``: it stands in another place than its neighbours suggest."""

    before: Sentence | None
    after: Sentence | None
    moved: bool = False

    @property
    def same(self) -> bool:
        """Whether both sides have the same words."""
        return self.before is not None and self.after is not None and self.before.key == self.after.key


@dataclass(frozen=True, slots=True)
class Region:
    """Words [b0, b1) before became words [a0, a1) after; either range may be empty."""

    b0: int
    b1: int
    a0: int
    a1: int


def align(before: Sequence[Sentence], after: Sequence[Sentence]) -> tuple[Pair, ...]:
    """All sentences of both versions, each in exactly one pair, in order of the later text, withdrawn ones last."""
    matched = _exact(before, after)
    _headlines(before, after, matched)
    for i, j in _similar(before, after, matched):
        matched[i] = j
    steady = _increasing([j for _, j in sorted(matched.items())])
    taken = {j: i for i, j in matched.items()}
    pairs = [
        Pair(before[taken[j]], s, moved=j not in steady) if j in taken else Pair(None, s) for j, s in enumerate(after)
    ]
    return (*pairs, *(Pair(s, None) for i, s in enumerate(before) if i not in matched))


def regions(before: Sequence[Word], after: Sequence[Word]) -> tuple[Region, ...]:
    """Ranges of words that differ; ranges that touch are one."""
    ids: dict[str, int] = {}
    left, right = ([ids.setdefault(w.key, len(ids)) for w in side] for side in (before, after))
    out: list[Region] = []
    for op in Indel.opcodes(left, right):
        if op.tag == "equal":
            continue
        r = Region(op.src_start, op.src_end, op.dest_start, op.dest_end)
        if out and out[-1].b1 == r.b0 and out[-1].a1 == r.a0:
            r = Region(out[-1].b0, r.b1, out[-1].a0, r.a1)
            out.pop()
        out.append(r)
    return tuple(out)


def _exact(before: Sequence[Sentence], after: Sequence[Sentence]) -> dict[int, int]:
    """Index before to index after of equal sentences; equal ones in order of the text."""
    places: defaultdict[tuple[bool, str], list[int]] = defaultdict(list)
    for j, sentence in enumerate(after):
        places[sentence.headline, sentence.key].append(j)
    out: dict[int, int] = {}
    for i, sentence in enumerate(before):
        found = places.get((sentence.headline, sentence.key))
        if found:
            out[i] = found.pop(0)
    return out


def _headlines(before: Sequence[Sentence], after: Sequence[Sentence], matched: dict[int, int]) -> None:
    """The headline is the headline however much of it changed; a text of one sentence each is one claim edited."""
    one = len(before) == len(after) == 1
    left = [i for i, s in enumerate(before) if (s.headline or one) and i not in matched]
    right = [j for j, s in enumerate(after) if (s.headline or one) and j not in matched.values()]
    if len(left) == len(right) == 1:
        matched[left[0]] = right[0]


def _similar(before: Sequence[Sentence], after: Sequence[Sentence], matched: dict[int, int]) -> list[tuple[int, int]]:
    """Pairs of the rest, best first."""
    left = [i for i in range(len(before)) if i not in matched]
    taken = set(matched.values())
    right = [j for j in range(len(after)) if j not in taken]
    scored = sorted((-_score(before[i], after[j], near=_near(i, j, matched)), i, j) for i, j in _worth(left, right))
    out: list[tuple[int, int]] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for score, i, j in scored:
        if -score >= PAIRED and i not in used_left and j not in used_right:
            out.append((i, j))
            used_left.add(i)
            used_right.add(j)
    return out


def _worth(left: Sequence[int], right: Sequence[int]) -> Iterator[tuple[int, int]]:
    """All pairs of the rest; in a text rewritten at length only those at about the same place, so that cost stays linear."""
    everything = len(left) * len(right) <= MOST_PAIRS
    for a, i in enumerate(left):
        middle = a * len(right) // max(1, len(left))
        near = range(len(right)) if everything else range(max(0, middle - REACH), min(len(right), middle + REACH))
        yield from ((i, right[b]) for b in near)


def _near(i: int, j: int, matched: dict[int, int]) -> bool:
    """Whether a neighbour before was matched with the same neighbour after."""
    return matched.get(i - 1, -9) == j - 1 or matched.get(i + 1, -9) == j + 1


def _score(a: Sentence, b: Sentence, *, near: bool) -> float:
    """Similarity of two sentences, 0-100, of their words in order or sorted, whichever is more."""
    if a.headline != b.headline:
        return 0.0
    left, right = a.key.lower(), b.key.lower()
    base = max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right))
    if base >= 40 and min(len(a.words), len(b.words)) >= 4:
        base = max(base, 0.9 * fuzz.partial_ratio(left, right))
    return base + NEAR_BONUS * near


def _increasing(values: Sequence[int]) -> set[int]:
    """The members of a longest increasing subsequence (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for k, value in enumerate(values):
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [k]
        back.append(ends[at - 1] if at else -1)
    out: set[int] = set()
    k = ends[-1] if ends else -1
    while k >= 0:
        out.add(values[k])
        k = back[k]
    return out

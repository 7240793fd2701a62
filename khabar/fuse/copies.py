"""Which articles hold the same words: near copies, whether credited or not.

In: versions' texts. Out: ``Copy`` per pair that shares enough, with the evidence as counts. Shingles are runs of four words
(lower case, digits kept, headline aside); candidates come from an inverted index, shingles that stand in more than
``COMMON`` texts left out as boilerplate; a pair counts if the smaller text is contained by half, or a fifth with a
whole long sentence in common and a third contained. Design/engine.md: banded MinHash misses half of the copies that
were cut to half, so containment is verified on the shingles themselves. Cost: linear in text, times the copies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from khabar.fuse.words import headline_of, sentences_of, words_in
from khabar.lexicon.revision import revision_words
from khabar.model.documents import Version
from khabar.model.spans import Span

SHINGLE = 4
COMMON = 200
CONTAINED = 0.5
WITH_SENTENCE = 0.34
LONG_SENTENCE = 10
"""words: a shared sentence of this length is no formula"""
LEAST_SHARED = 5
"""shingles: two short formulas in common are no copy"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Two versions with shared words. ``contained``: share of the smaller one's shingles that the larger one has."""

    left: str
    right: str
    contained: float
    jaccard: float
    sentences: int
    of_sentences: int

    def evidence(self) -> str:
        """A plain sentence."""
        return f"shares {self.sentences} of {self.of_sentences} sentences and {self.contained:.0%} of its word runs"


@dataclass(frozen=True, slots=True)
class Print:
    """A text's fingerprint."""

    shingles: frozenset[tuple[str, ...]]
    sentences: frozenset[str]
    long: frozenset[str]


def near_copies(versions: Sequence[Version]) -> tuple[Copy, ...]:
    """All pairs that share their words, ordered by ids; ``left`` < ``right``."""
    prints = {v.version_id: fingerprint(v) for v in versions}
    out = (_compare(a, b, prints) for a, b in sorted(_candidates(prints)))
    return tuple(c for c in out if c)


def fingerprint(version: Version) -> Print:
    """Shingles and sentences of the body, or of the whole if there is nothing but a headline."""
    text = version.text
    head = headline_of(text, version.headline_end)
    body = Span(head if text[head:].strip() else 0, len(text))
    keys = [w.key for w in words_in(text, body)]
    size = min(SHINGLE, max(1, len(keys)))
    shingles = frozenset(tuple(keys[i : i + size]) for i in range(len(keys) - size + 1))
    found = [s for s in sentences_of(text, version.headline_end, revision_words()) if s.span.start >= body.start]
    long = frozenset(s.key.lower() for s in found if len(s.words) >= LONG_SENTENCE)
    return Print(shingles, frozenset(s.key.lower() for s in found), long)


def _candidates(prints: Mapping[str, Print]) -> set[tuple[str, str]]:
    """Pairs of ids that share at least ``LEAST_SHARED`` shingles that are not common."""
    index: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(prints):
        for shingle in prints[name].shingles:
            index[shingle].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in index.values():
        if 1 < len(names) <= COMMON:
            shared.update(combinations(names, 2))
    small = {n: min(LEAST_SHARED, len(p.shingles)) for n, p in prints.items()}
    return {pair for pair, n in shared.items() if n >= min(small[pair[0]], small[pair[1]])}


def _compare(a: str, b: str, prints: Mapping[str, Print]) -> Copy | None:
    left, right = prints[a], prints[b]
    both = len(left.shingles & right.shingles)
    smaller = left if len(left.shingles) <= len(right.shingles) else right
    contained = both / max(1, len(smaller.shingles))
    if contained < (WITH_SENTENCE if left.long & right.long else CONTAINED):
        return None
    return Copy(
        left=a,
        right=b,
        contained=contained,
        jaccard=both / max(1, len(left.shingles | right.shingles)),
        sentences=len(left.sentences & right.sentences),
        of_sentences=len(smaller.sentences),
    )

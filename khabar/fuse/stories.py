"""Which articles belong together: those that mainly report one happening, and, wider, those on one story.

In: articles, the gist of each, near copies. Out: groups of version ids. *Reports* of one happening agree in words, names,
place and day; an announcement or a denial of it stands apart. A *story* is all that was written about it: also what was
announced, denied and came after; only words, names and places count there, days do not. Articles are compared where they
share a copy, a rare word or a rare name and lie within ``WINDOW`` days; what is left stands alone. Cost: the compared
pairs; a word in more than ``COMMON`` articles makes no pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import combinations

from khabar.fuse.cluster import Pair, grouped, pair
from khabar.fuse.compare import kinship, likeness, rarity_of
from khabar.fuse.copies import Copy
from khabar.fuse.gist import Gist
from khabar.fuse.lineage import names_outlet, outlet
from khabar.model.articles import ReadArticle

WINDOW = timedelta(days=30)
COMMON = 60
"""articles: a word or name that stands in more of them makes no pair worth comparing"""
MANY = 15
"""words and names in common that make a pair worth comparing whatever its dates"""
SHARED = 3
"""words and names in common that make a pair worth comparing"""
Groups = tuple[tuple[str, ...], ...]


def reports_of(articles: Sequence[ReadArticle], gists: Mapping[str, Gist], copies: Sequence[Copy]) -> Groups:
    """Groups of version ids that mainly report one happening."""
    rarity = rarity_of(list(gists.values()))
    copied = {pair(c.left, c.right) for c in copies}

    def weigh(p: Pair, *, cited: bool = False) -> float:
        return likeness(gists[p[0]], gists[p[1]], rarity, copied=p in copied, cited=cited).weight

    weights = {p: weigh(p) for p in sorted(copied | _worth(gists))}
    for candidates in _citations(articles, gists):
        likeliest = max(candidates, key=lambda p: (weigh(p), p))
        weights[likeliest] = weigh(likeliest, cited=True)
    return grouped(gists, weights)


def stories_of(gists: Mapping[str, Gist], copies: Sequence[Copy]) -> Groups:
    """Groups of version ids that are on one story."""
    rarity = rarity_of(list(gists.values()))
    copied = {pair(c.left, c.right) for c in copies}
    pairs = sorted(copied | _worth(gists))
    return grouped(gists, {p: kinship(gists[p[0]], gists[p[1]], rarity, copied=p in copied).weight for p in pairs})


def _citations(articles: Sequence[ReadArticle], gists: Mapping[str, Gist]) -> list[list[Pair]]:
    """Per article that names an outlet: its pairs with that outlet's articles close in time, of which one is meant."""
    outlets: defaultdict[str, list[ReadArticle]] = defaultdict(list)
    for article in articles:
        if outlet(article):
            outlets[outlet(article)].append(article)
    out: list[list[Pair]] = []
    for citing in articles:
        for name, theirs in outlets.items():
            if name != outlet(citing) and names_outlet(citing.version.text, name):
                ids = [(citing.version.version_id, x.version.version_id) for x in theirs]
                out.append([pair(a, b) for a, b in ids if _close(gists[a], gists[b])])
    return [pairs for pairs in out if pairs]


def _worth(gists: Mapping[str, Gist]) -> set[Pair]:
    """Pairs that share enough rare words and names and lie close in time."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    for key, found in sorted(gists.items()):
        for token in {*found.stems, *(f"name:{n}" for n in found.names), *(f"place:{p}" for p in found.places)}:
            index[token].append(key)
    shared: defaultdict[Pair, int] = defaultdict(int)
    for keys in index.values():
        if 1 < len(keys) <= COMMON:
            for a, b in combinations(keys, 2):
                shared[a, b] += 1
    return {p for p, n in shared.items() if n >= MANY or (n >= SHARED and _close(gists[p[0]], gists[p[1]]))}


def _close(a: Gist, b: Gist) -> bool:
    return a.day is None or b.day is None or abs(a.day - b.day) <= WINDOW

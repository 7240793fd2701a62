"""What a set of articles says together: events with their origins, and spells of control.

In: articles (read, resolved), in any order; of several versions of one article only the one with the highest ordinal counts.
Out: ``Fusion``, the same for every order of the input. Articles are compared where they share a copy, a rare word or a rare
name and lie within ``WINDOW`` days; what is left is one story each. A copy of an article joins its story and adds no origin.
Cost: linear in text, plus the compared pairs; a word in more than ``COMMON`` articles makes no pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import combinations

from khabar.fuse.acts import acts_in
from khabar.fuse.cluster import Pair, grouped, pair
from khabar.fuse.compare import likeness, rarity_of
from khabar.fuse.control import spells_of
from khabar.fuse.copies import Copy, near_copies
from khabar.fuse.events import events_of
from khabar.fuse.gist import Gist, gist
from khabar.fuse.happenings import happenings_in
from khabar.fuse.lineage import names_outlet, outlet
from khabar.model.articles import ReadArticle
from khabar.model.events import Fusion

WINDOW = timedelta(days=30)
COMMON = 60
"""articles: a word or name that stands in more of them makes no pair worth comparing"""
MANY = 15
"""words and names in common that make a pair worth comparing whatever its dates"""
SHARED = 3
"""words and names in common that make a pair worth comparing"""


def fuse(articles: Sequence[ReadArticle]) -> Fusion:
    """Events and spells of a set of articles."""
    newest = newest_versions(articles)
    by_id = {a.version.version_id: a for a in newest}
    copies = near_copies([a.version for a in newest])
    stories = stories_of(newest, copies)
    happenings = [h for a in newest for h in happenings_in(a)]
    return Fusion(
        events=events_of(stories, by_id, happenings, copies),
        spells=spells_of(x for a in newest for x in acts_in(a)),
    )


def newest_versions(articles: Sequence[ReadArticle]) -> tuple[ReadArticle, ...]:
    """The newest version of each article, in order of version ids."""
    best: dict[str, ReadArticle] = {}
    for article in sorted(articles, key=lambda a: (a.version.ordinal, a.version.version_id)):
        best[article.version.article_id] = article
    return tuple(sorted(best.values(), key=lambda a: a.version.version_id))


def stories_of(articles: Sequence[ReadArticle], copies: Sequence[Copy]) -> tuple[tuple[str, ...], ...]:
    """Groups of version ids that report one happening."""
    gists = {a.version.version_id: gist(a) for a in articles}
    rarity = rarity_of(list(gists.values()))
    copied = {pair(c.left, c.right) for c in copies}

    def weigh(p: Pair, *, cited: bool = False) -> float:
        return likeness(gists[p[0]], gists[p[1]], rarity, copied=p in copied, cited=cited).weight

    weights = {p: weigh(p) for p in sorted(copied | _worth(gists))}
    for candidates in _citations(articles, gists):
        likeliest = max(candidates, key=lambda p: (weigh(p), p))
        weights[likeliest] = weigh(likeliest, cited=True)
    return grouped(gists, weights)


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

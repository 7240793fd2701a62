"""Which predications of a batch of articles tell of one happening: the contract's ``event``.

In: articles, and the stories they belong to. Out: ``Telling`` per predication. Within a story two predications are one
happening if their words have one stem, or both tell of violence ("the attack", "killed four"), and who, to whom, where and
when do not speak against it. Other words for one happening ("sacked", "dismissed") stay apart. Measured on ECB+ and MUC
(docs/accuracy.md): one stem within a story is most of what can be known without a trained ranker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from khabar.fuse.cluster import Pair, grouped, pair
from khabar.fuse.happenings import Happening, Party, Place, happenings_in
from khabar.fuse.incidents import incidents_in
from khabar.model.articles import ReadArticle
from khabar.model.claims import EventType
from khabar.model.events import Telling
from khabar.model.identity import content_id

ONE_STEM = 1.0
VIOLENCE = 0.8
"""an incident is told by what was done, what with, and who was hurt"""
ACTORS_AGREE, ACTORS_DIFFER = 0.6, -0.6
OTHERS_AGREE, OTHERS_DIFFER = 0.6, -0.3
"""several are hurt in one incident"""
PLACES_AGREE, PLACES_DIFFER = 0.5, -0.8
TIMES_AGREE, TIMES_DIFFER = 0.5, -4.0
ONE_INCIDENT, OTHER_INCIDENT = 4.0, -4.0
"""within one article, where the order of telling says more (incidents.py)"""
OTHER_MANNER = -0.5
"""one is told as actual, the other as denied or planned"""
LARGEST = 600
"""predications that can be one happening in one story: the first so many are compared, the rest stand alone"""


def tellings(articles: Sequence[ReadArticle], stories: Sequence[Sequence[str]]) -> tuple[Telling, ...]:
    """Every predication with the id of its happening, ordered by version and predication."""
    by_id = {a.version.version_id: a for a in articles}
    out: list[Telling] = []
    for story in stories:
        told = [happenings_in(by_id[v], every=True) for v in story if v in by_id]
        found = {h.key: h for one in told for h in one}
        weights = _weights(found.values())
        for one in told:
            weights |= _within(incidents_in(one))
        for group in grouped(found, weights):
            event_id = content_id("happening", *group)
            out += [Telling(found[k].version_id, found[k].predication.predication_id, event_id) for k in group]
    return tuple(sorted(out, key=lambda t: (t.version_id, t.predication_id)))


def _weights(found: Iterable[Happening]) -> dict[Pair, float]:
    """The weight of every pair that can be one: of one stem, or both of violence."""
    blocks: defaultdict[str, list[Happening]] = defaultdict(list)
    for happening in sorted(found, key=lambda h: h.key):
        blocks[EventType.ASSAULT if happening.kind == EventType.ASSAULT else happening.stem].append(happening)
    return {
        pair(a.key, b.key): one_happening(a, b)
        for block in blocks.values()
        for a, b in combinations(block[:LARGEST], 2)
    }


def _within(incidents: Mapping[str, int]) -> dict[Pair, float]:
    """The weights between happenings of violence of one article, which are one incident or not."""
    return {
        pair(a, b): ONE_INCIDENT if incidents[a] == incidents[b] else OTHER_INCIDENT
        for a, b in combinations(sorted(incidents)[:LARGEST], 2)
    }


def one_happening(a: Happening, b: Happening) -> float:
    """The weight, in logits, of two happenings of one story being one; of one stem, or both of violence."""
    weight = (ONE_STEM if a.stem == b.stem else VIOLENCE) + (OTHER_MANNER if a.actual != b.actual else 0.0)
    weight += _agree(a.actors, b.actors, ACTORS_AGREE, ACTORS_DIFFER)
    weight += _agree((*a.recipients, *a.themes), (*b.recipients, *b.themes), OTHERS_AGREE, OTHERS_DIFFER)
    weight += _agree(a.places, b.places, PLACES_AGREE, PLACES_DIFFER)
    if a.interval and b.interval:
        overlap = a.interval[0] <= b.interval[1] and b.interval[0] <= a.interval[1]
        weight += TIMES_AGREE if overlap else TIMES_DIFFER
    return round(weight, 6)


def _agree(a: Sequence[Party | Place], b: Sequence[Party | Place], gain: float, loss: float) -> float:
    if not a or not b:
        return 0.0
    shared = frozenset().union(*(x.keys for x in a)) & frozenset().union(*(x.keys for x in b))
    return gain if shared else loss

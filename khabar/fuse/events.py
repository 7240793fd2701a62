"""Happenings of many articles to events: one for what each story mainly reports, one for every other happening.

In: reports (groups of version ids), the happenings and articles, near copies. Out: ``Event`` records. A story's main event
takes the type that most of its articles have at the top (headline 3, first sentences 2) and every happening of that type
there, whatever its wording; the rest is compared by type, lemma, parties, place and time (``same_happening``) and grouped
by average linkage. The order of articles does not matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from khabar.fuse.cluster import Pair, grouped, pair
from khabar.fuse.contradiction import contradictions_in
from khabar.fuse.copies import Copy
from khabar.fuse.facts import Facts
from khabar.fuse.happenings import Happening, Party, Place
from khabar.fuse.lineage import Descent, trace
from khabar.model.articles import ReadArticle
from khabar.model.claims import EventType, Relation
from khabar.model.events import ClaimRef, Event
from khabar.model.identity import content_id

PRIOR = -2.0
SAME_LEMMA = 1.5
SAME_REPORT = 1.5
PARTIES = 1.2
PLACES = 0.8
TIMES = 0.8
OTHER_TIME = -4.0
OTHER_MANNER = -2.5
LARGEST_BLOCK = 400
"""happenings that share a key: more than this is a key that tells nothing"""
TOP = 2
"""position from which a happening can be the main one"""


@dataclass(frozen=True, slots=True)
class Told:
    """Articles and the facts of their sentences, by version id."""

    articles: Mapping[str, ReadArticle]
    facts: Mapping[str, Sequence[Facts]]


def same_happening(a: Happening, b: Happening, *, one_report: bool) -> float:
    """The weight, in logits, of two happenings being one; not comparable kinds weigh nothing."""
    if a.kind != b.kind or (a.version_id == b.version_id and a.sentence == b.sentence):
        return PRIOR
    weight = PRIOR + SAME_LEMMA * (a.stem == b.stem) + SAME_REPORT * one_report
    weight += _agree([p.keys for p in a.actors], [p.keys for p in b.actors], PARTIES)
    weight += _agree([p.keys for p in a.recipients], [p.keys for p in b.recipients], PARTIES)
    weight += _agree([p.keys for p in a.places], [p.keys for p in b.places], PLACES)
    weight += _times(a, b) + (OTHER_MANNER if a.actual != b.actual else 0.0)
    return round(weight, 6)


def _agree(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]], gain: float) -> float:
    if not left or not right:
        return 0.0
    return gain if frozenset().union(*left) & frozenset().union(*right) else -gain


def _times(a: Happening, b: Happening) -> float:
    if a.interval is None or b.interval is None:
        return 0.0
    overlap = a.interval[0] <= b.interval[1] and b.interval[0] <= a.interval[1]
    return TIMES if overlap else OTHER_TIME


def events_of(
    reports: Sequence[tuple[str, ...]],
    articles: Mapping[str, ReadArticle],
    happenings: Sequence[Happening],
    copies: Sequence[Copy],
    facts: Mapping[str, Sequence[Facts]],
) -> tuple[Event, ...]:
    """Main events of all reports, then all others, in order of their ids; ``facts``: of each version's sentences."""
    report_of = {v: i for i, report in enumerate(reports) for v in report}
    descents = [trace([articles[v] for v in report], copies) for report in reports]
    by_report: defaultdict[int, list[Happening]] = defaultdict(list)
    for h in happenings:
        by_report[report_of[h.version_id]].append(h)
    out, used = [], set()
    for i, report in enumerate(reports):
        main = main_happenings(by_report[i])
        used |= {h.key for h in main}
        out.append(_event(main, report, Told(articles, facts), descents[i : i + 1]))
    rest = [h for h in happenings if h.key not in used]
    for group in group_happenings(rest, report_of):
        versions = tuple(sorted({h.version_id for h in group}))
        out += [
            _event(
                group, versions, Told(articles, facts), [descents[i] for i in sorted({report_of[v] for v in versions})]
            )
        ]
    return tuple(sorted(out, key=lambda e: e.event_id))


def main_happenings(found: Sequence[Happening]) -> tuple[Happening, ...]:
    """The happenings at the top of a story's articles that are of the kind most of them have there."""
    top = [h for h in found if h.position >= TOP and h.actual] or [h for h in found if h.position >= TOP]
    votes: defaultdict[str, float] = defaultdict(float)
    for version in {h.version_id for h in top}:
        mine = [h for h in top if h.version_id == version]
        for kind in {h.kind for h in mine}:
            votes[kind] += max(h.position * _fullness(h) for h in mine if h.kind == kind)
    if not votes:
        return ()
    kind = min(votes, key=lambda k: (-votes[k], k))
    return tuple(sorted((h for h in top if h.kind == kind), key=lambda h: h.key))


def _fullness(h: Happening) -> float:
    """A predication with two or more roles filled tells more than a bare noun."""
    filled = [h.actors, h.recipients or h.themes, h.places, h.interval]
    return min(2, sum(map(bool, filled))) / 2


def group_happenings(found: Sequence[Happening], report_of: Mapping[str, int]) -> list[tuple[Happening, ...]]:
    """Groups of one happening each; what shares no story, party or place is never compared."""
    by_key = {h.key: h for h in found}
    weights: dict[Pair, float] = {}
    for block in _blocks(found, report_of):
        for a, b in combinations(sorted(block), 2):
            if pair(a, b) not in weights:
                x, y = by_key[a], by_key[b]
                one = report_of[x.version_id] == report_of[y.version_id]
                weights[pair(a, b)] = same_happening(x, y, one_report=one)
    return [tuple(by_key[k] for k in group) for group in grouped(by_key, weights)]


def _blocks(found: Iterable[Happening], report_of: Mapping[str, int]) -> list[list[str]]:
    """Keys of happenings that share kind and story, or kind, month and a party or place."""
    blocks: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for h in found:
        blocks["report", h.kind, str(report_of[h.version_id])].append(h.key)
        month = (h.interval[0] if h.interval else "")[:7]
        keys = {k for group in (h.actors, h.recipients, h.places) for p in group for k in p.keys}
        for key in keys if month else ():
            blocks["key", h.kind, month, key].append(h.key)
    return [b for b in blocks.values() if 1 < len(b) <= LARGEST_BLOCK]


def _event(
    group: Sequence[Happening],
    versions: Sequence[str],
    told: Told,
    descents: Sequence[Descent],
) -> Event:
    """One event; ``descents``: those of the reports that its versions belong to."""
    members = [told.articles[v] for v in versions]
    lineage = tuple(row for d in descents for row in d.lineage if row.version_id in versions)
    origins = {o for d in descents for o in d.origins_of(r.version_id for r in d.lineage if r.version_id in versions)}
    kind, lemma = _kind(group)
    refs = sorted({(h.version_id, c.claim_id) for h in group for c in h.claims})
    actors, recipients = (_parties(p for h in group for p in side(h)) for side in (_actors, _recipients))
    place = _place(group)
    span = _when(group)
    return Event(
        event_id=content_id("event", *versions, str(kind[0] or ""), str(kind[1] or ""), *(c for _, c in refs)),
        event_type=kind[0],
        relation=kind[1],
        lemma=lemma,
        actor_ids=tuple(p.target_id for p in actors if p.target_id),
        actor_names=tuple(p.name for p in actors),
        recipient_ids=tuple(p.target_id for p in recipients if p.target_id),
        recipient_names=tuple(p.name for p in recipients),
        place_id=place.place_id if place else None,
        place_name=place.name if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        earliest=span[0] if span else None,
        latest=span[1] if span else None,
        claims=tuple(ClaimRef(version_id=v, claim_id=c) for v, c in refs),
        version_ids=tuple(sorted(versions)),
        origin_ids=tuple(sorted(origins)),
        lineage=lineage,
        contradictions=contradictions_in(members, group, lineage, told.facts),
    )


def _actors(h: Happening) -> tuple[Party, ...]:
    return h.actors


def _recipients(h: Happening) -> tuple[Party, ...]:
    return h.recipients or h.themes


def _kind(group: Sequence[Happening]) -> tuple[tuple[EventType | None, Relation | None], str]:
    if not group:
        return (None, None), ""
    lemmas = Counter(h.predication.lemma for h in group)
    first = group[0].predication
    return (first.event_type, first.relation), min(lemmas, key=lambda x: (-lemmas[x], x))


def _parties(found: Iterable[Party]) -> list[Party]:
    """Different parties, those that most happenings name first; one that shares a key with another is the same."""
    counts = Counter(found)
    ranked = sorted(counts, key=lambda p: (-counts[p], p.target_id is None, -len(p.name), p.name))
    out: list[Party] = []
    for party in ranked:
        if not any(party.keys & other.keys for other in out):
            out.append(party)
    return out


def _place(group: Sequence[Happening]) -> Place | None:
    counts = Counter(p for h in group for p in h.places)
    return min(counts, key=lambda p: (p.place_id is None, -counts[p], p.name)) if counts else None


def _when(group: Sequence[Happening]) -> tuple[str, str] | None:
    """The interval that most happenings state; of several, the narrowest."""
    counts = Counter(h.interval for h in group if h.interval)
    if not counts:
        return None
    return min(counts, key=lambda x: (-counts[x], date.fromisoformat(x[1]) - date.fromisoformat(x[0]), x))

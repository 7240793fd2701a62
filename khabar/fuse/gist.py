"""What an article mainly reports, boiled down to what two articles can be compared by.

In: a ``ReadArticle``. Out: ``Gist``: word stems with weights (headline and first sentences count more), name groups, linked
entities and places, the days it speaks of, event types, whether it announces or denies. Text patterns (fuse/facts) and the
reading both feed it; either may be empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from khabar.fuse.changed import content_stems, stem
from khabar.fuse.facts import Facts, bare_headline, facts_of, prepare, tables
from khabar.fuse.names import spelling
from khabar.fuse.words import Sentence, outside_headline, sentences_of
from khabar.model.articles import ReadArticle
from khabar.model.factuality import Realis
from khabar.model.spans import Span

LEAD = 2
"""sentences after the headline that tell the main happening"""
LEAD_WEIGHT = 2.0
PRECISE = timedelta(days=7)
"""a longer interval ("this year") does not date a happening"""
FRESH = timedelta(days=21)
"""a day further back than this from publication is background"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """An article as the sum of what it is about."""

    version_id: str
    day: date | None
    stems: Mapping[str, float]
    names: frozenset[str]
    places: frozenset[str]
    days: tuple[tuple[date, date], ...]
    types: frozenset[str]
    amounts: frozenset[float]
    ahead: bool
    denial: bool


def gist(article: ReadArticle, told: Sequence[Facts]) -> Gist:
    """The gist of one article; ``told``: the facts of its sentences (``facts_in``)."""
    version = article.version
    facts = [*_headline_facts(article), *told]
    lead = [f for f in facts if f.sentence.headline] + [f for f in facts if not f.sentence.headline][:LEAD]
    return Gist(
        version_id=version.version_id,
        day=_day(version.published),
        stems=_stems([f.sentence for f in facts]),
        names=frozenset(n.group for f in facts for n in f.names) | _targets(article),
        places=_places(article, lead),
        days=_days(lead, _day(version.published)),
        types=_types(article, lead),
        amounts=frozenset(a.low for f in lead for a in f.amounts if a.low is not None and a.low > 1),
        ahead=_ahead(article, lead),
        denial=any(f.denials for f in lead[:1]),
    )


def _headline_facts(article: ReadArticle) -> list[Facts]:
    """The facts of a headline that stands beside the text; its spans are its own, so nothing of the reading fits them."""
    headline = outside_headline(article.version)
    if headline is None:
        return []
    alone = bare_headline(article)
    found = sentences_of(headline, len(headline), tables().words)
    both = (*found, *sentences_of(article.version.text, 0, tables().words))
    reader = prepare(alone, spelling(both), tables())
    return [replace(facts_of(s, reader, tables()), beside=True) for s in found]


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _stems(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Stems with their weight: twice in headline and lead, log-like growth with repetition."""
    counts: Counter[str] = Counter()
    body = 0
    for sentence in sentences:
        top = sentence.headline or body < LEAD
        body += not sentence.headline
        for key in content_stems(w.key for w in sentence.words):
            counts[key] += int(LEAD_WEIGHT) if top else 1
    return {key: float(n) ** 0.5 for key, n in sorted(counts.items())}


def _targets(article: ReadArticle) -> frozenset[str]:
    return frozenset(e.target_id for e in article.resolution.entities if not e.target_id.startswith("local:"))


def _places(article: ReadArticle, lead: Sequence[Facts]) -> frozenset[str]:
    """Place names in the lead, and ids of places linked there; countries are too wide to tell happenings apart."""
    names = {n.group for f in lead for n in f.names if n.place and not n.nation}
    spans = _spans(lead)
    mentions = {m.mention_id: m.span for m in article.reading.mentions}
    linked = {
        p.place_id
        for p in article.resolution.places
        if p.mention_id in mentions
        and not p.feature.startswith("PCL")
        and any(s.contains(mentions[p.mention_id]) for s in spans)
    }
    return frozenset(names | linked)


def _days(lead: Sequence[Facts], published: date | None) -> tuple[tuple[date, date], ...]:
    """Precise, recent days of the lead, earliest first."""
    found = {d.interval for f in lead for d in f.days if d.interval}
    near = {d for d in found if d[1] - d[0] <= PRECISE and (published is None or abs(d[0] - published) <= FRESH)}
    return tuple(sorted(near))


def _spans(lead: Sequence[Facts]) -> list[Span]:
    """Where the lead stands in the text; a headline beside the text stands nowhere."""
    return [f.sentence.span for f in lead if not f.beside]


def _types(article: ReadArticle, lead: Sequence[Facts]) -> frozenset[str]:
    spans = _spans(lead)
    told = [p for p in article.reading.predications if any(s.contains(p.trigger) for s in spans)]
    return frozenset(
        [str(p.event_type or p.relation) for p in told if p.event_type or p.relation]
        + [f"lemma:{stem(p.lemma)}" for p in told]
    )


def _ahead(article: ReadArticle, lead: Sequence[Facts]) -> bool:
    """Whether the lead tells of something still to come."""
    spans = _spans(lead[:2])
    told = [p for p in article.reading.predications if any(s.contains(p.trigger) for s in spans) and p.event_type]
    if told:
        return all(p.realis in {Realis.PLANNED, Realis.HYPOTHETICAL} for p in told)
    return any(_announces(f) for f in lead[:2])


def _announces(facts: Facts) -> bool:
    keys = [w.key for w in facts.sentence.words]
    pairs = set(pairwise(keys))
    return bool(pairs & tables().words.ahead) or "expected" in keys[:3]

"""What a set of articles says together: events with their origins, and spells of control.

In: articles (read, resolved), in any order; of several versions of one article only the one with the highest ordinal counts.
Out: ``Fusion``, the same for every order of the input. A copy of an article joins its reports and adds no origin.
Cost: linear in text, plus the pairs that ``stories.py`` compares.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.fuse.acts import acts_in
from khabar.fuse.control import spells_of
from khabar.fuse.copies import near_copies
from khabar.fuse.events import events_of
from khabar.fuse.facts import facts_in
from khabar.fuse.gist import gist
from khabar.fuse.happenings import happenings_in
from khabar.fuse.stories import reports_of, stories_of
from khabar.fuse.tellings import tellings
from khabar.model.articles import ReadArticle
from khabar.model.events import Batch, Fusion


def fuse(articles: Sequence[ReadArticle]) -> Fusion:
    """Events and spells of a set of articles."""
    newest = newest_versions(articles)
    by_id = {a.version.version_id: a for a in newest}
    copies = near_copies([a.version for a in newest])
    facts = {a.version.version_id: facts_in(a) for a in newest}
    gists = {key: gist(by_id[key], found) for key, found in facts.items()}
    reports = reports_of(newest, gists, copies)
    happenings = [h for a in newest for h in happenings_in(a)]
    return Fusion(
        events=events_of(reports, by_id, happenings, copies, facts),
        spells=spells_of(x for a in newest for x in acts_in(a)),
    )


def batch(articles: Sequence[ReadArticle]) -> Batch:
    """Which articles are on one story, and which of their predications tell of one happening. All versions take part."""
    by_id = {a.version.version_id: a for a in sorted(articles, key=lambda a: a.version.version_id)}
    gists = {key: gist(a, facts_in(a)) for key, a in by_id.items()}
    stories = stories_of(gists, near_copies([a.version for a in by_id.values()]))
    return Batch(stories=stories, tellings=tellings(tuple(by_id.values()), stories))


def newest_versions(articles: Sequence[ReadArticle]) -> tuple[ReadArticle, ...]:
    """The newest version of each article, in order of version ids."""
    best: dict[str, ReadArticle] = {}
    for article in sorted(articles, key=lambda a: (a.version.ordinal, a.version.version_id)):
        best[article.version.article_id] = article
    return tuple(sorted(best.values(), key=lambda a: a.version.version_id))

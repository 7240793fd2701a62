"""Everything that one person or body is called in a ledger: what has to be withheld where a name must not be told.

In: a View, and an id ("Q…", "khabar:…", "local:…") or a name. Out: the ids and the names, the longest first: as linked, as
written in every reading of every version, and the last word of a person's name, since texts go on with it alone. Too much
is the safe side: namesakes are withheld as well. It cannot know descriptions ("the colonel's widow"), pronouns, or
spellings that no reading took for a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from khabar.errors import UsageFault
from khabar.ledger.questions import input_ids, read_article
from khabar.ledger.store import View
from khabar.model.articles import ReadArticle
from khabar.model.mentions import Form, Kind

SHORTEST = 3
"""letters of a last word that is withheld by itself"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Somebody's ids and names."""

    ids: frozenset[str]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entity:
    """One entity of one text: whom it was linked to, what it is called there."""

    target_id: str | None
    names: frozenset[str]
    person: bool


def called(view: View, key: str) -> Called:
    """What somebody is called. A name that no reading knows stands for itself; an id that none knows is a UsageFault."""
    everybody = [entity for version_id in input_ids(view) for entity in _entities(read_article(view, version_id))]
    wanted = key.casefold()
    ids = {e.target_id for e in everybody if wanted in {n.casefold() for n in e.names}} | {key}
    mine = [e for e in everybody if e.target_id in ids - {None} or wanted in {n.casefold() for n in e.names}]
    if not mine and (":" in key or (key[:1] == "Q" and key[1:].isdigit())):
        raise UsageFault(f"nobody in this ledger has the id {key!r}; 'khabar claims --json' tells actor_ids")
    names = {name for e in mine for name in e.names} or {key}
    alone = {name.split()[-1] for e in mine if e.person for name in e.names if len(name.split()) > 1}
    names |= {word for word in alone if len(word) >= SHORTEST}
    return Called(ids=frozenset(i for i in ids if i), names=tuple(sorted(names, key=lambda n: (-len(n), n))))


def _entities(article: ReadArticle | None) -> Iterator[_Entity]:
    """Everybody who is named in an article."""
    if article is None:
        return
    names: defaultdict[str, set[str]] = defaultdict(set)
    persons: set[str] = set()
    for mention in article.reading.mentions:
        if mention.form is Form.NAM and mention.entity_id is not None:
            names[mention.entity_id].add(mention.span.cut(article.version.text))
            persons |= {mention.entity_id} if mention.kind is Kind.PER else set()
    links = {link.entity_id: link for link in article.resolution.entities}
    for entity_id, written in names.items():
        link = links.get(entity_id)
        also = {link.name} if link is not None else set()
        yield _Entity(link.target_id if link else None, frozenset(written | also), entity_id in persons)

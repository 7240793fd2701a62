"""Who repeated whom: how each article came by a report, and how many independent origins are left.

In: the articles of one event (read, resolved) and their near copies. Out: one ``Lineage`` an article and the ids of the
origins. Rules: a near copy of an earlier article is ``copied_from`` it, credited or not; an article that names another
outlet of the set (not its own), or a news agency, ``cites`` it; the rest is independent. An origin is the independent
article at the bottom; two by one publisher are one origin; articles that rest on the same agency outside the set are
one origin. Earlier means by date of publication; of the same day, the one that names nobody, then the one
with the longer body, then by input id. It cannot see a rewrite that names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from khabar.fuse.copies import Copy
from khabar.fuse.words import headline_of
from khabar.lexicon.revision import revision_words
from khabar.model.articles import ReadArticle
from khabar.model.events import Lineage, LineageKind

CITED_SCORE = 0.8
AGENCY_SCORE = 0.7
ALONE_SCORE = 0.6
OWN = re.compile(r"^(?:the|la|le|el|al|die|der|das)\s+", re.IGNORECASE)


Age = tuple[str, bool, int, str, str]


@dataclass(frozen=True, slots=True)
class Descent:
    """The lineage of every article of a story, in order of appearance, and what makes two of them one origin."""

    lineage: tuple[Lineage, ...]
    keys: Mapping[str, frozenset[str]]

    @property
    def origin_ids(self) -> tuple[str, ...]:
        """The origins of the whole story."""
        return self.origins_of([row.version_id for row in self.lineage])

    def origins_of(self, version_ids: Iterable[str]) -> tuple[str, ...]:
        """Independent articles that some articles rest on; those that share a publisher or an outside agency are one, the
        oldest."""
        rows = {row.version_id: row for row in self.lineage}
        roots = {r for v in version_ids for r in _bottom(rows[v], rows)}
        groups: list[tuple[str, frozenset[str]]] = []
        for row in self.lineage:  # in order of appearance: the first of a group is its oldest
            if row.version_id not in roots:
                continue
            keys = self.keys[row.version_id]
            joined = [g for g in groups if g[1] & keys]
            groups = [g for g in groups if not g[1] & keys]
            oldest = joined[0][0] if joined else row.version_id
            groups.append((oldest, keys.union(*(g[1] for g in joined))))
        return tuple(sorted(oldest for oldest, _ in groups))


def trace(articles: Sequence[ReadArticle], copies: Iterable[Copy]) -> Descent:
    """Lineage within one story; the order of the articles does not matter."""
    members = {a.version.version_id: a for a in articles}
    named = {key: _named_outlets(a, articles) for key, a in members.items()}
    age = {key: _age(a, named[key]) for key, a in members.items()}
    near = [c for c in copies if c.left in members and c.right in members]
    lineage = tuple(_lineage(members[k], near, named[k], age) for k in sorted(members, key=age.__getitem__))
    return Descent(lineage, {row.version_id: _root_keys(row, members, near) for row in lineage})


def _age(article: ReadArticle, named: tuple[str, ...]) -> Age:
    """Order of appearance: day as printed, then who names nobody, then the longer body, then the name it was given."""
    version = article.version
    body = len(version.text) - headline_of(version.text, version.headline_end)
    return _day(article), bool(named), -body, version.input_id, version.version_id


def _day(article: ReadArticle) -> str:
    """Day of publication, else of the first capture; "9999" if neither is known."""
    return (article.version.published or article.version.first_memento_at or "9999")[:10]


def _lineage(article: ReadArticle, near: Sequence[Copy], named: tuple[str, ...], age: Mapping[str, Age]) -> Lineage:
    me = article.version.version_id
    mine = [(c, c.right if c.left == me else c.left) for c in near if me in (c.left, c.right)]
    earlier = [(c, other) for c, other in mine if age[other] < age[me]]
    if earlier:
        best, of = max(earlier, key=lambda x: (round(x[0].contained, 2), round(x[0].jaccard, 2), x[1]))
        return _row(me, LineageKind.COPIED, (of,), best.contained, f"{best.evidence()} with {of}")
    cited = tuple(k for k in named if k in age and age[k] < age[me])
    if cited:
        return _row(me, LineageKind.CITES, cited, CITED_SCORE, f"names the outlet of {', '.join(cited)}")
    agency = next((k for k in named if k not in age), None)
    if agency:
        return _row(me, LineageKind.CITES, (), AGENCY_SCORE, f"names {agency}")
    return _row(
        me, LineageKind.INDEPENDENT, (), ALONE_SCORE, "shares no text with an earlier report and names no other outlet"
    )


def _row(version_id: str, kind: LineageKind, of: tuple[str, ...], score: float, evidence: str) -> Lineage:
    return Lineage(version_id=version_id, kind=kind, of=of, score=round(score, 3), evidence=evidence)


def _named_outlets(article: ReadArticle, articles: Sequence[ReadArticle]) -> tuple[str, ...]:
    """Version ids of other outlets' articles whose publisher the text names, then agencies that it names by name."""
    text = article.version.text
    mine = outlet(article)
    named = sorted(
        a.version.version_id for a in articles if outlet(a) and outlet(a) != mine and names_outlet(text, outlet(a))
    )
    known = {outlet(a) for a in articles}
    agencies = (g for g in revision_words().agencies if g.lower() not in known and g.lower() not in mine)
    return (*named, *(g for g in agencies if _stands(text, g)))


def outlet(article: ReadArticle) -> str:
    """Key of the publisher: lower case without article; "" if unknown."""
    return OWN.sub("", (article.version.publisher or "").strip()).lower()


def names_outlet(text: str, name: str) -> bool:
    """Whether an outlet's name stands in the text as words, in any case, but for a name of one short word."""
    if len(name) < 4:
        return _stands(text, name.upper())
    return re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) is not None


def _stands(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def _root_keys(row: Lineage, members: Mapping[str, ReadArticle], near: Sequence[Copy]) -> frozenset[str]:
    """What makes two roots one origin: the publisher (of same-day copies too, any of which may be the first print), or
    the agency outside the set that both name."""
    me = row.version_id
    twins = {c.right if c.left == me else c.left for c in near if me in (c.left, c.right)}
    same_day = [t for t in twins if _day(members[t]) == _day(members[me])]
    keys = {outlet(members[t]) for t in (me, *same_day)} - {""}
    return frozenset(keys | {row.evidence if row.kind is LineageKind.CITES else me})


def _bottom(row: Lineage, rows: Mapping[str, Lineage]) -> set[str]:
    """Ids that a row rests on in the end; ``of`` always points to older ones, so this ends."""
    if not row.of:
        return {row.version_id}
    return {r for of in row.of for r in _bottom(rows[of], rows)}

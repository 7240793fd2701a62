"""Actors that the atlas does not know, gathered over articles, with what the texts say of them.

In: read articles. Out: one ``Newcomer`` for every named person or body whose link is a local id, most often named first.
What is said of it is taken from predications of the relations lead, part_of and ally, each with the plain sentences of the
claims that say so; kinds of happening it takes part in, and where they happen. Sort and country are guesses: the sort from
``sorts.yml`` by its names and descriptions; the country by its name, by nationalities in what it is called ("the Libyan
general"), by where it acts and to whom it belongs, at last by what the articles are about. A family name alone joins the one
newcomer who bears it. Descriptions without a name are nobody and never stand here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from khabar.lexicon.letters import folded
from khabar.lexicon.nations import load_nations
from khabar.model.articles import ReadArticle
from khabar.model.claims import Predication, Relation, Role
from khabar.model.links import EntityLink, PlaceLink
from khabar.model.mentions import Form, Kind
from khabar.resolve.titles import titled
from khabar.show.layers import kind_of, tidy, what
from khabar.show.words import sentences

UNKNOWN = "unknown"
"""method of a link to nobody known (``resolve/actors.py``)"""
NAMED = frozenset({Kind.PER, Kind.ORG})
ACRONYM_LETTERS = 6
CALLED, ACTS, ABOUT = 3.0, 1.0, 0.05
"""weight of a country that stands in what somebody is called, where it acts, or is named in its articles, each time"""
OUTLETS = frozenset({"newspaper", "broadcaster", "agency", "website"})
"""sorts that belong into an outlets.yml"""
LED_BY, LEADS, PART_OF, HAS_PART, ALLIED = "led by", "leads", "part of", "has part", "allied with"
OTHER_SIDE = {Relation.LEAD: (LEADS, LED_BY), Relation.PART_OF: (PART_OF, HAS_PART), Relation.ALLY: (ALLIED, ALLIED)}
"""of a relation: what its actor, and what the other party, is in it"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What texts say of a newcomer and somebody: how, who, who that is, in which plain sentences."""

    how: str
    name: str
    target_id: str | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """A named actor that no table knows."""

    local_id: str
    kind: Kind
    sort: str
    country: str | None
    names: tuple[str, ...]
    """usual first, without acronyms"""
    acronyms: tuple[str, ...]
    titles: tuple[str, ...]
    described: tuple[str, ...]
    mentions: int
    documents: tuple[str, ...]
    ties: tuple[Tie, ...]
    happenings: tuple[tuple[str, int], ...]
    """what it takes part in, with how often"""
    places: tuple[str, ...]

    @property
    def outlet(self) -> bool:
        """Whether it seems to be an outlet."""
        return self.sort in OUTLETS

    @property
    def slug(self) -> str:
        """A proposal for its id in a table: its name in plain letters and hyphens."""
        plain = "-".join(folded(self.names[0]).split())
        return "".join(c for c in plain if c.isalnum() or c == "-") or self.local_id.removeprefix("local:")[:10]


@dataclass(slots=True)
class Gathered:
    """What has been found of one local id so far."""

    kind: Kind
    names: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    described: Counter[str] = field(default_factory=Counter)
    countries: dict[str, float] = field(default_factory=dict)
    named_for: str | None = None
    mentions: int = 0
    documents: dict[str, None] = field(default_factory=dict)
    ties: dict[tuple[str, str], tuple[str | None, dict[str, None]]] = field(default_factory=dict)
    happenings: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    def weigh(self, country: str | None, weight: float) -> None:
        """Something speaks for a country."""
        if country:
            self.countries[country] = self.countries.get(country, 0.0) + weight

    def join(self, other: Gathered) -> None:
        """Take in all that was found of the same one under another id."""
        self.mentions += other.mentions
        for mine, more in (
            (self.names, other.names),
            (self.titles, other.titles),
            (self.described, other.described),
            (self.happenings, other.happenings),
            (self.places, other.places),
        ):
            mine.update(more)
        self.documents |= other.documents
        self.named_for = self.named_for or other.named_for
        for country, weight in other.countries.items():
            self.weigh(country, weight)
        for key, (target, said) in other.ties.items():
            self.ties.setdefault(key, (target, {}))[1].update(said)


@dataclass(frozen=True, slots=True)
class Seen:
    """Look-ups over one article."""

    article: ReadArticle
    links: Mapping[str, EntityLink]
    places: Mapping[str, PlaceLink]
    said: Mapping[str, str]
    """claim id to its sentence"""


def newcomers(articles: Iterable[ReadArticle]) -> list[Newcomer]:
    """All of them, most often named first, then by name."""
    found: dict[str, Gathered] = {}
    for article in articles:
        resolution = article.resolution
        unknown = {e.entity_id: e for e in resolution.entities if e.method == UNKNOWN}
        if unknown:
            seen = Seen(
                article,
                {e.entity_id: e for e in resolution.entities},
                {p.mention_id: p for p in resolution.places},
                sentences(article),
            )
            _names(seen, unknown, found)
            _deeds(seen, unknown, found)
    _join_family_names(found)
    made = [_newcomer(local_id, one) for local_id, one in found.items()]
    return sorted(made, key=lambda n: (-n.mentions, n.names[0]))


def _names(seen: Seen, unknown: Mapping[str, EntityLink], found: dict[str, Gathered]) -> None:
    """How they are called and described in one article."""
    text, nations = seen.article.version.text, nation_words()
    about = [p.country for p in seen.places.values()]
    for entity_id, link in unknown.items():
        mentions = [m for m in seen.article.reading.mentions if m.entity_id == entity_id]
        kind = kind_of(mentions)
        if kind not in NAMED:
            continue
        one = found.setdefault(link.target_id, Gathered(kind))
        one.mentions += len(mentions)
        one.documents[seen.article.version.input_id] = None
        one.named_for = one.named_for or link.country
        for mention in mentions:
            words = tidy(mention.span.cut(text))
            title, name = titled(words) if kind is Kind.PER and mention.form is Form.NAM else ("", words)
            if mention.form is not Form.PRO:
                (one.names if mention.form is Form.NAM else one.described).update([name])
                one.titles.update([title] if title else [])
                for code in (code for word in words.split() for code in nations.any(word)[:1]):
                    one.weigh(code, CALLED)
        for country in about:
            one.weigh(country, ABOUT)


def _join_family_names(found: dict[str, Gathered]) -> None:
    """ "Selmani" in one article is Faraj Selmani of another, if no second newcomer bears the name."""
    people = {key: one for key, one in found.items() if one.kind is Kind.PER}
    full: dict[str, set[str]] = {}
    for key, one in people.items():
        for name in one.names:
            words = folded(name).split()
            if len(words) > 1:
                full.setdefault(words[-1], set()).add(key)
    for key, one in people.items():
        alone = {folded(name) for name in one.names}
        if len(alone) == 1 and " " not in (word := next(iter(alone))) and len(bearers := full.get(word, set())) == 1:
            found[next(iter(bearers))].join(one)
            del found[key]


def _deeds(seen: Seen, unknown: Mapping[str, EntityLink], found: dict[str, Gathered]) -> None:
    """What they do and suffer, where, and to whom they belong, in one article."""
    for predication in seen.article.reading.predications:
        parties = [(a.role, a.entity_id) for a in predication.arguments if a.entity_id]
        for role, entity_id in parties:
            one = found.get(unknown[entity_id].target_id) if entity_id in unknown else None
            if one is None or role is Role.PLACE:
                continue
            if predication.relation in OTHER_SIDE:
                _tie(seen, predication, entity_id, one)
            elif predication.event_type or predication.relation:
                one.happenings[what(predication)] += 1
            for place in predication.fillers(Role.PLACE):
                if link := seen.places.get(place.filler_id or ""):
                    one.places[link.name] += 1
                    one.weigh(link.country, ACTS)


def _tie(seen: Seen, predication: Predication, entity_id: str, one: Gathered) -> None:
    """A relation to the other parties of a predication."""
    if predication.relation is None:
        return
    actors = {a.entity_id for a in predication.fillers(Role.ACTOR)}
    others = {a.entity_id for r in (Role.RECIPIENT, Role.THEME) for a in predication.fillers(r)}
    mine, how = entity_id in actors, OTHER_SIDE[predication.relation][entity_id not in actors]
    words = [c.claim_id for c in seen.article.reading.claims if c.predication_id == predication.predication_id]
    for other in sorted((others if mine else actors) - {None, entity_id}, key=str):
        link = seen.links.get(other or "")
        if link and link.target_id == seen.links[entity_id].target_id:
            continue
        name = link.name if link else _called(seen, other)
        one.ties.setdefault((how, name), (link.target_id if link else None, {}))[1].update(
            dict.fromkeys(seen.said[claim_id] for claim_id in words)
        )
        one.weigh(link.country if link else None, ACTS)


def _called(seen: Seen, entity_id: str | None) -> str:
    """The first words for an entity that is linked to nobody."""
    mentions = [m for m in seen.article.reading.mentions if m.entity_id == entity_id]
    return tidy(mentions[0].span.cut(seen.article.version.text)) if mentions else "somebody"


def _newcomer(local_id: str, one: Gathered) -> Newcomer:
    """The record of all that was gathered."""
    acronyms = [n for n in one.names if n.isupper() and len(n) <= ACRONYM_LETTERS and " " not in n]
    full = [n for n in one.names if n not in acronyms]
    if not full:
        acronyms, full = [], acronyms
    names = sorted(full, key=lambda n: (-len(n.split()), -one.names[n], n))
    described = [n for n, _ in one.described.most_common()]
    country = one.named_for or max(sorted(one.countries), key=lambda code: one.countries[code], default=None)
    ties = [
        Tie(how=how, name=name, target_id=target, sentences=tuple(said))
        for (how, name), (target, said) in one.ties.items()
    ]
    return Newcomer(
        local_id=local_id,
        kind=one.kind,
        sort=sort_of(one.kind, [*names, *described]),
        country=country,
        names=tuple(names),
        acronyms=tuple(acronyms),
        titles=tuple(title for title, _ in one.titles.most_common()),
        described=tuple(described),
        mentions=one.mentions,
        documents=tuple(one.documents),
        ties=tuple(ties),
        happenings=tuple(one.happenings.most_common()),
        places=tuple(name for name, _ in one.places.most_common()),
    )


def sort_of(kind: Kind, phrases: Iterable[str]) -> str:
    """The sort of the first phrase that has a word of one, its last word first; a person is a person."""
    if kind is Kind.PER:
        return "person"
    table = sort_words()
    words = (word for phrase in phrases for word in reversed(folded(phrase).split()))
    return next((table[word] for word in words if word in table), "movement")


nation_words = cache(load_nations)


@cache
def sort_words() -> Mapping[str, str]:
    """Word to sort, from ``sorts.yml``; the first sort that has a word keeps it."""
    table = yaml.safe_load(files("khabar.show").joinpath("sorts.yml").read_text(encoding="utf-8"))
    out: dict[str, str] = {}
    for sort, words in table.items():
        for word in str(words).split():
            out.setdefault(word, str(sort))
    return out

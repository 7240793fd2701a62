"""Toponyms to the map: a mention and its candidates to a PlaceLink, or none.

In: the context of a document. Out: PlaceLinks of named places (GPE, LOC, FAC), one a mention, in order of the text.
One name means one place in a document (one sense per discourse). A candidate's score adds how known it is, whether its
country and unit are in play, whether a container ("X, Ohio", "in X in Ohio") holds it, and whether its feature fits
the noun beside the name or what the text later calls it (``later_words.py``); edited rows win ties. Not mapped:
adjectives ("Kenyan"), and a capital or other town that stands for its government ("Nairobi said"), told by its being
the source of a statement, the actor or aim of a political act, or a capital that does what governments do. A direction
before a name ("northern X") moves the point and gives a wider radius; so do "near X", "40 km east of X" and "between X
and Y" (``areas.py``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from khabar.lexicon.letters import folded
from khabar.model.claims import Argument, EventType, Predication, Relation, Role
from khabar.model.links import PlaceLink
from khabar.model.mentions import Form, Kind, Mention
from khabar.resolve.areas import REACH, Area, area_before, middle
from khabar.resolve.context import Context
from khabar.resolve.later_words import ruled_out
from khabar.resolve.lookups import PlaceRow

PLACE_KINDS = frozenset({Kind.GPE, Kind.LOC, Kind.FAC})
PHYSICAL = frozenset({EventType.ASSAULT, EventType.PROTEST, EventType.MOBILIZE, EventType.RETREAT})
"""happenings in which a town as actor may still be meant as a place"""
FORCEFUL = frozenset({EventType.ASSAULT, EventType.MOBILIZE})
"""those of them in which it is a government if somebody or something suffers them ("Pyongyang fired two missiles")"""
SUFFERS = frozenset({Role.RECIPIENT, Role.THEME, Role.INSTRUMENT})
AIMED = frozenset({EventType.ACCUSE, EventType.REQUEST, EventType.REJECT, EventType.THREATEN, EventType.SANCTION})
"""happenings that are aimed at a government, not at a town"""
GROUPS = {
    "unit": ("ADM1", "ADM2", "RGN"),
    "town": ("PPL", "PPLX"),
    "port": ("PRT", "OILT"),
    "airport": ("AIRP", "AIRB"),
    "oil": ("OILT", "OILF", "OILR"),
    "camp": ("CMPRF",),
    "crossing": ("PSTB",),
    "country": ("PCLI",),
}
PRIOR = {"PCLI": 1.15, "ADM1": 0.72, "PRT": 0.15, "AIRP": 0.15}
CURATED_PRIOR = 0.85
IN_PLAY, UNIT_IN_PLAY, CONTAINED, FITS, BY_ALIAS = 0.6, 0.35, 1.5, 0.4, -0.12
SHORT_ALIAS = 4
"""letters up to which another name is no evidence by itself"""
LEAST = 0.3
"""score below which a name is left off the map: a hamlet somewhere, in a country that nothing else speaks of"""
SURE, LOCAL_KM, NEAR, NEAR_KM = 0.55, 60.0, 0.55, 120.0
"""chance from which a first choice speaks for others; widest place that has a neighbourhood; what nearness is worth"""
CERTAIN = 1.6
"""score from which a link's probability is near its top"""
AFTER = re.compile(r",?\s+(?:in\s+)?(?:(?:[a-z-]{2,10}ern|central)\s+)?([A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,2})")
LOWER = re.compile(r"\s+([a-z]+(?:\s[a-z]+)?)")
KM_PER_DEGREE = 111.2
MIDDLE, OFFSET, PART = -1.0, 0.5, 0.6
"""of a direction: "central" moves nothing; others move the point by half the radius and leave 0.6 of it"""


@dataclass(frozen=True, slots=True)
class Around:
    """What the rest of the document puts in play: units as "CCC/unit", points of towns, and the entries that its later
    words rule out, by mention id.
    """

    units: frozenset[str] = frozenset()
    points: tuple[tuple[float, float], ...] = ()
    out: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the bearers of one name: the folded name, containers after it, nouns beside it, other names; entries
    that later words rule out; and whether it is a name of several words with one bearer.
    """

    name: str
    containers: tuple[PlaceRow, ...]
    nouns: frozenset[str]
    others: Around
    out: frozenset[str]
    only: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen bearer of a name, its score and the chance that it is right."""

    row: PlaceRow
    score: float
    chance: float


def link_places(context: Context) -> tuple[PlaceLink, ...]:
    """Links of all named places of a document."""
    named = [m for m in context.reading.mentions if m.form is Form.NAM and m.kind in PLACE_KINDS]
    wanted = [m for m in named if not is_people_word(context, m)]
    names = _by_name(context, wanted)
    first = {name: choose(context, name, some, Around()) for name, some in names}
    out = ruled_out(context, wanted, lambda m: alternatives(context, m, first), GROUPS)
    chosen = {name: choose(context, name, some, around(first, name, out)) for name, some in names}
    acting = acting_mentions(context)
    links = (_link(context, m, chosen[name_of(context, m)], acting) for m in wanted)
    return between_towns(context, [link for link in links if link is not None])


def between_towns(context: Context, links: list[PlaceLink]) -> tuple[PlaceLink, ...]:
    """Links with both towns of "between X and Y" put in the middle."""
    text, spans = context.version.text, {m.mention_id: m.span for m in context.reading.mentions}
    scenes = {a.filler_id for p in context.reading.predications for a in p.fillers(Role.PLACE)}
    for i, (one, two) in enumerate(pairwise(links)):
        first, second = spans[one.mention_id], spans[two.mention_id]
        joined = text[first.end : second.start].split() == ["and"]
        if not joined or not text[: first.start].rstrip().lower().endswith("between"):
            continue
        if max(one.radius_km, two.radius_km) <= LOCAL_KM:
            scene = one.mention_id in scenes or two.mention_id in scenes
            points = ((one.latitude, one.longitude), (two.latitude, two.longitude))
            area = middle(*points, point_km(*points), f"between {one.name} and {two.name}", scene=scene)
            if area is not None:
                whole = replace(in_area(one, area), name=area.words, place_id=f"{one.place_id}/and/{two.place_id}")
                links[i], links[i + 1] = whole, replace(whole, mention_id=two.mention_id)
    return tuple(links)


def in_area(link: PlaceLink, area: Area) -> PlaceLink:
    """A link moved to an area; "near" is still the place itself, only less exactly."""
    if area.mark == "near":
        return replace(link, radius_km=area.radius_km)
    return replace(
        link,
        geonameid=None,
        place_id=f"{link.place_id}/{area.mark}",
        name=f"{area.words} {link.name}",
        latitude=area.latitude,
        longitude=area.longitude,
        feature="RGN",
        radius_km=area.radius_km,
    )


def is_people_word(context: Context, mention: Mention) -> bool:
    """Whether the mention is an adjective or a people ("Kenyan", "Kenyans") and no country's name."""
    text, nations = context.text(mention), context.lookups.nations
    return bool(nations.adjective(text) or nations.people(text)) and not nations.name(text)


def acting_mentions(context: Context) -> frozenset[str]:
    """Ids of mentions that speak or act politically, where a town's name stands for a government."""
    reading = context.reading
    sources = [(span, a.source_entities) for a in reading.attributions for span in a.source]
    spoke = ((m, s) for m in reading.mentions for s, who in sources if m.entity_id in who)
    out = {m.mention_id for m, s in spoke if s.start <= m.head.start < s.end}  # not Cairo in "a Cairo newspaper said"
    for predication in reading.predications:
        event = predication.event_type
        governs = (
            event in (None, EventType.PROTEST)
            and predication.relation in (None, Relation.REVISE)
            and predication.lemma in context.words.governs
        )
        if governs or stays_mute(context, predication):
            doers = (a for a in predication.fillers(Role.ACTOR) if a.rule == "subj" and a.span is not None)
            capitals = (
                a for a in doers if a.span and context.lookups.nations.capital(a.span.cut(context.version.text))
            )
            out |= {a.filler_id for a in capitals if a.filler_id}
        political = event is not None and event not in PHYSICAL
        if political or (event in FORCEFUL and any(a.role in SUFFERS for a in predication.arguments)):
            out |= {a.filler_id for a in predication.fillers(Role.ACTOR) if a.filler_id}
        if event in AIMED:
            aims = [a for a in predication.fillers(Role.RECIPIENT) if not elsewhere_placed(context, predication, a)]
            out |= {a.filler_id for a in aims if a.filler_id}
    return frozenset(out)


def stays_mute(context: Context, one: Predication) -> bool:
    """ "Stayed silent", "remained neutral": what only governments do."""
    after = context.version.text[one.trigger.end :].split(maxsplit=1)
    return one.lemma in context.words.stays and bool(after) and after[0].strip(".,;:").lower() in context.words.mute


def elsewhere_placed(context: Context, one: Predication, argument: Argument) -> bool:
    """Whether another happening has its place there: "condemned the raid in Baghdad", "denied a visit to Algiers"."""
    others = (p for p in context.reading.predications if p is not one)
    return any(a.filler_id == argument.filler_id for p in others for a in p.fillers(Role.PLACE))


def around(chosen: Mapping[str, Choice | None], name: str, out: Mapping[str, frozenset[str]]) -> Around:
    """The units and points that the other names of a document speak for, by a first choice made without them."""
    sure = [c.row for other, c in chosen.items() if c and other != name and c.chance >= SURE]
    units = frozenset(f"{row.country}/{row.admin1}" for row in sure if row.feature == "ADM1")
    return Around(units, tuple((r.latitude, r.longitude) for r in sure if r.radius_km <= LOCAL_KM), out)


def alternatives(context: Context, mention: Mention, first: Mapping[str, Choice | None]) -> tuple[PlaceRow, ...]:
    """The entries of a mention's name where the first choice lies: the town, its province, its port."""
    name = name_of(context, mention)
    choice = first[name]
    rows = candidates(context, name, mention.kind) if choice else ()
    near = (
        r for r in rows if choice and apart_km(choice.row, r) <= max(choice.row.radius_km, r.radius_km) + NEAR_KM / 2
    )
    return tuple(r for r in near if choice and r.country == choice.row.country)


def name_of(context: Context, mention: Mention) -> str:
    """The name to look up: without a direction before it, a container phrase, or "the"."""
    text = context.text(mention).replace("\n", " ").removesuffix("'s").removesuffix("’s").removeprefix("the ")
    for container in context.words.containers:
        text = text.removeprefix(container + " ").removeprefix(container.capitalize() + " ")
    return text


def choose(context: Context, name: str, mentions: list[Mention], others: Around) -> Choice | None:
    """The likeliest bearer of a name in this document."""
    rows = candidates(context, name, mentions[0].kind)
    if not rows:
        return None
    containers = [c for m in mentions for c in containers_after(context, m)]
    nouns = frozenset(g for m in mentions for g in groups_beside(context, m, name))
    out = frozenset(key for m in mentions for key in others.out.get(m.mention_id, ()))
    only = len(rows) == 1 and " " in name
    evidence = Evidence(folded(context.text(mentions[0])), tuple(containers), nouns, others, out, only)
    scored = [(appraise(context, row, evidence), -i) for i, row in enumerate(rows)]
    best, at = max(scored)
    chosen = rows[-at]
    margin = min((best - s for s, i in scored if apart_km(chosen, rows[-i]) > chosen.radius_km), default=1.0)
    if best < LEAST:
        return None
    return Choice(chosen, best, round(min(0.97, 0.35 + 0.3 * min(best / CERTAIN, 1) + 0.35 * min(margin, 1)), 2))


def candidates(context: Context, name: str, kind: Kind) -> tuple[PlaceRow, ...]:
    """Bearers of a name: as it stands, without a noun that only says what it is, or, for a building, its town's. Where a
    country or capital bears it, towns that only go by it as another name are left out ("Mexico" for Mexico City).
    """
    lookups, words = context.lookups, name.split()
    if rows := lookups.places(name):
        seats = lookups.nations.capital(name)
        first = any(
            r.feature == "PCLI" or (r.how == "name" and r.feature == "PPL" and r.country in seats) for r in rows
        )
        return tuple(r for r in rows if r.how == "name" or r.curated or r.feature == "PCLI") if first else rows
    for length in (2, 1):
        if len(words) > length and " ".join(words[-length:]).lower() in context.words.features:
            return lookups.places(" ".join(words[:-length]))
    if len(words) > 1 and words[0].lower() in context.words.directions:
        return lookups.places(" ".join(words[1:]))
    if kind is Kind.FAC and len(words) > 1:
        for length in range(len(words) - 1, 1, -1):  # "Suez Canal bridge"
            if rows := tuple(r for r in lookups.places(" ".join(words[:length])) if r.curated):
                return rows
        return tuple(r for r in lookups.places(words[0]) if r.feature == "PPL" and context.weight(r.country) > 0)
    return ()


def appraise(context: Context, row: PlaceRow, evidence: Evidence) -> float:
    """How well one candidate fits the document."""
    weight, unit = context.weight(row.country, besides=evidence.name), f"{row.country}/{row.admin1}"
    score = CURATED_PRIOR if row.curated else PRIOR.get(row.feature, math.log10(row.population + 10) / 7)
    score += IN_PLAY * weight + (BY_ALIAS if row.how != "name" and not row.curated else 0)
    if row.curated and row.country is not None and not context.weight(row.country) and not evidence.only:
        score -= IN_PLAY
    short = row.how != "name" and not row.curated and row.feature != "PCLI" and len(evidence.name) <= SHORT_ALIAS
    if short and not weight and row.country not in context.lookups.nations.capital(evidence.name):
        score -= IN_PLAY  # "Ber" is Véroia somewhere, but not in a text that never speaks of Greece
    if row.feature != "ADM1" and unit in evidence.others.units:
        score += UNIT_IN_PLAY
    if any(holds(container, row) for container in evidence.containers):
        score += CONTAINED
    if any(row.feature in GROUPS[group] for group in evidence.nouns):
        score += FITS
    if row.place_id in evidence.out:
        score -= FITS
    return score + NEAR * nearness(row, evidence.others.points)


def nearness(row: PlaceRow, points: tuple[tuple[float, float], ...]) -> float:
    """0-1: how near the nearest two of the document's other places are to a town; 0 for what is wide."""
    if row.radius_km > LOCAL_KM:
        return 0.0
    near = sorted(point_km((row.latitude, row.longitude), p) for p in points)[:2]
    return sum(math.exp(-km / NEAR_KM) for km in near) / 2


def apart_km(a: PlaceRow, b: PlaceRow) -> float:
    """Kilometres between two places' points."""
    return point_km((a.latitude, a.longitude), (b.latitude, b.longitude))


def point_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points in degrees, km."""
    (north, east), (up, right) = (map(math.radians, p) for p in (a, b))
    half = math.sin((up - north) / 2) ** 2 + math.cos(north) * math.cos(up) * math.sin((right - east) / 2) ** 2
    return 12_742 * math.asin(min(1.0, math.sqrt(half)))


def holds(container: PlaceRow, row: PlaceRow) -> bool:
    """Whether one place is a country or unit that the other lies in."""
    if container.place_id == row.place_id or container.country != row.country:
        return False
    return container.feature == "PCLI" or (container.feature == "ADM1" and container.admin1 == row.admin1)


def containers_after(context: Context, mention: Mention) -> list[PlaceRow]:
    """Countries and units that the words right after a mention name: "X, Ohio", "X in Peru", "X, in northern Peru"."""
    match = AFTER.match(context.version.text, mention.span.end)
    words = match.group(1).split() if match else []
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length]).rstrip(",’'")
        rows = [r for r in context.lookups.places(name) if r.feature in ("ADM1", "PCLI")]
        if rows:
            return rows
    return []


def groups_beside(context: Context, mention: Mention, name: str) -> Iterator[str]:
    """Groups of features that the noun after a mention, before it ("the city of"), or at the name's end speaks for."""
    text, features = context.version.text, context.words.features
    match = LOWER.match(text, mention.span.end)
    for phrase in (match.group(1) if match else "", name.rpartition(" ")[2].lower()):
        group = features.get(phrase) or features.get(phrase.partition(" ")[0])
        if group:
            yield group
    before = text[max(0, mention.span.start - 20) : mention.span.start].rstrip()
    for container in context.words.containers:
        if before.endswith(container):
            yield features.get(container.removesuffix(" of"), "town")


def moved(context: Context, text: str, row: PlaceRow) -> tuple[float, float, float, str]:
    """Point, radius and id of a place after a direction before its name ("northern X") has been heeded."""
    word = text.partition(" ")[0].lower()
    angle = context.words.directions.get(word)
    if angle is None or folded(text) == folded(row.name) or row.curated:
        return row.latitude, row.longitude, row.radius_km, row.place_id
    radius, place_id = row.radius_km * PART, f"{row.place_id}/{word}"
    if angle == MIDDLE:
        return row.latitude, row.longitude, radius, place_id
    far = OFFSET * row.radius_km / KM_PER_DEGREE
    latitude = max(-89.0, min(89.0, row.latitude + far * math.cos(math.radians(angle))))
    longitude = row.longitude + far * math.sin(math.radians(angle)) / max(0.1, math.cos(math.radians(row.latitude)))
    return round(latitude, 3), round((longitude + 180) % 360 - 180, 3), radius, place_id


def _by_name(context: Context, mentions: list[Mention]) -> list[tuple[str, list[Mention]]]:
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(name_of(context, mention), []).append(mention)
    return list(found.items())


def _link(context: Context, mention: Mention, choice: Choice | None, acting: frozenset[str]) -> PlaceLink | None:
    if choice is None:
        return None
    row, text = choice.row, name_of(context, mention)
    if mention.mention_id in acting and row.feature.startswith("PPL"):
        return None
    latitude, longitude, radius, place_id = moved(context, text, row)
    start = mention.span.start
    before = context.version.text[max(0, start - REACH) : start].rpartition("\n")[2]
    area = area_before(before, (latitude, longitude), radius, context.words.directions)
    link = PlaceLink(
        mention_id=mention.mention_id,
        geonameid=row.geonameid if place_id == row.place_id else None,
        place_id=place_id,
        name=row.name if place_id == row.place_id else text,
        latitude=latitude,
        longitude=longitude,
        feature=row.feature if place_id == row.place_id else "RGN",
        admin1=row.admin1,
        country=row.country,
        radius_km=radius,
        score=choice.chance,
        source=row.source,
    )
    return in_area(link, area) if area is not None else link

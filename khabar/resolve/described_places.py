"""Places that are only described where something happens there: "the same city", "the capital"; and roads between two towns.

In: the context of a document and the links of its named places. Out: links of the described ones that are the place of
a happening. A description that coreference has made one with a named place stands where that stands (behind "north of
X" where X stands); "the capital" alone is that of the country that it names or that owns it, else of the one country
that is most in play; its score says which. A road that is called by the towns at its ends ("the Kaduna-Abuja highway")
is what lies between them. "The village" of nobody, and the capital of a text about two countries alike, stay off the
map.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from khabar.model.claims import Role
from khabar.model.links import PlaceLink
from khabar.model.mentions import Form, Kind, Mention
from khabar.resolve.areas import middle
from khabar.resolve.context import Context
from khabar.resolve.lookups import PlaceRow
from khabar.resolve.places import Around, candidates, choose, in_area, name_of, point_km
from khabar.resolve.states import nationality

ENDS = re.compile(r"(?P<one>[^\W\d_][\w’' .]{1,30}?)(?:-to-|\s?[-–]\s?)(?P<two>[^\W\d_][\w’' .]{1,30}?) (?P<noun>\w+)")
"""a road by its ends; "the Kaduna–Abuja highway", "the Herat-to-Kandahar road" """
CAPITAL = "capital"
TOWN = "PPL"
SAME, OWNED, IN_PLAY = 0.9, 0.8, 0.6
"""what is left of a named place's score; score of a capital whose country is named, and of one whose country is in play"""
AHEAD = 0.3
"""by how much a country must be more in play than the next"""
BEHIND = 40
"""characters behind a description in which "of X" may name its country"""


def link_described_places(context: Context, named: tuple[PlaceLink, ...]) -> tuple[PlaceLink, ...]:
    """All links, those of described places among the named ones in order of the text."""
    order = {m.mention_id: i for i, m in enumerate(context.reading.mentions)}
    links = {link.mention_id: link for link in named}
    scenes = {a.filler_id for p in context.reading.predications for a in p.fillers(Role.PLACE)}
    wanted = (m for m in context.reading.mentions if m.form is Form.NOM and m.mention_id in scenes)
    found = [link for m in wanted if (link := _link(context, m, links)) is not None]
    unmapped = (m for m in context.reading.mentions if m.kind is Kind.FAC and m.mention_id not in links)
    found += [link for m in unmapped if (link := _road_link(context, m)) is not None]
    return tuple(sorted((*named, *found), key=lambda link: order[link.mention_id]))


def _link(context: Context, mention: Mention, links: Mapping[str, PlaceLink]) -> PlaceLink | None:
    """The named place that a description means, or the capital that it is."""
    if mention.kind not in (Kind.GPE, Kind.LOC):
        return None
    same = (m for m in context.reading.mentions if m.entity_id == mention.entity_id and m.mention_id in links)
    named = next(same, None)
    if named is not None:
        link = links[named.mention_id]
        whole = next((r for r in _rows(context, named) if link.place_id.startswith(f"{r.place_id}/")), None)
        if whole is not None:  # "north of Kidal … left the town": the town itself
            return _town_link(mention, whole, round(link.score * SAME, 2))
        return replace(link, mention_id=mention.mention_id, score=round(link.score * SAME, 2))
    if mention.head.cut(context.version.text).lower() != CAPITAL:
        return None
    code, score = _country(context, mention)
    row = next(_seats(context, code), None) if code else None
    return _town_link(mention, row, score) if row is not None else None


def _rows(context: Context, mention: Mention) -> tuple[PlaceRow, ...]:
    """The entries of a named place."""
    return candidates(context, name_of(context, mention), mention.kind)


def _road_link(context: Context, mention: Mention) -> PlaceLink | None:
    """What lies between the towns that a road is called by."""
    match = ENDS.fullmatch(context.text(mention).removeprefix("the ").removeprefix("The "))
    if match is None or match["noun"].lower() not in context.words.roads:
        return None
    one = choose(context, match["one"], [mention], Around())
    point = ((one.row.latitude, one.row.longitude),) if one else ()
    two = choose(context, match["two"], [mention], Around(points=point))
    if one is None or two is None:
        return None
    first, second = (one.row.latitude, one.row.longitude), (two.row.latitude, two.row.longitude)
    area = middle(first, second, point_km(first, second), f"between {one.row.name} and {two.row.name}", scene=True)
    if area is None:
        return None
    link = _town_link(mention, one.row, min(one.chance, two.chance))
    return replace(in_area(link, area), name=area.words, place_id=f"{one.row.place_id}/and/{two.row.place_id}")


def _country(context: Context, mention: Mention) -> tuple[str | None, float]:
    """The country whose capital is meant, and how sure that is."""
    text = context.version.text
    after = text[mention.span.end : mention.span.end + BEHIND].split("\n")[0]
    of = after.removeprefix(" of ").split(",")[0].split(".")[0] if after.startswith(" of ") else ""
    codes = nationality(context, context.text(mention)) or nationality(context, of)
    if codes:
        return codes[0], OWNED
    ranked = sorted(context.countries.items(), key=lambda each: -each[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] < ranked[1][1] + AHEAD):
        return None, 0.0
    return ranked[0][0], IN_PLAY


def _seats(context: Context, code: str) -> Iterator[PlaceRow]:
    """Towns in which a country's government sits."""
    for name in context.lookups.nations.by_code[code].capitals if code in context.lookups.nations.by_code else ():
        yield from (r for r in context.lookups.places(name) if r.country == code and r.feature.startswith(TOWN))


def _town_link(mention: Mention, row: PlaceRow, score: float) -> PlaceLink:
    return PlaceLink(
        mention_id=mention.mention_id,
        geonameid=row.geonameid,
        place_id=row.place_id,
        name=row.name,
        latitude=row.latitude,
        longitude=row.longitude,
        feature=row.feature,
        admin1=row.admin1,
        country=row.country,
        radius_km=row.radius_km,
        score=score,
        source=row.source,
    )

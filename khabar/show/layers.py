"""One layer of a read article as plain dictionaries: its places, its actors, its time expressions, each to be judged alone.

In: a ReadArticle. Out: rows in the order of the text, ready for JSON; ``document`` is the input id. Places are one row a
place, with every way it is written and what is said to have happened there (predications that have it as their place);
actors one row an entity of a kind that can act, if anybody knows it, it has a name, or it does or says or suffers
something; times one row an expression. Degrees WGS 84, km, days ISO 8601, countries ISO 3166-1 alpha-3, scores 0-1 for the
link being right. Unlike the contract, ``link`` here shows local ids too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from khabar.model.articles import ReadArticle
from khabar.model.claims import Predication, Role
from khabar.model.links import PlaceLink
from khabar.model.mentions import DATELINE, Form, Kind, Mention
from khabar.resolve.calendar import grain_of

Json = dict[str, Any]
CAN_ACT = frozenset({Kind.PER, Kind.ORG, Kind.GPE})


def place_rows(article: ReadArticle) -> list[Json]:
    """The places of an article."""
    text, mentions = article.version.text, {m.mention_id: m for m in article.reading.mentions}
    groups: dict[str, list[PlaceLink]] = {}
    for link in article.resolution.places:
        groups.setdefault(link.place_id, []).append(link)
    out = []
    for links in groups.values():
        first, ids = links[0], {link.mention_id for link in links}
        out.append(
            {
                "document": article.version.input_id,
                "place_id": first.place_id,
                "name": first.name,
                "written": _distinct(tidy(mentions[i].span.cut(text)) for i in sorted(ids, key=_number)),
                "mentions": len(ids),
                "feature": first.feature,
                "admin1": first.admin1,
                "country": first.country,
                "latitude": first.latitude,
                "longitude": first.longitude,
                "radius_km": first.radius_km,
                "score": max(link.score for link in links),
                "source": first.source,
                "happens": _distinct(what(p) for p in article.reading.predications if _is_at(p, ids)),
            }
        )
    return out


def actor_rows(article: ReadArticle) -> list[Json]:
    """The actors of an article."""
    text, reading = article.version.text, article.reading
    links = {link.entity_id: link for link in article.resolution.entities}
    groups: dict[str, list[Mention]] = {}
    for mention in (m for m in reading.mentions if m.rule != DATELINE):  # where somebody writes is nobody who acts
        groups.setdefault(mention.entity_id, []).append(mention)
    takes_part = {a.entity_id for p in reading.predications for a in p.arguments if a.role in PARTIES}
    takes_part |= {e for a in reading.attributions for e in a.source_entities}
    out = []
    for entity_id, mentions in groups.items():
        link, kind = links.get(entity_id), kind_of(mentions)
        named = any(m.form is Form.NAM for m in mentions)
        if kind not in CAN_ACT or not (link or named or entity_id in takes_part):
            continue
        if all(m.form is Form.PRO for m in mentions):
            continue
        out.append(
            {
                "document": article.version.input_id,
                "entity": entity_id,
                "link": link.target_id if link else None,
                "name": link.name if link else tidy(mentions[0].span.cut(text)),
                "kind": kind.value,
                "country": link.country if link else None,
                "written": _distinct(tidy(m.span.cut(text)) for m in mentions if m.form is not Form.PRO),
                "mentions": len(mentions),
                "score": link.score if link else None,
                "method": link.method if link else None,
                "rivals": list(link.rivals) if link else [],
            }
        )
    return out


PARTIES = frozenset({Role.ACTOR, Role.RECIPIENT})


def date_rows(article: ReadArticle) -> list[Json]:
    """The time expressions of an article."""
    text = article.version.text
    links = {link.timex_id: link for link in article.resolution.times}
    words = {t.timex_id: t.span.cut(text) for t in article.reading.timexes}
    out = []
    for timex in article.reading.timexes:
        link = links.get(timex.timex_id)
        value = link.value if link else timex.value
        out.append(
            {
                "document": article.version.input_id,
                "timex": timex.timex_id,
                "text": tidy(timex.span.cut(text)),
                "start": timex.span.start,
                "end": timex.span.end,
                "type": timex.type.value,
                "value": value,
                "mod": timex.mod,
                "quant": timex.quant,
                "freq": timex.freq,
                "earliest": link.earliest if link else None,
                "latest": link.latest if link else None,
                "grain": grain_of(value),
                "edtf": link.edtf if link else None,
                "counts_from": anchor_words(text, timex.anchor, words) if timex.anchor else None,
                "score": link.score if link else None,
            }
        )
    return out


def anchor_words(text: str, anchor: str, words: Mapping[str, str]) -> str:
    """The words of a timex, or of the happening at "p:start:end", that another one counts from."""
    if anchor in words:
        return tidy(words[anchor])
    start, _, end = anchor.removeprefix("p:").partition(":")
    return tidy(text[int(start) : int(end)]) if start.isdigit() and end.isdigit() else anchor


def what(predication: Predication) -> str:
    """A happening in a word or two: "ASSAULT shell", "control take"."""
    kind = predication.event_type or predication.relation
    return f"{kind.value} {predication.lemma}" if kind else predication.lemma


def kind_of(mentions: list[Mention]) -> Kind:
    """The kind of most named mentions, else of most."""
    kinds = [m.kind for m in mentions if m.form is Form.NAM] or [m.kind for m in mentions]
    return max(dict.fromkeys(kinds), key=kinds.count)


def tidy(words: str) -> str:
    """Words on one line, without a genitive at the end."""
    return " ".join(words.split()).removesuffix("'s").removesuffix("’s")


def geojson(rows: Iterable[Json]) -> Json:
    """Place rows as a GeoJSON feature collection (RFC 7946): points, longitude first; all else as properties."""
    return {"type": "FeatureCollection", "features": list(_features(rows))}


def _features(rows: Iterable[Json]) -> Iterator[Json]:
    for row in rows:
        properties = {key: value for key, value in row.items() if key not in ("latitude", "longitude")}
        point = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
        yield {"type": "Feature", "geometry": point, "properties": properties}


def _is_at(predication: Predication, mention_ids: set[str]) -> bool:
    return any(a.filler_id in mention_ids for a in predication.fillers(Role.PLACE))


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _number(mention_id: str) -> int:
    return int(mention_id[1:]) if mention_id[1:].isdigit() else 0

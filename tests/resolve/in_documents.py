"""Rows of the tables ``*_in_documents*.yml`` against what khabar reads and resolves in their texts.

    python -m tests.resolve.in_documents [--all]     # what share holds, and each expectation that does not

In: the tables, the packaged parser, lexicon and atlas. Out: the expectations of a row that do not hold, as sentences.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from khabar.capture.versions import make_version
from khabar.model.articles import ReadArticle
from khabar.model.claims import Argument, Role
from khabar.model.documents import Submission
from khabar.model.mentions import Mention
from khabar.model.spans import Span
from khabar.run.plan import Tools
from khabar.settings import load_settings
from khabar.show.layers import actor_rows

Row = dict[str, Any]
HERE = Path(__file__).parent
DAY = "2016-06-14"
KM_PER_DEGREE = 111.2


def _rows(name: str) -> list[Row]:
    rows: list[Row] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return rows


ACTORS = _rows("actors_in_documents.yml")
PLACES = _rows("places_in_documents.yml")
ACTORS_FRESH = _rows("actors_in_documents_fresh.yml")
PLACES_FRESH = _rows("places_in_documents_fresh.yml")
ACTORS_NEWS = _rows("actors_in_documents_news.yml")
ACTORS_SECOND = _rows("actors_in_documents_second.yml")
PLACES_SECOND = _rows("places_in_documents_second.yml")
TABLES = {
    "actors": ACTORS,
    "places": PLACES,
    "actors, fresh": ACTORS_FRESH,
    "places, fresh": PLACES_FRESH,
    "actors, news": ACTORS_NEWS,
    "actors, second": ACTORS_SECOND,
    "places, second": PLACES_SECOND,
}


@cache
def tools() -> Tools:
    """Parser, lexicon and atlas, loaded once."""
    return Tools(load_settings({}), lambda _: None)


def read(text: str, published: str = DAY) -> ReadArticle:
    """A text, read and resolved."""
    version = make_version(Submission(name="t", input_id="t", text=text, published=published))
    reading = tools().read(version)
    return ReadArticle(version=version, reading=reading, resolution=tools().resolve(version, reading))


def expectations(row: Row) -> int:
    """How many things a row says."""
    return sum(
        len(row.get(key, ())) for key in ("who", "kinds", "one", "apart", "unlisted", "listed", "where", "at", "radius")
    ) + ("headline" in row)


def faults_of(row: Row) -> list[str]:
    """What does not hold of a row."""
    article = read(row["text"], row.get("published", DAY))
    return [
        *_actors(article, row),
        *_kinds(article, row),
        *_groups(article, row),
        *_listed(article, row),
        *_places(article, row),
    ]


def _actors(article: ReadArticle, row: Row) -> Iterator[str]:
    links = {link.entity_id: link for link in article.resolution.entities}
    for words, wanted in row.get("who", {}).items():
        mention = mention_at(article, words)
        link = links.get(mention.entity_id) if mention else None
        found = (link.target_id, link.country) if link else None
        if not any(_is(found, each) for each in (wanted if isinstance(wanted, list) else [wanted])):
            yield f"{words!r} is {found}, not {wanted}"


def _kinds(article: ReadArticle, row: Row) -> Iterator[str]:
    for words, wanted in row.get("kinds", {}).items():
        mention = mention_at(article, words)
        if mention is None or mention.kind.value != wanted:
            yield f"{words!r} is {mention.kind.value if mention else None}, not {wanted}"


def _is(found: tuple[str, str | None] | None, wanted: str) -> bool:
    """Whether a link is the one wanted."""
    if wanted == "nobody" or found is None:
        return wanted == "nobody" and found is None
    target, country = found
    sort, _, code = wanted.partition(" ")
    return target.startswith("local:") and code in ("", country) if sort == "local" else target == wanted


def _groups(article: ReadArticle, row: Row) -> Iterator[str]:
    def entities(group: list[str]) -> list[str | None]:
        return [m.entity_id if (m := mention_at(article, words)) else None for words in group]

    for group in row.get("one", ()):
        found = entities(group)
        if None in found or len(set(found)) > 1:
            yield f"{group} are {found}"
    for group in row.get("apart", ()):
        found = entities(group)
        if None in found or len(set(found)) < len(group):
            yield f"{group} are {found}"


def _listed(article: ReadArticle, row: Row) -> Iterator[str]:
    rows = actor_rows(article)
    shown = {row["name"] for row in rows} | {w for row in rows for w in row["written"]}
    yield from (f"{words!r} is listed" for words in row.get("unlisted", ()) if words in shown)
    yield from (f"{words!r} is not listed" for words in row.get("listed", ()) if words not in shown)
    headline = article.version.text[: article.version.headline_end]
    if "headline" in row and headline != row["headline"]:
        yield f"the headline is {headline!r}"


def _places(article: ReadArticle, row: Row) -> Iterator[str]:
    text = article.version.text
    for word, wanted in row.get("where", {}).items():
        happened = (p for p in article.reading.predications if p.trigger.cut(text) == word)
        found = [_at(text, p.fillers(Role.PLACE)) for p in happened]
        names = wanted if isinstance(wanted, list) else [wanted]
        if not any(name == f if name == "nowhere" else name in f for f in found for name in names):
            yield f"{word!r} is at {found}, not {wanted}"
    links = {link.mention_id: link for link in article.resolution.places}
    for words, point in row.get("at", {}).items():
        mention = mention_at(article, words)
        link = links.get(mention.mention_id) if mention else None
        if point == "unmapped" or link is None:
            if not (point == "unmapped" and link is None):
                yield f"{words!r} is {link.place_id if link else 'unmapped'}, not {point}"
        elif (far := _km(link.latitude, link.longitude, point)) > point[2]:
            yield f"{words!r} is {link.place_id}, {far:.0f} km from {point}"
    for words, (least, most) in row.get("radius", {}).items():
        mention = mention_at(article, words)
        link = links.get(mention.mention_id) if mention else None
        if link is None or not least <= link.radius_km <= most:
            yield f"the radius of {words!r} is {link.radius_km if link else None}, not {least} to {most}"


def _at(text: str, fillers: Iterable[Argument]) -> str:
    """The words of a happening's places, or "nowhere"."""
    return " | ".join(a.span.cut(text) for a in fillers if a.span) or "nowhere"


def _km(latitude: float, longitude: float, point: list[float]) -> float:
    """Kilometres on a map that is flat enough."""
    east = (longitude - point[1]) * math.cos(math.radians(point[0]))
    return math.hypot(latitude - point[0], east) * KM_PER_DEGREE


def mention_at(article: ReadArticle, words: str) -> Mention | None:
    """The mention of these words ("him#2": the second): of those whose head stands in them, the one most like them."""
    plain, _, nth = words.partition("#")
    text = article.version.text
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(plain)}(?!\w)", text)]
    assert len(found) >= int(nth or 1), f"{words!r} is not in {text!r}"
    span = Span(found[int(nth or 1) - 1], found[int(nth or 1) - 1] + len(plain))
    inside = [m for m in article.reading.mentions if span.start <= m.head.start and m.head.end <= span.end]
    return max(inside, key=lambda m: (_likeness(m.span, span), m.head.end), default=None)


def _likeness(a: Span, b: Span) -> float:
    """Shared characters over all."""
    shared = max(0, min(a.end, b.end) - max(a.start, b.start))
    return shared / (a.end - a.start + b.end - b.start - shared)


def same_everywhere(text: str, words: str) -> str:
    """The id of the entity of these words."""
    article = read(text)
    mention = next(
        m for m in article.reading.mentions if words.casefold() in m.span.cut(article.version.text).casefold()
    )
    return next(e.target_id for e in article.resolution.entities if e.entity_id == mention.entity_id)


def main() -> None:
    """Print what share of each table holds."""
    for name, rows in TABLES.items():
        wrong = [(row, faults_of(row)) for row in rows]
        said, failed = sum(map(expectations, rows)), sum(len(f) for _, f in wrong)
        right = sum(not f for _, f in wrong)
        sys.stdout.write(f"{name}: {right} of {len(rows)} rows, {said - failed} of {said} expectations\n")
        kinds = Counter(row["kind"] for row, f in wrong if f)
        sys.stdout.write(f"  misread kinds: {dict(kinds)}\n")
        for row, faults in wrong:
            if faults:
                sys.stdout.write(f"  {row['text'][:110]!r} {row.get('published', '')}\n")
                sys.stdout.writelines(f"      {fault}\n" for fault in faults)


if __name__ == "__main__":
    main()

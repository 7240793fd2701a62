"""What stands behind one filler of a claim: the mention, what it stands for, who or where that is, when, how many.

In: the records of one read article and an argument. Out: ``Part``s: name, what is said in words, the text's own words with
their spans, the rule with its reason, a score where there is one, and parts under it. Look-ups are made once per article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from khabar.lexicon.cues import Stance, load_cues
from khabar.model.articles import ReadArticle
from khabar.model.claims import Argument
from khabar.model.links import EntityLink, PlaceLink, TimeLink
from khabar.model.mentions import Form, Mention, Quantity, Timex
from khabar.model.spans import Span
from khabar.show.days import coordinates_words, interval_words
from khabar.show.naming import Names, names_of, shortened
from khabar.show.reasons import filled, reason

LONGEST_WAY = 6
"""steps from a pronoun to a name that are shown"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that was read: ``words`` and ``spans`` are the text's, ``rule`` the record's, ``reason`` is it in words."""

    name: str
    said: str
    words: str = ""
    spans: tuple[Span, ...] = ()
    rule: str = ""
    reason: str = ""
    score: float | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Look-ups over one article."""

    text: str
    names: Names
    stances: Mapping[str, Stance]
    mentions: Mapping[str, Mention]
    timexes: Mapping[str, Timex]
    quantities: Mapping[str, Quantity]
    entities: Mapping[str, EntityLink]
    places: Mapping[str, PlaceLink]
    """by mention id"""

    @classmethod
    def of(cls, article: ReadArticle) -> Records:
        """The look-ups of an article."""
        reading, links = article.reading, article.resolution
        return cls(
            text=article.version.text,
            names=names_of(article),
            stances=load_cues().stances,
            mentions={m.mention_id: m for m in reading.mentions},
            timexes={t.timex_id: t for t in reading.timexes},
            quantities={q.quantity_id: q for q in reading.quantities},
            entities={e.entity_id: e for e in links.entities},
            places={p.mention_id: p for p in links.places},
        )

    def cut(self, span: Span) -> str:
        """The words of a span on one line."""
        return shortened(" ".join(span.cut(self.text).split()))

    def meant(self, argument: Argument) -> str:
        """The name of who or what fills a role, where the words themselves are another."""
        name = self.names.best.get(argument.entity_id or "", "")
        return name if argument.span is not None and name and name != self.cut(argument.span) else ""

    def identity(self, entity_id: str | None, spans: tuple[Span, ...]) -> Iterator[Part]:
        """What the mention inside some words is, what it stands for, and who that is."""
        own = (m for m in self.mentions.values() if m.entity_id == entity_id and any(s.contains(m.span) for s in spans))
        mention = max(own, key=lambda m: m.span.end - m.span.start, default=None)
        if mention is not None:
            yield from seen(self, mention)
        link = self.entities.get(entity_id or "")
        if link is not None:
            yield known(link)


def words_of(text: str, spans: tuple[Span, ...]) -> str:
    """The words of several spans, on one line."""
    return " … ".join(" ".join(s.cut(text).split()) for s in spans)


def parts_of(records: Records, argument: Argument) -> Iterator[Part]:
    """The evidence for a filler."""
    filler = argument.filler_id or ""
    if filler in records.timexes:
        yield from dated(records, records.timexes[filler])
    elif filler in records.quantities:
        yield counted(records.quantities[filler])
    elif argument.span is not None:
        mention = records.mentions.get(filler)
        if mention is None:
            yield from records.identity(argument.entity_id, (argument.span,))
            return
        yield from seen(records, mention)
        if mention.entity_id in records.entities:
            yield known(records.entities[mention.entity_id])
        place = place_of(records, filler, argument.entity_id)
        if place is not None:
            yield mapped(place)


def place_of(records: Records, mention_id: str, entity_id: str | None) -> PlaceLink | None:
    """The link of the mention, else of any mention of its entity."""
    same = sorted(m.mention_id for m in records.mentions.values() if entity_id and m.entity_id == entity_id)
    return next((records.places[m] for m in (mention_id, *same) if m in records.places), None)


def seen(records: Records, mention: Mention) -> Iterator[Part]:
    """How the words were taken for somebody or something, and what they stand for."""
    yield Part(
        name="mention",
        said=f"{filled('form', mention.form.value)} ({mention.kind.value})",
        words=records.cut(mention.span),
        spans=(mention.span,),
        rule=mention.rule,
        reason=reason("mention", mention.rule),
    )
    way = list(_way(records, mention))
    name = records.names.best.get(mention.entity_id, "")
    if way or (mention.form is not Form.NAM and name):
        steps = [mention, *way]
        shown = [f"“{records.cut(m.span)}”" for m in steps]
        last = [] if steps[-1].form is Form.NAM or not name else [name]
        yield Part(
            name="stands for",
            said=" → ".join([*shown, *last]),
            spans=tuple(m.span for m in way),
            rule=mention.form.value if way else "said",
            reason=filled("coreference", mention.form.value if way else "said"),
        )


def _way(records: Records, mention: Mention) -> Iterator[Mention]:
    """From antecedent to antecedent up to a name."""
    taken = {mention.mention_id}
    at: Mention | None = records.mentions.get(mention.antecedent_id or "")
    while at is not None and at.mention_id not in taken and len(taken) < LONGEST_WAY:
        yield at
        taken.add(at.mention_id)
        at = records.mentions.get(at.antecedent_id or "") if at.form is not Form.NAM else None


def known(link: EntityLink) -> Part:
    """Who the tables take an entity for."""
    country = f", {link.country}" if link.country else ""
    rivals = (Part(name="rivals", said=", ".join(link.rivals)),) if link.rivals else ()
    return Part(
        name="is",
        said=f"{link.name}{country} ({link.target_id})",
        rule=link.method,
        reason=reason("entity", link.method),
        score=link.score,
        parts=rivals,
    )


def mapped(link: PlaceLink) -> Part:
    """Where a place is."""
    country = f", {link.country}" if link.country else ""
    where = coordinates_words(link.latitude, link.longitude, link.radius_km)
    return Part(
        name="on the map",
        said=f"{link.name}{country} ({link.place_id}), {where}",
        rule=link.source,
        reason=f"from {link.source}" if link.source else "",
        score=link.score,
    )


def dated(records: Records, timex: Timex) -> Iterator[Part]:
    """What a time expression says, and when that is."""
    link = records.names.times.get(timex.timex_id)
    mod = f", {timex.mod}" if timex.mod else ""
    yield Part(
        name="says",
        said=f"{timex.type.value} {timex.value}{mod}",
        words=records.cut(timex.span),
        spans=(timex.span,),
        rule=timex.rule,
        reason=reason("timex", timex.rule),
    )
    if link is not None:
        yield _day(records, timex, link)


def _day(records: Records, timex: Timex, link: TimeLink) -> Part:
    """The interval, and what it was counted from."""
    when = interval_words(link.earliest, link.latest) or "no day on the calendar"
    above = _anchor(records, link.anchored_to or "")
    from_words = f": “{records.cut(above)}”" if above is not None else ""
    key = link.anchored_to or ("document" if _counts(timex.value) else "none")
    return Part(
        name="when",
        said=f"{when} ({link.value})",
        rule=link.anchored_to or "",
        reason=reason("anchor", key) + from_words,
        score=link.score,
    )


def _anchor(records: Records, anchor: str) -> Span | None:
    """The words that a time counts from: another time ("t3") or an act ("p:69:77")."""
    timex = records.timexes.get(anchor)
    if timex is not None:
        return timex.span
    kind, *offsets = anchor.split(":")
    return Span(*map(int, offsets)) if kind == "p" and len(offsets) == 2 else None


def _counts(value: str) -> bool:
    """Whether a value needs a day to count from: the document's day or an incomplete one."""
    return value.startswith(("now", "ref")) or "@" in value or "XXXX" in value


def counted(quantity: Quantity) -> Part:
    """How many."""
    low, high = quantity.low, quantity.high
    if low == high:
        amount = "an open number" if low is None else f"{low:g}"
    else:
        amount = f"{f'{low:g}' if low is not None else '0'} to {f'{high:g}' if high is not None else 'any number'}"
    unit = f" {quantity.unit}" if quantity.unit else ""
    per = f" per {quantity.per}" if quantity.per else ""
    return Part(
        name="counts",
        said=f"{amount}{unit}{per}",
        spans=(quantity.span,),
        rule=quantity.rule,
        reason=reason("quantity", quantity.rule),
    )

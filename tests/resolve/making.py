"""Documents by hand: a text whose mentions stand in brackets, with kind, form and entity.

``[Nairobi|GPE]`` is a named mention of its own entity, ``[the army|ORG.NOM.e7]`` a description of entity e7. The same
words with the same kind are the same entity unless one is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from khabar.model.attribution import Attribution, QuoteKind, SourceKind
from khabar.model.claims import Argument, EventType, Predication, Reading, Role
from khabar.model.documents import Version
from khabar.model.factuality import Polarity, Realis
from khabar.model.mentions import Form, Kind, Mention
from khabar.model.spans import Span

MARK = re.compile(r"\[|\|[A-Z]+(?:\.[A-Z]+)?(?:\.\w+)?\]|[^\[|\]]+")


def document(
    marked: str, *, published: str | None = "2016-06-01", publisher: str | None = None
) -> tuple[Version, Reading]:
    """Version and reading of a marked text."""
    text, mentions = unmarked(marked)
    version = Version(
        version_id="v1", article_id="a1", input_id="i1", ordinal=1, revises=None, publisher=publisher, url=None,
        headline=None, headline_end=0, text=text, text_sha256="", language="en", authors=(), published=published,
        updated=None, first_memento_at=None, capture_ids=(), extractor="test",
    )  # fmt: skip
    return version, reading_of(mentions)


def reading_of(
    mentions: Iterable[Mention], attributions: Iterable[Attribution] = (), predications: Iterable[Predication] = ()
) -> Reading:
    """A reading that holds no more than this."""
    return Reading(
        version_id="v1", reader="test", mentions=tuple(mentions), timexes=(), quantities=(),
        attributions=tuple(attributions), predications=tuple(predications), claims=(), problems=(),
    )  # fmt: skip


def unmarked(marked: str) -> tuple[str, tuple[Mention, ...]]:
    """The text without marks, and its mentions in order; marks may stand inside each other."""
    text = ""
    starts: list[int] = []
    found: list[tuple[Span, str, str, str]] = []
    for piece in MARK.findall(marked):
        if piece == "[":
            starts.append(len(text))
        elif piece.startswith("|"):
            start = starts.pop()
            kind, form, entity = (*piece[1:-1].split("."), "", "")[:3]
            found.append((Span(start, len(text)), kind, form or "NAM", entity))
        else:
            text += piece
    ordered = sorted(found, key=lambda f: (f[0].start, -f[0].end))
    entities = {key: f"e{n}" for n, key in enumerate(dict.fromkeys((f[0].cut(text), f[1]) for f in ordered), start=1)}
    return text, tuple(
        mention_of(f"m{n}", span, text, (kind, form, entity or entities[span.cut(text), kind]))
        for n, (span, kind, form, entity) in enumerate(ordered, start=1)
    )


def mention_of(mention_id: str, span: Span, text: str, marks: tuple[str, str, str]) -> Mention:
    """A mention whose head is its last word."""
    kind, form, entity = marks
    return Mention(
        mention_id=mention_id, span=span, head=Span(span.end - len(span.cut(text).split()[-1]), span.end), head_token=0,
        kind=Kind(kind), form=Form(form), entity_id=entity, antecedent_id=None, rule="t",
    )  # fmt: skip


def said_by(mention: Mention) -> Attribution:
    """Somebody says something."""
    nowhere = Span(0, 0)
    return Attribution(
        attribution_id="a1", source=(mention.span,), source_entities=(mention.entity_id,),
        source_kind=SourceKind.ORGANIZATION, cue=(nowhere,), cue_lemma="say", stance="assert", content=(nowhere,),
        quote=QuoteKind.INDIRECT, parent_id=None, rule="t",
    )  # fmt: skip


def done_by(mention: Mention, event: EventType) -> Predication:
    """Somebody does something."""
    actor = Argument(role=Role.ACTOR, span=mention.span, entity_id=mention.entity_id, filler_id=mention.mention_id)
    return Predication(
        predication_id="p1", trigger=Span(0, 0), trigger_token=0, lemma="do", event_type=event, relation=None, mode=None,
        contexts=(), polarity=Polarity.POSITIVE, realis=Realis.ACTUAL, arguments=(actor,), rule="t",
    )  # fmt: skip

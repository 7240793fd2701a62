"""Attribution: source, cue, content (PARC, PolNeAR). The publisher is never an Attribution: it is level 0 of every chain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from khabar.model.spans import Span


class SourceKind(StrEnum):
    """What kind of source speaks."""

    PUBLISHER = "publisher"
    PERSON = "person"
    ORGANIZATION = "organization"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"
    UNEXPRESSED = "unexpressed"


class QuoteKind(StrEnum):
    """Whether the content stands between quotation marks: wholly, not at all, in part."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One link of a chain: somebody (``source``) says (``cue``) something (``content``).

    Spans are tuples because each part may be discontinuous ("X", he said, "Y"). ``source`` is empty where nobody is
    named ("allegedly"). ``parent_id`` is the attribution inside whose content this one stands.
    """

    attribution_id: str
    source: tuple[Span, ...]
    source_entities: tuple[str, ...]
    source_kind: SourceKind
    cue: tuple[Span, ...]
    cue_lemma: str
    stance: str
    """what the cue says of the source's commitment: a key of lexicon/en/stances.yml"""
    content: tuple[Span, ...]
    quote: QuoteKind
    parent_id: str | None
    rule: str
    score: float | None = None
    """0-1, how probably cue, source and content are all read rightly; None where the model was not asked"""

"""What the ledger is asked with and what it answers: the filter that page, export and command share, and flat rows.

In: nothing; these are values. Days are ISO 8601 and inclusive, offsets code points on the version's text, scores 0-1
for the extraction being right, latitude and longitude degrees WGS 84. A ClaimRow is flat for tables; the whole reading,
with every span, comes from ``questions.read_article``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from khabar.model.changes import Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """Which claims (or the events that rest on such claims); None = any.

    ``actor`` an id, or part of the name of an actor or recipient; ``place`` a place id, country code or part of a
    name; ``type`` a PLOVER type or relation; ``word`` the display word; ``source`` an id, or part of the name of a
    source in the chain or of the publisher; ``after``/``before`` days, months or years that the claim's interval (else
    the day of publication) must touch; ``text`` part of the sentence; ``article`` an article, version or input id.
    ``limit`` None = all.
    """

    actor: str | None = None
    place: str | None = None
    type: str | None = None
    word: str | None = None
    source: str | None = None
    after: str | None = None
    before: str | None = None
    text: str | None = None
    article: str | None = None
    all_versions: bool = False
    limit: int | None = None
    offset: int = 0


EVERYTHING = ClaimFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article by its newest version."""

    article_id: str
    version_id: str
    input_id: str
    ordinal: int
    """number of versions so far"""
    publisher: str | None
    url: str | None
    headline: str | None
    published: str | None
    language: str | None
    claims: int
    edits: int
    """text edits over all its revisions"""
    recorded_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """One version, without its text."""

    version_id: str
    article_id: str
    input_id: str
    ordinal: int
    revises: str | None
    publisher: str | None
    url: str | None
    headline: str | None
    published: str | None
    text_sha256: str
    body_sha256: str
    recorded_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One claim laid flat; the columns are explained in ``tables.CLAIM``."""

    claim_id: str
    version_id: str
    article_id: str
    input_id: str
    ordinal: int
    """of the version"""
    number: int
    """place in the reading, from 1"""
    predication_id: str
    event_type: str | None
    relation: str | None
    lemma: str
    word: str
    commitments: tuple[str, ...]
    polarity: str
    realis: str
    actor_ids: tuple[str, ...]
    actor_names: tuple[str, ...]
    recipient_ids: tuple[str, ...]
    recipient_names: tuple[str, ...]
    place_id: str | None
    place_name: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    earliest: str | None
    latest: str | None
    publisher: str | None
    published: str | None
    url: str | None
    headline: str | None
    chain: str
    depth: int
    start: int
    end: int
    quote: str
    sentence: str
    score: float
    reader: str
    recorded_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow:
    """A revision with what is needed to show it."""

    article_id: str
    publisher: str | None
    before_headline: str | None
    after_headline: str | None
    before_ordinal: int
    after_ordinal: int
    revision: Revision
    recorded_at: str
    input_id: str = ""
    """of the version that it led to"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRow:
    """One attempt to take something in."""

    capture_id: str
    input_id: str
    name: str
    url: str | None
    memento_at: str | None
    http_status: int | None
    body_sha256: str | None
    outcome: str
    version_id: str | None
    reason: str | None
    declared: str
    recorded_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The brief: how much of what stands in the ledger now."""

    articles: int
    versions: int
    claims: int
    words: Mapping[str, int]
    events: int
    edits: int
    spells: int

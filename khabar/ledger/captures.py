"""Captures as others ask for them: what was seen of an article, when, with which bytes.

In: a View. Out: ``SeenBody`` rows in the order in which they came, mementos of a URL, headlines by URL. A memento is an
observation whose body is in the ledger; its name is the capture's id.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from khabar.ledger.store import View


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenBody:
    """One observation with its body."""

    capture_id: str
    input_id: str
    url: str | None
    at: str
    mime_type: str
    body_sha256: str
    declared: str
    outcome: str


NAMES = tuple(field.name for field in fields(SeenBody))


def seen_bodies(view: View, article_id: str | None = None) -> list[SeenBody]:
    """Every observation whose body is there, or those of one article."""
    sql = """SELECT o.capture_id, o.input_id, o.url, o.memento_at, o.mime_type, o.body_sha256, o.declared, o.outcome
        FROM observation o JOIN body b USING (body_sha256) LEFT JOIN version v USING (version_id)
        WHERE length(b.data) > 0 AND o.memento_at IS NOT NULL AND (?1 IS NULL OR v.article_id = ?1) ORDER BY o.seq"""
    return [SeenBody(**dict(zip(NAMES, row, strict=True))) for row in view.rows(sql, (article_id,))]


def headlines(view: View) -> dict[str, str]:
    """The newest headline by URL."""
    sql = "SELECT url, headline FROM current_version WHERE url IS NOT NULL AND headline IS NOT NULL"
    return dict(view.rows(sql))


def mementos(view: View, url: str) -> list[SeenBody]:
    """The captures of a URL, the oldest first; what was seen again with the same bytes counts once."""
    sql = """SELECT o.capture_id, o.input_id, o.url, o.memento_at, o.mime_type, o.body_sha256, o.declared, o.outcome
        FROM observation o JOIN body b USING (body_sha256) JOIN version v USING (version_id)
        WHERE length(b.data) > 0 AND v.url = ?1 AND o.memento_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM observation e WHERE e.body_sha256 = o.body_sha256 AND e.memento_at = o.memento_at
                AND e.seq < o.seq AND e.version_id IN (SELECT version_id FROM version WHERE url = ?1))
        ORDER BY o.memento_at, o.seq"""
    return [SeenBody(**dict(zip(NAMES, row, strict=True))) for row in view.rows(sql, (url,))]


def capture(view: View, capture_id: str) -> SeenBody | None:
    """One capture by its id."""
    found = [one for one in seen_bodies(view) if one.capture_id == capture_id]
    return found[0] if found else None

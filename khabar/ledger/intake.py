"""What a run asks of the ledger before it appends: was this seen, what stood there last, is the fusion up to date.

In: a View. Out: ids and records. "Seen" means the same bytes with the same declared particulars (id, URL, date …), so
two outlets that carry one text stay two articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from khabar.ledger.bodies import read_body
from khabar.ledger.codec import to_json, to_text
from khabar.ledger.questions import FIRST_SEEN, read_article
from khabar.ledger.schema import STANDING
from khabar.ledger.store import View
from khabar.model.articles import ReadArticle
from khabar.model.documents import Version
from khabar.model.identity import digest


def seen(
    view: View, *, body_sha256: str, declared: Mapping[str, str | None], newest_only: bool, capture_id: str = ""
) -> str | None:
    """The version that these bytes, so declared, were seen as before; with ``newest_only`` unless it was revised since.

    The very same capture (address, instant, bytes) is never news, so that an archive can be read twice.

    A page that went from A to B and back to A is news; a file of state A that is read a second time is not.
    """
    again = """SELECT version_id FROM observation WHERE body_sha256 = ? AND capture_id = ? AND version_id IS NOT NULL
        AND declared = ? LIMIT 1"""  # by the body, which has an index: one capture has one body
    for (version_id,) in view.rows(again, (body_sha256, capture_id, to_text(dict(declared)))):
        return str(version_id)
    sql = """SELECT DISTINCT v.version_id, v.article_id FROM observation o JOIN version v USING (version_id)
        WHERE o.body_sha256 = ? AND o.declared = ?"""
    found = dict(view.rows(sql, (body_sha256, to_text(dict(declared)))))
    states = "SELECT version_id, ordinal FROM current_state WHERE article_id = ? ORDER BY ordinal DESC"
    standing = [
        (ordinal, version_id)
        for article_id in sorted(set(found.values()))
        for version_id, ordinal in view.rows(states, (article_id,))[: 1 if newest_only else None]
        if version_id in found
    ]
    return max(standing)[1] if standing else None


def standing(view: View, article_id: str) -> ReadArticle | None:
    """The newest version of an article with its reading, at the place where it stands now."""
    for version_id, ordinal, revises in view.rows(STANDING, (article_id,)):
        article = read_article(view, version_id)
        if article is not None:
            return replace(article, version=replace(article.version, ordinal=ordinal, revises=revises))
    return None


def following(view: View, version: Version) -> Version:
    """A version behind whatever stands of its article although its text cannot be read: a purged one, or none."""
    for version_id, ordinal, _ in view.rows(STANDING, (version.article_id,)):
        return replace(version, ordinal=ordinal + 1, revises=version_id)
    return version


@dataclass(frozen=True, slots=True)
class StandingBody:
    """The bytes that a version was made from, and the encoding that their HTTP header named."""

    data: bytes
    charset: str | None


def standing_body(view: View, version_id: str) -> StandingBody | None:
    """The page that a version was made from; None for plain text and for what was purged."""
    sql = """SELECT v.body_sha256, o.mime_type FROM version v JOIN observation o USING (version_id, body_sha256)
        WHERE v.version_id = ? AND o.mime_type LIKE 'text/html%' ORDER BY o.seq LIMIT 1"""
    for sha, mime_type in view.rows(sql, (version_id,)):
        data = read_body(view, sha)
        return None if data is None else StandingBody(data, mime_type.partition("charset=")[2] or None)
    return None


def coverage(view: View, code_version: str) -> str:
    """Digest of what a fusion now would be made from: the newest versions, since when they stood, readings, the code."""
    sql = f"""SELECT v.version_id, r.content_sha256, {FIRST_SEEN} FROM current_version v
        JOIN current_reading r USING (version_id) ORDER BY v.version_id"""  # noqa: S608 - own words
    return digest(to_json([code_version, *view.rows(sql)]))


def covered(view: View) -> str | None:
    """The same digest as the newest fusion noted it; None = nothing was ever fused."""
    found = view.rows("SELECT covers FROM fusion ORDER BY seq DESC LIMIT 1")
    return str(found[0][0]) if found else None

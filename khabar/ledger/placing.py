"""Where a capture belongs among the others of its article: what was seen of it, in the order of instants.

In: a View and an article. Out: ``Sighting`` values, the earliest first, and whether a capture is late: older than another
that is there. What was recorded within an hour of being seen counts in the order of the log, whatever the clock said; a
capture recorded later than that came out of an archive and belongs where its instant says. A file or text that nobody saw
on the Web counts once, when it was handed in. It cannot place what an archive dates wrongly, nor see that a page was
unchanged where a server said so without sending it (304).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from khabar.ledger.codec import unpack_record
from khabar.ledger.store import View
from khabar.model.documents import Capture, Version

ARCHIVED_AFTER = timedelta(hours=1)
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
Key = tuple[str, bool, str, int]

SEEN = """SELECT o.seq, o.memento_at, o.recorded_at, o.http_status, o.capture_id, o.version_id, o.body_sha256, v.body_sha256
    FROM observation o JOIN version v ON v.version_id = o.version_id
    WHERE v.article_id = ? AND (o.http_status = 200 OR o.outcome IN ('new', 'revised')) ORDER BY o.seq"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One observation of an article: which version was seen, and its place in the order."""

    key: Key
    capture_id: str
    version_id: str
    body_sha256: str
    exact: bool
    """whether the version was made from these very bytes, or only says the same"""

    @property
    def at(self) -> str:
        """The instant by which it is placed."""
        return self.key[0]


def archived(memento_at: str, recorded_at: str) -> bool:
    """Whether a capture came out of an archive. What states no UTC instant did not, for nobody knows where it belongs."""
    if INSTANT.fullmatch(memento_at) is None:
        return False
    return datetime.fromisoformat(recorded_at) - datetime.fromisoformat(memento_at) > ARCHIVED_AFTER


def sightings(view: View, article_id: str) -> list[Sighting]:
    """What was seen of an article, the earliest first."""
    found, latest = [], ""
    for seq, memento_at, recorded_at, status, capture_id, version_id, body_sha256, made_from in view.rows(
        SEEN, (article_id,)
    ):
        old = status == 200 and archived(memento_at, recorded_at)
        latest = latest if old else max(latest, recorded_at)
        found.append(
            Sighting(
                key=(memento_at, True, capture_id, 0) if old else (latest, False, "", seq),
                capture_id=capture_id,
                version_id=version_id,
                body_sha256=body_sha256,
                exact=body_sha256 == made_from,
            )
        )
    return sorted(found, key=lambda sighting: sighting.key)


def key_of(capture: Capture) -> Key:
    """The place of a capture out of an archive."""
    return (capture.memento_at, True, capture.capture_id, 0)


def late(view: View, article_id: str, capture: Capture) -> bool:
    """Whether a capture out of an archive is older than another of its article, and is not there yet."""
    seen = sightings(view, article_id)
    return bool(seen) and key_of(capture) < seen[-1].key and all(s.capture_id != capture.capture_id for s in seen)


def article_of(view: View, version_id: str) -> str:
    """The article of a version that is there."""
    ((article_id,),) = view.rows("SELECT article_id FROM version WHERE version_id = ?", (version_id,))
    return str(article_id)


def stored_version(view: View, version_id: str) -> Version | None:
    """A version's record; None if it is not there or was purged."""
    for (record,) in view.rows("SELECT record FROM version WHERE version_id = ? AND length(record) > 0", (version_id,)):
        return unpack_record(record, Version)
    return None


def order(view: View, article_id: str) -> list[str]:
    """The versions that an article went through, as the ledger has it now."""
    sql = "SELECT version_id FROM current_state WHERE article_id = ? ORDER BY ordinal"
    return [version_id for (version_id,) in view.rows(sql, (article_id,))]


def compared(view: View, article_id: str) -> set[tuple[str, str]]:
    """The pairs of versions between which the ledger has a revision."""
    sql = "SELECT from_version_id, to_version_id FROM revision WHERE article_id = ?"
    return set(view.rows(sql, (article_id,)))


def seen_as(view: View, sighting: Sighting) -> tuple[str, str, str | None, str, str] | None:
    """What a sighting came with: input id, name, URL, MIME type, what it declared (JSON)."""
    sql = "SELECT input_id, name, url, mime_type, declared FROM observation WHERE capture_id = ? AND version_id = ?"
    for input_id, name, url, mime_type, declared in view.rows(sql, (sighting.capture_id, sighting.version_id)):
        return str(input_id), str(name), url, str(mime_type), str(declared)
    return None

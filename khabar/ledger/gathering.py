"""Which records belong to a claim or an event: what a bundle must hold so that it can be judged without the ledger.

In: a View and ids (or their first digits). Out: a Gathered: the claims and events, and (table, seq) of every record:
the claim with its parties and sources, its reading, all versions of its article with their bodies, observations and
requests, the revisions between them, the event with its claims and states, keys, anchors and tombstones. Records that
the chosen ones point at come along. Other claims of the article stay out; their words are in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khabar.errors import UsageFault
from khabar.ledger import questions
from khabar.ledger.answers import ClaimRow
from khabar.ledger.store import View
from khabar.model.events import Event

Picks = set[tuple[str, int]]

OF_CLAIM = {
    "claim": "SELECT seq FROM claim WHERE claim_id = ?1 AND reading_seq IN (SELECT seq FROM current_reading)",
    "claim_party": "SELECT seq FROM claim_party WHERE claim_seq IN ({claim})",
    "claim_source": "SELECT seq FROM claim_source WHERE claim_seq IN ({claim})",
    "reading": "SELECT reading_seq FROM claim WHERE seq IN ({claim})",
}
VERSIONS = """SELECT version_id FROM version WHERE article_id = ?1
    OR version_id IN (SELECT version_id FROM state WHERE article_id = ?1)"""
OF_ARTICLE = {
    "version": "SELECT seq FROM version WHERE version_id IN ({versions})",
    "state": "SELECT seq FROM state WHERE article_id = ?1",
    "arrangement": "SELECT seq FROM arrangement WHERE article_id = ?1",
    "body": """SELECT seq FROM body WHERE body_sha256 IN
        (SELECT body_sha256 FROM version WHERE version_id IN ({versions})
        UNION SELECT body_sha256 FROM observation WHERE version_id IN ({versions})
        UNION SELECT body_sha256 FROM attempt WHERE version_id IN ({versions}))""",
    "observation": "SELECT seq FROM observation WHERE version_id IN ({versions})",
    "attempt": "SELECT seq FROM attempt WHERE version_id IN ({versions})",
    "revision": "SELECT seq FROM revision WHERE article_id = ?1",
    "text_edit": "SELECT seq FROM text_edit WHERE revision_seq IN (SELECT seq FROM revision WHERE article_id = ?1)",
    "claim_change": "SELECT seq FROM claim_change WHERE revision_seq IN (SELECT seq FROM revision WHERE article_id = ?1)",
}
OF_EVENT = {
    "event": "SELECT seq FROM current_event WHERE event_id = ?1",
    "event_claim": "SELECT seq FROM event_claim WHERE event_seq IN ({event})",
    "event_state": "SELECT seq FROM event_state WHERE event_seq IN ({event})",
    "fusion": "SELECT generation FROM event_state WHERE event_seq IN ({event})",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was asked for, and the records that belong to it."""

    claims: tuple[ClaimRow, ...]
    events: tuple[Event, ...]
    records: tuple[tuple[str, int], ...]


def gather(view: View, keys: Sequence[str]) -> Gathered:
    """Everything that belongs to some claims and events. Raises UsageFault for an id of neither."""
    claims: dict[str, ClaimRow] = {}
    events: dict[str, Event] = {}
    for key in keys:
        event, claim = questions.event(view, key), questions.claim(view, key)
        if event is not None:
            events[event.event_id] = event
            found = (questions.claim(view, reference.claim_id) for reference in event.claims)
            claims |= {row.claim_id: row for row in found if row is not None}
        elif claim is not None:
            claims[claim.claim_id] = claim
        else:
            raise UsageFault(f"no claim or event {key!r}; 'khabar claims' and 'khabar events' list their ids")
    picks: Picks = set()
    for row in claims.values():
        picks |= _rows(view, OF_CLAIM, row.claim_id)
    for article_id in {row.article_id for row in claims.values()}:
        picks |= _rows(view, OF_ARTICLE, article_id)
    for event_id in events:
        picks |= _rows(view, OF_EVENT, event_id)
    picks |= {(table, seq) for table in ("signing_key", "anchor") for (seq,) in view.rows(f"SELECT seq FROM {table}")}  # noqa: S608 - own names
    picks |= set(_tombstones(view, picks))
    return Gathered(claims=tuple(claims.values()), events=tuple(events.values()), records=tuple(sorted(picks)))


def _rows(view: View, wanted: dict[str, str], key: str) -> Picks:
    """The rows of some tables that belong to one id."""
    inner = {"claim": OF_CLAIM["claim"], "event": OF_EVENT["event"], "versions": VERSIONS}
    return {(table, seq) for table, sql in wanted.items() for (seq,) in view.rows(sql.format_map(inner), (key,)) if seq}


def _tombstones(view: View, picks: Iterable[tuple[str, int]]) -> Iterable[tuple[str, int]]:
    """The tombstones of the chosen rows."""
    chosen = set(picks)
    for seq, table, row in view.rows("SELECT seq, table_name, row_seq FROM purge"):
        if (table, row) in chosen:
            yield "purge", seq

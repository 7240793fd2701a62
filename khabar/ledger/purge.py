"""Contents that had to go: blanked in place, while digest, leaf and a tombstone with the reason stay.

In: a Writer, version ids, a reason, the stamp. Out: how many rows were blanked, and whether their bytes are gone from
the files. Blanked is whatever the version's text, or something said in it, can be read from: its bytes unless another
version has the same, its text, headline and address, its readings, claims, edits, and events and spells of control that
rest on it; columns that hold digests, ids, offsets or kinds stay (``KEPT``). The log still leads over every row's first
digest; the tombstone, itself in the log, has the digest of what is left. Copies outside (backups, bundles, exports) are
not reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khabar.errors import UsageFault
from khabar.ledger import keeping, questions, tables, watched
from khabar.ledger.bodies import read_body
from khabar.ledger.codec import pack, unpack_record
from khabar.ledger.columns import Column, Table
from khabar.ledger.connection import row_digest
from khabar.ledger.flat import Flat
from khabar.ledger.store import Stamp, View, Writer
from khabar.model.events import ControlSpell

KEPT: dict[Table, frozenset[str]] = {
    tables.BODY: frozenset({"body_sha256", "size"}),
    tables.VERSION: frozenset({"version_id", "article_id", "ordinal", "revises", "text_sha256", "body_sha256"}),
    tables.READING: frozenset({"version_id", "content_sha256"}),
    tables.CLAIM: frozenset({"reading_seq", "number", "claim_id", "version_id", "start", "end", "score", "depth"}),
    tables.CLAIM_PARTY: frozenset({"claim_seq", "start", "end"}),
    tables.CLAIM_SOURCE: frozenset({"claim_seq", "level"}),
    tables.OBSERVATION: frozenset(
        {"capture_id", "memento_at", "http_status", "mime_type", "body_sha256", "outcome", "version_id"}
    ),
    tables.REVISION: frozenset(
        {"article_id", "ordinal", "from_version_id", "to_version_id", "disclosed", "content_sha256"}
    ),
    tables.TEXT_EDIT: frozenset(
        {"revision_seq", "edit_class", "before_start", "before_end", "after_start", "after_end", "in_headline"}
    ),
    tables.CLAIM_CHANGE: frozenset({"revision_seq", "change_id", "kind", "before_claim_id", "after_claim_id"}),
    tables.EVENT: frozenset({"event_id", "content_sha256", "origins", "articles"}),
    tables.SPELL: frozenset({"spell_id", "content_sha256"}),
    keeping.BODY_AGAIN: frozenset({"body_sha256"}),
    watched.ATTEMPT: frozenset(
        {"kind", "asked_at", "result", "http_status", "conditional", "body_sha256", "version_id", "outcome", "confirms"}
    ),
    watched.DERIVATION: frozenset({"version_id", "body_sha256", "extractor", "text_sha256", "same"}),
}
"""what stays of a purged row: ids, digests, offsets, kinds, counts"""

OF_VERSION: tuple[tuple[Table, str], ...] = (
    (tables.VERSION, "version_id = ?1"),
    (tables.READING, "version_id = ?1"),
    (tables.CLAIM, "version_id = ?1"),
    (tables.CLAIM_PARTY, "claim_seq IN (SELECT seq FROM claim WHERE version_id = ?1)"),
    (tables.CLAIM_SOURCE, "claim_seq IN (SELECT seq FROM claim WHERE version_id = ?1)"),
    (tables.OBSERVATION, "version_id = ?1"),
    (watched.ATTEMPT, "version_id = ?1"),
    (watched.DERIVATION, "version_id = ?1"),
    (tables.REVISION, "?1 IN (from_version_id, to_version_id)"),
    (tables.TEXT_EDIT, "revision_seq IN (SELECT seq FROM revision WHERE ?1 IN (from_version_id, to_version_id))"),
    (tables.CLAIM_CHANGE, "revision_seq IN (SELECT seq FROM revision WHERE ?1 IN (from_version_id, to_version_id))"),
    (tables.EVENT, "seq IN (SELECT event_seq FROM event_claim WHERE version_id = ?1)"),
)
BODIES = """SELECT seq, body_sha256 FROM body WHERE length(data) > 0 AND body_sha256 IN
    (SELECT body_sha256 FROM version WHERE version_id = ?1
        UNION SELECT body_sha256 FROM observation WHERE version_id = ?1
        UNION SELECT body_sha256 FROM attempt WHERE version_id = ?1)
    AND body_sha256 NOT IN (SELECT body_sha256 FROM version WHERE length(record) > 0)
    AND body_sha256 NOT IN (SELECT o.body_sha256 FROM observation o JOIN version v USING (version_id)
        WHERE length(v.record) > 0 AND o.body_sha256 IS NOT NULL)"""


HANGING = """SELECT x.body_sha256 FROM body_base x JOIN body b USING (body_sha256) WHERE x.base_sha256 = ?
    AND length(b.data) > 0 AND x.body_sha256 NOT IN (SELECT body_sha256 FROM body_again)"""


@dataclass(frozen=True, slots=True)
class Purged:
    """What was blanked, and whether no file of the ledger holds the bytes any more (another program may hold it open)."""

    rows: int
    wiped: bool


def versions_named(view: View, key: str) -> list[str]:
    """The ids of a version, or of all versions of an article. Raises UsageFault if there is neither."""
    found = questions.version(view, key)
    if found is not None and found.version_id.startswith(key):
        return [found.version_id]
    article = questions.article(view, key)
    if article is None:
        raise UsageFault(f"no version or article {key!r}; 'khabar show' takes the same ids")
    return [row.version_id for row in questions.versions_of(view, article.article_id)]


def purge(writer: Writer, version_ids: Sequence[str], *, reason: str, operator: str, stamp: Stamp) -> Purged:
    """Blank everything of some versions, in one transaction. Raises UsageFault without a reason."""
    if not reason.strip():
        raise UsageFault("a purge needs a reason; it is kept for ever")
    blanked = 0
    with writer.appending(stamp), writer.connection.unguarded(KEPT):
        for table, seq in list(_rows(writer.view, version_ids)):
            blanked += _blank(writer, table, seq, reason, stamp)
        for version_id in version_ids:  # only now is it known which bodies nobody else has
            for seq, sha in writer.view.rows(BODIES, (version_id,)):
                _free(writer, sha, stamp)
                blanked += _blank(writer, tables.BODY, seq, reason, stamp)
                for (again,) in writer.view.rows("SELECT seq FROM body_again WHERE body_sha256 = ?", (sha,)):
                    blanked += _blank(writer, keeping.BODY_AGAIN, again, reason, stamp)
        row: Flat = {"action": "purged", "subject": " ".join(version_ids), "operator": operator, "note": reason}
        writer.insert(keeping.CUSTODY, row, stamp)
    return Purged(blanked, writer.connection.wipe())


def _rows(view: View, version_ids: Sequence[str]) -> Iterator[tuple[Table, int]]:
    """Every row of the versions but their bodies."""
    wanted = set(version_ids)
    for version_id in version_ids:
        for table, condition in OF_VERSION:
            for (seq,) in view.rows(f"SELECT seq FROM {table.name} WHERE {condition}", (version_id,)):  # noqa: S608 - own names
                yield table, seq
    for seq, record in view.rows("SELECT seq, record FROM spell WHERE length(record) > 0"):
        if wanted.intersection(unpack_record(record, ControlSpell).version_ids):
            yield tables.SPELL, seq


def _free(writer: Writer, base_sha256: str, stamp: Stamp) -> None:
    """Pack alone what is packed against a body that is about to go."""
    for (sha,) in writer.view.rows(HANGING, (base_sha256,)):
        body = read_body(writer.view, sha)
        if body is not None:
            writer.insert(keeping.BODY_AGAIN, {"body_sha256": sha, "data": pack(body)}, stamp)


def _blank(writer: Writer, table: Table, seq: int, reason: str, stamp: Stamp) -> bool:
    """Blank one row and put up its tombstone. Out: False if it has one already."""
    known = writer.view.rows("SELECT 1 FROM purge WHERE table_name = ? AND row_seq = ?", (table.name, seq))
    if known:
        return False
    listed = ", ".join(f'"{name}"' for name in table.names)
    (values,) = writer.view.rows(f"SELECT {listed} FROM {table.name} WHERE seq = ?", (seq,))  # noqa: S608 - own names
    row = dict(zip(table.names, values, strict=True))
    del row["row_sha256"]
    gone = {c.name: blank(c) for c in table.columns if c.name not in KEPT[table] and row[c.name] != blank(c)}
    kept = row_digest({**row, **gone})
    if gone:
        changed = ", ".join(f'"{name}" = ?' for name in gone)
        writer.connection.rows(f"UPDATE {table.name} SET {changed} WHERE seq = ?", (*gone.values(), seq))  # noqa: S608 - own names
    tomb: Flat = {"table_name": table.name, "row_seq": seq, "kept_sha256": kept, "reason": reason}
    writer.insert(keeping.PURGE, tomb, stamp)
    return True


def blank(column: Column) -> str | bytes | int | float | None:
    """What stands in a blanked column."""
    if "NOT NULL" not in column.sql:
        return None
    kinds: dict[str, str | bytes | int | float] = {"TEXT": "", "BLOB": b"", "INTEGER": 0, "REAL": 0.0}
    return kinds[column.sql.split()[0]]

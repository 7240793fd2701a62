"""The whole schema as SQL: all tables, the views that ask for the newest, the marks of the file.

In: the tables as data. Out: ``schema()``, the SQL text. ``LOGGED`` are the tables whose rows are leaves of the log.
Whoever adds a table raises ``SCHEMA_VERSION`` and puts a small ledger of the old version beside ``tests/ledger/past``;
``upgrade.py`` makes the tables that a past ledger lacks.
"""

from __future__ import annotations

from khabar.ledger import keeping, tables
from khabar.ledger.columns import create

SCHEMA_VERSION = 4
APPLICATION_ID = 0x6B686272
"""``khbr``: lets the file tell that it is a ledger"""

LOGGED = (*tables.TABLES, *keeping.RECORDS)
TABLES = (*LOGGED, *keeping.LOG)

VIEWS = """
CREATE VIEW current_state AS
    SELECT s.article_id, s.ordinal, s.version_id, s.revises, s.recorded_at AS seen_at, s.recorded_at FROM state s
        WHERE NOT EXISTS (SELECT 1 FROM arrangement a WHERE a.article_id = s.article_id)
    UNION ALL
    SELECT a.article_id, a.ordinal, a.version_id, a.revises, a.seen_at, coalesce((SELECT min(s.recorded_at) FROM state s
            WHERE s.version_id = a.version_id AND s.article_id = a.article_id), a.recorded_at) FROM arrangement a
        WHERE a.generation = (SELECT max(b.generation) FROM arrangement b WHERE b.article_id = a.article_id);
CREATE VIEW state_version AS SELECT v.seq, v.version_id, v.article_id, v.input_id, s.ordinal, s.revises, v.publisher,
    v.url, v.headline, v.published, v.language, v.text_sha256, v.body_sha256, s.recorded_at
    FROM current_state s JOIN version v ON v.version_id = s.version_id;
CREATE VIEW current_version AS SELECT v.* FROM state_version v
    WHERE v.ordinal = (SELECT max(s.ordinal) FROM current_state s WHERE s.article_id = v.article_id);
CREATE VIEW current_revision AS
    SELECT n.seq, n.article_id, s.ordinal, n.from_version_id, n.to_version_id, n.disclosed, n.record, n.recorded_at
        FROM current_state s JOIN revision n ON n.seq = (SELECT m.seq FROM revision m WHERE m.article_id = s.article_id
            AND m.from_version_id = s.revises AND m.to_version_id = s.version_id
            ORDER BY CASE m.ordinal WHEN s.ordinal THEN 0 ELSE 1 END, m.seq LIMIT 1)
    UNION ALL
    SELECT n.seq, n.article_id, n.ordinal, n.from_version_id, n.to_version_id, n.disclosed, n.record, n.recorded_at
        FROM revision n WHERE n.from_version_id = n.to_version_id;
CREATE VIEW current_reading AS SELECT r.* FROM reading r
    WHERE r.seq = (SELECT max(seq) FROM reading s WHERE s.version_id = r.version_id) AND length(r.reading) > 0;
CREATE VIEW current_event AS SELECT e.* FROM event e
    WHERE (SELECT present FROM event_state s WHERE s.event_seq = e.seq ORDER BY generation DESC LIMIT 1) = 1
    AND length(e.record) > 0;
CREATE VIEW current_spell AS SELECT e.* FROM spell e
    WHERE (SELECT present FROM spell_state s WHERE s.spell_seq = e.seq ORDER BY generation DESC LIMIT 1) = 1
    AND length(e.record) > 0;
"""
VIEW_NAMES = (
    "current_state",
    "state_version",
    "current_version",
    "current_revision",
    "current_reading",
    "current_event",
    "current_spell",
)
STANDING = "SELECT version_id, ordinal, revises FROM current_state WHERE article_id = ? ORDER BY ordinal DESC LIMIT 1"
"""what stands of one article: asked of its states alone; ``current_version`` would look through those of all articles"""
MARKS = f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {SCHEMA_VERSION};"


def schema() -> str:
    """The whole schema as SQL text."""
    return "\n".join((*(create(table) for table in TABLES), VIEWS, MARKS))

"""A ledger of an earlier schema brought up to this one, in one transaction; the old file is kept beside it.

In: a path, the stamp of the run, the signer. Out: the version that it had. Tables that it lacks are made, the views
made anew, and records that no log covered go into the log: from here on they cannot change unseen. No row is touched. A
newer schema is refused by ``sqlite.check_file``.
"""

from __future__ import annotations

from pathlib import Path

from khabar.errors import UsageFault
from khabar.ledger import keeping
from khabar.ledger.backup import copy_file
from khabar.ledger.columns import create
from khabar.ledger.connection import Connection
from khabar.ledger.keys import Signer
from khabar.ledger.schema import LOGGED, MARKS, SCHEMA_VERSION, TABLES, VIEW_NAMES, VIEWS
from khabar.ledger.sqlite import open_for_reading
from khabar.ledger.store import Stamp, Writer


def schema_version(path: Path) -> int:
    """The schema of a ledger."""
    connection = open_for_reading(path, older=True)
    try:
        return int(connection.value("PRAGMA user_version"))
    finally:
        connection.close()


def upgrade(path: Path, *, stamp: Stamp, operator: str, signer: Signer | None) -> Path | None:
    """Bring a ledger up. Out: where the old one is kept; None if there was nothing to do."""
    version = schema_version(path)
    if version == SCHEMA_VERSION:
        return None
    kept = path.with_name(f"{path.stem}.schema-{version}{path.suffix}")
    if kept.exists():
        raise UsageFault(f"{kept}: stands there already; the old ledger is to be kept under this name: move it away")
    copy_file(path, kept)
    with Writer(path, signer, older=True) as writer, writer.appending(stamp):
        writer.connection.script(missing(writer.connection))
        writer.log_rest(table.name for table in LOGGED)
        note = f"schema {version} to {SCHEMA_VERSION}"
        row = {"action": "upgraded", "subject": path.name, "operator": operator, "note": note}
        writer.insert(keeping.CUSTODY, row, stamp)
    return kept


def missing(connection: Connection) -> str:
    """The SQL that gives a ledger the tables it lacks and today's views."""
    there = {name for (name,) in connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    made = [create(table) for table in TABLES if table.name not in there]
    dropped = [f"DROP VIEW IF EXISTS {name};" for name in VIEW_NAMES]
    return "\n".join((*made, *dropped, VIEWS, MARKS))

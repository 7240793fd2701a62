"""A ledger of an earlier schema brought up to this one, in one transaction; the old file is kept beside it.

In: a place, the stamp of the run, the signer. Out: the schema that it had, and where the old file is. Tables that it lacks
are made, the views made anew, and records that no log covered go into the log: from here on they cannot change unseen.
No row is touched. A newer schema is refused. On a server nothing is copied (``pg_dump`` before, if a copy is wanted), and
who was granted the views must be granted them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from khabar.errors import UsageFault
from khabar.ledger import keeping
from khabar.ledger.backup import copy_file
from khabar.ledger.keys import Signer
from khabar.ledger.opening import open_for_reading
from khabar.ledger.schema import LOGGED, SCHEMA_VERSION
from khabar.ledger.store import Stamp, Writer
from khabar.stores import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """What was done: from which schema, how many records are in the log that no log covered, where the old file is kept."""

    version: int
    covered: int
    kept: Path | None


def schema_version(where: Place) -> int:
    """The schema of a ledger."""
    connection = open_for_reading(where, older=True)
    try:
        return connection.schema_version()
    finally:
        connection.close()


def upgrade(where: Place, *, stamp: Stamp, operator: str, signer: Signer | None) -> Upgraded | None:
    """Bring a ledger up. Out: None if there was nothing to do, also since somebody else was faster."""
    version = schema_version(where)
    if version == SCHEMA_VERSION:
        return None
    kept = _keep(where, version) if isinstance(where, Path) else None
    name = where.name if isinstance(where, Path) else str(where)
    with Writer(where, signer, older=True) as writer, writer.appending(stamp):
        if writer.connection.schema_version() == SCHEMA_VERSION:
            return None
        writer.connection.bring_up()
        covered = writer.log_rest(table.name for table in LOGGED)
        note = f"schema {version} to {SCHEMA_VERSION}"
        row = {"action": "upgraded", "subject": name, "operator": operator, "note": note}
        writer.insert(keeping.CUSTODY, row, stamp)
    return Upgraded(version=version, covered=covered, kept=kept)


def _keep(path: Path, version: int) -> Path:
    """Copy the old file. Out: its name. Raises UsageFault where something has that name already."""
    kept = path.with_name(f"{path.stem}.schema-{version}{path.suffix}")
    if kept.exists():
        raise UsageFault(f"{kept}: stands there already; the old ledger is to be kept under this name: move it away")
    copy_file(path, kept)
    return kept

"""A connection for a place: a file goes to SQLite, a URL to PostgreSQL, whose driver is loaded only then.

In: a Place. Out: a Connection with the promises of ``sqlite.py`` or ``postgres.py``. Raises UsageFault if there is no ledger.
"""

from __future__ import annotations

from khabar.ledger import sqlite
from khabar.ledger.connection import Connection
from khabar.stores import Place, Server


def open_for_writing(where: Place, *, older: bool = False) -> Connection:
    """Open a ledger to append to it; make it if there is none."""
    if isinstance(where, Server):
        from khabar.ledger import postgres  # noqa: PLC0415 - a driver that file ledgers never need

        return postgres.open_for_writing(where, older=older)
    return sqlite.open_for_writing(where, older=older)


def open_for_reading(where: Place, *, older: bool = False) -> Connection:
    """Open a ledger to ask it, an ``older`` one if that is wanted."""
    if isinstance(where, Server):
        from khabar.ledger import postgres  # noqa: PLC0415 - as above

        return postgres.open_for_reading(where, older=older)
    return sqlite.open_for_reading(where, older=older)

"""The ledger as it stood at some moment: transaction time apart from the time that claims speak of.

In: a connection that may only read, and a moment: an instant (UTC), a day, a month, a year (to its end), or an entry of
the log ("#12"). Out: the same connection, in which every table ends with the last record of the last entry of that
moment; all questions work on it unchanged. The order of the log decides, not the clock: where a clock was wrong,
everything up to the last entry that bears a time within the moment counts. A purged row is gone from the past as well.
"""

from __future__ import annotations

import re

from khabar.errors import UsageFault
from khabar.ledger.connection import Connection
from khabar.ledger.log import Entry, entry_asof
from khabar.ledger.schema import LOGGED, VIEW_NAMES, VIEWS

LAST = "9999-12-31T23:59:59Z"
MOMENT = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?Z?)?)?)?")


def look_back(connection: Connection, moment: str) -> None:
    """Let a connection see the ledger as it stood. Raises UsageFault for what is no moment, or is before the first entry."""
    entry = entry_asof(connection, moment if moment.startswith("#") else end_of(moment))
    if entry is None:
        raise UsageFault(f"the ledger has no record from {moment} or before")
    connection.script("\n".join(_views(entry)))


def end_of(moment: str) -> str:
    """The last second of an instant, day, month or year. Raises UsageFault for anything else."""
    if MOMENT.fullmatch(moment) is None:
        raise UsageFault(
            f"{moment!r} is no moment; write 2026-01-31, 2026-01-31T12:00:00Z, or #12 for an entry of the log"
        )
    given = moment.removesuffix("Z")
    return given + LAST[len(given) :]


def _views(entry: Entry) -> list[str]:
    """Every table cut off behind the entry, and the views over them, under their own names."""
    cut = [
        f"CREATE TEMP VIEW {table.name} AS SELECT * FROM main.{table.name} WHERE seq <= {entry.upto.get(table.name, 0)};"  # noqa: S608 - own names and numbers
        for table in LOGGED
    ]
    log = f"CREATE TEMP VIEW log_entry AS SELECT * FROM main.log_entry WHERE seq <= {entry.seq};"  # noqa: S608 - a number
    views = VIEWS
    for name in VIEW_NAMES:
        views = views.replace(f"CREATE VIEW {name} ", f"CREATE TEMP VIEW {name} ")
    return [*cut, log, views]

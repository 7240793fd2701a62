"""What somebody with the file, or with the server's password, can do to a ledger behind its back."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from khabar.ledger import postgres
from khabar.ledger.connection import Value
from khabar.stores import Place, Server


def tamper(where: Place, sql: str, values: Sequence[Value] = ()) -> None:
    """Change rows with the guards out of the way; they stand again behind it."""
    if isinstance(where, Server):
        server = postgres.PostgresConnection(where)
        server.script("SET session_replication_role TO replica")  # a superuser's switch: no triggers, no foreign keys
        server.rows(sql, values)
        server.close()
        return
    db = apsw.Connection(str(where))
    triggers = list(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
    for name, _ in triggers:
        db.execute(f"DROP TRIGGER {name}")
    db.execute(sql, tuple(values))
    for _, text in triggers:
        db.execute(text)
    db.close()


def drop_guard(where: Place, table: str, verb: str) -> None:
    """Take one guard away for good."""
    name = f"{table}_no_{verb}"
    if isinstance(where, Server):
        server = postgres.PostgresConnection(where)
        server.script(f"DROP TRIGGER {name} ON {table}")
        server.close()
        return
    db = apsw.Connection(str(where))
    db.execute(f"DROP TRIGGER {name}")
    db.close()

"""The one door to PostgreSQL: a ledger that a team shares on a server, with the same promises as a file.

In: a Server (a URL). Out: a Connection. Writers wait for each other behind an advisory lock that ends with the
transaction, so rows are numbered without gaps; commits are synchronous, and a server with ``fsync`` or
``full_page_writes`` off is refused. Readers see one state. The driver is pg8000: pure Python under a permissive licence.
It cannot back up (pg_dump does), nor promise that blanked bytes are gone from the server's own log files.
"""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pg8000.exceptions
import pg8000.native

from khabar.errors import KhabarError, UsageFault
from khabar.ledger import postgres_schema
from khabar.ledger.columns import Table
from khabar.ledger.connection import Row, Value, Values, check_version, insertion
from khabar.ledger.schema import TABLES
from khabar.stores import Place, Server

PORT = 5432
LOCK = 0x6B686272
"""``khbr``: the advisory lock of writers"""
TLS = frozenset({"disable", "require", "verify-ca", "verify-full"})
"""``require`` checks the server's certificate as well"""
SAFE = ("fsync", "full_page_writes")
CANCELED = "57014"
MARKS = re.compile(r"\?(\d*)|'(?:[^']|'')*'|:(?=[a-z])")
LIMIT = re.compile(r"LIMIT (:\w+)")
UNKNOWN = re.compile(r"(:p\d+) IS NULL")
"""a value of which nothing else tells the type"""
NO_LIMIT = -1
NO_NUL = "\ufffd"
"""for a NUL in what is asked: PostgreSQL holds no text with one, so nothing is found"""


@lru_cache(maxsize=512)
def translated(sql: str, schema: str) -> str:
    """A question in the shared dialect as PostgreSQL and the driver want it: ``?`` and ``?1`` become ``:p1``."""
    count = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal count
        if not found.group().startswith("?"):
            return found.group()
        count += 1
        return f":p{found.group(1) or count}"

    sql = MARKS.sub(mark, sql)
    sql = LIMIT.sub(rf"LIMIT nullif(\1, {NO_LIMIT})", sql)
    sql = UNKNOWN.sub(r"cast(\1 AS text) IS NULL", sql)
    return sql.replace(" LIKE ", " ILIKE ").replace(" main.", f' "{schema}".')


class PostgresConnection:
    """One connection to a server; questions from several threads wait for each other."""

    def __init__(self, server: Server) -> None:
        self.path: Place = server
        self._lock = threading.RLock()
        self._depth = 0
        self._numbers: dict[str, int] = {}
        self._seconds = 0.0
        parts = urlsplit(server.url)
        options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        self.schema = options.get("schema", "public")
        self._tls = options.get("sslmode", "disable")
        if self._tls not in TLS:
            raise UsageFault(f"{self.path}: sslmode={self._tls!r}; there are {', '.join(sorted(TLS))}")
        with self._faults():
            self._db = _connected(parts, options)
        self._settle()

    def _settle(self) -> None:
        """The settings that the promises need."""
        if re.fullmatch(r"[a-z_][a-z0-9_]*", self.schema) is None:
            raise UsageFault(f"{self.path}: schema={self.schema!r} is no plain name")
        self.script(f'SET search_path TO "{self.schema}"')
        self.script("SET synchronous_commit TO on")
        for name in SAFE:
            if self.value(f"SHOW {name}") != "on":
                raise KhabarError(
                    f"{self.path}: the server runs with {name} = off and can lose committed rows; switch it on"
                )

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turn the driver's errors into ours, naming the place, never the password."""
        try:
            yield
        except pg8000.exceptions.DatabaseError as error:
            told = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
            if told.get("C") == CANCELED:
                raise UsageFault(f"this question takes longer than {self._seconds:g} s; ask for less") from error
            raise KhabarError(f"{self.path}: {told.get('M', 'the server refused a statement')}") from error
        except (pg8000.exceptions.InterfaceError, OSError, ssl.SSLError) as error:
            raise KhabarError(f"{self.path}: the server cannot be reached: {error}") from error

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a question. Raises UsageFault if it takes longer than the connection's limit."""
        given = values.items() if isinstance(values, Mapping) else ((f"p{n}", v) for n, v in enumerate(values, start=1))
        named = {name: value.replace("\0", NO_NUL) if isinstance(value, str) else value for name, value in given}
        with self._lock, self._faults():
            answer = self._db.run(translated(sql, self.schema), **named)
        return [tuple(map(_plain, row)) for row in answer or ()]

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first value of the first row, or None."""
        row = next(iter(self.rows(sql, values)), None)
        return row[0] if row else None

    def script(self, sql: str) -> None:
        """Run statements that answer nothing, all of them in one message; all or nothing where no transaction is open."""
        self.rows(sql)

    def insert(self, table: Table, row: Mapping[str, Value]) -> int:
        """Append one row. Out: its seq. The caller holds a transaction, and with it the lock of writers."""
        odd = sorted(name for name, value in row.items() if isinstance(value, str) and "\0" in value)
        if odd:
            raise KhabarError(
                f"{self.path}: {table.name}.{odd[0]} holds a NUL character, which PostgreSQL cannot store"
            )
        last = self._numbers.get(table.name)
        if last is None:
            last = int(self.value(f"SELECT coalesce(max(seq), 0) FROM {table.name}"))  # noqa: S608 - own names
        seq = last + 1
        self.rows(insertion(table.name, ("seq", *row)), (seq, *row.values()))
        self._numbers[table.name] = seq
        return seq

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, one writer at a time; on return it is on the server's disk."""
        with self._lock:
            self.rows("BEGIN ISOLATION LEVEL READ COMMITTED")
            self._depth, self._numbers = 1, {}
            try:
                self.rows(f"SELECT pg_advisory_xact_lock({LOCK}, hashtext(?))", (self.schema,))
                yield
                self.rows(
                    "SELECT 1"
                )  # raises where a statement failed and its error was swallowed: COMMIT would say nothing
                self.rows("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._depth, self._numbers = 0, {}

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Every question in here sees the same state; a no-op where a transaction is open already."""
        with self._lock:
            if self._depth:
                yield
                return
            self.rows("BEGIN ISOLATION LEVEL REPEATABLE READ")
            self._depth = 1
            try:
                yield
            finally:
                self._depth = 0
                self._roll_back()

    def _roll_back(self) -> None:
        """Undo the open transaction; a connection that broke has none."""
        try:
            self.rows("ROLLBACK")
        except KhabarError:
            self._db.close()

    def limit(self, seconds: float) -> None:
        """Break off every question that takes longer than so many seconds."""
        self._seconds = seconds
        self.script(f"SET statement_timeout TO {int(seconds * 1000)}")

    def only_read(self) -> None:
        """From here on nothing can be written through this connection."""
        self.script("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")

    @contextmanager
    def unguarded(self, tables: Iterable[Table]) -> Iterator[None]:
        """Inside a transaction: rows of these tables may be changed; the triggers stand again behind it."""
        named = tuple(tables)
        for table in named:
            self.script(f"ALTER TABLE {table.name} DISABLE TRIGGER {table.name}_no_update")
        yield
        for table in named:
            self.script(f"ALTER TABLE {table.name} ENABLE TRIGGER {table.name}_no_update")

    def schema_version(self) -> int:
        """The schema that the ledger is marked with. Raises UsageFault if there is no ledger."""
        mark = self.value("SELECT obj_description(to_regclass('log_entry'), 'pg_class')")
        if mark is None or not mark.startswith(postgres_schema.MARK):
            raise UsageFault(f"{self.path}: there is no ledger; 'khabar add FILE' makes one in an empty schema")
        return int(mark.removeprefix(postgres_schema.MARK))

    def bring_up(self) -> None:
        """Inside a transaction: the tables that the schema lacks, today's views, guards and mark."""
        there = {str(name) for (name,) in self.rows(postgres_schema.THERE)}
        self.script(";\n".join(postgres_schema.upgraded(there)))

    def wipe(self) -> bool:
        """Write the tables anew. Out: False: the server's write-ahead log still holds old bytes for a while."""
        for table in TABLES:
            self.script(f"VACUUM FULL {table.name}")
        return False

    def damage(self) -> Iterator[str]:
        """Tables, views and guards as this khabar makes them."""
        yield from postgres_schema.damage(self)

    def close(self) -> None:
        """Close the connection; one that broke is closed."""
        with self._lock, suppress(pg8000.exceptions.InterfaceError, OSError):
            self._db.close()


def open_for_writing(server: Server, *, older: bool = False) -> PostgresConnection:
    """Open a ledger to append to it, or, to upgrade it, an ``older`` one; make it in an empty schema.

    Raises UsageFault for a schema that is something else, or a ledger of another version.
    """
    connection = PostgresConnection(server)
    with connection.transaction():
        if not connection.value("SELECT 1 FROM pg_namespace WHERE nspname = ?", (connection.schema,)):
            connection.script(f'CREATE SCHEMA "{connection.schema}"')
        if not connection.rows(postgres_schema.THERE):
            connection.script(";\n".join(postgres_schema.schema()))
        check_version(connection, older=older)
    return connection


def open_for_reading(server: Server, *, older: bool = False) -> PostgresConnection:
    """Open a ledger to ask it. Raises UsageFault if there is none."""
    connection = PostgresConnection(server)
    check_version(connection, older=older)
    return connection


def _connected(parts: Any, options: Mapping[str, str]) -> pg8000.native.Connection:
    """A connection of the driver, over TLS where ``sslmode=require`` is wanted, over a socket where a folder is the host."""
    host = options.get("host") or parts.hostname or "localhost"
    port = parts.port or int(options.get("port", PORT))
    where: dict[str, Any] = {"host": host, "port": port}
    if host.startswith("/"):
        where = {"unix_sock": f"{host}/.s.PGSQL.{port}"}
    elif options.get("sslmode") in ("require", "verify-ca", "verify-full"):
        where["ssl_context"] = ssl.create_default_context()
    user = unquote(parts.username or "postgres")
    password = unquote(parts.password) if parts.password is not None else None
    return pg8000.native.Connection(user, password=password, database=unquote(parts.path.lstrip("/")) or user, **where)


def _plain(value: Any) -> Any:
    """A value as SQLite would give it."""
    if isinstance(value, bool):
        return int(value)
    return int(value) if isinstance(value, Decimal) else value

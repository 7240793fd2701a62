"""The schema of a ledger in PostgreSQL's words, made from the same tables as SQLite's, and its check.

In: the tables as data. Out: SQL, and a line for every table, view or trigger that is not there. Text is ordered by code
point (collation "C"), as SQLite orders it. Guards are triggers that refuse UPDATE, DELETE and TRUNCATE; they are of one
function. The mark (``khabar ledger, schema 3``) is a comment on the table of the log's entries.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from khabar.ledger.columns import ENVELOPE, GUARDED, Table
from khabar.ledger.log import Asked
from khabar.ledger.schema import SCHEMA_VERSION, TABLES, VIEW_NAMES, VIEWS

TYPES = {"INTEGER": "bigint", "REAL": "double precision", "BLOB": "bytea", "TEXT": 'text COLLATE "C"'}
FIRST = re.compile(r"^\w+")
MARK = "khabar ledger, schema "
REFUSED = (*GUARDED, "TRUNCATE")
GUARD = " BEGIN RAISE EXCEPTION 'the ledger is append-only: no % on %', TG_OP, TG_TABLE_NAME; END "
FUNCTIONS = (
    f"CREATE OR REPLACE FUNCTION khabar_append_only() RETURNS trigger LANGUAGE plpgsql AS $body${GUARD}$body$",
    """CREATE OR REPLACE FUNCTION julianday(text) RETURNS double precision LANGUAGE sql STABLE
    AS $body$ SELECT extract(epoch FROM $1::timestamptz)::double precision / 86400 + 2440587.5 $body$""",
)
"""``julianday`` is SQLite's: days, so that the questions need no second wording"""
THERE = """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'v')"""
GUARDS = """SELECT c.relname, t.tgname, t.tgenabled, p.prosrc
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT t.tgisinternal"""


def schema() -> Iterator[str]:
    """Every statement that makes a ledger."""
    yield from FUNCTIONS
    for table in TABLES:
        yield from create(table)
    yield from _views_and_mark()


def upgraded(there: Container[str]) -> Iterator[str]:
    """Every statement that gives an older ledger the tables it lacks, and today's views and functions."""
    yield from FUNCTIONS
    for table in TABLES:
        if table.name not in there:
            yield from create(table)
    yield f"DROP VIEW IF EXISTS {', '.join(VIEW_NAMES)}"  # together, since they ask each other
    yield from _views_and_mark()


def _views_and_mark() -> Iterator[str]:
    yield from (part for part in VIEWS.split(";") if part.strip())
    yield f"COMMENT ON TABLE log_entry IS '{MARK}{SCHEMA_VERSION}'"


def create(table: Table) -> Iterator[str]:
    """One table, its indexes and its guards."""
    name = table.name
    lines = ["seq bigint PRIMARY KEY"]
    lines += [f'"{column.name}" {typed(column.sql)}' for column in table.columns]
    lines += [f"{column} {TYPES['TEXT']} NOT NULL" for column in ENVELOPE]
    lines += [f"UNIQUE ({columns})" for columns in table.unique]
    yield f"CREATE TABLE {name} ({', '.join(lines)})"
    for columns in table.indexes:
        yield f"CREATE INDEX {name}_by_{columns.split()[0].strip(',')} ON {name} ({columns.replace(' COLLATE NOCASE', '')})"
    yield from (guard(table, verb) for verb in REFUSED)


def typed(sql: str) -> str:
    """SQLite's type with its constraints as PostgreSQL's."""
    return FIRST.sub(lambda m: TYPES[m.group()], sql)


def guard(table: Table, verb: str) -> str:
    """The trigger that refuses a verb on a table."""
    each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
    name = f"{table.name}_no_{verb.lower()}"
    return f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} FOR EACH {each} EXECUTE FUNCTION khabar_append_only()"


def damage(asked: Asked) -> Iterator[str]:
    """Tables, views and guards that are gone, switched off or too many."""
    there = {name for (name,) in asked.rows(THERE)}
    wanted = {table.name for table in TABLES} | set(VIEW_NAMES)
    yield from (f"{name} is gone" for name in sorted(wanted - there))
    yield from (f"{name}: is no part of a ledger" for name in sorted(there - wanted))
    guards = {(table, name): (str(enabled), source) for table, name, enabled, source in asked.rows(GUARDS)}
    for table in TABLES:
        for verb in REFUSED:
            state = guards.pop((table.name, f"{table.name}_no_{verb.lower()}"), None)
            if state is None:
                yield f"{table.name}: the trigger against {verb.lower()} is gone"
            elif state[0] not in ("O", "A"):
                yield f"{table.name}: the trigger against {verb.lower()} is switched off"
            elif state[1] != GUARD:
                yield f"{table.name}: the trigger against {verb.lower()} does something else"
    yield from (f"{table}: the trigger {name} is no part of a ledger" for table, name in sorted(guards))

"""R11: ten ways to change the past, tried by somebody who has the file, or the server's superuser, with and without the key.

In: how often each is tried, where. Out: for every attack how often ``verify`` noticed it with nothing else at hand, with the
public key, and with a head that was kept elsewhere. With such a head every attack must be noticed every time.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from khabar.errors import KhabarError
from khabar.ledger import keeping, postgres
from khabar.ledger.codec import pack, to_text
from khabar.ledger.connection import row_digest
from khabar.ledger.keys import Signer, new_signer
from khabar.ledger.log import entries, head_of, leaf_of, runs
from khabar.ledger.merkle import Frontier
from khabar.ledger.notes import Head
from khabar.ledger.schema import LOGGED, TABLES
from khabar.ledger.store import Writer, open_view
from khabar.ledger.verify import verify
from khabar.ledger.verify_log import Outside
from khabar.model.identity import ID_DIGITS
from khabar.stores import Place, Server
from tests.ledger.making import STAMP, append, make_article, revised
from tests.ledger.server import binary, running
from tests.torture.outcome import Outcome

BY_NAME = {table.name: table for table in TABLES}


class Burglar:
    """Somebody with SQL, all rights, and perhaps the key; the guards are out of his way while he is in."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def rows(self, sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
        """Whatever he wants."""
        raise NotImplementedError

    def leave(self) -> None:
        """Put the guards back."""
        raise NotImplementedError

    def some(self, table: str) -> int:
        """The seq of a row, not the first or last."""
        ((last,),) = self.rows(f"SELECT max(seq) FROM {table}")
        return self.chance.randint(2, last - 1)

    def redigest(self, table: str, seq: int) -> None:
        """Make a row agree with its digest again."""
        names = [name for name in BY_NAME[table].names if name != "row_sha256"]
        listed = ", ".join(f'"{name}"' for name in names)
        (values,) = self.rows(f"SELECT {listed} FROM {table} WHERE seq = ?", (seq,))
        sha = row_digest(dict(zip(names, values, strict=True)))
        self.rows(f"UPDATE {table} SET row_sha256 = ? WHERE seq = ?", (sha, seq))

    def set(self, table: str, seq: int, column: str, value: object) -> None:
        """Change a value, and the row's digest with it."""
        self.rows(f"UPDATE {table} SET {column} = ? WHERE seq = ?", (value, seq))
        self.redigest(table, seq)

    def rechain(self, signer: Signer | None) -> None:
        """Make all roots and nodes anew, signed with the key or not at all."""
        tree, nodes, name = Frontier(), list[tuple[int, int, bytes]](), ""
        before: dict[str, int] = {}
        for entry in list(entries(self)):
            for table, first, last in runs(before, entry.upto):
                for seq, sha in self.rows(
                    f"SELECT seq, row_sha256 FROM {table} WHERE seq BETWEEN ? AND ? ORDER BY seq", (first, last)
                ):
                    nodes += [found for found in tree.append(leaf_of(table, seq, sha)) if found[0] % 8 == 0]
            before, root = dict(entry.upto), tree.root().hex()
            name = name or root[:ID_DIGITS]
            head = Head(ledger_id=name, size=tree.size, root_sha256=root, recorded_at=entry.recorded_at)
            signed = (signer.key_id, signer.signature(head)) if signer else (None, None)
            sql = "UPDATE log_entry SET size = ?, root_sha256 = ?, key_id = ?, signature = ? WHERE seq = ?"
            self.rows(sql, (tree.size, root, *signed, entry.seq))
            self.redigest("log_entry", entry.seq)
        for level, position, node in nodes:
            self.rows(
                "UPDATE log_node SET node_sha256 = ? WHERE level = ? AND position = ?", (node.hex(), level, position)
            )
        for (seq,) in self.rows("SELECT seq FROM log_node"):
            self.redigest("log_node", seq)


class OfFile(Burglar):
    """With the file."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        super().__init__(chance)
        self.db = apsw.Connection(str(path))
        self.triggers = list(self.db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
        for name, _ in self.triggers:
            self.db.execute(f"DROP TRIGGER {name}")

    def leave(self) -> None:
        for _, sql in self.triggers:
            self.db.execute(sql)
        self.db.close()

    def rows(self, sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return list(self.db.execute(sql, values))


class OfServer(Burglar):
    """With the server's superuser: his sessions need no trigger and no foreign key to hold."""

    def __init__(self, server: Server, chance: random.Random) -> None:
        super().__init__(chance)
        self.connection = postgres.PostgresConnection(server)
        self.rows("SET session_replication_role TO replica")

    def leave(self) -> None:
        self.connection.close()

    def rows(self, sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self.connection.rows(sql, values)


def burglar_at(where: Place, chance: random.Random) -> Burglar:
    """Somebody who got in."""
    return OfServer(where, chance) if isinstance(where, Server) else OfFile(where, chance)


Attack = Callable[[Burglar, Signer], None]


def edit_body(burglar: Burglar, _: Signer) -> None:
    burglar.set("body", burglar.some("body"), "data", pack(b"something else"))


def edit_metadata(burglar: Burglar, _: Signer) -> None:
    burglar.set("observation", burglar.some("observation"), "memento_at", "2020-01-01T00:00:00Z")


def delete_middle(burglar: Burglar, _: Signer) -> None:
    burglar.rows("DELETE FROM observation WHERE seq = ?", (burglar.some("observation"),))


def cut_tail(burglar: Burglar, _: Signer) -> None:
    """The newest entries with all their records, so that what is left is sound."""
    some = list(entries(burglar))
    last = some[-1 - burglar.chance.randint(1, 3)]
    for table in LOGGED:
        burglar.rows(f"DELETE FROM {table.name} WHERE seq > ?", (last.upto.get(table.name, 0),))
    burglar.rows("DELETE FROM log_entry WHERE seq > ?", (last.seq,))
    for seq, level, position in burglar.rows("SELECT seq, level, position FROM log_node"):
        if (position + 1) << level > last.size:
            burglar.rows("DELETE FROM log_node WHERE seq = ?", (seq,))


def swap(burglar: Burglar, _: Signer) -> None:
    """Two rows change places, digests and all."""
    one = burglar.some("observation")
    two = one + 1
    for old, new in ((one, -1), (two, one), (-1, two)):
        burglar.rows("UPDATE observation SET seq = ? WHERE seq = ?", (new, old))


def insert(burglar: Burglar, _: Signer) -> None:
    names = ", ".join(f'"{name}"' for name in BY_NAME["observation"].names)
    seq = burglar.some("observation")
    ((last,),) = burglar.rows("SELECT max(seq) FROM observation")
    for at in range(last, seq - 1, -1):
        burglar.rows("UPDATE observation SET seq = ? WHERE seq = ?", (at + 1, at))
    burglar.rows(f"INSERT INTO observation (seq, {names}) SELECT ?, {names} FROM observation WHERE seq = 1", (seq,))


def rechain(burglar: Burglar, signer: Signer) -> None:
    edit_metadata(burglar, signer)
    burglar.rechain(None)


def resign(burglar: Burglar, signer: Signer) -> None:
    edit_metadata(burglar, signer)
    burglar.rechain(signer)


def backdate(burglar: Burglar, signer: Signer) -> None:
    """Everything was recorded two years before, signed with the right key."""
    for table in TABLES:
        for (seq,) in burglar.rows(f"SELECT seq FROM {table.name}"):
            burglar.set(table.name, seq, "recorded_at", f"2024-01-0{burglar.chance.randint(1, 9)}T00:00:00Z")
    burglar.rechain(signer)


def swap_derivation(burglar: Burglar, _: Signer) -> None:
    """The reading of one version becomes that of another."""
    one = burglar.some("reading")
    (values,) = burglar.rows("SELECT reading, resolution FROM reading WHERE seq = ?", (one - 1,))
    burglar.rows("UPDATE reading SET reading = ?, resolution = ? WHERE seq = ?", (*values, one))
    burglar.redigest("reading", one)


ATTACKS: dict[str, Attack] = {
    "edit a body": edit_body,
    "edit metadata": edit_metadata,
    "delete in the middle": delete_middle,
    "cut off the end": cut_tail,
    "swap two records": swap,
    "insert a record": insert,
    "make the log anew without the key": rechain,
    "make the log anew with the key": resign,
    "date everything back, with the key": backdate,
    "swap a derivation": swap_derivation,
}


@dataclass(frozen=True, slots=True)
class Noticed:
    """How often an attack was noticed, of how often it was tried."""

    tried: int
    alone: int
    with_key: int
    with_anchor: int


def attempts(count: int, where: Place, *, seed: int = 1) -> dict[str, Noticed]:
    """Every attack so often, on a ledger that is made there and put back each time."""
    signer, chance = new_signer(), random.Random(seed)
    anchor = ledger(where, signer)
    put_back = kept(where)
    keys = {signer.key_id: signer.public_key}
    ways = (Outside(), Outside(keys=keys), Outside(heads=[("kept", anchor)]))
    out = {}
    for attack, attempt in ATTACKS.items():
        found = [0, 0, 0]
        for _ in range(count):
            put_back()
            burglar = burglar_at(where, chance)
            attempt(burglar, signer)
            burglar.leave()
            found = [before + noticed(where, way) for before, way in zip(found, ways, strict=True)]
        out[attack] = Noticed(count, *found)
    put_back()
    assert all(not noticed(where, way) for way in ways)
    return out


def kept(where: Place) -> Callable[[], None]:
    """Keep a ledger as it is. Out: what puts it back."""
    if isinstance(where, Server):
        return kept_on_server(where)
    clean = where.read_bytes()

    def put_back() -> None:
        for old in where.parent.glob(f"{where.name}*"):
            old.unlink()
        where.write_bytes(clean)

    return put_back


def kept_on_server(where: Server) -> Callable[[], None]:
    """The same in a schema beside it."""
    names = [table.name for table in TABLES]

    def script(*statements: str) -> None:
        owner = postgres.PostgresConnection(where)
        owner.script("; ".join(("SET session_replication_role TO replica", *statements)))
        owner.close()

    schema = postgres.PostgresConnection(where)
    clean = f'"{schema.schema}_clean"'
    schema.close()
    script(f"CREATE SCHEMA {clean}", *(f"CREATE TABLE {clean}.{name} AS TABLE {name}" for name in names))
    emptied = f"TRUNCATE {', '.join(names)}"
    return lambda: script(emptied, *(f"INSERT INTO {name} SELECT * FROM {clean}.{name}" for name in names))


def ledger(where: Place, signer: Signer) -> Head:
    """A ledger that has grown for a while. Out: its head."""
    with Writer(where, signer) as writer:
        for number in range(12):
            article = make_article(str(number), where=f"Village {number}")
            append(writer, article)
        after, revision = revised(article, who="armed men", where="Port Maraq")
        append(writer, after, revision)
        writer.append_row(keeping.CUSTODY, {"action": "backup", "subject": "x", "operator": to_text([])}, stamp=STAMP)
        return head_of(writer.view, list(entries(writer.view))[-1])


def noticed(where: Place, outside: Outside) -> bool:
    """Whether ``verify`` says that something is wrong."""
    try:
        with open_view(where) as view:
            return bool(verify(view, outside).faults)
    except KhabarError:
        return True


def trial(count: int, *, seed: int = 1) -> list[Outcome]:
    """R11, a row for each attack, in a file and, where a server is installed, on a server."""
    with tempfile.TemporaryDirectory(prefix="khabar-r11-") as name:
        folder = Path(name)
        rows = outcomes(attempts(count, folder / "l.sqlite", seed=seed), "")
        if binary("initdb") is not None:
            folder.chmod(0o755)
            with running(folder) as cluster:
                rows += outcomes(attempts(count, Server(cluster.url("own")), seed=seed), ", on a server")
    return rows


def outcomes(found: dict[str, Noticed], store: str) -> list[Outcome]:
    """The attempts on one store as rows."""
    rows = []
    for attack, seen in found.items():
        share = [f"{100 * n // seen.tried} %" for n in (seen.alone, seen.with_key, seen.with_anchor)]
        told = f"noticed: alone {share[0]}, with --signed-by {share[1]}, with an anchor {share[2]}"
        held = seen.with_anchor == seen.tried
        rows.append(Outcome(trial=f"R11 {attack}{store}", number=f"{seen.tried:,}", found=told, held=held))
    return rows

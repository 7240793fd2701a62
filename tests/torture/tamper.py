"""R11: ten ways to change the past, tried by somebody who has the file, with and without the key that signs.

In: how often each is tried. Out: for every attack how often ``verify`` noticed it with nothing else at hand, with the
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
from khabar.ledger import keeping
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
from tests.ledger.making import STAMP, append, make_article, revised
from tests.torture.outcome import Outcome

BY_NAME = {table.name: table for table in TABLES}


class Burglar:
    """Somebody with the file, SQL, and perhaps the key."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        self.db = apsw.Connection(str(path))
        self.chance = chance
        self.triggers = list(self.db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
        for name, _ in self.triggers:
            self.db.execute(f"DROP TRIGGER {name}")

    def leave(self) -> None:
        """Put the triggers back."""
        for _, sql in self.triggers:
            self.db.execute(sql)
        self.db.close()

    def rows(self, sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return list(self.db.execute(sql, values))

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
                    f"SELECT seq, row_sha256 FROM {table} WHERE seq BETWEEN ? AND ?", (first, last)
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


Attack = Callable[[Burglar, Signer], None]


def edit_body(burglar: Burglar, _: Signer) -> None:
    burglar.set("body", burglar.some("body"), "data", pack(b"something else"))


def edit_metadata(burglar: Burglar, _: Signer) -> None:
    burglar.set("observation", burglar.some("observation"), "memento_at", "2020-01-01T00:00:00Z")


def delete_middle(burglar: Burglar, _: Signer) -> None:
    burglar.rows("PRAGMA foreign_keys = OFF")
    burglar.rows("DELETE FROM observation WHERE seq = ?", (burglar.some("observation"),))


def cut_tail(burglar: Burglar, _: Signer) -> None:
    """The newest entries with all their records, so that what is left is sound."""
    some = list(entries(burglar))
    last = some[-1 - burglar.chance.randint(1, 3)]
    burglar.rows("PRAGMA foreign_keys = OFF")
    for table in LOGGED:
        burglar.rows(f"DELETE FROM {table.name} WHERE seq > ?", (last.upto.get(table.name, 0),))
    burglar.rows("DELETE FROM log_entry WHERE seq > ?", (last.seq,))
    burglar.rows("DELETE FROM log_node WHERE ((position + 1) << level) > ?", (last.size,))


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


def attempts(count: int, *, seed: int = 1) -> dict[str, Noticed]:
    """Every attack so often."""
    signer, chance = new_signer(), random.Random(seed)
    out = {}
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "l.sqlite"
        anchor = ledger(path, signer)
        clean = path.read_bytes()
        keys = {signer.key_id: signer.public_key}
        ways = (Outside(), Outside(keys=keys), Outside(heads=[("kept", anchor)]))
        assert all(not noticed(path, way) for way in ways)
        for attack, attempt in ATTACKS.items():
            found = [0, 0, 0]
            for _ in range(count):
                for old in path.parent.glob("l.sqlite*"):
                    old.unlink()
                path.write_bytes(clean)
                burglar = Burglar(path, chance)
                attempt(burglar, signer)
                burglar.leave()
                found = [before + noticed(path, way) for before, way in zip(found, ways, strict=True)]
            out[attack] = Noticed(count, *found)
    return out


def ledger(path: Path, signer: Signer) -> Head:
    """A ledger that has grown for a while. Out: its head."""
    with Writer(path, signer) as writer:
        for number in range(12):
            article = make_article(str(number), where=f"Village {number}")
            append(writer, article)
        after, revision = revised(article, who="armed men", where="Port Maraq")
        append(writer, after, revision)
        writer.append_row(keeping.CUSTODY, {"action": "backup", "subject": "x", "operator": to_text([])}, stamp=STAMP)
        return head_of(writer.view, list(entries(writer.view))[-1])


def noticed(path: Path, outside: Outside) -> bool:
    """Whether ``verify`` says that something is wrong."""
    try:
        with open_view(path) as view:
            return bool(verify(view, outside).faults)
    except KhabarError:
        return True


def trial(count: int, *, seed: int = 1) -> list[Outcome]:
    """R11, a row for each attack."""
    rows = []
    for attack, seen in attempts(count, seed=seed).items():
        share = [f"{100 * n // seen.tried} %" for n in (seen.alone, seen.with_key, seen.with_anchor)]
        found = f"noticed: alone {share[0]}, with --signed-by {share[1]}, with an anchor {share[2]}"
        held = seen.with_anchor == seen.tried
        rows.append(Outcome(trial=f"R11 {attack}", number=f"{seen.tried:,}", found=found, held=held))
    return rows

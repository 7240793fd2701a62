"""Does the Merkle log still lead from the records to every head that was ever given out?

In: a View, heads from outside, keys that must have signed. Out: faults in a Tally. The tree is grown again from the
digests in the rows; the root of every entry, every kept node and every signature is compared; a record that no entry
covers is a fault, as is a head outside that the log does not have. It stops at the first wrong root, because all later
ones are wrong with it. It cannot notice a past that was rewritten, and signed anew, by somebody with the key, unless a
head lies outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from khabar.ledger.checking import Tally, walk
from khabar.ledger.log import TILE, Asked, Entry, entries, head_of, last_entry, leaf_of, ledger_id, public_keys, runs
from khabar.ledger.merkle import Frontier
from khabar.ledger.notes import Head, key_id_of, signed_by
from khabar.ledger.schema import LOGGED
from khabar.model.identity import digest

Cursor = Iterator[tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What is known from outside of a ledger: heads, each with where it was found, and the keys that must have signed."""

    heads: Sequence[tuple[str, Head]] = ()
    imprints: Sequence[tuple[str, str]] = ()
    """digests of heads' texts that an authority stamped, each with where it was found"""
    keys: Mapping[str, bytes] = field(default_factory=dict)


NOTHING = Outside()


class LogCheck:
    """One walk over the log."""

    def __init__(self, asked: Asked, tally: Tally, outside: Outside) -> None:
        self._asked = asked
        self._tally = tally
        self._outside = outside
        self._tree = Frontier()
        self._upto: Mapping[str, int] = {}
        self._keys = public_keys(asked)
        self._cursors: dict[str, Cursor] = {t.name: walk(asked, t.name, ["row_sha256"]) for t in LOGGED}
        nodes = asked.rows("SELECT level, position, node_sha256 FROM log_node")
        self._nodes = {(level, position): node for level, position, node in nodes}
        self._roots: dict[int, str] = {}
        self._wanted = {head.size for _, head in outside.heads}
        self._stamped: set[str] = set()

    def run(self) -> None:
        """Check all of it."""
        for key_id, key in self._keys.items():
            self._tally.expect(key_id_of(key) == key_id, f"signing key {key_id}: another key than its id says")
        whole = all(self._entry(entry) for entry in entries(self._asked))
        if whole:
            self._rest()
        self._heads()

    def _entry(self, entry: Entry) -> bool:
        """One entry. Out: whether the log can be followed further."""
        tally, where = self._tally, f"log entry {entry.seq}"
        tally.counts["entries"] += 1
        shrunk = [table for table, seq in self._upto.items() if entry.upto.get(table, 0) < seq]
        if not tally.expect(not shrunk, f"{where}: has fewer rows of {', '.join(shrunk)} than the entry before"):
            return False
        if not all(self._run(where, *run) for run in runs(self._upto, entry.upto)):
            return False
        self._upto = entry.upto
        root = self._tree.root().hex()
        agree = (self._tree.size, root) == (entry.size, entry.root_sha256)
        if not tally.expect(agree, f"{where}: its root is not that of the records up to it"):
            return False
        tally.size, tally.root_sha256 = entry.size, root
        if entry.size in self._wanted:
            self._roots[entry.size] = root
        if self._outside.imprints:
            self._stamped.add(digest(head_of(self._asked, entry).text.encode()))
        self._signature(entry, where)
        return True

    def _run(self, where: str, table: str, first: int, last: int) -> bool:
        """The leaves of one table in one entry."""
        cursor = self._cursors.get(table, iter(()))
        for expected in range(first, last + 1):
            seq, sha = next(cursor, (0, ""))
            if not self._tally.expect(seq == expected, f"{where}: {table} row {expected} is in the log but not there"):
                return False
            for level, position, node in self._tree.append(leaf_of(table, seq, sha)):
                if level % TILE == 0:
                    kept = self._nodes.pop((level, position), None)
                    self._tally.expect(kept == node.hex(), f"log node {level}/{position}: not the hash of its leaves")
        return True

    def _signature(self, entry: Entry, where: str) -> None:
        """The signature of a head, and whether it is one of those that are wanted."""
        tally, wanted = self._tally, self._outside.keys
        if wanted:
            tally.expect(entry.key_id in wanted, f"{where}: not signed by a key that you named")
        if entry.key_id is None:
            return
        key = wanted.get(entry.key_id) or self._keys.get(entry.key_id)
        head = head_of(self._asked, entry)
        if tally.expect(key is not None and signed_by(head, key), f"{where}: its signature is not of its key"):
            tally.counts["signed"] += 1
            tally.keys.add(entry.key_id)

    def _rest(self) -> None:
        """Nothing may stand behind the last entry."""
        for table, cursor in self._cursors.items():
            seq, _ = next(cursor, (0, ""))
            self._tally.expect(not seq, f"{table}: rows from {seq} on are in no entry of the log")
        for level, position in self._nodes:
            self._tally.faults.append(f"log node {level}/{position}: of leaves that are not there")

    def _heads(self) -> None:
        """Every head from outside against the log; a place that has none of this ledger is a fault."""
        own = ledger_id(self._asked)
        last = last_entry(self._asked)
        for where in dict.fromkeys(where for where, _ in self._outside.heads):
            heads = [head for place, head in self._outside.heads if place == where]
            here = [head for head in heads if head.ledger_id == own]
            others = ", ".join(sorted({head.ledger_id for head in heads}))
            self._tally.expect(here, f"{where}: heads of {others}, none of this ledger, which is {own or 'empty'}")
            for head in here:
                fault = self._against(head, last.size if last else 0)
                self._tally.counts["anchors"] += self._tally.expect(fault is None, f"{where}: {fault}")
        for where, imprint in self._outside.imprints:
            found = self._tally.expect(imprint in self._stamped, f"{where}: stamps a head that this log does not have")
            self._tally.counts["anchors"] += found

    def _against(self, head: Head, size: int) -> str | None:
        """What is wrong with a log of that size if a head is right."""
        if head.size > size:
            return f"knows {head.size} records, the ledger's log has {size}: records were cut off"
        if self._roots.get(head.size) != head.root_sha256:
            return f"another root at {head.size} records: the past was changed"
        keys = (*self._keys.values(), *self._outside.keys.values())
        if head.signature is not None and not any(signed_by(head, key) for key in keys):
            return f"the head at {head.size} records is signed by an unknown key"
        return None

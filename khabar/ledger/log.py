"""The Merkle log over all records: what stands in it, where a record stands, proofs and heads.

In: something that answers SQL (a View or a Connection). Out: entries, leaf hashes, proofs, heads. A leaf is the text
"table, seq, row_sha256" on three lines; the leaves of one entry (one transaction) stand by table name, then seq. An
entry notes the last seq of every table, so the leaves of each entry follow from two neighbours. Whole subtrees of 256
leaves are kept; below that the rows are read. Indexes count from 0. ``LogWriter`` appends; the caller holds the
transaction.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from khabar.errors import StoreDamaged, UsageFault
from khabar.ledger.codec import from_json
from khabar.ledger.merkle import Frontier, Subtree, inclusion_proof, leaf_hash, peaks_of, root_of
from khabar.ledger.notes import Head
from khabar.model.identity import ID_DIGITS

TILE = 8
"""whole subtrees are kept at every level that this divides"""
ENTRY = "SELECT seq, size, root_sha256, upto, recorded_at, key_id, signature FROM log_entry"


class Asked(Protocol):
    """What answers SQL."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a question."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction in the log."""

    seq: int
    size: int
    root_sha256: str
    upto: Mapping[str, int]
    recorded_at: str
    key_id: str | None
    signature: str | None


def leaf_of(table: str, seq: int, row_sha256: str) -> bytes:
    """The leaf hash of a record."""
    return leaf_hash(f"{table}\n{seq}\n{row_sha256}".encode())


def entries(asked: Asked, *, after: int = 0, page: int = 1024) -> Iterator[Entry]:
    """The entries behind one seq, in order."""
    while rows := asked.rows(f"{ENTRY} WHERE seq > ? ORDER BY seq LIMIT {page}", (after,)):
        for row in rows:
            yield _entry(row)
        after = rows[-1][0]


def last_entry(asked: Asked) -> Entry | None:
    """The newest entry; None: nothing is in the log."""
    return next((_entry(row) for row in asked.rows(f"{ENTRY} ORDER BY seq DESC LIMIT 1")), None)


def entry_asof(asked: Asked, moment: str) -> Entry | None:
    """The last entry that was recorded at an instant or before it, or on a day, or the one of a number ("#12")."""
    if moment.startswith("#"):
        if not moment[1:].isdigit():
            raise UsageFault(f"{moment!r} is no entry of the log; write it as #12")
        found = asked.rows(f"{ENTRY} WHERE seq <= ? ORDER BY seq DESC LIMIT 1", (int(moment[1:]),))
    else:
        found = asked.rows(f"{ENTRY} WHERE recorded_at <= ? ORDER BY seq DESC LIMIT 1", (moment,))
    return next((_entry(row) for row in found), None)


def head_of(asked: Asked, entry: Entry) -> Head:
    """An entry as a head."""
    return Head(
        ledger_id=ledger_id(asked),
        size=entry.size,
        root_sha256=entry.root_sha256,
        recorded_at=entry.recorded_at,
        key_id=entry.key_id,
        signature=entry.signature,
    )


def ledger_id(asked: Asked) -> str:
    """The name of a ledger for ever: the first digits of the root of its first entry; empty while there is none."""
    found = asked.rows("SELECT root_sha256 FROM log_entry WHERE seq = 1")
    return str(found[0][0])[:ID_DIGITS] if found else ""


def public_keys(asked: Asked) -> dict[str, bytes]:
    """The public keys that the ledger names, by id."""
    found = asked.rows("SELECT key_id, public_key FROM signing_key")
    return {key_id: base64.b64decode(key) for key_id, key in found}


def runs(before: Mapping[str, int], upto: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    """(table, first seq, last seq) that an entry added to the one before, in the order of its leaves."""
    for table in sorted(upto):
        first, last = before.get(table, 0) + 1, upto[table]
        if first <= last:
            yield table, first, last


def leaves(asked: Asked, start: int, stop: int) -> list[bytes]:
    """The hashes of some leaves."""
    out: list[bytes] = []
    at, before = _before(asked, start)
    for entry in entries(asked, after=before.seq, page=64):
        for table, first, last in runs(before.upto, entry.upto):
            skip, take = max(0, start - at), min(last - first + 1, stop - at)
            if skip < take:
                sql = f"SELECT seq, row_sha256 FROM {table} WHERE seq BETWEEN ? AND ? ORDER BY seq"  # noqa: S608 - own names
                out += [leaf_of(table, seq, sha) for seq, sha in asked.rows(sql, (first + skip, first + take - 1))]
            at += last - first + 1
        before = entry
        if at >= stop:
            break
    if len(out) != stop - start:
        raise StoreDamaged(f"the log has no leaves {start} to {stop - 1}")
    return out


def _before(asked: Asked, leaf: int) -> tuple[int, Entry]:
    """The entry that ends at a leaf or before it, and its size; an empty one in front of the first."""
    found = asked.rows(f"{ENTRY} WHERE size <= ? ORDER BY size DESC LIMIT 1", (leaf,))
    entry = _entry(found[0]) if found else Entry(0, 0, "", {}, "", None, None)
    return entry.size, entry


def subtree(asked: Asked) -> Subtree:
    """Hashes of whole subtrees, from what is kept, else from the rows."""

    def hashed(level: int, position: int) -> bytes:
        if level < TILE:
            return root_of(leaves(asked, position << level, (position + 1) << level))
        kept = level // TILE * TILE
        wide = level - kept
        sql = "SELECT node_sha256 FROM log_node WHERE level = ? AND position BETWEEN ? AND ? ORDER BY position"
        rows = asked.rows(sql, (kept, position << wide, ((position + 1) << wide) - 1))
        if len(rows) != 1 << wide:
            raise StoreDamaged(f"the log lacks nodes of level {kept} below position {position} of level {level}")
        return root_of([bytes.fromhex(node) for (node,) in rows])

    return hashed


def index_of(asked: Asked, table: str, seq: int) -> int:
    """The place of a record among the leaves. Raises StoreDamaged if it is not in the log."""
    low, high = 0, int(asked.rows("SELECT coalesce(max(seq), 0) FROM log_entry")[0][0])
    while low + 1 < high:
        middle = (low + high) // 2
        if _upto(asked, middle).get(table, 0) >= seq:
            high = middle
        else:
            low = middle
    size = int(asked.rows("SELECT size FROM log_entry WHERE seq = ?", (low,))[0][0]) if low else 0
    for name, first, last in runs(_upto(asked, low), _upto(asked, high)):
        if name == table and first <= seq <= last:
            return size + seq - first
        size += last - first + 1
    raise StoreDamaged(f"{table} row {seq} is not in the log")


def proof_of(asked: Asked, index: int, size: int) -> list[str]:
    """The inclusion proof of a leaf in the tree of a size, as hex digests."""
    return [step.hex() for step in inclusion_proof(index, size, subtree(asked))]


def _upto(asked: Asked, seq: int) -> Mapping[str, int]:
    found = asked.rows("SELECT upto FROM log_entry WHERE seq = ?", (seq,))
    return from_json(found[0][0], dict) if found else {}


def _entry(row: tuple[Any, ...]) -> Entry:
    seq, size, root, upto, at, key_id, signature = row
    return Entry(seq, size, root, from_json(upto, dict), at, key_id, signature)


@dataclass(frozen=True, slots=True)
class Grown:
    """What one transaction adds to the log: the new head (not signed yet), the last seqs, the nodes to keep."""

    head: Head
    upto: Mapping[str, int]
    nodes: tuple[tuple[int, int, str], ...]


class LogWriter:
    """Gathers the records of one transaction and turns them into an entry."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._tree = Frontier()
        self._root = ""
        self._new: list[tuple[str, int, str]] = []

    def start(self) -> None:
        """Forget what an earlier transaction may have left."""
        self._new.clear()

    def note(self, table: str, seq: int, row_sha256: str) -> None:
        """A record was appended."""
        self._new.append((table, seq, row_sha256))

    @property
    def waiting(self) -> bool:
        """Whether there is anything for an entry."""
        return bool(self._new)

    def grown(self, recorded_at: str) -> Grown:
        """The tree with the noted records in it."""
        last = last_entry(self._asked)
        self._catch_up(last)
        upto = dict(last.upto) if last else {}
        kept: list[tuple[int, int, str]] = []
        for table, seq, sha in sorted(self._new):
            if seq != upto.get(table, 0) + 1:
                raise StoreDamaged(f"{table} row {seq}: the log expects row {upto.get(table, 0) + 1}")
            upto[table] = seq
            nodes = self._tree.append(leaf_of(table, seq, sha))
            kept += [(level, position, node.hex()) for level, position, node in nodes if level % TILE == 0]
        self._root = self._tree.root().hex()
        name = ledger_id(self._asked) or self._root[:ID_DIGITS]
        head = Head(ledger_id=name, size=self._tree.size, root_sha256=self._root, recorded_at=recorded_at)
        return Grown(head, upto, tuple(kept))

    def _catch_up(self, last: Entry | None) -> None:
        """The right edge of the tree as it is in the file, where another writer has appended or a commit failed."""
        size, root = (last.size, last.root_sha256) if last else (0, "")
        if (size, root) == (self._tree.size, self._root):
            return
        hashed = subtree(self._asked)
        self._tree = Frontier(size, [hashed(*peak) for peak in peaks_of(size)])
        self._root = root
        if size and self._tree.root().hex() != root:
            raise StoreDamaged("the log does not lead to its own last root; 'khabar verify' says more")


def records_after(asked: Asked, upto: Mapping[str, int], names: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """(table, seq, row_sha256) of every record that the log does not have yet."""
    for table in names:
        sql = f"SELECT seq, row_sha256 FROM {table} WHERE seq > ? ORDER BY seq"  # noqa: S608 - own names
        for seq, sha in asked.rows(sql, (upto.get(table, 0),)):
            yield table, seq, sha

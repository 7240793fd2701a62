"""What the ledger keeps about itself: the Merkle log, keys, anchors, tombstones, custody, packing.

In: nothing. Out: tables as data. ``log_entry`` and ``log_node`` are the log over all other tables and therefore not in
it; the rest are records like any other. Digests are lower-case hex SHA-256. Terms: RFC 6962 (leaf, node, root, head);
C2SP checkpoints; RFC 3161 (time-stamp token); the Berkeley Protocol (custody).
"""

from __future__ import annotations

from khabar.ledger.columns import Table, columns

LOG_ENTRY = Table(
    "log_entry",
    "one a transaction: the log over all records, up to and with this transaction",
    columns("""
        size | INTEGER NOT NULL | leaves so far, one a record
        root_sha256 | TEXT NOT NULL | root of the Merkle tree over them
        upto | TEXT NOT NULL | last seq of every table that has rows, JSON
        key_id | TEXT | key that signed this head; none: not signed
        signature | TEXT | Ed25519 over the checkpoint's text, base64
    """),
    unique=("size",),
    indexes=("recorded_at",),
)

LOG_NODE = Table(
    "log_node",
    "hash of every whole subtree of 256, 65536 … leaves, so that proofs need not read all rows",
    columns("""
        level | INTEGER NOT NULL | the subtree has 2 to the power of this leaves: 8, 16, 24
        position | INTEGER NOT NULL | among the subtrees of its level, from 0
        node_sha256 | TEXT NOT NULL | its hash
    """),
    unique=("level, position",),
)

SIGNING_KEY = Table(
    "signing_key",
    "the public halves of the keys that signed heads",
    columns("""
        key_id | TEXT NOT NULL | first 20 digits of the digest of the public key
        public_key | TEXT NOT NULL | Ed25519, 32 bytes, base64
    """),
    unique=("key_id",),
)

ANCHOR = Table(
    "anchor",
    "heads that were left outside of the ledger, where whoever changes the ledger cannot reach",
    columns("""
        kind | TEXT NOT NULL | file, git or rfc3161
        place | TEXT NOT NULL | path, or name of the time-stamp authority
        size | INTEGER NOT NULL | leaves of the head
        root_sha256 | TEXT NOT NULL | its root
        receipt | BLOB | what came back: the time-stamp token (DER), or the commit
    """),
)

PURGE = Table(
    "purge",
    "tombstones: rows whose contents had to go; digest and leaf stay",
    columns("""
        table_name | TEXT NOT NULL | the table
        row_seq | INTEGER NOT NULL | the row
        kept_sha256 | TEXT NOT NULL | digest of the row as it is now
        reason | TEXT NOT NULL | why it had to go
    """),
    unique=("table_name, row_seq",),
)

BODY_BASE = Table(
    "body_base",
    "which bodies are packed against which other body of the same article",
    columns("""
        body_sha256 | TEXT NOT NULL REFERENCES body(body_sha256) | the body
        base_sha256 | TEXT NOT NULL REFERENCES body(body_sha256) | what it is packed against, itself packed alone
    """),
    unique=("body_sha256",),
    indexes=("base_sha256",),
)

BODY_AGAIN = Table(
    "body_again",
    "bodies packed alone once more, because what they were packed against had to go",
    columns("""
        body_sha256 | TEXT NOT NULL REFERENCES body(body_sha256) | digest of the raw bytes
        data | BLOB NOT NULL | the raw bytes, zstd
    """),
    unique=("body_sha256",),
)

CUSTODY = Table(
    "custody",
    "what was done with the record: sealed, backed up, restored, upgraded, anchored, purged",
    columns("""
        action | TEXT NOT NULL | sealed backup restored upgraded anchored purged
        subject | TEXT NOT NULL | of what: ids, a file name
        subject_sha256 | TEXT | digest of the file that came of it
        operator | TEXT NOT NULL | alias of who did it
        note | TEXT | in words
    """),
)

LOG = (LOG_ENTRY, LOG_NODE)
LOG_NAMES = frozenset(table.name for table in LOG)
RECORDS = (SIGNING_KEY, ANCHOR, PURGE, CUSTODY, BODY_BASE, BODY_AGAIN)

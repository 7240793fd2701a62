"""Is a bundle what the ledger said, every byte of it? With nothing at hand but the bundle.

In: a zip, public keys that must have signed, certificates of time-stamp authorities. Out: a VerifyReport. Checked: the
zip's shape and size; the manifest's signature and the digest of every file; every record's digest, leaf and proof up to
the signed head; bodies, texts, spans and claims as ``verify`` does; the proofs and time stamps of anchors. A bundle
comes from strangers: nothing of it is unpacked to disk, names are only looked up, sizes are limited. Without ``keys``
it shows that the bundle agrees with itself and with its head, not whose head that is.
"""

from __future__ import annotations

import base64
import binascii
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from khabar.errors import KhabarError, StoreDamaged, UsageFault
from khabar.ledger.bundle import ANCHORS, FORMAT, HEAD, MANIFEST, RECORDS, SHEET, SIGNATURE
from khabar.ledger.checking import Tally, VerifyReport
from khabar.ledger.codec import from_json, unpack, unpack_record
from khabar.ledger.connection import row_digest
from khabar.ledger.flat import flat_claims
from khabar.ledger.keys import raw
from khabar.ledger.log import leaf_of
from khabar.ledger.merkle import consistent, root_from_inclusion
from khabar.ledger.notes import Head, heads_in, key_id_of, signed_by
from khabar.ledger.stamps import stamped
from khabar.ledger.verify import check_reading, differing
from khabar.ledger.verify_log import NOTHING, Outside
from khabar.model.articles import ReadArticle
from khabar.model.claims import Reading
from khabar.model.documents import Version
from khabar.model.identity import digest, text_digest
from khabar.model.links import Resolution

MOST_FILES, MOST_BYTES, MOST_RATIO = 20_000, 1 << 30, 1_000
"""a bundle larger than this is refused unread: files, bytes unpacked, bytes unpacked for one packed"""
Json = Mapping[str, Any]
ANY_FAULT = (KhabarError, ValueError, LookupError, TypeError, AttributeError, UnsupportedAlgorithm, zipfile.BadZipFile)
"""what a bundle made by somebody else can raise anywhere; each is a fault of the bundle"""


@dataclass(slots=True)
class Opened:
    """A bundle in memory."""

    files: dict[str, bytes]
    manifest: Json
    keys: dict[str, bytes]
    head: Head
    records: list[Json] = field(default_factory=list)

    def of(self, table: str) -> list[Json]:
        """The records of a table."""
        return [record for record in self.records if record["table"] == table]


def verify_bundle(path: Path, outside: Outside = NOTHING, *, roots: Sequence[x509.Certificate] = ()) -> VerifyReport:
    """Check a bundle, also against heads and keys from outside. Damage is data: it comes back as faults.

    Raises UsageFault if there is no such zip.
    """
    tally = Tally()
    try:
        opened = _opened(read_zip(path), tally)
        _signed(opened, outside.keys, tally)
        _records(opened, tally)
        _bodies(opened, tally)
        _articles(opened, tally)
        proven = _anchors(opened, roots, tally)
        _outside(opened, proven, outside, tally)
    except ANY_FAULT as error:
        if isinstance(error, UsageFault):
            raise
        tally.faults.append(f"bundle: {error or type(error).__name__}")
    if not outside.keys:
        tally.notes.append("give --signed-by with the key of whoever made it, to be sure whose head this is")
    return tally.report()


def is_zip(path: Path) -> bool:
    """Whether a file is a zip. Raises UsageFault if it is not there."""
    if not path.is_file():
        raise UsageFault(f"{path}: there is no such bundle")
    return zipfile.is_zipfile(path)


def read_zip(path: Path) -> dict[str, bytes]:
    """All files of a zip, in memory. Raises UsageFault if it is none, StoreDamaged if it is larger than it may be."""
    if not is_zip(path):
        raise UsageFault(f"{path}: not a bundle; 'khabar bundle' makes one")
    try:
        with zipfile.ZipFile(path) as opened:
            check_sizes(path, opened.infolist())
            return {info.filename: opened.read(info) for info in opened.infolist()}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        raise StoreDamaged(f"{path}: a file in it cannot be unpacked ({error})") from error


def check_sizes(path: Path, infos: Sequence[zipfile.ZipInfo]) -> None:
    """Raises StoreDamaged for a zip that is larger than a bundle may be, or holds a name twice."""
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if len(infos) > MOST_FILES or total > MOST_BYTES or total > MOST_RATIO * max(packed, 1):
        raise StoreDamaged(f"{path}: {len(infos)} files of {total} bytes are more than a bundle may hold")
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        raise StoreDamaged(f"{path}: holds two files of one name")


def _opened(files: dict[str, bytes], tally: Tally) -> Opened:
    """The parts of a bundle, each file against the manifest."""
    missing = [name for name in (MANIFEST, SIGNATURE, RECORDS, HEAD, ANCHORS, SHEET) if name not in files]
    if missing:
        raise StoreDamaged(f"has no {', '.join(missing)}")
    manifest = json.loads(files[MANIFEST])
    if manifest["format"] != FORMAT:
        raise StoreDamaged(f"is {manifest['format']!r}, this khabar knows {FORMAT!r}")
    listed = manifest["files"]
    for name in sorted(listed.keys() | files.keys() - {MANIFEST, SIGNATURE}):
        known = name in listed and name in files
        if tally.expect(known, f"{name}: in the manifest or in the zip, but not in both"):
            tally.expect(
                digest(files[name]) == listed[name]["sha256"], f"{name}: has another digest than the manifest says"
            )
    keys = {}
    for name, data in files.items():
        if name.startswith("keys/"):
            key = load_pem_public_key(data)
            if not isinstance(key, Ed25519PublicKey):
                raise StoreDamaged(f"{name}: not an Ed25519 key")
            keys[key_id_of(raw(key))] = raw(key)
    heads = heads_in(files[HEAD].decode(), HEAD)
    records = [json.loads(line) for line in files[RECORDS].splitlines()]
    return Opened(files, manifest, keys, heads[0], records)


def _signed(opened: Opened, keys: Mapping[str, bytes], tally: Tally) -> None:
    """The signatures of the manifest and of the head, by keys that are wanted if any are."""
    known = keys or opened.keys
    maker = opened.keys.get(opened.manifest["signed_by"])
    if tally.expect(maker is not None and maker in known.values(), "manifest: not signed by a key that is known"):
        try:
            signature = base64.b64decode(opened.files[SIGNATURE], validate=True)
            Ed25519PublicKey.from_public_bytes(maker or b"").verify(signature, opened.files[MANIFEST])
        except (InvalidSignature, binascii.Error, ValueError):
            tally.faults.append("manifest: its signature is not of its key")
    signers = [key_id for key_id, key in known.items() if signed_by(opened.head, key)]
    if tally.expect(signers, "head: not signed by a key that is known"):
        tally.counts["signed"] = 1
        tally.keys.update(signers)
    same = opened.head.ledger_id == opened.manifest["ledger_id"]
    tally.expect(same, "head: of another ledger than the manifest says")
    tally.size, tally.root_sha256 = opened.head.size, opened.head.root_sha256


def _records(opened: Opened, tally: Tally) -> None:
    """Every record against its digest (a purged one against its tombstone), and its proof against the head."""
    purged = {(r["row"]["table_name"], r["row"]["row_seq"]): r["row"]["kept_sha256"] for r in opened.of("purge")}
    for record in opened.records:
        tally.counts["rows"] += 1
        table, seq = record["table"], record["seq"]
        where = f"{table} row {seq}"
        kept = purged.get((table, seq))
        tally.counts["purged"] += kept is not None
        row = {name: _digested(value) for name, value in record["row"].items()}
        tally.expect(row_digest(row) == (kept or record["row_sha256"]), f"{where}: does not agree with its digest")
        leaf = leaf_of(table, seq, record["row_sha256"])
        proof = [bytes.fromhex(step) for step in record["proof"]]
        root = root_from_inclusion(leaf, record["leaf"], opened.head.size, proof)
        proven = root is not None and root.hex() == opened.head.root_sha256
        tally.expect(proven, f"{where}: its proof does not lead to the head")


def _digested(value: Any) -> Any:
    """A value as it went into the row's digest: bytes by their own."""
    if not isinstance(value, dict):
        return value
    return value["sha256"] if "sha256" in value else digest(base64.b64decode(value["base64"], validate=True))


def _blob(record: Json, name: str) -> bytes:
    return base64.b64decode(record["row"][name]["base64"], validate=True)


def _bodies(opened: Opened, tally: Tally) -> None:
    """Every body against the digest in its record."""
    empty = digest(b"")
    for record in opened.of("body"):
        row = record["row"]
        if row["data"]["sha256"] == empty:
            continue
        tally.counts["bodies"] += 1
        data = opened.files.get(f"bodies/{row['body_sha256']}", b"")
        same = digest(data) == row["body_sha256"] and len(data) == row["size"]
        tally.expect(same, f"body {row['body_sha256'][:12]}: its bytes have another digest")


def _articles(opened: Opened, tally: Tally) -> None:
    """Every version's text, every reading's spans, every claim laid flat again; nothing that was asked for is missing."""
    versions: dict[str, Version] = {}
    for record in opened.of("version"):
        row = record["row"]
        if not _blob(record, "record"):
            continue
        version = unpack_record(_blob(record, "record"), Version)
        tally.counts["versions"] += 1
        versions[version.version_id] = version
        same = text_digest(version.text) == row["text_sha256"] and version.version_id == row["version_id"]
        text = opened.files.get(f"texts/{version.version_id}.txt", b"")
        same = same and text == version.text.encode("utf-8", "surrogatepass")
        tally.expect(same, f"version {row['version_id']}: its text has another digest")
    shown = set()
    for record in opened.of("reading"):
        if _blob(record, "reading"):
            version = versions[record["row"]["version_id"]]
            reading = from_json(unpack(_blob(record, "reading")), Reading)
            links = from_json(unpack(_blob(record, "resolution")), Resolution)
            article = ReadArticle(version=version, reading=reading, resolution=links)
            tally.counts["readings"] += 1
            check_reading(article, tally)
            shown |= _claims(opened, record["seq"], article, tally)
    missing = set(opened.manifest["claims"]) - shown
    tally.expect(not missing, f"claims that the manifest names are not there: {', '.join(sorted(missing))}")
    events = {record["row"]["event_id"] for record in opened.of("event")}
    absent = set(opened.manifest["events"]) - events
    tally.expect(not absent, f"events that the manifest names are not there: {', '.join(sorted(absent))}")


def _claims(opened: Opened, reading_seq: int, article: ReadArticle, tally: Tally) -> set[str]:
    """The chosen claims of a reading against the same laid flat again. Out: their ids."""
    stored = {r["row"]["claim_id"]: r["row"] for r in opened.of("claim") if r["row"]["reading_seq"] == reading_seq}
    again = {str(flat.claim["claim_id"]): flat.claim for flat in flat_claims(article, {})}
    for claim_id, row in stored.items():
        tally.counts["claims"] += 1
        fault = differing(row, again.get(claim_id, {}))
        tally.expect(not fault, f"claim {claim_id}: its row differs from the reading")
    return set(stored)


def _anchors(opened: Opened, roots: Sequence[x509.Certificate], tally: Tally) -> dict[int, str]:
    """Every head that was left outside: the log of this head begins with it; a time stamp is of it.

    Out: the roots that are proven, by size.
    """
    proven = {opened.head.size: opened.head.root_sha256}
    for number, anchor in enumerate(json.loads(opened.files[ANCHORS]), start=1):
        where = f"anchor {number}"
        pair = bytes.fromhex(anchor["root_sha256"]), bytes.fromhex(opened.head.root_sha256)
        proof = [bytes.fromhex(step) for step in anchor["consistency"]]
        holds = consistent(anchor["size"], opened.head.size, pair, proof)
        holds = tally.expect(holds, f"{where}: the log of the head does not begin with it")
        if anchor["kind"] == "rfc3161":
            found = stamped(base64.b64decode(anchor["receipt"]), where, roots)
            lines = anchor["text"].splitlines()
            told = int(lines[1]), base64.b64decode(lines[2]).hex()
            same = found.imprint_sha256 == text_digest(anchor["text"]) and told == (
                anchor["size"],
                anchor["root_sha256"],
            )
            holds = tally.expect(same, f"{where}: the time stamp is of something else") and holds
            by = "checked" if found.checked else "not checked: give --authority"
            tally.notes.append(f"{where}: stamped at {found.stamped_at} ({by})")
        else:
            tally.notes.append(f"{where}: a head of {anchor['size']} records was left at {anchor['place']}; compare it")
        tally.counts["anchors"] += holds and anchor["kind"] == "rfc3161"
        proven |= {anchor["size"]: anchor["root_sha256"]} if holds else {}
    return proven


def _outside(opened: Opened, proven: Mapping[int, str], outside: Outside, tally: Tally) -> None:
    """Heads and time stamps that somebody kept, against those that the bundle proves."""
    for where, head in outside.heads:
        if head.ledger_id != opened.head.ledger_id:
            continue
        if head.size not in proven:
            tally.notes.append(f"{where}: the head of {head.size} records is none of those that the bundle proves")
        else:
            same = proven[head.size] == head.root_sha256
            tally.counts["anchors"] += tally.expect(same, f"{where}: another root at {head.size} records")
    texts = [opened.head.text, *(anchor["text"] for anchor in json.loads(opened.files[ANCHORS]))]
    known = {text_digest(text) for text in texts}
    for where, imprint in outside.imprints:
        tally.counts["anchors"] += tally.expect(imprint in known, f"{where}: stamps no head that the bundle proves")

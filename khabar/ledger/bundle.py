"""Evidence that leaves the ledger: one zip with records, bodies, proofs, heads and a sheet for people.

In: a View, what was gathered, the sheet (HTML), a signer. Out: a zip that ``verify_bundle`` checks with no ledger at
hand:

    manifest.json      what it is about, and the digest of every other file; manifest.sig signs it (Ed25519, base64)
    evidence.html      the sheet
    records.jsonl      every record with its row digest, its place in the log and its inclusion proof
    head.note          the signed head that all proofs lead to (C2SP checkpoint); keys/ID.pem the public keys
    anchors.json       heads left outside, each with the proof that this head's log begins with it, and its receipt
    bodies/SHA256      what came in, byte for byte; texts/VERSION.txt the canonical text that offsets count on

The bytes depend on the ledger, the ids and the time alone. Other people's bodies are in it: mind their rights and
safety.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from khabar.errors import UsageFault
from khabar.ledger.bodies import read_body
from khabar.ledger.codec import to_json, unpack_record
from khabar.ledger.gathering import Gathered
from khabar.ledger.keys import Signer, pem_of
from khabar.ledger.log import Entry, entries, head_of, index_of, last_entry, proof_of, public_keys, subtree
from khabar.ledger.merkle import consistency_proof
from khabar.ledger.notes import note_of
from khabar.ledger.schema import LOGGED
from khabar.ledger.store import View
from khabar.model.documents import Version
from khabar.model.identity import digest

FORMAT = "khabar bundle 1"
SHEET, MANIFEST, SIGNATURE, RECORDS = "evidence.html", "manifest.json", "manifest.sig", "records.jsonl"
HEAD, ANCHORS = "head.note", "anchors.json"
Json = dict[str, Any]


def bundle(view: View, gathered: Gathered, *, sheet: str, made_at: str, signer: Signer) -> bytes:
    """The zip. Raises UsageFault if the ledger's newest head is not signed."""
    head = signed_head(view)
    records = [record(view, table, seq, head) for table, seq in gathered.records]
    files: dict[str, bytes] = {
        SHEET: sheet.encode(),
        RECORDS: b"".join(to_json(row) + b"\n" for row in records),
        HEAD: note_of(head_of(view, head), public_keys(view)[head.key_id or ""]).encode(),
        ANCHORS: to_json(_anchors(view, head)),
    }
    files |= {f"keys/{key_id}.pem": pem_of(key) for key_id, key in public_keys(view).items()}
    files[f"keys/{signer.key_id}.pem"] = pem_of(signer.public_key)
    files |= _contents(view, gathered)
    manifest = to_json(
        {
            "format": FORMAT,
            "made_at": made_at,
            "ledger_id": head_of(view, head).ledger_id,
            "claims": [row.claim_id for row in gathered.claims],
            "events": [event.event_id for event in gathered.events],
            "signed_by": signer.key_id,
            "files": {name: {"sha256": digest(data), "size": len(data)} for name, data in sorted(files.items())},
        }
    )
    return _zipped({MANIFEST: manifest, SIGNATURE: signer.sign(manifest).encode(), **files}, made_at)


def signed_head(view: View) -> Entry:
    """The newest entry. Raises UsageFault if it is not signed."""
    head = last_entry(view)
    if head is None or head.key_id is None:
        raise UsageFault(f"{view.path}: its newest head is not signed; add something with the key at hand first")
    return head


def record(view: View, table: str, seq: int, head: Entry) -> Json:
    """One record with its proof; bytes as base64, a body's by their digest alone."""
    names = next(known.names for known in LOGGED if known.name == table)
    listed = ", ".join(f'"{name}"' for name in names)
    (values,) = view.rows(f"SELECT {listed} FROM {table} WHERE seq = ?", (seq,))  # noqa: S608 - own names
    row = dict(zip(names, values, strict=True))
    sha = row.pop("row_sha256")
    index = index_of(view, table, seq)
    plain = {name: _plain(value, whole=table != "body") for name, value in row.items()}
    proof = proof_of(view, index, head.size)
    return {"table": table, "seq": seq, "row": plain, "row_sha256": sha, "leaf": index, "proof": proof}


def _plain(value: Any, *, whole: bool) -> Any:
    """A value as JSON holds it."""
    if not isinstance(value, bytes):
        return value
    return {"base64": base64.b64encode(value).decode()} if whole else {"sha256": digest(value)}


def _contents(view: View, gathered: Gathered) -> dict[str, bytes]:
    """The bodies and texts of the gathered records; purged ones are not there."""
    out: dict[str, bytes] = {}
    for table, seq in gathered.records:
        if table == "body":
            ((sha,),) = view.rows("SELECT body_sha256 FROM body WHERE seq = ?", (seq,))
            body = read_body(view, sha)
            out |= {f"bodies/{sha}": body} if body is not None else {}
        elif table == "version":
            ((version_id, stored),) = view.rows("SELECT version_id, record FROM version WHERE seq = ?", (seq,))
            text = unpack_record(stored, Version).text if stored else None
            out |= {f"texts/{version_id}.txt": text.encode("utf-8", "surrogatepass")} if text is not None else {}
    return out


def _anchors(view: View, head: Entry) -> list[Json]:
    """The heads that were left outside, with the proofs that lead from them to this one."""
    sizes = {entry.size: entry for entry in entries(view)}
    out = []
    for kind, place, size, root, receipt in view.rows("SELECT kind, place, size, root_sha256, receipt FROM anchor"):
        steps = consistency_proof(size, head.size, subtree(view))
        out.append(
            {
                "kind": kind,
                "place": place,
                "size": size,
                "root_sha256": root,
                "text": head_of(view, sizes[size]).text,
                "receipt": base64.b64encode(receipt).decode() if receipt else None,
                "consistency": [step.hex() for step in steps],
            }
        )
    return out


def _zipped(files: Mapping[str, bytes], made_at: str) -> bytes:
    """The files as a zip, the same bytes for the same files and time."""
    out = io.BytesIO()
    moment = tuple(int(made_at[at : at + width]) for at, width in ((0, 4), (5, 2), (8, 2), (11, 2), (14, 2), (17, 2)))
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, moment)  # type: ignore[arg-type]  # six numbers
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            made.writestr(entry, data)
    return out.getvalue()

"""Heads of the log left where whoever changes the ledger cannot reach, and read back from there.

In: a head, a place. Out: the head at that place, and a row of the ledger that says so. Kinds that plug in: ``file``, a
path, best on another disk, to which the note is appended; ``git``, a folder that is a git repository, in which the file
of notes is committed; ``rfc3161``, the reply of a time-stamp authority. An anchor that the same person can rewrite
proves nothing: give it to somebody else, print it, or have it stamped.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from khabar.errors import StoreDamaged, UsageFault
from khabar.ledger import keeping
from khabar.ledger.durable import append_text, sync_folder
from khabar.ledger.flat import Flat
from khabar.ledger.log import Entry, entries, head_of, last_entry, public_keys
from khabar.ledger.notes import Head, heads_in, key_id_of, note_of
from khabar.ledger.stamps import stamped
from khabar.ledger.store import Stamp, View, Writer
from khabar.ledger.verify_log import Outside
from khabar.model.identity import digest

FLUSHED = ("-c", "core.fsync=all", "-c", "core.fsyncMethod=fsync", "-c", "core.fsyncObjectFiles=true")
"""lets git flush what it writes; the last is for git before 2.36"""
DER = b"\x30"
"""first byte of a time-stamp reply"""


@dataclass(frozen=True, slots=True)
class Left:
    """Where a head was left: kind, place, and what came back (the commit's id, the time-stamp token)."""

    kind: str
    place: str
    receipt: bytes | None = None


def newest_head(view: View) -> Head:
    """The newest head. Raises UsageFault if there is none that is signed."""
    entry = last_entry(view)
    if entry is None or entry.key_id is None:
        raise UsageFault(f"{view.path}: its newest head is not signed; add something with the key at hand first")
    return head_of(view, entry)


def newest_note(view: View) -> str:
    """The newest head that is signed, as a signed note. Raises UsageFault if there is none."""
    head = newest_head(view)
    return note_of(head, public_keys(view)[head.key_id or ""])


def leave(place: Path, note: str) -> Left:
    """Append a note to a file, or to the file of notes in a git repository; it is on the disk when this returns.

    Raises UsageFault if the place cannot be written.
    """
    if (place / ".git").exists():
        name = f"{note.splitlines()[0].replace('/', '-')}.heads"
        _append(place / name, note)
        return Left("git", str(place), _commit(place, name))
    _append(place, note)
    return Left("file", str(place))


def append_anchor(writer: Writer, head: Head, left: Left, *, stamp: Stamp, operator: str) -> None:
    """Note in the ledger that a head was left at a place."""
    row: Flat = {"kind": left.kind, "place": left.place, "receipt": left.receipt}
    row |= {"size": head.size, "root_sha256": head.root_sha256}
    custody: Flat = {"action": "anchored", "subject": f"head of {head.size} records", "operator": operator}
    with writer.appending(stamp):
        writer.insert(keeping.ANCHOR, row, stamp)
        writer.insert(keeping.CUSTODY, {**custody, "note": f"{left.kind} {left.place}"}, stamp)


def entry_stamped(view: View, imprint_sha256: str) -> Entry | None:
    """The entry whose head an authority stamped."""
    return next((e for e in entries(view) if digest(head_of(view, e).text.encode()) == imprint_sha256), None)


def outside_of(paths: Iterable[Path], keys: Iterable[bytes], roots: Sequence[x509.Certificate] = ()) -> Outside:
    """What anchors hold: files of notes, folders of such files (git), replies of a time-stamp authority.

    Raises UsageFault for what is not there, StoreDamaged for what is none of these.
    """
    heads: list[tuple[str, Head]] = []
    imprints: list[tuple[str, str]] = []
    for path in paths:
        for file in sorted(path.glob("*.heads")) if path.is_dir() else [path]:
            try:
                data = file.read_bytes()
            except OSError as error:
                raise UsageFault(f"{file}: {error.strerror}; give a file of heads or a time stamp") from error
            if data[:1] == DER:
                imprints.append((str(file), stamped(data, str(file), roots).imprint_sha256))
            else:
                heads += [(str(file), head) for head in heads_in(_text(data, file), str(file))]
    return Outside(heads=heads, imprints=imprints, keys={key_id_of(key): key for key in keys})


def recorded(view: View, roots: Sequence[x509.Certificate] = ()) -> tuple[Outside, list[str]]:
    """The anchors that the ledger itself names. Out: what they hold, and notes on those that cannot be reached."""
    paths: dict[Path, None] = {}
    imprints: list[tuple[str, str]] = []
    notes: list[str] = []
    for seq, kind, place, receipt in view.rows("SELECT seq, kind, place, receipt FROM anchor ORDER BY seq"):
        if kind == "rfc3161":
            proof = stamped(receipt, f"anchor {seq}", roots)
            imprints.append((f"anchor {seq}", proof.imprint_sha256))
            if not proof.checked:
                notes.append(f"anchor {seq}: time stamp of {proof.stamped_at}; give --authority to check who made it")
        elif Path(place).exists():
            paths[Path(place)] = None
        else:
            notes.append(f"anchor {seq}: {place} cannot be reached from here")
    found = outside_of(paths, ())
    return Outside(heads=found.heads, imprints=(*imprints, *found.imprints)), notes


def _append(path: Path, note: str) -> None:
    """Append to a file; it is on the disk when this returns."""
    try:
        append_text(path, note)
    except OSError as error:
        raise UsageFault(f"{path}: the head cannot be left there ({error.strerror})") from error


def _commit(folder: Path, name: str) -> bytes:
    """Commit one file; the commit is on the disk when this returns. Out: its id."""
    who = ("-c", "user.name=khabar", "-c", "user.email=khabar@localhost", "-c", "commit.gpgsign=false")
    _git(folder, *FLUSHED, "add", "--", name)
    _git(folder, *FLUSHED, *who, "commit", "-q", "-m", f"Head of {name}", "--", name)
    ids = _git(folder, "rev-parse", "HEAD", "HEAD^{tree}", f"HEAD:{name}").split()
    branch = _git(folder, "rev-parse", "--symbolic-full-name", "HEAD")
    kept = ("objects", *(f"objects/{known[:2]}" for known in ids), branch)
    named = (argument for path in kept for argument in ("--git-path", path))
    paths = [folder / path for path in _git(folder, "rev-parse", *named).splitlines()]
    try:
        for inside in sorted({*paths[:-1], paths[-1].parent}):  # git flushes its files, but not their folders
            if inside.is_dir():
                sync_folder(inside)
    except OSError as error:
        raise UsageFault(f"{folder}: the head cannot be left there ({error.strerror})") from error
    return ids[0].encode()


def _git(folder: Path, *words: str) -> str:
    """What git says. Raises UsageFault if there is no git, or if it fails."""
    git = shutil.which("git")
    if git is None:
        raise UsageFault(f"{folder}: a git repository, but there is no git to commit with; give a file instead")
    done = subprocess.run([git, "-C", str(folder), *words], capture_output=True, check=False)  # noqa: S603 - git, own words
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise UsageFault(f"{folder}: git failed: {said}")
    return done.stdout.decode("utf-8", "replace").strip()


def _text(data: bytes, file: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise StoreDamaged(f"{file}: neither heads nor a time stamp") from error

"""Copies of a ledger while others write to it, and a ledger back from a copy.

In: paths. Out: a file that is one moment of the ledger, whole: written under another name, flushed, checked, then
renamed. A file that stands at the target is never overwritten. What it cannot do: copy what was committed after it
began.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import apsw

from khabar.errors import StoreDamaged, UsageFault
from khabar.ledger.checking import Progress, VerifyReport
from khabar.ledger.durable import sync_folder
from khabar.ledger.sqlite import faults, open_for_reading
from khabar.ledger.store import open_view
from khabar.ledger.verify import verify

PART = ".part"


def back_up(path: Path, target: Path, *, progress: Progress | None = None) -> VerifyReport:
    """Copy a ledger as it is now, and check the copy. Raises UsageFault if something stands at the target."""
    part = _free(target)
    try:
        copy_file(path, part)
        report = checked(part, progress)
        _settle(part, target)
    finally:
        part.unlink(missing_ok=True)
    return report


def restore(backup: Path, path: Path, *, progress: Progress | None = None) -> VerifyReport:
    """Make a ledger from a copy that was checked. Raises UsageFault if a ledger stands there, StoreDamaged for a bad copy."""
    part = _free(path)
    report = checked(backup, progress)
    try:
        shutil.copyfile(backup, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        _settle(part, path)
    finally:
        part.unlink(missing_ok=True)
    return report


def copy_file(path: Path, target: Path) -> None:
    """One moment of a ledger of any version as a file of its own, without write-ahead log."""
    source = open_for_reading(path, older=True)
    try:
        with faults(target):
            copy = apsw.Connection(str(target))
            try:
                source.copy_into(copy)
                copy.pragma("journal_mode", "delete")
            finally:
                copy.close()
    finally:
        source.close()


def checked(path: Path, progress: Progress | None = None) -> VerifyReport:
    """The report on a ledger without faults. Raises StoreDamaged for one that has any."""
    with open_view(path) as view:
        report = verify(view, progress=progress)
    if report.faults:
        raise StoreDamaged(f"{path}: {len(report.faults)} faults, the first: {report.faults[0]}")
    return report


def _free(target: Path) -> Path:
    """The name under which the target is written first."""
    if not target.parent.is_dir():
        raise UsageFault(f"{target}: there is no folder {target.parent}")
    if target.exists():
        raise UsageFault(
            f"{target}: stands there already and is never overwritten; choose another name or move it away"
        )
    part = target.with_name(target.name + PART)
    part.unlink(missing_ok=True)
    return part


def _settle(part: Path, target: Path) -> None:
    """Give a finished file its name, so that it is there whole or not at all, and after a power cut as well."""
    try:
        target.hardlink_to(part)  # unlike rename, refuses if somebody was faster
    except FileExistsError as error:
        raise UsageFault(f"{target}: stands there already and is never overwritten") from error
    sync_folder(target.parent)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

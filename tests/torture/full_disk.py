"""R4: a disk that is really full (a small tmpfs; root alone can mount one).

In: megabytes. Out: whether the caller was told, what was acknowledged is there, reading works, and writing goes on once
there is room again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khabar.errors import KhabarError
from khabar.ledger.store import Writer, open_view
from khabar.ledger.verify import verify
from tests.ledger.making import append, make_article
from tests.torture.outcome import Outcome

BALLAST = 1 << 20


def may_mount() -> bool:
    """Whether a small disk can be had here."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    try:
        with small_disk(1):
            return True
    except subprocess.CalledProcessError:
        return False


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A file system of that size, in memory."""
    with tempfile.TemporaryDirectory() as name:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", name]
        subprocess.run(mount, check=True, capture_output=True)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True, capture_output=True)


def trial(megabytes: int = 4) -> Outcome:
    """R4."""
    with small_disk(megabytes) as folder:
        ballast = folder / "ballast"
        ballast.write_bytes(bytes(BALLAST))
        told, error = fill(folder / "l.sqlite")
        with open_view(folder / "l.sqlite") as view:
            there = {version_id for (version_id,) in view.rows("SELECT version_id FROM version")}
            sound = not verify(view).faults
        ballast.unlink()
        with Writer(folder / "l.sqlite") as writer:
            again = append(writer, make_article("afterwards"))
            sound = sound and not verify(writer.view).faults
    found = (
        f"{len(told):,} articles, then {error!r}; {len(told - there)} lost, reads work, goes on with {again.value!r}"
    )
    held = "full" in error and told <= there and sound
    return Outcome(trial="R4 full disk", number=f"{megabytes} MB", found=found, held=held)


def fill(path: Path) -> tuple[set[str], str]:
    """Append until the disk is full. Out: what was acknowledged, and the message."""
    told: set[str] = set()
    with Writer(path) as writer:
        while True:
            article = make_article(str(len(told)), where=f"Village {len(told)}")
            try:
                append(writer, article)
            except KhabarError as error:
                return told, str(error).rpartition(": ")[2]
            told.add(article.version.version_id)

"""Files that are on the disk when a call returns: their contents flushed, and the folder that holds their name.

In: paths and contents. Out: nothing; an OSError if it did not come to that. What was appended in vain is taken back, so
that the next note does not stand behind half a one. It can do no more than the disk: one that lies about flushing loses.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import IO


def append_text(path: Path, text: str) -> None:
    """Append to a file, which is made if it is not there."""
    data = text.encode()
    with path.open("ab", buffering=0) as file:
        before = file.tell()
        try:
            _write(file, data)
            sync_folder(path.parent)
        except OSError:
            if path.stat().st_size <= before + len(data):  # nobody else has appended meanwhile
                os.truncate(path, before)
            raise


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet. Raises FileExistsError if it is."""
    with path.open("xb") as file:
        _write(file, data)
    sync_folder(path.parent)


def _write(file: IO[bytes], data: bytes) -> None:
    """All of it, flushed."""
    if file.write(data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush a folder, so that the names in it outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

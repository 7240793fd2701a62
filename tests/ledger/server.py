"""A throw-away PostgreSQL server of the tests' own: a cluster in a temporary folder, reached through a socket there.

In: a folder. Out: a running Cluster; ``url(schema)`` names an empty ledger on it. PostgreSQL refuses to run as root, so there
it runs as the user ``postgres`` or ``nobody``. Where no server is installed the tests that need one are skipped, save under
CI, where that is a failure (``scripts/postgres.sh`` installs it).
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

START_SECONDS = 30
FOLDERS = ("/usr/lib/postgresql", "/usr/local/lib/postgresql", "/usr/local/pgsql")


def binary(name: str) -> str | None:
    """A program of the server, on the path or where Debian keeps it; the newest."""
    beside = (p for folder in FOLDERS for p in sorted(Path(folder).glob(f"*/bin/{name}"), reverse=True))
    return shutil.which(name) or next((str(p) for p in beside), None)


def account() -> dict[str, Any]:
    """Arguments that let a process run without root's rights; nothing where there are none to give up."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


class Cluster:
    """A running server."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self.folder = folder
        self.process = process

    def url(self, schema: str, *, user: str = "khabar") -> str:
        """A place for a ledger."""
        return f"postgresql://{user}@localhost/postgres?host={self.folder}&schema={schema}"

    def kill(self) -> None:
        """Pull the plug: no shutdown, no checkpoint."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def make(folder: Path) -> None:
    """A new cluster whose only user is ``khabar``."""
    if os.geteuid() == 0:
        os.chown(folder, account()["user"], account()["group"])
    initdb = [
        binary("initdb") or "initdb",
        "-D",
        str(folder / "data"),
        "-U",
        "khabar",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    subprocess.run([*initdb, "--locale=C"], check=True, capture_output=True, cwd=folder, **account())


def start(folder: Path) -> Cluster:
    """Run the cluster of a folder, and wait until it answers."""
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "max_connections=50"]
    options += ["-c", "max_wal_size=256MB", "-c", "dynamic_shared_memory_type=mmap"]  # nothing outside of the folder
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [binary("postgres") or "postgres", "-D", str(folder / "data"), *options],
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
            **account(),
        )
    ready = [binary("pg_isready") or "pg_isready", "-h", str(folder), "-t", str(START_SECONDS), "-q"]
    for _ in range(START_SECONDS * 10):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {(folder / 'log').read_text(errors='replace')[-2000:]}")
        if subprocess.run(ready, check=False).returncode == 0:
            return Cluster(folder, process)
        process.poll()
    raise RuntimeError("the server does not answer")


@contextmanager
def running(folder: Path) -> Iterator[Cluster]:
    """A new server while the block runs."""
    make(folder)
    cluster = start(folder)
    try:
        yield cluster
    finally:
        if cluster.process.poll() is None:
            cluster.process.send_signal(signal.SIGQUIT)  # no checkpoint: it takes a minute, and nobody comes again
            cluster.process.wait(timeout=START_SECONDS)

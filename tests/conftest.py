"""What all tests share: no settings of the user's own, and both stores for one test body.

``new_ledger`` makes empty places, in files and on a PostgreSQL server of our own: a test that asks for it, or for
``ledger``, runs over both. Nothing is read from or written to the user's own configuration folder.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from khabar.stores import Place, Server
from tests.ledger.server import Cluster, binary, running

STORES = ("sqlite", "postgres")
NUMBERS = count(1)

NewLedger = Callable[[], Place]


@pytest.fixture(scope="session", autouse=True)
def own_config_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A configuration folder for this run of the tests; child processes have it, too."""
    before = os.environ.get("XDG_CONFIG_HOME")
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("config"))
    yield
    if before is None:
        del os.environ["XDG_CONFIG_HOME"]
    else:
        os.environ["XDG_CONFIG_HOME"] = before


def in_memory(wanted: int) -> str | None:
    """A folder in memory if there is one with that many bytes free: hundreds of ledgers are made there twice as fast."""
    folder = Path("/dev/shm")
    roomy = folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= wanted
    return str(folder) if roomy else None


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running server; a socket's path may not be long, so its folder stands in the system's own place for such."""
    if binary("initdb") is None:
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL server is installed: run scripts/postgres.sh")
        pytest.skip("no PostgreSQL server is installed: scripts/postgres.sh")
    with tempfile.TemporaryDirectory(prefix="khabar-pg-", dir=in_memory(2 << 30)) as name:
        folder = Path(name)
        folder.chmod(0o755)
        with running(folder) as started:
            yield started


@pytest.fixture(scope="module", params=STORES)
def new_ledger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewLedger:
    """Makes a place where no ledger is yet, as often as it is asked."""
    if request.param == "sqlite":
        return lambda: tmp_path_factory.mktemp("ledger") / "l.sqlite"
    server: Cluster = request.getfixturevalue("cluster")
    return lambda: Server(server.url(f"test_{next(NUMBERS)}"))


@pytest.fixture
def ledger(new_ledger: NewLedger) -> Place:
    """A place of a test's own."""
    return new_ledger()

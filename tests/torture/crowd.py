"""R5: many processes write to one ledger, others read it, checkpoints are forced in between.

In: a place, how many writers, commits for each, readers. Out: whether all that was acknowledged is there and nobody saw a
lock, a torn state or a log that does not fit.
"""

from __future__ import annotations

import select
import subprocess
import sys
import tempfile
from pathlib import Path

from khabar.ledger.log import last_entry
from khabar.ledger.schema import LOGGED
from khabar.ledger.store import Writer, open_view
from khabar.ledger.verify import verify
from khabar.stores import Place, Server, place
from tests.ledger.making import append, make_article, typed
from tests.torture.outcome import Outcome
from tests.torture.power import whole

ROOT = Path(__file__).parents[2]
CHECKPOINT = ("PRAGMA wal_checkpoint(PASSIVE)", "CHECKPOINT")
"""of a file, of a server"""


def write(path: Place, name: str, commits: int) -> None:
    """One writer: an id a line once it is committed; every 16th commit it forces a checkpoint."""
    with Writer(path) as writer:
        for number in range(commits):
            article = make_article(f"{name}-{number}", where=f"Village {name} {number}")
            append(writer, article)
            sys.stdout.write(f"{article.version.version_id}\n")
            if number % 16 == 15:
                writer.connection.script(CHECKPOINT[isinstance(path, Server)])


def read(path: Place) -> None:
    """One reader: looks until its input is closed; says how often, and every state that was not whole."""
    looked = torn = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        with open_view(path) as view, view.moment():
            last = last_entry(view)
            counts = " UNION ALL ".join(f"SELECT coalesce(max(seq), 0) AS n FROM {table.name}" for table in LOGGED)
            ((records,),) = view.rows(f"SELECT sum(n) FROM ({counts}) AS counted")
            torn += records != (last.size if last else 0) or not whole(view)
            looked += 1
    sys.stdout.write(f"{looked} {torn}\n")


def trial(*, writers: int, commits: int, readers: int, where: Place | None = None) -> Outcome:
    """R5, in a file of its own unless a place is named."""
    with tempfile.TemporaryDirectory() as name:
        path = where or Path(name) / "l.sqlite"
        Writer(path).close()
        lookers = [start("read", path, stdin=subprocess.PIPE) for _ in range(readers)]
        busy = [start("write", path, str(number), str(commits)) for number in range(writers)]
        told = [child.communicate()[0].split() for child in busy]
        looked = [child.communicate()[0].split() for child in lookers]
        failed = [child.returncode for child in (*busy, *lookers) if child.returncode]
        with open_view(path) as view:
            there = {version_id for (version_id,) in view.rows("SELECT version_id FROM version")}
            report = verify(view)
    acknowledged = {version_id for ids in told for version_id in ids}
    looks, torn = sum(int(seen[0]) for seen in looked if seen), sum(int(seen[1]) for seen in looked if seen)
    lost = writers * commits - len(acknowledged & there)
    found = f"{lost} lost, {len(failed)} processes failed, {torn} of {looks:,} looks torn, {len(report.faults)} faults"
    held = not (lost or failed or torn or report.faults) and looks > 0
    return Outcome(
        trial="R5 crowd", number=f"{writers} writers × {commits:,}, {readers} readers", found=found, held=held
    )


def start(role: str, path: Place, *more: str, stdin: int | None = None) -> subprocess.Popen[str]:
    """One process of the crowd."""
    command = [sys.executable, "-m", "tests.torture.crowd", role, typed(path), *more]
    return subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, text=True, cwd=ROOT)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(place(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        read(place(sys.argv[2]))

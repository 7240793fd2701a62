"""R2: the power goes at any moment; what was synced is there, of the rest any part, torn at 512 bytes.

In: how many cuts, a seed, how SQLite is to sync. Out: in how many of them an acknowledged article was lost, something
was half-written, or the file was damaged. The orders of one run of the real Writer are noted; each cut replays those
before it: synced ones whole, the others since by chance, sector by sector. The cut file is then opened by the real
code. The control with ``synchronous=NORMAL`` must lose something, or the trial cannot see a loss.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import apsw

from khabar.errors import KhabarError
from khabar.ledger.keys import new_signer
from khabar.ledger.log import last_entry
from khabar.ledger.schema import LOGGED
from khabar.ledger.sqlite import open_for_writing
from khabar.ledger.store import View, Writer, open_view
from khabar.ledger.verify import verify
from tests.ledger.making import STAMP, append, make_article, make_fusion
from tests.torture.disk import LoggedDisk, Order, plugged
from tests.torture.outcome import Outcome

SECTOR = 512
ARTICLES = 24
CHECKPOINT_PAGES = 60
"""often enough that cuts fall into checkpoints as well"""
SHARED = Path("/dev/shm")
"""a file system in memory, where there is one: the cuts are simulated, the files need no disk"""
EVERY = 50
"""a full verification each so many cuts; the others look at what was acknowledged, at wholeness and at the file"""


@dataclass(slots=True)
class Tally:
    """What the cuts left."""

    cuts: int = 0
    lost: int = 0
    half: int = 0
    damaged: int = 0

    @property
    def clean(self) -> bool:
        """Nothing lost, half-written or damaged."""
        return not (self.lost or self.half or self.damaged)


def orders(folder: Path, *, synchronous: str | None) -> list[Order]:
    """What a run of the Writer tells the disk, with the ids that it acknowledged in between."""
    path = folder / "l.sqlite"
    with plugged(LoggedDisk()) as disk:
        with Writer(path, new_signer()) as writer:
            if synchronous is not None:
                writer.connection.script(f"PRAGMA synchronous = {synchronous}")
            writer.connection.script(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
            for number in range(ARTICLES):
                article = make_article(str(number), where=f"Village {number}")
                append(writer, article)
                disk.log.append(Order("told", article.version.version_id))
                if number % 7 == 6:
                    writer.append_fusion(make_fusion(article), covers=str(number), stamp=STAMP)
        return list(disk.log)


class Platter:
    """What is on the disk for certain, and what is on its way."""

    def __init__(self) -> None:
        self.files: dict[str, bytearray] = {}
        self.waiting: dict[str, list[Order]] = {}

    def take(self, order: Order) -> None:
        """Carry out an order as far as a disk promises."""
        if order.kind == "sync":
            for waiting in self.waiting.pop(order.file, ()):
                carry_out(self.files.setdefault(order.file, bytearray()), waiting)
        elif order.kind == "delete":  # SQLite has the folder synced with it
            self.files.pop(order.file, None)
            self.waiting.pop(order.file, None)
        elif order.kind != "told":
            self.waiting.setdefault(order.file, []).append(order)

    def cut(self, chance: random.Random) -> dict[str, bytearray]:
        """The files after the power went: any part of what was on its way has arrived."""
        files = {name: bytearray(data) for name, data in self.files.items()}
        for name, waiting in self.waiting.items():
            file = files.setdefault(name, bytearray())
            share = chance.choice((0.0, 0.3, 0.7, 0.95, 1.0))
            for order in waiting:
                for part in sectors(order):
                    if chance.random() < share:
                        carry_out(file, part)
        return files


def carry_out(file: bytearray, order: Order) -> None:
    """A write or truncation on a file in memory."""
    if order.kind == "truncate":
        del file[order.offset :]
        return
    if len(file) < order.offset:
        file.extend(bytes(order.offset - len(file)))
    file[order.offset : order.offset + len(order.data)] = order.data


def sectors(order: Order) -> Iterator[Order]:
    """The parts of a write that arrive or not."""
    if order.kind != "write":
        yield order
        return
    at, end = order.offset, order.offset + len(order.data)
    while at < end:
        stop = min(end, (at // SECTOR + 1) * SECTOR)
        yield Order("write", order.file, at, order.data[at - order.offset : stop - order.offset])
        at = stop


def cuts(count: int, *, seed: int, synchronous: str | None = None) -> Tally:
    """Cut the power so often; ``synchronous`` None is what the Writer itself sets."""
    chance, tally = random.Random(seed), Tally()
    with tempfile.TemporaryDirectory(dir=SHARED if SHARED.is_dir() else None) as name:
        folder = Path(name)
        told_to = orders(folder, synchronous=synchronous)
        made = next(n for n, order in enumerate(told_to) if order.kind == "told")
        moments = sorted(chance.randrange(made, len(told_to) + 1) for _ in range(count))
        platter, at, acknowledged = Platter(), 0, set[str]()
        for moment in moments:
            for order in told_to[at:moment]:
                platter.take(order)
                if order.kind == "told":
                    acknowledged.add(order.file)
            at = moment
            place(platter.cut(chance), folder)
            look(folder / "l.sqlite", acknowledged, tally)
    return tally


def place(files: dict[str, bytearray], folder: Path) -> None:
    """The files after a cut, and no others."""
    for path in folder.iterdir():
        path.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def look(path: Path, acknowledged: set[str], tally: Tally) -> None:
    """Open the ledger as the next start would, and see what is there."""
    tally.cuts += 1
    try:
        open_for_writing(path).close()
        with open_view(path) as view:
            there = {version_id for (version_id,) in view.rows("SELECT version_id FROM version")}
            tally.lost += not acknowledged <= there
            tally.half += not whole(view)
            sound = view.rows("PRAGMA quick_check") == [("ok",)]
            tally.damaged += not sound or (tally.cuts % EVERY == 0 and bool(verify(view).faults))
    except (KhabarError, apsw.Error):
        tally.damaged += 1


def whole(view: View) -> bool:
    """Whether every version has its state, reading, claim and body, and every record its leaf."""
    torn = """SELECT count(*) FROM version v WHERE NOT EXISTS (SELECT 1 FROM state s WHERE s.version_id = v.version_id)
        OR NOT EXISTS (SELECT 1 FROM observation o WHERE o.version_id = v.version_id)
        OR NOT EXISTS (SELECT 1 FROM body b WHERE b.body_sha256 = v.body_sha256)
        OR NOT EXISTS (SELECT 1 FROM reading r JOIN claim c ON c.reading_seq = r.seq WHERE r.version_id = v.version_id)"""
    last = last_entry(view)
    counts = " UNION ALL ".join(f"SELECT coalesce(max(seq), 0) AS n FROM {table.name}" for table in LOGGED)
    ((records,),) = view.rows(f"SELECT sum(n) FROM ({counts}) AS counted")
    return view.rows(torn) == [(0,)] and records == (last.size if last else 0)


def trial(count: int, *, seed: int = 1) -> Outcome:
    """R2 with its control."""
    full, normal = cuts(count, seed=seed), cuts(max(200, count // 50), seed=seed, synchronous="NORMAL")
    found = f"FULL: {full.lost} lost, {full.half} half-written, {full.damaged} damaged; "
    found += f"control NORMAL: {normal.lost} of {normal.cuts} cuts lost something, as they must"
    return Outcome(trial="R2 power cuts", number=f"{full.cuts:,}", found=found, held=full.clean and normal.lost > 0)

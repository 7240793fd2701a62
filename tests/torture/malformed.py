"""S8: malformed documents through the whole intake.

In: how many mutants go through extraction and the ledger, and how many through the real reader as well; a seed. Out:
how many raised something that is no refusal, gave a span that is not in its text, or put a lone surrogate into the
store. Mutants come from the project's own examples: bytes flipped, cut, doubled, spliced, tags and entities broken, odd
characters put in.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from khabar.ledger.checking import Tally
from khabar.ledger.store import Writer, open_view
from khabar.ledger.verify import check_reading, verify
from khabar.model.articles import ReadArticle
from khabar.model.claims import Reading
from khabar.model.documents import Version
from khabar.model.links import Resolution
from khabar.run.add import Done, add
from khabar.run.stages import Workbench, unread
from tests.acceptance.whole import ROOT, RUN, bench, submissions
from tests.torture.outcome import Outcome, in_memory

LEDGER = 5_000
"""documents that one ledger of the trial gets"""
SUFFIXES = (".html", ".txt", ".jsonl")
ODD = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"&#xD800;", b"&#0;", b"&#x110000;", b"\xe2\x80\xae", b"<![CDATA[", b"<!--",
    b"<script>", b"</p></div></article>", b"<p" * 50, b"&amp" * 30, "\N{COMBINING ACUTE ACCENT}".encode() * 40,
    "\N{ZERO WIDTH JOINER}".encode(), b"\r\r\n", b"<meta charset=utf-7>", b'<base href="javascript:x">', b"<table>" * 40,
    "\N{GRINNING FACE}".encode(), b"\xc0\xaf", b"<svg><style>", b"\\ud800", b"\\u0000", b"{", b"}\n{", b"<title>",
    "\N{LEFT-TO-RIGHT OVERRIDE}".encode(),
)  # fmt: skip
"""what is put in: bytes that no encoding has, surrogates, direction marks, markup that never ends"""


def mutant(data: bytes, chance: random.Random) -> bytes:
    """One malformed document."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(out) + 1)
        what = chance.randrange(6)
        if what == 0 and out:
            out[at % len(out)] ^= 1 << chance.randrange(8)
        elif what == 1:
            del out[at : at + chance.choice((1, 5, 200, 3000))]
        elif what == 2:
            out[at:at] = out[at : at + chance.choice((5, 60, 900))]
        elif what == 3:
            other = chance.randrange(len(out) + 1)
            out[at:at] = out[other : other + 80]
        else:
            out[at:at] = chance.choice(ODD)
    return bytes(out)


def mutants(folder: Path, count: int, chance: random.Random) -> Path:
    """A folder of malformed files: pages, texts, and lines of JSON."""
    own = [p for p in sorted((ROOT / "examples").rglob("*")) if p.suffix in SUFFIXES]
    for number in range(count):
        one = chance.choice(own)
        suffix = one.suffix if chance.random() < 0.8 else chance.choice(SUFFIXES)
        (folder / f"m{number}{suffix}").write_bytes(mutant(one.read_bytes(), chance))
    return folder


def quick(real: Workbench) -> Workbench:
    """The real extraction without the reader."""
    return replace(real, read=lambda version: unread(version, "not read"), revise=real.revise)


def trial(count: int, *, read: int, seed: int = 1) -> Outcome:
    """S8, in ledgers of so many documents: mutants of a few pages are all on one story, which no real ledger is."""
    chance, real = random.Random(seed), bench()
    faults: list[str] = []
    taken = refused = 0
    for extracted, reads in portions(count, read):
        parts = (("extracted", quick(real), extracted), ("read", watched(real, faults), reads))
        more = taken_in(parts, chance, faults)
        taken, refused = taken + more[0], refused + more[1]
    found = f"{taken:,} taken, {refused:,} refused with a reason, {len(faults)} faults"
    found += f", the first: {faults[0]}" if faults else ""
    return Outcome(
        trial="S8 malformed documents", number=f"{count:,} extracted, {read:,} read", found=found, held=not faults
    )


def portions(count: int, read: int) -> list[tuple[int, int]]:
    """How many documents each ledger gets, to be extracted and to be read."""
    rounds = max(1, -(-count // LEDGER))
    return [
        (count * (n + 1) // rounds - count * n // rounds, read * (n + 1) // rounds - read * n // rounds)
        for n in range(rounds)
    ]


def taken_in(parts: Sequence[tuple[str, Workbench, int]], chance: random.Random, faults: list[str]) -> tuple[int, int]:
    """Mutants into a ledger for each part. Out: how many were taken and refused; what is wrong goes into ``faults``."""
    taken = refused = 0
    with tempfile.TemporaryDirectory(dir=in_memory()) as name:
        for part, workbench, number in parts:
            path, folder = Path(name) / f"{part}.sqlite", Path(name) / part
            folder.mkdir()
            told: list[Done] = []
            with Writer(path) as writer:
                add(submissions([mutants(folder, number, chance)]), writer, workbench, run=RUN, progress=told.append)
            refused += sum(done.reason is not None for done in told)
            taken += sum(done.reason is None for done in told)
            faults += [
                f"{done.name}: {done.reason}" for done in told if done.reason and "fault of khabar" in done.reason
            ]
            with open_view(path) as view:
                faults += verify(
                    view
                ).faults  # also cuts every span, and reads every text: no surrogate is in the store
    return taken, refused


def watched(real: Workbench, faults: list[str]) -> Workbench:
    """The real stages, every reading looked at before it is stored."""

    def resolve(version: Version, reading: Reading) -> Resolution:
        article = ReadArticle(version=version, reading=reading, resolution=real.resolve(version, reading))
        tally = Tally()
        check_reading(article, tally)
        faults.extend(tally.faults)
        if any("\ud800" <= letter <= "\udfff" for letter in version.text):
            faults.append(f"{version.input_id}: a lone surrogate")
        return article.resolution

    return replace(real, resolve=resolve)

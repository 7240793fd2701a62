"""R10: one bit flips anywhere in the file of a ledger.

In: how many flips. Out: in how many of them the ledger would have answered with something else than what was stored
without ``verify`` noticing. A flip that changes no answer (in the unused part of a page) is harmless and counted apart.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import apsw

from khabar.errors import KhabarError
from khabar.ledger import questions
from khabar.ledger.answers import ClaimFilter
from khabar.ledger.keys import new_signer
from khabar.ledger.schema import TABLES
from khabar.ledger.store import View, Writer, open_view
from khabar.ledger.verify import verify
from khabar.model.identity import digest
from tests.ledger.making import STAMP, append, make_article, make_fusion, revised
from tests.torture.outcome import Outcome

FILLING = 25
"""articles more, so that the pages are not mostly empty"""


def ledger(path: Path) -> None:
    """A small ledger with a bit of everything."""
    first = make_article("one")
    second, revision = revised(first, who="armed men", where="Port Maraq")
    other = make_article("two", who="the Vesh army", where="Tal Dorin")
    with Writer(path, new_signer()) as writer:
        append(writer, first)
        append(writer, second, revision)
        append(writer, other)
        for number in range(FILLING):
            append(writer, make_article(str(number), where=f"Village {number}"))
        writer.append_fusion(make_fusion(second, other), covers="x", stamp=STAMP)


def answers(view: View) -> str:
    """Digest of all that a ledger can be asked: every row, and the named questions."""
    rows = [view.rows(f"SELECT * FROM {table.name} ORDER BY seq") for table in TABLES]
    asked = [
        questions.claims(view),
        questions.claims(view, ClaimFilter(actor="vesh", place="tal dorin", all_versions=True)),
        questions.events(view),
        questions.spells(view),
        questions.edits(view),
        questions.articles(view),
        questions.observations(view),
        list(questions.all_current(view)),
    ]
    return digest(repr((rows, asked)).encode())


def trial(flips: int, *, seed: int = 1) -> Outcome:
    """R10."""
    chance = random.Random(seed)
    noticed = harmless = served = 0
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "l.sqlite"
        ledger(path)
        with open_view(path) as view:
            right = answers(view)
        clean = path.read_bytes()
        for _ in range(flips):
            data = bytearray(clean)
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            clear(path)
            path.write_bytes(bytes(data))
            if faulty(path):
                noticed += 1
            elif same(path, right):
                harmless += 1
            else:
                served += 1
    found = f"{noticed:,} noticed, {harmless:,} in unused bytes, {served} served wrongly"
    return Outcome(trial="R10 bit rot", number=f"{flips:,} flips", found=found, held=served == 0 and noticed > 0)


def clear(path: Path) -> None:
    """Nothing of the flip before is left."""
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()


def faulty(path: Path) -> bool:
    """Whether opening or verifying says that something is wrong."""
    try:
        with open_view(path) as view:
            return bool(verify(view).faults)
    except (KhabarError, apsw.Error):
        return True


def same(path: Path, right: str) -> bool:
    """Whether all answers are still the right ones; an error is no wrong answer."""
    try:
        with open_view(path) as view:
            return answers(view) == right
    except (KhabarError, apsw.Error):
        return True

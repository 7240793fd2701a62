"""R8: captures that are delivered in any order give the same versions and the same edits.

In: how many orders, for how many of them the real extraction and comparison are used, and for how many all real stages; a
seed. Out: whether the
states of every article, the edits between them and the claims of its newest state are those of the order of instants.
The captures are of a few pages that change, come back, and differ only in white space; each order is cut into several
runs, some captures are delivered twice.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from khabar.ledger import questions
from khabar.ledger.codec import to_text
from khabar.ledger.store import View, Writer
from khabar.ledger.verify import verify
from khabar.model.documents import Submission
from khabar.run.add import Run, add
from khabar.run.stages import Workbench
from tests.acceptance import whole as real
from tests.ledger.making import TEXT
from tests.run.fakes import BENCH
from tests.torture.again import silent
from tests.torture.outcome import Outcome
from tests.watch import site

RUN = Run(run_id="run-1", code_version="khabar test", clock=lambda: "2026-06-01T00:00:00Z")
ARTICLES = 3
STATES = ("abac", "abbca", "aAbBa", "abab", "aABbC", "abcAB", "baab")
"""what a page said, capture by capture: a capital letter says the same as the small one in other white space"""
Make = Callable[[str, str, str], Submission]


def told(view: View) -> dict[str, list[str]]:
    """What the ledger says of its articles: states in order, edits with their places, newest claims."""
    articles = sorted(row.article_id for row in questions.articles(view))
    states = [
        f"{article_id} {row.ordinal} {row.version_id} {row.revises}"
        for article_id in articles
        for row in questions.versions_of(view, article_id)
    ]
    edits = [
        f"{row.article_id} {row.before_ordinal} {row.after_ordinal} {to_text(row.revision)}"
        for row in questions.edits(view)
    ]
    claims = [f"{row.version_id} {row.claim_id} {row.sentence}" for row in questions.claims(view)]
    events = [to_text(event) for event in questions.events(view)]
    counts = questions.totals(view)
    return {
        "states": states,
        "edits": sorted(edits),
        "claims": sorted(claims),
        "events": sorted(events),
        "counts": [str(counts.versions), str(counts.edits)],
    }


def plain(url: str, letter: str, at: str) -> Submission:
    """A capture of a text for the small stages."""
    words = TEXT.format(who=f"Brigade {letter.lower()}", where="Port Maraq")
    words = words.replace(" on Monday", "  on Monday") if letter.isupper() else words
    return Submission(name=url, input_id=url, url=url, text=words, observed_at=at, memento=True)


def page(url: str, letter: str, at: str) -> Submission:
    """A capture of a page for the real extraction and comparison."""
    first = (
        f"Crews of the {letter.lower()} shift said on Monday that the bridge at Sorrin would stay closed for a week."
    )
    body = site.page(f"Bridge {letter.lower()} at Sorrin to reopen", first, *site.BODY)
    html = body.replace(b"<p>", b"<p>  ") if letter.isupper() else body
    return Submission(name=url, input_id=url, url=url, html=html, observed_at=at, memento=True)


def captures(make: Make, chance: random.Random) -> list[Submission]:
    """The captures of some pages in the order of their instants, one a day and page."""
    pages = [(f"https://kestrel.example/{n}", chance.choice(STATES)) for n in range(ARTICLES)]
    days = range(max(len(states) for _, states in pages))
    return [
        make(url, states[day], f"2026-03-{day + 1:02}T0{n}:00:00Z")
        for day in days
        for n, (url, states) in enumerate(pages)
        if day < len(states)
    ]


def delivered(path: Path, given: Sequence[Submission], bench: Workbench, cuts: Sequence[int]) -> dict[str, list[str]]:
    """Put captures into a ledger in a few runs; what it tells then."""
    with Writer(path) as writer:
        for start, end in zip([0, *cuts], [*cuts, len(given)], strict=True):
            add(given[start:end], writer, bench, run=RUN, progress=silent)
        faults = verify(writer.view).faults
        return {**told(writer.view), "faults": list(faults)}


def differing(make: Make, bench: Workbench, chance: random.Random, folder: Path) -> list[str]:
    """Deliver the captures of some pages in order and out of order. Out: in what the ledgers differ."""
    inorder = captures(make, chance)
    calm = delivered(folder / "calm.sqlite", inorder, bench, ())
    mixed = inorder + chance.sample(inorder, 3)
    chance.shuffle(mixed)
    cuts = sorted(chance.sample(range(1, len(mixed)), 2))
    again = delivered(folder / "mixed.sqlite", mixed, bench, cuts)
    return [f"{kind}: {calm[kind]} became {again[kind]}" for kind in calm if calm[kind] != again[kind]]


def trial(orders: int, *, pages: int, read: int, seed: int = 1) -> Outcome:
    """R8."""
    chance = random.Random(seed)
    faults: list[str] = []
    ways: tuple[tuple[Make, Workbench, int], ...] = (
        (plain, BENCH, orders - pages - read),
        (page, site.BENCH, pages),
        (page, real.bench() if read else BENCH, read),
    )
    for make, bench in (way[:2] for way in ways for _ in range(way[2])):
        with tempfile.TemporaryDirectory() as name:
            faults += differing(make, bench, chance, Path(name))
    found = f"{len(faults)} differences in states, edits, claims or events" + (
        f", the first: {faults[0]}" if faults else ""
    )
    return Outcome(
        trial="R8 captures in any order",
        number=f"{orders:,} orders, {pages + read:,} of pages, {read:,} of them read",
        found=found,
        held=not faults,
    )

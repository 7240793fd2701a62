"""R15: how many bytes the ledger takes for one more state of a page.

In: how many pages and states. Out: bytes for the bodies and for everything, by state, on a corpus that is made here:
pages of 40 to 90 KB, mostly furniture that changes a little with every fetch, a text of some paragraphs with an edit in
every state. The mark, for bodies, is 8 KB.
"""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from itertools import product
from pathlib import Path

from khabar.ledger import questions
from khabar.ledger.store import Writer
from khabar.ledger.verify import verify
from khabar.model.articles import ReadArticle
from khabar.model.identity import digest
from tests.ledger.making import STAMP, arrival, make_article, revised
from tests.torture.outcome import Outcome

MARK = 8 * 1024
SOUNDS = ("ka", "mo", "ri", "ten", "sul", "va"), ("r", "nd", "l", "st"), ("a", "in", "os", "e")
WORDS = tuple("".join(parts) for parts in product(*SOUNDS))


def furniture(chance: random.Random, kilobytes: int) -> list[str]:
    """The parts of a page that are no article."""
    parts, size = [], 0
    while size < kilobytes * 1024:
        words = " ".join(chance.choices(WORDS, k=chance.randint(3, 9)))
        mark = f"{chance.getrandbits(64):016x}"
        parts.append(
            f'<div class="c-{mark[:4]}" id="{mark}"><a href="/{mark[4:9]}/{words.replace(" ", "-")}">{words}</a></div>'
        )
        size += len(parts[-1])
    return parts


def states(chance: random.Random, count: int) -> list[bytes]:
    """One page, fetched so often."""
    around = furniture(chance, chance.randint(40, 90))
    text = [" ".join(chance.choices(WORDS, k=60)) for _ in range(chance.randint(6, 20))]
    out = []
    for _ in range(count):
        for _ in range(12):
            around[chance.randrange(len(around))] = furniture(chance, 1)[0]
        at = chance.randrange(len(text))
        text[at] = text[at].replace(text[at].split()[chance.randrange(60)], chance.choice(WORDS), 1)
        middle = "".join(f"<p>{line}</p>" for line in text)
        half = len(around) // 2
        out.append("\n".join((*around[:half], f"<article>{middle}</article>", *around[half:])).encode())
    return out


def trial(pages: int = 181, versions: int = 10, *, seed: int = 1) -> Outcome:
    """R15."""
    chance = random.Random(seed)
    raw = right = 0
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "l.sqlite"
        with Writer(path) as writer:
            for page in range(pages):
                article: ReadArticle | None = None
                for number, body in enumerate(states(chance, versions)):
                    raw += len(body)
                    article = put(writer, f"page {page}", number, body, article)
            ((stored,),) = writer.view.rows("SELECT sum(length(data)) FROM body")
            for (sha,) in writer.view.rows("SELECT body_sha256 FROM body"):
                right += digest(questions.body(writer.view, sha) or b"") == sha
            faults = verify(writer.view).faults
        size = path.stat().st_size
    count = pages * versions
    each = stored / count
    found = f"{each / 1024:.1f} KB of bodies a version (raw {raw / count / 1024:.0f} KB)"
    found += f", whole file {size / count / 1024:.1f} KB"
    held = each <= MARK and right == count and not faults
    return Outcome(trial="R15 growth", number=f"{count:,} versions of {pages} pages", found=found, held=held)


def put(writer: Writer, name: str, number: int, body: bytes, before: ReadArticle | None) -> ReadArticle:
    """One state of a page into the ledger."""
    if before is None:
        article, revision = make_article(name), None
    else:
        article, revision = revised(before, who=f"Brigade {number}", where="Port Maraq")
    came = replace(arrival(article), body=body)
    writer.append_article(article, arrival=came, revision=revision, sentences={}, stamp=STAMP)
    return article

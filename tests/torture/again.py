"""R7 and R9: work that is broken off and begun again comes to the same; so does everything made anew from the bodies.

In: how many articles, how often it is broken off. Out: whether the set of versions, claims, edits, events is the same,
digest by digest, as of a run that nobody disturbed; for R9 whether two rebuilds from nothing but the stored bodies and
what was said of them give the same exports byte by byte, and, with the same clock, the same root of the log.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from khabar.ledger import questions
from khabar.ledger.answers import ClaimFilter
from khabar.ledger.codec import plain, to_json
from khabar.ledger.log import last_entry
from khabar.ledger.store import View, Writer, open_view
from khabar.ledger.verify import verify
from khabar.model.documents import Submission
from khabar.run.add import Done, add
from khabar.run.stages import Workbench
from khabar.show.export.claims import claims_rows
from khabar.show.export.control import control_rows
from khabar.show.export.events import events_rows
from tests.acceptance.whole import ROOT, RUN, bench, submissions
from tests.run.fakes import BENCH, text
from tests.torture.outcome import Outcome, in_memory

PLACES = ("Port Maraq", "Tal Dorin", "Kesh", "the dunes")


def feed(articles: int) -> list[Submission]:
    """Articles, every fifth of them edited later in the same feed."""
    first = [
        text(f"n{n}", who=f"Brigade {n}", where=PLACES[n % 4], seen="2026-01-02T00:00:00Z") for n in range(articles)
    ]
    edited = [
        text(f"n{n}", who="armed men", where=PLACES[n % 4], seen="2026-01-03T00:00:00Z") for n in range(0, articles, 5)
    ]
    return first + edited


def said(view: View) -> dict[str, list[str]]:
    """Everything that was made of the feed, as sorted digests and ids; how often it was seen is left out."""
    asked = {
        "versions": "SELECT version_id || text_sha256 FROM version",
        "states": "SELECT article_id || ordinal || version_id FROM state",
        "claims": "SELECT claim_id || sentence || word || chain FROM claim",
        "edits": "SELECT content_sha256 FROM revision",
        "events": "SELECT content_sha256 FROM current_event",
        "bodies": "SELECT body_sha256 FROM body",
    }
    return {name: sorted(value for (value,) in view.rows(sql)) for name, sql in asked.items()}


def silent(done: Done) -> None:
    """Nobody watches."""
    del done


def broken_off(submissions: Iterable[Submission], after: int) -> Iterator[Submission]:
    """The documents until somebody presses Ctrl-C."""
    for number, submission in enumerate(submissions):
        if number == after:
            raise KeyboardInterrupt
        yield submission


def resumed(articles: int, *, passes: int, breaks: int, seed: int = 1) -> Outcome:
    """R7."""
    chance, documents = random.Random(seed), feed(articles)
    with tempfile.TemporaryDirectory(dir=in_memory()) as name:
        with Writer(Path(name) / "calm.sqlite") as writer:
            add(documents, writer, BENCH, run=RUN, progress=silent)
            calm = said(writer.view)
        for _ in range(breaks):
            with Writer(Path(name) / "l.sqlite") as writer, suppress(KeyboardInterrupt):
                add(broken_off(documents, chance.randrange(articles)), writer, BENCH, run=RUN, progress=silent)
        for _ in range(passes):
            with Writer(Path(name) / "l.sqlite") as writer:
                add(documents, writer, BENCH, run=RUN, progress=silent)
                again, faults = said(writer.view), verify(writer.view).faults
    differing = [kind for kind in calm if calm[kind] != again[kind]]
    found = f"{len(calm['claims']):,} claims; differing: {', '.join(differing) or 'nothing'}; {len(faults)} faults"
    number = f"{articles:,} articles, {passes} times, broken off {breaks} times"
    return Outcome(trial="R7 broken off and begun again", number=number, found=found, held=not differing and not faults)


def stored(view: View) -> list[Submission]:
    """What was handed in, from the bodies and what was said of them, in the order in which it came."""
    sql = """SELECT o.input_id, o.name, o.declared, o.mime_type, o.memento_at, o.body_sha256
        FROM observation o WHERE body_sha256 IS NOT NULL ORDER BY o.seq"""
    out = []
    for input_id, name, declared, mime, seen, sha in view.rows(sql):
        body = questions.body(view, sha) or b""
        more = {k: v for k, v in json.loads(declared).items() if k != "input_id" and v is not None}
        html, words = (
            (body, None) if str(mime).startswith("text/html") else (None, body.decode("utf-8", "surrogatepass"))
        )
        out.append(Submission(name=name, input_id=input_id, html=html, text=words, observed_at=seen, **more))
    return out


def exported(view: View) -> bytes:
    """All exports of all versions."""
    names = questions.input_ids(view)
    rows = [
        *claims_rows(questions.claims(view, ClaimFilter(all_versions=True))),
        *events_rows(questions.events(view), input_ids=names),
        *control_rows(questions.spells(view), input_ids=names),
        *(plain(row.revision) for row in questions.edits(view)),
    ]
    return b"\n".join(map(to_json, rows))


def rebuilt(paths: Sequence[Path], workbench: Workbench) -> Outcome:
    """R9."""
    with tempfile.TemporaryDirectory() as name:
        first = Path(name) / "first.sqlite"
        documents = [document for document in submissions(paths) if isinstance(document, Submission)]
        with Writer(first) as writer:
            add(documents, writer, workbench, run=RUN, progress=silent)
        with open_view(first) as view:
            bodies, before = stored(view), exported(view)
        made = []
        for number in range(2):
            with Writer(Path(name) / f"{number}.sqlite") as writer:
                add(bodies, writer, workbench, run=RUN, progress=silent)
                last = last_entry(writer.view)
                made.append((exported(writer.view), last.root_sha256 if last else ""))
    same = before == made[0][0] == made[1][0]
    roots = made[0][1] == made[1][1] != ""
    found = f"{len(before):,} bytes of exports {'equal' if same else 'DIFFER'}, roots {'equal' if roots else 'DIFFER'}"
    return Outcome(
        trial="R9 rebuilt from the bodies", number=f"{len(bodies)} documents, twice", found=found, held=same and roots
    )


def rebuilt_examples() -> Outcome:
    """R9 on the bundled examples, with the real stages."""
    return rebuilt([ROOT / "examples"], bench())

"""Documents of a suite to readings, in one process, through the same functions as ``khabar read --json``.

In: rows of a pack ({"id", "text" | "html", "published" …}). Out: contract rows by id; a record that cannot be read is left
out, as the scorers count it. Parser, tables and atlas are loaded once. ``Reader.spent`` keeps (words, CPU seconds) of each
document. Another
calibration can be handed in: ``calibrate.py`` reads with none.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from khabar.capture.inputs import open_inputs
from khabar.capture.versions import make_version, next_version
from khabar.cli.read import Earlier
from khabar.lexicon.calibration import Calibration
from khabar.lexicon.whole import load_lexicon
from khabar.model.articles import ReadArticle
from khabar.model.documents import Refusal, Submission
from khabar.run.add import attempt
from khabar.run.plan import Tools
from khabar.run.stages import Workbench, read_submission
from khabar.settings import load_settings
from khabar.show.export.reading import contract

Row = dict[str, Any]


def workbench(calibration: Calibration | None = None) -> Workbench:
    """The real stages, if need be with another calibration; sentences are not needed to score."""
    tools = Tools(load_settings({}), note)
    if calibration is not None:
        tools.__dict__["lexicon"] = replace(load_lexicon(), calibration=calibration)
    return Workbench(
        make_version=make_version,
        next_version=next_version,
        read=tools.read,
        resolve=tools.resolve,
        revise=tools.revise,
        fuse=tools.fuse,
        batch=tools.batch,
        sentences=lambda _: {},
    )


def note(line: str) -> None:
    """A progress line on standard error."""
    print(line, file=sys.stderr, flush=True)


class Reader:
    """Reads documents and remembers what it cost."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.spent: list[tuple[int, float]] = []
        self.refused: list[str] = []
        self.kept: list[ReadArticle] = []
        self._known: dict[str, Row] = {}

    def read(self, docs: Iterable[Row], *, keep: bool = False) -> dict[str, Row]:
        """Contract rows by id; the same document of another suite is not read again.

        ``keep``: the articles themselves go to ``kept``, so that they can be fused; all of them are read.
        """
        found: dict[str, Row] = {}
        fresh: list[Row] = []
        for doc in docs:
            known = None if keep else self._known.get(key_of(doc))
            if known is None:
                fresh.append(doc)
            else:
                found[doc["id"]] = known
        earlier = Earlier()
        for doc, submission in zip(fresh, submissions(fresh), strict=True):
            row = self._one(submission, earlier, keep=keep)
            if row is not None:
                found[doc["id"]] = self._known[key_of(doc)] = row
        return found

    def _one(self, submission: Submission | Refusal, earlier: Earlier, *, keep: bool) -> Row | None:
        start = time.process_time()
        result: Row | Refusal = (
            submission
            if isinstance(submission, Refusal)
            else attempt(submission, lambda s: self._row(s, earlier, keep=keep))
        )
        if isinstance(result, Refusal):
            self.refused.append(f"{result.input_id}: {result.reason}")
            return None
        self.spent.append((len(result["text"].split()), time.process_time() - start))
        return result

    def _row(self, submission: Submission, earlier: Earlier, *, keep: bool) -> Row:
        article: ReadArticle = read_submission(submission, self.bench)
        if keep:
            self.kept.append(article)
        return contract(article, sentences=defaultdict(str), revision=earlier.revision(article, self.bench))


def key_of(doc: Row) -> str:
    """What makes two documents the same input."""
    return json.dumps(doc, sort_keys=True)


def submissions(docs: list[Row]) -> list[Submission | Refusal]:
    """Documents as ``khabar read`` would take them from a file of JSON lines."""
    if not docs:
        return []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "docs.jsonl"
        path.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in docs), encoding="utf-8")
        return list(open_inputs([str(path)], stdin=BytesIO(), published=None))

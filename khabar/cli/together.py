"""JSON objects of one call, held until it is known which are on one story and what tells of one happening.

In: objects of the contract with the articles they are made of, refusals in their place. Out: lines on standard output, in
order, with ``story`` and ``event`` as the contract has them. Beyond ``HELD`` documents nothing is compared any more: what
was held is printed as it is, the rest as it comes, and a note says so; a ledger makes events of any number of articles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from khabar.cli.output import json_line, note, out
from khabar.model.articles import ReadArticle
from khabar.model.events import Batch

HELD = 2_000
"""documents; some 300 kB of memory each"""
Row = dict[str, Any]


class Together:
    """Collects the objects of a call; ``close`` prints what is held."""

    def __init__(self, compare: Callable[[Sequence[ReadArticle]], Batch], *, held: int = HELD) -> None:
        self._compare = compare
        self._most = held
        self._rows: list[tuple[Row, ReadArticle | None]] = []

    def add(self, row: Row, article: ReadArticle | None = None) -> None:
        """One object more; without an article it is a refusal, or compared with nothing."""
        if self._most == 0:
            out(json_line(row))
            return
        self._rows.append((row, article))
        if len(self._rows) > self._most:
            note(f"more than {self._most:,} documents in one call: printed without story and event; try khabar build")
            self._most = 0
            self._print()

    def close(self) -> None:
        """Compare what is held, and print it."""
        mark([(row, article) for row, article in self._rows if article is not None], self._compare)
        self._print()

    def _print(self) -> None:
        for row, _ in self._rows:
            out(json_line(row))
        self._rows.clear()


def mark(read: Sequence[tuple[Row, ReadArticle]], compare: Callable[[Sequence[ReadArticle]], Batch]) -> None:
    """``story`` on the objects, ``event`` on their predications; stories are counted in the order of the objects."""
    if not read:
        return
    batch = compare([article for _, article in read])
    order = {article.version.version_id: i for i, (_, article) in enumerate(read)}
    stories = sorted(batch.stories, key=lambda story: min(order[version] for version in story))
    story = {version: f"s{i}" for i, group in enumerate(stories, start=1) for version in group}
    event = {(t.version_id, t.predication_id): t.event_id for t in batch.tellings}
    for row, article in read:
        row["story"] = story[article.version.version_id]
        for predication in row["predications"]:
            predication["event"] = event[article.version.version_id, predication["id"]]

"""The reader against the bare parse of the same text, in one process, chunk by chunk in turn.

In: nothing (the bundled examples, and the texts of ../shared/eval where that lies beside the checkout). Out: two lines of
CPU seconds and words per second, and their ratio with its spread over rounds. Only the ratio is to be trusted: machines
differ. The bare parse is the library's own pipeline with our settings and nothing after it.
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from khabar.model.documents import Version
from khabar.run.plan import Tools
from khabar.settings import load_settings

ROOT = Path(__file__).resolve().parents[1]
WORDS = 100_000
CHUNK = 40


def texts() -> Iterator[str]:
    """Article texts: of the suites, else of the examples over and over."""
    packs = ROOT.parent / "shared" / "eval" / "packs"
    for path in sorted(packs.glob("coref_events/docs.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)
    while True:
        yield from (p.read_text(encoding="utf-8") for p in sorted((ROOT / "examples").rglob("*.txt")))


def version(text: str) -> Version:
    """A version made of nothing but a text."""
    return Version(
        version_id="bench",
        article_id="bench",
        input_id="bench",
        ordinal=1,
        revises=None,
        publisher=None,
        url=None,
        headline=None,
        headline_end=0,
        text=text,
        text_sha256="",
        language="en",
        authors=(),
        published="2020-06-15",
        updated=None,
        first_memento_at=None,
        capture_ids=(),
        extractor="bench",
    )


def chunks(words: int) -> Iterator[list[str]]:
    """Lists of texts until so many words are reached."""
    chunk: list[str] = []
    for text in texts():
        chunk.append(text)
        words -= len(text.split())
        if len(chunk) == CHUNK or words <= 0:
            yield chunk
            chunk = []
        if words <= 0:
            return


def main(words: int) -> None:
    """Time both, in turn."""
    tools = Tools(load_settings({}), note=print)
    for _ in tools.parser.parse([("A first sentence warms the parser up.", 0)]):
        pass
    bare, whole, ratios, count = 0.0, 0.0, [], 0
    for chunk in chunks(words):
        start = time.process_time()
        for _ in tools.parser.parse((t, 0) for t in chunk):
            pass
        middle = time.process_time()
        for text in chunk:
            made = version(text)
            tools.resolve(made, tools.read(made))
        end = time.process_time()
        bare, whole = bare + middle - start, whole + end - middle
        ratios.append((end - middle) / (middle - start))
        count += sum(len(t.split()) for t in chunk)
    print(f"words       {count}")
    print(f"bare parse  {bare:7.2f} s CPU  {count / bare:7.0f} words/s")
    print(f"reader      {whole:7.2f} s CPU  {count / whole:7.0f} words/s  (parse, rules, resolving)")
    print(
        f"ratio       {whole / bare:7.2f}        per chunk median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else WORDS)

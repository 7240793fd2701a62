"""What an article costs: reading time against the bare parse, the slowest articles, and peak memory, in a process of its own.

    python -m bench.limits [WORDS]        # 100,000 unless told; JSON on standard output

In: texts of ../shared/eval where that lies beside the checkout, else the bundled examples over and over. Out: words,
ratio of the whole reader (parse, rules, resolving, contract) to the bare parse, times of articles as multiples of the
median article's, whether 99 of 100 stay under a second here, and the process's peak memory in megabytes. Nothing that was
read is kept.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from bench import suites
from bench.reader import texts, version
from bench.readings import note
from khabar.model.articles import ReadArticle
from khabar.run.plan import Tools
from khabar.settings import load_settings
from khabar.show.export.reading import contract

WORDS = 100_000
PACKS = ("re3d", "own_stories", "status", "geo", "muc")
"""mixed: agency reports, invented news, American dailies, telegrams in capitals"""


def articles(words: int) -> Iterator[str]:
    """Texts of the packs in turn until so many words are reached."""
    if not suites.present():
        sources: list[Iterator[str]] = [texts()]
    else:
        sources = [iter([str(d["text"]) for d in suites.load(name).docs.values()]) for name in PACKS]
    for source in cycle(sources):
        text = next(source, None)
        if text is None:
            continue
        yield text
        words -= len(text.split())
        if words <= 0:
            return


def measured(words: int) -> dict[str, float]:
    """All figures. Times are CPU seconds of this process; the parse and the whole take turns on each article."""
    tools = Tools(load_settings({}), note)
    warm = version("A first sentence warms the parser up.")
    tools.resolve(warm, tools.read(warm))
    bare, whole, count = [], [], 0
    for text in articles(words):
        start = time.process_time()
        next(iter(tools.parser.parse([(text, 0)])))
        middle = time.process_time()
        made = version(text)
        reading = tools.read(made)
        contract(ReadArticle(version=made, reading=reading, resolution=tools.resolve(made, reading)))
        bare.append(middle - start)
        whole.append(time.process_time() - middle)
        count += len(text.split())
    usual, ranked = statistics.median(whole), sorted(whole)
    return {
        "words": count,
        "articles": len(whole),
        "ratio": round(sum(whole) / sum(bare), 2),
        "p99 of the median": round(ranked[int(0.99 * (len(ranked) - 1))] / usual, 1),
        "slowest of the median": round(ranked[-1] / usual, 1),
        "p99 seconds": round(ranked[int(0.99 * (len(ranked) - 1))], 2),
        "slowest seconds": round(ranked[-1], 2),
        "peak megabytes": round(peak_kilobytes() / 1024),
    }


def peak_kilobytes() -> int:
    """The most memory that this program held: of /proc where there is one, since getrusage remembers who started it."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    peak = next((line.split()[1] for line in lines if line.startswith("VmHWM:")), None)
    return int(peak) if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(arguments: list[str]) -> int:
    """Measure and print."""
    print(json.dumps(measured(int(arguments[0]) if arguments else WORDS)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

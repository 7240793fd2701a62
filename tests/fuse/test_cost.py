"""What a revision costs beyond reading: about ten milliseconds for two states of an article of some hundred words."""

from __future__ import annotations

import statistics
import time

from khabar.fuse.revise import revise
from khabar.model.documents import Submission
from khabar.run.plan import open_workbench
from khabar.run.stages import read_submission
from khabar.settings import load_settings

GENEROUS = 5
"""the limit is 10 ms on an idle machine (docs/reliability.md); a shared or slow one may take this many times as long"""
LIMIT = 0.010
SENTENCE = (
    "Rebels of the {n}th brigade shelled the port of Sorrin on Monday, killing {n} sailors, the governor of Vesh said."
)
EDITED = {3: ("killing 3", "killing 5"), 9: ("shelled", "may have shelled"), 17: (", the governor of Vesh said", "")}


def texts() -> tuple[str, str]:
    old = [SENTENCE.format(n=n) for n in range(30)]
    new = [s.replace(*EDITED[n]) if n in EDITED else s for n, s in enumerate(old) if n != 20]
    return "\n\n".join(old), "\n\n".join(new)


def test_a_revision_costs_little_beyond_reading() -> None:
    bench = open_workbench(load_settings({}), sentences=lambda _: {}, note=lambda _: None)
    before, after = (read_submission(Submission(name="x", input_id="x", text=text), bench) for text in texts())
    revise(before, after)
    times = []
    for _ in range(9):
        start = time.process_time()
        made = revise(before, after)
        times.append(time.process_time() - start)
    assert len(made.changes) >= len(EDITED) + 1
    assert statistics.median(times) < GENEROUS * LIMIT

"""What telling a revision costs beyond reading: ``python -m bench.revision``.

In: two articles of our own, each in two states; read once. Out: per article its words, edits, changed claims, and the best
and the median of 120 revisions in processor time. Other work on the machine makes both larger than they are.
"""

from __future__ import annotations

import statistics
import sys
import time

from khabar.fuse.revise import revise
from khabar.model.articles import ReadArticle
from khabar.model.documents import Submission
from khabar.run.plan import open_workbench
from khabar.run.stages import read_submission
from khabar.settings import load_settings
from tests.fuse.test_cost import texts

TIMES = 120
SAID = (
    "Talks on the Sorrin dam resumed in Orlan on Monday, two days after 14 workers were hurt in a blast there.",
    "Police said they were looking for three men who were seen near the gate on Saturday night.",
    "General Idris Haftun, who commands the northern army, denied that his soldiers had been at the dam.",
    "“Nobody of mine was there,” he told the Halden Post.",
    "Lena Marov, a member of parliament, said the general had ordered the blast to stop the sale.",
    "The ministry of energy said repairs would take six weeks and cost $4 million.",
    "Aid workers said 40 families had left the valley.",
    "The river rose by two metres before engineers opened the sluices.",
    "Vesh, which buys most of the power, has called for an inquiry.",
    "Its foreign minister is to visit Orlan on Thursday.",
    "Residents said they had heard shots an hour before the blast.",
    "A court is to hear the case of two guards next month.",
    "The company said that it would pay the hurt workers until they are well.",
)
EDITED = (
    ("14 workers", "11 workers"),
    ("General Idris Haftun, who commands the northern army,", "A senior officer"),
    ("said the general had ordered", "said an officer may have ordered"),
    ("six weeks", "ten weeks"),
    ("\n\n" + SAID[10], ""),
)


def article() -> tuple[str, str]:
    """An article in two states."""
    old = new = "Blast at Sorrin dam: general denies order\n\n" + "\n\n".join(SAID)
    for before, after in EDITED:
        new = new.replace(before, after)
    return old, new


def main() -> None:
    """Measure and print."""
    bench = open_workbench(load_settings({}), sentences=lambda _: {}, note=lambda _: None)

    def read(text: str) -> ReadArticle:
        return read_submission(Submission(name="x", input_id="x", text=text), bench)

    for name, (old, new) in {"an article": article(), "sentences nearly alike": texts()}.items():
        before, after, took = read(old), read(new), []
        for _ in range(TIMES):
            start = time.process_time()
            told = revise(before, after)
            took.append(1000 * (time.process_time() - start))
        counts = f"{len(old.split())} words, {len(told.edits)} edits, {len(told.changes)} changed claims"
        sys.stdout.write(f"{name}: {counts}: best {min(took):.1f} ms, median {statistics.median(took):.1f} ms\n")


if __name__ == "__main__":
    main()

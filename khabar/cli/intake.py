"""What the verbs that read documents share: the workbench with plain sentences, one fetch, a run over many documents.

In: a call and names. Out: read articles or counts. ``run`` and ``show`` meet here and nowhere else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from khabar.cli.options import Call, clock, new_run
from khabar.cli.output import json_line, note, out
from khabar.cli.progress import Reporter
from khabar.ledger.store import Writer
from khabar.model.documents import Refusal, Submission
from khabar.run.add import Counts, Done, add
from khabar.run.gather import gather
from khabar.run.plan import open_workbench
from khabar.run.stages import Workbench
from khabar.show.words import sentences


def workbench(call: Call) -> Workbench:
    """The real stages."""
    return open_workbench(call.settings(), sentences=sentences, note=note)


def documents(names: Sequence[str], published: str | None) -> Iterable[Submission | Refusal]:
    """The documents behind names, one at a time; URLs by one guarded fetch each."""
    return gather(names, stdin=sys.stdin.buffer, published=published, fetch=_fetch)


def _fetch(url: str) -> Submission:
    """One guarded fetch."""
    from khabar.capture.exchange import FetchPolicy  # noqa: PLC0415 - only where there is a URL
    from khabar.capture.fetch import fetch  # noqa: PLC0415 - only where there is a URL

    return fetch(url, policy=FetchPolicy(), observed_at=clock())


def take_all(
    call: Call, names: Sequence[str], *, published: str | None, writer: Writer, as_json: bool = False
) -> Counts:
    """Everything behind the names into a ledger, with bar, refusals and last line.

    ``as_json``: a line on standard output for each document, once it is on the disk.
    """
    with Reporter(quiet=call.quiet or as_json) as reporter:

        def told(done: Done) -> None:
            reporter(done)
            if as_json:
                out(json_line({"id": done.input_id, "outcome": done.outcome, "reason": done.reason}))

        return add(documents(names, published), writer, workbench(call), run=new_run(), progress=told)

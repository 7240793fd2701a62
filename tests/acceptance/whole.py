"""The real stages once a test run, and the real command line: what acceptance and golden tests have in common.

In: command-line words or names of files. Out: a Workbench with the real parser, lexicon and atlas; exit code and both
streams of a command. The parser costs a second, so it is loaded once and shared by all tests that need no process.
"""

from __future__ import annotations

import functools
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from khabar.capture.inputs import open_inputs
from khabar.ledger.store import Writer
from khabar.model.documents import Refusal, Submission
from khabar.run.add import Counts, Done, Run, add
from khabar.run.plan import open_workbench
from khabar.run.stages import Workbench
from khabar.settings import Settings
from khabar.show.words import sentences
from khabar.stores import Place

ROOT = Path(__file__).parents[2]
RUN = Run(run_id="run-1", code_version="khabar test", clock=lambda: "2026-01-02T03:04:05Z")


@dataclass(frozen=True, slots=True)
class Told:
    """What a command said: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@functools.cache
def bench() -> Workbench:
    """The real stages."""
    return open_workbench(Settings(), sentences=sentences, note=lambda _line: None)


def khabar(*words: str | Path, folder: Path = ROOT, stdin: bytes | None = None) -> Told:
    """One command line in a process of its own, as a person starts it."""
    command = [sys.executable, "-m", "khabar", *map(str, words)]
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, timeout=120, check=False)
    return Told(done.returncode, done.stdout.decode(), done.stderr.decode())


def submissions(paths: Sequence[Path], *, published: str | None = None) -> list[Submission | Refusal]:
    """The documents in files, in order."""
    return list(open_inputs([str(path) for path in paths], stdin=sys.stdin.buffer, published=published))


def fill(ledger: Place, paths: Sequence[Path], *, published: str | None = None) -> Counts:
    """Files into a ledger through all real stages, without a process."""
    with Writer(ledger) as writer:
        return add(submissions(paths, published=published), writer, bench(), run=RUN, progress=_silent)


def _silent(done: Done) -> None:
    """Nobody watches."""
    del done

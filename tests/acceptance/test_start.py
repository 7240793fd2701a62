"""`khabar --help` is there at once: it loads neither the parser nor the web framework.

Processor seconds are limited rather than seconds on the clock: a busy machine does not change them much.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from statistics import median

from tests.acceptance.whole import ROOT

HEAVY = {"spacy", "thinc", "numpy", "fastapi", "starlette", "uvicorn", "trafilatura", "lxml", "apsw", "rich"}
LIMIT = 0.3
COMMAND = [sys.executable, "-X", "importtime", "-m", "khabar", "--help"]


def test_help_imports_no_heavy_package() -> None:
    told = subprocess.run(COMMAND, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {line.rsplit("|", 1)[1].strip().partition(".")[0] for line in told.stderr.splitlines() if "|" in line}
    assert "click" in loaded
    assert not loaded & HEAVY
    assert re.search(r"^ +verify +re-hash every body", told.stdout, re.MULTILINE)


def seconds() -> float:
    """Processor seconds of one `khabar --help`."""
    child = subprocess.Popen(COMMAND[:1] + COMMAND[3:], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return used.ru_utime + used.ru_stime


def test_help_takes_less_than_three_tenths_of_a_second() -> None:
    assert median(seconds() for _ in range(5)) < LIMIT

"""`pip install .` in a new environment gives a command that does the whole work, far from the checkout.

The pinned requirements hide what a plain installation lacks: there pip chooses versions itself. About a minute, and the
network of the package registries; without it the test is skipped.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.whole import ROOT

UNREACHABLE = ("NewConnectionError", "ConnectTimeoutError", "No matching distribution found for hatchling")


@pytest.mark.slow
def test_a_plain_installation_reads_the_examples(tmp_path: Path) -> None:
    home = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    pip = [str(home / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", str(ROOT)]
    done = subprocess.run(pip, cwd=tmp_path, check=False, capture_output=True, text=True, timeout=280)
    if any(sign in done.stderr for sign in UNREACHABLE):
        pytest.skip("no package registry can be reached from here")
    assert done.returncode == 0, done.stderr
    told = subprocess.run(
        [home / "bin" / "khabar", "--ledger", tmp_path / "news.sqlite", "demo", "--no-serve"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert told.returncode == 0, told.stderr
    assert "9 articles in 10 versions" in told.stdout

"""The commands in README.md and docs/tour.md, run, so that what is printed under them stays what they print.

In: Markdown with ``console`` blocks: lines that begin with "$ ", each followed by its output. Out: the same Markdown with
the output of today. Commands run in a fresh folder that holds the examples and a ledger made from them; standard error is
shown with standard output. ``python -m tests.docs.telling`` writes the files anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.docs.drawing import ROOT

DOCUMENTS = ("README.md", "docs/tour.md")
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


class Teller:
    """Runs commands beside the examples."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "examples").symlink_to(ROOT / "examples")
        command = folder / "bin" / "khabar"
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m khabar "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KHABAR_")}
        path = f"{command.parent}{os.pathsep}{kept.get('PATH', os.defpath)}"
        self.environment = kept | {"PATH": path, "KHABAR_LEDGER": "khabar.sqlite", "COLUMNS": "120", "TZ": "UTC"}
        said = self.says("khabar demo --no-serve && echo done")
        if not said.endswith("done"):
            raise RuntimeError(f"the examples cannot be read, so there is nothing to tell: {said}")

    def says(self, command: str) -> str:
        """What a command prints."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
        )
        lines = done.stdout.decode("utf-8", "ignore").splitlines()
        return "\n".join(line.rstrip() for line in lines).strip("\n")

    def told(self, text: str) -> str:
        """A document with the output of today."""
        return BLOCK.sub(lambda match: self._block(match[0]), text)

    def _block(self, block: str) -> str:
        commands = [line for line in block.splitlines() if line.startswith("$ ")]
        return "".join(f"{line}\n{said}\n" if (said := self.says(line[2:])) else f"{line}\n" for line in commands)


def write() -> None:
    """Write the documents anew."""
    with tempfile.TemporaryDirectory() as folder:
        teller = Teller(Path(folder))
        for name in DOCUMENTS:
            path = ROOT / name
            path.write_text(teller.told(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()

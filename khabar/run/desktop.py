"""Show one line on the desktop by a command of the user's: ``notify-send``, ``terminal-notifier -message`` or a script.

In: the command as the settings have it, one line. Out: None, or why it did not work. The command is split as a shell would
split it but no shell runs it; the line is its last argument. It gets ten seconds. The caller sees to it that the line holds
no control characters and begins with a word, so that it can be no option of the command.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable

from khabar.errors import UsageFault

SECONDS = 10
Show = Callable[[str], str | None]
"""a line to None, or to why it could not be shown"""


def shower(command: str) -> Show:
    """How lines are shown. Raises UsageFault for a command that cannot be split."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageFault(f"notify: {command!r}: {error}") from error
    if not words:
        raise UsageFault("notify: the command has no words")
    return lambda line: _run([*words, line])


def _run(words: list[str]) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command, without a shell
            words, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{words[0]}: {error}"
    return None if done.returncode == 0 else f"{words[0]}: exit code {done.returncode}"

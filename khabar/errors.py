"""Every exception that khabar raises on purpose, as one tree, drawn by what the reader of the message can do.

    KhabarError
    ├── InputRefused      the input is bad: named, with its reason; the rest of the work goes on (exit code 3)
    ├── WorldUnreachable  a host, feed or page could not be reached or was not allowed to be (exit code 3)
    ├── DataFault         a packaged or user table is wrong: file, line, reason (exit code 1)
    ├── StoreDamaged      a ledger's bytes do not agree with their digests (exit code 4)
    ├── Overtaken         another writer was faster: look again at what stands, and do it anew (nobody but programs sees it)
    └── UsageFault        the caller asked for something that does not exist: lists what does (exit code 2)

Doubt about a *text* is never an exception: it is data (``Reading.problems``, a low score).
"""

from __future__ import annotations


class KhabarError(Exception):
    """Base of all of them."""


class InputRefused(KhabarError):
    """An input that cannot be taken: ``name`` says which, ``reason`` says why, in one line each."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class WorldUnreachable(InputRefused):
    """A URL that could not be fetched, or that the address gate refused; ``kind`` is a Result of model/watching.py."""

    def __init__(self, name: str, reason: str, kind: str = "refused") -> None:
        super().__init__(name, reason)
        self.kind = kind


class DataFault(KhabarError):
    """A table (lexicon, atlas, settings) that cannot be loaded: file, place in it, reason."""


class StoreDamaged(KhabarError):
    """A ledger whose bytes do not agree with their digests."""


class Overtaken(KhabarError):
    """What was to be appended follows on something that is not the newest any more; nothing was appended."""


class UsageFault(KhabarError):
    """A question about something that is not there; the message lists the valid choices."""

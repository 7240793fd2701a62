"""What came of one trial: a row of the table in docs/reliability.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``number`` says how often, ``found`` what was seen; ``held`` is whether the mark was reached."""

    trial: str
    number: str
    found: str
    held: bool

"""A small coverage-guided fuzzer: inputs that reach new steps of khabar are kept, and changed further.

In: a Target (seeds and a function that raises where a promise is broken), how many inputs, a seed. Out: a Found for every
crash or stall that differs in kind and place, with its input made small. Steps are pairs of lines within khabar, seen by
the interpreter's own trace, so that no further package is needed and the same seed gives the same run. What C code does
inside of one step it cannot see.
"""

from __future__ import annotations

import random
import re
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from tests.docs.drawing import ROOT
from tests.torture.malformed import ODD

OURS = f"{ROOT / 'khabar'}/"
STALL = 2.0
"""seconds of processor time for one input of a few KB"""
LONGEST = 8_192
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"00",
    b"65536",
    b"2147483648",
    b"9" * 25,
    b"1e999",
    b"NaN",
    "\u0661\u0662".encode(),
    b"0x1",
)
PARTS = re.compile(rb"[0-9A-Za-z]+|[^0-9A-Za-z]")
Step = tuple[CodeType, int, int]


@dataclass(frozen=True, slots=True)
class Target:
    """What is fuzzed. ``check`` raises for whatever must not be; refusals on purpose it swallows itself."""

    name: str
    seeds: tuple[bytes, ...]
    check: Callable[[bytes], None]
    share: float = 1.0
    """of the inputs, where one takes long"""


@dataclass(frozen=True, slots=True)
class Found:
    """An input that broke something, and how."""

    kind: str
    where: str
    data: bytes


@dataclass(slots=True)
class Campaign:
    """One run over one target; what it kept."""

    target: Target
    chance: random.Random
    corpus: list[bytes] = field(default_factory=list)
    steps: set[Step] = field(default_factory=set)
    found: dict[tuple[str, str], Found] = field(default_factory=dict)

    def run(self, inputs: int) -> list[Found]:
        """So many inputs, the seeds first."""
        for data in self.target.seeds:
            self.look(data)
        for _ in range(round(inputs * self.target.share) - len(self.target.seeds)):
            self.look(changed(self.pick(), self.pick(), self.chance))
        return list(self.found.values())

    def pick(self) -> bytes:
        """One of what was kept, the later ones more often."""
        weight = max(self.chance.random(), self.chance.random())
        return self.corpus[int(weight * len(self.corpus))] if self.corpus else b""

    def look(self, data: bytes) -> None:
        """Try one input and keep it if it reached anything new."""
        with traced() as reached:
            broken = tried(self.target, data)
        if broken is not None and (broken.kind, broken.where) not in self.found:
            self.found[broken.kind, broken.where] = smallest(self.target, broken)
        if not reached <= self.steps or not self.corpus:
            self.steps |= reached
            self.corpus.append(data)


def tried(target: Target, data: bytes) -> Found | None:
    """What one input broke."""
    started = time.process_time()
    try:
        target.check(data)
    except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
        at = traceback.extract_tb(error.__traceback__)[-1]
        place = at.filename.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]
        return Found(f"{type(error).__name__}: {error}"[:120], f"{place}:{at.lineno}", data)
    slow = time.process_time() - started
    return Found("stall", target.name, data) if slow > STALL else None


def smallest(target: Target, broken: Found, most: int = 300) -> Found:
    """The same fault with less input: pieces left out as long as it stays."""
    best, size, left = broken, max(1, len(broken.data) // 2), most
    while size and left > 0 and broken.kind != "stall":
        for at in range(0, len(best.data), size):
            left -= 1
            less = tried(target, best.data[:at] + best.data[at + size :])
            if less is not None and (less.kind, less.where) == (broken.kind, broken.where):
                best = less
                break
        else:
            size //= 2
    return best


def changed(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """An input made from one or two others."""
    parts = PARTS.findall(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(parts) + 1)
        end = min(len(parts), at + chance.choice((1, 1, 2, 6, 30)))
        way = chance.randrange(8)
        if way == 0:
            parts[at:end] = []
        elif way == 1:
            parts[at:at] = parts[at:end] * chance.choice((1, 2, 40))
        elif way == 2:
            parts[at:at] = [chance.choice(ODD)]
        elif way == 3:
            parts[at:end] = [chance.choice(NUMBERS)]
        elif way == 4:
            start = chance.randrange(len(other) + 1)
            parts[at:end] = [other[start : start + chance.choice((1, 8, 64))]]
        elif way == 5:
            parts[at:end] = [bytes([chance.randrange(256)])]
        elif way == 6:
            parts[at:end] = parts[at:end][::-1]
        elif at < len(parts) and parts[at]:
            whole = bytearray(parts[at])
            whole[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
            parts[at] = bytes(whole)
    return b"".join(parts)[:LONGEST]


@contextmanager
def traced() -> Any:
    """The steps of khabar's own code that are taken meanwhile."""
    reached: set[Step] = set()
    last: dict[FrameType, int] = {}

    def line(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            reached.add((frame.f_code, last.get(frame, 0), frame.f_lineno))
            last[frame] = frame.f_lineno
        elif event == "return":
            last.pop(frame, None)
        return line

    def call(frame: FrameType, event: str, _: object) -> Any:
        return line if event == "call" and frame.f_code.co_filename.startswith(OURS) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        yield reached
    finally:
        sys.settrace(before)


def kept(folder: Path, target: str) -> list[Path]:
    """Inputs that broke a target once."""
    return sorted(folder.glob(f"{target}-*.bin"))

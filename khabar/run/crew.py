"""Who carries out requests: threads, or the caller itself.

In: targets. Out: answers as they come. ``Threads`` runs many at the same time, because a slow host must not stall the
others, and leaves behind what has not ended when the program does; ``Alone`` runs each at once and sleeps by the function
that it is given, so that a test can drive the watch with a clock of its own.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Protocol

from khabar.model.watching import Target
from khabar.run.asking import Answer, Asker


class Crew(Protocol):
    """Takes requests and gives answers."""

    size: int

    def submit(self, target: Target) -> None:
        """Begin a request."""

    def collect(self, seconds: float) -> list[Answer]:
        """The answers that came since; waits for one at most so long."""

    def close(self) -> None:
        """No more requests."""


class Threads:
    """Many requests at the same time."""

    def __init__(self, asker: Asker, size: int) -> None:
        self.size = size
        self._asker = asker
        self._waiting: queue.SimpleQueue[Target | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Answer | BaseException] = queue.SimpleQueue()
        self._started = 0

    def submit(self, target: Target) -> None:
        """Begin a request."""
        if self._started < self.size:
            self._started += 1
            threading.Thread(target=self._run, name=f"khabar-watch-{self._started}", daemon=True).start()
        self._waiting.put(target)

    def _run(self) -> None:
        while (target := self._waiting.get()) is not None:
            try:
                self._done.put(self._asker(target))
            except BaseException as error:  # noqa: BLE001 - carried over to the thread that collects, raised there
                self._done.put(error)

    def collect(self, seconds: float) -> list[Answer]:
        """The answers that came since; waits for one at most so long."""
        found: list[Answer] = []
        try:
            while True:
                one = self._done.get(timeout=seconds) if not found else self._done.get_nowait()
                if isinstance(one, BaseException):
                    raise one
                found.append(one)
        except queue.Empty:
            return found

    def close(self) -> None:
        """No more requests; what is under way ends by its own deadline and is dropped."""
        for _ in range(self._started):
            self._waiting.put(None)


class Alone:
    """One request after the other, in the caller's thread."""

    size = 1

    def __init__(self, asker: Asker, sleep: Callable[[float], None]) -> None:
        self._asker, self._sleep = asker, sleep
        self._found: list[Answer] = []

    def submit(self, target: Target) -> None:
        """Carry out a request."""
        self._found.append(self._asker(target))

    def collect(self, seconds: float) -> list[Answer]:
        """The answers since; sleeps where there is none."""
        if not self._found:
            self._sleep(seconds)
        found, self._found = self._found, []
        return found

    def close(self) -> None:
        """Nothing to do."""

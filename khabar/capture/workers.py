"""Processes that take strangers' pages apart and are killed when that takes too long or too much.

In: a task (a page, a feed, a sitemap, an OPML file). Out: what the worker made of it; InputRefused where the input is bad,
ParserLimit where the worker had to be killed: a page of 1-3 MB can stall every parser there is (design/capture.md). Each
worker may have a gibibyte of address space and ten seconds; a killed one is replaced by the next that is needed. Safe to
use from several threads: whoever finds no free worker waits.
"""

from __future__ import annotations

import os
import queue
import selectors
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Self

import msgspec

from khabar.capture.feeds import Feed
from khabar.capture.judge import Judged
from khabar.capture.worker import HEAD, LARGEST, Answer, ListTask, PageTask, send
from khabar.errors import InputRefused
from khabar.model.documents import Submission

SECONDS = 10.0
MEMORY = 1024**3
"""bytes of address space; a worker at rest has about 300 MiB"""
STARTING = 30.0
"""seconds that a process may take to load what a kind of task needs, beside those of its first task of the kind"""
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}
Clock = Callable[[], float]


class ParserLimit(InputRefused):
    """A page that could not be taken apart within the limits."""


class _Process:
    """One worker process and the pipe to it."""

    def __init__(self, memory: int) -> None:
        command = [sys.executable, "-I", "-m", "khabar.capture.worker", str(memory)]
        self._child = subprocess.Popen(  # noqa: S603 - our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_ENVIRONMENT
        )
        self._known: set[type] = set()

    def ask(self, task: object, seconds: float, clock: Clock) -> bytes:
        """The answer's bytes. Raises TimeoutError, or OSError where the process has died."""
        stdin, stdout = self._child.stdin, self._child.stdout
        if stdin is None or stdout is None:
            raise OSError("no pipe to the worker")
        until = clock() + seconds + (0.0 if type(task) in self._known else STARTING)
        send(stdin, task)  # a worker reads its task whole before it begins, so this does not wait for the parser
        size = int.from_bytes(self._take(stdout.fileno(), HEAD, until, clock), "big")
        if size > LARGEST:
            raise OSError("an answer larger than any can be")
        self._known.add(type(task))
        return self._take(stdout.fileno(), size, until, clock)

    @staticmethod
    def _take(descriptor: int, size: int, until: float, clock: Clock) -> bytes:
        parts = bytearray()
        with selectors.DefaultSelector() as waiting:
            waiting.register(descriptor, selectors.EVENT_READ)
            while len(parts) < size:
                left = until - clock()
                if left <= 0 or not waiting.select(left):
                    raise TimeoutError
                part = os.read(descriptor, min(1 << 20, size - len(parts)))
                if not part:
                    raise OSError("the worker has died")
                parts += part
        return bytes(parts)

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not sent is lost with the process
                    pipe.close()


class Workers:
    """A few worker processes, each started when it is first needed. Use as a context manager, or call ``close``."""

    def __init__(
        self, count: int = 2, *, seconds: float = SECONDS, memory: int = MEMORY, clock: Clock = time.monotonic
    ) -> None:
        self._seconds, self._memory, self._clock, self._count = seconds, memory, clock, count
        self._free: queue.SimpleQueue[_Process | None] = queue.SimpleQueue()
        for _ in range(count):
            self._free.put(None)

    def judge(self, submission: Submission, final: str) -> Judged:
        """What a page is; ``final`` is the address after redirects."""
        answer = self._ask(PageTask(submission=submission, final=final), submission.name)
        if answer.judged is None:
            raise ParserLimit(submission.name, "the worker gave no answer")
        return answer.judged

    def read_list(self, form: str, data: bytes, url: str, since: str | None = None) -> Feed:
        """The entries of a "feed", "sitemap" or "opml"."""
        answer = self._ask(ListTask(form=form, data=data, url=url, since=since), url)
        if answer.feed is None:
            raise ParserLimit(url, "the worker gave no answer")
        return answer.feed

    def close(self) -> None:
        """End all processes; nobody may be waiting for an answer."""
        for _ in range(self._count):
            process = self._free.get()
            if process is not None:
                process.kill()
            self._free.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, task: PageTask | ListTask, name: str) -> Answer:
        process = self._free.get() or _Process(self._memory)
        keep: _Process | None = None
        try:
            answer = msgspec.msgpack.decode(process.ask(task, self._seconds, self._clock), type=Answer)
            keep = process
        except TimeoutError as error:
            raise ParserLimit(name, f"not taken apart within {self._seconds:g} s; its worker was ended") from error
        except (OSError, msgspec.MsgspecError) as error:
            raise ParserLimit(
                name, f"its worker died ({error}); too much memory, or a page made to break it"
            ) from error
        finally:
            if keep is None:
                process.kill()
            self._free.put(keep)
        if answer.refused is not None:
            raise InputRefused(name, answer.refused)
        return answer

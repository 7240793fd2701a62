"""The worker process: takes pages, feeds and sitemaps apart for its parent, and may be killed at any time.

In: on standard input, one request after the other, each a length (4 bytes, big-endian) and MessagePack. Out: on standard
output, answers in the same form. The memory that it may have (bytes of address space) is its only argument. It inherits
no secret and touches no file and no socket; what it sends is decoded into known records, so that a page that took it over
could only lie about itself.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from typing import IO

import msgspec

from khabar.capture.feeds import Feed, read_feed, read_opml
from khabar.capture.judge import Judged, judge
from khabar.capture.sitemaps import read_sitemap
from khabar.errors import InputRefused
from khabar.model.documents import Submission

HEAD = 4
LARGEST = 64 * 1024 * 1024


class PageTask(msgspec.Struct, tag="page"):
    """A page to judge."""

    submission: Submission
    final: str


class ListTask(msgspec.Struct, tag="list"):
    """A feed, sitemap or OPML file to take apart."""

    form: str
    data: bytes
    url: str
    since: str | None = None


class Answer(msgspec.Struct):
    """What came of a task: one of the three is set."""

    judged: Judged | None = None
    feed: Feed | None = None
    refused: str | None = None


Task = PageTask | ListTask


def perform(task: Task) -> Answer:
    """One task; what goes wrong in a parser of strangers' input is an answer like any other."""
    try:
        if isinstance(task, PageTask):
            return Answer(judged=judge(task.submission, task.final))
        return Answer(feed=_list(task))
    except InputRefused as error:
        return Answer(refused=error.reason)
    except MemoryError:
        return Answer(refused="takes more memory to take apart than a page may")
    except Exception as error:  # noqa: BLE001 - parsers of hostile input: whatever they raise is a fact about the page
        return Answer(refused=f"cannot be taken apart ({type(error).__name__})")


def _list(task: ListTask) -> Feed:
    readers: dict[str, Callable[[], Feed]] = {
        "feed": lambda: read_feed(task.data, task.url),
        "sitemap": lambda: read_sitemap(task.data, task.url, task.since),
        "opml": lambda: read_opml(task.data, task.url),
    }
    return readers[task.form]()


def send(stream: IO[bytes], record: object) -> None:
    """Write one message."""
    data = msgspec.msgpack.encode(record)
    stream.write(len(data).to_bytes(HEAD, "big") + data)
    stream.flush()


def main() -> None:
    """Serve until standard input ends."""
    limit = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    decoder = msgspec.msgpack.Decoder(Task)
    while head := source.read(HEAD):
        send(sink, perform(decoder.decode(source.read(int.from_bytes(head, "big")))))


if __name__ == "__main__":
    main()

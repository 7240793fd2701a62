"""S5: two hundred hosts that hang, drip or die, at once: each ends in time, and the healthy ones do not wait for them."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from khabar.capture.exchange import FetchPolicy
from khabar.capture.hosts import Hosts
from khabar.capture.workers import Workers
from khabar.ledger.store import open_writer
from khabar.ledger.watching import append_watches
from khabar.model.watching import Attempt, Result, TargetKind, Watch
from khabar.run.asking import Asker
from khabar.run.crew import Threads
from khabar.run.watch import Watch as Watching
from khabar.run.watch_pages import Pages
from tests.run.fakes import RUN
from tests.watch.site import BENCH, loopback, page

SICK, HEALTHY = 200, 20
DEADLINE = 2.0
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """By the host's name: hang, drip headers, drip the body, never end, half-close; or a sound page."""
    try:
        request = await reader.readuntil(b"\r\n\r\n")
        host = request.lower().partition(b"host: ")[2].partition(b":")[0].decode()
        if b"GET /robots.txt" in request or host.startswith("well"):
            body = b"" if b"GET /robots.txt" in request else page(f"News of {host} at Sorrin")
            writer.write(HEAD + f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
            await writer.drain()
            return
        await misbehave(int(host[4:].partition(".")[0]) % 5, writer)
    except (OSError, asyncio.IncompleteReadError):
        return
    finally:
        writer.close()


async def misbehave(way: int, writer: asyncio.StreamWriter) -> None:
    """One of five ways to be slow."""
    writer.write((b"", HEAD, HEAD + b"\r\n", HEAD + b"\r\n", HEAD + b"Content-Length: 99\r\n\r\nx")[way])
    for n in range(400):
        piece = (b"", b"X-%d: y\r\n" % n, b"x", b"<p>word</p>" * 90, b"")[way]
        if piece:
            writer.write(piece)
            await writer.drain()
        await asyncio.sleep(0.05)


@contextmanager
def serving() -> Iterator[int]:
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(answer, "127.0.0.1", 0, backlog=500))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield server.sockets[0].getsockname()[1]
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    server.close()
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.close()


def now() -> datetime:
    return datetime.now(UTC)


def watched(path: Path, port: int, workers: Workers, names: list[str]) -> dict[str, tuple[Result, float]]:
    """Watch one page of every host once: its result, and after how many seconds it was known."""
    allow = frozenset((name, port) for name in names)
    asker = Asker(workers, policy=FetchPolicy(allow=allow, seconds=DEADLINE), resolver=loopback, clock=now)
    crew = Threads(asker, 256)
    found: dict[str, tuple[Result, float]] = {}
    with open_writer(path) as writer:
        pages = [Watch(url=f"http://{name}:{port}/1", kind=TargetKind.PAGE) for name in names]
        append_watches(writer, pages, stamp=RUN.stamp())
        watching = Watching(Pages(writer, BENCH), crew, run=RUN, clock=now, hosts=Hosts(pause=0.05))
        started = time.monotonic()

        def told(attempt: Attempt, counts: object) -> None:
            if attempt.kind is TargetKind.PAGE:
                found[attempt.url] = (attempt.result, time.monotonic() - started)

        watching.run(lambda at, due: len(found) == len(names) or time.monotonic() - started > 60, told)
    crew.close()
    return found


def test_slow_hosts_end_in_time_and_stall_nobody(tmp_path: Path) -> None:
    well = [f"well{n}.example" for n in range(HEALTHY)]
    sick = [f"sick{n}.example" for n in range(SICK)]
    with Workers(2) as workers, serving() as port:
        watched(tmp_path / "warm.sqlite", port, workers, well[:2])
        alone = watched(tmp_path / "alone.sqlite", port, workers, well)
        beside = watched(tmp_path / "beside.sqlite", port, workers, [*sick, *well])
    healthy = {url: found for url, found in beside.items() if "//well" in url}
    assert all(result is Result.OK for result, _ in healthy.values())
    assert len(beside) == SICK + HEALTHY
    assert {result for url, (result, _) in beside.items() if "//sick" in url} <= {Result.TIME_OUT, Result.TOO_LARGE}
    last_alone, last_beside = (max(s for _, s in found.values()) for found in (alone, healthy))
    assert last_beside - last_alone < DEADLINE  # nobody waited for a slow host to end
    assert max(seconds for _, seconds in beside.values()) < last_beside + 2 * DEADLINE + 2

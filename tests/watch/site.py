"""News sites on 127.0.0.1 under made-up host names, a clock that only tests move, and a watch over both."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from khabar.capture.exchange import FetchPolicy
from khabar.capture.hosts import Hosts
from khabar.capture.ladder import written
from khabar.capture.versions import make_version, next_version
from khabar.capture.workers import Workers
from khabar.fuse.revise import revise
from khabar.ledger.codec import unpack_record
from khabar.ledger.store import Stamp, Writer, open_writer
from khabar.ledger.watching import append_watches, attempts
from khabar.model.documents import Version
from khabar.model.events import Fusion
from khabar.model.links import Resolution
from khabar.model.watching import Attempt, TargetKind, Watch
from khabar.run.add import Run
from khabar.run.asking import Asker
from khabar.run.crew import Alone
from khabar.run.stages import Workbench, unread
from khabar.run.watch import Watch as Watching
from khabar.run.watch_pages import Confirmed, Pages
from khabar.stores import Place
from tests.run.fakes import batch

START = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
HOST = "news.example"
BODY = (
    "The council of Sorrin voted on Monday to reopen the old bridge, which was closed after the flood. ",
    "Engineers had examined its piers for three weeks and found them sound, the mayor told reporters. ",
    "Traders on the eastern bank said that they had lost half of their customers since the autumn. ",
)
BENCH = Workbench(
    make_version=make_version,
    next_version=next_version,
    read=lambda version: unread(version, "tests do not parse"),
    resolve=lambda version, reading: Resolution(version_id=version.version_id, entities=(), places=(), times=()),
    revise=revise,
    fuse=lambda articles: Fusion(events=(), spells=()),
    batch=batch,
    sentences=lambda article: {},
)


def page(title: str = "Bridge at Sorrin to reopen", *paragraphs: str, head: str = "") -> bytes:
    """An article's page."""
    words = "".join(f"<p>{p}</p>" for p in (paragraphs or BODY))
    return (
        f"<html lang='en'><head><title>{title} | The Sorrin Post</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{words}</article></body></html>"
    ).encode()


def rss(*paths: str, title: str = "Bridge at Sorrin to reopen", stamp: str = "Sun, 01 Mar 2026 11:30:00 GMT") -> bytes:
    """A feed of these pages."""
    items = "".join(
        f"<item><title>{title}</title><link>{path}</link><pubDate>{stamp}</pubDate></item>" for path in paths
    )
    return f"<rss version='2.0'><channel><title>The Sorrin Post</title>{items}</channel></rss>".encode()


@dataclass(slots=True)
class Answered:
    """What a path answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"


Route = Answered | Callable[[dict[str, str]], Answered]


@dataclass(slots=True)
class Site:
    """A running server: routes by (host, path); what was asked, with the headers."""

    port: int
    routes: dict[tuple[str, str], Route] = field(default_factory=dict)
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, host: str = HOST) -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"

    def put(self, path: str, body: bytes = b"", *, host: str = HOST, **more: object) -> str:
        """Answer a path so from here on; out: its URL."""
        self.routes[host, path] = Answered(body, **more)  # type: ignore[arg-type]  # the fields of Answered
        return self.url(path, host)

    def asked(self, path: str) -> list[dict[str, str]]:
        """The headers of every request for a path."""
        return [headers for _, p, headers in self.seen if p == path]


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        headers = {key.lower(): value for key, value in self.headers.items()}
        host = headers["host"].partition(":")[0]
        self.site.seen.append((host, self.path, headers))
        route = self.site.routes.get((host, self.path), Answered(b"nothing here", 404))
        told = route(headers) if callable(route) else route
        etag = told.headers.get("ETag")
        if etag and headers.get("if-none-match") == etag and told.status == 200:
            told = Answered(b"", 304, {"ETag": etag})
        self.send_response(told.status)
        for key, value in (("Content-Type", told.kind), ("Content-Length", str(len(told.body))), *told.headers.items()):
            self.send_header(key, value)
        self.end_headers()
        if told.status != 304:
            self.wfile.write(told.body)

    def log_message(self, *_: object) -> None:
        """Silence."""


@contextmanager
def serving() -> Iterator[Site]:
    """A running site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    site = Site(server.server_address[1])
    server.RequestHandlerClass = type("Handler", (_Handler,), {"site": site})
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # hang-ups are expected
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


class Time:
    """A clock that moves when somebody sleeps."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=max(seconds, 0.05))


def loopback(host: str, port: int) -> Sequence[str]:
    """Every made-up host is this machine."""
    return ("127.0.0.1",)


class Desk:
    """A ledger, a clock and a watch that can be stopped and begun again."""

    def __init__(
        self, path: Place, site: Site, workers: Workers, time: Time, confirmed: Confirmed | None = None
    ) -> None:
        self.path, self.site, self.time, self.workers = path, site, time, workers
        self.run = Run(run_id="run-1", code_version="khabar test", clock=lambda: written(time.now()))
        self.writer: Writer = open_writer(path)
        self.confirmed = confirmed
        self.hosts = Hosts()
        self.gap: dict[str, datetime] = {}

    def watch(self, *urls: str, kind: TargetKind = TargetKind.PAGE) -> None:
        append_watches(self.writer, [Watch(url=url, kind=kind) for url in urls], stamp=self.stamp())

    def stamp(self) -> Stamp:
        return self.run.stamp()

    def go(self, seconds: float = 0.0) -> Watching:
        """Watch for so long (0: until nothing is due within a minute)."""
        end = self.time.at + timedelta(seconds=seconds)
        hosts = {host for host, _ in self.site.routes} | {HOST}
        policy = FetchPolicy(allow=frozenset((host, self.site.port) for host in hosts), seconds=5)
        crew = Alone(Asker(self.workers, policy=policy, resolver=loopback, clock=self.time.now), self.time.sleep)
        watching = Watching(Pages(self.writer, BENCH, self.confirmed), crew, run=self.run, clock=self.time.now)

        def until(now: datetime, due: datetime | None) -> bool:
            if seconds:
                return now >= end
            return due is None or due > now + timedelta(seconds=60)

        watching.run(until, lambda attempt, counts: None)
        return watching

    def attempts(self, url: str | None = None) -> list[Attempt]:
        """Requests of pages and feeds, robots.txt left out."""
        return [a for a in attempts(self.writer.view, url) if a.kind is not TargetKind.ROBOTS]

    def again(self) -> Desk:
        """The same ledger opened by another process, as it were."""
        self.writer.close()
        return Desk(self.path, self.site, self.workers, self.time, self.confirmed)


def versions(writer: Writer) -> list[Version]:
    """The states of all articles in order."""
    sql = "SELECT v.record FROM state s JOIN version v USING (version_id) ORDER BY s.seq"
    return [unpack_record(row[0], Version) for row in writer.view.rows(sql)]

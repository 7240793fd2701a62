"""A web server on 127.0.0.1 with one route for each thing a hostile or broken server does."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<html><head><title>Bridge at Sorrin opens</title></head><body><p>caf\xc3\xa9</p></body></html>"
BOMB = gzip.compress(b"\0" * (200 * 1024 * 1024), 9)


class Routes(BaseHTTPRequestHandler):
    """What the server answers, by path."""

    seen: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.seen.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        name = self.path.strip("/").partition("?")[0].replace("-", "_") or "page"
        getattr(self, f"route_{name}", self.route_missing)()

    def answer(self, body: bytes, *headers: tuple[str, str], status: int = 200, kind: str = "text/html") -> None:
        self.send_response(status)
        for key, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers):
            if value:
                self.send_header(key, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the client hung up, as it should

    def to(self, target: str) -> None:
        self.answer(b"", ("Location", target), ("Set-Cookie", "id=7"), status=302)

    def route_missing(self) -> None:
        self.answer(b"gone", status=404)

    def route_page(self) -> None:
        self.answer(PAGE)

    def route_latin(self) -> None:
        self.answer(b"<p>caf\xe9</p>", kind="text/html; charset=iso-8859-1")

    def route_text(self) -> None:
        self.answer("Café\r\nopen".encode(), kind="text/plain; charset=utf-8")

    def route_bad_text(self) -> None:
        self.answer(b"caf\xe9", kind="text/plain")

    def route_picture(self) -> None:
        self.answer(b"\x89PNG", kind="image/png")

    def route_kindless(self) -> None:
        self.answer(b"x", kind="")

    def route_empty(self) -> None:
        self.answer(b"")

    def route_gzip(self) -> None:
        self.answer(gzip.compress(PAGE), ("Content-Encoding", "gzip"))

    def route_not_gzip(self) -> None:
        self.answer(PAGE, ("Content-Encoding", "gzip"))

    def route_double(self) -> None:
        self.answer(gzip.compress(gzip.compress(PAGE)), ("Content-Encoding", "gzip, gzip"))

    def route_bomb(self) -> None:
        self.answer(BOMB, ("Content-Encoding", "gzip"))

    def route_big(self) -> None:
        self.answer(b"x" * (9 * 1024 * 1024))

    def route_short(self) -> None:
        self.answer(PAGE, ("Content-Length", "999999"))

    def route_go(self) -> None:
        self.to("/page?from=go")

    def route_loop(self) -> None:
        self.to("/loop")

    def route_to_file(self) -> None:
        self.to("file:///etc/passwd")

    def route_to_gopher(self) -> None:
        self.to("gopher://example.org/")

    def route_to_private(self) -> None:
        self.to("http://10.0.0.1/")

    def route_to_self(self) -> None:
        self.to("http://127.0.0.1:1/")

    def route_to_metadata(self) -> None:
        self.to("http://169.254.169.254/latest/meta-data/")

    def route_to_password(self) -> None:
        self.to("http://u:p@example.org/")

    def route_to_backslash(self) -> None:
        self.to("http://example.org\\@127.0.0.1/")

    def route_to_nowhere(self) -> None:
        self.to("")

    def route_drip_body(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.drip(b"x")

    def route_drip_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self.drip(b"X-A: b\r\n")

    def route_hang(self) -> None:
        time.sleep(3)

    def drip(self, piece: bytes) -> None:
        for _ in range(100):
            try:
                self.wfile.write(piece)
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.03)

    def log_message(self, *_: object) -> None:
        """Silence."""


@contextmanager
def serve(tls: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[tuple[str, dict[str, str]]]]]:
    """A running server: its port and what it was asked (path, headers)."""
    seen: list[tuple[str, dict[str, str]]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Seeing", (Routes,), {"seen": seen}))
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # hang-ups are what these tests cause
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1], seen
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def trap() -> Iterator[tuple[int, list[object]]]:
    """A socket on 127.0.0.1 that notes every connection: nobody may reach it."""
    hits: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        running = threading.Event()

        def listen() -> None:
            while not running.is_set():
                try:
                    hits.append(server.accept())
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield server.getsockname()[1], hits
        running.set()
        thread.join()

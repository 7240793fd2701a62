"""A time-stamp authority of the tests' own: a root, a certificate, and OpenSSL that answers queries with real tokens.

In: a folder. Out: an Authority, which replies to a query (DER), and a stub that serves it on 127.0.0.1 by what its path says.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

OPENSSL = shutil.which("openssl")
CONFIG = """
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:true
subjectKeyIdentifier = hash
[leaf]
basicConstraints = CA:false
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = own
[own]
serial = serial
digests = sha256
signer_digest = sha256
default_policy = 1.2.3.4.1
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
[strict]
serial = serial
digests = sha512
signer_digest = sha256
default_policy = 1.2.3.4.1
"""
REPLY = "application/timestamp-reply"


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


@dataclass(frozen=True)
class Authority:
    """The authority in a folder."""

    folder: Path

    @property
    def root(self) -> Path:
        """The certificate that its replies lead to."""
        return self.folder / "root.pem"

    def reply_to(self, query: Path) -> Path:
        """The reply to a query in a file, beside it."""
        reply = query.with_suffix(".tsr")
        reply.write_bytes(self.reply(query.read_bytes()))
        return reply

    def reply(self, query: bytes, section: str = "own") -> bytes:
        """The reply to a query; the section ``strict`` takes no SHA-256 and refuses."""
        (self.folder / "asked.tsq").write_bytes(query)
        key = ("-signer", "tsa.pem", "-inkey", "tsa.key", "-section", section)
        openssl(
            self.folder, "ts", "-reply", "-config", "c.cnf", "-queryfile", "asked.tsq", *key, "-out", "answered.tsr"
        )
        return (self.folder / "answered.tsr").read_bytes()


def made(folder: Path) -> Authority:
    """A new authority. Skips the test where there is no OpenSSL."""
    if OPENSSL is None:
        pytest.skip("no openssl: time stamps are not tried")
    (folder / "c.cnf").write_text(CONFIG)
    (folder / "serial").write_text("01")
    new = ("req", "-config", "c.cnf", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout")
    openssl(
        folder, *new, "root.key", "-x509", "-days", "9", "-subj", "/CN=root", "-extensions", "root", "-out", "root.pem"
    )
    openssl(folder, *new, "tsa.key", "-subj", "/CN=stamp", "-out", "tsa.csr")
    signed = ("-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "7", "-days", "9", "-extfile", "c.cnf")
    openssl(folder, "x509", "-req", "-in", "tsa.csr", *signed, "-extensions", "leaf", "-out", "tsa.pem")
    return Authority(folder)


@dataclass
class Stub:
    """A running authority: its port, and the queries that came, with their headers."""

    port: int
    authority: Authority
    seen: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    first: bytes | None = None
    """the first reply, which ``/again`` gives to every query"""

    def url(self, path: str = "/tsa", host: str = "tsa.example") -> str:
        return f"http://{host}:{self.port}{path}"


class _Handler(BaseHTTPRequestHandler):
    stub: Stub

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"]))
        self.stub.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}, query))
        getattr(self, f"route_{self.path.strip('/').partition('?')[0]}")(query)

    def do_GET(self) -> None:
        self.stub.seen.append((self.path, {}, b""))
        self.answer(b"")

    def answer(self, body: bytes, kind: str = REPLY, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers.items()):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def route_tsa(self, query: bytes) -> None:
        reply = self.stub.authority.reply(query)
        self.stub.first = self.stub.first or reply
        self.answer(reply)

    def route_again(self, query: bytes) -> None:
        self.answer(self.stub.first or self.stub.authority.reply(query))

    def route_strict(self, query: bytes) -> None:
        self.answer(self.stub.authority.reply(query, "strict"))

    def route_cut(self, query: bytes) -> None:
        self.answer(self.stub.authority.reply(query)[:-20])

    def route_page(self, _: bytes) -> None:
        self.answer(b"<p>Welcome</p>", "text/html")

    def route_broken(self, _: bytes) -> None:
        self.answer(b"", status=503)

    def route_moved(self, _: bytes) -> None:
        self.answer(b"", status=307, Location="/tsa")

    def route_endless(self, _: bytes) -> None:
        self.answer(b"\x30" * (3 << 20))

    def log_message(self, *_: object) -> None:
        """Silence."""


@contextmanager
def serving(authority: Authority) -> Iterator[Stub]:
    """A running stub."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    stub = Stub(server.server_address[1], authority)
    server.RequestHandlerClass = type("Handler", (_Handler,), {"stub": stub})
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # hang-ups are expected
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()

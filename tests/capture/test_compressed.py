"""S4: compressed replies that lie or burst: given up at the limit, with little memory, whatever the coding."""

from __future__ import annotations

import gzip
import resource
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import brotli
import pytest

from khabar.capture.exchange import MIB, Asking, FetchPolicy, Reply, exchange
from khabar.errors import WorldUnreachable
from khabar.model.watching import Result

ZEROS = b"\0" * (1 << 20)


def gzip_bomb(mebibytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(ZEROS) for _ in range(mebibytes)) + packer.flush()


def deflate_bomb(mebibytes: int) -> bytes:
    return zlib.compress(ZEROS * min(64, mebibytes), 9)


def brotli_bomb(mebibytes: int) -> bytes:
    packer = brotli.Compressor(quality=5)
    parts = [bytes(packer.process(ZEROS)) for _ in range(mebibytes)]
    return b"".join(parts) + bytes(packer.finish())


@contextmanager
def answering(head: str, body: bytes) -> Iterator[int]:
    """A server that answers one request with these bytes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            peer, _ = server.accept()
            with peer:
                peer.recv(65_536)
                with suppress(OSError):  # the client hangs up, as it should
                    peer.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n\r\n".encode() + body)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(5)


def ask(port: int) -> Reply:
    policy = FetchPolicy(allow=frozenset({("127.0.0.1", port)}), seconds=10)
    return exchange(Asking(url=f"http://127.0.0.1:{port}/"), policy=policy)


def refusal(head: str, body: bytes) -> WorldUnreachable:
    with answering(head, body) as port, pytest.raises(WorldUnreachable) as caught:
        ask(port)
    return caught.value


def closing(coding: str, body: bytes) -> str:
    return f"Content-Encoding: {coding}\r\nContent-Length: {len(body)}\r\nConnection: close"


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate"])
def test_a_bomb_of_half_a_gibibyte_stops_at_the_limit(coding: str) -> None:
    bombs = {"gzip": gzip_bomb, "br": brotli_bomb, "deflate": deflate_bomb}
    body = bombs[coding](512)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    error = refusal(closing(coding, body), body)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert error.kind == Result.TOO_LARGE
    assert grown < 64 * 1024  # KiB


@pytest.mark.parametrize("coding", ["zstd", "compress", "gzip, gzip", "br, gzip", "gzip,br", "x-unknown"])
def test_other_codings_are_refused_unread(coding: str) -> None:
    assert refusal(closing(coding, b"x"), b"x").kind == Result.MALFORMED


@pytest.mark.parametrize(
    ("coding", "body"),
    [("gzip", b"plain words"), ("br", b"plain words, no brotli at all"),
     ("gzip", gzip.compress(bytes(range(256)) * 99)[:-30] + b"junk" * 9), ("gzip", gzip.compress(b"page" * 99)[:-9]),
     ("br", brotli.compress(bytes(range(256)) * 99)[:-3]), ("gzip", gzip.compress(b"page") + b"more"), ("deflate", b"x")],
)  # fmt: skip
def test_what_does_not_unpack_is_malformed(coding: str, body: bytes) -> None:
    assert refusal(closing(coding, body), body).kind == Result.MALFORMED


@pytest.mark.parametrize(
    ("head", "body", "kind"),
    [
        ("Transfer-Encoding: chunked", b"zz\r\nnot hexadecimal", Result.MALFORMED),
        ("Transfer-Encoding: chunked", b"ff\r\nshort", Result.MALFORMED),
        ("Content-Length: 10\r\nContent-Length: 20", b"0123456789", Result.MALFORMED),
        ("Content-Length: -1", b"x", Result.MALFORMED),
        ("X: " + "a" * 200_000, b"x", Result.MALFORMED),
        ("Content-Length: 99999999999", b"x" * (9 * MIB), Result.TOO_LARGE),
        ("Transfer-Encoding: chunked", b"100000\r\n" + ZEROS + b"\r\n" * 1, Result.MALFORMED),
    ],
)
def test_framing_that_lies(head: str, body: bytes, kind: Result) -> None:
    assert refusal(f"{head}\r\nConnection: close", body).kind == kind


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "gzip twice", "raw deflate", ""])
def test_a_sound_page_comes_through(coding: str) -> None:
    page = b"<html><body>" + bytes(range(32, 127)) * 9_000
    half = len(page) // 2
    raw = zlib.compressobj(wbits=-15)
    body = {
        "gzip": gzip.compress(page),
        "br": brotli.compress(page),
        "deflate": zlib.compress(page),
        "gzip twice": gzip.compress(page[:half]) + gzip.compress(page[half:]),
        "raw deflate": raw.compress(page) + raw.flush(),
        "": page,
    }[coding]
    with answering(closing(coding.removeprefix("raw ").partition(" ")[0], body), body) as port:
        assert ask(port).body == page

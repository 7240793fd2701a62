"""The fetcher on loopback: what it takes, and all that it must refuse, reach never, or end in time."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.capture.addresses import why_refused
from khabar.capture.decoding import with_charset
from khabar.capture.exchange import MIB, FetchPolicy
from khabar.capture.fetch import fetch
from khabar.errors import WorldUnreachable
from tests.capture.loopback import PAGE, serve, trap

Seen = list[tuple[str, dict[str, str]]]


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[int, Seen]]:
    with serve() as running:
        yield running


def policy(port: int, seconds: float = 10) -> FetchPolicy:
    return FetchPolicy(allow=frozenset({("127.0.0.1", port), ("news.example", port)}), seconds=seconds)


def loopback(host: str, port: int) -> Sequence[str]:
    return ("127.0.0.1",)


def why(url: str, use: FetchPolicy) -> str:
    with pytest.raises(WorldUnreachable) as caught:
        fetch(url, policy=use, resolver=loopback)
    assert caught.value.name == url
    assert "\n" not in caught.value.reason
    return caught.value.reason


def test_a_page_comes_with_its_url_and_time(server: tuple[int, Seen]) -> None:
    port, seen = server
    url = f"http://news.example:{port}/page"
    found = fetch(url, policy=policy(port), resolver=loopback, observed_at="2024-01-02T03:04:05Z")
    assert (found.html, found.text, found.url, found.input_id) == (PAGE, None, url, url)
    assert found.observed_at == "2024-01-02T03:04:05Z"
    headers = seen[-1][1]
    assert headers["user-agent"].startswith("khabar/")
    assert headers["host"] == f"news.example:{port}"
    assert not headers.keys() & {"cookie", "authorization", "referer"}


def test_redirects_lead_to_the_last_address_and_carry_no_cookie(server: tuple[int, Seen]) -> None:
    port, seen = server
    found = fetch(f"http://127.0.0.1:{port}/go", policy=policy(port))
    assert found.url == f"http://127.0.0.1:{port}/page?from=go"
    assert found.input_id.endswith("/go")
    assert "cookie" not in seen[-1][1]


def test_encodings_and_plain_text(server: tuple[int, Seen]) -> None:
    port, _ = server
    latin = fetch(f"http://127.0.0.1:{port}/latin", policy=policy(port))
    assert (latin.html, latin.charset) == (b"<p>caf\xe9</p>", "iso-8859-1")
    assert with_charset(latin.html or b"", latin.charset) == "\ufeff<p>café</p>".encode()
    assert fetch(f"http://127.0.0.1:{port}/text", policy=policy(port)).text == "Café\r\nopen"
    assert fetch(f"http://127.0.0.1:{port}/gzip", policy=policy(port)).html == PAGE


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nowhere", "HTTP 404 Not Found"),
        ("picture", "content type 'image/png'"),
        ("kindless", "content type 'missing'"),
        ("empty", "an empty page"),
        ("bad-text", "invalid UTF-8 at byte 3"),
        ("not-gzip", "cannot be unpacked"),
        ("double", "compressed as 'gzip, gzip'"),
        ("big", "more than 8,388,608 bytes on the wire"),
        ("short", "the connection failed"),
        ("loop", "more than 5 redirects"),
        ("to-file", "only http and https are fetched, not 'file'"),
        ("to-gopher", "not 'gopher'"),
        ("to-private", "10.0.0.1, a private address"),
        ("to-self", "127.0.0.1, a loopback address"),
        ("to-metadata", "a link-local address"),
        ("to-password", "a password"),
        ("to-backslash", "backslash"),
        ("to-nowhere", "does not say where to"),
    ],
)
def test_what_comes_back_wrong_is_said(server: tuple[int, Seen], path: str, reason: str) -> None:
    port, _ = server
    assert reason in why(f"http://127.0.0.1:{port}/{path}", policy(port))


def test_a_bomb_is_given_up_early(server: tuple[int, Seen]) -> None:
    port, _ = server
    tracemalloc.start()
    reason = why(f"http://127.0.0.1:{port}/bomb", policy(port))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "more than 16,777,216 bytes when unpacked" in reason
    assert peak < 64 * MIB


@pytest.mark.parametrize("path", ["drip-body", "drip-headers", "hang"])
def test_slow_servers_end_at_the_deadline(server: tuple[int, Seen], path: str) -> None:
    port, _ = server
    started = time.monotonic()
    assert "not done after 0.4 s" in why(f"http://127.0.0.1:{port}/{path}", policy(port, seconds=0.4))
    assert time.monotonic() - started < 1.4


def test_a_slow_resolver_ends_at_the_deadline() -> None:
    released = threading.Event()

    def slow(host: str, port: int) -> Sequence[str]:
        released.wait(5)
        return ("8.8.8.8",)

    with pytest.raises(WorldUnreachable, match="not done after"):
        fetch("http://news.example/", policy=FetchPolicy(seconds=0.2), resolver=slow)
    released.set()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f.1:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://127.1:{port}/",
        "http://0:{port}/",
        "http://0.0.0.0:{port}/",
        "http://[::1]:{port}/",
        "http://[::]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[::ffff:7f00:1]:{port}/",
        "http://[64:ff9b::127.0.0.1]:{port}/",
        "http://[::127.0.0.1]:{port}/",
        "http://[2002:7f00:1::]:{port}/",
        "http://[fe80::1%25lo]:{port}/",
        "http://127.0.0.1.:{port}/",
        "http://example.org\\@127.0.0.1:{port}/",
        "http://example.org@127.0.0.1:{port}/",
        "http://①②⑦.⓪.⓪.①:{port}/",
        " http://127.0.0.1:{port}/",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://127.0.0.1:{port}/",
        "//127.0.0.1:{port}/",
        "127.0.0.1:{port}/",
        "/etc/passwd",
        "http://",
        "http://[::1",
        "http://news.example:99999/",
        "javascript:alert(1)",
        "",
    ],
)
def test_nothing_inside_is_reached(url: str) -> None:
    with trap() as (port, hits):
        given_url = url.format(port=port)
        with pytest.raises(WorldUnreachable) as caught:
            fetch(given_url, policy=FetchPolicy(seconds=5))  # with the system's own resolver
        assert not hits
    assert caught.value.name == given_url


def test_rebinding_and_mixed_answers_gain_nothing() -> None:
    with trap() as (port, hits):
        answers = iter([("8.8.8.8", "127.0.0.1"), ("127.0.0.1",), ("::1", "2606:4700::1")])

        def fickle(host: str, port: int) -> Sequence[str]:
            return next(answers)

        for _ in range(3):
            with pytest.raises(WorldUnreachable, match="only public hosts"):
                fetch(f"http://news.example:{port}/", policy=FetchPolicy(), resolver=fickle)
        assert not hits


def test_the_allowance_is_for_one_port_only(server: tuple[int, Seen]) -> None:
    port, _ = server
    assert "a loopback address" in why(f"http://127.0.0.1:{port}/", policy(port + 1))


def test_unknown_host_and_closed_port() -> None:
    def nobody(host: str, port: int) -> Sequence[str]:
        raise OSError("Name or service not known")

    with pytest.raises(WorldUnreachable, match=r"no address for the host news\.example"):
        fetch("http://news.example/", policy=FetchPolicy(), resolver=nobody)
    with trap() as (port, _):
        closed = port
    assert f"no connection to 127.0.0.1 port {closed}" in why(f"http://127.0.0.1:{closed}/", policy(closed))


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs the openssl command to make a certificate")
def test_tls_is_verified_and_never_left(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=news.example"]
    files = ["-keyout", str(key), "-out", str(certificate), "-addext", "subjectAltName=DNS:news.example"]
    subprocess.run(["openssl", "req", "-x509", *made, *files], check=True, capture_output=True)
    there = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    there.load_cert_chain(certificate, key)
    with serve(there) as (port, _):
        url, allowed = f"https://news.example:{port}/page", policy(port)
        assert "certificate is not trusted" in why(url, allowed)
        trusting = FetchPolicy(allow=allowed.allow, tls=ssl.create_default_context(cafile=str(certificate)))
        assert fetch(url, policy=trusting, resolver=loopback).html == PAGE
        assert "https down to http" in why(f"https://news.example:{port}/to-private", trusting)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("8.8.8.8", None),
        ("2606:4700::1111", None),
        ("64:ff9b::808:808", None),
        ("127.8.8.8", "loopback"),
        ("100.64.0.1", "reserved"),
        ("192.168.1.1", "private"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "private"),
        ("0.0.0.0", "unspecified"),
        ("198.51.100.7", "private"),
        ("::ffff:8.8.8.8", "IPv4-mapped"),
        ("64:ff9b::7f00:1", "loopback"),
        ("2001:0:7f00:1::", "tunnelled"),
        ("fc00::1", "private or reserved"),
        ("ff02::1", "private or reserved"),
        ("2001:db8::1", "private or reserved"),
        ("fe80::1%eth0", "private or reserved"),
        ("example", "malformed"),
    ],
)
def test_addresses(address: str, kind: str | None) -> None:
    assert why_refused(address) == kind


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.ip_addresses(network="10.0.0.0/8"),
        st.ip_addresses(network="127.0.0.0/8"),
        st.ip_addresses(network="fc00::/7"),
    )
)
def test_inside_networks_are_refused_in_every_spelling(address: object) -> None:
    assert why_refused(str(address)) is not None
    if ":" not in str(address):
        assert why_refused(f"::ffff:{address}") is not None
        assert why_refused(f"64:ff9b::{address}") is not None

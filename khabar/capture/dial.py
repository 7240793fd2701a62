"""Connections that reach public addresses only and end in time: the gate under the fetcher.

In: a host and port, as the HTTP library asks for them. Out: a stream to an address that was checked a moment before and
is the very one dialled, so that a name which resolves differently the second time (DNS rebinding) gains nothing. If one
address of a name is not public, the name is refused. One Errand limits everything that is done for a fetch, redirects
included: seconds in all, which also ends servers that drip a byte at a time (time-outs per read never do), and bytes on
the wire, headers and TLS-decrypted bytes counted. The resolver runs in a thread that is left behind when time is up,
because the system's resolver cannot be interrupted.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_address
from typing import Any

import httpcore2

from khabar.capture.addresses import why_refused
from khabar.errors import WorldUnreachable
from khabar.model.watching import Result

Resolver = Callable[[str, int], Sequence[str]]
"""host and port to addresses; raises OSError where the name has none"""


def system_resolver(host: str, port: int) -> Sequence[str]:
    """The addresses that the operating system gives for a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in found))


class Errand:
    """What one fetch may still spend; every overspending is a WorldUnreachable that names the URL."""

    __slots__ = ("_bytes", "_clock", "_deadline", "_limit", "_seconds", "url")

    def __init__(self, url: str, *, seconds: float, wire_bytes: int, clock: Callable[[], float]) -> None:
        self.url = url
        self._seconds, self._clock, self._deadline = seconds, clock, clock() + seconds
        self._limit = self._bytes = wire_bytes

    def time_left(self) -> float:
        """Seconds until the deadline, always positive."""
        left = self._deadline - self._clock()
        if left <= 0:
            raise self.too_slow()
        return left

    def spend(self, count: int) -> None:
        """Count bytes that came in."""
        self._bytes -= count
        if self._bytes < 0:
            raise self.refused(f"more than {self._limit:,} bytes on the wire; not a news page", Result.TOO_LARGE)

    def too_slow(self) -> WorldUnreachable:
        """The refusal for a server that takes too long."""
        return self.refused(
            f"not done after {self._seconds:g} s; the server is too slow, try again later", Result.TIME_OUT
        )

    def refused(self, reason: str, kind: Result = Result.REFUSED) -> WorldUnreachable:
        """A refusal of this errand's URL."""
        return WorldUnreachable(self.url, reason, kind)


class GatedStream(httpcore2.NetworkStream):
    """A connection whose every step is under the errand's limits."""

    def __init__(self, inner: httpcore2.NetworkStream, errand: Errand) -> None:
        self._inner, self._errand = inner, errand

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most ``max_bytes``; the caller's time-out is replaced by what is left of the errand's time."""
        del timeout
        data = self._inner.read(max_bytes, self._errand.time_left())
        self._errand.spend(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send; the caller's time-out is replaced by what is left of the errand's time."""
        del timeout
        self._inner.write(buffer, self._errand.time_left())

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same stream under TLS, the certificate checked for ``server_hostname``."""
        del timeout
        return GatedStream(self._inner.start_tls(ssl_context, server_hostname, self._errand.time_left()), self._errand)

    def get_extra_info(self, info: str) -> Any:
        """What the library asks about the connection."""
        return self._inner.get_extra_info(info)


class Gate(httpcore2.NetworkBackend):
    """Resolves, checks and dials; ``allow`` names the (host, port) pairs that tests may reach unchecked."""

    def __init__(self, errand: Errand, *, resolver: Resolver, allow: frozenset[tuple[str, int]]) -> None:
        self._errand, self._resolver, self._allow = errand, resolver, allow
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A stream to the first checked address of the host that answers."""
        del timeout, local_address, socket_options
        last: Exception | None = None
        for address in self._checked(host, port):
            try:
                return GatedStream(self._inner.connect_tcp(address, port, self._errand.time_left()), self._errand)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last = error
        self._errand.time_left()  # says "too slow" where that is the reason
        raise self._errand.refused(f"no connection to {host} port {port} ({last})", Result.UNREACHABLE) from last

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        """Never: a socket file is inside the machine."""
        del timeout, socket_options
        raise self._errand.refused(f"{path} is inside this machine")

    def _checked(self, host: str, port: int) -> Sequence[str]:
        addresses = (host,) if _is_literal(host) else self._resolve(host, port)
        if (host, port) in self._allow:
            return addresses
        for address in addresses:
            kind = why_refused(address)
            if kind:
                raise self._errand.refused(f"{host} is at {address}, a {kind} address; only public hosts are fetched")
        return addresses

    def _resolve(self, host: str, port: int) -> Sequence[str]:
        answer: list[Sequence[str] | OSError | UnicodeError] = []

        def ask() -> None:
            try:
                answer.append(self._resolver(host, port))
            except (OSError, UnicodeError) as error:
                answer.append(error)

        thread = threading.Thread(target=ask, name="khabar-resolver", daemon=True)
        thread.start()
        thread.join(self._errand.time_left())
        found = answer[0] if answer else None
        if found is None:
            raise self._errand.too_slow()
        if isinstance(found, Exception):
            raise self._errand.refused(
                f"no address for the host {host} ({found}); check the spelling", Result.UNREACHABLE
            ) from found
        if not found:
            raise self._errand.refused(f"no address for the host {host}; check the spelling", Result.UNREACHABLE)
        return found


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

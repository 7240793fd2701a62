"""Plain HTTP requests to the desk."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    text: str


def ask(url: str, *, host: str | None = None, method: str = "GET", more: dict[str, str] | None = None) -> Answer:
    """One request; a refusal is an answer like any other."""
    headers = ({"Host": host} if host else {}) | (more or {})
    request = urllib.request.Request(url, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            return Answer(reply.status, reply.headers, reply.read().decode())
    except urllib.error.HTTPError as fault:
        with fault:
            return Answer(fault.code, fault.headers, fault.read().decode())

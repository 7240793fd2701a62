"""Where a ledger lies: a file (a Path), or a database on a server, named by a URL.

In: the text that a user wrote. Out: a Path or a Server. ``str(server)`` never shows the password, so that a place can stand
in any message, log or file name. It opens nothing and looks nothing up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

from khabar.errors import UsageFault

SCHEMES = ("postgresql://", "postgres://")
OPTIONS = frozenset({"host", "port", "schema", "sslmode"})


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL database: ``postgresql://user:password@host:port/database?host=/socket/folder&schema=name&sslmode=require``."""

    url: str

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        user, _, host = parts.netloc.rpartition("@")
        shown = f"{user.partition(':')[0]}@{host}" if user else host
        return urlunsplit(parts._replace(netloc=shown, query=""))

    def __repr__(self) -> str:
        return f"Server({str(self)!r})"


Place = Path | Server


def place(text: str | Path) -> Place:
    """The place that a text names: a URL of a server, or a path."""
    if isinstance(text, str) and text.strip().lower().startswith(SCHEMES):
        return Server(_checked(text.strip()))
    return Path(text)


def _checked(url: str) -> str:
    """A URL whose parts can be told apart; else a UsageFault that repeats none of it, since there may be a password in it."""
    rest = url.partition("://")[2]
    hosts = re.split(r"[/?#]", rest, maxsplit=1)
    odd = "@" in "".join(hosts[1:]) or "#" in rest
    try:
        odd = odd or urlsplit(url).port == 0
    except ValueError:
        odd = True
    unknown = sorted(parse_qs(urlsplit(url).query).keys() - OPTIONS) if not odd else []
    if odd:
        raise UsageFault(
            "this URL of a ledger has a part too many; write a password with / ? # @ : as %2F %3F %23 %40 %3A"
        )
    if unknown:
        raise UsageFault(f"a ledger's URL knows {', '.join(sorted(OPTIONS))}, not {', '.join(unknown)}")
    return f"postgresql://{rest}"


def file_of(where: Place, verb: str, instead: str) -> Path:
    """The file of a ledger, for what only files can do. Raises UsageFault for a server, with what to do ``instead``."""
    if isinstance(where, Server):
        raise UsageFault(f"{where}: 'khabar {verb}' works on a ledger file; on a PostgreSQL server {instead}")
    return where

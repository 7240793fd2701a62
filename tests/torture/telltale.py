"""S18: secrets that come near khabar, and words that would forge a line of its messages.

In: how many documents with hostile particulars. Out: how often a secret (a password in an address, a cookie, a token of a
webhook, a key, the password of a database) stood in a message, in the ledger or in an export; how often it was sent
anywhere; how often a line of a message began with words of a stranger. Every secret is one that the trial made.
"""

from __future__ import annotations

import gzip
import json
import random
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import zstandard

from khabar.capture.exchange import Asking, FetchPolicy, exchange
from khabar.capture.warc import made, write_record
from khabar.capture.workers import Workers
from khabar.ledger.schema import LOGGED
from khabar.ledger.store import View, open_view
from tests.ledger.making import TEXT
from tests.torture.outcome import Outcome
from tests.torture.spoofed import saying
from tests.watch.site import Desk, Time, loopback, page, serving

SECRETS = {
    name: f"{name}-7c1e5aF9"
    for name in ("password", "sentcookie", "setcookie", "bearer", "token", "hookkey", "dbpassword", "recordpassword")
}
"""each names where it comes from"""
FORGED = "FORGED read 9, new 9"
BREAKS = (
    "\n",
    "\r",
    "\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\x1b[2K\r",
    "\x1b[1A\x1b[2K",
    "\x08" * 90,
)
"""what begins a new line, or writes over one, in some program that shows messages"""
OVERWRITES = ("\x1b[2K", "\x08")
LINE_ENDS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


def warc() -> bytes:
    """An archive whose records hold what a browser sent and got beside the page."""
    target = f"https://editor:{SECRETS['recordpassword']}@kestrel.example/archived"
    sent = f"GET / HTTP/1.1\r\nCookie: s={SECRETS['sentcookie']}\r\nAuthorization: Bearer {SECRETS['bearer']}\r\n\r\n"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: s={SECRETS['setcookie']}; Path=/\r\n\r\n"
    fields = {"WARC-Target-URI": target, "WARC-Date": "2026-03-01T12:00:00Z"}
    request = made("request", sent.encode(), {**fields, "Content-Type": "application/http; msgtype=request"})
    response = made(
        "response", head.encode() + page(), {**fields, "Content-Type": "application/http; msgtype=response"}
    )
    return write_record(request) + write_record(response)


def rules(folder: Path) -> Path:
    """Rules of an alert with a token in its target and a key of its own."""
    (folder / "hook.key").write_text(SECRETS["hookkey"])
    rule = {"name": "names", "to": f"http://127.0.0.1:9/in?token={SECRETS['token']}", "key": "hook.key"}
    path = folder / "alerts.yml"
    path.write_text(json.dumps({"rules": [rule]}), encoding="utf-8")
    return path


def hostile(count: int, chance: random.Random) -> Iterator[dict[str, object]]:
    """Documents whose particulars would forge a line; every third cannot be taken, so that a message names it."""
    for number in range(count):
        forged = f"{chance.choice(BREAKS)}{FORGED}"
        row: dict[str, object] = {"id": f"n{number}{forged}", "url": f"https://kestrel.example/{number}{forged}"}
        row |= {"publisher": f"Post{forged}", "headline": f"Bridge{forged}", "published": "2026-03-01"}
        text = TEXT.format(who="The army", where="Misrata") if number % 3 else ""
        yield {**row, "text": text, **({"updated": f"soon{forged}"} if number % 3 == 1 else {})}


def messages(folder: Path, ledger: Path, count: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """What the verbs say, by verb, when secrets and forged lines are handed to them."""
    (folder / "old.warc").write_bytes(warc())
    rows = "".join(f"{json.dumps(row)}\n" for row in hostile(count, chance))
    (folder / "news.jsonl").write_text(rows, encoding="utf-8")
    (folder / f"a\n{FORGED}.txt").write_text("", encoding="utf-8")
    first, second = (TEXT.format(who=who, where="Misrata") for who in ("Orlan rebels", "Armed men"))
    address = f"https://editor:{SECRETS['password']}@kestrel.example/1"
    edited = "".join(f"{json.dumps({'id': address, 'url': address, 'text': text})}\n" for text in (first, second))
    (folder / "edited.jsonl").write_text(edited, encoding="utf-8")
    at, private = ("--ledger", ledger), f"https://editor:{SECRETS['password']}@127.0.0.1/a"
    given = [folder / "old.warc", folder / "edited.jsonl", folder / "news.jsonl", folder / f"a\n{FORGED}.txt"]
    database = f"postgresql://desk:{SECRETS['dbpassword']}@127.0.0.1:9/news"
    lines: tuple[tuple[str | Path, ...], ...] = (
        ("add", *given, private, *at),
        ("read", *given[2:], private),
        ("watch", private, "--once", *at),
        ("watch", f"https://kestrel.example/{FORGED}", "--list", *at),
        ("brief", *at),
        ("claims", "--limit", "0", *at),
        ("edits", *at),
        ("edits", "--feed", *at),
        ("edits", "--send", rules(folder), *at),
        ("verify", *at),
        ("show", f"x\n{FORGED}", *at),
        ("claims", "--after", f"x\r{FORGED}", *at),
        ("read", f"no\n{FORGED}"),
        (f"no\n{FORGED}",),
        ("claims", "--ledger", database),
        ("config", "--show", "--ledger", database),
        ("export", "claims", *at),
        ("export", "claims", "--format", "csv", *at),
        ("export", "warc", "--out", folder / "out.warc.gz", *at),
        ("export", "wacz", "--out", folder / "out.wacz", *at),
    )
    for words in lines:
        yield " ".join(map(str, words[:2])) if words[0] == "export" else str(words[0]), saying(*words)[0]
    yield "warc", gzip.decompress((folder / "out.warc.gz").read_bytes()).decode("utf-8", "replace")
    with zipfile.ZipFile(folder / "out.wacz") as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    yield (
        "wacz",
        "\n".join((gzip.decompress(p) if p[:2] == b"\x1f\x8b" else p).decode("utf-8", "replace") for p in parts),
    )


def everything(view: View) -> Iterator[str]:
    """Every value of every table, unpacked where it is packed."""
    for table in LOGGED:
        for row in view.rows(f"SELECT * FROM {table.name}"):
            for value in row:
                yield unpacked(value) if isinstance(value, bytes) else str(value)


def unpacked(data: bytes) -> str:
    """Stored bytes as text."""
    with suppress(zstandard.ZstdError):  # bytes that are packed against others stand as they are where they are new
        data = zstandard.ZstdDecompressor().decompress(data)
    return data.decode("utf-8", "replace")


def sent() -> list[str]:
    """What khabar sent to a site that sets cookies, redirects and wants a password; what the ledger kept of it."""
    cookie = {"Set-Cookie": f"s={SECRETS['setcookie']}; Path=/"}
    with serving() as site, Workers(1) as workers, tempfile.TemporaryDirectory() as name:
        site.put("/from", status=302, headers={**cookie, "Location": "/to"})
        site.put("/to", page(), headers=cookie)
        site.put("/secret", status=401, headers={"WWW-Authenticate": 'Basic realm="desk"'})
        desk = Desk(Path(name) / "l.sqlite", site, workers, Time())
        desk.watch(*(site.url(path) for path in ("/from", "/to", "/secret")))
        desk.go(3 * 3600)
        policy = FetchPolicy(allow=frozenset({("news.example", site.port)}), seconds=5)
        exchange(Asking(url=site.url("/from")), policy=policy, resolver=loopback)
        kept = [value for value in everything(desk.writer.view) if SECRETS["setcookie"] in value]
        desk.writer.close()
        named = {name for _, _, headers in site.seen for name in headers}
        asked = len(site.seen)
    out = [f"sent: {name}" for name in sorted(named & {"cookie", "authorization", "referer", "proxy-authorization"})]
    return out + ["the ledger kept a cookie"] * bool(kept) + ["nothing was asked"] * (asked < 6)


def forged(words: str) -> bool:
    """Whether the words of a stranger begin a line, or write over one."""
    at = words.find(FORGED)
    while at >= 0:
        if at == 0 or words[at - 1] in LINE_ENDS or words[:at].endswith(OVERWRITES):
            return True
        at = words.find(FORGED, at + 1)
    return False


def trial(documents: int, *, seed: int = 1) -> Outcome:
    """S18."""
    faults = sent()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        said = list(messages(folder, folder / "l.sqlite", documents, random.Random(seed)))
        with open_view(folder / "l.sqlite") as view:
            said.append(("ledger", "\n".join(everything(view))))
            taken = view.rows("SELECT count(*) FROM version")[0][0]
    for where, words in said:
        faults += [f"{where}: the {secret}" for secret, value in SECRETS.items() if value in words]
        if where not in ("ledger", "warc", "wacz", "export claims"):
            faults += [f"{where}: a forged line"] * forged(words)
    named = sum(words.count(FORGED) for where, words in said if where == "add")
    faults += ["no message named a hostile document"] * (named < documents // 6) + ["nothing was taken"] * (taken < 3)
    found = f"{len(said)} messages, exports and the ledger, {len(faults)} faults"
    return Outcome(
        trial="S18 secrets and forged lines",
        number=f"{len(SECRETS)} secrets, {documents:,} hostile documents",
        found=found + (f", the first: {faults[0]}" if faults else ""),
        held=not faults,
    )

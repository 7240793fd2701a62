"""Tell others of edits: rules by source, class and actor, signed webhooks, a desktop line, retries that outlive a restart.

In: a YAML file of rules, a Writer, the ways to tell (a revision as JSON, the guarded exchange, a line and who shows it). Out:
how many were delivered and how many failed; each try stands in the ledger, and before it is made, so that of several
processes on one ledger one tells. The body is signed with the rule's key (HMAC-SHA256 over the time stamp, a full stop and
the body; header ``X-Khabar-Signature``), which stands in a file of its own and is never stored or printed. A failed try is
repeated after 1, 4, 16 and 64 minutes, then given up; so is one of a process that died at it: that may tell twice.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from khabar.capture.dial import Resolver
from khabar.capture.exchange import Asking, FetchPolicy, exchange
from khabar.capture.ladder import instant
from khabar.errors import DataFault, InputRefused, WorldUnreachable
from khabar.ledger.alerting import Due, Tries, begin_try, end_try, ready, tries
from khabar.ledger.store import Stamp, Writer
from khabar.model.changes import EditClass

MOST_TRIES = 5
KEYS = frozenset({"name", "to", "key", "publishers", "classes", "actors"})
Payload = Callable[[str, Due], bytes]
Send = Callable[[Asking], int]
"""an asking to the status that came; raises WorldUnreachable"""
DESKTOP = "desktop"
"""what a rule has as its target in place of a URL to show a line here"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who is told of what. An empty list keeps everything."""

    name: str
    to: str
    key: bytes
    publishers: tuple[str, ...] = ()
    classes: tuple[EditClass, ...] = ()
    actors: tuple[str, ...] = ()

    def wants(self, due: Due) -> bool:
        """Whether a revision is of this rule: its outlet, one of its classes, a name in its words or headlines."""
        edits, changes = due.revision.edits, due.revision.changes
        said = [due.before_headline or "", due.after_headline or "", *(c.note for c in changes)]
        words = " ".join([*said, *(f"{e.before_text} {e.after_text}" for e in edits)]).lower()
        outlet = (due.publisher or "").lower()
        loud = {e.edit_class for e in edits} - {EditClass.STYLE, EditClass.MOVED}
        return (
            (bool(loud & set(self.classes)) if self.classes else bool(loud or changes))
            and (not self.publishers or any(p.lower() in outlet for p in self.publishers))
            and (not self.actors or any(a.lower() in words for a in self.actors))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How to tell: the body of a message and who sends it, the line of a revision and who shows it."""

    payload: Payload
    send: Send
    line: Callable[[Due], str]
    show: Callable[[str], str | None]

    def carry(self, rule: Rule, due: Due, at: str) -> str | None:
        """Tell one revision under one rule. Out: why it was not taken, or None."""
        if rule.to == DESKTOP:
            return self.show(self.line(due))
        return _send(rule, self.payload(rule.name, due), at, self.send)


@dataclass(frozen=True, slots=True)
class Told:
    """What came of telling."""

    delivered: int = 0
    failed: int = 0


def load_rules(path: Path) -> tuple[Rule, ...]:
    """The rules of a file. Raises DataFault with the rule's number and what is wrong."""
    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataFault(f"{path}: {error}") from error
    rows = table.get("rules") if isinstance(table, dict) else None
    if not isinstance(rows, list) or not rows:
        raise DataFault(f'{path}: needs a list "rules"')
    return tuple(_rule(row, f"{path}: rule {number}", path.parent) for number, row in enumerate(rows, 1))


def tell(rules: Iterable[Rule], writer: Writer, *, ways: Ways, stamp: Callable[[], Stamp], since: str = "") -> Told:
    """Tell every rule that wants it of every revision that is ready and due, unless another process does."""
    delivered = failed = 0
    rules = tuple(rules)
    for due in ready(writer.view, since):
        for rule in rules:
            if not rule.wants(due):
                continue
            now, target = stamp(), shown(rule.to)
            open_to = partial(_open, now=now.recorded_at)
            if not open_to(tries(writer.view, due.seq, rule.name, target)):
                continue
            begun = begin_try(writer, due, rule.name, target, open_to=open_to, stamp=now)
            if begun is None:
                continue
            why = ways.carry(rule, due, now.recorded_at)
            end_try(writer, begun, failed=why, stamp=stamp())
            delivered, failed = delivered + (why is None), failed + (why is not None)
    return Told(delivered, failed)


def sender(policy: FetchPolicy, resolver: Resolver) -> Send:
    """The guarded exchange as a way to send."""
    return lambda asking: exchange(asking, policy=policy, resolver=resolver).status


def signature(key: bytes, at: str, body: bytes) -> str:
    """What a receiver must compute to know that a message is ours and of this moment."""
    return "sha256=" + hmac.new(key, f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def shown(url: str) -> str:
    """A target as it may be stored: without its query, which may hold a token."""
    parts = urlsplit(url)
    return url if url == DESKTOP else f"{parts.scheme}://{parts.hostname}{parts.path}"


def _send(rule: Rule, body: bytes, at: str, send: Send) -> str | None:
    """Post one message. Out: why it was not taken, or None."""
    signed = (("X-Khabar-Timestamp", at), ("X-Khabar-Signature", signature(rule.key, at, body)))
    try:
        status = send(Asking(url=rule.to, accept="*/*", body=body, headers=signed))
    except WorldUnreachable as error:
        return error.reason
    return None if 200 <= status < 300 else f"HTTP {status}"


def _open(before: Tries, *, now: str) -> bool:
    """Whether another try may begin: none was taken, they are not used up, and its time has come, by the last row."""
    if before.delivered or before.count >= MOST_TRIES:
        return False
    if before.last_at is None:
        return True
    moment: datetime = instant(before.last_at) + timedelta(minutes=4 ** (before.count - 1))
    return instant(now) >= moment


def _rule(row: Any, where: str, folder: Path) -> Rule:
    here = isinstance(row, dict) and row.get("to") == DESKTOP
    needed = {"name", "to"} if here else {"name", "to", "key"}
    if not isinstance(row, dict) or not needed <= row.keys() or not row.keys() <= KEYS:
        raise DataFault(f"{where}: needs name, to and (but for {DESKTOP}) key; may have publishers, classes, actors")
    lists = {key: row.get(key) or [] for key in ("publishers", "classes", "actors")}
    strange = [k for k, v in lists.items() if not isinstance(v, list) or not all(isinstance(w, str) for w in v)]
    if strange:
        raise DataFault(f"{where}: {', '.join(strange)} must be lists of words")
    try:
        classes = tuple(EditClass(name) for name in lists["classes"])
        key = b"" if here else (folder / str(row["key"])).read_bytes().strip()
    except (ValueError, OSError) as error:
        raise DataFault(f"{where}: {error}") from error
    if len(key) < 16 and not here:
        raise DataFault(f"{where}: the key file holds {len(key)} bytes; a key has at least 16")
    if urlsplit(str(row["to"])).scheme not in {"http", "https"} and not here:
        raise InputRefused(str(row["name"]), f"to: only http, https and {DESKTOP}")
    return Rule(
        name=str(row["name"]),
        to=str(row["to"]),
        key=key,
        publishers=tuple(lists["publishers"]),
        classes=classes,
        actors=tuple(lists["actors"]),
    )

"""Alerts: who is told what, once, signed, with retries; flapping and unconfirmed changes are not told."""

from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from khabar.capture.exchange import Asking, FetchPolicy
from khabar.capture.ladder import instant
from khabar.cli.edits import line, payload
from khabar.cli.watch import Alerter
from khabar.errors import DataFault, UsageFault, WorldUnreachable
from khabar.ledger.alerting import ready
from khabar.ledger.store import Stamp, Writer, open_writer
from khabar.model.documents import Submission
from khabar.run.alerts import Send, Ways, load_rules, sender, signature, tell
from khabar.run.desktop import shower
from khabar.run.stages import take_in
from khabar.settings import Settings
from khabar.show.export.feed import atom
from khabar.stores import Place
from tests.ledger.making import typed
from tests.watch.site import BENCH, loopback, page

URL = "https://news.example/1"
KEY = b"a secret of ours"


def at(hour: int, minute: int = 0, day: int = 1) -> Stamp:
    return Stamp(
        recorded_at=f"2026-03-{day:02d}T{hour:02d}:{minute:02d}:00Z", run_id="run-1", code_version="khabar test"
    )


def take(writer: Writer, title: str, stamp: Stamp) -> None:
    given = Submission(name=URL, input_id=URL, url=URL, html=page(title), observed_at=stamp.recorded_at, memento=True)
    take_in(given, writer, BENCH, stamp)


@pytest.fixture
def writer(ledger: Place) -> Iterator[Writer]:
    with open_writer(ledger) as running:
        take(running, "General Orlan blamed for raid", at(10))
        take(running, "Officer blamed for raid &amp; &lt;b&gt;fire", at(11))
        yield running


def by(send: Send, show: Callable[[str], str | None] = lambda _: "nobody looks") -> Ways:
    return Ways(payload=payload, send=send, line=line, show=show)


def rules_file(folder: Path, **more: object) -> Path:
    (folder / "key").write_bytes(KEY + b"\n")
    rule = {"name": "names", "to": "http://hook.example/in?token=secret", "key": "key", **more}
    path = folder / "alerts.yml"
    path.write_text(json.dumps({"rules": [rule]}))
    return path


@contextmanager
def hook(statuses: list[int]) -> Iterator[tuple[int, list[tuple[dict[str, str], bytes]]]]:
    seen: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(statuses.pop(0) if statuses else 204)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.server_address[1], seen
    server.shutdown()
    server.server_close()


def test_an_alert_is_signed_sent_once_and_tried_again(writer: Writer, tmp_path: Path) -> None:
    with hook([500]) as (port, seen):
        path = rules_file(tmp_path, to=f"http://hook.example:{port}/in?token=secret", classes=["NAME_GENERALISED"])
        send = sender(FetchPolicy(allow=frozenset({("hook.example", port)})), loopback)

        def go(stamp: Stamp) -> tuple[int, int]:
            counts = tell(load_rules(path), writer, ways=by(send), stamp=lambda: stamp)
            return counts.delivered, counts.failed

        assert go(at(12)) == (0, 1)
        assert go(at(12)) == (0, 0)  # not yet
        assert go(at(12, 2)) == (1, 0)
        assert go(at(13)) == (0, 0)  # once
        headers, body = seen[1]
        wanted = hmac.new(KEY, headers["x-khabar-timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
        assert headers["x-khabar-signature"] == f"sha256={wanted}"
        told = json.loads(body)
        assert told["before_headline"] == "General Orlan blamed for raid"
        assert "NAME_GENERALISED" in {e["class"] for e in told["edits"]}
    rows = writer.view.rows("SELECT try, delivered, reason, target FROM delivery ORDER BY seq")
    assert [row[:3] for row in rows] == [(1, 0, "begun"), (1, 0, "HTTP 500"), (2, 0, "begun"), (2, 1, None)]
    assert "secret" not in rows[0][3]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ({}, 1),
        ({"classes": ["NUMBER_CHANGED"]}, 0),
        ({"actors": ["orlan"]}, 1),
        ({"actors": ["Haftun"]}, 0),
        ({"publishers": ["sorrin"]}, 0),
    ],
)
def test_rules_keep_what_they_name(writer: Writer, tmp_path: Path, rule: dict[str, object], wanted: int) -> None:
    sent: list[Asking] = []

    def send(asking: Asking) -> int:
        sent.append(asking)
        return 200

    tell(load_rules(rules_file(tmp_path, **rule)), writer, ways=by(send), stamp=lambda: at(12))
    assert len(sent) == wanted


def test_after_five_tries_it_is_given_up(writer: Writer, tmp_path: Path) -> None:
    def send(asking: Asking) -> int:
        raise WorldUnreachable(asking.url, "no connection")

    rules = load_rules(rules_file(tmp_path))
    for hour in range(12, 24):
        tell(rules, writer, ways=by(send), stamp=lambda hour=hour: at(hour))  # type: ignore[misc]
        tell(rules, writer, ways=by(send), stamp=lambda hour=hour: at(hour, 30, 2))  # type: ignore[misc]
    assert writer.view.rows("SELECT count(*), max(try), sum(delivered) FROM delivery") == [(10, 5, 0)]


def test_two_who_tell_at_once_tell_once(ledger: Place, writer: Writer, tmp_path: Path) -> None:
    """While one is at it another comes along, on a connection of its own, under the same rule and under another."""
    rules, seen = load_rules(desktop_rule(tmp_path)), list[str]()
    others = load_rules(desktop_rule(tmp_path, name="there"))

    def show(words: str) -> str | None:
        seen.append(words)
        if len(seen) == 1:
            with open_writer(ledger) as other:
                assert tell(rules, other, ways=by(lambda _: 500, show), stamp=lambda: at(12)).delivered == 0
                assert tell(others, other, ways=by(lambda _: 500, show), stamp=lambda: at(12)).delivered == 1
        return None

    assert tell(rules, writer, ways=by(lambda _: 500, show), stamp=lambda: at(12)).delivered == 1
    assert tell(rules, writer, ways=by(lambda _: 500, show), stamp=lambda: at(13)).delivered == 0
    assert len(seen) == 2
    rows = writer.view.rows("SELECT rule, sum(delivered) FROM delivery GROUP BY rule ORDER BY rule")
    assert rows == [("here", 1), ("there", 1)]


def test_who_dies_while_telling_leaves_it_to_the_next(writer: Writer, tmp_path: Path) -> None:
    def die(_: str) -> str | None:
        raise KeyboardInterrupt

    rules, seen = load_rules(desktop_rule(tmp_path)), list[str]()
    with pytest.raises(KeyboardInterrupt):
        tell(rules, writer, ways=by(lambda _: 500, die), stamp=lambda: at(12))
    for stamp in (at(12), at(12, 1), at(12, 9)):
        tell(rules, writer, ways=by(lambda _: 500, seen.append), stamp=lambda stamp=stamp: stamp)  # type: ignore[misc]
    assert len(seen) == 1
    assert writer.view.rows("SELECT try, delivered FROM delivery ORDER BY seq") == [(1, 0), (2, 0), (2, 1)]


NOTES = "import sys, time; time.sleep(0.2); open(sys.argv[1], 'a').write(sys.argv[-1] + chr(10))"
PROCESSES = 4


def test_processes_on_one_ledger_tell_once(ledger: Place, tmp_path: Path) -> None:
    """By the command line: several ``khabar edits --send`` at once, each with everything to tell."""
    with open_writer(ledger) as running:
        for number in range(3):
            for hour, title in ((10, "General Orlan blamed for raid"), (11, "Officer blamed for raid")):
                url, stamp = f"https://news.example/{number}", at(hour)
                given = Submission(name=url, input_id=url, url=url, html=page(title), memento=True)
                take_in(replace(given, observed_at=stamp.recorded_at), running, BENCH, stamp)
    notify = f'"{sys.executable}" -c "{NOTES}" "{tmp_path / "shown"}"'
    command = [sys.executable, "-m", "khabar", "edits", "--ledger", typed(ledger), "--notify", notify]
    command += ["--send", str(desktop_rule(tmp_path))]
    running_at_once = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(PROCESSES)]
    told = [process.communicate(timeout=120)[1] for process in running_at_once]
    assert [process.returncode for process in running_at_once] == [0] * PROCESSES
    lines = (tmp_path / "shown").read_text().splitlines()
    assert len(lines) == 3
    assert {line.rpartition("/")[2] for line in lines} == {"0", "1", "2"}
    assert sum(int(line.split()[1].rstrip(",")) for line in told) == 3


def desktop_rule(folder: Path, **more: object) -> Path:
    path = folder / "desktop.yml"
    path.write_text(json.dumps({"rules": [{"name": "here", "to": "desktop"} | more]}))
    return path


def test_a_line_on_the_desktop_is_shown_once_and_tried_again(writer: Writer, tmp_path: Path) -> None:
    answers: list[str | None] = ["no display", None]
    seen: list[str] = []

    def show(words: str) -> str | None:
        seen.append(words)
        return answers.pop(0)

    ways = by(lambda _: 500, show)
    for stamp in (at(12), at(12, 2), at(13)):
        tell(load_rules(desktop_rule(tmp_path)), writer, ways=ways, stamp=lambda stamp=stamp: stamp)  # type: ignore[misc]
    (words,) = set(seen)
    assert len(seen) == 2
    assert words.startswith("Edit: ")
    assert "the name General Orlan became Officer" in words or "the name Orlan became Officer" in words
    assert words.endswith(f"not disclosed · {URL}")
    rows = writer.view.rows("SELECT delivered, reason, target FROM delivery WHERE reason IS NULL OR reason <> 'begun'")
    assert rows == [(0, "no display", "desktop"), (1, None, "desktop")]


def test_a_desktop_rule_keeps_what_it_names(writer: Writer, tmp_path: Path) -> None:
    seen: list[str] = []
    rules = load_rules(desktop_rule(tmp_path, classes=["NUMBER_CHANGED"]))
    tell(rules, writer, ways=by(lambda _: 500, seen.append), stamp=lambda: at(12))
    assert seen == []


FAILS_ONCE = "import pathlib, sys; p = pathlib.Path(sys.argv[1]); n = p.exists(); p.touch(); raise SystemExit(not n)"


@dataclass
class Running:
    """A call and a run of the watch, with a clock that is set by hand."""

    notify: str
    now: Stamp = field(default_factory=lambda: at(0))

    def settings(self) -> Settings:
        return Settings(notify=self.notify)

    def clock(self) -> str:
        return self.now.recorded_at

    def stamp(self) -> Stamp:
        return self.now


def test_the_watch_tries_again_while_nothing_happens(
    writer: Writer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running = Running(f'"{sys.executable}" -c "{FAILS_ONCE}" "{tmp_path / "shown"}"')
    alerter = Alerter(running, writer, desktop_rule(tmp_path), running)  # type: ignore[arg-type]
    said = []
    for stamp in (at(12), at(12, 0), at(12, 2), at(12, 9)):
        running.now = stamp
        alerter.again(instant(stamp.recorded_at))
        said.append(capsys.readouterr().err)
    assert said[0].startswith("Edit: ")
    assert "delivered 0, failed 1" in said[0]
    assert said[1:] == ["", "alerts: delivered 1, failed 0\n", ""]


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("{python} -c 'import sys; open(sys.argv[1], \"w\").write(sys.argv[-1])' {out}", None),
        ("{python} -c 'raise SystemExit(3)'", "exit code 3"),
        ("/no/such/command --flag", "No such file"),
    ],
)
def test_the_command_gets_the_line_as_its_last_word(tmp_path: Path, command: str, wanted: str | None) -> None:
    out = tmp_path / "out"
    line_of = 'Edit: it\'s "gone"; $(rm -rf x) -- `y`'
    why = shower(command.format(python=sys.executable, out=out))(line_of)
    if wanted is None:
        assert (why, out.read_text()) == (None, line_of)
    else:
        assert wanted in (why or "")


@pytest.mark.parametrize("command", ["", "notify 'open"])
def test_a_command_that_cannot_be_is_refused(command: str) -> None:
    with pytest.raises(UsageFault, match="notify"):
        shower(command)


def test_a_private_target_is_refused(writer: Writer, tmp_path: Path) -> None:
    path = rules_file(tmp_path, to="http://127.0.0.1:9/")
    send = sender(FetchPolicy(), loopback)
    assert tell(load_rules(path), writer, ways=by(send), stamp=lambda: at(12)).failed == 1
    _, (reason,) = writer.view.rows("SELECT reason FROM delivery ORDER BY seq")
    assert "loopback" in reason


def test_flapping_is_recorded_but_not_told(writer: Writer) -> None:
    take(writer, "General Orlan blamed for raid", at(12))
    take(writer, "Officer blamed for raid &amp; &lt;b&gt;fire", at(13))
    assert len(ready(writer.view)) == 1
    take(writer, "General Orlan blamed for raid", at(14, day=5))
    assert len(ready(writer.view)) == 2  # it stood for days: news again


@pytest.mark.parametrize(
    "rule",
    [{"classes": ["NO_SUCH"]}, {"key": "nowhere"}, {"actors": "one"}, {"more": 1}, {"name": "x", "key": "short"}],
)
def test_rules_that_cannot_be_are_refused(tmp_path: Path, rule: dict[str, object]) -> None:
    path = rules_file(tmp_path, **rule)
    (tmp_path / "short").write_bytes(b"short")
    with pytest.raises(DataFault, match="rule 1"):
        load_rules(path)


def test_the_feed_is_sound_xml(writer: Writer) -> None:
    feed = ET.fromstring(atom(ready(writer.view), updated="2026-03-01T00:00:00Z"))
    (entry,) = feed.findall("{*}entry")
    assert entry.findtext("{*}title") == "Officer blamed for raid & <b>fire"
    assert "NAME_GENERALISED" in {c.get("term") for c in entry.findall("{*}category")}
    assert signature(KEY, "t", b"x") != signature(KEY, "u", b"x")

"""The front door: start-up, exit codes, and every verb that asks, on a hand-made ledger."""

from __future__ import annotations

import csv
import json
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from khabar.cli.main import VERBS, exit_code, khabar, run
from khabar.errors import DataFault, InputRefused, KhabarError, StoreDamaged, UsageFault, WorldUnreachable
from khabar.ledger.store import Writer
from tests.ledger.making import STAMP, append, make_article, make_fusion, revised

HEAVY = ("spacy", "thinc", "trafilatura", "fastapi", "uvicorn", "httpx2", "rich", "apsw", "py3langid")


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = tmp_path / "l.sqlite"
    one, two = make_article("one"), make_article("two", who="the Vesh army", publisher="Vesh Wire")
    after, revision = revised(one, who="armed men", where="Port Maraq")
    with Writer(path) as writer:
        for article, what in ((one, None), (two, None), (after, revision)):
            append(writer, article, what)
        writer.append_fusion(make_fusion(after, two), covers="x", stamp=STAMP)
    return str(path)


def test_help_starts_fast() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "khabar", "--help"], check=True, capture_output=True)
        return time.perf_counter() - start

    assert statistics.median(seconds() for _ in range(3)) < 1.0  # 0.1 s measured; CI may be busy


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom khabar.cli.main import run\nassert run(['--help']) == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([verb, "--help"]) == 0
    assert f"khabar {verb}" in capsys.readouterr().out


def test_the_list_of_verbs_is_that_of_the_commands() -> None:
    context = click.Context(khabar)
    for verb in VERBS:
        command = khabar.get_command(context, verb)
        assert command is not None
        assert command.name == verb


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputRefused("x", "y"), 3),
        (WorldUnreachable("x", "y"), 3),
        (StoreDamaged("x"), 4),
        (UsageFault("x"), 2),
        (DataFault("x"), 1),
        (KhabarError("x"), 1),
    ],
)
def test_exit_codes(error: KhabarError, code: int) -> None:
    assert exit_code(error) == code


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["claims", "--nonsense"],
        ["read"],
        ["claims", "--ledger", "/nowhere/l.sqlite"],
        ["read", "--published", "someday", "x.txt"],
        ["export", "nonsense"],
        ["config", "--port", "70000"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err


def rows(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    assert run(arguments) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_claims(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["claims", "--ledger", ledger, "--actor", "vesh"]) == 0
    shown = capsys.readouterr().out
    assert "the Vesh army shelled Port Maraq" in shown
    assert "armed men" not in shown
    assert len(rows(["--ledger", ledger, "claims", "--json"], capsys)) == 2


def test_a_cut_table_says_so(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["claims", "--ledger", ledger, "--limit", "1"])
    assert "1 of 2 claims shown" in capsys.readouterr().err
    run(["claims", "--ledger", ledger, "--limit", "0"])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "chosen", [[], ["--actor", "vesh"], ["--word", "denied"], ["--source", "Vesh Wire"], ["--after", "2026-02"]]
)
def test_an_export_is_what_the_question_shows(
    ledger: str, chosen: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked = rows(["claims", "--ledger", ledger, "--json", *chosen], capsys)
    assert rows(["export", "claims", "--ledger", ledger, "--json", *chosen], capsys) == asked
    assert run(["export", "claims", "--ledger", ledger, "--format", "csv", *chosen]) == 0
    table = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [row["claim_id"] for row in table] == [row["claim_id"] for row in asked]


def test_export_of_events_and_control(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    (event,) = rows(["export", "events", "--ledger", ledger, "--json"], capsys)
    assert {"event_id", "articles", "origins", "contradictions", "lineage"} <= event.keys()
    assert event["articles"] == ["one", "two"]
    (spell,) = rows(["export", "control", "--ledger", ledger, "--json"], capsys)
    assert (spell["place"], spell["controller"], spell["status"]) == ("Port Maraq", "Orlan rebels", "claimed")
    assert spell["articles"] == ["one", "two"]
    for what in ("events", "control"):
        assert run(["export", what, "--ledger", ledger, "--format", "csv"]) == 0
        assert len(list(csv.DictReader(capsys.readouterr().out.splitlines()))) == 1


def test_events_and_edits(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["events", "--ledger", ledger]) == 0
    listed = capsys.readouterr().out
    assert "2 articles, 1 origin\n" in listed
    assert re.search(r"^ {12}(?:asserted|reported|alleged|denied) +\S", listed, re.MULTILINE)
    assert run(["edits", "--ledger", ledger]) == 0
    shown = capsys.readouterr().out
    assert "Orlan rebels became armed men" in shown
    assert shown.index("Orlan rebels became armed men") < shown.index("NAME_GENERALISED")
    (edit,) = rows(["edits", "--ledger", ledger, "--article", "one", "--json"], capsys)
    assert edit["disclosed"] is False
    assert run(["edits", "--ledger", ledger, "--article", "nobody"]) == 2


@pytest.mark.parametrize("what", ["claim", "event", "article", "input"])
def test_show(ledger: str, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    (claim,) = rows(["claims", "--ledger", ledger, "--json", "--article", "two"], capsys)
    (event,) = rows(["events", "--ledger", ledger, "--json"], capsys)
    ids = {"claim": claim["claim_id"], "event": event["event_id"], "article": claim["article_id"], "input": "two"}
    assert run(["show", str(ids[what])[:12], "--ledger", ledger]) == 0
    assert "the Vesh army shelled Port Maraq" in capsys.readouterr().out
    assert len(rows(["show", str(ids[what])[:12], "--ledger", ledger, "--json"], capsys)) == 1


def test_show_nobody(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "zzz", "--ledger", ledger]) == 2
    assert "nothing here is called 'zzz'" in capsys.readouterr().err


def test_verify(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--ledger", ledger]) == 0
    assert "no faults" in capsys.readouterr().out
    data = bytearray(Path(ledger).read_bytes())
    data[4096 * 5 : 4096 * 5 + 64] = bytes(64)
    Path(ledger).write_bytes(bytes(data))
    assert run(["verify", "--ledger", ledger]) == 4


def test_brief(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["brief", "--ledger", ledger]) == 0
    assert re.search(r"2 articles in 3 versions", capsys.readouterr().out)


def test_config(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KHABAR_HOST", "::1")
    (tmp_path / "khabar.toml").write_text("port = 99")
    shown = {row["key"]: row for row in rows(["--ledger", "x.sqlite", "config", "--show", "--json"], capsys)}
    assert shown["host"] == {"key": "host", "value": "::1", "origin": "KHABAR_HOST"}
    assert (shown["ledger"]["origin"], shown["port"]["origin"]) == ("--ledger", str(tmp_path / "khabar.toml"))
    assert shown["model"]["origin"] == "default"


def test_an_article_cannot_write_to_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = make_article("one", who="men \x1b[2J\u202eand", publisher="\x07Wire")
    with Writer(tmp_path / "l.sqlite") as writer:
        append(writer, article)
    assert run(["claims", "--ledger", str(tmp_path / "l.sqlite")]) == 0
    shown = capsys.readouterr().out
    assert not set("\x1b\u202e\x07") & set(shown)
    assert "\\u001b[2J\\u202eand" in shown


@pytest.mark.parametrize("verb", ["read", "add", "build"])
def test_bad_inputs_are_said_one_line_each(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
    (tmp_path / "bad.jsonl").write_text("not json\n")
    names = ["empty.txt", "binary.txt", "bad.jsonl"]
    assert run([verb, *names]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    lines = shown.err.splitlines()
    assert [line.split(":")[0] for line in lines[:3]] == [f"refused {name}" for name in names]
    assert lines[-1] == "read 3, new 0, unchanged 0, revised 0, rejected 3"


def test_each_document_is_told_once_it_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert run(["add", "--json", str(tmp_path / "empty.txt"), "--ledger", str(tmp_path / "l.sqlite")]) == 3
    (told,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (told["id"], told["outcome"]) == ("empty.txt", "refused")


def test_refusals_keep_their_place_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert run(["read", "--json", str(tmp_path / "empty.txt"), str(tmp_path / "none.txt")]) == 3
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in told] == ["empty.txt", "none.txt"]
    assert all(row["error"] for row in told)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/a", "file:///etc/hostname", "http://localhost/", "gopher://x/"])
def test_addresses_that_are_not_the_world_are_refused(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "l.sqlite"
    assert run(["add", url, "--ledger", str(path)]) == 3
    assert f"refused {url}" in capsys.readouterr().err
    assert run(["verify", "--ledger", str(path)]) == 0


def test_a_diff_of_the_same_is_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("A ferry sank off Port Maraq on Monday.")
    assert run(["diff", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"edits": [], "claim_changes": [], "disclosed": False}
    assert run(["diff", str(tmp_path / "a.txt"), str(tmp_path / "none.txt")]) == 3

"""``khabar why`` and ``khabar read --explain``: the tree, the JSON, and what is said where there is no such claim."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khabar.cli.main import run
from khabar.cli.why import drawn
from khabar.ledger.store import Writer
from khabar.show.evidence import Part
from khabar.show.why import Explanation
from tests.ledger.making import append, make_article


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    with Writer(tmp_path / "l.sqlite") as writer:
        append(writer, make_article("one"))
        append(writer, make_article("two", who="the Vesh army", publisher="Vesh Wire"))
    return str(tmp_path / "l.sqlite")


@pytest.fixture
def claim_id(ledger: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["claims", "--ledger", ledger, "--json", "--article", "two"]) == 0
    return str(json.loads(capsys.readouterr().out)["claim_id"])


@pytest.mark.parametrize("digits", [6, 20])
def test_a_claim_by_the_first_digits_of_its_id(
    ledger: str, claim_id: str, digits: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", claim_id[:digits], "--ledger", ledger]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert "the Vesh army shelled Port Maraq" in head
    assert lines[0].startswith("├── act  “shelled”")
    assert any(line.startswith("├── actor  “the Vesh army”") for line in lines)
    assert any(line.startswith("└── score") for line in lines)


def test_json(ledger: str, claim_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", claim_id, "--ledger", ledger, "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    row = json.loads(line)
    assert row["claim"] == claim_id
    assert [part["name"] for part in row["parts"]][-3:] == ["how sure", "word", "score"]


def test_nobody(ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", "zzz", "--ledger", ledger]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "no claim here is called 'zzz'" in shown.err


def test_the_tree_is_harmless_and_says_colours_and_words() -> None:
    part = Part(name="act", said="ASSAULT", words="shel\x1b[2Jled", rule="r", reason="because", score=0.5)
    tree = drawn(Explanation(claim_id="c", word="denied", sentence="[bold]No.[/bold]", parts=(part,)))
    assert "[bold]No.[/bold]" in tree
    assert "\x1b[2J" not in tree
    assert "\\u001b[2J" in tree
    assert "\x1b[1;31mdenied" in tree  # red, and the word itself


def test_read_explain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ilya Toth left Varn on Tuesday. The mayor denied that he had bombed the port, the Reef Post said.")
    assert run(["read", "--explain", "--published", "2031-11-06", str(path)]) == 0
    shown = capsys.readouterr().out
    assert shown.count("├── act") >= 2
    assert "“deny” leaves whoever passes it on so" in shown
    assert run(["read", "--explain", "--json", "--published", "2031-11-06", str(path)]) == 0
    claims = json.loads(capsys.readouterr().out)["claims"]
    assert all(claim["why"][0]["name"] == "act" for claim in claims)
    assert run(["read", "--json", "--published", "2031-11-06", str(path)]) == 0
    assert "why" not in json.loads(capsys.readouterr().out)["claims"][0]

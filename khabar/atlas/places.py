"""Place look-ups on the compiled atlas: a name to all its bearers, and which kinds of place it names.

In: a read-only connection and a name as it stands in the text. Out: ``PlaceRow``s, likeliest first (own name before
alias, edited before packaged, then by population), or kinds. ``place_kinds`` is careful, because a name is asked about
before anybody knows that it is a place: towns of 15,000 and more by their own name, of 100,000 and more by another
name of five letters and more, first-level units, counties and districts by their own name (of 15,000 people if it has
several words, else of 100,000), edited places; never an ordinary word, month or given name
(``data/ordinary.yml``). It cannot see context.
"""

from __future__ import annotations

from typing import Any

import apsw

from khabar.atlas.rows import PlaceRow
from khabar.lexicon.letters import bare, folded
from khabar.model.mentions import Kind

HOW = ("name", "alias", "alias")
MOST = 400
"""bearers of one name that are looked at: San José has 130"""
TOWN, CITY, ALIAS_LETTERS = 15_000, 100_000, 5
FACILITIES = frozenset(
    (
        "OILT",
        "OILF",
        "OILR",
        "AIRB",
        "AIRP",
        "DAM",
        "PSTB",
        "INSM",
        "PRN",
        "CMPRF",
        "PS",
        "MFG",
        "SQR",
        "BDG",
        "PAL",
        "HSTS",
        "PRT",
        *("HSP", "MUS", "BLDG", "MKT", "MN", "TNL", "CMP"),
    )
)
SETTLED = frozenset(("PPL", "PPLX", "PPLC", "ADM1", "ADM2", "PCLI"))
NATURE = frozenset(
    (
        *("RGN", "CONT", "ISL", "ISLS", "MT", "MTS", "VAL", "PASS", "PLN", "DSRT", "FRST", "PRK", "PEN", "SPIT", "VLC"),
        *("SEA", "OCN", "GULF", "BAY", "STRT", "CHN", "CNL", "STM", "LK", "SWMP", "RF", "SHOL", "BNK", "GLCR"),
    )
)
"""land and water, and regions without an administration"""
FEATURES = FACILITIES | SETTLED | NATURE
"""codes that edited places may have"""
COLUMNS = (
    "p.place_id, p.geonameid, p.name, p.latitude, p.longitude, p.feature, p.admin1, p.country, p.population, "
    "p.radius_km, p.source, p.rank, n.how"
)
BY_KEY = (
    f"SELECT {COLUMNS} FROM place_name n JOIN place p USING (rid) WHERE n.key = ? "  # noqa: S608 - no outside text
    "ORDER BY n.how, p.rank DESC, p.population DESC, p.rid LIMIT ?"
)


def places_by_name(connection: apsw.Connection, name: str) -> tuple[PlaceRow, ...]:
    """All bearers of a name; if there is none, of the name without its article."""
    key = folded(name)
    rows = connection.execute(BY_KEY, (key, MOST)).fetchall()
    if not rows and bare(key) != key:
        rows = connection.execute(BY_KEY, (bare(key), MOST)).fetchall()
    return tuple(_row(r) for r in rows)


def place_kinds(rows: tuple[PlaceRow, ...], key: str, ordinary: str | None) -> frozenset[Kind]:
    """Kinds of the bearers that may be meant by a bare name. ``key`` is the folded name, ``ordinary`` its list, if any."""
    return frozenset(feature_kind(row.feature) for row in rows if _plain_place(row, key, ordinary))


def feature_kind(feature: str) -> Kind:
    """ACE kind of a GeoNames feature code."""
    if feature in FACILITIES:
        return Kind.FAC
    return Kind.GPE if feature in SETTLED else Kind.LOC


def _plain_place(row: PlaceRow, key: str, ordinary: str | None) -> bool:
    if (row.curated and ordinary in (None, "words")) or row.feature == "PCLI":
        return True
    if ordinary:
        return False
    if row.feature in ("AIRP", "PRT"):
        return " " in key and ("port" in key.rsplit(maxsplit=1)[-1] or key.startswith("port of "))
    long = len(key) >= ALIAS_LETTERS
    if row.feature == "ADM1":
        return row.how == "name" or long
    if row.feature == "ADM2":
        return row.how == "name" and row.population >= (TOWN if " " in key else CITY)
    return row.population >= (TOWN if row.how == "name" else CITY) and (row.how == "name" or long)


def _row(fields: tuple[Any, ...]) -> PlaceRow:
    (
        place_id,
        geonameid,
        name,
        latitude,
        longitude,
        feature,
        admin1,
        country,
        population,
        radius,
        source,
        rank,
        how,
    ) = fields
    return PlaceRow(
        place_id=place_id,
        geonameid=geonameid,
        name=name,
        latitude=latitude,
        longitude=longitude,
        feature=feature,
        admin1=admin1,
        country=country,
        population=population,
        radius_km=radius,
        source=source,
        curated=rank > 0,
        how=HOW[how],
    )

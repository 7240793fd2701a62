"""Actors from elsewhere as entries of an ``actors.yml``: FollowTheMoney entities, a CSV of a Wikidata query, TOML.

In: a file's bytes and its name; country codes from alpha-2 to alpha-3; our ids by Wikidata id, so that an entry about
somebody whom we know replaces ours. Out: plain entries, which ``check.py`` then judges like any others. FollowTheMoney
(followthemoney.tech) gives people, companies, organizations and public bodies; memberships, directorships, employments and
ownerships become offices and parents. Refused whole, with line and column: what is no JSON, CSV or TOML, an entity without
id, schema or name, an unknown country, schema or column, a column that is missing. Sorts are as coarse as the source's.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import yaml

from khabar.atlas.gathered import geonames
from khabar.atlas.loading import FILES, country_points, edited_files, load_edited, packaged, packaged_files
from khabar.atlas.rows import ActorRow
from khabar.atlas.territories import country_codes
from khabar.errors import DataFault

Entry = dict[str, Any]
SCHEMAS = {
    "Person": ("PER", "person"),
    "Company": ("ORG", "company"),
    "PublicBody": ("ORG", "government"),
    "Organization": ("ORG", "movement"),
    "LegalEntity": ("ORG", "movement"),
}
"""FollowTheMoney schema to kind and sort"""
TIES = {
    "Directorship": ("director", "organization"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
    "Ownership": ("asset", "owner"),
}
"""schema to the property of who belongs and of what it belongs to"""
OTHERS = frozenset(
    (
        *("Address", "Identification", "Passport", "Sanction", "Position", "Occupancy", "Family", "Associate"),
        *("Representation", "Succession", "UnknownLink", "Vessel", "Airplane", "Vehicle", "Security", "Asset", "Debt"),
    )
)
"""schemas that say nothing an actor's entry has room for: read over"""
FORMER = {"suhh": "SUN", "su": "SUN", "yucs": "YUG", "yu": "YUG", "xk": "XKX"}
WIKIDATA = ("item", "itemLabel")
WIKIDATA_MORE = frozenset(
    {"itemAltLabel", "itemDescription", "shortName", "countryCode", "typeLabel", "sort", "parent", "since", "until"}
)
HUMAN = "human"
ITEM = re.compile(r"(?:https?://www\.wikidata\.org/entity/)?(Q[1-9]\d*)")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

FOREIGN = ("actors.toml", "actors.csv", "actors.json", "actors.jsonl")
"""actors as [[actor]] tables, as a CSV of a Wikidata query, as FollowTheMoney entities"""


@dataclass(frozen=True, slots=True)
class Known:
    """What the source's codes mean here: alpha-2 to alpha-3, and Wikidata id to the id of an entry of ours."""

    countries: Mapping[str, str]
    ids: Mapping[str, str]


def foreign_entries(where: str, content: bytes, known: Known) -> list[Entry]:
    """The entries of a file, by the ending of its name. Raises DataFault and gives nothing if any of it is wrong."""
    readers: dict[str, Callable[[str, str, Known], list[Entry]]] = {
        ".json": from_ftm,
        ".jsonl": from_ftm,
        ".csv": from_wikidata,
        ".toml": from_toml,
    }
    reader = readers.get(PurePath(where).suffix.lower())
    if reader is None:
        raise DataFault(f"{where}: must end in .json or .jsonl (FollowTheMoney), .csv (Wikidata) or .toml")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataFault(f"{where}: line {line}: not UTF-8") from error
    entries = reader(where, text, known)
    if not entries:
        raise DataFault(f"{where}: holds no actor")
    return entries


def from_toml(where: str, text: str, known: Known) -> list[Entry]:
    """``[[actor]]`` tables with the keys of an ``actors.yml``."""
    del known
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataFault(f"{where}: {error}") from error
    found = table.get("actor")
    if set(table) != {"actor"} or not isinstance(found, list):
        raise DataFault(f"{where}: must hold [[actor]] tables and nothing else; found {sorted(table)}")
    return found


# ── FollowTheMoney ──


def from_ftm(where: str, text: str, known: Known) -> list[Entry]:
    """Entities as JSON lines or one JSON array."""
    entities = list(_entities(where, text))
    entries: dict[str, Entry] = {}
    names: dict[str, str] = {}
    for place, entity in entities:
        schema = entity["schema"]
        if schema in SCHEMAS:
            entry = _ftm_entry(place, entity, known)
            names[entity["id"]] = entry["id"]
            entries[entry["id"]] = entry
        elif schema not in TIES and schema not in OTHERS:
            raise DataFault(f"{place}: unknown schema {schema!r}; known: {', '.join([*SCHEMAS, *TIES])}")
    for place, entity in entities:
        if entity["schema"] in TIES:
            _tie(place, entity, entries, names)
    return list(entries.values())


def _entities(where: str, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each entity with where it stands."""
    if text.lstrip().startswith("["):
        parts: list[tuple[str, Any]] = [
            (f"{where}: entity {n}", e) for n, e in enumerate(_json(where, 1, text), start=1)
        ]
    else:
        lines = ((n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip())
        parts = [(f"{where}: line {n}", _json(where, n, line)) for n, line in lines]
    for place, entity in parts:
        if not isinstance(entity, dict) or not isinstance(entity.get("properties"), dict):
            raise DataFault(f"{place}: not an entity with id, schema and properties")
        if not isinstance(entity.get("id"), str) or not isinstance(entity.get("schema"), str):
            raise DataFault(f"{place}: an entity needs an id and a schema, both words")
        yield place, entity


def _json(where: str, line: int, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"line {line + error.lineno - 1}, column {error.colno}"
        raise DataFault(f"{where}: {at}: not JSON: {error.msg}") from error


def _ftm_entry(place: str, entity: dict[str, Any], known: Known) -> Entry:
    """A person or body."""
    kind, sort = SCHEMAS[entity["schema"]]
    names = _values(entity, "name", "alias", "weakAlias", "previousName")
    if not names:
        raise DataFault(f"{place}: {entity['id']}: has no name")
    item = next(iter(_values(entity, "wikidataId")), None)
    codes = _values(entity, "country", "jurisdiction", "nationality", "mainCountry")
    countries = {_country(f"{place}: {entity['id']}", code, known) for code in codes}
    entry: Entry = {
        "id": known.ids.get(item or "") or f"ftm-{entity['id']}",
        "kind": kind,
        "sort": sort,
        "country": countries.pop() if len(countries) == 1 else None,
        "names": names,
    }
    if acronyms := _values(entity, "abbreviation"):
        entry["acronyms"] = acronyms
    if item:
        entry["wikidata"] = item
    datasets = ", ".join(map(str, entity.get("datasets", ())))
    return entry | {"source": f"FollowTheMoney {datasets}".strip()}


def _tie(place: str, entity: dict[str, Any], entries: dict[str, Entry], names: Mapping[str, str]) -> None:
    """A tie becomes an office of a person, or a parent of a body; one to somebody outside the file is read over."""
    of, to = TIES[entity["schema"]]
    spell = {
        key: day
        for key, name in (("since", "startDate"), ("until", "endDate"))
        if (day := _day(place, next(iter(_values(entity, name)), None)))
    }
    for member in _values(entity, of):
        for body in _values(entity, to):
            entry = entries.get(names.get(member, ""))
            if entry is None or body not in names or names[body] == entry["id"]:
                continue
            if entry["kind"] == "PER":
                title = next(iter(_values(entity, "role", "position")), "member")
                entry.setdefault("offices", []).append({"title": title, "of": names[body]} | spell)
            else:
                entry.setdefault("parents", []).append({"id": names[body]} | spell)


def _values(entity: dict[str, Any], *names: str) -> list[str]:
    """The values of some properties, each once."""
    found: dict[str, None] = {}
    for name in names:
        values = entity["properties"].get(name, [])
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str) and value.strip():
                found[" ".join(value.split())] = None
    return list(found)


def _day(place: str, value: str | None) -> str | None:
    """A day of any precision; what is finer is cut."""
    if value is None:
        return None
    if (match := DAY.match(value)) is None:
        raise DataFault(f"{place}: {value!r} is not a day; write 2014, 2014-05 or 2014-05-21")
    return match[0]


# ── Wikidata ──


def from_wikidata(where: str, text: str, known: Known) -> list[Entry]:
    """The CSV of a query whose columns are named as in ``WIKIDATA`` and ``WIKIDATA_MORE``; rows of one item are joined."""
    reader = csv.DictReader(io.StringIO(text), strict=True)
    columns = reader.fieldnames or []
    for column, name in enumerate(columns, start=1):
        if name not in WIKIDATA and name not in WIKIDATA_MORE:
            allowed = ", ".join([*WIKIDATA, *sorted(WIKIDATA_MORE)])
            raise DataFault(f"{where}: line 1, column {column}: unknown {name!r}; allowed: {allowed}")
    if missing := [name for name in WIKIDATA if name not in columns]:
        raise DataFault(f"{where}: line 1: the columns {', '.join(missing)} are missing")
    rows: dict[str, list[tuple[str, dict[str, str]]]] = {}
    try:
        for row in reader:
            place = f"{where}: line {reader.line_num}"
            if None in row or None in row.values():
                raise DataFault(f"{place}: needs {len(columns)} columns; quote a field that holds a comma")
            rows.setdefault(_item(place, columns, row["item"]), []).append((place, row))
    except csv.Error as error:
        raise DataFault(f"{where}: line {reader.line_num}: {error}") from error
    ids = {item: known.ids.get(item) or f"wd-{item}" for item in rows}
    return [_item_entry(item, some, ids, known) for item, some in rows.items()]


def _item(place: str, columns: Any, value: str, name: str = "item") -> str:
    match = ITEM.fullmatch(value.strip())
    if match is None:
        raise DataFault(f"{place}, column {list(columns).index(name) + 1}: {value!r} is no Wikidata item such as Q9")
    return match[1]


def _item_entry(item: str, rows: list[tuple[str, dict[str, str]]], ids: Mapping[str, str], known: Known) -> Entry:
    """All rows of one item as an entry."""
    place, first = rows[0]
    if not first["itemLabel"].strip() or first["itemLabel"] == item:
        raise DataFault(f"{place}: {item}: has no label; ask for the label service in English")
    names = dict.fromkeys([first["itemLabel"].strip()])
    for _, row in rows:
        names |= dict.fromkeys(a.strip() for a in row.get("itemAltLabel", "").split(",") if a.strip())
    person = any(row.get("typeLabel", "").strip().lower() == HUMAN for _, row in rows)
    codes = {code.strip() for _, row in rows if (code := row.get("countryCode", ""))}
    countries = {_country(place, code, known) for code in codes}
    entry: Entry = {
        "id": ids[item],
        "kind": "PER" if person else "ORG",
        "sort": first.get("sort", "").strip() or ("person" if person else "movement"),
        "country": countries.pop() if len(countries) == 1 else None,
        "names": list(names),
    }
    short = dict.fromkeys(s.strip() for _, row in rows if (s := row.get("shortName", "")) and s.strip())
    if short:
        entry["acronyms"] = list(short)
    parents = {}
    for at, row in rows:
        if row.get("parent", "").strip():
            parent = _item(at, row, row["parent"], "parent")
            spell = {key: day for key in ("since", "until") if (day := _day(at, row.get(key, "").strip() or None))}
            if parent in ids or parent in known.ids:
                parents[parent] = {"id": ids.get(parent) or known.ids[parent]} | spell
    if parents:
        entry["parents"] = list(parents.values())
    return entry | {"wikidata": item, "source": "Wikidata"}


def _country(place: str, code: str, known: Known) -> str:
    """An alpha-3 code."""
    found = FORMER.get(code.lower()) or known.countries.get(code.upper())
    if found is None and code.upper() in known.countries.values():
        found = code.upper()
    if found is None:
        raise DataFault(f"{place}: unknown country {code!r}; ISO 3166-1 alpha-2 or alpha-3")
    return found


def checked_yaml(where: str, content: bytes, *, countries: Mapping[str, str], ours: Iterable[ActorRow]) -> str:
    """An ``actors.yml`` of a foreign file, after every check of such a table. ``countries``: alpha-2 to alpha-3."""
    rows = tuple(ours)
    ids = {row.wikidata: row.actor_id.removeprefix("khabar:") for row in rows if row.wikidata}
    entries = foreign_entries(where, content, Known(countries, ids))
    lines = (
        yaml.safe_dump(e, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000) for e in entries
    )
    text = "".join(f"- {line.strip()}\n" for line in lines)
    load_edited(where, {"actors.yml": text.encode()}, {*countries.values()}, rows)
    return text


def alpha3() -> dict[str, str]:
    """Country codes from alpha-2 to alpha-3, and territories as FollowTheMoney knows them to the country they are in."""
    states = {code: str(row["iso3"]) for code, row in geonames("countries").items()}
    return {code: home for code, home in country_codes().items() if home in states.values()} | states


def our_actors() -> tuple[ActorRow, ...]:
    """The actors that khabar brings along."""
    return load_edited("atlas/data", packaged_files(), country_points(packaged("countries.csv"))).actors


# ── a user's folder ──


def folder_files(folder: Path, ours: Iterable[ActorRow] = ()) -> dict[str, bytes]:
    """A user's edited files by name, and actors of other forms turned into ours; refuses a folder that has none."""
    found = edited_files(folder) if folder.is_dir() else {}
    for name in FOREIGN:
        if (other := folder / name).is_file():
            text = checked_yaml(str(other), other.read_bytes(), countries=alpha3(), ours=ours)
            found[f"actors/{name}"] = text.encode()
    if not found:
        raise DataFault(f"{folder}: holds none of {', '.join((*FILES, *FOREIGN))}")
    return found

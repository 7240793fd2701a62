"""Actor and outlet look-ups on the compiled atlas.

In: a read-only connection and a name as it stands in the text. Out: ``ActorRow``s with ``how`` they were found
(name, acronym, surname), or outlets. Acronyms keep their case, so that "who" is not the WHO. ``alike`` proposes rows
that share consonants with the name; whether they are meant is for the caller to confirm.
"""

from __future__ import annotations

from dataclasses import replace

import apsw
import msgspec

from khabar.atlas.rows import ActorRow, OutletRow
from khabar.lexicon.letters import bare, folded, last_skeleton, skeleton

ORDER = {"name": 0, "acronym": 1, "surname": 2}
BY_NAME = (
    "SELECT a.record, n.how FROM actor_name n JOIN actor a USING (actor_id) WHERE n.key IN (?, ?, ?) ORDER BY actor_id"
)
BY_BONES = (
    "SELECT DISTINCT a.record FROM actor_bones n JOIN actor a USING (actor_id) WHERE n.key IN (?, ?) ORDER BY actor_id"
)
BY_COUNTRY = "SELECT record FROM actor WHERE country = ? AND sort = ? ORDER BY actor_id"
BY_OFFICE = "SELECT a.record FROM office o JOIN actor a USING (actor_id) WHERE o.of = ? ORDER BY actor_id"
OUTLETS = (
    "SELECT o.record FROM outlet_name n JOIN outlet o USING (outlet_id) WHERE n.key IN (?, ?, ?) ORDER BY outlet_id"
)
SHORTEST_BONES = 3
"""consonants without which a shared skeleton says nothing"""


def actors_by_name(connection: apsw.Connection, name: str) -> tuple[ActorRow, ...]:
    """Bearers of a name, acronym or family name, in this order; each once, by its best name."""
    key = folded(name)
    found: dict[str, ActorRow] = {}
    for record, how in connection.execute(BY_NAME, (key, bare(key), name.replace(".", ""))):
        row = replace(_actor(record), how=how)
        other = found.get(row.actor_id)
        if other is None or ORDER[how] < ORDER[other.how]:
            found[row.actor_id] = row
    return tuple(sorted(found.values(), key=lambda row: ORDER[row.how]))


def actor_by_id(connection: apsw.Connection, actor_id: str) -> ActorRow | None:
    """The actor of an id."""
    record = connection.execute("SELECT record FROM actor WHERE actor_id = ?", (actor_id,)).get
    return None if record is None else _actor(record)


def actors_alike(connection: apsw.Connection, name: str) -> tuple[ActorRow, ...]:
    """Actors one of whose names, or whose family name, has this name's consonants, or those of its last word."""
    keys = (skeleton(name), last_skeleton(name))
    keys = (keys[0] if len(keys[0]) >= SHORTEST_BONES else "-", keys[1] if len(keys[1]) >= SHORTEST_BONES else "-")
    return tuple(_actor(record) for (record,) in connection.execute(BY_BONES, keys))


def actors_of_country(connection: apsw.Connection, country: str, sort: str) -> tuple[ActorRow, ...]:
    """A country's bodies of one sort ("armed_forces"), without those that are part of another, or its state ("state")."""
    rows = [_actor(record) for (record,) in connection.execute(BY_COUNTRY, (country, sort))]
    ids = {row.actor_id for row in rows}
    return tuple(row for row in rows if not any(tie.actor_id in ids for tie in row.parents))


def holders_of(connection: apsw.Connection, of: str) -> tuple[ActorRow, ...]:
    """People with an office, of whatever time, of a body (its id) or of a state and its governments (its code)."""
    return tuple(_actor(record) for (record,) in connection.execute(BY_OFFICE, (of,)))


def outlets_by_name(connection: apsw.Connection, name: str) -> tuple[OutletRow, ...]:
    """Outlets of a name, acronym or domain."""
    key = folded(name)
    records = connection.execute(OUTLETS, (key, bare(key), name.removeprefix("www.")))
    return tuple(msgspec.json.decode(record, type=OutletRow) for (record,) in records)


def _actor(record: bytes) -> ActorRow:
    return msgspec.json.decode(record, type=ActorRow)

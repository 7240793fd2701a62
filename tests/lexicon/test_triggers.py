"""Trigger tables: they load, are large enough, do not contradict each other, and mean what they should."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest

from khabar.errors import DataFault
from khabar.lexicon import triggers
from khabar.lexicon.load import tables
from khabar.lexicon.triggers import Condition, Trigger, Triggers, load_triggers
from khabar.model.claims import EventType, Relation, Role

Filled = dict[str, str]
"""slot -> the lemma that heads it, or the kind of the name that does"""


@pytest.fixture(scope="module")
def table() -> Triggers:
    return load_triggers()


def best(table: Triggers, word: str, pos: str, filled: Filled) -> Trigger | None:
    """The row that a reader would take for a lemma (with particle) whose slots hold these lemmas."""
    lemma, _, particle = word.partition("+")
    for row in table.get((lemma, pos), ()):
        if row.particle not in (None, particle or None):
            continue
        if all(_holds(condition, filled) for condition in row.conditions):
            return row
    return None


def _holds(condition: Condition, filled: Filled) -> bool:
    """Capitals stand for a mention of that kind."""
    wanted = {*condition.lemmas, *condition.kinds}
    return condition.slot in filled and (not wanted or filled[condition.slot] in wanted)


def roles_of(row: Trigger, filled: Filled) -> dict[str, str]:
    """Role to the lemma that fills it: the first slot that is filled."""
    found = {role.value: next((filled[s] for s in slots if s in filled), None) for role, slots in row.roles}
    return {role: lemma for role, lemma in found.items() if lemma is not None}


def test_every_type_and_relation_has_a_table_of_some_size(table: Triggers) -> None:
    lemmas = Counter[str]()
    for rows in table.values():
        lemmas.update({str(row.event_type or row.relation or "none") for row in rows})
    assert set(lemmas) == {*EventType, *Relation, "none"}
    assert all(lemmas[name] >= 30 for name in (*EventType, *Relation)), lemmas
    assert len(table) >= 1200


def test_no_lemma_has_two_homes_of_equal_right(table: Triggers) -> None:
    homes: dict[tuple[str, str | None, str], list[tuple[float, str]]] = defaultdict(list)
    for row in (row for rows in table.values() for row in rows if not row.conditions):
        homes[row.lemma, row.particle, row.pos].append((row.score, row.row))
    conflicts = {key: rows for key, rows in homes.items() if len({score for score, _ in rows}) < len(rows)}
    assert conflicts == {}


def test_no_row_is_given_twice(table: Triggers) -> None:
    seen = Counter((row.row, row.pos, row.conditions) for rows in table.values() for row in rows)
    assert [key for key, times in seen.items() if times > 1] == []


def test_scores_are_probabilities_and_actors_never_come_twice(table: Triggers) -> None:
    for row in (row for rows in table.values() for row in rows):
        assert 0 < row.score < 1, row.row
        names = [role for role, _ in row.roles]
        assert len(names) == len(set(names)), row.row


@pytest.mark.parametrize(
    ("word", "pos", "filled", "expected"),
    [
        ("bomb", "verb", {"subj": "jet", "obj": "camp"}, "ASSAULT"),
        ("strike", "verb", {"subj": "jet", "obj": "camp"}, "ASSAULT"),
        ("strike", "verb", {"subj": "side", "obj": "deal"}, "AGREE"),
        ("strike", "verb", {"subj": "worker"}, "PROTEST"),
        ("strike", "noun", {"compound": "hunger"}, "PROTEST"),
        ("strike", "noun", {"compound": "drone"}, "ASSAULT"),
        ("take", "verb", {"subj": "gunman", "obj": "hostage"}, "ASSAULT"),
        ("take", "verb", {"subj": "army", "obj": "town"}, "control"),
        ("take", "verb", {"subj": "army", "obj": "GPE"}, "control"),
        ("lose", "verb", {"subj": "army", "obj": "FAC"}, "control"),
        ("seize", "verb", {"subj": "navy", "obj": "VEH"}, "COERCE"),
        ("seize", "verb", {"subj": "police", "obj": "PER"}, "COERCE"),
        ("fire", "verb", {"subj": "army", "obj": "missile"}, "MOBILIZE"),
        ("fire", "verb", {"subj": "army", "obj": "missile", "at": "GPE"}, "ASSAULT"),
        ("take+over", "verb", {"subj": "army", "obj": "harbour"}, "control"),
        ("capture", "verb", {"subj": "army", "obj": "harbour"}, "control"),
        ("capture", "verb", {"subj": "police", "obj": "suspect"}, "COERCE"),
        ("fall", "verb", {"subj": "town", "to": "rebel"}, "control"),
        ("meet", "verb", {"subj": "minister", "obj": "envoy"}, "CONSULT"),
        ("meet", "verb", {"subj": "factory", "obj": "deadline"}, "none"),
        ("visit", "noun", {"poss": "minister", "to": "city"}, "CONSULT"),
        ("withdraw", "verb", {"subj": "army", "from": "town"}, "RETREAT"),
        ("withdraw", "verb", {"subj": "state", "from": "treaty"}, "SANCTION"),
        ("withdraw", "verb", {"subj": "state", "obj": "ambassador"}, "SANCTION"),
        ("lift", "verb", {"subj": "council", "obj": "embargo"}, "RETREAT"),
        ("lift", "verb", {"subj": "court", "obj": "ban"}, "CONCEDE"),
        ("release", "verb", {"subj": "court", "obj": "journalist"}, "RETREAT"),
        ("release", "verb", {"subj": "band", "obj": "album"}, "none"),
        ("expel", "verb", {"subj": "state", "obj": "diplomat"}, "SANCTION"),
        ("expel", "verb", {"subj": "state", "obj": "migrant"}, "COERCE"),
        ("send", "verb", {"subj": "state", "obj": "warship"}, "MOBILIZE"),
        ("send", "verb", {"subj": "state", "obj": "wheat"}, "AID"),
        ("send", "verb", {"subj": "state", "obj": "envoy"}, "CONSULT"),
        ("vow", "verb", {"subj": "chief", "comp": "retaliate"}, "THREATEN"),
        ("vow", "verb", {"subj": "chief", "comp": "help"}, "AGREE"),
        ("call", "verb", {"subj": "union", "for": "election"}, "REQUEST"),
        ("call", "verb", {"subj": "union", "obj": "strike"}, "PROTEST"),
        ("call", "verb", {"subj": "mayor", "obj": "rival", "oprd": "traitor"}, "ACCUSE"),
        ("call", "verb", {"subj": "mayor", "obj": "rival", "oprd": "poet"}, "describe"),
        ("charge", "verb", {"subj": "prosecutor", "obj": "banker", "with": "fraud"}, "COERCE"),
        ("accuse", "verb", {"subj": "mayor", "obj": "rival", "of": "theft"}, "ACCUSE"),
        ("delete", "verb", {"subj": "paper", "obj": "name"}, "revise"),
        ("remove", "verb", {"subj": "paper", "obj": "paragraph"}, "revise"),
        ("lead", "verb", {"subj": "general", "obj": "militia"}, "lead"),
        ("lead", "verb", {"subj": "quarrel", "to": "war"}, "cause"),
        ("loyal", "adj", {"subj": "unit", "to": "king"}, "ally"),
        ("member", "noun", {"subj": "state", "of": "league"}, "part_of"),
        ("fly", "verb", {"subj": "envoy", "to": "city"}, "move"),
        ("attack", "noun", {"compound": "heart"}, "none"),
        ("die", "verb", {"subj": "poet", "of": "cancer"}, "none"),
    ],
)
def test_meaning(table: Triggers, word: str, pos: str, filled: Filled, expected: str) -> None:
    row = best(table, word, pos, filled)
    assert row is not None
    assert str(row.event_type or row.relation or "none") == expected, row.row


@pytest.mark.parametrize(
    ("word", "pos", "filled", "expected"),
    [
        ("shell", "verb", {"subj": "army", "obj": "camp", "in": "valley"}, {"actor": "army", "recipient": "camp"}),
        ("meet", "verb", {"subj": "envoy", "with": "king"}, {"actor": "envoy", "recipient": "king"}),
        ("visit", "verb", {"subj": "envoy", "obj": "city"}, {"actor": "envoy", "recipient": "city", "place": "city"}),
        ("die", "verb", {"subj": "miner", "in": "town"}, {"recipient": "miner", "place": "town"}),
        ("blame", "verb", {"subj": "mayor", "obj": "fire", "on": "rival"}, {"recipient": "rival", "content": "fire"}),
        (
            "receive",
            "verb",
            {"subj": "army", "obj": "weapon", "from": "state"},
            {"actor": "state", "recipient": "army"},
        ),
        ("fall", "verb", {"subj": "town", "to": "rebel"}, {"actor": "rebel", "theme": "town", "place": "town"}),
        ("hand+over", "verb", {"subj": "army", "obj": "base", "to": "tribe"}, {"theme": "base", "recipient": "tribe"}),
        ("withdraw", "verb", {"subj": "army", "from": "town"}, {"actor": "army", "place": "town"}),
        ("assassination", "noun", {"poss": "judge", "by": "gunman"}, {"actor": "gunman", "recipient": "judge"}),
        ("control", "noun", {"poss": "rebel", "bearer": "district"}, {"actor": "rebel", "theme": "district"}),
        ("join", "verb", {"subj": "state", "obj": "league"}, {"actor": "state", "theme": "league"}),
        ("replace", "verb", {"subj": "paper", "obj": "name", "with": "title"}, {"theme": "name", "content": "title"}),
        ("fly", "verb", {"subj": "envoy", "to": "city", "from": "port"}, {"actor": "envoy", "place": "city"}),
    ],
)
def test_roles(table: Triggers, word: str, pos: str, filled: Filled, expected: dict[str, str]) -> None:
    row = best(table, word, pos, filled)
    assert row is not None
    assert expected.items() <= roles_of(row, filled).items(), row.row


@pytest.mark.parametrize(
    ("word", "filled", "mode"),
    [
        ("capture", {"obj": "harbour"}, "take"),
        ("control", {"obj": "harbour"}, "hold"),
        ("cede", {"obj": "harbour", "to": "army"}, "give"),
        ("lose", {"subj": "army", "obj": "town"}, "lose"),
        ("lose", {"subj": "army", "obj": "town", "to": "rebel"}, "take"),
    ],
)
def test_control_says_which_way_it_goes(table: Triggers, word: str, filled: Filled, mode: str) -> None:
    row = best(table, word, "verb", filled)
    assert row is not None
    assert (row.relation, row.mode) == (Relation.CONTROL, mode)


def test_null_takes_a_default_role_away(table: Triggers) -> None:
    row = best(table, "die", "verb", {"subj": "miner"})
    assert row is not None
    assert Role.ACTOR not in dict(row.roles)


ROW: dict[str, Any] = {"words": ["hum"], "pos": "verb"}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ({"type": "SING", "rows": [ROW]}, "unknown type 'SING'"),
        ({"type": "AID", "rows": [{**ROW, "pos": "sound"}]}, "unknown pos 'sound'"),
        ({"type": "AID", "rows": [{**ROW, "tune": 1}]}, "unknown \\['tune'\\]"),
        ({"type": "AID", "rows": [{"words": ["hum"]}]}, "missing \\['pos'\\]"),
        ({"type": "AID", "rows": [{**ROW, "roles": {"singer": "subj"}}]}, "unknown role \\['singer'\\]"),
        ({"type": "AID", "rows": [{**ROW, "roles": {"actor": "subj|tune"}}]}, "unknown slot \\['tune'\\]"),
        ({"type": "AID", "rows": [{**ROW, "if": {"tune": []}}]}, "unknown slot \\['tune'\\]"),
        ({"type": "AID", "rows": [{**ROW, "if": {"obj": ["TOWN"]}}]}, "unknown kind \\['TOWN'\\]"),
        ({"type": "AID", "rows": [{**ROW, "words": [True]}]}, "quote"),
        ({"type": "AID", "rows": [{**ROW, "words": []}]}, "at least one word"),
        ({"type": "AID", "tune": 1, "rows": [ROW]}, "unknown \\['tune'\\]"),
    ],
)
def test_bad_tables_are_refused_by_file(
    monkeypatch: pytest.MonkeyPatch, content: dict[str, Any], complaint: str
) -> None:
    monkeypatch.setattr(triggers, "tables", lambda _folder: ["plover/song.yml"])
    monkeypatch.setattr(triggers, "read_table", lambda _path: content)
    with pytest.raises(DataFault, match=rf"lexicon/plover/song\.yml.*{complaint}"):
        load_triggers()


def test_there_is_one_file_per_type() -> None:
    names = {path.removeprefix("plover/").removesuffix(".yml") for path in tables("plover")}
    assert names == {*(name.lower() for name in EventType), *Relation, "idioms"}

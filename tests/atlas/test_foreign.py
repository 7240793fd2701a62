"""Actors from FollowTheMoney, Wikidata and TOML: entries that pass every check, or a refusal with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from khabar.atlas.foreign import Known, alpha3, checked_yaml, foreign_entries
from khabar.atlas.rows import ActorRow
from khabar.cli.main import run
from khabar.errors import DataFault
from khabar.model.mentions import Kind

COUNTRIES = {"LY": "LBY", "ML": "MLI"}
OURS = (
    ActorRow(
        actor_id="khabar:varn-guard",
        kind=Kind.ORG,
        sort="militia",
        name="Varn Guard",
        names=("Varn Guard",),
        acronyms=(),
        country="LBY",
        wikidata="Q900001",
    ),
)
FTM = """{"id": "p1", "schema": "Person", "properties": {"name": ["Ola Varn"], "alias": ["O. Varn"], "country": ["ly"]}}
{"id": "o1", "schema": "Organization", "properties": {"name": ["Varn Brigade"], "abbreviation": ["VB"], "country": ["ly"]}}
{"id": "o2", "schema": "Company", "datasets": ["tamat_list"], "properties": {"name": ["Tamat Oil"], "country": ["ly", "ml"]}}
{"id": "m1", "schema": "Membership", "properties": {"member": ["p1"], "organization": ["o1"], "role": ["commander"],
"startDate": ["2014-05-01"]}}
{"id": "w1", "schema": "Ownership", "properties": {"asset": ["o2"], "owner": ["o1"]}}
{"id": "a1", "schema": "Address", "properties": {}}
""".replace('"],\n"startDate', '"], "startDate')
WIKIDATA = """item,itemLabel,itemAltLabel,countryCode,typeLabel,parent
http://www.wikidata.org/entity/Q900001,Varn Guard,"The Guard of Varn, GV",LY,militia,
http://www.wikidata.org/entity/Q900002,Ola Varn,,LY,human,Q900001
http://www.wikidata.org/entity/Q900002,Ola Varn,,LY,human,
"""
TOML = """[[actor]]
id = "varn-column"
kind = "ORG"
sort = "militia"
country = "LBY"
names = ["Varn Column"]
"""


def made(where: str, text: str) -> dict[str, dict[str, object]]:
    entries = yaml.safe_load(checked_yaml(where, text.encode(), countries=COUNTRIES, ours=OURS))
    return {entry["id"]: entry for entry in entries}


def test_follow_the_money() -> None:
    found = made("list.jsonl", FTM)
    assert found["ftm-p1"]["names"] == ["Ola Varn", "O. Varn"]
    assert found["ftm-p1"]["offices"] == [{"title": "commander", "of": "ftm-o1", "since": "2014-05-01"}]
    assert found["ftm-o1"]["acronyms"] == ["VB"]
    assert found["ftm-o2"]["parents"] == [{"id": "ftm-o1"}]
    assert found["ftm-o2"]["country"] is None
    assert found["ftm-o2"]["source"] == "FollowTheMoney tamat_list"


def test_follow_the_money_as_one_array() -> None:
    assert made("list.json", "[" + ",".join(FTM.strip().splitlines()) + "]").keys() == made("list.jsonl", FTM).keys()


def test_territories_of_follow_the_money_are_in_their_countries() -> None:
    lines = [
        f'{{"id": "{code}", "schema": "Organization", "properties": {{"name": ["Varn {n}"], "country": ["{code}"]}}}}'
        for n, code in enumerate(("ge-ab", "UA-CRI", "cy-trnc", "gb-sct"))
    ]
    found = foreign_entries("a.jsonl", "\n".join(lines).encode(), Known(alpha3(), {}))
    assert [entry["country"] for entry in found] == ["GEO", "UKR", "CYP", "GBR"]


def test_wikidata_takes_the_place_of_ours() -> None:
    found = made("query.csv", WIKIDATA)
    assert found.keys() == {"varn-guard", "wd-Q900002"}
    assert found["varn-guard"]["names"] == ["Varn Guard", "The Guard of Varn", "GV"]
    assert found["wd-Q900002"]["kind"] == "PER"


def test_toml() -> None:
    assert made("mine.toml", TOML)["varn-column"]["names"] == ["Varn Column"]


@pytest.mark.parametrize(
    ("where", "text", "says"),
    [
        ("a.jsonl", '{"id": "x", "schema": "Person", "properties": {"name": ["A B"]}}\n{"id": ', "line 2, column"),
        ("a.json", "[\n {]", "line 2, column"),
        ("a.jsonl", '{"id": "x", "schema": "Person", "properties": {}}', "line 1: x: has no name"),
        ("a.jsonl", '{"id": "x", "schema": "Dragon", "properties": {}}', "unknown schema 'Dragon'"),
        ("a.jsonl", '{"schema": "Person", "properties": {}}', "needs an id"),
        (
            "a.jsonl",
            '{"id": "x", "schema": "Person", "properties": {"name": ["A"], "country": ["zz"]}}',
            "unknown country",
        ),
        ("a.csv", "item,itemLabel,colour\nQ1,A,red\n", "line 1, column 3: unknown 'colour'"),
        ("a.csv", "item\nQ1\n", "columns itemLabel are missing"),
        ("a.csv", "item,itemLabel\nQ1,A\nnothing,B\n", "line 3, column 1"),
        ("a.csv", "item,itemLabel\nQ1,A,B\n", "line 2: needs 2 columns"),
        ("a.csv", "item,itemLabel\nQ1,Q1\n", "has no label"),
        ("a.toml", "[[actor]\n", "line 1"),
        ("a.toml", "[actors]\n", r"must hold \[\[actor\]\] tables"),
        ("a.toml", TOML.replace("militia", "dragon"), "sort"),
        ("a.xlsx", "", "must end in"),
        ("a.csv", "item,itemLabel\n", "holds no actor"),
    ],
)
def test_a_bad_file_is_refused_whole(where: str, text: str, says: str) -> None:
    with pytest.raises(DataFault, match=says):
        checked_yaml(where, text.encode(), countries=COUNTRIES, ours=OURS)


def test_what_is_not_utf8_names_its_line() -> None:
    with pytest.raises(DataFault, match="line 2: not UTF-8"):
        foreign_entries("a.csv", b"item,itemLabel\nQ1,\xff\n", Known(COUNTRIES, {}))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "list.jsonl", tmp_path / "mine" / "actors.yml"
    source.write_text(FTM, encoding="utf-8")
    target.parent.mkdir()
    assert run(["atlas", "import", str(source)]) == 0
    shown = capsys.readouterr().out
    assert run(["atlas", "import", str(source), "--out", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == shown
    assert run(["atlas", "import", str(source), "--out", str(target)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert run(["atlas", "import", str(tmp_path / "none.csv")]) == 2

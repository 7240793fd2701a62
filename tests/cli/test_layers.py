"""``khabar places``, ``actors`` and ``dates``: each layer by itself, through the real reader, in every form it can take."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.atlas.loading import load_edited
from khabar.cli.main import run
from khabar.ledger.store import Writer
from tests.ledger.making import append, make_article

STORY = """Shells fall near Ansongo

The Tilemsi Brigade shelled the market of Ansongo in eastern Mali on Saturday, killing at least nine people, Col. Amadou Sow
told reporters in Gao.

The brigade, led by Ousmane Ag Baye, is allied with the Menaka Scouts. Two days later its fighters left the town, and
soldiers of the Malian army came back hours after the withdrawal.
"""


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "shells.txt"
    path.write_text(STORY, encoding="utf-8")
    return str(path)


def answer(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert run([*arguments, "--quiet"]) == 0
    return capsys.readouterr().out


def rows(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer(arguments, capsys).splitlines()]


def test_places_as_rows_and_as_geojson(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = {row["name"]: row for row in rows(["places", story, "--json"], capsys)}
    assert {"Ansongo", "Gao"} <= found.keys()
    assert found["Ansongo"]["country"] == "MLI"
    assert "ASSAULT fall" in found["Ansongo"]["happens"]
    collection = json.loads(answer(["places", story, "--geojson"], capsys))
    assert collection["type"] == "FeatureCollection"
    point = next(f for f in collection["features"] if f["properties"]["name"] == "Ansongo")
    assert point["geometry"] == {"type": "Point", "coordinates": [0.5022, 15.6597]}


def test_places_as_table_map_and_picture(story: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "map.svg"
    shown = answer(["places", story, "--map", "--svg", str(picture)], capsys)
    assert "Ansongo" in shown
    assert any("\u2801" <= letter <= "\u28ff" for letter in shown)
    root = ET.fromstring(picture.read_text(encoding="utf-8"))
    words = "".join(root.itertext())
    assert "Ansongo" in words
    assert "http" not in picture.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_one_form_at_a_time(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["places", story, "--json", "--geojson"]) == 2
    assert "not both" in capsys.readouterr().err


def test_a_picture_that_cannot_be_written(story: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["places", story, "--svg", str(tmp_path / "none" / "map.svg")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_dates(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = {r["text"]: r for r in rows(["dates", story, "--published", "2023-06-12", "--json"], capsys)}
    assert (found["Saturday"]["earliest"], found["Saturday"]["grain"]) == ("2023-06-10", "day")
    assert (found["Two days later"]["value"], found["Two days later"]["counts_from"]) == ("2023-06-12", "Saturday")
    assert found["hours"]["counts_from"] == "withdrawal"
    assert "2023-06-10" in answer(["dates", story, "--published", "2023-06-12"], capsys)


def test_actors(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = {row["name"]: row for row in rows(["actors", story, "--json"], capsys)}
    assert found["Tilemsi Brigade"]["link"].startswith("local:")
    assert found["Amadou Sow"]["written"] == ["Amadou Sow"]
    assert found["Malian Armed Forces"]["link"] == "khabar:fama"
    assert "Tilemsi Brigade" in answer(["actors", story], capsys)


def test_new_actors_are_entries_that_a_table_takes(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(["actors", story, "--new"], capsys)
    assert "led by Ousmane Ag Baye" in text
    assert "allied with Menaka Scouts" in text
    entries = yaml.safe_load(text)
    read = {row.actor_id: row for row in load_edited("mine", {"actors.yml": text.encode()}, {"MLI"}).actors}
    assert len(read) == len(entries)
    assert read["khabar:tilemsi-brigade"].country == "MLI"
    assert [o.body_id for o in read["khabar:ousmane-ag-baye"].offices] == ["khabar:tilemsi-brigade"]


def test_new_actors_of_the_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "l.sqlite"
    with Writer(path) as writer:
        append(writer, make_article("one"))
    assert rows(["actors", "--new", "--ledger", str(path), "--json"], capsys) == []


def test_no_file_no_layer(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["actors"]) == 2
    assert "--new" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["places", "actors", "dates"])
def test_a_bad_input_is_named_and_the_rest_is_done(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("Troops left Gao on 3 May 2021, Moussa Diarra said.", encoding="utf-8")
    assert run([verb, str(tmp_path / "empty.txt"), str(tmp_path / "good.txt"), "--json"]) == 3
    shown = capsys.readouterr()
    assert "empty.txt" in shown.err
    assert len(shown.out.splitlines()) >= 1

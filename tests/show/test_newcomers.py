"""Newcomers: named strangers gathered over articles, each once, with what is said of them."""

from __future__ import annotations

import pytest
import yaml

from khabar.model.mentions import Kind
from khabar.show.export.newcomers import newcomer_rows, yaml_entries
from khabar.show.newcomers import Newcomer, Tie, sort_of


def newcomer(
    name: str, local: str, kind: Kind = Kind.ORG, ties: tuple[Tie, ...] = (), sort: str = "militia"
) -> Newcomer:
    return Newcomer(
        local_id=f"local:{local}",
        kind=kind,
        sort=sort,
        country=None,
        names=(name,),
        acronyms=(),
        titles=(),
        described=(),
        mentions=1,
        documents=("a",),
        ties=ties,
        happenings=(),
        places=(),
    )


def tie(how: str, target: str | None, name: str = "somebody") -> Tie:
    return Tie(how=how, name=name, target_id=target, sentences=())


def entries(*found: Newcomer) -> list[dict[str, object]]:
    read = yaml.safe_load("\n".join(yaml_entries(found)))
    assert isinstance(read, list)
    return read


def test_parents_are_those_that_a_table_can_hold() -> None:
    one = newcomer(
        "Velian Guard",
        "1",
        ties=(tie("part of", "khabar:lna"), tie("part of", "Q79"), tie("part of", "local:2"), tie("part of", None)),
    )
    read = entries(one, newcomer("Tamat Front", "2"))
    assert read[0]["parents"] == [{"id": "lna"}, {"id": "tamat-front"}]


def test_a_leader_gets_an_office() -> None:
    read = entries(newcomer("Ola Varn", "3", Kind.PER, (tie("leads", "khabar:lna"),), sort="person"))
    assert read[0]["offices"] == [{"title": "leader", "of": "lna"}]


def test_two_of_one_name_get_two_ids() -> None:
    read = entries(newcomer("Tamat Front", "aaaaaaa"), newcomer("Tamat Front", "bbbbbbb"))
    assert [entry["id"] for entry in read] == ["tamat-front", "tamat-front-bbbbbb"]


def test_an_outlet_is_commented_out() -> None:
    lines = list(yaml_entries([newcomer("Tamat Herald", "4", sort="newspaper")]))
    assert lines[-1].startswith("# outlets.yml: - {id: tamat-herald")
    (row,) = newcomer_rows([newcomer("Tamat Herald", "4", sort="newspaper")])
    assert row["entry"]["kind"] == "newspaper"


@pytest.mark.parametrize(
    ("phrase", "sort"),
    [
        ("Tamat Liberation Front", "rebels"),
        ("the militia", "militia"),
        ("Velian Ministry", "ministry"),
        ("Radio Tamat", "broadcaster"),
        ("Ola", "movement"),
    ],
)
def test_sorts(phrase: str, sort: str) -> None:
    assert sort_of(Kind.ORG, [phrase]) == sort


def test_a_person_is_a_person() -> None:
    assert sort_of(Kind.PER, ["Guard"]) == "person"

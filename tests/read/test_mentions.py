"""Mentions in our own sentences (table in mentions.yml), and what holds for every text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.lexicon.entities import EntityWords, load_entities
from khabar.lexicon.nations import Nations, load_nations
from khabar.model.mentions import Form, Kind, Mention
from khabar.read.gazetteer import NoNames
from khabar.read.mentions import find_mentions, trimmed
from khabar.read.name_kinds import initials_match
from tests.read.parsing import parsed, parser

CASES = yaml.safe_load(Path(__file__).with_name("mentions.yml").read_text(encoding="utf-8"))
PIECES = [
    "General",
    "Ade",
    "Banjo",
    "'s",
    "militia",
    "(",
    ")",
    "ABC",
    "the",
    "of",
    "Kenya",
    "Kenyan",
    "-",
    "who",
    "it",
    "\n",
    "“",
    "11",
]


class Atlas(NoNames):
    """A gazetteer of two towns."""

    def kinds(self, name: str) -> frozenset[Kind]:
        return frozenset({Kind.GPE}) if name in ("Zuwara", "Imsida") else frozenset()


@cache
def tables() -> tuple[EntityWords, Nations]:
    return load_entities(), load_nations()


def found(text: str) -> tuple[Mention, ...]:
    return find_mentions(parsed(text), *tables(), NoNames())


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["note"])
def test_sentence(case: dict[str, Any]) -> None:
    text = case["text"]
    mentions = found(text)
    seen = {f"{m.kind} {m.form} {m.span.cut(text)}" for m in mentions}
    assert not set(case.get("has", ())) - seen, sorted(seen)
    assert not {m.span.cut(text) for m in mentions} & set(case.get("lacks", ()))


def test_a_headline_in_title_case_is_read_by_the_body() -> None:
    text = (
        "Banjo Ends Secret Visit to Peru\n\nGeneral Ade Banjo left Lima. Banjo met Rosa Silva and Omar Said in Callao."
    )
    headline = text.index("\n")
    (parse,) = parser().parse([(text, headline)])
    kinds = {m.span.cut(text): m.kind for m in find_mentions(parse, *tables(), NoNames()) if m.span.end <= headline}
    assert kinds == {"Banjo": Kind.PER, "Peru": Kind.GPE}


def test_the_gazetteer_outvotes_the_parser() -> None:
    text = "They sailed from Imsida to Zuwara."
    mentions = find_mentions(parsed(text), *tables(), Atlas())
    assert {m.span.cut(text): m.kind for m in mentions if m.form is Form.NAM} == {
        "Imsida": Kind.GPE,
        "Zuwara": Kind.GPE,
    }


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("LNA", "Lake Nomads Army", True),
        ("PFG", "Petroleum Facilities Guard", True),
        ("UNVM", "United Nations Verification Mission", True),
        ("MoD", "Ministry of Defence", True),
        ("BBC", "Libyan National Army", False),
        ("Army", "Alpine Rescue Mountain Yard", False),
        ("A", "Army", False),
    ],
)
def test_acronyms(short: str, long: str, expected: bool) -> None:
    assert initials_match(short, long) is expected


def test_marks_stay_outside_but_an_acronym_keeps_its_stop() -> None:
    assert trimmed("-Banjo-", 0, 7) is not None
    assert trimmed(" ’s ", 0, 4) is not None
    assert trimmed(" - ", 0, 3) is None
    span = trimmed("(U.S.)", 0, 6)
    assert span is not None
    assert span.cut("(U.S.)") == "U.S."


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_every_text_gives_ordered_mentions_with_their_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    mentions = found(text)
    assert [m.mention_id for m in mentions] == [f"m{n}" for n in range(1, len(mentions) + 1)]
    assert len({m.head_token for m in mentions}) == len(mentions)
    starts = [m.span.start for m in mentions]
    assert starts == sorted(starts)
    for mention in mentions:
        assert mention.span.cut(text).strip() == mention.span.cut(text) != ""
        assert mention.span.overlaps(mention.head)

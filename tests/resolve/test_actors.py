"""Entities to somebody known, to a local id, or to nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khabar.atlas.atlas import Atlas
from khabar.model.claims import EventType
from khabar.model.links import EntityLink
from khabar.resolve.actors import link_entities
from khabar.resolve.context import context_of
from khabar.resolve.places import link_places
from khabar.resolve.states import holds_on
from tests.resolve.making import document, done_by


def linked(marked: str, atlas: Atlas, published: str | None = "2016-06-01") -> dict[str, EntityLink]:
    """Links by the first words of each entity."""
    version, reading = document(marked, published=published)
    context = context_of(version, reading, atlas)
    links = link_entities(context, link_places(context))
    words: dict[str, str] = {}
    for mention in reading.mentions:
        words.setdefault(mention.entity_id, mention.span.cut(version.text))
    return {words[link.entity_id]: link for link in links}


@pytest.mark.parametrize(
    ("text", "words", "target", "method"),
    [
        ("[Kenya|GPE] agreed", "Kenya", "Q114", "nation"),
        ("the [Kenyan|GPE] minister", "Kenyan", "Q114", "nation"),
        ("in [Nairobi|GPE]", "Nairobi", "geonames:128003682", "place"),
        ("[Peter Odari|PER] left", "Peter Odari", "khabar:odari", "name"),
        ("[General Peter Odari|PER] left", "General Peter Odari", "khabar:odari", "name"),
        ("[Odari|PER] left [Kenya|GPE]", "Odari", "khabar:odari", "surname"),
        ("[Odari|PER] left [Uganda|GPE]", "Odari", "khabar:odari-uga", "surname"),
        ("[بيتر أوداري|PER]", "بيتر أوداري", "khabar:odari", "name"),
        ("[Khaled Al Kassimi|PER]", "Khaled Al Kassimi", "khabar:qasimi", "spelling"),
        ("the [KDF|ORG] in [Kenya|GPE]", "KDF", "khabar:kdf", "acronym"),
        ("the [WHO|ORG] warned", "WHO", "khabar:who", "acronym"),
        ("[The Lake Post|ORG] wrote", "The Lake Post", "khabar:outlet/lake-post", "outlet"),
        ("[the Kenyan army|ORG.NOM] near [Kenya|GPE]", "the Kenyan army", "khabar:kdf", "description"),
        ("[the Kenyan government|ORG.NOM]", "the Kenyan government", "Q114", "government"),
        ("The [[KDF|ORG] troops|PER.NOM.e9]", "KDF troops", "khabar:kdf", "forces of"),
        ("[[Peter Odari|PER]’s forces|ORG.NOM.e9]", "Peter Odari’s forces", "khabar:kdf", "forces of"),
    ],
)
def test_known(text: str, words: str, target: str, method: str, atlas: Atlas) -> None:
    link = linked(text, atlas)[words]
    assert (link.target_id, link.method) == (target, method)


@pytest.mark.parametrize(
    "text",
    [
        "[a top official|PER.NOM]",
        "[sources|PER.NOM]",
        "[they|ORG.PRO]",
        "[the militia|ORG.NOM]",
        "[his forces|ORG.NOM]",
    ],
)
def test_anonymous_stays_anonymous(text: str, atlas: Atlas) -> None:
    assert linked(text, atlas) == {}


def test_strangers_get_one_id_in_every_document(atlas: Atlas) -> None:
    first = linked("[Zuberi Maktaba|PER] spoke", atlas)["Zuberi Maktaba"]
    second = linked("In [Uganda|GPE] [ZUBERI MAKTABA|PER] spoke", atlas)["ZUBERI MAKTABA"]
    assert first.target_id == second.target_id
    assert first.target_id.startswith("local:")
    assert first.method == "unknown"


@pytest.mark.parametrize("name", ["Moses Odari", "Moses ag Odari", "Dr Moses al-Odari", "Moses bin Odari"])
def test_a_given_name_that_disagrees_strikes_out(name: str, atlas: Atlas) -> None:
    assert linked(f"[{name}|PER] of [Kenya|GPE]", atlas)[name].method == "unknown"


@pytest.mark.parametrize(
    "name", ["Khalid al-Qasimi", "al-Qasimi", "General al-Qasimi", "Defence Minister Khalid al-Qasimi"]
)
def test_titles_and_particles_do_not_disagree(name: str, atlas: Atlas) -> None:
    assert linked(f"[{name}|PER] of [Jordan|GPE]", atlas)[name].target_id == "khabar:qasimi"


def test_a_body_no_table_knows_has_a_country(atlas: Atlas) -> None:
    link = linked("[the Ugandan navy|ORG.NOM]", atlas)["the Ugandan navy"]
    assert (link.country, link.method, link.target_id[:6]) == ("UGA", "nation and kind", "local:")


def test_leadership_ends(atlas: Atlas) -> None:
    text = "[[Peter Odari|PER]’s forces|ORG.NOM.e9]"
    assert "Peter Odari’s forces" in linked(text, atlas, "2019-12-30")
    assert "Peter Odari’s forces" not in linked(text, atlas, "2020-01-01")


def test_a_capital_that_acts_is_its_state(atlas: Atlas) -> None:
    version, reading = document("[Nairobi|GPE] condemned it")
    reading = replace(reading, predications=(done_by(reading.mentions[0], EventType.REJECT),))
    context = context_of(version, reading, atlas)
    (link,) = link_entities(context, link_places(context))
    assert (link.target_id, link.method) == ("Q114", "metonym")


@pytest.mark.parametrize("kind", [EventType.ASSAULT, EventType.MOBILIZE])
@pytest.mark.parametrize("words", ["Kenyan warplanes", "two Kenyan fighter jets", "Kenyan bombers"])
def test_warplanes_that_fight_are_an_air_force(kind: EventType, words: str, atlas: Atlas) -> None:
    version, reading = document(f"[{words}|VEH.NOM] over [Kenya|GPE]")
    reading = replace(reading, predications=(done_by(reading.mentions[0], kind),))
    context = context_of(version, reading, atlas)
    link = link_entities(context, link_places(context))[0]
    assert (link.name, link.country, link.method) == ("Kenyan air force", "KEN", "nation and kind")


@pytest.mark.parametrize("words", ["Kenyan warplanes", "Kenyan drones", "three Kenyan helicopters"])
def test_warplanes_bought_or_shown_are_nobody_of_a_country(words: str, atlas: Atlas) -> None:
    link = linked(f"They showed [{words}|VEH.NOM]", atlas)[words]
    assert (link.country, link.method, link.target_id[:6]) == ("KEN", "equipment", "local:")
    assert linked("They showed [drones|VEH.NOM]", atlas) == {}


def test_drones_are_nobody_even_when_they_strike(atlas: Atlas) -> None:
    version, reading = document("[Kenyan drones|VEH.NOM] hit a market")
    reading = replace(reading, predications=(done_by(reading.mentions[0], EventType.ASSAULT),))
    context = context_of(version, reading, atlas)
    assert [(e.method, e.country) for e in link_entities(context, link_places(context))] == [("equipment", "KEN")]


@pytest.mark.parametrize(
    ("text", "acting", "method"),
    [
        ("[Nairobi|GPE] agreed. He left [Nairobi|GPE] for [Nairobi|GPE]", 1, "place"),
        ("[Nairobi|GPE] agreed. [Nairobi|GPE] fell", 1, "metonym"),
        ("[Nairobi|GPE] agreed. [Nairobi|GPE] spoke. He left [Nairobi|GPE]", 2, "metonym"),
    ],
)
def test_a_capital_that_mostly_acts(text: str, acting: int, method: str, atlas: Atlas) -> None:
    version, reading = document(text)
    acts = tuple(done_by(m, EventType.AGREE) for m in reading.mentions[:acting])
    reading = replace(reading, predications=acts)
    context = context_of(version, reading, atlas)
    assert [e.method for e in link_entities(context, link_places(context))] == [method]


def test_two_bearers_of_a_family_name_are_rivals(atlas: Atlas) -> None:
    link = linked("[Odari|PER] met [Kenyan|GPE] and [Ugandan|GPE] envoys", atlas, None)["Odari"]
    assert link.rivals == ("khabar:odari-uga",)
    assert link.score < 0.7


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        (None, None, "2016-01-01", True),
        ("2016", None, "2016-01-01", True),
        ("2016-02", None, "2016-01-31", False),
        ("2010", "2016", "2016-12-31", True),
        ("2010", "2016-05", "2016-06-01", False),
    ],
)
def test_spells(since: str | None, until: str | None, day: str, holds: bool) -> None:
    assert holds_on(since, until, day) is holds

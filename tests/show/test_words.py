"""Sentences: the chain and the clause, in words."""

from __future__ import annotations

from typing import Any

import pytest

from khabar.model.attribution import SourceKind
from khabar.model.claims import Argument, Role
from khabar.model.spans import Span
from khabar.show.words import LONGEST, chain_names, claim_sentence, sentences
from tests.show.drafts import Draft
from tests.show.stories import border_war

SAID = (
    "General Osman Tamri visited Asmara.",
    (
        "According to the Harbour Post, citing two unnamed security officials, General Osman Tamri flew from Kassala to"
        " Asmara on Tuesday (2031-11-04) on a private plane."
    ),
    "The Harbour Post removed General Osman Tamri’s name from its headline.",
    "The Eastern Front seized the border post of Lafa from the Gash Brigade in October (2031-10).",
    "According to unnamed residents, four Gash Brigade fighters were killed in the clashes.",
    "The Gash Brigade accused Eritrea of bombing its camp near Tessenei on 3 November (2031-11-03).",
    ("According to the Gash Brigade, Eritrea allegedly bombed its camp near Tessenei on 3 November (2031-11-03)."),
    "According to Eritrea, its aircraft did not cross the border.",
    "According to the Red Sea Monitor, some elements in Cairo had allegedly prompted the raid.",
    (
        "According to General Osman Tamri’s office, General Osman Tamri plans to visit Cairo next week (2031-11-10 to"
        " 2031-11-16)."
    ),
    "According to an unnamed analyst, General Osman Tamri may have asked Egypt for drones.",
)


def test_the_sentences_of_a_story() -> None:
    assert tuple(sentences(border_war()).values()) == SAID


def test_one_claim_says_what_all_say() -> None:
    article = border_war()
    together = sentences(article)
    assert {c.claim_id: claim_sentence(article, c) for c in article.reading.claims} == together


def test_chains_outermost_first() -> None:
    article = border_war()
    assert chain_names(article, article.reading.claims[0]) == ()
    assert chain_names(article, article.reading.claims[1]) == ("the Harbour Post", "two unnamed security officials")


def one(text: str, trigger: str, lemma: str, type_: str | None, *arguments: tuple[str, str], **more: str) -> str:
    """The sentence of an article with one claim in the publisher's voice."""
    d = Draft(text)
    made = tuple(d.arg(role, words) for role, words in arguments)
    event = d.event(
        trigger, lemma, type_, *made, realis=more.get("realis", "actual"), polarity=more.get("polarity", "+")
    )
    d.claim(event, more.get("levels", "CT+"), more.get("word", "asserted"))
    article = d.done()
    return claim_sentence(article, article.reading.claims[0])


@pytest.mark.parametrize(
    "case",
    [
        ("Rebels attacked Zuri.", "attacked", "attack", "ASSAULT", (("actor", "Rebels"), ("recipient", "Zuri")), {},
         "Rebels attacked Zuri."),
        ("An attack on Zuri by rebels.", "attack", "attack", "ASSAULT", (("actor", "rebels"), ("recipient", "Zuri")), {},
         "Rebels attacked Zuri."),
        ("An explosion shook Zuri.", "explosion", "explosion", None, (), {}, "There was an explosion."),
        ("Clashes in Zuri.", "Clashes", "clash", "ASSAULT", (("place", "Zuri"),), {}, "There were clashes in Zuri."),
        ("No clashes in Zuri.", "clashes", "clash", "ASSAULT", (("place", "Zuri"),),
         {"levels": "CT-", "word": "denied", "polarity": "-"}, "There were no clashes in Zuri."),
        ("Zuri was taken by the Front.", "taken", "take", "control", (("actor", "the Front"), ("theme", "Zuri")), {},
         "Zuri was taken by the Front."),
        ("Two men were killed.", "killed", "kill", "ASSAULT", (("recipient", "Two men"),), {}, "Two men were killed."),
        ("Mara did not visit Zuri.", "visit", "visit", "CONSULT", (("actor", "Mara"), ("recipient", "Zuri")),
         {"levels": "CT-", "word": "denied", "polarity": "-"}, "Mara did not visit Zuri."),
        ("Mara will visit Zuri.", "visit", "visit", "CONSULT", (("actor", "Mara"), ("recipient", "Zuri")),
         {"realis": "planned", "word": "planned"}, "Mara is to visit Zuri."),
        ("Mara may visit Zuri.", "visit", "visit", "CONSULT", (("actor", "Mara"), ("recipient", "Zuri")),
         {"realis": "hypothetical", "word": "possible", "levels": "PS+"}, "Mara may visit Zuri."),
        ("Mara probably left Zuri.", "left", "leave", "move", (("actor", "Mara"), ("place", "Zuri")),
         {"levels": "PR+", "word": "possible"}, "Mara probably left Zuri."),
        ("The Front controls Zuri.", "controls", "control", "control", (("actor", "The Front"), ("theme", "Zuri")), {},
         "The Front controls Zuri."),
        ("The Front is shelling Zuri.", "shelling", "shell", "ASSAULT", (("actor", "The Front"), ("recipient", "Zuri")),
         {"realis": "ongoing"}, "The Front is shelling Zuri."),
        ("Halima Oru, leader of the Front.", "leader", "leader", "lead", (("actor", "Halima Oru"), ("theme", "the Front")),
         {}, "Halima Oru leads the Front."),
        ("The Front, led by Halima Oru.", "led", "lead", "lead", (("actor", "Halima Oru"), ("theme", "The Front")),
         {}, "The Front is led by Halima Oru."),
        ("The Guard, allied to the Front.", "allied", "ally", "ally", (("actor", "The Guard"), ("recipient", "the Front")),
         {}, "The Guard is allied to the Front."),
        ("Mara headed to Zuri.", "headed", "head", "move", (("actor", "Mara"), ("place", "Zuri")), {},
         "Mara headed to Zuri."),
        ("Mara had taken over Zuri.", "taken over", "take", "control", (("actor", "Mara"), ("theme", "Zuri")), {},
         "Mara had taken over Zuri."),
        ("Jets played a key role near Zuri.", "played a key role", "play", "cause", (("actor", "Jets"), ("place", "Zuri")),
         {}, "Jets played a key role near Zuri."),
        ("Bad near the port of Zuri and in Dara.", "Bad", "bad", None,
         (("place", "the port"), ("place", "Zuri"), ("place", "Dara")), {},
         "There was a bad near the port of Zuri in Dara."),
        ("Rebels bombed Zuri and Dara.", "bombed", "bomb", "ASSAULT",
         (("actor", "Rebels"), ("recipient", "Zuri"), ("recipient", "Dara")), {}, "Rebels bombed Zuri and Dara."),
        ("The army took control of Zuri.", "took", "take", "control", (("actor", "The army"), ("theme", "Zuri")), {},
         "The army took control of Zuri."),
        ("A paper close to the Guard.", "close", "close", "ally", (("recipient", "the Guard"),), {},
         "Somebody is close to the Guard."),
        ("withdrew", "withdrew", "withdraw", "RETREAT", (), {}, "Somebody withdrew."),
    ],
)  # fmt: skip
def test_clauses(case: tuple[Any, ...]) -> None:
    text, trigger, lemma, type_, arguments, more, sentence = case
    assert one(text, trigger, lemma, type_, *arguments, **more) == sentence


def test_nobody_named_is_said_by_the_cue() -> None:
    d = Draft("Troops allegedly crossed the river.")
    d.nom("Troops", "e1")
    crossed = d.event("crossed", "cross", "move", d.arg("actor", "Troops"), d.arg("theme", "the river"))
    link = d.said("allegedly", stance="allege", kind=SourceKind.UNEXPRESSED, lemma="allegedly")
    d.claim(crossed, "Uu CT+", "alleged", link)
    article = d.done()
    assert claim_sentence(article, article.reading.claims[0]) == "Allegedly, troops crossed the river."
    assert chain_names(article, article.reading.claims[0]) == ("nobody named",)


def test_predications_that_hold_one_another_come_to_an_end() -> None:
    d = Draft("A said B said A.")
    first = Argument(role=Role.CONTENT, predication_id="p2")
    second = Argument(role=Role.CONTENT, predication_id="p1")
    d.event("said", "say", None, d.arg("actor", "A"), first)
    d.event("said", "say", None, d.arg("actor", "B"), second, n=2)
    d.claim("p1", "CT+", "asserted")
    article = d.done()
    assert claim_sentence(article, article.reading.claims[0]) == "A said B said A."


def test_a_claim_without_its_predication_still_has_a_sentence() -> None:
    d = Draft("Nothing.")
    d.claim("p9", "CT+", "asserted")
    article = d.done()
    assert claim_sentence(article, article.reading.claims[0]) == "Something is said to have happened."


def nested(text: str, outer: tuple[str, str], inner: tuple[str, str]) -> str:
    """The sentence of a predication that holds another one, both of Mara."""
    d = Draft(text)
    d.name("Mara", "e1")
    event = d.event(*inner, None, d.arg("actor", "Mara", "e1"), d.arg("theme", "Zuri"))
    content = Argument(role=Role.CONTENT, predication_id=event)
    d.claim(d.event(*outer, None, d.arg("actor", "Mara", "e1"), content), "CT+", "asserted")
    article = d.done()
    return claim_sentence(article, article.reading.claims[0])


@pytest.mark.parametrize(
    ("text", "outer", "inner", "sentence"),
    [
        ("Mara rushed to seize Zuri.", ("rushed", "rush"), ("seize", "seize"), "Mara rushed to seize Zuri."),
        ("Mara began shelling Zuri.", ("began", "begin"), ("shelling", "shell"), "Mara began shelling Zuri."),
        (
            "Mara insisted on seizing Zuri.",
            ("insisted", "insist"),
            ("seizing", "seize"),
            "Mara insisted on seizing Zuri.",
        ),
        ("Mara said she left Zuri.", ("said", "say"), ("left", "leave"), "Mara said she left Zuri."),
        ("Mara said she is leaving Zuri.", ("said", "say"), ("leaving", "leave"), "Mara said she is leaving Zuri."),
    ],
)
def test_a_predication_inside_another(text: str, outer: tuple[str, str], inner: tuple[str, str], sentence: str) -> None:
    assert nested(text, outer, inner) == sentence


def test_what_tells_more_of_a_thing_stands_behind_it() -> None:
    d = Draft("Mara ended a visit that lasted two days.")
    lasted = d.event("lasted", "last", None, d.arg("actor", "a visit"))
    content = Argument(role=Role.CONTENT, predication_id=lasted)
    d.claim(
        d.event("ended", "end", None, d.arg("actor", "Mara"), d.arg("theme", "a visit"), content), "CT+", "asserted"
    )
    article = d.done()
    assert claim_sentence(article, article.reading.claims[0]) == "Mara ended a visit that lasted two days."


def test_a_description_loses_its_capital_inside() -> None:
    d = Draft("A senior officer left, Mara said.")
    d.nom("A senior officer", "e1", "PER")
    link = d.said("said", "Mara", lemma="say", kind=SourceKind.PERSON)
    d.claim(d.event("left", "leave", "move", d.arg("actor", "A senior officer", "e1")), "Uu CT+", "reported", link)
    article = d.done()
    assert claim_sentence(article, article.reading.claims[0]) == "According to Mara, a senior officer left."


def test_a_place_goes_by_its_noun() -> None:
    d = Draft("Kenyan jets left. Kenya denied it. Kenyan sources agreed.")
    for n in (1, 2):
        d.name("Kenyan", "e1", "GPE", n=n)
    d.name("Kenya", "e1", "GPE", n=2)
    d.claim(d.event("left", "leave", "move", d.arg("actor", "Kenyan", "e1")), "CT+", "asserted")
    article = d.done()
    assert claim_sentence(article, article.reading.claims[0]) == "Kenya left."


def test_an_organisation_keeps_its_article() -> None:
    d = Draft("Troops of the Ash Column (AC) fled.")
    d.name("Ash Column", "e1", "ORG")
    d.claim(d.event("fled", "flee", "RETREAT", d.arg("actor", "Ash Column", "e1")), "CT+", "asserted")
    article = d.done()
    assert claim_sentence(article, article.reading.claims[0]) == "The Ash Column fled."


def test_long_fillers_are_cut_between_words() -> None:
    long = "a " + "very " * 60 + "long thing"
    words = one(f"Mara saw {long}.", "saw", "see", None, ("actor", "Mara"), ("theme", long))
    assert len(words) <= LONGEST
    assert words.endswith("very …")


def test_spans_at_the_edges_do_not_matter() -> None:
    d = Draft("Fled")
    d.event("Fled", "flee", "RETREAT", Argument(role=Role.TIME, span=Span(0, 4)))
    d.claim("p1", "CT+", "asserted")
    article = d.done()
    assert claim_sentence(article, article.reading.claims[0])

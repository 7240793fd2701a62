"""Invented articles with all their records: one about a border war, in two versions, and a copy of it."""

from __future__ import annotations

from khabar.model.articles import ReadArticle
from khabar.model.attribution import SourceKind
from khabar.model.claims import Argument, Role
from tests.show.drafts import Draft

NAMED = "General Osman Tamri paid secret visit to Asmara"
UNNAMED = "A senior officer paid secret visit to Asmara"
BODY = """

General Osman Tamri, commander of the Eastern Front, flew from Kassala to Asmara on Tuesday on a private plane, \
the Harbour Post reported, citing two security officials. The newspaper later removed his name from its headline.

The Eastern Front seized the border post of Lafa from the Gash Brigade in October. According to residents, four \
Gash Brigade fighters were killed in the clashes.

The Gash Brigade accused Eritrea of bombing its camp near Tessenei on 3 November. Eritrea denied that its aircraft \
had crossed the border. The Red Sea Monitor, an online bulletin, claimed that \
some elements in Cairo had prompted the raid.

Tamri intends to visit Cairo next week, his office announced. He may have asked Egypt for drones, an analyst said."""


def border_war(headline: str = NAMED, ordinal: int = 1, input_id: str = "border-1") -> ReadArticle:
    """The main article; with UNNAMED as headline it is the second version."""
    d = Draft(headline + BODY, headline=headline, ordinal=ordinal, input_id=input_id, article_id="border")
    _who(d)
    _flight(d)
    _war(d)
    _raid(d)
    _plans(d)
    return d.done()


def _who(d: Draft) -> None:
    named = 2 if d.text.startswith(NAMED) else 1
    d.name("General Osman Tamri", "e1", n=named)
    d.name("Tamri", "e1", n=named + 1)
    d.pro("his", "e1")
    d.pro("his", "e1", n=2)
    d.pro("He", "e1")
    d.name("Eastern Front", "e2", "ORG")
    d.name("The Eastern Front", "e2", "ORG")
    d.name("Harbour Post", "e3", "ORG")
    d.nom("The newspaper", "e3")
    d.nom("two security officials", "e4", "PER")
    d.name("Gash Brigade", "e5", "ORG")
    d.name("The Gash Brigade", "e5", "ORG")
    d.pro("its", "e5", n=2)
    d.name("Eritrea", "e6", "GPE")
    d.name("Eritrea", "e6", "GPE", n=2)
    d.pro("its", "e6", n=3)
    d.nom("four Gash Brigade fighters", "e7", "PER")
    d.name("The Red Sea Monitor", "e8", "ORG")
    d.name("Egypt", "e9", "GPE")
    d.nom("residents", "e10", "PER")
    d.nom("an analyst", "e11", "PER")
    d.place(d.name("Asmara", "e12", "GPE", n=2), "Asmara", (15.3333, 38.9333), 343300)
    d.place(d.name("Kassala", "e13", "GPE"), "Kassala", (15.451, 36.4), 372753)
    d.place(d.name("Tessenei", "e14", "GPE"), "Teseney", (15.11, 36.6575), 329779)
    d.name("Lafa", "e15", "FAC")
    d.name("Cairo", "e16", "GPE")
    d.nom("some elements in Cairo", "e17", "PER")
    d.link("e1", "khabar:osman-tamri", "Osman Tamri")
    d.link("e2", "khabar:eastern-front", "Eastern Front")
    d.link("e5", "local:gash", "Gash Brigade")
    d.link("e6", "geonames:338010", "Eritrea")


def _flight(d: Draft) -> None:
    tuesday = d.time("on Tuesday", "2031-11-04")
    headline = d.at("paid", 1)
    visit = d.event(
        "visit",
        "visit",
        "CONSULT",
        Argument(role=Role.ACTOR, span=d.at(d.text[: headline.start - 1]), entity_id=None),
        d.arg("place", "Asmara", "e12"),
    )
    d.claim(visit, "CT+", "asserted", score=0.88)
    flew = d.event(
        "flew",
        "fly",
        "move",
        d.arg("actor", "General Osman Tamri", "e1", n=2 if d.text.startswith(NAMED) else 1),
        d.arg("place", "Asmara", "e12", n=2),
        d.arg("time", "on Tuesday", None, tuesday),
        d.arg("instrument", "a private plane"),
    )
    post = d.said(
        "reported", "the Harbour Post", "e3", content="flew from Kassala to Asmara on Tuesday", lemma="report"
    )
    officials = d.said(
        "citing",
        "two security officials",
        "e4",
        content="flew from Kassala to Asmara",
        kind=SourceKind.ANONYMOUS,
        parent=post,
        lemma="cite",
    )
    d.claim(flew, "Uu Uu CT+", "reported", post, officials, score=0.82)
    removed = d.event(
        "removed",
        "remove",
        "revise",
        d.arg("actor", "The newspaper", "e3"),
        d.arg("theme", "his name", None),
        Argument(role=Role.PLACE, span=d.at("its headline")),
    )
    d.claim(removed, "CT+", "asserted", score=0.9)


def _war(d: Draft) -> None:
    october = d.time("in October", "2031-10-01", "2031-10-31")
    seized = d.event(
        "seized",
        "seize",
        "control",
        d.arg("actor", "The Eastern Front", "e2"),
        d.arg("theme", "the border post of Lafa", "e15"),
        d.arg("recipient", "the Gash Brigade", "e5"),
        d.arg("time", "in October", None, october),
    )
    d.claim(seized, "CT+", "asserted", score=0.86)
    four = d.count("four", 4, 4, "fighter")
    killed = d.event(
        "killed",
        "kill",
        "ASSAULT",
        d.arg("recipient", "four Gash Brigade fighters", "e7"),
        d.arg("quantity", "four", None, four),
        d.arg("instrument", "the clashes"),
    )
    residents = d.said(
        "According to",
        "residents",
        "e10",
        content="four Gash Brigade fighters were killed in the clashes",
        kind=SourceKind.ANONYMOUS,
        lemma="according",
    )
    d.claim(killed, "Uu CT+", "reported", residents, score=0.79)


def _raid(d: Draft) -> None:
    third = d.time("on 3 November", "2031-11-03")
    bombing = d.event(
        "bombing",
        "bomb",
        "ASSAULT",
        d.arg("actor", "Eritrea", "e6"),
        d.arg("recipient", "its camp"),
        d.arg("place", "Tessenei", "e14"),
        d.arg("time", "on 3 November", None, third),
    )
    accused = d.event(
        "accused",
        "accuse",
        "ACCUSE",
        d.arg("actor", "The Gash Brigade", "e5"),
        d.arg("recipient", "Eritrea", "e6"),
        Argument(role=Role.CONTENT, predication_id=bombing),
    )
    d.claim(accused, "CT+", "asserted", score=0.91)
    brigade = d.said(
        "accused", "The Gash Brigade", "e5", content="bombing its camp near Tessenei on 3 November", stance="allege"
    )
    d.claim(bombing, "Uu CT+", "alleged", brigade, score=0.84)
    crossed = d.event(
        "crossed", "cross", None, d.arg("actor", "its aircraft", None), d.arg("theme", "the border", None, n=2)
    )
    eritrea = d.said(
        "denied", "Eritrea", "e6", content="its aircraft had crossed the border", stance="deny", lemma="deny"
    )
    d.claim(crossed, "Uu CT-", "denied", eritrea, score=0.8)
    prompted = d.event(
        "prompted", "prompt", "cause", d.arg("actor", "some elements in Cairo", "e17"), d.arg("theme", "the raid")
    )
    monitor = d.said(
        "claimed",
        "The Red Sea Monitor",
        "e8",
        content="some elements in Cairo had prompted the raid",
        stance="allege",
        lemma="claim",
        kind=SourceKind.DOCUMENT,
    )
    d.claim(prompted, "Uu CT+", "alleged", monitor, score=0.7)


def _plans(d: Draft) -> None:
    week = d.time("next week", "2031-11-10", "2031-11-16")
    visit = d.event(
        "visit",
        "visit",
        "CONSULT",
        d.arg("actor", "Tamri", "e1", n=3 if d.text.startswith(NAMED) else 2),
        d.arg("recipient", "Cairo", "e16", n=2),
        d.arg("time", "next week", None, week),
        realis="planned",
        n=2,
    )
    office = d.said("announced", "his office", "", content="visit Cairo next week", stance="plan", lemma="announce")
    d.claim(visit, "Uu PR+", "planned", office, score=0.77)
    asked = d.event(
        "asked",
        "ask",
        "REQUEST",
        d.arg("actor", "He", "e1"),
        d.arg("recipient", "Egypt", "e9"),
        d.arg("theme", "drones"),
    )
    analyst = d.said(
        "said",
        "an analyst",
        "e11",
        content="He may have asked Egypt for drones",
        stance="suspect",
        kind=SourceKind.ANONYMOUS,
        lemma="say",
    )
    d.claim(asked, "Uu PS+", "possible", analyst, score=0.64)

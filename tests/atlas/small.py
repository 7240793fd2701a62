"""A small atlas of invented and real names, written to a folder: fast, and the same for all tests that need one."""

from __future__ import annotations

from pathlib import Path

from khabar.atlas.atlas import Atlas, open_atlas
from khabar.atlas.build import OURS, PACKAGED, World, write_atlas
from khabar.atlas.gathered import Place
from khabar.atlas.loading import load_edited
from khabar.atlas.rows import ActorRow, Origin, PlaceRow
from khabar.model.mentions import Kind

COUNTRIES = ("KEN", "UGA", "USA", "GEO", "MLI", "JOR")
ACTORS = """
- {id: kdf, kind: ORG, sort: armed_forces, country: KEN, names: [Kenya Defence Forces, Kenyan army], acronyms: [KDF]}
- {id: odari, kind: PER, sort: person, country: KEN, names: [Peter Odari, بيتر أوداري],
   offices: [{title: chief, of: kdf, since: 2015-03, until: 2019}]}
- {id: odari-uga, kind: PER, sort: person, country: UGA, names: [James Odari]}
- {id: qasimi, kind: PER, sort: person, country: JOR, names: [Khalid al-Qasimi, خالد القاسمي]}
- {id: lof, kind: ORG, sort: rebels, country: MLI, names: [Liberation Front of the Oasis], acronyms: [LOF]}
- {id: who, kind: ORG, sort: igo, country: null, names: [World Health Organization], acronyms: [WHO]}
"""
OUTLETS = """
- {id: lake-post, names: [The Lake Post], aliases: [LP], domains: [lakepost.example], country: UGA, kind: newspaper}
"""
PLACES = """id,name,aliases,lat,lon,feature,country,radius_km,source
khabar:place/tamat-terminal,Tamat,Al-Tamat;Tamat terminal,-4.1,39.7,OILT,KEN,5,test
khabar:place/drylands,Drylands,the Drylands,2.0,38.0,RGN,KEN,200,test
"""
EDITED = {"places.csv": PLACES.encode(), "actors.yml": ACTORS.encode(), "outlets.yml": OUTLETS.encode()}


def place(
    name: str, country: str, point: tuple[float, float], *, feature: str = "PPL", people: int = 0, admin1: str = ""
) -> Place:
    """A row of a package."""
    number = abs(int(point[0] * 1000)) * 100_000 + abs(int(point[1] * 100))
    return Place(
        PlaceRow(
            place_id=f"geonames:{number}",
            geonameid=number,
            name=name,
            latitude=point[0],
            longitude=point[1],
            feature=feature,
            admin1=admin1 or None,
            country=country,
            population=people,
            radius_km=200.0 if feature in ("PCLI", "ADM1") else 10.0,
            source="test",
            curated=False,
        ),
        (),
    )


def state(code: str, qid: str, name: str) -> ActorRow:
    """A country as an actor."""
    return ActorRow(
        actor_id=qid, kind=Kind.GPE, sort="state", name=name, names=(name,), acronyms=(), country=code, wikidata=qid
    )


def world() -> World:
    """Everything the small atlas holds."""
    edited = load_edited("small", EDITED, COUNTRIES)
    packaged = [
        place("Kenya", "KEN", (1, 38), feature="PCLI", people=50_000_000),
        place("Uganda", "UGA", (2, 33), feature="PCLI", people=40_000_000),
        place("Georgia", "GEO", (42, 43.5), feature="PCLI", people=3_700_000),
        place("Georgia", "USA", (32.8, -83.4), feature="ADM1", people=10_000_000, admin1="Georgia"),
        place("United States", "USA", (39.8, -98.5), feature="PCLI", people=330_000_000),
        place("Nairobi", "KEN", (-1.28, 36.82), people=4_000_000),
        place("Tamat", "MLI", (17.0, 1.0), people=900),
        place("Springdale", "USA", (36.18, -94.13), people=80_000, admin1="Arkansas"),
        place("Springdale", "USA", (33.6, -83.2), people=3_000, admin1="Georgia"),
        place("Oldbridge", "USA", (33.7, -83.5), people=40_000, admin1="Georgia"),
        place("March", "KEN", (-2.0, 37.0), people=60_000),
        place("Hamlet", "KEN", (-3.0, 38.0), people=700),
        place("El Qahar", "JOR", (31.2, 36.1), people=120_000),
    ]
    return World(
        origins=[
            Origin(name="test", version="1", licence="CC0", date="2020-01-01"),
            Origin(name="khabar", version="1", licence="Apache-2.0", date="2020-01-02"),
        ],
        places=[*((Place(*row), OURS) for row in edited.places), *((p, PACKAGED) for p in packaged)],
        actors=[state("KEN", "Q114", "Kenya"), state("UGA", "Q1036", "Uganda"), *edited.actors],
        outlets=edited.outlets,
        ordinary=[("march", "words")],
    )


def small_atlas(folder: Path) -> Atlas:
    """The small atlas, compiled and opened."""
    path = folder / "small.sqlite"
    write_atlas(path, world())
    return open_atlas(path)

"""No text makes the reader stumble: damaged ones, ones without a claim, ones in another language, through the whole flow.

``MUTATED_TEXTS=5000 python -m pytest tests/accuracy/test_robust.py`` tries more than the usual few hundred.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest

from khabar.capture.versions import make_version, next_version
from khabar.fuse.fusion import batch, fuse
from khabar.fuse.revise import revise
from khabar.model.documents import Submission
from khabar.read.reader import read
from khabar.resolve.resolver import resolve
from khabar.run.stages import Workbench, read_submission
from khabar.show.export.reading import contract
from tests.accuracy.mutants import mutant, sources
from tests.atlas.small import small_atlas
from tests.read.parsing import parser
from tests.read.reading import lexicon

MUTANTS = int(os.environ.get("MUTATED_TEXTS", "300"))
BATCHES = 10
SPANNED = ("mentions", "timexes", "quantities")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The real stages over the small atlas."""
    atlas = small_atlas(tmp_path_factory.mktemp("atlas"))
    yield Workbench(
        make_version=make_version,
        next_version=next_version,
        read=lambda v: read(v, next(iter(parser().parse([(v.text, v.headline_end)]))), lexicon(), atlas),
        resolve=lambda v, r: resolve(v, r, atlas),
        revise=revise,
        fuse=fuse,
        batch=batch,
        sentences=lambda _: {},
    )
    atlas.close()


def told(text: str, bench: Workbench) -> dict[str, Any]:
    """What ``khabar read --json`` says of a text."""
    handed = Submission(name="t.txt", input_id="t", text=text, published="2021-03-18")
    return contract(read_submission(handed, bench))


def wrong_spans(text: str, row: dict[str, Any]) -> list[str]:
    """Spans outside the text, empty ones, and those that do not hold their words."""
    spans = [(x["start"], x["end"], x["text"]) for name in SPANNED for x in row[name]]
    spans += [(*x["head"], None) for x in row["mentions"]]
    spans += [(*s, None) for a in row["attributions"] for key in ("source", "cue", "content") for s in a[key]]
    for p in row["predications"]:
        spans.append((*p["trigger"], p["text"]))
        spans += [(a["start"], a["end"], a["text"]) for a in p["arguments"] if "start" in a]
    return [
        f"{start}-{end} {words!r} in {text!r}"
        for start, end, words in spans
        if not 0 <= start < end <= len(text) or (words is not None and text[start:end] != words)
    ]


def loose_ends(row: dict[str, Any]) -> list[str]:
    """Ids that lead nowhere, and chains with the wrong number of voices."""
    predications = {p["id"] for p in row["predications"]}
    links = {a["id"] for a in row["attributions"]}
    out = [
        f"claim {c['id']}: no predication {c['predication']}"
        for c in row["claims"]
        if c["predication"] not in predications
    ]
    out += [f"claim {c['id']}: no link" for c in row["claims"] if not links.issuperset(c["chain"])]
    out += [f"claim {c['id']}: voices" for c in row["claims"] if len(c["commitments"]) != len(c["chain"]) + 1]
    out += [f"claim {c['id']}: score {c['score']}" for c in row["claims"] if not 0 < c["score"] < 1]
    return out


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_damaged_texts(bench: Workbench, batch: int) -> None:
    texts = sources()
    faults = []
    for number in range(batch, MUTANTS, BATCHES):
        text = mutant(number, texts)
        try:
            row = told(text, bench)
        except Exception as error:  # noqa: BLE001 - any exception at all is what this looks for
            faults.append(f"{number}: {type(error).__name__}: {error}: {text!r}")
            continue
        assert row["text"] == text
        faults += [f"{number}: {fault}" for fault in [*wrong_spans(text, row), *loose_ends(row)]]
        json.dumps(row)
    assert not faults, f"{len(faults)} faults, first: {faults[0][:2000]}"


def test_the_damage_is_the_same_each_time_and_different_from_text_to_text() -> None:
    texts = sources()
    assert [mutant(n, texts) for n in range(40)] == [mutant(n, texts) for n in range(40)]
    assert len({mutant(n, texts) for n in range(100)}) > 95
    assert sum(mutant(n, texts) in texts for n in range(100)) < 10


def test_a_wrong_span_would_be_seen() -> None:
    row: dict[str, Any] = {name: [] for name in (*SPANNED, "attributions", "predications", "claims")}
    row["timexes"] = [
        {"start": 0, "end": 3, "text": "Mon"},
        {"start": 1, "end": 3, "text": "Mo"},
        {"start": 2, "end": 9, "text": "n"},
    ]
    assert len(wrong_spans("Mon", row)) == 2
    row["claims"] = [{"id": "c", "predication": "p", "chain": ["a"], "commitments": ["CT+"], "score": 0.5}]
    assert len(loose_ends(row)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n\t ",
        "…",
        "1 2 3 4 5",
        "Home | News | Sport | Weather",
        "Photo: Amina Tarek",
        "By our correspondent in Lomara",
        "Good morning!",
        "18 March 2021",
        "Port Sarrat, Lomara, Velia",
        "The old harbour of Port Sarrat in the rain.",
        "\U0001f6a8\U0001f6a8",
    ],
)
def test_a_text_without_a_claim_gives_none(bench: Workbench, text: str) -> None:
    row = told(text, bench)
    assert row["text"] == text
    assert row["claims"] == []


@pytest.mark.parametrize(
    "text",
    [
        "قال متحدث باسم الجيش إن القوات سيطرت على البلدة يوم الثلاثاء بعد يومين من القصف، ونفى قادة الجبهة ذلك.",
        "Un porte-parole de l'armée a déclaré que ses troupes avaient pris la ville mardi après deux jours de combats.",
        "Ein Sprecher der Armee sagte, die Truppen hätten die Stadt am Dienstag nach zwei Tagen Beschuss eingenommen.",
        "Un portavoz del ejército dijo que las tropas habían tomado la ciudad el martes tras dos días de bombardeos.",
        "Представитель армии заявил, что войска взяли город во вторник после двух дней обстрелов.",
        "Ordu sözcüsü, birliklerin iki gün süren bombardımanın ardından salı günü kasabayı ele geçirdiğini söyledi.",
        "سخنگوی ارتش گفت نیروها پس از دو روز گلوله‌باران روز سه‌شنبه شهر را به دست گرفتند و فرماندهان آن را رد کردند.",
        "军方发言人表示，经过两天的炮击，部队于星期二占领了该镇，但前线指挥官否认了这一说法，居民仍在逃离家园。",
    ],
)
def test_another_language_gives_a_problem_and_no_claims(bench: Workbench, text: str) -> None:
    row = told(text, bench)
    assert row["text"] == text
    assert row["claims"] == []
    assert any("language" in problem for problem in row["problems"]), row["problems"]

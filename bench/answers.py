"""Claims whose answer is known: which claims of a reading a suite's gold speaks of, and whether they are right.

In: suites and contract rows. Out: ``Known`` claims with their score, signs and verdict. A claim is right if everything that
its gold states of it is right:

* seed          the claim that answers a row of the table: every field that the row states
* plover        the predication on the gold event's words (where these are not marked: the one with the highest score):
                type, and all actors
* own_leaks     the innermost claim on the marked words: type, display word, and the actor if there is one
* own_chains    the claim on the marked words: the whole chain of sources

Claims that no gold speaks of say nothing either way and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench.suites import Row, Suite, documents_of, kit


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A claim whose answer is known; ``kind``: the signs that its calibration looked at."""

    suite: str
    half: str
    score: float
    signs: frozenset[str]
    right: bool


SUITES = ("seed", "plover", "own_leaks", "own_chains")


def known(suite: Suite, readings: dict[str, Row]) -> Iterator[Known]:
    """The known claims of a suite."""
    judge = {"seed": _seed, "plover": _plover, "own_leaks": _leaks, "own_chains": _chains}[suite.name]
    for key, gold in suite.gold.items():
        doc = documents_of(suite, key)[0]
        reading = readings.get(doc)
        if reading is None:
            continue
        for claim, predication, right in judge(suite, gold, reading):
            yield Known(
                suite=suite.name,
                half=suite.half[key],
                score=float(claim["score"]),
                signs=frozenset(signs_of(predication)),
                right=right,
            )


def signs_of(predication: Row) -> Iterator[str]:
    """As ``khabar.read.assemble.signs``, on contract rows."""
    if not predication["event_type"] and not predication["relation"]:
        yield "untyped"
    if predication["polarity"] == "-" or predication["realis"] not in ("actual", "ongoing"):
        yield "not_plain"


Judged = Iterator[tuple[Row, Row, bool]]


def _pairs(reading: Row, spans: list[Any]) -> list[tuple[Row, Row]]:
    """Claims with their predications whose triggers overlap some spans, innermost first."""
    _, common = kit()
    claims = common.claims_of(reading)
    hit = [p for p in reading["predications"] if any(common.overlap(p["trigger"], s) for s in spans)]
    return sorted(((c, p) for p in hit for c in claims.get(p["id"], [])), key=lambda x: -len(x[0]["chain"]))


def _seed(suite: Suite, gold: Row, reading: Row) -> Judged:
    (row,) = gold["rows"]
    at = reading["text"].find(row["evidence"])
    spans = []
    while at >= 0:
        spans.append((at, at + len(row["evidence"])))
        at = reading["text"].find(row["evidence"], at + 1)
    wanted = [str(x).lower() for x in suite.scorer.listed(row["predicate"])]
    answers = [
        (suite.scorer.check(row, c, p, reading), c, p)
        for c, p in _pairs(reading, spans)
        if str(p["lemma"]).lower() in wanted and any(s <= p["trigger"][0] and p["trigger"][1] <= e for s, e in spans)
    ]
    if answers:
        fields, claim, predication = max(answers, key=lambda a: sum(a[0].values()))
        yield claim, predication, all(fields.values())


def _plover(suite: Suite, gold: Row, reading: Row) -> Judged:
    _, common = kit()
    spans = [s for e in gold["events"] for s in e["trigger"]]
    first = suite.scorer.primary(reading)
    pairs = _pairs(reading, spans or ([first["trigger"]] if first else []))
    for claim, predication in pairs[:1]:
        event = next((e for e in gold["events"] if e["type"] == predication["event_type"]), None)
        both = event is not None and len(event["actors"]) > 1 and not event["recipients"]
        roles = ("actor", "recipient") if both else ("actor",)
        found = [f for a in common.arguments(predication, *roles) for f in common.fillers(reading, a)]
        actors = event["actors"] if event else []
        yield (
            claim,
            predication,
            event is not None and all(any(common.same_filler(f, a) for f in found) for a in actors),
        )


def _leaks(suite: Suite, gold: Row, reading: Row) -> Judged:
    _, common = kit()
    for claim, predication in _pairs(reading, [(x["start"], x["end"]) for x in gold["triggers"]])[:1]:
        kinds = (predication["event_type"], predication["relation"])
        typed = any(x in kinds if x else kinds == (None, None) for x in gold["type"])
        found = [f for a in common.arguments(predication, "actor") for f in common.fillers(reading, a)]
        acted = not gold["actor"] or suite.scorer.holds(found, gold["actor"])
        yield claim, predication, typed and acted and claim["word"] in gold["word"]


def _chains(suite: Suite, gold: Row, reading: Row) -> Judged:
    _, common = kit()
    links = common.by_id(reading["attributions"])
    pairs = _pairs(reading, [(gold["trigger"]["start"], gold["trigger"]["end"])])
    for claim, predication in pairs[:1]:
        hits = [suite.scorer.compare(claim, wanted, reading, links)["exact"] for wanted in gold["chains"]]
        yield claim, predication, any(hits)

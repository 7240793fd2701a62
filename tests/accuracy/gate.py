"""Precision and recall per layer on the project's own sentences, and the pins that hold them.

In: the tables of tests/read (right readings and known faults) and news.yml. Out: ``Figures`` by layer. Layers, over what a
case states:

    claim         news.yml alone: claims found at their triggers; a typed claim that no one asked for is spurious
    attribution   links of chains, outermost first, by the words of their sources
    type          PLOVER type or relation
    actor, recipient, theme, place    fillers
    word          display word
    commitment    FactBank value of the innermost voice
    realis        actual, ongoing, planned, hypothetical, generic
    time          words of the time; day: its interval, anchored to the day of publication

``pins.yml`` holds a floor for each and the digest of the sentences; ``pinned.txt`` lists them one by one, so that new
sentences may be added by anyone and none can change or vanish unseen. ``python -m tests.accuracy.pin`` pins anew.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from khabar.model.claims import Claim, Predication, Reading, Role
from khabar.resolve.times import link_times
from tests.read.claimcases import FOLDER as READ
from tests.read.claimcases import triggered
from tests.read.reading import read_text

Case = dict[str, Any]
HERE = Path(__file__).parent
PINS, PINNED = HERE / "pins.yml", HERE / "pinned.txt"
FILLED = ("actor", "recipient", "theme", "place")
LAYERS = ("claim", "attribution", "type", *FILLED, "word", "commitment", "realis", "time", "day")
MEASURES = ("precision", "recall")
KEPT = ("text", "headline", "published", "claims", "beside")


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one layer."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Right of those found; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right of those wanted; 1 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0


def cases() -> list[Case]:
    """All sentences and texts, in a fixed order."""
    paths = [*sorted((READ / "claims").glob("*.yml")), READ / "known_faults.yml", HERE / "news.yml"]
    return [case for path in paths for case in yaml.safe_load(path.read_text(encoding="utf-8"))]


def digest_of(case: Case) -> str:
    """Sixteen hexadecimal digits of a text and what is wanted of it; not of the table that it stands in."""
    kept = {key: case[key] for key in KEPT if key in case}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def digest_of_all(digests: list[str]) -> str:
    """One digest of a set of sentences."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def measured(chosen: list[Case]) -> dict[str, Figures]:
    """All layers over some cases."""
    counts: Counter[tuple[str, str]] = Counter()
    for case in chosen:
        for layer, right, found, wanted in _counts(case):
            counts[layer, "right"] += right
            counts[layer, "found"] += found
            counts[layer, "wanted"] += wanted
    return {x: Figures(counts[x, "right"], counts[x, "found"], counts[x, "wanted"]) for x in LAYERS}


Count = tuple[str, int, int, int]
"""layer, right, found, wanted"""


def _counts(case: Case) -> Iterator[Count]:
    text = case["text"]
    reading = read_text(text, case.get("published"), len(text) if case.get("headline") else 0)
    claims = {c.predication_id: c for c in reading.claims}
    asked: set[str] = set()
    for wanted in case["claims"]:
        hits = triggered(text, reading, wanted["trigger"])
        asked |= {p.predication_id for p in hits}
        told = [p for p in hits if p.predication_id in claims]
        if "beside" in case or "published" in case:
            yield "claim", bool(told), bool(told), 1
        yield from _layers(text, case, reading, wanted, told[0] if told else None)
    if "beside" in case or "published" in case:
        asked |= {p.predication_id for words in case.get("beside", ()) for p in triggered(text, reading, words)}
        kinds = {p.predication_id for p in reading.predications if p.event_type or p.relation}
        yield "claim", 0, len((kinds & claims.keys()) - asked), 0


def _layers(text: str, case: Case, reading: Reading, wanted: Case, found: Predication | None) -> Iterator[Count]:
    of_it = [c for c in reading.claims if found and c.predication_id == found.predication_id]
    claim = _answer(of_it) if wanted.get("answer") else next(iter(of_it), None)
    if "chain" in wanted:
        yield _links(text, reading, wanted["chain"], claim)
    if "type" in wanted:
        kind = found and (found.event_type or found.relation)
        yield "type", kind in _several(wanted["type"]), kind is not None, 1
    for role in FILLED:
        if role in wanted:
            yield _role(text, reading, role, _several(wanted[role]), found)
    if "word" in wanted:
        yield "word", claim is not None and claim.word in _several(wanted["word"]), claim is not None, 1
    if "values" in wanted:
        last = _several(wanted["values"][-1])
        hit = claim is not None and ("*" in last or claim.commitments[-1] in last)
        yield "commitment", hit, claim is not None, 1
    if "realis" in wanted:
        yield "realis", found is not None and found.realis in _several(wanted["realis"]), found is not None, 1
    if "time" in wanted:
        yield from _time(text, case, reading, wanted, found)


def _answer(claims: list[Claim]) -> Claim | None:
    """Of several claims of one predication the last, which somebody makes by answering; one alone is no answer."""
    return claims[-1] if len(claims) > 1 else None


def _links(text: str, reading: Reading, wanted: list[str], claim: Claim | None) -> Count:
    attributions = {a.attribution_id: a for a in reading.attributions}
    links = [attributions[a] for a in claim.chain] if claim else []
    said = [" & ".join(s.cut(text) for s in a.source) for a in links]
    left, right = list(said), 0
    for name in wanted:
        at = next((i for i, s in enumerate(left) if name == "*" or (name in s if name else not s)), None)
        if at is not None:
            right, left = right + 1, left[at + 1 :]
    return "attribution", right, len(said), len(wanted)


def _role(text: str, reading: Reading, role: str, wanted: list[str], found: Predication | None) -> Count:
    triggers = {p.predication_id: p.trigger.cut(text) for p in reading.predications}
    fillers = found.fillers(Role(role)) if found else ()
    said = [a.span.cut(text) if a.span else triggers[a.predication_id or ""] for a in fillers]
    right = sum(any(name in words for words in said) for name in wanted)
    return role, min(right, len(said)), len(said), len(wanted)


def _time(text: str, case: Case, reading: Reading, wanted: Case, found: Predication | None) -> Iterator[Count]:
    spans = [a.span for a in found.fillers(Role.TIME) if a.span] if found else []
    if not wanted["time"]:  # a day that is somebody else's
        yield "time", 0, len(spans), 0
        return
    hits = [s for s in spans if wanted["time"] in s.cut(text)]
    yield "time", bool(hits), bool(spans), 1
    if "day" not in wanted:
        return
    links = {link.timex_id: link for link in link_times(reading.timexes, case["published"])}
    days = [
        [links[t.timex_id].earliest, links[t.timex_id].latest]
        for t in reading.timexes
        if t.timex_id in links and any(t.span.start < s.end and s.start < t.span.end for s in hits)
    ]
    yield "day", wanted["day"] in days, bool(days), 1


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]

"""Tables of claims: what a sentence must be read as, and what is wrong with a reading of it.

In: tests/read/claims/*.yml, known_faults.yml. A case has ``text`` (``headline: true`` if it is one), ``claims``, and in
known_faults.yml ``table`` and ``fault``. A claim names its ``trigger`` as in the text ("fled#2" is the second; of
several words, "paid a visit", exactly one must be a predicate) and any of

    type      PLOVER type or our relation, or several        polarity  + | -
    word      display word, or several that are all right    realis    one or several
    told      false: a predication, but no claim
    hard      whether the publisher itself says that it happened (CT+); false also where nothing is claimed
    answer    true: the claim that somebody else makes of the same predication, by answering it
    chain     outermost first, words inside each source; "" = nobody expressed, "*" = whoever
    values    one per voice, publisher first: a value, a list of acceptable ones, or "*"
    kinds     source kinds and quotes: quotation kinds, one per link of the chain
    actor recipient theme place time quantity instrument    words inside a filler, or several that must all be
              found; [] = must be empty; content: words of the predication's trigger

Out: a list of what is wrong, in words; empty = right. Values are FactBank's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from khabar.model.attribution import Attribution
from khabar.model.claims import Claim, Predication, Reading, Role
from khabar.model.factuality import Commitment
from tests.read.reading import read_text

Case = dict[str, Any]

FOLDER = Path(__file__).parent
CLAIM_KEYS = {
    "trigger",
    "type",
    "word",
    "chain",
    "values",
    "realis",
    "polarity",
    "kinds",
    "quotes",
    "answer",
    "told",
    "hard",
}
ROLES = {"actor", "recipient", "theme", "place", "time", "quantity", "instrument", "content"}


def load(path: Path) -> list[Case]:
    """The cases of one table. Raises ValueError naming a case with a key that nothing reads."""
    cases: list[Case] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for case in cases:
        odd = case.keys() - {"text", "headline", "claims", "table", "fault"}
        odd |= {key for claim in case["claims"] for key in claim.keys() - CLAIM_KEYS - ROLES}
        if odd:
            raise ValueError(f"{path.name}: {case['text']!r} has {sorted(odd)}")
    return cases


def tables() -> dict[str, list[Case]]:
    """All tables of right readings by construction."""
    return {path.stem: load(path) for path in sorted((FOLDER / "claims").glob("*.yml"))}


def wrong(case: Case) -> list[str]:
    """What is wrong with today's reading of a case."""
    text = case["text"]
    reading = read_text(text, None, len(text) if case.get("headline") else 0)
    return [f"{claim['trigger']}: {fault}" for claim in case["claims"] for fault in _faults(text, reading, claim)]


def triggered(text: str, reading: Reading, words: str) -> list[Predication]:
    """The predications whose triggers overlap some words."""
    words, _, number = words.partition("#")
    places = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))
    if len(places) < int(number or 1):
        raise ValueError(f"{words!r} does not stand in {text!r}")
    start, end = places[int(number or 1) - 1].span()
    return [p for p in reading.predications if p.trigger.start < end and start < p.trigger.end]


def _faults(text: str, reading: Reading, expected: Case) -> Iterator[str]:
    found = triggered(text, reading, expected["trigger"])
    if "hard" in expected:
        ids = {p.predication_id for p in found}
        hard = any(c.predication_id in ids and c.commitments[0] is Commitment.CT_PLUS for c in reading.claims)
        yield from [] if hard is expected["hard"] else [f"{'' if hard else 'not '}told as a fact"]
        return
    if len(found) != 1:
        yield f"{len(found)} triggers"
        return
    predication = found[0]
    claims = [c for c in reading.claims if c.predication_id == predication.predication_id]
    if expected.get("told") is False:
        yield from ["a claim"] if claims else []
        return
    if len(claims) < (2 if expected.get("answer") else 1):
        yield "no claim" if not claims else "no answer"
        return
    claim = claims[-1] if expected.get("answer") else claims[0]
    attributions = {a.attribution_id: a for a in reading.attributions}
    chain = [attributions[a] for a in claim.chain]
    kind = predication.event_type or predication.relation
    if "type" in expected and kind not in _several(expected["type"]):
        yield f"type {kind}, not {expected['type']}"
    yield from _wrong_chain(text, chain, expected)
    yield from _wrong_status(predication, claim, expected)
    for role in ROLES & expected.keys():
        yield from _wrong_role(text, reading, predication, Role(role), expected[role])


def _wrong_chain(text: str, chain: list[Attribution], expected: Case) -> Iterator[str]:
    sources = [" & ".join(s.cut(text) for s in a.source) for a in chain]
    wanted = expected.get("chain")
    if wanted is not None and not (
        len(wanted) == len(sources) and all(_same_source(w, s) for w, s in zip(wanted, sources, strict=True))
    ):
        yield f"chain {sources}, not {wanted}"
    for key, found in (("kinds", [a.source_kind for a in chain]), ("quotes", [a.quote for a in chain])):
        if key in expected and found != expected[key]:
            yield f"{key} {[str(f) for f in found]}, not {expected[key]}"


def _same_source(wanted: str, found: str) -> bool:
    return wanted == "*" or (not found if not wanted else wanted in found)


def _wrong_status(predication: Predication, claim: Claim, expected: Case) -> Iterator[str]:
    values = [str(v) for v in claim.commitments]
    wanted = expected.get("values")
    if wanted is not None and not (
        len(wanted) == len(values) and all(v in _several(w) or w == "*" for w, v in zip(wanted, values, strict=True))
    ):
        yield f"values {values}, not {wanted}"
    for key, found in (("word", claim.word), ("realis", predication.realis), ("polarity", predication.polarity)):
        if key in expected and found not in _several(expected[key]):
            yield f"{key} {found}, not {expected[key]}"


def _wrong_role(text: str, reading: Reading, predication: Predication, role: Role, wanted: Any) -> Iterator[str]:
    triggers = {p.predication_id: p.trigger.cut(text) for p in reading.predications}
    found = [a.span.cut(text) if a.span else triggers[a.predication_id or ""] for a in predication.fillers(role)]
    missing = [w for w in _several(wanted) if not any(w in f for f in found)]
    if missing or (wanted == [] and found):
        yield f"{role} {found}, not {wanted}"


def _several(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value]

"""The contract: keys, offsets, links."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from khabar.model.changes import ChangeKind, ClaimChange, EditClass, Revision, TextEdit
from khabar.model.spans import Span
from khabar.show.export.reading import contract
from tests.show.drafts import Draft
from tests.show.stories import border_war

KEYS = {
    "": "id text published publisher reader mentions timexes quantities places attributions predications claims headline"
    " changes problems",
    "mentions": "id start end text kind form entity link link_score",
    "timexes": "id start end text type value mod earliest latest anchor",
    "quantities": "id start end low high unit",
    "places": "mention geonameid latitude longitude feature country admin1 radius_km score",
    "attributions": "id source cue content source_entities source_kind cue_lemma quote parent",
    "predications": "id trigger lemma event_type relation mode contexts polarity realis arguments",
    "claims": "id predication chain commitments word score sentence",
}


def spans_of(node: Any) -> list[dict[str, Any]]:
    """Everything that has a start, an end and a text."""
    found = []
    if isinstance(node, dict):
        found += [node] if {"start", "end", "text"} <= node.keys() else []
        found += [x for value in node.values() for x in spans_of(value)]
    elif isinstance(node, list):
        found += [x for value in node for x in spans_of(value)]
    return found


def test_every_key_of_the_contract_is_there() -> None:
    out = json.loads(json.dumps(contract(border_war())))
    assert set(KEYS[""].split()) <= out.keys()
    for part, keys in KEYS.items():
        for row in out[part] if part else ():
            assert set(keys.split()) <= row.keys(), part


def test_offsets_cut_their_words() -> None:
    article = border_war()
    out = contract(article)
    assert out["text"] == article.version.text
    found = spans_of(out)
    assert len(found) > 40
    assert all(out["text"][x["start"] : x["end"]] == x["text"] for x in found)
    assert all(out["text"][slice(*p["trigger"])] == p["text"] for p in out["predications"])


def test_links_are_the_worlds_only() -> None:
    links = {m["text"]: m["link"] for m in contract(border_war())["mentions"]}
    assert links["Tamri"] == "khabar:osman-tamri"
    assert links["Gash Brigade"] is None
    assert links["Asmara"] == "geonames:343300"
    assert links["residents"] is None


def test_levels_are_one_more_than_links() -> None:
    assert all(len(c["commitments"]) == len(c["chain"]) + 1 for c in contract(border_war())["claims"])


def test_a_timex_that_hangs_on_an_event_names_its_predication() -> None:
    d = Draft("Mara left. Two days later she came.")
    left = d.event("left", "leave", "move", d.arg("actor", "Mara"))
    d.time("Two days later", "2031-11-08")
    start, end = d.at("left").start, d.at("left").end
    d.timexes[0] = replace(d.timexes[0], anchor=f"p:{start}:{end}")
    assert contract(d.done())["timexes"][0]["anchor"] == left


def test_ready_sentences_and_changes_are_used() -> None:
    article = border_war()
    ready = {c.claim_id: f"sentence {n}" for n, c in enumerate(article.reading.claims)}
    change = ClaimChange(
        change_id="x",
        from_version_id="a",
        to_version_id="b",
        kind=ChangeKind.SOFTENED,
        before_claim_id=None,
        after_claim_id=None,
        before=Span(0, 3),
        after=None,
        note="softer",
    )
    edit = TextEdit(
        edit_class=EditClass.HEDGE_ADDED,
        before=None,
        after=Span(0, 1),
        before_text="",
        after_text="a",
        in_headline=False,
    )
    revision = Revision(from_version_id="a", to_version_id="b", edits=(edit,), changes=(change,), disclosed=False)
    out = contract(article, sentences=ready, revision=revision)
    assert [c["sentence"] for c in out["claims"]] == list(ready.values())
    assert [c["type"] for c in out["changes"]] == ["softened", "softened"]
    assert [c["before"] for c in out["changes"]] == [None, [0, 3]]

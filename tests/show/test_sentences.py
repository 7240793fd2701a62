"""The table of sentences: claims made by hand, and how each is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.model.attribution import SourceKind
from khabar.model.claims import Argument, Role
from khabar.model.mentions import Form
from khabar.show.words import LONGEST, claim_sentence
from tests.show.drafts import Draft

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "sentences.yml").read_text(encoding="utf-8"))
FORMS = {"names": Form.NAM, "nouns": Form.NOM, "pronouns": Form.PRO}


def made(case: dict[str, Any]) -> Draft:
    """The draft of a case: mentions, then the predications inside out, then sources and the claim."""
    d = Draft(case["text"])
    for key, form in FORMS.items():
        for words, entity, *kind in case.get(key, []):
            d.name(words, entity, kind[0] if kind else "PER", form=form)
    for words, first, *last in case.get("days", []):
        d.time(words, first, *last)
    held = [_event(d, event, []) for event in case.get("inside", [])]
    event = _event(d, case["event"], held)
    chain: list[str] = []
    for source in case.get("sources", []):
        chain.append(_source(d, source, chain))
    d.claim(event, case.get("levels", "CT+"), case.get("word", "reported" if chain else "asserted"), *chain)
    d.claims[-1] = replace(d.claims[-1], basis=tuple(case.get("basis", [])))
    return d


def _event(d: Draft, event: dict[str, Any], held: list[str]) -> str:
    arguments = [_argument(d, key, words) for key, words in event.get("with", [])]
    arguments += [Argument(role=Role.CONTENT, predication_id=key, rule="complement") for key in held]
    made = d.event(
        event["verb"],
        event["lemma"],
        event.get("type"),
        *arguments,
        realis=event.get("realis", "actual"),
        polarity=event.get("polarity", "+"),
    )
    d.predications[-1] = replace(d.predications[-1], rule=event.get("rule", "hand"))
    return made


def _argument(d: Draft, key: str, words: str) -> Argument:
    """ "recipient:subj" is a recipient by the rule "subj"; mentions and times of the same words are linked."""
    role, _, rule = key.partition(":")
    span = d.at(words)
    entity = next((m.entity_id for m in d.mentions if m.span == span), None)
    filler = next((t.timex_id for t in d.timexes if t.span == span), None)
    return Argument(role=Role(role), span=span, entity_id=entity, filler_id=filler, rule=rule or "hand")


def _source(d: Draft, source: dict[str, Any], chain: list[str]) -> str:
    words = source.get("who", "")
    entity = next((m.entity_id for m in d.mentions if words and m.span == d.at(words)), "")
    return d.said(
        source["cue"],
        words,
        entity,
        stance=source.get("stance", "assert"),
        kind=SourceKind(source.get("kind", "organization" if words else "unexpressed")),
        parent=chain[-1] if chain else None,
        lemma=source.get("lemma", ""),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["says"][:60] for case in CASES])
def test_said(case: dict[str, Any]) -> None:
    article = made(case).done()
    sentence = claim_sentence(article, article.reading.claims[-1])
    assert sentence == case["says"]
    assert len(sentence) <= LONGEST
    assert sentence == claim_sentence(article, article.reading.claims[-1])


def test_there_are_enough() -> None:
    assert len(CASES) >= 80
    assert len({case["text"] + case["says"] for case in CASES}) == len(CASES)

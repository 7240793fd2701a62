"""Whole texts, read and said: the table of wordings, and what holds for every sentence that is shown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.model.articles import ReadArticle
from khabar.model.factuality import Word
from khabar.model.links import Resolution
from khabar.resolve.times import link_times
from khabar.show.words import LONGEST, chain_names, sentences
from tests.read.reading import read_text, version_of

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "wording.yml").read_text(encoding="utf-8")
)
CASES = [(kind, case) for kind, cases in TABLE.items() for case in cases]
TEXTS = [case["text"] for _, case in CASES] + [
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[2] / "examples").glob("*/*.txt"))
]
NEGATIVE = re.compile(
    r"\b(?:not|no|nobody|none|nothing|never|neither|nor|without|cannot|falsely)\b|n[’']t\b|\bNo\b", re.IGNORECASE
)
OPENED = re.compile(r"[A-Z0-9“$€£‘'’]|[^\x00-\x7f]")


def article_of(text: str) -> ReadArticle:
    """A text read with the packaged tables, its days on the calendar, no atlas."""
    reading = read_text(text, "2031-11-06")
    times = link_times(reading.timexes, "2031-11-06")
    resolution = Resolution(version_id="v1", entities=(), places=(), times=times)
    return ReadArticle(version=version_of(text, "2031-11-06"), reading=reading, resolution=resolution)


@pytest.mark.parametrize("case", [c for _, c in CASES], ids=[f"{kind}: {c['text'][:50]}" for kind, c in CASES])
def test_said(case: dict[str, Any]) -> None:
    said = sentences(article_of(case["text"])).values()
    assert [words for words in case["says"] if words not in said] == [], list(said)
    assert [words for words in case.get("never", []) if words in said] == []


@pytest.mark.parametrize("kind", list(TABLE))
def test_there_are_enough_of_a_kind(kind: str) -> None:
    assert len(TABLE[kind]) >= 3


@pytest.mark.parametrize("text", TEXTS, ids=[text[:50].replace("\n", " ") for text in TEXTS])
def test_what_holds_for_every_sentence(text: str) -> None:
    article = article_of(text)
    for claim in article.reading.claims:
        said = sentences(article)[claim.claim_id]
        assert OPENED.match(said)
        assert said.endswith((".", "…"))
        assert len(said) <= LONGEST
        assert not re.search(r"  | [,.;]|\.\.", said)
        assert claim.word is not Word.DENIED or NEGATIVE.search(said), said
        shown = [name for name in chain_names(article, claim) if name != "nobody named"]
        assert all(name[1:] in said for name in shown), said

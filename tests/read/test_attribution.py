"""Attributions with their spans: sentences of attributions.yml through the real parser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.model.spans import Span
from tests.read.reading import read_text

CASES = yaml.safe_load((Path(__file__).parent / "attributions.yml").read_text(encoding="utf-8"))


def words(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(span.cut(text) for span in spans)


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:50] for c in CASES])
def test_spans(case: dict[str, Any]) -> None:
    text = case["text"]
    reading = read_text(text, headline_end=len(text) if case.get("headline") else 0)
    found = [f"{words(text, a.source)} | {words(text, a.cue)} | {words(text, a.content)}" for a in reading.attributions]
    assert found == case["found"]

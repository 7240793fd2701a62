"""Texts without a claim give none: captions, headings, descriptions, commands to the reader (claimless.yml)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.read.reading import read_text

TEXTS: list[str] = yaml.safe_load((Path(__file__).parent / "claimless.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", TEXTS)
def test_no_claim(text: str) -> None:
    reading = read_text(text, None, 0)
    assert not [
        p.trigger.cut(text)
        for p in reading.predications
        if p.predication_id in {c.predication_id for c in reading.claims}
    ]

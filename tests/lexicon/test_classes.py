"""The word classes of single constructions: all there, none empty, a slip refused by name; each is asked for by a rule."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from khabar import read
from khabar.errors import DataFault
from khabar.lexicon import classes
from khabar.lexicon.classes import WordClasses, load_classes


def test_every_class_holds_words_in_lower_case() -> None:
    loaded = load_classes()
    for field in fields(WordClasses):
        words = getattr(loaded, field.name)
        assert words, field.name
        assert [w for w in words if w != w.lower()] == [], field.name


def test_every_class_is_asked_for_by_a_rule() -> None:
    rules = "".join(p.read_text(encoding="utf-8") for p in Path(read.__file__).parent.glob("*.py"))
    assert [f.name for f in fields(WordClasses) if f"classes.{f.name}" not in rules] == []


def test_an_unknown_class_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {field.name: ["word"] for field in fields(WordClasses)}
    monkeypatch.setattr(classes, "read_table", lambda where: {**table, "drill": ["exercise"]})
    with pytest.raises(DataFault, match=r"classes\.yml.*drill"):
        load_classes()

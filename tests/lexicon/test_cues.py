"""Reporting cues, implicatives and hedges: the tables load, bad rows are refused by name, words mean what they mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from khabar.errors import DataFault
from khabar.lexicon import cues, hedges, implicatives, load
from khabar.lexicon.cues import load_cues
from khabar.lexicon.hedges import KINDS, load_hedges
from khabar.lexicon.implicatives import Effect, load_implicatives
from khabar.model.factuality import Commitment, Realis


def feed(monkeypatch: pytest.MonkeyPatch, module: Any, **tables: Any) -> None:
    """Let a loader see these tables instead of the packaged ones of these names."""
    original: Callable[[str], Any] = module.read_table

    def read(path: str) -> Any:
        return tables.get(path.rsplit("/", maxsplit=1)[-1].removesuffix(".yml")) or original(path)

    monkeypatch.setattr(module, "read_table", read)


def test_tables_are_as_large_as_a_reader_needs() -> None:
    assert len(load_cues().by_lemma) >= 300
    assert len(load_implicatives()) >= 120
    assert {kind for kind, _ in load_hedges().by_word} == KINDS


@pytest.mark.parametrize(
    ("lemma", "pos", "frame", "stance"),
    [
        ("say", "verb", "quote", "assert"),
        ("say", "verb", "obj_to", "hearsay"),
        ("tell", "verb", "clause", "assert"),
        ("tell", "verb", "obj_to", "demand"),
        ("agree", "verb", "clause", "assert"),
        ("agree", "verb", "to", "plan"),
        ("accuse", "verb", "of", "allege"),
        ("claim", "verb", "to", "allege"),
        ("deny", "verb", "object", "deny"),
        ("ask", "verb", "wh", "ask"),
        ("ask", "verb", "obj_to", "demand"),
        ("warn", "verb", "of", "fear"),
        ("believe", "verb", "obj_to", "believe"),
        ("vow", "verb", "to", "plan"),
        ("threaten", "verb", "to", "threaten"),
        ("condemn", "verb", "object", "judge"),
        ("realise", "verb", "clause", "know"),
        ("point+out", "verb", "clause", "admit"),
        ("rumor", "noun", "clause", "hearsay"),
        ("denial", "noun", "of", "deny"),
        ("allegedly", "adv", "object", "allege"),
        ("alleged", "adj", "object", "allege"),
        ("according", "prep", "clause", "assert"),
    ],
)
def test_meaning_of_a_cue_in_a_frame(lemma: str, pos: str, frame: str, stance: str) -> None:
    cue = load_cues().get(lemma, pos)
    assert cue is not None
    assert frame in cue.frames
    assert cue.stance_in(frame) == stance


def test_place_of_the_source() -> None:
    table = load_cues()
    expected = {("cite", "verb"): "object", ("claim", "noun"): "poss", ("reportedly", "adv"): "none"}
    found = {key: table.by_lemma[key].source for key in expected}
    assert found == expected
    assert table.by_lemma["according", "prep"].source == "to"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"words": ["hum"], "pos": "verb", "stance": "sing", "frames": ["clause"]}, "unknown stance 'sing'"),
        ({"words": ["hum"], "pos": "verb", "stance": "assert", "frames": ["tune"]}, "unknown frame"),
        ({"words": ["hum"], "pos": "sound", "stance": "assert", "frames": ["clause"]}, "unknown pos"),
        ({"words": ["hum"], "pos": "verb", "stance": "assert", "frames": ["clause"], "source": "wind"}, "source"),
        ({"words": ["hum"], "pos": "verb", "stance": "assert"}, "missing"),
        ({"words": ["hum", "hum"], "pos": "verb", "stance": "assert", "frames": ["clause"]}, "given twice"),
        ({"words": ["hum"], "pos": "verb", "stance": "assert", "frames": ["clause"], "but": {"to": "plan"}}, "but"),
        ({"words": [True], "pos": "verb", "stance": "assert", "frames": ["clause"]}, "quote"),
        ({"words": [], "pos": "verb", "stance": "assert", "frames": ["clause"]}, "at least one word"),
    ],
)
def test_bad_cue_rows_are_refused_by_file_and_row(
    monkeypatch: pytest.MonkeyPatch, row: dict[str, Any], complaint: str
) -> None:
    feed(monkeypatch, cues, cues=[row])
    with pytest.raises(DataFault, match=r"lexicon/en/cues\.yml") as caught:
        load_cues()
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("lemma", "pos", "frame", "plain", "negated"),
    [
        ("manage", "verb", "to", Effect.TRUE, Effect.FALSE),
        ("succeed", "verb", "in", Effect.TRUE, Effect.FALSE),
        ("fail", "verb", "to", Effect.FALSE, Effect.TRUE),
        ("refuse", "verb", "to", Effect.FALSE, Effect.TRUE),
        ("try", "verb", "to", Effect.ATTEMPT, Effect.FALSE),
        ("stop", "verb", "ing", Effect.TRUE, Effect.TRUE),
        ("stop", "verb", "from", Effect.PREVENT, Effect.UNKNOWN),
        ("thwart", "verb", "object", Effect.PREVENT, Effect.UNKNOWN),
        ("about", "adj", "to", Effect.FUTURE, Effect.UNKNOWN),
        ("allow", "verb", "obj_to", Effect.ENABLE, Effect.FALSE),
        ("force", "verb", "into", Effect.CAUSE, Effect.UNKNOWN),
        ("failure", "noun", "to", Effect.FALSE, Effect.TRUE),
    ],
)
def test_what_becomes_of_a_complement(lemma: str, pos: str, frame: str, plain: Effect, negated: Effect) -> None:
    word = load_implicatives()[lemma, pos]
    assert frame in word.frames
    assert (word.effect_in(frame), word.effect_in(frame, negated=True)) == (plain, negated)


@pytest.mark.parametrize(
    "row",
    [
        {"words": ["hum"], "pos": "verb", "effect": "maybe", "frames": ["to"]},
        {"words": ["hum"], "pos": "verb", "effect": True, "frames": ["tune"]},
        {"words": ["hum"], "pos": "verb", "effect": True, "frames": ["to"], "aspect": "swing"},
        {"words": ["hum"], "pos": "verb", "effect": True, "frames": ["to"], "but": {"ing": "false"}},
        {"words": ["hum", "hum"], "pos": "verb", "effect": True, "frames": ["to"]},
        {"words": ["hum"], "pos": "verb", "frames": ["to"]},
    ],
)
def test_bad_implicatives_are_refused_by_file_and_row(monkeypatch: pytest.MonkeyPatch, row: dict[str, Any]) -> None:
    feed(monkeypatch, implicatives, implicatives=[row])
    with pytest.raises(DataFault, match=r"lexicon/en/implicatives\.yml.*hum"):
        load_implicatives()


def test_meaning_of_hedges() -> None:
    table = load_hedges()
    may, must, had_to = table.get("modal", "may"), table.get("modal", "must"), table.get("modal", "have to")
    assert may is not None
    assert must is not None
    assert had_to is not None
    assert (may.setting.value, may.setting.realis) == (Commitment.PS_PLUS, Realis.HYPOTHETICAL)
    assert (must.setting.value, must.perfect.value) == (Commitment.UU, Commitment.PR_PLUS)
    assert had_to.past.realis is Realis.ACTUAL
    assert {"not", "n't", "no", "never", "no longer"} <= table.words("negator")
    assert table.get("adverb", "allegedly") is None, "who says so is a cue, not a hedge"


def test_phrases_come_longest_first() -> None:
    phrases = load_hedges().phrases("purpose")
    assert ("in", "order", "to") in phrases
    assert [len(phrase) for phrase in phrases] == sorted((len(phrase) for phrase in phrases), reverse=True)


@pytest.mark.parametrize(
    "row",
    [
        {"words": ["hum"], "value": "CT"},
        {"words": ["hum"], "realis": "sung"},
        {"words": ["hum"]},
        {"words": ["hum"], "value": "CT+", "perfect": {"tune": "PS+"}},
        {"words": ["hum", "hum"], "value": "CT+"},
    ],
)
def test_bad_hedges_are_refused_by_file_and_row(monkeypatch: pytest.MonkeyPatch, row: dict[str, Any]) -> None:
    feed(monkeypatch, hedges, hedges={kind: [row] if kind == "adverb" else [] for kind in KINDS})
    with pytest.raises(DataFault, match=r"lexicon/en/hedges\.yml: adverb.*hum"):
        load_hedges()


def test_yaml_words_that_look_like_truth_values_stay_words() -> None:
    assert yaml.load("[no, on, off, yes, true]", Loader=load.Loader) == ["no", "on", "off", "yes", True]

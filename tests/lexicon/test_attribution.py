"""The trained weights of attribution: what the packaged file may hold, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khabar.errors import DataFault
from khabar.lexicon import attribution
from khabar.lexicon.attribution import load_weights

LARGEST = 1_000_000


def test_the_packaged_weights_are_small_plain_numbers() -> None:
    weights = load_weights()
    assert all(table["*"] < 0 for table in (weights.cue, weights.content, weights.source))
    path = Path(attribution.__file__).parent / "en" / "attribution.json"
    assert path.stat().st_size < LARGEST


def test_no_feature_holds_a_capitalised_word_beside_a_lemma() -> None:
    weights = load_weights()
    lemmas = [
        n.partition("=")[2] for t in (weights.cue, weights.content, weights.source) for n in t if n.startswith("lemma=")
    ]
    assert lemmas
    assert [w for w in lemmas if not (w.islower() or w.startswith("<")) or " " in w] == []


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"cue": {}, "content": {}}, "missing"),
        ({"cue": {"lemma=say": "much"}, "content": {}, "source": {}}, "not numbers"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: object, says: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "attribution.json").write_text(json.dumps(table), encoding="utf-8")
    monkeypatch.setattr(attribution, "files", lambda _: tmp_path)
    with pytest.raises(DataFault, match=says):
        load_weights()


def test_a_lost_table_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribution, "files", lambda _: tmp_path)
    with pytest.raises(DataFault, match=r"attribution\.json"):
        load_weights()

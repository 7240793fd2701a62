"""The whole of resolving: one answer, the same every time, for any reading."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.atlas.atlas import Atlas
from khabar.resolve.context import context_of
from khabar.resolve.lookups import Lookups
from khabar.resolve.resolver import resolve
from tests.resolve.in_documents import read
from tests.resolve.making import document

WORDS = st.sampled_from(
    ["Nairobi", "Georgia", "Odari", "KDF", "Tamat", "March", "the army", "الخ", "-", "northern Kenya"]
)
KINDS = st.sampled_from(["PER", "ORG", "GPE", "LOC", "FAC", "VEH", "WEA", "MISC", "GPE.NOM", "ORG.NOM", "PER.PRO"])


def test_the_atlas_answers_what_resolving_asks(atlas: Atlas) -> None:
    lookups: Lookups = atlas
    version, reading = document("[Kenya|GPE] and [Nairobi|GPE]")
    result = resolve(version, reading, lookups)
    assert result.version_id == version.version_id
    assert result.entities[0].target_id == "Q114"
    assert len(result.places) == 2
    assert resolve(version, reading, lookups) == result


def test_countries_in_play(atlas: Atlas) -> None:
    version, reading = document("[Kenya|GPE] [Kenyan|GPE] [Nairobi|GPE] [Uganda|GPE]", publisher="The Lake Post")
    context = context_of(version, reading, atlas)
    assert context.weight("KEN") == 1.0
    assert context.weight("UGA") == 2.0 / 2.5  # its name and the publisher's home
    assert context.weight("KEN", besides="kenya") == 1.5 / 2.5
    assert context.weight(None) == context.weight("MLI") == 0


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WORDS, KINDS), max_size=8))
def test_any_reading_gets_links_to_its_own_mentions(atlas: Atlas, words: list[tuple[str, str]]) -> None:
    version, reading = document(" ".join(f"[{w}|{k}]" for w, k in words))
    result = resolve(version, reading, atlas)
    assert {p.mention_id for p in result.places} <= {m.mention_id for m in reading.mentions}
    entities = [e.entity_id for e in result.entities]
    assert len(entities) == len(set(entities))
    scores = [*(p.score for p in result.places), *(e.score for e in result.entities)]
    assert all(0 <= score <= 1 for score in scores)
    assert all(-90 <= p.latitude <= 90 and -180 <= p.longitude <= 180 and p.radius_km > 0 for p in result.places)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("GOMA, Congo, March 5, 2013 (AP) - Rebels attacked a bank on Monday.", "2013-03-04"),
        ("GOMA, Congo (AP) - Rebels attacked a bank on March 5, 2013. A man died on Monday.", None),
    ],
)
def test_a_dateline_tells_the_day_of_a_text_without_one(text: str, day: str | None) -> None:
    article = read(text, "")
    spans = {t.timex_id: t.span.cut(article.version.text) for t in article.reading.timexes}
    found = {spans[link.timex_id]: link.earliest for link in article.resolution.times}
    assert found["Monday"] == day

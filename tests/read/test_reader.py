"""What holds of every reading: spans, chains, ids, the same again; and odd texts raise nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.model.claims import Reading
from khabar.model.spans import Span
from khabar.read.gazetteer import NoNames
from khabar.read.reader import read
from tests.read.claimcases import FOLDER, load, tables
from tests.read.parsing import parser
from tests.read.reading import lexicon, read_text, version_of

SENTENCES = [c["text"] for cases in tables().values() for c in cases]
SENTENCES += [c["text"] for c in load(FOLDER / "known_faults.yml")]
WORDS = sorted({word for text in SENTENCES for word in text.split()})
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def fresh(text: str) -> Reading:
    """A reading that comes from no cache."""
    return read(version_of(text), next(iter(parser().parse([(text, 0)]))), lexicon(), NoNames())


def spans(reading: Reading) -> Iterator[Span]:
    """Every span of a reading."""
    for mention in reading.mentions:
        yield from (mention.span, mention.head)
    yield from (t.span for t in reading.timexes)
    yield from (q.span for q in reading.quantities)
    for a in reading.attributions:
        yield from (*a.source, *a.cue, *a.content)
    for p in reading.predications:
        yield p.trigger
        yield from (a.span for a in p.arguments if a.span is not None)


def holds(text: str, reading: Reading) -> None:
    """What is true of a reading of any text."""
    assert all(0 <= s.start < s.end <= len(text) and s.cut(text).strip() for s in spans(reading))
    parents = {a.attribution_id: a.parent_id for a in reading.attributions}
    assert len(parents) == len(reading.attributions)
    for a in reading.attributions:
        assert a.cue
        assert a.content
        ancestors, at = [], a.parent_id
        while at is not None:
            assert at in parents
            assert at not in ancestors
            assert at != a.attribution_id
            ancestors.append(at)
            at = parents[at]
    held_together(reading, parents)


def held_together(reading: Reading, parents: dict[str, str | None]) -> None:
    """Ids lead to records; chains follow parents; one commitment more than links."""
    predications = {p.predication_id for p in reading.predications}
    fillers = {m.mention_id for m in reading.mentions} | {t.timex_id for t in reading.timexes}
    fillers |= {q.quantity_id for q in reading.quantities}
    for p in reading.predications:
        for argument in p.arguments:
            assert (argument.span is None) == (argument.predication_id is not None)
            assert argument.predication_id is None or argument.predication_id in predications - {p.predication_id}
            assert argument.filler_id is None or argument.filler_id in fillers
    assert len({c.claim_id for c in reading.claims}) == len(reading.claims)
    who = {a.attribution_id: a.source_entities for a in reading.attributions}
    for claim in reading.claims:
        assert claim.predication_id in predications
        assert len(claim.commitments) == len(claim.chain) + 1
        assert 0 < claim.score <= 1
        for above, link in zip((None, *claim.chain), claim.chain, strict=False):
            over = parents[link]
            same = (
                over is not None and who[over] != () and who[over] == who[link]
            )  # "said he had heard that S": one voice
            assert over == above or (over is not None and same and parents[over] == above)


@pytest.mark.parametrize("text", SENTENCES[::3])
def test_what_holds_of_every_reading_holds_of_the_tables(text: str) -> None:
    holds(text, read_text(text))


@few
@given(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=4))
def test_it_holds_of_sentences_put_together(texts: list[str]) -> None:
    text = "\n\n".join(texts)
    holds(text, fresh(text))


@few
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=2))
def test_the_same_text_is_read_the_same(texts: list[str]) -> None:
    text = " ".join(texts)
    assert fresh(text) == fresh(text)


@settings(parent=few, max_examples=100)
@given(st.text(max_size=60))
def test_any_characters_are_read(text: str) -> None:
    holds(text, fresh(text))


@settings(parent=few, max_examples=100)
@given(
    st.lists(
        st.sampled_from(WORDS)
        | st.sampled_from(["“", "”", "‘", "\n", ":", ",", "—", "-", "\u00a0", "\u200b", "\U0001f6a8"]),
        max_size=18,
    )
)
def test_words_in_any_order_are_read(words: list[str]) -> None:
    text = " ".join(words)
    holds(text, fresh(text))


@few
@given(st.sampled_from(SENTENCES), st.integers(0, 200), st.integers(1, 12))
def test_sentences_with_a_hole_are_read(text: str, start: int, length: int) -> None:
    cut = text[: start % len(text)] + text[start % len(text) + length :]
    holds(cut, fresh(cut))


@pytest.mark.parametrize(
    "text", ["The rebels gave up", "Talks broke up", "He was shot, the army", "Rebels took over from", "“"]
)
def test_texts_that_break_off_are_read(text: str) -> None:
    holds(text, read_text(text))

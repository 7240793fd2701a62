"""Asking: one filter for pages, exports and commands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from khabar.errors import UsageFault
from khabar.ledger import questions
from khabar.ledger.answers import ClaimFilter
from khabar.ledger.store import View, Writer, open_view
from khabar.model.factuality import Word
from khabar.stores import Place
from tests.ledger.making import append, ledger_with, make_article, revised


@pytest.fixture
def view(ledger: Place) -> Iterator[View]:
    path = ledger_with(
        ledger,
        make_article("one"),
        make_article("two", who="the Vesh army", where="Tal Dorin", word=Word.ALLEGED, publisher="Vesh Wire"),
        make_article("three", who="100% men", where="Tal Dorin", word=Word.DENIED, published="2026-03-01"),
    )
    with open_view(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("chosen", "ids"),
    [
        (ClaimFilter(), {"one", "two", "three"}),
        (ClaimFilter(actor="vesh"), {"two"}),
        (ClaimFilter(actor="%"), {"three"}),
        (ClaimFilter(actor="Port Maraq"), {"one"}),
        (ClaimFilter(place="tal dorin"), {"two", "three"}),
        (ClaimFilter(place="geonames:7", word="alleged"), {"two"}),
        (ClaimFilter(place="orl"), {"one", "two", "three"}),
        (ClaimFilter(type="assault"), {"one", "two", "three"}),
        (ClaimFilter(type="AID"), set()),
        (ClaimFilter(word="denied"), {"three"}),
        (ClaimFilter(source="wire"), {"two"}),
        (ClaimFilter(source="harbour master"), {"one", "two", "three"}),
        (ClaimFilter(after="2025-12-29", before="2025-12-29"), {"one", "two", "three"}),
        (ClaimFilter(after="2025-12", before="2025-12"), {"one", "two", "three"}),
        (ClaimFilter(before="2024"), set()),
        (ClaimFilter(after="2025-12-30"), set()),
        (ClaimFilter(before="2025-12-28"), set()),
        (ClaimFilter(text="SHELLED tal"), {"two", "three"}),
        (ClaimFilter(article="two"), {"two"}),
    ],
)
def test_a_filter_chooses_claims(view: View, chosen: ClaimFilter, ids: set[str]) -> None:
    assert {row.input_id for row in questions.claims(view, chosen)} == ids
    assert questions.count_claims(view, chosen) == len(ids)
    assert sum(questions.words(view, chosen).values()) == len(ids)
    assert len(questions.events(view, chosen)) == questions.count_events(view, chosen) == bool(ids)


def test_limit_and_offset_cut_the_same_order(view: View) -> None:
    everything = questions.claims(view)
    pages = [questions.claims(view, ClaimFilter(limit=1, offset=n))[0] for n in range(3)]
    assert pages == everything
    assert questions.count_claims(view, ClaimFilter(limit=1)) == 3


def test_a_claim_laid_flat(view: View) -> None:
    (row,) = questions.claims(view, ClaimFilter(article="two"))
    assert row.actor_names == ("the Vesh army",)
    assert (row.place_id, row.place_name, row.country, row.latitude) == ("geonames:7", "Tal Dorin", "ORL", 12.0)
    assert (row.earliest, row.latest) == ("2025-12-29", "2025-12-29")
    assert (row.chain, row.depth) == ("the harbour master > Vesh Wire", 1)
    assert (row.quote, row.sentence) == ("shelled", "the Vesh army shelled Tal Dorin")


def test_ids_may_be_cut_short(view: View) -> None:
    (row,) = questions.claims(view, ClaimFilter(article="one"))
    assert questions.claim(view, row.claim_id[:8]) == row
    (event,) = questions.events(view)
    assert questions.event(view, event.event_id[:8]) == event
    assert questions.events_of(view, row.claim_id) == [event]
    assert questions.told(view, event.event_id) == max(
        ((c.word, c.sentence) for c in questions.claims(view)), key=lambda said: (len(said[1]), said[1])
    )
    assert questions.told(view, "no such id") is None
    by_name, by_id = questions.article(view, "one"), questions.article(view, row.version_id[:9])
    assert by_name is not None
    assert by_name == by_id
    assert questions.claim(view, "no such id") is None


def test_the_beginning_of_several_ids_is_refused(view: View) -> None:
    with pytest.raises(UsageFault, match="several"):
        questions.claim(view, "")


def test_claims_are_those_of_the_newest_version(ledger: Place) -> None:
    before = make_article("one")
    after, revision = revised(before, who="armed men", where="Port Maraq")
    with Writer(ledger) as writer:
        append(writer, before)
        append(writer, after, revision)
        assert [c.actor_names for c in questions.claims(writer.view)] == [("armed men",)]
        assert questions.count_claims(writer.view, ClaimFilter(all_versions=True)) == 2
        assert questions.claim(writer.view, before.reading.claims[0].claim_id) is not None
        (row,) = questions.articles(writer.view)
        assert (row.ordinal, row.claims, row.edits) == (2, 1, 1)
        assert [v.ordinal for v in questions.versions_of(writer.view, row.article_id)] == [1, 2]


def test_facets(view: View) -> None:
    assert questions.facets(view, ClaimFilter(place="Tal Dorin"), "word") == [("alleged", 1), ("denied", 1)]
    with pytest.raises(UsageFault, match="no facet"):
        questions.facets(view, ClaimFilter(), "score; DROP TABLE claim")

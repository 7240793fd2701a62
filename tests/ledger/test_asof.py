"""Transaction time: the ledger as it stood, by instant, day, year or entry; valid time is another column."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.errors import KhabarError, UsageFault
from khabar.ledger import questions
from khabar.ledger.answers import ClaimFilter
from khabar.ledger.store import Stamp, View, Writer, open_view
from khabar.ledger.verify import verify
from khabar.model.articles import ReadArticle
from khabar.model.changes import Revision
from khabar.stores import Place
from tests.conftest import NewLedger
from tests.ledger.making import STAMP, arrival, make_article, make_fusion, revised


def at(moment: str) -> Stamp:
    return replace(STAMP, recorded_at=moment)


def put(writer: Writer, article: ReadArticle, moment: str, revision: Revision | None = None) -> None:
    sentences = {claim.claim_id: "x" for claim in article.reading.claims}
    came = arrival(article)
    writer.append_article(article, arrival=came, revision=revision, sentences=sentences, stamp=at(moment))


@pytest.fixture(scope="module")
def path(new_ledger: NewLedger) -> Place:
    path = new_ledger()
    first = make_article("one")
    second, revision = revised(first, who="armed men", where="Port Maraq")
    other = make_article("two", who="the Vesh army", where="Tal Dorin")
    with Writer(path) as writer:
        put(writer, first, "2026-01-01T10:00:00Z")
        writer.append_fusion(make_fusion(first), covers="1", stamp=at("2026-01-01T11:00:00Z"))
        put(writer, second, "2026-02-01T10:00:00Z", revision)
        put(writer, other, "2026-03-01T10:00:00Z")
        writer.append_fusion(make_fusion(second, other), covers="2", stamp=at("2026-03-01T11:00:00Z"))
    return path


def stood(view: View) -> tuple[set[str], int, int, int]:
    """Actors of current claims, edits, events, articles."""
    actors = {name for row in questions.claims(view) for name in row.actor_names}
    totals = questions.totals(view)
    return actors, totals.edits, totals.events, totals.articles


BEFORE = ({"Orlan rebels"}, 0, 0, 1)
FUSED = ({"Orlan rebels"}, 0, 1, 1)
EDITED = ({"armed men"}, 1, 1, 1)
ALL = ({"armed men", "the Vesh army"}, 1, 1, 2)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-01-01T10:00:00Z", BEFORE),
        ("2026-01-01T10:59Z", BEFORE),
        ("2026-01-01", FUSED),
        ("2026-01", FUSED),
        ("2026-01-31T23:59:59Z", FUSED),
        ("2026-02-01", EDITED),
        ("2026-02-28", EDITED),
        ("2026-03-02", ALL),
        ("2026", ALL),
        ("#1", BEFORE),
        ("#2", FUSED),
        ("#3", EDITED),
        ("#99", ALL),
    ],
)
def test_the_ledger_as_it_stood(path: Place, moment: str, expected: tuple[set[str], int, int, int]) -> None:
    with open_view(path, moment=moment) as view:
        found = stood(view)
        assert found[0] == expected[0]
        assert found[1:] == expected[1:]
    with open_view(path) as view:
        assert stood(view) == ALL


def test_valid_time_is_not_transaction_time(path: Place) -> None:
    with open_view(path, moment="2026-01") as view:
        (row,) = questions.claims(view, ClaimFilter(after="2025-12-29", before="2025-12-29"))
        assert (row.earliest, row.recorded_at) == ("2025-12-29", "2026-01-01T10:00:00Z")
        assert questions.claims(view, ClaimFilter(after="2026-01-01")) == []


def test_an_event_of_then_is_found_by_its_id(path: Place) -> None:
    with open_view(path, moment="2026-01") as then, open_view(path) as now:
        (event,) = questions.events(then)
        assert questions.event(then, event.event_id) == event
        assert questions.event(now, event.event_id) is None


@pytest.mark.parametrize("moment", ["yesterday", "2026-1-1", "#", "#x", "#-1", "", "2026-01-01 10:00", "2025", "#0"])
def test_what_is_no_moment(path: Place, moment: str) -> None:
    with pytest.raises(UsageFault):
        open_view(path, moment=moment)


def test_looking_back_writes_nothing(path: Place) -> None:
    before = path.read_bytes() if isinstance(path, Path) else b""
    with open_view(path, moment="2026-01") as view, pytest.raises(KhabarError):
        view.rows("INSERT INTO claim SELECT * FROM claim")
    assert not isinstance(path, Path) or path.read_bytes() == before
    with open_view(path) as view:
        assert verify(view).faults == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(jumps=st.lists(st.sampled_from([-86_400, -3_600, -1, 0, 1, 3_600, 86_400]), min_size=2, max_size=8))
def test_a_clock_that_jumps_does_not_change_the_order(new_ledger: NewLedger, jumps: list[int]) -> None:
    """R12: ±1 day, an hour (daylight saving), a second (leap): the log keeps the order, and every entry can be asked for."""
    path = new_ledger()
    now, moments = datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), []
    with Writer(path) as writer:
        for number, jump in enumerate(jumps):
            now += timedelta(seconds=jump)
            moments.append(now.strftime("%Y-%m-%dT%H:%M:%SZ"))
            put(writer, make_article(str(number)), moments[-1])
        assert verify(writer.view).faults == ()
        names = [input_id for (input_id,) in writer.view.rows("SELECT input_id FROM version ORDER BY seq")]
        assert names == [str(number) for number in range(len(jumps))]
    for number, moment in enumerate(moments):
        with open_view(path, moment=f"#{number + 1}") as view:
            assert questions.totals(view).versions == number + 1
        with open_view(path, moment=moment) as view:
            last = max(n for n, m in enumerate(moments) if m <= moment)
            assert questions.totals(view).versions == last + 1

"""The ladder, its jitter, retries and hosts, without any network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.capture.hosts import Hosts, asked_pause, authority_of
from khabar.capture.ladder import CONFIRM, DAY, HOUR, MINUTE, confirm_due, ladder_due, retry_due, spread, step
from khabar.model.watching import Result

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "every"),
    [(0, 15 * MINUTE), (3 * HOUR - 1, 15 * MINUTE), (3 * HOUR, HOUR), (DAY, 3 * HOUR), (7 * DAY, 3 * DAY),
     (30 * DAY, 30 * DAY)],
)  # fmt: skip
def test_the_rungs(age: int, every: int) -> None:
    assert step(age) == every


@given(st.text(min_size=1, max_size=30), st.integers(0, 10_000), st.integers(0, 100 * DAY))
def test_the_jitter_stays_within_a_fifth_and_is_the_same_again(url: str, checks: int, age: int) -> None:
    due = ladder_due(NOW, NOW - timedelta(seconds=age), url=url, checks=checks, tail=False)
    assert due is not None
    assert 0.8 * step(age) - 1 <= (due - NOW).total_seconds() <= 1.2 * step(age) + 1
    assert due == ladder_due(NOW, NOW - timedelta(seconds=age), url=url, checks=checks, tail=False)
    low, high = CONFIRM
    assert low <= (confirm_due(NOW, url=url, checks=checks) - NOW).total_seconds() <= high


def test_the_jitter_is_spread_evenly() -> None:
    found = sorted(spread(f"http://a.example/{n}", 1) for n in range(1_000))
    assert max(abs(value - n / 1_000) for n, value in enumerate(found)) < 0.06


def test_after_ninety_days_it_is_over() -> None:
    assert ladder_due(NOW, NOW - timedelta(days=90), url="u", checks=1, tail=True) is None
    assert ladder_due(NOW, NOW - timedelta(days=89), url="u", checks=1, tail=True) is not None


def test_retries_come_ever_later() -> None:
    waits = [(retry_due(NOW, url="u", failures=n) - NOW).total_seconds() for n in range(1, 30)]
    assert waits[0] < 150
    assert max(waits) <= 1.2 * 6 * HOUR


def test_the_circuit_opens_and_closes() -> None:
    hosts = Hosts()
    for _ in range(4):
        hosts.begin("a")
        hosts.end("a", NOW, Result.TIME_OUT)
    assert hosts.ready_at("a") == NOW + timedelta(seconds=2)
    hosts.begin("a")
    assert hosts.ready_at("a") is None
    hosts.end("a", NOW, Result.TIME_OUT)
    assert hosts.ready_at("a") == NOW + timedelta(seconds=120)
    hosts.begin("a")
    hosts.end("a", NOW, Result.OK)
    assert hosts.ready_at("a") == NOW + timedelta(seconds=2)
    assert not hosts.slow("a")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), ("Sun, 01 Mar 2026 12:05:00 GMT", 300), ("-5", 0), ("soon", 0), ("", 0), (None, 0), ("9" * 50, 86_400),
     ("Sun, 01 Mar 2020 12:05:00 GMT", 0), ("²", 0)],
)  # fmt: skip
def test_retry_after(header: str | None, seconds: float) -> None:
    assert asked_pause(header, NOW) == seconds


def test_authorities() -> None:
    assert authority_of("HTTP://News.Example:80/a?b") == "http://news.example:80"

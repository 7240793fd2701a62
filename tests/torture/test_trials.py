"""The trials with small counts, in every run of the tests; ``make torture`` runs them with full counts."""

from __future__ import annotations

import pytest

from khabar.capture import archives, feeds
from khabar.cli import progress
from khabar.run import gather, stages
from khabar.run.gather import discreet
from khabar.stores import Place
from tests.conftest import NewLedger
from tests.torture import (
    again,
    crowd,
    faults,
    full_disk,
    growth,
    malformed,
    parsers,
    power,
    rot,
    run,
    shuffled,
    soak,
    spoofed,
    table,
    tamper,
    telltale,
)
from tests.torture.outcome import Outcome

CUTS = 10_000


def held(outcome: Outcome) -> None:
    assert outcome.held, f"{outcome.trial}, {outcome.number}: {outcome.found}"


def test_r2_power_cuts_with_a_control_that_must_lose() -> None:
    outcome = power.trial(CUTS)
    held(outcome)
    assert "control NORMAL: 0 of" not in outcome.found


def test_r3_disk_errors_at_every_order() -> None:
    held(faults.trial())


def test_r4_a_full_disk() -> None:
    if not full_disk.may_mount():
        pytest.skip("a small disk needs root and mount: a full disk is not tried")
    held(full_disk.trial())


def test_r5_eight_writers_and_readers(ledger: Place) -> None:
    held(crowd.trial(writers=8, commits=12, readers=2, where=ledger))


def test_r7_broken_off_and_begun_again() -> None:
    held(again.resumed(60, passes=2, breaks=6))


def test_r8_captures_in_any_order() -> None:
    held(shuffled.trial(60, pages=12, read=3))


def test_r9_rebuilt_from_the_bodies() -> None:
    held(again.rebuilt_examples())


def test_r10_bit_rot() -> None:
    held(rot.trial(60))


@pytest.fixture(scope="module")
def attempts(new_ledger: NewLedger) -> dict[str, tamper.Noticed]:
    return tamper.attempts(1, new_ledger())


@pytest.mark.parametrize("attack", tamper.ATTACKS)
def test_r11_with_an_anchor_every_attack_is_noticed(attack: str, attempts: dict[str, tamper.Noticed]) -> None:
    assert attempts[attack].with_anchor == attempts[attack].tried


NEEDS_MORE = {
    "cut off the end": (0, 0),
    "make the log anew without the key": (0, 1),
    "make the log anew with the key": (0, 0),
    "date everything back, with the key": (0, 0),
}
"""what cannot be noticed alone, or with the public key: as docs/reliability.md says"""


@pytest.mark.parametrize("attack", tamper.ATTACKS)
def test_r11_what_is_noticed_without_one(attack: str, attempts: dict[str, tamper.Noticed]) -> None:
    assert (attempts[attack].alone, attempts[attack].with_key) == NEEDS_MORE.get(attack, (1, 1))


def test_r14_soak() -> None:
    held(soak.trial(feeds=6, pages=5))


def test_r15_growth() -> None:
    held(growth.trial(8))


def test_s8_malformed_documents() -> None:
    held(malformed.trial(5_000, read=25))


def test_s9_parsers_under_fuzz() -> None:
    outcomes = parsers.trial(1_000)
    for outcome in outcomes:
        held(outcome)
    assert not outcomes[-1].number.startswith("0 ")


def test_s17_spoofed_words() -> None:
    held(spoofed.trial(together=8))


def test_s18_secrets_and_forged_lines() -> None:
    held(telltale.trial(30))


def test_the_table_stands_in_the_document() -> None:
    text = table.DOCUMENT.read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if table.is_row(line)]
    assert rows
    assert table.put(text, [], [*run.TRIALS]).count("\n| ") == text.count("\n| ")
    assert {table.trial_of(line) for line in rows} <= {*run.TRIALS}
    assert not [line for line in rows if "**no**" in line]


def test_a_run_of_one_trial_changes_its_rows_alone() -> None:
    """Each row has its own day, share and commit; rows of other trials, and the text around, stay."""

    def row(trial: str, day: str) -> str:
        found = Outcome(trial=trial, number="5", found="2 | 3 lost", held=False)
        return table.row(found, seconds=1.6, share=0.05, code="abc+", day=day)

    old = [
        row("R1 kills", "2026-01-01"),
        row("R11 a", "2026-01-01"),
        row("R11 b", "2026-01-01"),
        row("R2 cuts", "2026-01-01"),
    ]
    document = table.put(f"before\n{table.BEGIN}{table.END}after\n", old, [*run.TRIALS])
    again = table.put(document, [row("R11 c", "2026-01-02"), row("R3 x", "2026-01-02")], [*run.TRIALS])
    rows = [line for line in again.splitlines() if table.is_row(line)]
    assert [(table.trial_of(line), line.split(" | ")[5]) for line in rows] == [
        ("R1", "2026-01-01"),
        ("R3", "2026-01-02"),
        ("R11", "2026-01-02"),
        ("R2", "2026-01-01"),
    ]
    assert rows[0] == "| R1 kills | 5 | 2 / 3 lost | **no** | 2 | 2026-01-01 | 5% | abc+ |"
    assert again.startswith("before\n")
    assert again.endswith(f"{table.END}after\n")


def test_a_power_cut_that_loses_what_was_synced_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trial can fail: a disk that forgets what it synced."""
    monkeypatch.setattr(power.Platter, "take", lambda platter, order: platter.waiting.setdefault(order.file, []))
    assert not power.cuts(20, seed=1).clean


def test_a_ledger_that_takes_captures_as_they_come_fails_the_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """As above: nothing is late."""
    monkeypatch.setattr(stages, "late", lambda *_: False)
    assert not shuffled.trial(3, pages=1, read=0).held


def test_an_edit_that_nobody_could_see_and_memory_that_grows_fail_the_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """As above: a page that is changed twice between two requests, a watch that keeps what it has read."""
    change = soak.Press.change

    def twice(press: soak.Press, hour: int) -> None:
        change(press, hour)
        press.title(press.listed[soak.host_of(0)][0], f"Gone before {hour}")
        press.title(press.listed[soak.host_of(0)][0], f"Looked at {hour}")

    monkeypatch.setattr(soak.Press, "change", twice)
    outcome = soak.trial(feeds=1, pages=3, hours=12)
    assert not outcome.held
    assert " 0 lost" not in outcome.found
    assert soak.slope([soak.Hour(50_000 + 1500 * n, 9, n) for n in range(24)]) > soak.STEADY_MB


def test_a_parser_that_takes_anything_fails_the_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """As above: a feed takes every link for one that can be asked for; and what was mended once is undone."""
    monkeypatch.setattr(feeds, "page_url", lambda link, base: link or None)
    monkeypatch.setattr(archives, "DAMAGED", ())
    outcomes = parsers.trial(60)
    assert [outcome.held for outcome in outcomes] == [True, True, False, True, True, True, False]
    assert "cannot be asked for" in outcomes[2].found
    assert "BadZipFile" in outcomes[-1].found


def test_words_that_are_shown_as_they_are_fail_the_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """As above: a message says what a stranger wrote, and keeps the password in an address."""
    monkeypatch.setattr(progress, "harmless", lambda words: words)
    monkeypatch.setattr(gather, "discreet", lambda found: found)
    outcome = telltale.trial(12)
    assert not outcome.held
    assert "password" in outcome.found
    monkeypatch.setattr(gather, "discreet", discreet)
    assert "forged line" in telltale.trial(12).found


def test_a_ledger_whose_audit_sees_nothing_fails_the_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """As above: bits that flip, and nobody looks."""
    monkeypatch.setattr(rot, "faulty", lambda path: False)
    assert not rot.trial(25).held

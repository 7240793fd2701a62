"""kill -9 during `khabar add`, at any moment: what was acknowledged is there, the ledger is sound, a second call ends it.

Every round kills a child that reads articles with the real parser, after a random number of acknowledgements (0 = while
it starts, all = while it fuses) and a random moment more. Five rounds over 24 articles in every test run;
KILLS_WANTED=50 gives the fifty over sixty articles of the acceptance, resumed by the command itself.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from khabar.ledger import questions
from khabar.ledger.answers import ClaimFilter
from khabar.ledger.store import View, open_view, open_writer
from khabar.ledger.verify import verify
from tests.acceptance.small_news import REVISED, records, write
from tests.acceptance.whole import ROOT, fill, khabar

KILLS = 5
MANY = int(os.environ.get("KILLS_WANTED", "0"))
LONGEST_WAIT = 0.15
"""seconds after an acknowledgement: some articles, or a good part of the fusing"""
TOWNS = 8 if MANY else 3
ARTICLES = len(records(TOWNS))


def killed(ledger: Path, news: Path, chance: random.Random) -> list[str]:
    """Let `khabar add` work on a ledger and kill it; the ids that it had acknowledged."""
    command = [sys.executable, "-m", "khabar", "--ledger", str(ledger), "add", "--json", str(news)]
    told: list[bytes] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT) as child:
        assert child.stdout is not None
        wanted = chance.randint(0, ARTICLES)
        while len(told) < wanted and (line := child.stdout.readline()):
            told.append(line)
        time.sleep(chance.uniform(0.0, LONGEST_WAIT if wanted else 2.0))
        child.kill()
        told += child.stdout.readlines()
    assert child.returncode in {0, -signal.SIGKILL}
    return [json.loads(line)["id"] for line in told if line.endswith(b"\n")]


def contents(view: View) -> tuple[set[object], set[object]]:
    """All that a ledger says: claims of every version, and events with the claims that they rest on."""
    rows = questions.claims(view, ClaimFilter(all_versions=True))
    claims = {(row.claim_id, row.version_id, row.word, row.sentence, row.chain) for row in rows}
    events = {(event.event_id, frozenset(event.claims), event.origin_ids) for event in questions.events(view)}
    return set(claims), set(events)


def sound(ledger: Path, told: list[str]) -> None:
    """What was acknowledged is there; nothing is half there."""
    open_writer(ledger).close()  # as the next call would: it makes the ledger if the kill came before that
    with open_view(ledger) as view:
        assert set(told) <= set(questions.input_ids(view).values())
        assert verify(view).faults == ()


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("news") / "news.jsonl", TOWNS)


@pytest.fixture(scope="module")
def undisturbed(news: Path) -> tuple[set[object], set[object]]:
    """What a run that nobody kills makes."""
    ledger = news.with_name("undisturbed.sqlite")
    counts = fill(ledger, [news])
    assert (counts.new, counts.revised, counts.refused) == (ARTICLES - REVISED, REVISED, 0)
    with open_view(ledger) as view:
        found = contents(view)
    assert len(found[0]) > ARTICLES
    assert found[1]
    return found


@pytest.mark.parametrize("seed", range(KILLS))
def test_nothing_acknowledged_is_lost(
    seed: int, news: Path, undisturbed: tuple[set[object], set[object]], tmp_path: Path
) -> None:
    ledger = tmp_path / "l.sqlite"
    sound(ledger, killed(ledger, news, random.Random(seed)))
    fill(ledger, [news])
    with open_view(ledger) as view:
        assert contents(view) == undisturbed
        assert verify(view).faults == ()


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(not MANY, reason="five kills are enough for every day; KILLS_WANTED=50 for the acceptance")
def test_nothing_is_lost_in_many_kills(
    news: Path, undisturbed: tuple[set[object], set[object]], tmp_path: Path
) -> None:
    chance, before_the_end = random.Random(50), 0
    for number in range(MANY):
        ledger = tmp_path / f"{number}.sqlite"
        told = killed(ledger, news, chance)
        before_the_end += len(told) < ARTICLES
        sound(ledger, told)
        assert khabar("--ledger", ledger, "add", news).code == 0
        assert khabar("--ledger", ledger, "verify").code == 0
        with open_view(ledger) as view:
            assert contents(view) == undisturbed
    assert before_the_end > MANY / 2  # else the kills came too late to prove anything

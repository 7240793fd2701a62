"""C3 on the state machine alone: whatever a server answers in whatever order, requests stay bounded and alarms rare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.capture.ladder import TAIL, instant
from khabar.model.watching import WITHDRAWN, Result, Target, TargetKind, Why
from khabar.run.watch_state import Seen, Step, next_step
from tests.watch.site import START

ANSWERS = st.sampled_from([*Result, "A", "B"])


@dataclass
class Walk:
    """A page asked again and again: what stands there, and every step."""

    target: Target
    steps: list[Step]
    now: datetime


def walk(answers: list[Result | str]) -> Walk:
    """Feed answers to the state machine, one request after the other; "A" and "B" are states of the article."""
    url, since = "https://news.example/1", "2026-03-01T12:00:00Z"
    here = Walk(Target(url=url, kind=TargetKind.PAGE, since=since, due_at=since), [], START)
    for answer in answers:
        if here.target.due_at is None:
            break
        here.now = max(here.now, instant(here.target.due_at))
        state = answer in {"A", "B"}
        version = str(answer) if state else here.target.version_id
        seen = Seen(
            result=Result.OK if state else Result(answer),
            version_id=version if state or answer in {Result.OK, Result.NOT_MODIFIED} else None,
            revised=state and here.target.version_id not in {None, version},
        )
        step = next_step(here.target, seen, here.now)
        here.steps.append(step)
        here.target = step.target
    return here


@settings(max_examples=500)
@given(st.lists(ANSWERS, min_size=1, max_size=40))
def test_any_sequence_leaves_a_sound_target(answers: list[Result | str]) -> None:
    here = walk(answers)
    for step in here.steps:
        due = step.target.due_at
        assert (due is None) == (step.target.why is Why.DONE)
        assert step.target.confirming <= 3
        assert step.withdrawn is None or (step.withdrawn in WITHDRAWN and step.confirms)
    for before, after in zip(here.steps, here.steps[1:], strict=False):
        assert not (before.withdrawn and after.withdrawn)  # told once
        assert not after.restored or before.target.absent is not None
    if here.target.due_at is not None:
        assert instant(here.target.due_at) > here.now
        assert here.now - START < timedelta(seconds=2 * TAIL)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(["A", "B"]), min_size=2, max_size=60))
def test_a_page_that_flaps_is_asked_no_more_than_four_times_as_often(answers: list[str]) -> None:
    steps = walk(list(answers)).steps
    confirming = sum(step.target.why is Why.CONFIRM for step in steps)
    assert confirming <= 3 * (len(steps) - confirming) + 3


def test_strict_alternation_is_never_confirmed() -> None:
    steps = walk(list("AB" * 40)).steps
    assert not any(step.confirms for step in steps)


def test_a_change_that_stays_is_confirmed_once() -> None:
    steps = walk(["A", "A", "B", "B", "B", "B"]).steps
    assert [step.confirms for step in steps] == [False, False, False, True, False, False]

"""Which mentions of violence in one article are one incident: bare happenings, no reader."""

from __future__ import annotations

from khabar.fuse.happenings import Happening
from khabar.fuse.incidents import JUST_BEFORE, incidents_in
from khabar.model.claims import EventType, Predication
from khabar.model.factuality import Polarity, Realis
from khabar.model.spans import Span

FRIDAY, SUNDAY = ("2019-05-03", "2019-05-03"), ("2019-05-05", "2019-05-05")


def deed(
    lemma: str, at: int, *, mode: str | None = None, day: tuple[str, str] | None = None, realis: Realis = Realis.ACTUAL
) -> Happening:
    """Violence told at some place of a text."""
    what = Predication(
        predication_id=f"p{at}",
        trigger=Span(at, at + len(lemma)),
        trigger_token=at,
        lemma=lemma,
        event_type=EventType.ASSAULT,
        relation=None,
        mode=mode,
        contexts=(),
        polarity=Polarity.POSITIVE,
        realis=realis,
        arguments=(),
        rule="by hand",
    )
    return Happening(
        version_id="v",
        predication=what,
        claims=(),
        kind=EventType.ASSAULT,
        stem=lemma,
        actors=(),
        recipients=(),
        themes=(),
        places=(),
        interval=day,
        position=1,
        sentence=at // 100,
        actual=realis is Realis.ACTUAL,
    )


def numbers(*told: Happening) -> list[int]:
    """Incident numbers in the order given; what belongs to none is left out."""
    found = incidents_in(told)
    return [found[h.key] for h in told if h.key in found]


def test_bomb_attack_and_dead_are_one() -> None:
    assert numbers(deed("explode", 0, mode="explosives"), deed("kill", 80), deed("attack", 200)) == [0, 0, 0]


def test_an_abduction_is_no_bombing() -> None:
    assert numbers(deed("explode", 0, mode="explosives"), deed("kidnap", 80, mode="abduct")) == [0, 1]


def test_the_story_comes_back_to_an_incident() -> None:
    told = (
        deed("kidnap", 0, mode="abduct"),
        deed("explode", 90, mode="explosives"),
        deed("kidnap", 900, mode="abduct"),
    )
    assert numbers(*told) == [0, 1, 0]


def test_another_day_is_another_incident() -> None:
    told = (
        deed("attack", 0, day=FRIDAY),
        deed("attack", 90, day=SUNDAY),
        deed("kill", 160),
        deed("kill", 250, day=FRIDAY),
    )
    assert numbers(*told) == [0, 1, 1, 0]


def test_violence_far_from_a_bombing_is_its_own() -> None:
    assert numbers(deed("explode", 0, mode="explosives"), deed("kill", JUST_BEFORE)) == [0, 1]


def test_a_kind_of_event_is_no_incident() -> None:
    assert numbers(deed("attack", 0, realis=Realis.GENERIC), deed("attack", 90)) == [0]


def test_the_order_given_does_not_matter() -> None:
    told = [deed("explode", 0, mode="explosives"), deed("kill", 80), deed("attack", 600, day=SUNDAY)]
    assert incidents_in(told) == incidents_in(told[::-1])

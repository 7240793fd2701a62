"""Which predications of violence in one article tell of one incident: "a bomb exploded … the attack … three were killed".

In: the happenings of one article. Out: the number of its incident per happening of violence, in order of the text. A report
tells an incident by what was done, what with and who was hurt, and comes back to it: a happening joins the latest
incident of its kind (bombs, abduction, or violence without a kind of its own) unless both state days and these
differ; violence without a kind also joins an incident of any kind told just before. What is told as generic joins none. It
looks at stated days only, and takes two incidents of one kind on one day for one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from khabar.fuse.happenings import Happening
from khabar.model.claims import EventType
from khabar.model.factuality import Realis

ATTACK = "attack"
KINDS = {
    "explosives": "bombing",
    "suicide-attack": "bombing",
    "heavy-weapons": "bombing",
    "abduct": "abduction",
}
"""PLOVER modes of violence that make a kind of incident"""
JUST_BEFORE = 300
"""code points: what is told so soon after an incident of another kind is what it did"""


@dataclass(slots=True)
class Incident:
    """An incident as far as it has been told."""

    number: int
    kind: str
    days: list[tuple[str, str]] = field(default_factory=list)
    last: int = 0
    """where it was told last"""

    def takes(self, happening: Happening) -> bool:
        """Whether a happening may be told of it."""
        kind, at = kind_of(happening), happening.predication.trigger.start
        fits = kind == self.kind or (kind == ATTACK and at - self.last < JUST_BEFORE)
        day = happening.interval
        return fits and not (day and any(day[1] < low or high < day[0] for low, high in self.days))


def kind_of(happening: Happening) -> str:
    """The kind of incident that a happening makes."""
    return KINDS.get(happening.predication.mode or "", ATTACK)


def incidents_in(happenings: Sequence[Happening]) -> Mapping[str, int]:
    """Incident numbers by the key of each happening of violence of one article."""
    violent = [h for h in happenings if h.kind == EventType.ASSAULT and h.predication.realis is not Realis.GENERIC]
    known: list[Incident] = []
    out: dict[str, int] = {}
    for happening in sorted(violent, key=lambda h: h.predication.trigger.start):
        home = next((one for one in reversed(known) if one.takes(happening)), None)
        if home is None:
            home = Incident(len(known), kind_of(happening))
            known.append(home)
        home.last = happening.predication.trigger.start
        if happening.interval:
            home.days.append(happening.interval)
        out[happening.key] = home.number
    return out

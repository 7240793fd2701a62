"""Where and when violence happened that says neither itself: the place and the day of the story around it.

In: the predicates of violence told as real, with their arguments, in order of the text; all time expressions. Out: the
same, a place or a time added to those that have none: the nearest named place or day of their own sentence, else of the
sentence before, three sentences back at most. A report sets its scene once ("In Mombasa yesterday …") and goes on
without it. Where and when somebody speaks ("told reporters in Nairobi on Monday") and acts of another type were done ("the
talks in Muscat") is no scene of violence. Added ones bear the rules "scene place" and "scene time". It knows one scene
at a time and no change of scene within a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from khabar.model.claims import Argument, EventType, Role
from khabar.model.factuality import Polarity, Realis
from khabar.model.mentions import DATELINE, Form, Kind, Mention, Timex, TimexType
from khabar.read.commitment import Judged
from khabar.read.drafts import Ground
from khabar.read.predication import Found

SITES = frozenset({Kind.GPE, Kind.LOC})
DAYS = frozenset({TimexType.DATE, TimexType.TIME})
REAL = frozenset({Realis.ACTUAL, Realis.ONGOING})
VAGUE = ("PAST", "PRESENT", "FUTURE")
LONG = re.compile(r"[\dX]{4}(?:-[\dX]{2})?$|[\dX]{2,3}$")
"""values of months, years and decades, which a whole history may fill"""
Setting = TypeVar("Setting", Mention, Timex)
ACTED_ON = "acted on"
BACK = 3
"""sentences before its own in which a happening finds its scene"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What may set a scene, by sentence: named places and days."""

    ground: Ground
    places: Mapping[int, tuple[Mention, ...]]
    days: Mapping[int, tuple[Timex, ...]]
    violent: frozenset[int]
    """beginnings of those at which violence happened by their own clause"""


def scene_of(ground: Ground, timexes: Iterable[Timex], found: Iterable[Found], cues: Collection[int]) -> Scene:
    """The places and days of a text that may be those of violence; ``cues`` are tokens by which somebody speaks."""
    acts = {one.token: one for one in found}
    places: dict[int, tuple[Mention, ...]] = {}
    violent: set[int] = set()
    days: dict[int, tuple[Timex, ...]] = {}
    tokens = ground.parse.tokens
    datelines = (m for m in ground.mentions.values() if m.rule == DATELINE and m.kind in SITES)
    town = min(datelines, key=lambda m: m.span.start, default=None)  # of "GAO, Mali" the town
    for head, mention in ground.mentions.items():
        if mention.rule == DATELINE and mention is not town:
            continue
        hyphened = (
            head + 1 < len(tokens) and tokens[head + 1].start == tokens[head].end and tokens[head + 1].text[:1] in "-–"
        )
        named = mention.kind in SITES and mention.form is Form.NAM and tokens[head].pos == "PROPN" and not hyphened
        if named and not _elsewhere(ground, head, acts, cues):
            sent = tokens[head].sent
            places[sent] = (*places.get(sent, ()), mention)
            violent |= {mention.span.start} if _of_violence(ground, head, acts) else set()
    for timex in timexes:
        dated = timex.type in DAYS and not timex.value.startswith(VAGUE) and LONG.match(timex.value) is None
        if (
            dated
            and not _from_then_on(ground, timex.head_token)
            and not _elsewhere(ground, timex.head_token, acts, cues)
        ):
            sent = tokens[timex.head_token].sent
            days[sent] = (*days.get(sent, ()), timex)
            violent |= {timex.span.start} if _of_violence(ground, timex.head_token, acts) else set()
    return Scene(ground=ground, places=places, days=days, violent=frozenset(violent))


def _from_then_on(ground: Ground, i: int) -> bool:
    """ "has fought the army since 2023", "until 1999": a limit of something lasting, no day of anything else."""
    link = ground.parse.tokens[ground.parse.tokens[i].head]
    return link.lower in ("since", "until", "till", "by") and link.dep in ("prep", "mark")


def _of_violence(ground: Ground, i: int, acts: Mapping[int, Found]) -> bool:
    """Whether the nearest predicate above a token is one of violence."""
    at = ground.parse.tokens[i]
    while at.i not in acts and at.head != at.i:
        at = ground.parse.tokens[at.head]
    row = acts[at.i].row if at.i in acts else None
    return row is not None and row.event_type is EventType.ASSAULT


def _elsewhere(ground: Ground, i: int, acts: Mapping[int, Found], cues: Collection[int]) -> bool:
    """Whether the nearest predicate above a token is somebody's speaking, or an act of another type."""
    at = ground.parse.tokens[i]
    while at.i not in cues:
        if at.i in acts:
            row = acts[at.i].row
            return row is not None and row.event_type not in (None, EventType.ASSAULT)
        if at.head == at.i:
            return False
        at = ground.parse.tokens[at.head]
    return True


def with_scene(scene: Scene, found: Found, arguments: tuple[Argument, ...], judged: Judged) -> tuple[Argument, ...]:
    """The arguments of a predicate, those of the scene behind its own."""
    violent = found.row is not None and found.row.event_type is EventType.ASSAULT
    if not violent or judged.realis not in REAL or judged.polarity is Polarity.NEGATIVE:
        return arguments
    return (*arguments, *_added(scene, found, {a.role for a in arguments if not _on_site(scene, a)}))


def _on_site(scene: Scene, argument: Argument) -> bool:
    """Whether a place is only what was struck, without a name: "damaged many houses" does not say where."""
    if argument.rule != ACTED_ON:
        return False
    return not any(m.mention_id == argument.filler_id and m.form is Form.NAM for m in scene.ground.mentions.values())


def _added(scene: Scene, found: Found, have: set[Role]) -> Iterator[Argument]:
    """The place and the time that a predicate lacks."""
    if Role.PLACE not in have:
        place = _nearest(scene, found, scene.places)
        if place is not None:
            yield Argument.of(place, Role.PLACE, "scene place")
    if Role.TIME not in have:
        day = _nearest(scene, found, scene.days)
        if day is not None:
            yield Argument(role=Role.TIME, span=day.span, filler_id=day.timex_id, rule="scene time")


def _nearest(scene: Scene, found: Found, by_sentence: Mapping[int, Sequence[Setting]]) -> Setting | None:
    """The setting nearest to a predicate in its sentence, else in the nearest before it, there rather one of violence; no
    headline lends to the body.
    """
    sentences = scene.ground.parse.sentences
    own = scene.ground.parse.tokens[found.token].sent
    for sent in range(own, max(-1, own - BACK - 1), -1):
        near = by_sentence.get(sent, ()) if sentences[sent].headline == sentences[own].headline else ()
        if near:
            other = sent != own
            return min(
                near,
                key=lambda one: (
                    other and one.span.start not in scene.violent,
                    abs(one.span.start - found.trigger.start),
                    one.span.start,
                ),
            )
    return None

"""A capture that comes late, out of an archive, goes to its place among those that are there.

In: its version and arrival, a Writer, the stages as functions. Out: its outcome, on the disk. The states of the article
are told anew from everything that was seen of it, by instant; what follows from the new neighbours (readings, edits) is
made, and what was recorded before stays in the ledger. So the order of delivery does not count. It cannot tell extractor
drift from an edit between two neighbours that different extractors made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from khabar.errors import InputRefused
from khabar.ledger.bodies import read_body
from khabar.ledger.placing import (
    Sighting,
    compared,
    key_of,
    order,
    seen_as,
    sightings,
    stored_version,
)
from khabar.ledger.questions import read_article
from khabar.ledger.store import SIGHTINGS, Arrival, Fresh, Outcome, Placed, Stamp, State, View, Writer
from khabar.model.articles import ReadArticle
from khabar.model.changes import Revision
from khabar.model.documents import Submission, Version

PLAIN = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The stages that a late capture goes through."""

    make: Callable[[Submission], Version]
    follow: Callable[[Version, Version], Version | None]
    read: Callable[[Version], ReadArticle]
    revise: Callable[[ReadArticle, ReadArticle], Revision]
    sentences: Callable[[ReadArticle], Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A state while the order is being made: the version that its first sighting was; None where that was purged."""

    version_id: str
    version: Version | None
    first: Sighting


def take_late(version: Version, arrival: Arrival, writer: Writer, steps: Steps, stamp: Stamp) -> Outcome:
    """Put a late capture into the ledger. Raises Overtaken if another writer saw the article meanwhile."""
    view, capture = writer.view, arrival.capture
    own = Sighting(
        key=key_of(capture),
        capture_id=capture.capture_id,
        version_id=version.version_id,
        body_sha256=capture.payload_sha256,
        exact=True,
    )
    ((known,),) = view.rows(SIGHTINGS, (version.article_id,))
    told = History(view, steps, version).states([*sightings(view, version.article_id), own])
    before = max((n for n, state in enumerate(told) if state.first.key <= own.key), default=0)
    if [state.version_id for state in told] == order(view, version.article_id):
        writer.append_observation(arrival, version_id=told[before].version_id, stamp=stamp)
        return Outcome.UNCHANGED
    placed = placed_of(told, version.article_id, view, steps)
    placed = replace(placed, version_id=told[before].version_id, sightings=int(known))
    writer.append_placed(placed, arrival=arrival, stamp=stamp)
    return Outcome.REVISED


@dataclass(frozen=True, slots=True)
class History:
    """Tells the states of an article from what was seen of it; ``late`` is the version that is not in the ledger yet."""

    view: View
    steps: Steps
    late: Version

    def states(self, seen: Sequence[Sighting]) -> list[Stood]:
        """One state for every run of sightings that say the same."""
        records = {s.version_id: stored_version(self.view, s.version_id) for s in seen}
        records[self.late.version_id] = records[self.late.version_id] or self.late
        out: list[Stood] = []
        for sighting in sorted(seen, key=lambda one: one.key):
            version = records[sighting.version_id]
            if out and self._same(out[-1], sighting.version_id, version):
                continue
            first = version if version is None or sighting.exact else self._as_seen(sighting, version)
            version_id = sighting.version_id if first is None else first.version_id
            out.append(Stood(version_id=version_id, version=first, first=sighting))
        return out

    def _same(self, before: Stood, version_id: str, version: Version | None) -> bool:
        """Whether a state lasts."""
        if before.version_id == version_id or before.version is None or version is None:
            return before.version_id == version_id
        return self.steps.follow(before.version, version) is None

    def _as_seen(self, sighting: Sighting, version: Version) -> Version:
        """The version that a sighting's own bytes make, where until now it only said the same as another."""
        submission = submission_of(self.view, sighting)
        if submission is None:
            return version
        try:
            made = self.steps.make(submission)
        except InputRefused:
            return version
        return made if made.extractor == version.extractor else version


def submission_of(view: View, sighting: Sighting) -> Submission | None:
    """What was handed in once, again; None where its bytes are gone."""
    body, came = read_body(view, sighting.body_sha256), seen_as(view, sighting)
    if body is None or came is None:
        return None
    input_id, name, _, mime_type, declared = came
    stated = {key: value for key, value in json.loads(declared).items() if key != "input_id"}
    plain = mime_type.startswith(PLAIN)
    return Submission(
        name=name,
        input_id=input_id,
        text=body.decode("utf-8", "surrogatepass") if plain else None,
        html=None if plain else body,
        charset=mime_type.partition("charset=")[2] or None,
        observed_at=sighting.at,
        memento=True,
        **stated,
    )


def placed_of(told: Sequence[Stood], article_id: str, view: View, steps: Steps) -> Placed:
    """The states with their places, and what of versions, readings and edits the ledger does not have yet."""
    fresh: dict[str, Fresh] = {}
    states: list[State] = []
    for number, (before, state) in enumerate(zip([None, *told], told, strict=False), 1):
        revises = before.version_id if before else None
        states.append(State(ordinal=number, version_id=state.version_id, revises=revises, seen_at=state.first.at))
        if state.version is not None and state.version_id not in fresh and not has(view, state.version_id):
            placed = replace(state.version, ordinal=number, revises=revises, capture_ids=(state.first.capture_id,))
            article = steps.read(placed)
            fresh[state.version_id] = Fresh(
                article=article, body_sha256=state.first.body_sha256, sentences=steps.sentences(article)
            )
    return Placed(
        article_id=article_id,
        version_id="",
        states=states,
        fresh=tuple(fresh.values()),
        revisions=tuple(revisions(states, fresh, article_id, view, steps)),
        sightings=0,
    )


def has(view: View, version_id: str) -> bool:
    """Whether a version is in the ledger."""
    return bool(view.rows("SELECT 1 FROM version WHERE version_id = ?", (version_id,)))


def revisions(
    states: Sequence[State], fresh: dict[str, Fresh], article_id: str, view: View, steps: Steps
) -> Iterator[tuple[Version, Revision]]:
    """What changed from each state to the next, where no revision says so yet."""
    there = compared(view, article_id)

    def article_at(state: State) -> ReadArticle | None:
        new = fresh.get(state.version_id)
        article = new.article if new else read_article(view, state.version_id)
        if article is None:
            return None
        return replace(article, version=replace(article.version, ordinal=state.ordinal, revises=state.revises))

    for before, after in pairwise(states):
        pair = (before.version_id, after.version_id)
        if pair not in there:
            there.add(pair)
            first, second = article_at(before), article_at(after)
            if first is not None and second is not None:
                yield second.version, steps.revise(first, second)

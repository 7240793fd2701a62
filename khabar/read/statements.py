"""A predicate with all that is known of it: its arguments, the chain over it, and what its voices hold of it.

In: predicates, voices, modality. Out: ``Statement``s in order of the text; ``assemble.py`` makes records of them. One rule
works on whole statements: saying that oneself will do something is itself an act (PLOVER: a stated intent to cooperate is
AGREE, a stated intent to coerce or attack is THREATEN), so the reporting verb gets that type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from khabar.lexicon.triggers import Trigger
from khabar.model.claims import Argument, EventType, Role
from khabar.model.factuality import Polarity, Realis
from khabar.read.arguments import Fillers, arguments_of
from khabar.read.attribution import Voices
from khabar.read.commitment import Judged, judge
from khabar.read.inherit import with_recipients
from khabar.read.modality import Modality
from khabar.read.predication import Found

FRIENDLY = frozenset(
    {EventType.CONSULT, EventType.SUPPORT, EventType.COOPERATE, EventType.AID, EventType.RETREAT, EventType.CONCEDE}
)
HOSTILE = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.MOBILIZE})
SPEAKING = frozenset({"assert", "plan", "admit"})
TELLING = frozenset({"assert", "allege", "admit", "show", "hearsay", "believe", "know", "suspect"})
"""stances whose verb only tells; denying, wanting and threatening are acts"""
INTENT_SCORE = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """``links`` are indices of attributions, outermost first; ``frame``: the words only carry another statement ("said",
    "began to"), so that they are a predication but no claim of their own.
    """

    found: Found
    name: str
    arguments: tuple[Argument, ...]
    links: tuple[int, ...]
    judged: Judged
    frame: bool


def find_statements(
    found: tuple[Found, ...], fillers: Fillers, voices: Voices, modality: Modality
) -> tuple[Statement, ...]:
    """All statements of a document."""
    ground, names = fillers.ground, fillers.predicates
    own = {names[one.token]: arguments_of(fillers, one) for one in found}
    chains = {one.token: voices.chain(one.token) for one in found}
    judged = {
        one.token: judge(modality, ground, one.token, tuple(voices.drafts[k] for k in chains[one.token]))
        for one in found
    }
    meant = dict(_intents(found, voices, chains, judged, {one.token: own[names[one.token]] for one in found}))
    found = tuple(replace(one, row=meant.get(one.token, one.row)) for one in found)
    aimed = with_recipients(ground, found, names, own)
    cues = {k for draft in voices.drafts if draft.stance in TELLING for k in draft.cue}
    return tuple(
        Statement(
            found=one,
            name=names[one.token],
            arguments=aimed[names[one.token]],
            links=chains[one.token],
            judged=judged[one.token],
            frame=one.row is None and (one.token in cues or _carries(one, names, modality)),
        )
        for one in found
    )


def _carries(one: Found, names: Mapping[int, str], modality: Modality) -> bool:
    """ "began to leave", "managed to escape", "succeeded in taking": what is told is the complement."""
    inner = [h for slot in ("comp", "in", "on") for h in one.slots.get(slot, ()) if h in names]
    return bool(inner) and modality.only_carries(one.token)


def _intents(
    found: tuple[Found, ...],
    voices: Voices,
    chains: dict[int, tuple[int, ...]],
    judged: dict[int, Judged],
    arguments: dict[int, tuple[Argument, ...]],
) -> Iterator[tuple[int, Trigger]]:
    """Untyped reporting verbs whose speaker says what it will itself do."""
    untyped = {one.token for one in found if one.row is None}
    for one in found:
        kind = one.row.event_type if one.row else None
        links, state = chains[one.token], judged[one.token]
        if kind not in FRIENDLY | HOSTILE or not links or state.realis is not Realis.PLANNED:
            continue
        draft = voices.drafts[links[-1]]
        speaker = draft.cue[0]
        if speaker not in untyped or draft.stance not in SPEAKING or state.polarity is Polarity.NEGATIVE:
            continue
        if _doers(arguments[one.token]) & _doers(arguments[speaker]):
            untyped.discard(speaker)
            yield speaker, _intent(draft.lemma, EventType.AGREE if kind in FRIENDLY else EventType.THREATEN)


def _doers(arguments: tuple[Argument, ...]) -> set[str]:
    return {a.entity_id for a in arguments if a.role is Role.ACTOR and a.entity_id}


def _intent(lemma: str, kind: EventType) -> Trigger:
    return Trigger(
        lemma=lemma,
        particle=None,
        pos="verb",
        event_type=kind,
        relation=None,
        mode=None,
        contexts=(),
        conditions=(),
        roles=((Role.ACTOR, ("subj",)),),
        score=INTENT_SCORE,
        row="stated intent",
    )

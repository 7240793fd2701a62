"""A predicate with all that is known of it: its arguments, the chain over it, and what its voices hold of it.

In: predicates, voices, modality. Out: ``Statement``s in order of the text; ``assemble.py`` makes records of them. Speech that
is itself an act gets that act's meaning from its content (``declared.py``), and its recipient (``inherit.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from khabar.model.claims import Argument, Role
from khabar.model.factuality import Commitment
from khabar.read.arguments import Fillers, arguments_of
from khabar.read.attribution import Voices
from khabar.read.commitment import Judged, judge
from khabar.read.declared import Told, declared
from khabar.read.drafts import Draft, Ground
from khabar.read.formulas import is_formula
from khabar.read.gainsaid import turned_round
from khabar.read.inherit import with_campaigners, with_doers, with_recipients
from khabar.read.means import with_means
from khabar.read.modality import COMMAND, Modality
from khabar.read.passing import told_in_passing
from khabar.read.predication import Found
from khabar.read.replies import replies
from khabar.read.scene import scene_of, with_scene
from khabar.read.specific import as_kind

TELLING = frozenset({"assert", "allege", "admit", "show", "hearsay", "believe", "know", "suspect"})
"""stances whose verb only tells; denying, wanting and threatening are acts"""
PARTIES = frozenset({Role.ACTOR, Role.RECIPIENT, Role.THEME})
FEWEST_PARTIES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """``links`` are indices of attributions, outermost first; ``frame``: the words only carry another statement ("said",
    "began to") or describe in passing ("his forces"), so that they are a predication but no claim of their own.
    """

    found: Found
    name: str
    arguments: tuple[Argument, ...]
    links: tuple[int, ...]
    judged: Judged
    frame: bool
    reply: bool = False
    """another claim of a predication that stands there already: somebody answers it (``replies.py``)"""


def find_statements(
    found: tuple[Found, ...], fillers: Fillers, voices: Voices, modality: Modality
) -> tuple[Statement, ...]:
    """All statements of a document."""
    ground, names = fillers.ground, fillers.predicates
    plain = {names[one.token]: with_means(fillers, one, arguments_of(fillers, one)) for one in found}
    chains = {one.token: voices.chain(one.token) for one in found}
    own = with_campaigners(found, names, with_doers(found, names, plain, chains))
    judged = {one.token: _judged(modality, ground, one.token, voices, chains[one.token]) for one in found}
    by_token = {one.token: own[names[one.token]] for one in found}
    judged |= {one.token: as_kind(ground, one, by_token[one.token], judged[one.token]) for one in found}
    told = Told(ground=ground, voices=voices, chains=chains, judged=judged, arguments=by_token)
    meant = dict(declared(found, told))
    found = tuple(replace(one, row=meant.get(one.token, one.row)) for one in found)
    aimed = {name: _once_each(a) for name, a in with_recipients(ground, found, names, own).items()}
    cues = {
        k for draft in voices.telling if draft.stance in TELLING and not _only_names(draft, by_token) for k in draft.cue
    }
    spoken = frozenset(k for draft in voices.telling for k in draft.cue)
    scene = scene_of(ground, fillers.timexes, found, spoken)
    told_first = tuple(
        Statement(
            found=one,
            name=names[one.token],
            arguments=with_scene(scene, one, aimed[names[one.token]], judged[one.token]),
            links=chains[one.token],
            judged=judged[one.token],
            frame=is_formula(ground, one.token)
            or (
                not chains[one.token] and COMMAND in judged[one.token].basis
            )  # "Subscribe now" says nothing of the world
            or (one.row is None and (one.token in cues or _carries(one, names, modality))),
        )
        for one in found
    )
    answered = _answered(modality, ground, voices, told_first)
    return (*told_first, *answered, *_in_passing(fillers, found, voices, modality))


def _once_each(arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """ "freed the envoy and walked behind him": one in a role stands there once, by the first words that name it."""
    first: dict[object, Argument] = {}
    for a in arguments:
        whole = a.entity_id is not None and a.role in PARTIES
        first.setdefault((a.role, a.entity_id) if whole else a, a)
    return tuple(first.values())


def _answered(modality: Modality, ground: Ground, voices: Voices, told: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """What others deny or confirm of it: the same predications in other mouths."""
    by_token = {one.found.token: one for one in told if not one.frame}
    out = []
    for reply in replies(ground, voices, by_token):
        one = by_token[reply.token]
        chain = (*(voices.drafts[k] for k in reply.links[:-1]), reply.draft)
        judged = judge(modality, ground, reply.token, chain, chain)
        if turned_round(ground, reply.draft, reply.token):
            judged = judged.turned("the contrary")
        if judged.commitments[-1] is not Commitment.UU:  # "has not confirmed the report" says nothing of it
            out.append(replace(one, links=reply.links, judged=judged, reply=True))
    return tuple(out)


def _only_names(draft: Draft, predicates: Collection[int]) -> bool:
    """ "never confirmed it", "confirmed the report": what is told stands elsewhere, so the telling is a claim of its own."""
    return draft.rule == "verb/object" and draft.content.isdisjoint(predicates)


def _judged(modality: Modality, ground: Ground, token: int, voices: Voices, links: tuple[int, ...]) -> Judged:
    """What the voices of a chain hold of the predicate at a token."""
    held = tuple(voices.held(k, token) for k in links)
    return judge(modality, ground, token, tuple(voices.drafts[k] for k in links), held)


def _in_passing(fillers: Fillers, found: tuple[Found, ...], voices: Voices, modality: Modality) -> Iterator[Statement]:
    """What descriptions tell of standing relations: predications, but no claims; numbered behind the others."""
    for n, one in enumerate(told_in_passing(fillers.ground, found), start=len(found) + 1):
        arguments = arguments_of(fillers, one.found)
        if len({a.span for a in arguments if a.role in PARTIES}) >= FEWEST_PARTIES:
            links = voices.chain(one.at)
            judged = _judged(modality, fillers.ground, one.at, voices, links)
            yield Statement(found=one.found, name=f"p{n}", arguments=arguments, links=links, judged=judged, frame=True)


def _carries(one: Found, names: Mapping[int, str], modality: Modality) -> bool:
    """ "began to leave", "managed to escape", "succeeded in taking": what is told is the complement."""
    inner = [h for slot in ("comp", "inf", "in", "on") for h in one.slots.get(slot, ()) if h in names]
    return bool(inner) and modality.only_carries(one.token)

"""Speech that is itself an act: what it does to say that one will help or harm, or that somebody else must do something.

In: predicates, voices, the realis and polarity of what is said, arguments. Out: a row per verb of saying or promising that
gets another meaning from its content, by token. PLOVER: a stated intent to cooperate is AGREE, to coerce or attack THREATEN,
not to cooperate REJECT; saying that others must act is REQUEST. It looks at the first clause under the verb only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from khabar.lexicon.triggers import Trigger
from khabar.model.claims import Argument, EventType, Role
from khabar.model.factuality import Polarity, Realis
from khabar.model.mentions import Kind
from khabar.read.affected import SOMEBODY
from khabar.read.attribution import Voices
from khabar.read.commitment import Judged
from khabar.read.drafts import Draft, Ground
from khabar.read.predication import Found
from khabar.read.syntax import is_passive

FRIENDLY = frozenset(
    {EventType.CONSULT, EventType.SUPPORT, EventType.COOPERATE, EventType.AID, EventType.RETREAT, EventType.CONCEDE}
)
HOSTILE = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.MOBILIZE})
RESISTING = HOSTILE | {EventType.PROTEST}
"""acts that one threatens with"""
SPEAKING = frozenset({"assert", "plan", "admit"})
PROMISING = frozenset({EventType.AGREE, EventType.THREATEN})
WILL = frozenset({"will", "would", "shall", "'ll", "’ll", "'d", "’d", "wo"})
MUST = frozenset({"must", "should", "ought", "shall"})
MUST_TO = frozenset({"have", "need", "ought"})
STATED = {EventType.REQUEST: "stated demand", EventType.ACCUSE: "stated charge"}
INTENT_SCORE = 0.85
DEMAND_SCORE = 0.8
LONGEST_CHAIN_OF_VERBS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that is known of the predicates before this rule, by token."""

    ground: Ground
    voices: Voices
    chains: Mapping[int, tuple[int, ...]]
    judged: Mapping[int, Judged]
    arguments: Mapping[int, tuple[Argument, ...]]


def declared(found: tuple[Found, ...], told: Told) -> Iterator[tuple[int, Trigger]]:
    """Tokens of verbs with the row that their content makes of them; the first content of a verb decides."""
    by_token = {**{one.support: one for one in found if one.support is not None}, **{one.token: one for one in found}}
    done: set[int] = set()
    for one in found:
        for speaker, row in (*_of_speech(one, by_token, told), *_of_promise(one, by_token, told), *_joint(one, told)):
            if speaker not in done:
                done.add(speaker)
                yield speaker, row


def _of_speech(one: Found, by_token: Mapping[int, Found], told: Told) -> Iterator[tuple[int, Trigger]]:
    """An untyped verb of saying over a clause about one's own future acts, or about what others must do."""
    links = told.chains[one.token]
    if not links:
        return
    draft = told.voices.held(links[-1], one.token)
    speaker = draft.cue[0]
    telling = by_token.get(speaker)
    if (
        telling is None
        or telling.row is not None
        or telling.lemma in told.ground.classes.deciding
        or draft.stance not in (*SPEAKING, "allege")
    ):
        return
    kind = _intended(one, told, speaker)
    if kind is not None:
        yield speaker, _row(draft.lemma, kind, INTENT_SCORE)
    elif draft.stance == "allege" and _laid_to_others(one, told, speaker):
        yield speaker, _row(draft.lemma, EventType.ACCUSE, DEMAND_SCORE)
    elif _demanded(one, told, draft):
        yield speaker, _row(draft.lemma, EventType.REQUEST, DEMAND_SCORE)


def _intended(one: Found, told: Told, speaker: int) -> EventType | None:
    """The act that saying it is, if the speaker is to do it."""
    kind = one.row.event_type if one.row else None
    state = told.judged[one.token]
    if kind not in FRIENDLY | RESISTING or not _ahead(one, told, state):
        return None
    if not (_doers(told.arguments[one.token]) | _owners(told.ground, one)) & _doers(told.arguments[speaker]):
        return None
    if state.polarity is Polarity.NEGATIVE:
        return EventType.REJECT if kind in FRIENDLY else None
    return EventType.AGREE if kind in FRIENDLY else EventType.THREATEN


def _laid_to_others(one: Found, told: Told, speaker: int) -> bool:
    """ "claims that X bombed Y": harm laid to somebody else's charge."""
    kind = one.row.event_type if one.row else None
    doers = _doers(told.arguments[one.token])
    return kind in HOSTILE and bool(doers) and not doers & _doers(told.arguments[speaker])


def _ahead(one: Found, told: Told, state: Judged) -> bool:
    """Planned, or "would … if …"."""
    if state.realis is Realis.PLANNED:
        return True
    auxiliaries = told.ground.parse.kids(one.token, "aux")
    return state.realis is Realis.HYPOTHETICAL and any(k.lower in WILL for k in auxiliaries)


def _demanded(one: Found, told: Told, draft: Draft) -> bool:
    """ "said that X must V": the main clause of what is said, its subject somebody else."""
    parse = told.ground.parse
    if one.pos != "verb" or not _must(told.ground, one.token) or is_passive(parse, one.token):
        return False
    above = parse.tokens[one.token]
    for _ in range(LONGEST_CHAIN_OF_VERBS):
        if above.dep not in ("xcomp", "conj"):
            break
        above = parse.tokens[above.head]
    if above.dep != "ccomp" or above.head != draft.cue[0]:
        return False
    doers = [told.ground.mentions.get(h) for h in one.slots.get("subj", ())]
    others = {m.entity_id for m in doers if m is not None and m.kind in SOMEBODY}
    return bool(others) and not others & _doers(told.arguments[draft.cue[0]])


def _must(ground: Ground, i: int) -> bool:
    """ "must go", "should go", "has to go"."""
    parse = ground.parse
    if any(k.lower in MUST for k in parse.kids(i, "aux")):
        return parse.kid(i, "neg") is None or not any(k.lemma == "have" for k in parse.kids(i, "aux"))
    governor = parse.tokens[parse.tokens[i].head]
    return parse.tokens[i].dep == "xcomp" and governor.lemma in MUST_TO and parse.kid(governor.i, "neg") is None


def _of_promise(one: Found, by_token: Mapping[int, Found], told: Told) -> Iterator[tuple[int, Trigger]]:
    """ "vowed to help", "promised to strike back": the content says which of the two acts a promise is."""
    if one.row is None or one.row.event_type not in PROMISING or one.lemma not in told.ground.classes.commissive:
        return
    for head in one.slots.get("comp", ()):
        inner = by_token.get(head)
        kind = inner.row.event_type if inner is not None and inner.row is not None else None
        if kind in HOSTILE and told.ground.parse.tokens[head].lemma in told.ground.classes.ending:
            kind = EventType.CONCEDE  # "vowed to end the killings"
        if kind in FRIENDLY and one.row.event_type is not EventType.AGREE:
            yield one.token, replace(one.row, event_type=EventType.AGREE, mode=None, score=INTENT_SCORE)
        elif kind in HOSTILE and one.row.event_type is not EventType.THREATEN:
            yield one.token, replace(one.row, event_type=EventType.THREATEN, mode=None, score=INTENT_SCORE)


def _joint(one: Found, told: Told) -> Iterator[tuple[int, Trigger]]:
    """ "Velian and Kenyan warships began an exercise": what armies of two countries train together is cooperation."""
    if one.row is None or one.row.event_type is not EventType.MOBILIZE or one.lemma not in told.ground.classes.drills:
        return
    heads = [h for slot in ("subj", "by", "of", "between", "amod", "compound") for h in one.slots.get(slot, ())]
    seen = [told.ground.mentions.get(k) for h in heads for k in (h, *told.ground.syntax.slots(h).get("amod", ()))]
    if len({m.entity_id for m in seen if m is not None and m.kind is Kind.GPE}) > 1:
        yield one.token, replace(one.row, event_type=EventType.COOPERATE, mode=None)


def _doers(arguments: tuple[Argument, ...]) -> set[str]:
    return {a.entity_id for a in arguments if a.role is Role.ACTOR and a.entity_id}


def _owners(ground: Ground, one: Found) -> set[str]:
    """ "his men", "its troops": whose the doers are."""
    owners = [k for head in one.slots.get("subj", ()) for k in ground.parse.kids(head, "poss")]
    return {m.entity_id for k in owners if (m := ground.mentions.get(k.i)) is not None}


def _row(lemma: str, kind: EventType, score: float) -> Trigger:
    return Trigger(
        lemma=lemma,
        particle=None,
        pos="verb",
        event_type=kind,
        relation=None,
        mode=None,
        contexts=(),
        conditions=(),
        roles=((Role.ACTOR, ("subj",)), (Role.CONTENT, ("comp",))),
        score=score,
        row=STATED.get(kind, "stated intent"),
    )

"""Who is said to have done a deed that is only named: "blamed X for the bombing", "X denied a role in it", "X was behind it".

In: the ground and its predicates. Out: the same, the named deed among them, with the one who is blamed or who admits it as
its logical subject. Which verbs blame, and in which slots the blamed and the deed stand, is read from the trigger tables:
ACCUSE rows with a recipient and a content, and rows of bearing responsibility "for" something or a part "in" it; whoever
denies a part is the one who might have had it. How surely the deed is theirs is for the attribution over it. A deed that
has a doer of its own keeps it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from khabar.lexicon.triggers import Trigger
from khabar.model.claims import EventType, Relation, Role
from khabar.model.mentions import Kind
from khabar.read.drafts import Ground
from khabar.read.predication import Found, choose
from khabar.read.speech import ANSWERS

PARTS = (("for",), ("in",))
DEED_SLOTS = frozenset({"for", "of", "obj", "in", "with", "on", "over", "to"})
DOER_SLOTS = ("subj", "by", "poss")
CHARGING = frozenset({"allege", "suspect"})
"""stances of nouns that lay a deed to somebody: "charges", "suspicion" """
WEAPONS = frozenset({Kind.WEA, Kind.VEH})
"""kinds of a noun before a deed with which it was done: "a drone attack" """
NOBODY = frozenset({"no", "neither"})
RELATIVES = frozenset({"WDT", "WP"})


def with_doers(ground: Ground, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The predicates, deeds that somebody is blamed for or admits added or completed."""
    out = {one.token: one for one in found}
    laid = [*_behind(ground)]
    waiting = [*found, *_denied_parts(ground, out)]
    while waiting:  # "accused X of involvement in the murder": the part is laid to X, and so the murder
        laid += [pair for one in waiting for pair in _deeds(ground, one)]
        waiting = []
        for deed, doers in laid:
            known = out.get(deed) or _named(ground, deed)
            if doers and known is not None and known.pos == "noun" and not _has_doer(ground, known):
                out[deed] = replace(known, slots={**known.slots, _doer_slot(known): doers})
                waiting.append(out[deed])
        laid = []
    return tuple(out[i] for i in sorted(out))


def _deeds(ground: Ground, one: Found) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Token of each deed that a predicate lays to somebody's charge, with those it does."""
    row = one.row
    if row is None or row.mode == "investigate":
        return
    roles = dict(row.roles)
    content = roles.get(Role.CONTENT, ())
    if row.event_type is EventType.ACCUSE:
        wanted = roles.get(Role.RECIPIENT, ())
    elif "legal" in row.contexts:
        wanted, content = roles.get(Role.RECIPIENT, ()) or roles.get(Role.ACTOR, ()), _told_slots(ground, one)
    elif row.relation is Relation.CAUSE and content in PARTS:
        wanted = roles.get(Role.ACTOR, ())
    else:
        return
    doers = next((one.slots[slot] for slot in wanted if one.slots.get(slot)), ()) or _who_denies(ground, one)
    doers = tuple(i for i in doers if not any(k.lower in NOBODY for k in ground.parse.kids(i, "det")))
    if not doers:
        return
    for slot in content:
        for head in (h for top in one.slots.get(slot, ()) for h in _charge(ground, top)) if slot in DEED_SLOTS else ():
            deed = _antecedent(ground, head)
            if deed not in doers:
                yield deed, doers


def _told_slots(ground: Ground, one: Found) -> tuple[str, ...]:
    """The slots of a legal act in which somebody is told to have done something: those that its cue has as frames, and
    those in which a charge is named ("on charges of murder").
    """
    cue = ground.verb_cue(one.token) if one.pos == "verb" else ground.cues.get(one.lemma, "noun")
    frames = cue.frames if cue is not None else frozenset()
    named = (s for s, heads in one.slots.items() if any(_charge(ground, h) != (h,) for h in heads))
    return tuple(dict.fromkeys((*sorted(frames & DEED_SLOTS), *named)))


def _charge(ground: Ground, i: int) -> tuple[int, ...]:
    """The deeds that a noun of charging names ("charges of murder"); any other head itself."""
    cue = ground.cues.get(ground.parse.tokens[i].lemma, "noun")
    if cue is None or cue.stance not in CHARGING:
        return (i,)
    return ground.syntax.slots(i).get("of", ()) or (i,)


def _denied_parts(ground: Ground, known: Collection[int]) -> Iterator[Found]:
    """ "any involvement", "a role": nouns of part without an owner, as objects of a verb that answers a charge."""
    for token in ground.parse.tokens:
        if token.dep != "dobj" or token.i in known or (token.lemma, "noun") not in ground.triggers:
            continue
        cue, slots = ground.verb_cue(token.head), ground.syntax.slots(token.i)
        row = choose(ground, token, "noun", slots) if cue is not None and cue.stance in ANSWERS else None
        if row is not None and row.relation is Relation.CAUSE:
            yield Found(
                token=token.i, trigger=token.span, lemma=token.lemma, pos="noun", row=row, slots=slots, support=None
            )


def _who_denies(ground: Ground, one: Found) -> tuple[int, ...]:
    """ "denied any involvement in the murder": the subject of the verb that a noun of part is the object of."""
    token = ground.parse.tokens[one.token]
    return ground.syntax.subject(token.head) if one.pos == "noun" and token.dep == "dobj" else ()


def _behind(ground: Ground) -> Iterator[tuple[int, tuple[int, ...]]]:
    """ "the army was behind the attack", "those behind the bombing": deed and doers."""
    for token in ground.parse.tokens:
        verb = ground.parse.tokens[token.head]
        deed = ground.parse.kid(token.i, "pobj") if token.lower == "behind" else None
        if deed is not None and verb.lemma in ground.classes.copulas and ground.is_event(deed.i):
            yield deed.i, ground.syntax.subject(verb.i)


def _antecedent(ground: Ground, i: int) -> int:
    """The noun that a relative pronoun stands for ("the attack, for which X claimed responsibility")."""
    token = ground.parse.tokens[i]
    at = token
    while token.tag in RELATIVES and at.head != at.i:
        if at.dep == "relcl":
            return at.head
        at = ground.parse.tokens[at.head]
    return i


def _named(ground: Ground, i: int) -> Found | None:
    """A bare event noun as a predicate."""
    token = ground.parse.tokens[i]
    if token.pos not in ("NOUN", "PROPN") or not ground.is_event(i):
        return None
    slots = ground.syntax.slots(i)
    row: Trigger | None = choose(ground, token, "noun", slots)
    if row is None:
        return None
    return Found(token=i, trigger=token.span, lemma=token.lemma, pos="noun", row=row, slots=slots, support=None)


def _doer_slot(deed: Found) -> str:
    """The slot in which the row of a deed looks for who did it."""
    slots = dict(deed.row.roles).get(Role.ACTOR, ()) if deed.row is not None else ()
    return "subj" if "subj" in slots or not slots else slots[0]


def _has_doer(ground: Ground, deed: Found) -> bool:
    """Whether a deed has somebody as subject, agent, owner or modifier of nationality."""
    slots = dict(deed.row.roles).get(Role.ACTOR, ()) if deed.row is not None else DOER_SLOTS
    return any(
        (m := ground.mentions.get(h)) is not None and m.kind not in WEAPONS
        for slot in slots
        for h in deed.slots.get(slot, ())
    )

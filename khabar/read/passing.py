"""Relations that a text tells in passing: who acts on one side, whose chief, ally, force or weapon a description names.

In: the ground and its predicates. Out: further predicates, each with the token whose commitment it shares: those who do one
act of force together, or one "alongside" another, are allies ("Britain and France bombed X"); a description names whose it
is ("X and its allies", "the militia's commander", "Velian Defence Minister Ana Rau", "14 tanks of the Front"). They become
predications, but no claims of their own. Which nouns do, rows with ``passing: true`` say. It infers nothing over sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from khabar.lexicon.triggers import Trigger
from khabar.model.claims import EventType, Relation, Role
from khabar.model.mentions import Form, Kind
from khabar.read.drafts import Ground
from khabar.read.predication import Found, choose
from khabar.read.tokens import Token

FORCEFUL = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.COERCE, Relation.CONTROL})
"""acts that those who do them together do as allies"""
BODIES = frozenset({Kind.ORG, Kind.GPE})
MODIFIERS = ("amod", "compound", "nmod", "poss")
OWNED = frozenset({Kind.WEA, Kind.VEH})
SCORE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """A predicate told in passing, and the token whose commitment it shares."""

    found: Found
    at: int


def told_in_passing(ground: Ground, found: tuple[Found, ...]) -> tuple[Passing, ...]:
    """All such relations, in order of the text; never at the token of a predicate."""
    taken = {one.token for one in found}
    out: dict[int, Passing] = {}
    doing = {h for one in found if _kind(one) in FORCEFUL for h in one.slots.get("subj", ())}
    for one in found:
        for told in (*_co_actors(ground, one), *_beside(ground, one), *_counted_in(ground, one, doing)):
            out.setdefault(told.found.token, told)
    for i in ground.mentions:
        for told in (*_siding(ground, i), *_described(ground, i), *_titled(ground, i), *_equipped(ground, i)):
            out.setdefault(told.found.token, told)
    return tuple(out[i] for i in sorted(out) if i not in taken)


def _kind(one: Found) -> EventType | Relation | None:
    return (one.row.event_type or one.row.relation) if one.row is not None else None


# ------------------------------------------------------------------------------------------------------ on one side


def _co_actors(ground: Ground, one: Found) -> Iterator[Passing]:
    """ "X, Y and Z bombed W": those joined as the doers of one act of force against somebody or something else."""
    if one.row is None or _kind(one) not in FORCEFUL:
        return
    roles = dict(one.row.roles)
    slot = next((s for s in roles.get(Role.ACTOR, ()) if one.slots.get(s)), "")
    aims = [s for role in (Role.RECIPIENT, Role.THEME) for s in roles.get(role, ()) if s != slot and one.slots.get(s)]
    if slot in ("", "between", "among") or (not aims and slot == "subj"):
        return
    doers = tuple(h for h in one.slots[slot] if _is_side(ground, h))
    joint = _joint(ground, doers)
    if joint is not None:
        yield Passing(found=_allied(joint, {"subj": doers}), at=one.token)


def _counted_in(ground: Ground, one: Found, doing: Collection[int]) -> Iterator[Passing]:
    """ "states that bombed X include A and B", "the coalition comprises A and B": members of one side."""
    if _kind(one) is not Relation.PART_OF or one.pos != "verb":
        return
    joint = _joint(ground, tuple(h for h in one.slots.get("obj", ()) if _is_side(ground, h)))
    if joint is None:
        return
    for whole in one.slots.get("subj", ()):
        words = [ground.parse.tokens[k].lemma for k in (whole, *ground.syntax.slots(whole).get("compound", ()))]
        league = any(r.relation is Relation.ALLY for w in words for r in ground.triggers.get((w, "noun"), ()))
        if league or whole in doing:
            members = tuple(h for h in one.slots["obj"] if _is_side(ground, h))
            yield Passing(found=_allied(joint, {"subj": members}), at=one.token)
            return


def _joint(ground: Ground, doers: tuple[int, ...]) -> Token | None:
    """The "and" that joins them, or the comma before the last."""
    if len(doers) < 2:
        return None
    for head in reversed(doers):
        for kid in ground.parse.kids(head, "cc"):
            if kid.lower in ("and", "&"):
                return kid
    return None


def _is_side(ground: Ground, i: int) -> bool:
    """A body, a state, or people in the plural: not two robbers of a shop."""
    mention = ground.mentions.get(i)
    if mention is None:
        return False
    plural = ground.parse.tokens[i].tag in ("NNS", "NNPS", "CD")
    return mention.kind in BODIES or (mention.kind is Kind.PER and mention.form is Form.NOM and plural)


def _beside(ground: Ground, one: Found) -> Iterator[Passing]:
    """ "fought alongside X": whoever does it, and X."""
    if one.pos != "verb" or not (_kind(one) in FORCEFUL or one.lemma in ground.classes.serving):
        return
    doers = tuple(h for h in one.slots.get("subj", ()) if h in ground.mentions)
    for over in (one.token, *one.slots.get("obj", ())):
        for prep in ground.parse.kids(over, "prep"):
            fellows = ground.syntax.slots(over).get(prep.lower, ())
            if prep.lower == "alongside" and doers and fellows:
                slots = {"subj": doers, "with": fellows}
                yield Passing(found=_allied(prep, slots), at=one.token)


def _allied(token: Token, slots: dict[str, tuple[int, ...]]) -> Found:
    return replace(_noun(token, _ALLIED, slots), lemma=_ALLIED.lemma)


def _siding(ground: Ground, i: int) -> Iterator[Passing]:
    """ "the army and allied militias", "pro-Velian forces": the modifier tells whose side a description is on."""
    tokens = ground.parse.tokens
    if ground.mentions[i].form is Form.PRO:
        return
    for kid in ground.parse.kids(i, "amod", "compound", "nmod", "acl"):
        if kid.lower in ground.classes.allied and tokens[i].dep == "conj" and tokens[i].head in ground.mentions:
            yield Passing(found=_allied(kid, {"subj": (i,), "with": (tokens[i].head,)}), at=i)
        whose = _after_prefix(ground, i)
        if whose is not None:
            yield Passing(found=_allied(whose[0], {"subj": (i,), "with": (whose[1],)}), at=i)


def _after_prefix(ground: Ground, i: int) -> tuple[Token, int] | None:
    """ "pro", "-", "Velian" before a noun: the prefix and who stands behind it."""
    tokens = ground.parse.tokens
    for k in range(max(0, i - 5), i - 1):
        if tokens[k].lower == "pro" and tokens[k + 1].text in ("-", "–") and k + 2 in ground.mentions and k + 2 < i:
            return tokens[k], k + 2
    return None


# ---------------------------------------------------------------------------------------------------- descriptions


def _described(ground: Ground, i: int) -> Iterator[Passing]:
    """ "their allies", "the commander of the brigade", "his forces": what a noun of the tables says of itself."""
    token = ground.parse.tokens[i]
    if ground.mentions[i].form is not Form.NOM or (token.lemma, "noun") not in ground.triggers:
        return
    slots = {**ground.syntax.slots(i), "self": (i,)}
    row = choose(ground, token, "noun", slots, passing=True)
    if row is not None:
        yield Passing(found=_noun(token, row, slots), at=i)


def _titled(ground: Ground, i: int) -> Iterator[Passing]:
    """ "Velian Defence Minister Ana Rau", "army chief Ivo Stan": the office before a name, and whose office it is."""
    mention, tokens = ground.mentions[i], ground.parse.tokens
    if mention.form is not Form.NAM or mention.kind is not Kind.PER:
        return
    for k in range(i - 1, -1, -1):
        if tokens[k].end <= mention.span.start and tokens[k].dep not in MODIFIERS:
            return
        if tokens[k].sent != tokens[i].sent or tokens[k].head not in range(k, i + 1):
            return
        if (tokens[k].lemma.lower(), "noun") in ground.triggers and _leads(ground, tokens[k]):
            whose = tuple(dict.fromkeys((*_owners(ground, i, k), *_owners(ground, k, k))))
            if whose:
                yield from _of_title(ground, k, i, whose)
            return


def _leads(ground: Ground, token: Token) -> bool:
    return any(r.relation is Relation.LEAD for r in ground.triggers[token.lemma.lower(), "noun"])


def _of_title(ground: Ground, title: int, name: int, whose: tuple[int, ...]) -> Iterator[Passing]:
    token = ground.parse.tokens[title]
    slots = {"subj": (name,), "of": whose}
    rows = [r for r in ground.triggers[token.lemma.lower(), "noun"] if r.relation is Relation.LEAD and not r.passing]
    if rows:
        yield Passing(found=_noun(token, replace(rows[0], passing=True, conditions=()), slots), at=name)


def _owners(ground: Ground, i: int, before: int) -> tuple[int, ...]:
    """Bodies and countries before a title: "Velian", "army", "the Front's"."""
    kids = [k.i for k in ground.parse.kids(i, *MODIFIERS) if k.i < before]
    return tuple(k for k in kids if (m := ground.mentions.get(k)) is not None and m.kind in BODIES)


def _equipped(ground: Ground, i: int) -> Iterator[Passing]:
    """ "14 tanks of the Front", "Coalition aircraft": weapons and vehicles that a body has."""
    token, mention = ground.parse.tokens[i], ground.mentions[i]
    if mention.kind not in OWNED or mention.form is not Form.NOM:
        return
    slots = ground.syntax.slots(i)
    for slot in ("poss", "compound", "nmod", "amod", "of", "from"):
        whose = tuple(h for h in slots.get(slot, ()) if (m := ground.mentions.get(h)) is not None and m.kind in BODIES)
        if whose:
            slots = {slot: whose, "self": (i,)}
            yield Passing(found=replace(_noun(token, _HAVING, slots), lemma=_HAVING.lemma), at=i)
            return


def _noun(token: Token, row: Trigger, slots: dict[str, tuple[int, ...]]) -> Found:
    return Found(token=token.i, trigger=token.span, lemma=token.lemma, pos="noun", row=row, slots=slots, support=None)


def _row(lemma: str, relation: Relation, roles: tuple[tuple[Role, tuple[str, ...]], ...], told: str) -> Trigger:
    """A row of no table: what this module finds by construction."""
    return Trigger(
        lemma=lemma,
        particle=None,
        pos="noun",
        event_type=None,
        relation=relation,
        mode="hold" if relation is Relation.CONTROL else None,
        contexts=("military",),
        conditions=(),
        roles=roles,
        score=SCORE,
        row=told,
        passing=True,
    )


_ALLIED = _row("ally", Relation.ALLY, ((Role.ACTOR, ("subj",)), (Role.RECIPIENT, ("with",))), "acting together")
_HAVING = _row(
    "have",
    Relation.CONTROL,
    ((Role.ACTOR, ("poss", "compound", "nmod", "amod", "of", "from")), (Role.THEME, ("self",))),
    "weapons of a body",
)

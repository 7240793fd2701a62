"""Whether a noun of violence tells of one happening or of a state of things: "the war on drugs", "attacks on journalists".

In: a predicate with its arguments. Out: its judged values, the realis generic where nothing makes it a happening: no time,
no place, no count, nobody who did it. So it is for nouns of lasting conditions (war, violence, terrorism) and for bare
plurals (ACE: a plural without article, number or date names a kind of event). Verbs and singular nouns stay as judged.
"""

from __future__ import annotations

from dataclasses import replace

from khabar.model.claims import Argument, EventType, Role
from khabar.model.factuality import Realis
from khabar.read.commitment import Judged
from khabar.read.drafts import Ground
from khabar.read.predication import Found

PINNED = frozenset({Role.TIME, Role.PLACE, Role.QUANTITY})
DETERMINERS = frozenset({"det", "poss", "nummod", "predet"})
REAL = frozenset({Realis.ACTUAL, Realis.ONGOING})


def as_kind(ground: Ground, found: Found, arguments: tuple[Argument, ...], judged: Judged) -> Judged:
    """The judged values, generic if the noun names no happening of its own."""
    violent = found.row is not None and found.row.event_type is EventType.ASSAULT
    if not violent or found.pos != "noun" or _is_done(ground, found) or judged.realis not in REAL:
        return judged
    roles = {a.role for a in arguments}
    if PINNED & roles or (Role.ACTOR in roles and not _only_modified(found)):
        return judged
    if found.lemma in ground.classes.lasting or _bare_plural(ground, found):
        return replace(judged, realis=Realis.GENERIC)
    return judged


def _is_done(ground: Ground, found: Found) -> bool:
    """ "carried out attacks": the verb makes it a happening."""
    return found.trigger != ground.parse.tokens[found.token].span


def _only_modified(found: Found) -> bool:
    """Whether what stands for the doer is a mere adjective or noun before it ("Salvadoran", "guerrilla")."""
    return not any(found.slots.get(slot) for slot in ("by", "between", "poss", "subj", "of"))


def _bare_plural(ground: Ground, found: Found) -> bool:
    """ "attacks on journalists": a plural without article, owner or number."""
    token = ground.parse.tokens[found.token]
    return token.tag == "NNS" and not any(k.dep in DETERMINERS for k in ground.parse.kids(token.i))

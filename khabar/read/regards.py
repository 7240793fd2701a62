"""What somebody thinks or says of a thing: "the senator praised the plan", "he referred to the treaty".

In: the ground, and the drafts of all other rules. Out: drafts of rule "regard" whose content is a noun phrase. Nothing is
claimed of the thing, so that these attributions stand in no chain of a claim. Words: ``lexicon/en/regards.yml``. Only what
the text itself tells: within the words of a voice, what others think of a thing is left alone. Terms: PARC, PolNeAR.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.model.mentions import Form, Kind
from khabar.read.drafts import WHO, Draft, Ground
from khabar.read.syntax import Slots
from khabar.read.tokens import Token

REGARD = "regard"
"""the rule's name, and its stance"""
COMPLEMENTS = frozenset(
    {"as", "for", "with", "to", "from", "against", "of", "about", "on", "over", "towards", "toward"}
)
"""prepositions that seldom tell when or where"""


def regard_drafts(ground: Ground, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Attributions to a thing whose cue no other draft has or holds."""
    busy = frozenset().union(*(d.content for d in taken), *(d.cue for d in taken)) if taken else frozenset()
    for token in ground.parse.tokens:
        slots = ground.cues.regards.get(token.lemma)
        if slots is None or token.i in busy or token.pos != "VERB" or token.dep in ("amod", "compound"):
            continue
        found = ground.syntax.slots(token.i)
        sources = tuple(s for s in found.get("subj", ()) if _minds(ground, s))
        things = next((heads for s in slots if (heads := _things(ground, token, found, s))), ())
        content = frozenset().union(*(_phrase(ground, thing, token) for thing in things)) if things else frozenset()
        content |= complements(ground, token.i, content)
        if sources and content and not content & busy:
            yield Draft(cue=(token.i,), lemma=token.lemma, stance=REGARD, sources=sources, content=content, rule=REGARD)


def complements(ground: Ground, cue: int, content: frozenset[int]) -> frozenset[int]:
    """Prepositional phrases that the parser hung on the cue and that go on with the thing: "slammed his plan as vague"."""
    if not content:
        return content
    found: frozenset[int] = frozenset()
    for kid in ground.parse.kids(cue, "prep"):
        if kid.lower in COMPLEMENTS and kid.i == max(content | found) + 1:
            found |= ground.subtree(kid.i)
    return found


def _things(ground: Ground, cue: Token, found: Slots, slot: str) -> tuple[int, ...]:
    """Heads of the thing in a slot; as a predicate ("called the plan a mistake") with what it is called."""
    if slot != "predicate":
        return found.get("obj" if slot == "object" else slot, ())
    said = tuple(k.i for k in ground.parse.kids(cue.i, "oprd"))
    return (*(k.i for k in ground.parse.kids(cue.i, "dobj")), *said) if said else ()


def _minds(ground: Ground, i: int) -> bool:
    """Whether a subject is somebody: a mention of people, a body or a state, whatever its form."""
    mention = ground.mentions.get(i)
    return mention is not None and (mention.kind in WHO or (mention.form is Form.PRO and mention.kind is Kind.MISC))


def _phrase(ground: Ground, thing: int, cue: Token) -> frozenset[int]:
    """The thing with all that hangs on it, without the cue's own clause ("the plan that he praised")."""
    own = ground.subtree(thing)
    return own if cue.i not in own else frozenset(ground.parse.subtree(thing, frozenset({"relcl", "acl"})))

"""Who did what to whom: predicates with their meaning, before anyone asks who says so.

In: the ground and the trigger tables. Out: one ``Found`` per predicate: token, trigger span, the table row that gives its
PLOVER type or our relation (None: untyped), and its slots. Predicates are verbs, event nouns with a participant, nouns
under a copula, and adjectives in the tables. A light verb ("carried out an attack") leaves the word to its noun.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khabar.lexicon.triggers import Condition, Trigger
from khabar.model.claims import EventType
from khabar.model.mentions import Form, Kind, Timex
from khabar.model.spans import Span
from khabar.read.drafts import Ground
from khabar.read.syntax import Slots
from khabar.read.tokens import Token
from khabar.read.turns import first_listed

PARTICIPANT_SLOTS = frozenset(
    {
        "subj",
        "obj",
        "poss",
        "by",
        "of",
        "against",
        "on",
        "between",
        "with",
        "to",
        "bearer",
        "from",
        "with_of",
        "under_subj",
    }
)
LENT = frozenset({"from", "against", "with", "to"})
PARTICLE_REACH = 4
"""tokens after its verb within which a particle stands"""
WIDE = LENT | {"of", "on", "for", "into", "off"}
"""prepositions under an object that may be meant of its verb"""
NAMING = ("obj", "oprd", "acomp")
"""slots of the words with which a verb's row may say one thing"""
LONGEST_LIGHT = 6
"""tokens between a light verb and its noun within which both are the trigger"""
SITES = frozenset({Kind.GPE, Kind.LOC, Kind.FAC})
OWN_TO_NOUNS = frozenset({"amod", "compound", "nmod", "nummod", "subj", "obj", "comp", "bearer"})
"""slots of an object that are never its verb's"""
AUXILIARY = ("aux", "auxpass")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A predicate. ``support`` is the light verb that carries a noun, if one does."""

    token: int
    trigger: Span
    lemma: str
    pos: str
    row: Trigger | None
    slots: Slots
    support: int | None


def find_predicates(ground: Ground, times: Sequence[Timex]) -> tuple[Found, ...]:
    """All predicates of a document, in order of the text; no word of a time expression is one ("in March")."""
    out: list[Found] = []
    dated = frozenset(t.head_token for t in times)
    for token in ground.parse.tokens:
        if token.i in dated:
            continue
        if token.pos in ("VERB", "AUX") or token.tag in ("VBG", "VBN", "VBD"):
            out.extend(_verb(ground, token, dated))
        elif token.pos in ("NOUN", "PROPN"):
            out.extend(_noun(ground, token, dated))
        elif token.pos == "ADJ":
            out.extend(_adjective(ground, token))
    told = {key for one in out for key in _told(ground, one)}
    said = {token for token, _ in told}
    return tuple(
        one
        for one in out
        if one.pos == "verb" or not (one.token in said if one.pos == "adj" else (one.token, _meaning(one.row)) in told)
    )


def _told(ground: Ground, one: Found) -> Iterator[tuple[int, object]]:
    """Words beside it that the row of a verb names: "imposed sanctions", "found him guilty" are one happening of one type,
    and the verb's row tells it.
    """
    if one.pos != "verb" or one.row is None:
        return
    named = {lemma for condition in one.row.conditions if condition.slot in NAMING for lemma in condition.lemmas}
    for head in (h for slot in NAMING for h in one.slots.get(slot, ())):
        if ground.parse.tokens[head].lemma in named:
            yield head, _meaning(one.row)


def _meaning(row: Trigger | None) -> object:
    """Type or relation of a row, None for an idiom or no row."""
    return row and (row.event_type or row.relation)


def _slots(ground: Ground, i: int, dated: frozenset[int]) -> Slots:
    """The slots of a predicate without its times ("called on Sunday" calls on nobody), but for one that a row gives."""
    slots, tokens = ground.syntax.slots(i), ground.parse.tokens
    if dated.isdisjoint(h for heads in slots.values() for h in heads):
        return slots
    rows = ground.triggers.get((tokens[i].lemma, "verb"), ())
    given = {lemma for row in rows for c in row.conditions if c.slot == "obj" for lemma in c.lemmas}
    dated_too = {"until"} & {c.slot for row in rows for c in row.conditions}
    kept = {
        slot: tuple(
            h for h in heads if h not in dated or slot in dated_too or (slot == "obj" and tokens[h].lemma in given)
        )
        for slot, heads in slots.items()
    }
    return {slot: heads for slot, heads in kept.items() if heads}


def _verb(ground: Ground, token: Token, dated: frozenset[int]) -> Iterator[Found]:
    """A full verb; not an auxiliary, a bare copula, or a light verb that a noun speaks for."""
    describes = ground.parse.kid(token.i, "acomp", "attr") is not None  # "the tea is hot", also behind another clause
    if token.dep in (*AUXILIARY, "prep", "mark") or (token.lemma == "be" and (token.dep != "conj" or describes)):
        return
    if token.dep in ("amod", "compound") and token.tag != "VBG" and not ground.syntax.subject(token.i):
        return
    if _state(ground, token) or (token.tag == "VBG" and token.dep == "amod" and token.lemma in ground.classes.standing):
        return
    slots = _slots(ground, token.i, dated)
    row, slots = _meant(ground, token, slots)
    if (row is None or not row.conditions) and _lends(ground, token):
        return
    if _meaning(row) is None and _occurrence(ground, token):
        return
    if row is None and token.tag == "VBN" and token.dep in ("amod", "compound", "oprd"):
        return  # "rocket-propelled grenades", "a Malta-flagged ship", "called it fabricated": what a thing is like
    yield Found(
        token=token.i,
        trigger=_and_object(ground, token, row, slots),
        lemma=token.lemma,
        pos="verb",
        row=row,
        slots=slots,
        support=None,
    )


def _state(ground: Ground, token: Token) -> bool:
    """ "assailants armed with knives": how they are; nobody is said to have armed them."""
    if token.lemma not in ground.classes.stative or token.tag != "VBN" or token.dep not in ("acl", "amod"):
        return False
    return ground.parse.kid(token.i, "agent", "auxpass", "aux", "dobj", "nsubj") is None


def _and_object(ground: Ground, token: Token, row: Trigger | None, slots: Slots) -> Span:
    """ "opened fire", "set fire to": a bare object that the row names and that fills no role is part of what is said."""
    span = _trigger(ground, token)
    if row is None or any("obj" in named for _, named in row.roles):
        return span
    named = {lemma for c in row.conditions if c.slot == "obj" for lemma in c.lemmas}
    after = next((t for t in ground.parse.tokens[token.i + 1 : token.i + 2]), None)
    told = after is not None and after.i in slots.get("obj", ()) and after.lemma in named
    return Span(span.start, after.end) if told and after is not None else span


def _meant(ground: Ground, token: Token, slots: Slots) -> tuple[Trigger | None, Slots]:
    """The row of a verb and the slots it may use. Where only a plain row holds, the words that hang on the object count too:
    the parser may have hung them there ("took Iceland to court").
    """
    row = choose(ground, token, "verb", slots)
    if row is None or not (row.conditions or row.particle):
        wide = _with_object(ground, token.i, slots, WIDE)
        wider = choose(ground, token, "verb", wide)
        if wider is not None and wider.conditions:
            return wider, wide
        whole = _with_object(ground, token.i, slots, None)
        phrase = choose(ground, token, "verb", whole)
        if phrase is not None and _names_object(ground, phrase, slots):
            return phrase, whole
    if row is None:
        return row, slots
    joined = any(c.slot == "obj" for c in row.conditions)
    return row, _with_object(ground, token.i, slots, None if joined else LENT)


def _names_object(ground: Ground, row: Trigger, slots: Slots) -> bool:
    """ "took aim at", "placed an order with": the row names the object, so what hangs on that is meant of both."""
    heads = {ground.parse.tokens[head].lemma for head in slots.get("obj", ())}
    return any(c.slot == "obj" and heads & c.lemmas for c in row.conditions)


def _with_object(ground: Ground, verb: int, slots: Slots, lent: frozenset[str] | None) -> Slots:
    """ "strengthened ties with X": where verb and object mean something only together, the object's slots are theirs; of
    any object behind it the slots that the parser may have hung too low ("retook the town from X").
    """
    taken: Slots = {}
    for head in slots.get("obj", ()):
        if lent is not None and (head < verb or ground.is_event(head)):
            continue
        for slot, heads in ground.syntax.slots(head).items():
            if slot not in OWN_TO_NOUNS and (lent is None or slot in lent):
                taken.setdefault(slot, heads)
    if lent is not None:
        return {**taken, **slots}
    return {slot: tuple(dict.fromkeys((*slots.get(slot, ()), *taken.get(slot, ())))) for slot in {**slots, **taken}}


def _lends(ground: Ground, verb: Token) -> bool:
    """Whether a light verb's object is an event noun that will speak for it."""
    if verb.lemma not in ground.classes.light:
        return False
    kids = ground.parse.kids(verb.i, "dobj", "nsubjpass")
    return any((k.lemma, "noun") in ground.triggers and ground.is_event(k.i) for k in kids)


def _noun(ground: Ground, token: Token, dated: frozenset[int]) -> Iterator[Found]:
    """An event noun with somebody in it, or a noun that a copula or apposition says of somebody."""
    if (token.lemma, "noun") not in ground.triggers or token.dep in ("nmod", "npadvmod"):
        return
    carrier = ground.parse.tokens[token.head]
    if f"{carrier.lower} {token.lower}" in ground.classes.set_phrases and not ground.parse.children[token.i]:
        return
    if token.dep == "compound" and (carrier.lemma not in ground.classes.carriers or carrier.i in ground.mentions):
        return  # "a peacekeeping mission" that somebody leaves is a body
    mention = ground.mentions.get(token.i)
    if mention is not None and mention.form == "NAM" and not (ground.title_case(token.i) and ground.is_event(token.i)):
        return
    slots = _borne(ground, token, _told_of(ground, token, _slots(ground, token.i, dated)))
    known = bool(PARTICIPANT_SLOTS & slots.keys()) or _nationality(ground, slots) or _placed(ground, slots)
    there = not known and _existential(ground, token)
    if not known and not there and not _perceived(ground, token):
        return
    row = choose(ground, token, "noun", slots)
    if row is not None and (known or there or row.event_type is EventType.ASSAULT):
        head = ground.parse.tokens[token.head]
        held = token.dep in ("dobj", "nsubjpass", "attr") or (token.dep == "nsubj" and _occurs(ground, head))
        support = head.i if held and head.pos in ("VERB", "AUX") else None
        carried = token.dep != "attr" and _lends(ground, head)
        yield Found(
            token=token.i,
            trigger=_carried(token, head) if carried else token.span,
            lemma=token.lemma,
            pos="noun",
            row=row,
            slots=slots,
            support=support,
        )


def _told_of(ground: Ground, token: Token, slots: Slots) -> Slots:
    """ "It was the fourth such attack": what a copula calls a happening is that happening, and did not do it."""
    if token.dep != "attr" or not ground.is_event(token.i):
        return slots
    doers = tuple(h for h in slots.get("subj", ()) if ground.parse.tokens[h].lower not in ("it", "this", "that"))
    return {**{slot: heads for slot, heads in slots.items() if slot != "subj"}, **({"subj": doers} if doers else {})}


def _borne(ground: Ground, token: Token, slots: Slots) -> Slots:
    """ "the commander of the front, General X": what a noun says of the name after it."""
    mention = ground.mentions.get(token.i)
    if mention is None or mention.kind is not Kind.PER or "subj" in slots:
        return slots
    named = [k.i for k in ground.parse.kids(token.i, "appos") if (m := ground.mentions.get(k.i)) and m.form is Form.NAM]
    return {**slots, "subj": tuple(named)} if named else slots


def _carried(noun: Token, verb: Token) -> Span:
    """ "carried out an attack": the light verb and its noun name the happening together."""
    if abs(noun.i - verb.i) > LONGEST_LIGHT:
        return noun.span
    return Span(min(noun.start, verb.start), max(noun.end, verb.end))


def _nationality(ground: Ground, slots: Slots) -> bool:
    """ "an Egyptian airstrike", "rebel shelling": an adjective or a noun before it that refers to somebody."""
    return any(h in ground.mentions for slot in ("amod", "compound") for h in slots.get(slot, ()))


def _existential(ground: Ground, token: Token) -> bool:
    """ "there were clashes", "there was no strike", "riots followed": nobody did it, but it is said to have been."""
    first = first_listed(ground.parse, token)
    verb = ground.parse.tokens[first.head]
    there = (
        first.dep in ("attr", "nsubj", "dobj") and verb.lemma == "be" and ground.parse.kid(verb.i, "expl") is not None
    )
    return (there or (first.dep == "nsubj" and _occurs(ground, verb))) and ground.is_event(token.i)


def _occurrence(ground: Ground, verb: Token) -> bool:
    """ "clashes erupted", "a coup took place": the noun tells it, the verb only that it was."""
    subject = ground.parse.kid(verb.i, "nsubj")
    told = subject is not None and subject.pos == "NOUN" and (subject.lemma, "noun") in ground.triggers
    return told and subject is not None and ground.is_event(subject.i) and _occurs(ground, verb)


def _occurs(ground: Ground, verb: Token) -> bool:
    """Whether a verb only says that its subject came about or goes on: "erupted", "took place"."""
    if verb.lemma == "take":
        return any(k.lemma == "place" for k in ground.parse.kids(verb.i, "dobj"))
    return verb.lemma in ground.classes.raging and ground.parse.kid(verb.i, "dobj", "xcomp", "ccomp") is None


def _perceived(ground: Ground, token: Token) -> bool:
    """ "heard explosions", "gunfire was heard": nobody did it, but it was there."""
    first = first_listed(ground.parse, token)
    return first.dep in ("dobj", "nsubjpass") and ground.parse.tokens[first.head].lemma in ground.classes.perceiving


def _placed(ground: Ground, slots: Slots) -> bool:
    """ "a coup in Bamako": a happening in a named place."""
    heads = [h for slot in ("in", "near", "at", "outside") for h in slots.get(slot, ())]
    return any((m := ground.mentions.get(h)) is not None and m.kind in SITES and m.form is Form.NAM for h in heads)


def _adjective(ground: Ground, token: Token) -> Iterator[Found]:
    """ "loyal to", "allied with": of the noun it modifies or the subject of its copula."""
    if (token.lemma, "adj") not in ground.triggers:
        return
    slots = dict(ground.syntax.slots(token.i))
    if token.dep in ("amod", "appos", "acl", "relcl"):
        slots["subj"] = (token.head,)
    row = choose(ground, token, "adj", slots)
    if row is not None:
        yield Found(token=token.i, trigger=token.span, lemma=token.lemma, pos="adj", row=row, slots=slots, support=None)


def choose(ground: Ground, token: Token, pos: str, slots: Slots, *, passing: bool = False) -> Trigger | None:
    """The most specific row whose particle and conditions hold; a preposition with an object counts as a particle only
    where no row that names words holds ("went on strike"). Rows told in passing are a choice of their own.
    """
    rows = [row for row in ground.triggers.get((token.lemma, pos), ()) if row.passing is passing]
    held = [row for row in rows if all(_holds(ground, condition, slots) for condition in row.conditions)]
    strict = next((row for row in held if _particle(ground, token, row.particle, prepositions=False)), None)
    if strict is not None and (strict.particle is not None or any(c.lemmas for c in strict.conditions)):
        return strict
    return next((row for row in held if _particle(ground, token, row.particle, prepositions=True)), None)


def _particle(ground: Ground, token: Token, particle: str | None, *, prepositions: bool) -> bool:
    """The particle as such, or as an adverb or preposition that the parser made of it."""
    if particle is None or any(k.lower == particle for k in ground.parse.kids(token.i, "prt")):
        return True
    near = [k for k in ground.parse.kids(token.i, "advmod", "prep") if 0 < k.i - token.i <= PARTICLE_REACH]
    if not prepositions:
        near = [k for k in near if ground.parse.kid(k.i, "pobj", "pcomp") is None]
    return any(k.lower == particle and not _dates(ground, k) for k in near)


def _dates(ground: Ground, preposition: Token) -> bool:
    """ "called on Sunday": the preposition belongs to a time."""
    return any(k.ent in ("DATE", "TIME") for k in ground.parse.kids(preposition.i, "pobj"))


def _holds(ground: Ground, condition: Condition, slots: Slots) -> bool:
    """A slot is filled, by one of the lemmas or by a mention of one of the kinds if any are given."""
    heads = _counted(ground, slots.get(condition.slot, ()))
    if not condition.lemmas and not condition.kinds:
        return bool(heads)
    tokens, mentions = ground.parse.tokens, ground.mentions
    return any(
        tokens[h].lemma in condition.lemmas
        or tokens[h].lower in condition.lemmas
        or (h in mentions and mentions[h].kind in condition.kinds)
        for h in heads
    )


def _counted(ground: Ground, heads: tuple[int, ...]) -> tuple[int, ...]:
    """With a noun of measure what it measures: "a batch of drones", "ten days of drills", "hundreds of refugees", "two of
    its crossings".
    """
    tokens, classes = ground.parse.tokens, ground.classes
    measured = [
        h
        for h in heads
        if tokens[h].lemma in classes.measures or tokens[h].lemma in classes.quantifiers or tokens[h].pos == "NUM"
    ]
    return (*heads, *(k for h in measured for k in ground.syntax.slots(h).get("of", ())))


def _trigger(ground: Ground, token: Token) -> Span:
    """The verb, with its particle if that follows at once."""
    tokens = ground.parse.tokens
    particle = ground.parse.kid(token.i, "prt")
    after = [t.lower for t in tokens[particle.i + 1 : particle.i + 2]] if particle is not None else []
    counting = particle is not None and particle.lower == "up" and after == ["to"]
    if particle is not None and particle.i == token.i + 1 and not counting:
        return Span(token.start, particle.end)
    return token.span

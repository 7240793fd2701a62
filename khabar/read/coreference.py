"""Coreference: which mentions of a document are one entity. Rules only, document-wide, no model.

In: a Parse and its mentions (``find_mentions``). Out: the same mentions, ``entity_id`` shared by those that are one (numbered
in order of first appearance), ``antecedent_id`` set on descriptions and pronouns that were resolved, and a pronoun's kind
that of what it stands for. Three steps: names with names (``aliases.py``, ``known_bearers.py``); what the sentence itself
equates (apposition, brackets, "known as", "X is a …", relative pronouns); then in order of the text each definite
description and pronoun with what came before. Indefinite and anonymous descriptions ("sources", "a top official") stay
entities of their own. What a name is although its words do not tell ("the rebel group" for M23) comes from the tables of
names. It cannot use other knowledge of the world ("the capital" of a country not said to be one), nor join several
entities into one "they".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.lexicon.entities import EntityWords
from khabar.lexicon.nations import Nations
from khabar.model.mentions import Form, Kind, Mention
from khabar.read.aliases import name_pairs
from khabar.read.entities_seen import Entity, Seen, called, recent
from khabar.read.facts import Fact, describe
from khabar.read.gazetteer import NameKinds
from khabar.read.known_bearers import known_pairs
from khabar.read.nominals import relative_head
from khabar.read.pronouns import Reading, antecedent, quoted_tokens, teller
from khabar.read.tokens import Parse
from khabar.read.turns import of_whole_clause

Pair = tuple[int, int]
PLACES = frozenset({Kind.GPE, Kind.LOC})
SAME_WORD = 12
"""sentences back to which "the militia" finds "a militia" """
NEAR = 2
"""sentences back to which "the man", "the general" finds a name"""
SAME_CLASS = 4
"""sentences back to which "the group" finds a militia"""


def link_mentions(
    parse: Parse, mentions: tuple[Mention, ...], words: EntityWords, nations: Nations, names: NameKinds
) -> tuple[Mention, ...]:
    """The mentions with entities shared and antecedents set; same number, same order."""
    seen = Seen(describe(parse, mentions, words, nations, names))
    for a, b in name_pairs(seen.facts, words, nations):
        seen.join(a, b)
    for a, b in equated(parse, seen, words):
        seen.join(a, b)
    for a, b in known_pairs(seen):
        seen.join(a, b)
    read = Reading(parse, words, seen, quoted_tokens(parse))
    found: dict[int, int] = {}
    for i, fact in sorted(
        enumerate(seen.facts), key=lambda pair: pair[1].mention.head_token
    ):  # "his" before "his aide"
        before = _resolve(read, i, fact)
        if before is not None:
            found[i] = before
            seen.join(i, before)
        seen.reach(i)
    return tuple(_linked(seen, found))


def _resolve(read: Reading, i: int, fact: Fact) -> int | None:
    """The antecedent of a pronoun or a definite description, unless its sentence has told already."""
    form = fact.mention.form
    known = read.seen.entity(i)
    if form is Form.NAM:
        return None
    if known is not None:
        only_spoke = form is Form.NOM and fact.definite and not known.words  # "“We …,” the doctor said"
        earlier = described(read, fact) if only_spoke else None
        return known.mentions[-1] if earlier is None else earlier
    if form is Form.PRO:
        pronoun = read.words.pronouns[fact.mention.head.cut(read.parse.text).lower()]
        return None if pronoun.relative else antecedent(read, i)
    return described(read, fact) if fact.definite else None


def _linked(seen: Seen, found: dict[int, int]) -> Iterator[Mention]:
    numbers: dict[int, str] = {}
    for i, fact in enumerate(seen.facts):
        root, mention = seen.root(i), fact.mention
        entity_id = numbers.setdefault(root, f"e{len(numbers) + 1}")
        kind = seen.entities[root].kind if mention.form is Form.PRO else mention.kind
        earlier = seen.facts[found[i]].mention.mention_id if i in found else None
        yield replace(mention, entity_id=entity_id, antecedent_id=earlier, kind=kind)


# ------------------------------------------------------------------ what a sentence equates


def equated(parse: Parse, seen: Seen, words: EntityWords) -> Iterator[Pair]:
    """Pairs that the grammar makes one: apposition, brackets, "known as", copula, relative pronoun, a name and its noun."""
    heads = {f.mention.head_token: f.mention.kind for f in seen.facts if f.mention.form is not Form.PRO}
    for i, fact in enumerate(seen.facts):
        if fact.mention.form is Form.PRO:
            token = parse.tokens[fact.mention.head_token]
            relative = words.pronouns[token.lower].relative and not of_whole_clause(parse, token, words)
            if relative and (above := relative_head(parse, token, heads)) is not None:
                yield i, seen.at_token[above]
            continue
        for j in (*_beside(parse, seen, fact, words), *_said_to_be(parse, seen, fact, words)):
            if j != i and _may_be_one(fact, seen.facts[j], words):
                yield i, j


def _beside(parse: Parse, seen: Seen, fact: Fact, words: EntityWords) -> Iterator[int]:
    """Apposition, an acronym in brackets, a name inside "Kito newspaper", "known as X"."""
    head = fact.mention.head_token
    for kid in parse.kids(head):
        if kid.dep == "appos":
            yield from _at(seen, kid.i)
        elif kid.dep == "acl" and kid.lemma in ("know", "call", "dub", "name"):
            for inner in parse.kids(kid.i):
                noun = parse.kid(inner.i, "pobj") if inner.lower == "as" else inner if inner.dep == "oprd" else None
                yield from _at(seen, noun.i) if noun is not None else ()
        elif fact.mention.rule == "name and noun" and kid.dep in ("compound", "nmod"):
            yield from (j for j in _at(seen, kid.i) if _same_sort(fact, seen.facts[j]))
        elif kid.lower == "of" and fact.head is not None and fact.head.word in words.named_by_of and not fact.plural:
            yield from (j for noun in parse.kids(kid.i, "pobj") for j in _at(seen, noun.i))
    after = parse.tokens[fact.last : fact.last + 3]
    if fact.mention.form is Form.NAM and len(after) > 1 and after[0].text == "(":
        yield from (j for j in _at(seen, after[1].i) if seen.facts[j].mention.rule == "name:acronym")
    yield from _over_a_name(parse, seen, fact)
    yield from _office_before(parse, seen, fact)


def _over_a_name(parse: Parse, seen: Seen, fact: Fact) -> Iterator[int]:
    """ "Bria, a town held by the CSP, an alliance of farmers": an apposition of another kind than what it was hung on."""
    tokens = parse.tokens
    if fact.mention.form is not Form.NAM or fact.last + 1 >= len(tokens) or tokens[fact.last].text != ",":
        return
    for j in (j for i in range(fact.last + 2, min(fact.last + 9, len(tokens))) for j in _at(seen, i)):
        other = seen.facts[j]
        token = tokens[other.mention.head_token]
        above = seen.at_token.get(token.head)
        apposed = token.dep == "appos" and other.first == fact.last + 1 and above is not None
        if apposed and above is not None and not _same_sort(seen.facts[above], other):
            yield j


def _office_before(parse: Parse, seen: Seen, fact: Fact) -> Iterator[int]:
    """ "the head of the Bank of Tarmia, Ade Banjo": a person in apposition to a place or body belongs to the office above."""
    at = fact.mention.head_token
    if fact.mention.kind is not Kind.PER or fact.mention.form is not Form.NAM or parse.tokens[at].dep != "appos":
        return
    for _ in range(6):
        at = parse.tokens[at].head
        for j in _at(seen, at):
            if seen.facts[j].mention.kind is Kind.PER:
                yield j
                return
        if parse.tokens[at].dep not in ("pobj", "prep", "compound", "appos", "poss"):
            return


def _at(seen: Seen, token: int) -> Iterator[int]:
    j = seen.at_token.get(token)
    if j is not None:
        yield j


def _same_sort(a: Fact, b: Fact) -> bool:
    return a.mention.kind is b.mention.kind or {a.mention.kind, b.mention.kind} <= PLACES


def _said_to_be(parse: Parse, seen: Seen, fact: Fact, words: EntityWords) -> Iterator[int]:
    """ "X is a …" without negation or modal, "described X as a …", "named X minister"."""
    token = parse.tokens[fact.mention.head_token]
    verb = parse.tokens[token.head]
    kids = list(parse.kids(verb.i))
    if token.dep == "nsubj" and verb.lemma == "be" and not any(k.dep == "neg" or k.tag == "MD" for k in kids):
        yield from (j for k in kids if k.dep == "attr" for j in _at(seen, k.i) if k.tag not in ("NNS", "CD"))
    if token.dep in ("dobj", "nsubjpass") and verb.lemma in words.naming and not any(k.dep == "neg" for k in kids):
        for kid in kids:
            noun = parse.kid(kid.i, "pobj") if kid.lower == "as" else kid if kid.dep == "oprd" else None
            yield from _at(seen, noun.i) if noun is not None else ()


def _may_be_one(a: Fact, b: Fact, words: EntityWords) -> bool:
    """Kinds agree (places with places; "ally" with anything), and not two names of persons or places ("Bria, Chad")."""
    first, second = a.mention, b.mention
    loose = any(m.form is Form.NOM and f.words & words.any_kind for m, f in ((first, a), (second, b)))
    if not (_same_sort(a, b) or loose):
        return False
    if a.plural != b.plural and Kind.ORG not in (first.kind, second.kind):
        return False
    if not first.form is second.form is Form.NAM:
        return True
    placed = {first.kind, second.kind} <= PLACES and "name and noun" not in (first.rule, second.rule)
    return first.kind is not Kind.PER and not placed


# ------------------------------------------------------------------ descriptions


COUNTED = frozenset({"outlet", "company", "court", "ministry", "government", "party", "body"})
"""classes of bodies that a plural counts: "the forces" may be one army, "the papers" are several papers, or no newspaper"""


def described(read: Reading, fact: Fact) -> int | None:
    """The latest mention of the entity that a definite description means: same word, same nation, nearest, in this order."""
    seen = read.seen
    owner = seen.root(seen.at_token[fact.owner]) if fact.owner in seen.at_token else None
    if fact.owner is not None and owner is None:
        return None
    possessor = seen.entities.get(owner) if owner is not None else None
    if possessor is not None and possessor.kind is Kind.GPE and possessor.nations:
        fact, owner = replace(fact, nations=fact.nations | possessor.nations), None
    best: tuple[int, bool, int] | None = None
    told = _teller_of(read, fact)
    for entity in (called(seen, fact.words) | recent(seen, fact.sentence, SAME_CLASS)).values():
        j = entity.mentions[-1]
        if fact.sentence - seen.facts[j].sentence > SAME_WORD and not entity.named:
            continue
        rank = _rank(read, fact, entity, owner)
        key = rank, bool(fact.nations & entity.nations), j
        if rank and seen.root(j) not in (owner, told) and (best is None or key > best):
            best = key
    return best[2] if best is not None else None


def _teller_of(read: Reading, fact: Fact) -> int | None:
    """ "The general said the man had fired": "the man" is not the general."""
    weak = fact.head is not None and fact.head.word in read.words.generic_people
    j = teller(read, read.parse.tokens[fact.mention.head_token]) if weak else None
    return read.seen.root(j) if j is not None else None


def _rank(read: Reading, fact: Fact, entity: Entity, owner: int | None) -> int:
    """2 = called by the same word, 1 = of a class that the word covers, 0 = cannot be."""
    distance = fact.sentence - read.seen.facts[entity.mentions[-1]].sentence
    if not _compatible(fact, entity, read.words) or fact.head is None:
        return 0
    if fact.words & entity.words:
        return 2 if _narrowed_alike(read, fact, entity, owner) else 0
    if distance > SAME_CLASS or fact.mods - entity.words - entity.narrowed or owner is not None:
        return 0
    if fact.head.covers & (entity.groups | entity.known | _implied(entity)):
        return 1
    if entity.named and entity.kind is Kind.PER and fact.head.group == "rank" and distance <= NEAR:
        return 1 if "rank" in entity.known and not entity.groups & {"rank"} else 0
    person = entity.named and entity.kind is Kind.PER and fact.mention.kind is Kind.PER and distance <= NEAR
    told = entity.groups & {"office", "rank"}
    return 1 if person and not told and fact.head.word in read.words.generic_people else 0


def _implied(entity: Entity) -> set[str]:
    """A country is a "country", another named place a "city", whatever it was called."""
    if entity.kind is not Kind.GPE or not entity.named:
        return set()
    return {"country"} if entity.nations else {"city"}


def _compatible(fact: Fact, entity: Entity, words: EntityWords) -> bool:
    if entity.kind is not fact.mention.kind and not (entity.kind in PLACES and fact.mention.kind in PLACES):
        return False
    if fact.plural != entity.plural and not (entity.kind is Kind.ORG and entity.named):
        return False
    if fact.plural and not entity.plural and fact.head is not None and fact.head.group in COUNTED:
        return False  # "the papers" are not the Guardian
    if entity.kind is not Kind.GPE and fact.nations and entity.nations:
        shared = fact.nations & entity.nations if entity.named else fact.nations <= entity.nations
        if not shared:
            return False
    if fact.nations and entity.homes and not fact.nations & (entity.homes | entity.nations):
        return False
    kingdom = fact.head is not None and fact.head.word in words.kingdom
    if kingdom and entity.named and entity.nations and words.kingdoms.isdisjoint(n.lower() for n in entity.nations):
        return False
    genders = {fact.gender, entity.gender}
    return genders != {"male", "female"}


def _narrowed_alike(read: Reading, fact: Fact, entity: Entity, owner: int | None) -> bool:
    """Modifiers and possessors do not speak against it: "the northern port" is not "the southern port"."""
    owners = {read.seen.root(o) for o in entity.owners}
    if owner is not None:
        return owner in owners and not fact.mods - entity.mods
    if fact.mods - entity.mods - entity.words:
        return False
    bare = not fact.mods and not fact.nations
    return bare or entity.named or bool(fact.nations & entity.nations) or bool(fact.mods)

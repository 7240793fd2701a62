"""The entities of a text as far as it has been read: what each was called, of which kind, number, gender and nation.

In: facts, one by one, in order of the text. Out: ``Seen``, the only mutable thing of coreference: a union-find over
mentions with one ``Entity`` a group. Nothing here decides what belongs together.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from khabar.model.mentions import Form, Kind
from khabar.read.facts import Fact

BEARERS = 40
"""how many latest mentions of a word are looked at: a book about armies must not take a day"""


@dataclass(slots=True)
class Entity:
    """What is known of one entity so far; ``mentions`` are indices of facts in order of the text."""

    kind: Kind
    mentions: list[int] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    """groups that the tables of names know of, though no word of the text told them"""
    homes: set[str] = field(default_factory=set)
    """countries that they know it to be of"""
    narrowed: set[str] = field(default_factory=set)
    """modifiers that a description of something so known may have: "rebel" in "the rebel group" """
    mods: set[str] = field(default_factory=set)
    nations: set[str] = field(default_factory=set)
    owners: set[int] = field(default_factory=set)
    plural: bool = False
    gender: str = "any"
    leaning: str = "any"
    named: bool = False


class Seen:
    """Groups of mentions, and the entity of each group that the reading has reached."""

    def __init__(self, facts: tuple[Fact, ...]) -> None:
        self.facts = facts
        self.at_token = {f.mention.head_token: i for i, f in enumerate(facts)}
        self.entities: dict[int, Entity] = {}
        self.order: list[int] = []
        self.called: dict[str, list[int]] = {}
        self._parent = list(range(len(facts)))

    def root(self, i: int) -> int:
        """The group of mention i."""
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(self, a: int, b: int) -> None:
        """Make two groups one; the earlier mention's group keeps its name."""
        a, b = sorted((self.root(a), self.root(b)))
        if a == b:
            return
        self._parent[b] = a
        if b in self.entities:
            gone = self.entities.pop(b)
            if a in self.entities:
                _absorb(self.entities[a], gone)
            else:
                self.entities[a] = gone

    def reach(self, i: int) -> None:
        """Take mention i into its entity."""
        fact, root = self.facts[i], self.root(i)
        entity = self.entities.get(root)
        if entity is None:
            entity = self.entities[root] = Entity(fact.mention.kind, plural=fact.plural)
        entity.mentions.append(i)
        self.order.append(i)
        if entity.gender == "any" and fact.gender in ("male", "female"):
            entity.gender = fact.gender
        if fact.mention.form is Form.PRO:
            return
        _learn(entity, fact)
        for word in fact.words:
            self.called.setdefault(word, []).append(i)
        if fact.owner is not None and fact.owner in self.at_token:
            entity.owners.add(self.root(self.at_token[fact.owner]))

    def entity(self, i: int) -> Entity | None:
        """The entity of mention i, if the reading has reached it."""
        return self.entities.get(self.root(i))


def recent(seen: Seen, sentence: int, back: int) -> dict[int, Entity]:
    """Entities mentioned at most ``back`` sentences before, in order of their latest mention, newest first."""
    out: dict[int, Entity] = {}
    for i in reversed(seen.order):
        if sentence - seen.facts[i].sentence > back:
            break
        root = seen.root(i)
        out.setdefault(root, seen.entities[root])
    return out


def called(seen: Seen, words: frozenset[str]) -> dict[int, Entity]:
    """Entities called by one of the words, the latest bearers only."""
    roots = (seen.root(i) for word in words for i in reversed(seen.called.get(word, [])[-BEARERS:]))
    return {root: seen.entities[root] for root in roots}


def _learn(entity: Entity, fact: Fact) -> None:
    entity.words |= fact.words
    entity.mods |= fact.mods
    entity.nations |= fact.nations
    if fact.group:
        entity.groups.add(fact.group)
    entity.homes |= fact.homes
    for sort in fact.sorts:
        entity.known.add(sort.group)
        entity.narrowed |= sort.mods
    if entity.leaning == "any":
        entity.leaning = fact.leaning
    if fact.mention.form is Form.NAM:
        entity.plural = fact.plural if not entity.named else entity.plural
        entity.kind, entity.named = (fact.mention.kind if not entity.named else entity.kind), True


def _absorb(entity: Entity, other: Entity) -> None:
    entity.mentions = sorted({*entity.mentions, *other.mentions})
    entity.words |= other.words
    entity.mods |= other.mods
    entity.groups |= other.groups
    entity.known |= other.known
    entity.narrowed |= other.narrowed
    entity.homes |= other.homes
    entity.nations |= other.nations
    entity.owners |= other.owners
    if entity.gender == "any":
        entity.gender = other.gender
    if entity.leaning == "any":
        entity.leaning = other.leaning
    if other.named and not entity.named:
        entity.kind, entity.named, entity.plural = other.kind, True, other.plural

"""What each article says about who holds a place, predication by predication.

In: a ``ReadArticle``. Out: ``Act`` records in order of the text: a meaning (lexicon/en/control.yml), the place
(fuse/sites), who gains, who loses, when, and how sure. Planned, hypothetical and negated predications take no place; a
planned giving, leaving or taking from somebody says that this one holds the place now. How sure: in the publisher's own
voice asserted, in anybody else's claimed, denied if denied; contested if another party says otherwise in the same text.
It does not see a failed capture that is told without "tried".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khabar.fuse.changed import stem
from khabar.fuse.facts import Reader, facts_of, prepare, tables
from khabar.fuse.happenings import Linked, Party
from khabar.fuse.names import spelling
from khabar.fuse.sites import AFTER_TRIGGER, AHEAD, Site, Sites
from khabar.fuse.words import words_in
from khabar.lexicon.holding import Holding, Meaning, load_holding
from khabar.model.articles import ReadArticle
from khabar.model.attribution import Attribution
from khabar.model.claims import Argument, Claim, Predication, Relation, Role
from khabar.model.events import ClaimRef, SpellStatus
from khabar.model.factuality import Polarity, Word
from khabar.model.mentions import Kind
from khabar.model.spans import Span

ACTING = frozenset({Kind.PER, Kind.ORG, Kind.GPE})
HELD_BY = frozenset({Meaning.TAKES, Meaning.HOLDS, Meaning.ENTERS, Meaning.BESIEGES})
LOST = frozenset({Meaning.LEAVES, Meaning.LOSES, Meaning.FALLS})
STILL_HELD = frozenset({Meaning.GIVES, Meaning.LEAVES, Meaning.TAKES})
"""what, while it lies ahead, says that the loser still holds the place"""
NOBODY_NEEDED = frozenset({Meaning.FALLS, Meaning.CONTESTS, Meaning.BESIEGES})
NEAR_ACT = 250
"""code points back to the last act that an act without its own place can belong to"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One statement about who holds a place; ``when``: an interval of ISO days, None = not stated. ``past``: "had held"."""

    meaning: Meaning
    site: Site
    gains: Party | None
    loses: Party | None
    when: tuple[str, str] | None
    status: SpellStatus
    ref: ClaimRef
    published: str
    order: int
    past: bool = False


def acts_in(article: ReadArticle) -> tuple[Act, ...]:
    """All acts of an article in order of the text."""
    scene = _Scene(article)
    acts: list[Act] = []
    for p in article.reading.predications:
        meaning = scene.meaning(p)
        act = scene.act(p, meaning, acts) if meaning else None
        if act:
            acts.append(act)
    return tuple(acts)


class _Scene:
    """One article while its acts are taken."""

    def __init__(self, article: ReadArticle) -> None:
        self.article = article
        self.linked = Linked(article)
        self.sites = Sites(article, self.linked)
        self.text = article.version.text
        self.holding: Holding = load_holding()
        self.reader: Reader = prepare(article, spelling(self.sites.sentences), tables())
        self.attributions = {a.attribution_id: a for a in article.reading.attributions}

    def meaning(self, p: Predication) -> Meaning | None:
        """What a predication means for a place, if anything."""
        trigger = p.trigger.cut(self.text).lower().split()
        particle = trigger[-1] if len(trigger) > 1 else self._next_word(p)
        mode = p.mode if p.relation is Relation.CONTROL else None
        found = self.holding.meaning(p.lemma, particle, mode)
        left_to = p.fillers(Role.RECIPIENT) and p.fillers(Role.PLACE)
        return Meaning.GIVES if found is Meaning.LEAVES and left_to else found

    def act(self, p: Predication, meaning: Meaning, before: Sequence[Act]) -> Act | None:
        """The act of one predication, if it says who holds a place; ``before``: the acts told so far."""
        claim = self._claim(p)
        site = self._site(p, meaning, before) if claim else None
        if claim is None or site is None or p.polarity is Polarity.NEGATIVE or self._by_nobody(p):
            return None
        meaning = Meaning.HOLDS if meaning is Meaning.REPELS else meaning
        gains, loses = self._sides(p, meaning, site)
        if p.realis in AHEAD:
            if meaning not in STILL_HELD or loses is None:
                return None
            meaning, gains, loses = Meaning.HOLDS, loses, None
        if gains is None and loses is None and meaning not in NOBODY_NEEDED:
            return None
        return self._made(p, claim, (Meaning.CONTESTS if self._both(gains) else meaning), site, (gains, loses))

    def _made(
        self, p: Predication, claim: Claim, meaning: Meaning, site: Site, sides: tuple[Party | None, Party | None]
    ) -> Act:
        version = self.article.version
        return Act(
            meaning=meaning,
            site=site,
            gains=None if meaning is Meaning.CONTESTS else sides[0],
            loses=sides[1],
            when=None if p.realis in AHEAD else self._when(p),
            status=self._status(p, claim, sides[0]),
            ref=ClaimRef(version_id=version.version_id, claim_id=claim.claim_id),
            published=(version.published or "")[:10],
            order=p.trigger.start,
            past=meaning is Meaning.HOLDS and "had" in self.text[: p.trigger.start].lower().split()[-2:],
        )

    def _next_word(self, p: Predication) -> str | None:
        words = words_in(self.text, Span(p.trigger.end, min(len(self.text), p.trigger.end + 12)))
        return words[0].key if words and words[0].gap == " " else None

    def _claim(self, p: Predication) -> Claim | None:
        """The claim that says most: the publisher's own, else the shortest chain."""
        mine = [c for c in self.article.reading.claims if c.predication_id == p.predication_id]
        return min(mine, key=lambda c: (len(c.chain), c.claim_id), default=None)

    def _by_nobody(self, p: Predication) -> bool:
        first = [a.span.cut(self.text).lower().split()[0] for a in p.fillers(Role.ACTOR) if a.span]
        return any(w in self.holding.nobody for w in first)

    def _site(self, p: Predication, meaning: Meaning, before: Sequence[Act]) -> Site | None:
        """The place; "the town", "the barracks" or none at all lead back to the place told of just before."""
        own = self.sites.before(p) if self._under(p) else self.sites.of(p, meaning)
        near = [a for a in before if p.trigger.start - a.order <= NEAR_ACT]
        lost = [a for a in near if a.meaning in LOST or (a.meaning is Meaning.GIVES and a.gains is None)]
        if meaning is Meaning.REPELS:
            return self.sites.sought(p) or own
        if meaning is Meaning.ENTERS and lost and not any(own and a.site.key == own.key for a in near):
            return lost[-1].site
        if near and (own.vague if own else meaning in {Meaning.ENTERS, Meaning.LEAVES}):
            return next((a.site for a in reversed(near) if own and a.site.key == own.key), near[-1].site)
        return own

    def _under(self, p: Predication) -> bool:
        """ "The town is under the control of X": the place stands before, the holder behind."""
        return "under" in self.text[: p.trigger.start].lower().split()[-3:] and p.lemma in self.holding.had

    # -------------------------------------------------------------------------------------------------- who, when
    def _sides(self, p: Predication, meaning: Meaning, site: Site) -> tuple[Party | None, Party | None]:
        """Who gains and who loses."""
        if self._under(p):
            return self._party(p, (Role.ACTOR, Role.THEME), site), None
        actor = self._party(p, (Role.ACTOR,), site)
        other = self._party(p, (Role.RECIPIENT,), site)
        if meaning is Meaning.HOLDS:
            return actor, None
        if meaning in HELD_BY:
            return actor, other or self._party_behind(p, "from", site)
        if meaning is Meaning.GIVES:
            return other or self._party_behind(p, "to", site), actor
        return None, None if meaning is Meaning.CONTESTS else actor

    def _party(self, p: Predication, roles: tuple[Role, ...], site: Site) -> Party | None:
        for argument in (a for role in roles for a in p.fillers(role)):
            party = self.linked.party(argument)
            if party and party.keys and self._somebody(argument) and not self._is_site(argument, site):
                return party
        return None

    def _somebody(self, argument: Argument) -> bool:
        """Whether a mention stands in the argument ("Russian columns"), or a role ("rebel"); no bare "counter-attack"."""
        if argument.span is None:
            return False
        roles = tables().words.roles
        named = any(argument.span.overlaps(m.span) for m in self.sites.mentions)
        return named or any(w.key in roles for w in words_in(self.text, argument.span))

    def _party_behind(self, p: Predication, word: str, site: Site) -> Party | None:
        """Who stands behind "from" or "to" after the trigger, in the same clause."""
        for m in sorted(self.sites.mentions, key=lambda m: m.span):
            near = p.trigger.end < m.span.start <= p.trigger.end + AFTER_TRIGGER and m.kind in ACTING
            if not near or self.sites.word_before(m.span) != word:
                continue
            argument = Argument(role=Role.RECIPIENT, span=m.span, entity_id=m.entity_id, filler_id=m.mention_id)
            stopped = any(c in self.text[p.trigger.end : m.span.start] for c in ".;:")
            if not stopped and not self._is_site(argument, site):
                return self.linked.party(argument)
        return None

    def _is_site(self, argument: Argument, site: Site) -> bool:
        """Whether an argument is the place itself, or another place that is no country."""
        if not self.sites.holdable(argument):
            return False
        return not self.sites.is_state(argument) or self.sites.at(argument).key == site.key

    def _both(self, party: Party | None) -> bool:
        return party is not None and any(party.name.lower().startswith(b) for b in self.holding.both_sides)

    def _when(self, p: Predication) -> tuple[str, str] | None:
        """The time argument, else the only day of the sentence that no other predication has, else none."""
        found = [self.linked.times[a.filler_id] for a in p.fillers(Role.TIME) if a.filler_id in self.linked.times]
        if found and found[0][0] and found[0][1]:
            return found[0][0][:10], found[0][1][:10]
        sentence = self.sites.sentence(p)
        dated = [d for d in facts_of(sentence, self.reader, tables()).days if d.interval] if sentence else []
        mine = [a.span for a in p.fillers(Role.TIME) if a.span]
        others = [a.span for o in self.sites.predications if o is not p for a in o.fillers(Role.TIME) if a.span]
        own = {d.interval for d in dated if any(s.overlaps(d.span) for s in mine)}
        free = {d.interval for d in dated if not any(s.overlaps(d.span) for s in others)}
        told = {d.interval for d in dated}
        chosen = next(
            (x for x in (own, free, told if p.relation is not Relation.CONTROL else set()) if len(x) == 1), set()
        )
        day = next(iter(chosen), None)
        return (day[0].isoformat(), day[1].isoformat()) if day else None

    # --------------------------------------------------------------------------------------------------- how sure
    def _status(self, p: Predication, claim: Claim, gains: Party | None) -> SpellStatus:
        if claim.word is Word.DENIED:
            return SpellStatus.DENIED
        others = [c for c in self.article.reading.claims if c.predication_id == p.predication_id and c is not claim]
        if any(c.word is Word.DENIED for c in others) or self._disputed(p, claim, gains):
            return SpellStatus.CONTESTED
        own = claim.word is Word.ASSERTED or (p.realis in AHEAD and not claim.chain)
        return SpellStatus.ASSERTED if own else SpellStatus.CLAIMED

    def _disputed(self, p: Predication, claim: Claim, gains: Party | None) -> bool:
        """Whether another voice than the claim's own says later that it is not so, or not yet."""
        mine = {e for a in claim.chain if a in self.attributions for e in self.attributions[a].source_entities}
        for a in self.article.reading.attributions:
            later = bool(a.cue) and a.cue[0].start > p.trigger.start and a.attribution_id not in claim.chain
            if later and not mine & set(a.source_entities) and not self._speaks_for(a, gains) and self._contests(a):
                return True
        return False

    def _speaks_for(self, a: Attribution, gains: Party | None) -> bool:
        shown = " ".join(s.cut(self.text) for s in a.source)
        keys = {f"w:{stem(w.key)}" for w in words_in(shown, Span(0, len(shown)))}
        return gains is not None and bool(keys & gains.keys)

    def _contests(self, a: Attribution) -> bool:
        return any(w.key in self.holding.contesting for s in (*a.cue, *a.content) for w in words_in(self.text, s))

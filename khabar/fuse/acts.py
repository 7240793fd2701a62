"""What each article says about who holds a place, predication by predication.

In: a ``ReadArticle``. Out: ``Act`` records in order of the text: a meaning (lexicon/en/control.yml), the place, who gains,
who loses, when, and how sure. Places are arguments that are names of places, linked places, or descriptions of things
that can be held. Planned, hypothetical and negated predications take no place; a planned giving or leaving says that the
actor holds the place now. How sure: in the publisher's own voice asserted, in anybody else's claimed, denied if denied.
A capture that another party contests in the same text is contested. It does not see a failed capture that is told without
"tried", nor places that are named only in another sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khabar.fuse.changed import stem
from khabar.fuse.facts import Reader, facts_of, prepare, tables
from khabar.fuse.happenings import Linked, Party
from khabar.fuse.names import PLACES
from khabar.fuse.words import Sentence, sentences_of, words_in
from khabar.lexicon.holding import Holding, Meaning, load_holding
from khabar.model.articles import ReadArticle
from khabar.model.attribution import Attribution
from khabar.model.claims import Argument, Claim, Predication, Relation, Role
from khabar.model.events import ClaimRef, SpellStatus
from khabar.model.factuality import Polarity, Realis, Word
from khabar.model.mentions import Form, Kind, Mention
from khabar.model.spans import Span

ACTING = frozenset({Kind.PER, Kind.ORG, Kind.GPE})
HELD_BY = {Meaning.TAKES, Meaning.HOLDS, Meaning.ENTERS, Meaning.BESIEGES}
YIELDED = frozenset({Meaning.GIVES, Meaning.FALLS})
"""what a place itself can be the subject of ("the town surrendered", "the town fell")"""
AHEAD = frozenset({Realis.PLANNED, Realis.HYPOTHETICAL})
LOST = frozenset({Meaning.LEAVES, Meaning.LOSES, Meaning.FALLS})
NEAR_ACT = 250
"""code points back to the last act that a leaving or coming in without its own place can belong to"""
AFTER_TRIGGER = 60
"""code points after the trigger within which "from X" still belongs to it"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place as something to be held."""

    key: str
    name: str
    place_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One statement about who holds a place; ``when``: an interval of ISO days, None = not stated."""

    meaning: Meaning
    site: Site
    gains: Party | None
    loses: Party | None
    when: tuple[str, str] | None
    status: SpellStatus
    ref: ClaimRef
    published: str
    order: int


def acts_in(article: ReadArticle) -> tuple[Act, ...]:
    """All acts of an article in order of the text."""
    scene = _Scene(article)
    found = [(p, scene.meaning(p)) for p in article.reading.predications]
    acts: list[Act] = []
    for p, meaning in found:
        act = scene.act(p, meaning, acts) if meaning else None
        if act:
            acts.append(act)
    return tuple(acts)


class _Scene:
    """One article while its acts are taken."""

    def __init__(self, article: ReadArticle) -> None:
        self.article = article
        self.linked = Linked(article)
        self.text = article.version.text
        self.holding: Holding = load_holding()
        self.sentences: Sequence[Sentence] = sentences_of(self.text, article.version.headline_end, tables().words)
        self.reader: Reader = prepare(article, self.sentences, tables())
        self.attributions = {a.attribution_id: a for a in article.reading.attributions}

    def act(self, p: Predication, meaning: Meaning, before: Sequence[Act]) -> Act | None:
        """The act of one predication, if it says who holds a place; ``before``: the acts told so far."""
        claim = self._claim(p)
        site = self._site(p, meaning) if claim else None
        if meaning in {Meaning.ENTERS, Meaning.LEAVES}:
            site = self._left_site(p, meaning, before, site)
        if meaning is Meaning.REPELS:
            meaning, site = Meaning.HOLDS, site or self._sought(p)
        if claim is None or site is None or p.polarity is Polarity.NEGATIVE:
            return None
        gains, loses = self._sides(p, meaning, site)
        if p.realis in AHEAD:
            if meaning not in {Meaning.GIVES, Meaning.LEAVES, Meaning.TAKES} or loses is None:
                return None
            meaning, gains, loses = Meaning.HOLDS, loses, None
        if gains is None and loses is None and meaning not in {Meaning.FALLS, Meaning.CONTESTS, Meaning.BESIEGES}:
            return None
        version = self.article.version
        return Act(
            meaning=Meaning.CONTESTS if self._both(gains) else meaning,
            site=site,
            gains=None if self._both(gains) else gains,
            loses=loses,
            when=None if p.realis in AHEAD else self._when(p),
            status=self._status(p, claim, gains),
            ref=ClaimRef(version_id=version.version_id, claim_id=claim.claim_id),
            published=(version.published or "")[:10],
            order=p.trigger.start,
        )

    def meaning(self, p: Predication) -> Meaning | None:
        """What a predication means for a place, if anything."""
        trigger = p.trigger.cut(self.text).lower().split()
        particle = trigger[-1] if len(trigger) > 1 else self._next_word(p)
        mode = p.mode if p.relation is Relation.CONTROL else None
        return self.holding.meaning(p.lemma, particle, mode)

    def _next_word(self, p: Predication) -> str | None:
        words = words_in(self.text, Span(p.trigger.end, min(len(self.text), p.trigger.end + 12)))
        return words[0].key if words and words[0].gap == " " else None

    def _claim(self, p: Predication) -> Claim | None:
        """The claim that says most: the publisher's own, else the shortest chain."""
        mine = [c for c in self.article.reading.claims if c.predication_id == p.predication_id]
        return min(mine, key=lambda c: (len(c.chain), c.claim_id), default=None)

    # ------------------------------------------------------------------------------------------------------- place
    def _site(self, p: Predication, meaning: Meaning) -> Site | None:
        """The place: an argument that can be held, else the place named behind "from", "of", "into" after the trigger."""
        given = meaning is Meaning.GIVES and any(self._is_state(a) for a in p.fillers(Role.ACTOR))
        for argument in (a for role in (Role.THEME, Role.PLACE, Role.RECIPIENT) for a in p.fillers(role)):
            if meaning is Meaning.LEAVES and argument.span and self._word_before(argument.span) in {"for", "to"}:
                continue
            had = self._had(argument)
            if had:
                return self._site_of(had)
            if self._holdable(argument, sure=(given or p.relation is Relation.CONTROL) and argument.role is Role.THEME):
                return self._site_at(argument)
        if meaning in YIELDED:
            own = next((a for a in p.fillers(Role.ACTOR) if self._holdable(a) and not self._is_state(a)), None)
            if own:
                return self._site_at(own)
        behind = [m for m in self.linked.mentions.values() if self._behind(p, m)]
        nearest = min(behind, key=lambda m: m.span, default=None)
        return self._site_of(nearest) if nearest else None

    def _left_site(self, p: Predication, meaning: Meaning, before: Sequence[Act], own: Site | None) -> Site | None:
        """Who comes in comes into the place that was just left or lost, also where only its barracks are named; who
        leaves without a place named leaves the one that was just told of."""
        near = [a for a in before if p.trigger.start - a.order <= NEAR_ACT]
        lost = [a for a in near if a.meaning in LOST or (a.meaning is Meaning.GIVES and a.gains is None)]
        if meaning is Meaning.ENTERS and lost and not any(own and a.site.key == own.key for a in near):
            return lost[-1].site
        return own or (near[-1].site if near else None)

    def _sought(self, p: Predication) -> Site | None:
        """The place that somebody tried to take in the same sentence."""
        sentence = next((s for s in self.sentences if s.span.contains(p.trigger)), None)
        for other in self.article.reading.predications:
            ahead = other.realis in AHEAD and sentence is not None and sentence.span.contains(other.trigger)
            if ahead and other is not p:
                found = next((a for a in other.fillers(Role.THEME) if self._holdable(a)), None)
                if found:
                    return self._site_at(found)
        return None

    def _mention(self, argument: Argument) -> Mention | None:
        """The mention that an argument is, by its id or by the head that it covers."""
        if argument.span is None:
            return None
        known = self.linked.mentions.get(argument.filler_id or "")
        size = argument.span.end - argument.span.start
        inside = [m for m in self.linked.mentions.values() if argument.span.overlaps(m.span)]
        return known or next((m for m in inside if 2 * (m.span.end - m.span.start) > size), None)

    def _had(self, argument: Argument) -> Mention | None:
        """The place in "control of the place"."""
        if argument.span is None or argument.span.cut(self.text).split()[-1].lower() not in self.holding.had:
            return None
        end = argument.span.end
        behind = [m for m in self.linked.mentions.values() if end < m.span.start <= end + 12 and self._is_place(m)]
        return min(behind, key=lambda m: (m.span.start, -m.span.end), default=None)

    def _word_before(self, span: Span) -> str:
        words = self.text[max(0, span.start - 16) : span.start].lower().split()
        return next((w for w in reversed(words) if w not in {"the", "a", "its", "their"}), "")

    def _holdable(self, argument: Argument, *, sure: bool = False) -> bool:
        """Whether an argument is a place; ``sure``: the predicate says so, any name but a known person's will do."""
        mention = self._mention(argument)
        if mention is None:
            return sure and argument.span is not None and argument.span.cut(self.text)[:1].isupper()
        link = self.linked.entities.get(mention.entity_id)
        person = mention.kind is Kind.PER and link is not None and not link.target_id.startswith("local:")
        return self._is_place(mention) or (sure and mention.form is Form.NAM and not person)

    def _is_state(self, argument: Argument) -> bool:
        """Whether an argument is a country: it acts rather than being yielded."""
        shown = argument.span.cut(self.text) if argument.span else ""
        return bool(tables().nations.any(shown))

    def _is_place(self, mention: Mention) -> bool:
        if mention.mention_id in self.linked.places:
            return True
        if mention.form is Form.PRO:
            return any(self._is_place(m) for m in self._described(mention.entity_id))
        if mention.form is Form.NOM:
            return mention.head.cut(self.text).lower() in self.holding.holdable
        return mention.kind in PLACES and not tables().nations.adjective(mention.span.cut(self.text))

    def _described(self, entity: str | None) -> list[Mention]:
        """The mentions of an entity that are no pronouns, in order of the text, names first."""
        found = [m for m in self.linked.mentions.values() if m.entity_id == entity and m.form is not Form.PRO]
        return sorted(found, key=lambda m: (m.form is not Form.NAM, m.span))

    def _behind(self, p: Predication, m: Mention) -> bool:
        if not p.trigger.end < m.span.start <= p.trigger.end + AFTER_TRIGGER or not self._is_place(m):
            return False
        between = self.text[p.trigger.end : m.span.start].lower()
        last = [w for w in between.split()[-2:] if w not in {"the", "a", "its", "their"}]
        stopped = any(c in between for c in ".;:,")
        return not stopped and bool(last) and last[-1] in {"from", "of", "into", "to", "in", "through", "at"}

    def _site_at(self, argument: Argument) -> Site:
        mention = self._mention(argument)
        if mention is None and argument.span is not None:
            return _site_named(link_name(self.text, argument.span), None)
        return self._site_of(mention) if mention else _site_named("", None)

    def _site_of(self, mention: Mention) -> Site:
        """The place as shown: its linked name, else the fullest description with the name that belongs to it."""
        best = next(iter(self._described(mention.entity_id)), mention)
        link = self.linked.places.get(mention.mention_id) or self.linked.places.get(best.mention_id)
        shown = link_name(self.text, best.span)
        return _site_named(shown, link.place_id if link else None)

    # -------------------------------------------------------------------------------------------------- who, when
    def _sides(self, p: Predication, meaning: Meaning, site: Site) -> tuple[Party | None, Party | None]:
        """Who gains and who loses."""
        actor = self._party(p, (Role.ACTOR,), site)
        other = self._party(p, (Role.RECIPIENT, Role.THEME), site)
        if meaning in HELD_BY:
            return actor, other or self._party_behind(p, "from", site)
        if meaning is Meaning.GIVES:
            return other or self._party_behind(p, "to", site), actor
        if meaning is Meaning.CONTESTS:
            return None, None
        return None, actor

    def _party(self, p: Predication, roles: tuple[Role, ...], site: Site) -> Party | None:
        for role in roles:
            for argument in p.fillers(role):
                party = self.linked.party(argument)
                if party and party.keys and self._somebody(argument) and not self._is_site(argument, site):
                    return party
        return None

    def _somebody(self, argument: Argument) -> bool:
        """Whether a mention stands in the argument: "Russian columns", but no bare "counter-attack"."""
        return any(argument.span and argument.span.overlaps(m.span) for m in self.linked.mentions.values())

    def _party_behind(self, p: Predication, word: str, site: Site) -> Party | None:
        """Who stands behind "from" or "to" after the trigger, in the same clause."""
        for m in sorted(self.linked.mentions.values(), key=lambda m: m.span):
            near = p.trigger.end < m.span.start <= p.trigger.end + AFTER_TRIGGER
            if near and m.kind in ACTING and self._word_before(m.span) == word:
                argument = Argument(role=Role.RECIPIENT, span=m.span, entity_id=m.entity_id, filler_id=m.mention_id)
                if not any(c in self.text[p.trigger.end : m.span.start] for c in ".;:") and not self._is_site(
                    argument, site
                ):
                    return self.linked.party(argument)
        return None

    def _is_site(self, argument: Argument, site: Site) -> bool:
        """Whether an argument is the place itself, or another place that is no country."""
        return self._holdable(argument) and (not self._is_state(argument) or self._site_at(argument).key == site.key)

    def _both(self, party: Party | None) -> bool:
        return party is not None and any(party.name.lower().startswith(b) for b in self.holding.both_sides)

    def _when(self, p: Predication) -> tuple[str, str] | None:
        """The time argument, else the only day of the sentence, else none."""
        found = [self.linked.times[a.filler_id] for a in p.fillers(Role.TIME) if a.filler_id in self.linked.times]
        if found and found[0][0] and found[0][1]:
            return found[0][0][:10], found[0][1][:10]
        sentence = next((s for s in self.sentences if s.span.contains(p.trigger)), None)
        facts = facts_of(sentence, self.reader, tables()) if sentence else None
        days = {d.interval for d in facts.days if d.interval} if facts else set()
        spans = [a.span for a in p.fillers(Role.TIME) if a.span]
        mine = (
            {d.interval for d in facts.days if d.interval and any(s.overlaps(d.span) for s in spans)}
            if facts
            else set()
        )
        chosen = mine if len(mine) == 1 else days if len(days) == 1 else set()
        day = next(iter(chosen), None)
        return (day[0].isoformat(), day[1].isoformat()) if day else None

    # --------------------------------------------------------------------------------------------------- how sure
    def _status(self, p: Predication, claim: Claim, gains: Party | None) -> SpellStatus:
        if claim.word is Word.DENIED:
            return SpellStatus.DENIED
        others = [c for c in self.article.reading.claims if c.predication_id == p.predication_id and c is not claim]
        if any(c.word is Word.DENIED for c in others) or self._disputed(p, claim, gains):
            return SpellStatus.CONTESTED
        return SpellStatus.ASSERTED if claim.word is Word.ASSERTED else SpellStatus.CLAIMED

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
        spans = (*a.cue, *a.content)
        return any(w.key in self.holding.contesting for s in spans for w in words_in(self.text, s))


def _site_named(shown: str, place_id: str | None) -> Site:
    words = sorted({stem(w.key) for w in words_in(shown, Span(0, len(shown)))})
    return Site(key=place_id or " ".join(words), name=shown, place_id=place_id)


def link_name(text: str, span: Span) -> str:
    """A description with the name behind it: "the airfield" in "the airfield at Merowe" is "airfield at Merowe"."""
    shown = " ".join(span.cut(text).split())
    for article in ("the ", "a ", "an ", "The ", "A ", "An "):
        shown = shown.removeprefix(article)
    behind = words_in(text, Span(span.end, min(len(text), span.end + 40)))
    if (
        len(behind) > 1
        and behind[0].key in {"at", "of", "in", "near", "outside"}
        and behind[0].gap == " "
        and not shown[:1].isupper()
    ):
        names = []
        for word in behind[1:]:
            if not word.capital or word.gap != " ":
                break
            names.append(word.text)
        shown = " ".join((shown, behind[0].text, *names)) if names else shown
    return shown

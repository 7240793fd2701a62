"""Which place a predication about control is about.

In: one article with its links. Out: ``Site``. A place is an argument that names or describes something that can be held
(names of places, linked places, "the depot"), else the place named behind the trigger ("from X", "of X"), else, for "it"
and "the town", the place told of just before. It cannot find a place that stands in a later sentence only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from khabar.fuse.changed import stem
from khabar.fuse.facts import tables
from khabar.fuse.happenings import Linked
from khabar.fuse.names import PLACES
from khabar.fuse.words import Sentence, sentences_of, words_in
from khabar.lexicon.holding import Holding, Meaning, load_holding
from khabar.model.articles import ReadArticle
from khabar.model.claims import Argument, EventType, Predication, Relation, Role
from khabar.model.factuality import Realis
from khabar.model.mentions import Form, Kind, Mention
from khabar.model.spans import Span

YIELDED = frozenset({Meaning.GIVES, Meaning.FALLS})
"""what a place itself can be the subject of ("the town surrendered", "the town fell")"""
AHEAD = frozenset({Realis.PLANNED, Realis.HYPOTHETICAL})
AFTER_TRIGGER = 60
"""code points after the trigger within which "from X" still belongs to it"""
BEHIND = frozenset({"from", "of", "into", "to", "in", "through", "at", "over"})
ARTICLES = frozenset({"the", "a", "an", "its", "their"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place as something to be held. ``vague``: a bare "the town", known only from what was told before."""

    key: str
    name: str
    place_id: str | None
    vague: bool = False


class Sites:
    """The places of one article."""

    def __init__(self, article: ReadArticle, linked: Linked) -> None:
        self.linked = linked
        self.text = article.version.text
        self.predications = article.reading.predications
        self.mentions: Sequence[Mention] = tuple(linked.mentions.values())
        self.holding: Holding = load_holding()
        words = tables().words
        self.sentences: Sequence[Sentence] = sentences_of(self.text, article.version.headline_end, words)

    def of(self, p: Predication, meaning: Meaning) -> Site | None:
        """The place that a predication is about."""
        for argument in (a for role in (Role.THEME, Role.PLACE, Role.RECIPIENT) for a in p.fillers(role)):
            found = self._argument_site(p, meaning, argument)
            if found:
                return found
        if meaning in YIELDED:
            own = next((a for a in p.fillers(Role.ACTOR) if self.holdable(a) and not self.is_state(a)), None)
            if own:
                return self.at(own)
        end = p.trigger.end
        it = _first(m for m in self.mentions if m.form is Form.PRO and m.span.start == end + 1 and self.is_place(m))
        nearest = it or _first(m for m in self.mentions if self._behind(p, m))
        return self._site(nearest) if nearest else None

    def sought(self, p: Predication) -> Site | None:
        """The place that somebody tried to take, or attacked, in the same sentence."""
        sentence = self.sentence(p)
        for other in self.predications:
            tried = other.realis in AHEAD or other.event_type is EventType.ASSAULT
            if other is p or not tried or sentence is None or not sentence.span.contains(other.trigger):
                continue
            arguments = [a for role in (Role.THEME, Role.RECIPIENT, Role.PLACE) for a in other.fillers(role)]
            found = next((a for a in arguments if self.holdable(a)), None)
            if found:
                return self.at(found)
        return None

    def before(self, p: Predication) -> Site | None:
        """The last place that stands before the trigger in the same sentence."""
        sentence = self.sentence(p)
        start = sentence.span.start if sentence else 0
        found = [m for m in self.mentions if start <= m.span.start < p.trigger.start and self.is_place(m)]
        return self._site(max(found, key=lambda m: m.span)) if found else None

    def sentence(self, p: Predication) -> Sentence | None:
        """The sentence of a predication."""
        return next((s for s in self.sentences if s.span.contains(p.trigger)), None)

    def at(self, argument: Argument) -> Site:
        """An argument as a place."""
        mention = self.mention(argument)
        if mention is None:
            return site_named(shown_name(self.text, argument.span) if argument.span else "", None)
        return self._site(mention)

    def mention(self, argument: Argument) -> Mention | None:
        """The mention that an argument is, by its id, or the one that makes up most of it."""
        if argument.span is None:
            return None
        known = self.linked.mentions.get(argument.filler_id or "")
        size = argument.span.end - argument.span.start
        inside = (m for m in self.mentions if argument.span.overlaps(m.span))
        return known or next((m for m in inside if 2 * (m.span.end - m.span.start) > size), None)

    def holdable(self, argument: Argument, *, sure: bool = False) -> bool:
        """Whether an argument is a place; ``sure``: the predicate says so, any name but a known person's will do."""
        mention = self.mention(argument)
        if mention is None:
            return sure and argument.span is not None and argument.span.cut(self.text)[:1].isupper()
        link = self.linked.entities.get(mention.entity_id)
        person = mention.kind is Kind.PER and link is not None and not link.target_id.startswith("local:")
        return self.is_place(mention) or (sure and mention.form is Form.NAM and not person)

    def is_state(self, argument: Argument) -> bool:
        """Whether an argument is a country: it acts rather than being yielded."""
        return bool(argument.span and tables().nations.any(argument.span.cut(self.text)))

    def is_place(self, mention: Mention) -> bool:
        """Whether a mention is a place or a thing that is held like one."""
        if mention.mention_id in self.linked.places:
            return True
        if mention.form is Form.PRO:
            return any(self.is_place(m) for m in self._described(mention.entity_id))
        if mention.form is Form.NOM:
            return mention.head.cut(self.text).lower() in self.holding.holdable
        return mention.kind in PLACES and not tables().nations.adjective(mention.span.cut(self.text))

    def word_before(self, span: Span) -> str:
        """The word before a span, articles aside."""
        words = self.text[max(0, span.start - 16) : span.start].lower().split()
        return next((w for w in reversed(words) if w not in ARTICLES), "")

    def _argument_site(self, p: Predication, meaning: Meaning, argument: Argument) -> Site | None:
        given = meaning is Meaning.GIVES and any(self.is_state(a) for a in p.fillers(Role.ACTOR))
        leaving = meaning is Meaning.LEAVES and argument.span and self.word_before(argument.span) in {"for", "to"}
        if leaving:
            return None
        had = self._had(argument)
        if had:
            return self._site(had)
        if self.holdable(argument, sure=(given or p.relation is Relation.CONTROL) and argument.role is Role.THEME):
            return self.at(argument)
        mention = self.mention(argument)
        unknown = argument.role is Role.THEME and mention is not None and mention.form is Form.PRO
        return self.before(p) if unknown else None

    def _had(self, argument: Argument) -> Mention | None:
        """The place in "control of the place"."""
        if argument.span is None or argument.span.cut(self.text).split()[-1].lower() not in self.holding.had:
            return None
        end = argument.span.end
        return _first(m for m in self.mentions if end < m.span.start <= end + 12 and self.is_place(m))

    def _described(self, entity: str | None) -> list[Mention]:
        """The mentions of an entity that are no pronouns, names first, in order of the text."""
        found = [m for m in self.mentions if m.entity_id == entity and m.form is not Form.PRO]
        return sorted(found, key=lambda m: (m.form is not Form.NAM, m.span))

    def _behind(self, p: Predication, m: Mention) -> bool:
        if not p.trigger.end < m.span.start <= p.trigger.end + AFTER_TRIGGER or not self.is_place(m):
            return False
        stopped = any(c in self.text[p.trigger.end : m.span.start] for c in ".;:,")
        return not stopped and self.word_before(m.span) in BEHIND

    def _site(self, mention: Mention) -> Site:
        """The place as shown: its linked name, else the first full description with the name that belongs to it."""
        best = next(iter(self._described(mention.entity_id)), mention)
        link = self.linked.places.get(mention.mention_id) or self.linked.places.get(best.mention_id)
        shown = shown_name(self.text, best.span)
        vague = best.form is Form.NOM and link is None and not any(c.isupper() for c in shown)
        return site_named(shown, link.place_id if link else None, vague=vague)


def _first(found: Iterable[Mention]) -> Mention | None:
    return min(found, key=lambda m: (m.span.start, -m.span.end), default=None)


def site_named(shown: str, place_id: str | None, *, vague: bool = False) -> Site:
    """A site from its shown name."""
    words = sorted({stem(w.key) for w in words_in(shown, Span(0, len(shown)))})
    return Site(key=place_id or " ".join(words), name=shown, place_id=place_id, vague=vague)


def shown_name(text: str, span: Span) -> str:
    """A description with the name behind it: "the airfield" in "the airfield at Merowe" is "airfield at Merowe"."""
    words = span.cut(text).split()
    shown = " ".join(words[1:] if len(words) > 1 and words[0].lower() in ARTICLES else words)
    behind = words_in(text, Span(span.end, min(len(text), span.end + 40)))
    joined = len(behind) > 1 and behind[0].gap == " " and behind[0].key in {"at", "of", "in", "near", "outside"}
    if not joined or shown[:1].isupper():
        return shown
    names: list[str] = []
    for word in behind[1:]:
        if not word.capital or word.gap != " ":
            break
        names.append(word.text)
    return " ".join((shown, behind[0].text, *names)) if names else shown

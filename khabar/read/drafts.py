"""What the attribution rules hand to each other before spans and ids are made.

A draft speaks of tokens: cue, heads of the sources, and the set of tokens that are the content. ``under`` is the cue
token of the attribution inside which this one stands although its cue lies outside that content ("citing X").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from khabar.lexicon.classes import WordClasses
from khabar.lexicon.cues import Cue, Cues
from khabar.lexicon.entities import EntityWords
from khabar.lexicon.triggers import Triggers
from khabar.model.claims import Relation
from khabar.model.mentions import Kind, Mention
from khabar.model.spans import Span
from khabar.read.syntax import Syntax
from khabar.read.tokens import Parse

LONG, TITLE_SHARE = 3, 0.8
"""letters from which a word counts, and the share of capitalised words that makes a line a title"""
DASHES = frozenset({"-", "–", "—", "--"})
WHO = frozenset({Kind.PER, Kind.ORG, Kind.GPE})
HAPPENINGS = frozenset({Relation.CONTROL, Relation.MOVE, Relation.CAUSE, Relation.REVISE})
"""relations whose nouns name a happening; "leader" and "ally" name somebody"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The stretches that the model prefers for the roles, with the probability that cue and both are right."""

    content: frozenset[int]
    source: frozenset[int]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One attribution in tokens. ``sources`` empty = unexpressed."""

    cue: tuple[int, ...]
    lemma: str
    stance: str
    sources: tuple[int, ...]
    content: frozenset[int]
    rule: str
    under: int | None = None
    shown: Shown | None = None
    """what the trained model makes of it, if it was asked"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """All that the rules of attribution may look at."""

    parse: Parse
    syntax: Syntax
    cues: Cues
    triggers: Triggers
    words: EntityWords
    classes: WordClasses
    mentions: Mapping[int, Mention]
    """by head token"""
    quotes: tuple[Span, ...]
    quoted: frozenset[int]
    """tokens between quotation marks"""

    def verb_cue(self, i: int) -> Cue | None:
        """The verb cue at a token, its particle or the word that goes with it ("plead guilty") present if it wants one."""
        token = self.parse.tokens[i]
        if (token.pos not in ("VERB", "AUX") and not token.tag.startswith("VB")) or token.dep in ("amod", "compound"):
            return None
        for kid in self.parse.kids(i, "prt", "acomp", "oprd"):
            word = f"not {kid.lower}" if self.parse.tokens[kid.i - 1].lower == "not" else kid.lower
            cue = self.cues.get(f"{token.lemma}+{word}", "verb")
            if cue is not None:
                return cue
        cue = self.cues.get(token.lemma, "verb")
        return cue if cue is None or cue.particle is None else None

    def title_case(self, i: int) -> bool:
        """Whether the sentence capitalises its words as headlines do, so that a capital says nothing."""
        words = [self.parse.tokens[k].text for k in self.sentence(i)]
        long = [w for w in words if len(w) > LONG and w.isalpha()]
        return len(long) >= LONG and sum(w[0].isupper() for w in long) >= TITLE_SHARE * len(long)

    def subtree(self, i: int) -> frozenset[int]:
        """Token i with all that hangs on it."""
        return frozenset(self.parse.subtree(i))

    def is_event(self, i: int) -> bool:
        """Whether a noun names a happening."""
        token, mention = self.parse.tokens[i], self.mentions.get(i)
        if mention is not None and mention.kind in WHO and not (token.tag == "NNP" and self.title_case(i)):
            return False
        rows = self.triggers.get((token.lemma, "noun"), ())
        happening = any(r.event_type is not None or r.relation in HAPPENINGS for r in rows)
        return happening or (token.lemma, "noun") in self.cues.by_lemma

    def sentence(self, i: int) -> frozenset[int]:
        """All tokens of the sentence of token i."""
        sentence = self.parse.sentences[self.parse.tokens[i].sent]
        return frozenset(range(sentence.first, sentence.last))

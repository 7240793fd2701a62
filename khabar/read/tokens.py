"""Token, Sentence, Parse: the little that the rules need from any dependency parser.

In: nothing; these are values that ``parse.py`` (or a test, by hand) builds. Indices of tokens and sentences count
from 0 over the whole document; offsets are code points on ``Version.text``. Labels: UPOS in ``pos``, Penn tags in
``tag``, ClearNLP/OntoNotes dependency labels in ``dep`` (nsubj, nsubjpass, dobj, dative, agent, prep, pobj, ccomp,
xcomp, advcl, relcl, acl, appos, conj, cc, aux, auxpass, neg, mark, poss, amod, compound, nummod, prt …). The root of
a sentence is its own head.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from khabar.model.spans import Span

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""tags of a finite verb or its modal"""
START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Token:
    """One token. ``lemma`` is lower case; ``ent`` the parser's raw entity label or ""."""

    i: int
    text: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    start: int
    end: int
    ent: str
    sent: int
    lower: str = field(init=False, compare=False, repr=False)
    """the word in lower case, worked out once: rules ask for it about twenty times a token"""

    def __post_init__(self) -> None:
        object.__setattr__(self, "lower", self.text.lower())

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` (inclusive) to ``last`` (exclusive); the paragraph's number; whether it is the headline."""

    index: int
    first: int
    last: int
    paragraph: int
    headline: bool


@dataclass(frozen=True, slots=True)
class Parse:
    """The parsed document. ``children[i]`` are the indices of token i's dependents, left to right."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    children: tuple[tuple[int, ...], ...]

    def kids(self, i: int, *deps: str) -> Iterator[Token]:
        """Dependents of token i, left to right, of the given labels (any label if none is given)."""
        tokens = self.tokens
        for k in self.children[i]:
            token = tokens[k]
            if not deps or token.dep in deps:
                yield token

    def kid(self, i: int, *deps: str) -> Token | None:
        """The first such dependent."""
        tokens = self.tokens
        for k in self.children[i]:
            token = tokens[k]
            if not deps or token.dep in deps:
                return token
        return None

    def subtree(self, i: int, without: frozenset[str] = frozenset()) -> list[int]:
        """Indices under token i and i itself, in order of the text, leaving out dependents with some labels."""
        out, children, tokens = [i], self.children, self.tokens
        for at in out:  # grows as it goes
            out += [k for k in children[at] if tokens[k].dep not in without] if without else children[at]
        out.sort()
        return out

    def span_of(self, indices: list[int]) -> Span:
        """From the first to the last of some tokens, in the text."""
        return Span(self.tokens[min(indices)].start, self.tokens[max(indices)].end)

    def in_span(self, span: Span) -> tuple[Token, ...]:
        """The tokens that begin inside a stretch of the text."""
        first = bisect_left(self.tokens, span.start, key=START)
        return self.tokens[first : bisect_left(self.tokens, span.end, first, key=START)]

    def in_sentence(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]


def make_parse(text: str, tokens: tuple[Token, ...], sentences: tuple[Sentence, ...]) -> Parse:
    """A Parse with its children filled in."""
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            children[token.head].append(token.i)
    return Parse(text=text, tokens=tokens, sentences=sentences, children=tuple(tuple(c) for c in children))


def mended(parse: Parse, changes: Mapping[int, Token]) -> Parse:
    """The parse with some tokens changed. A sentence whose heads would then run in a circle stays as it was: rules that mend
    two mistakes of one sentence need not know of each other.
    """
    if not changes:
        return parse
    tokens = [changes.get(t.i, t) for t in parse.tokens]
    for number in {parse.tokens[i].sent for i in changes}:
        sentence = parse.sentences[number]
        if not _rooted(tokens, sentence):
            tokens[sentence.first : sentence.last] = parse.in_sentence(sentence)
    return make_parse(parse.text, tuple(tokens), parse.sentences)


def _rooted(tokens: Sequence[Token], sentence: Sentence) -> bool:
    """Whether every token of a sentence leads up to a root inside of it."""
    sound = {t.i for t in tokens[sentence.first : sentence.last] if t.head == t.i}
    for token in tokens[sentence.first : sentence.last]:
        path, at = [], token
        while at.i not in sound:
            path.append(at.i)
            if len(path) > sentence.last - sentence.first or not sentence.first <= at.head < sentence.last:
                return False
            at = tokens[at.head]
        sound.update(path)
    return True

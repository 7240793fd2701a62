"""What the parser does to headlines: passives without "be", a source behind a dash, verbs that it takes for nouns.

In: a Parse, a headline of it, word classes. Out: tokens with other heads, labels and tags, for ``reported.py`` to apply.
(1) "Editor jailed over tweet": a past form without an object, of a verb that hardly lacks one (``headline_passives`` in
``lexicon/en/classes.yml``), is a passive. (2) "Army took the town - ministry": what stands behind a spaced dash is no part
of the clause. (3) "North Korea fires missile": a noun that the parser takes for the verb, behind a plural that is one. It
cannot tell "Six killed as X, Y trade fire" apart where two names joined by a comma are a subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.lexicon.classes import WordClasses
from khabar.read.tokens import Parse, Sentence, Token

DASHES = frozenset({"-", "–", "—", "--"})
LONGEST_SOURCE = 4
"""tokens behind a dash that name who says it"""
SINGULAR = frozenset({"NN", "NNP"})


def headline_grammar(parse: Parse, sentence: Sentence, classes: WordClasses) -> Iterator[tuple[int, Token]]:
    """The changes in one headline; none in other sentences."""
    if not sentence.headline:
        return
    tokens = parse.in_sentence(sentence)
    yield from _source_apart(parse, tokens)
    for token in tokens:
        yield from _passive(parse, token, classes)
        yield from _verb_before(parse, token, classes)


def _passive(parse: Parse, verb: Token, classes: WordClasses) -> Iterator[tuple[int, Token]]:
    """ "Mayor suspended over leak", "Journalist beaten by police"."""
    subject, object_ = parse.kid(verb.i, "nsubj"), parse.kid(verb.i, "dobj")
    if (
        verb.lemma not in classes.headline_passives
        or verb.tag not in ("VBN", "VBD")
        or subject is None
        or subject.i > verb.i
    ):
        return
    if object_ is not None:  # "Six killed as shells rain": an object behind another word is no object of it
        if object_.i == verb.i + 1 or not any(verb.i < k.i < object_.i for k in parse.kids(verb.i, "prep", "mark")):
            return
        yield object_.i, replace(object_, dep="dep")
    clause = parse.kid(verb.i, "ccomp")
    apart = clause is not None and any(parse.tokens[k].text == ";" for k in range(verb.i, clause.i))  # another headline
    if parse.kid(verb.i, "aux", "auxpass", "prt") is not None or (clause is not None and not apart):
        return
    yield verb.i, replace(verb, tag="VBN")
    yield subject.i, replace(subject, dep="nsubjpass")
    for link in parse.kids(verb.i, "prep"):
        if link.lower == "by":
            yield link.i, replace(link, dep="agent")


def _source_apart(parse: Parse, tokens: tuple[Token, ...]) -> Iterator[tuple[int, Token]]:
    """ "took two towns - ministry": the words before the dash that were hung on those behind it."""
    dash = next((t for t in reversed(tokens) if t.text in DASHES and _spaced(parse.text, t)), None)
    tail = tokens[-1].i - dash.i if dash is not None else 0
    root = next(t for t in tokens if t.head == t.i)
    if dash is None or not 0 < tail <= LONGEST_SOURCE or root.i > dash.i:
        return
    behind = parse.tokens[dash.i + 1 : tokens[-1].i + 1]
    top = next((t for t in behind if t.head <= dash.i or t.head > tokens[-1].i), None)
    before = [t for t in tokens if t.i < dash.i and t.head > dash.i]
    if top is None or not before:
        return
    heir = before[-1]
    host = parse.tokens[top.head]
    bare = (
        host.pos == "VERB" and heir.i > host.i and parse.kid(host.i, "dobj") is None and top.dep in ("npadvmod", "dep")
    )
    yield heir.i, replace(heir, dep="dobj" if bare else top.dep, head=top.head)
    for other in before[:-1]:
        yield other.i, replace(other, head=heir.i)
    yield top.i, replace(top, dep="parataxis", head=root.i)


def _spaced(text: str, dash: Token) -> bool:
    """Whether a dash stands between blanks."""
    return text[dash.start - 1 : dash.start].isspace() and text[dash.end : dash.end + 1].isspace()


def _verb_before(parse: Parse, noun: Token, classes: WordClasses) -> Iterator[tuple[int, Token]]:
    """ "North Korea fires missile toward sea": the plural behind a singular is the verb, what was taken for it its object."""
    if noun.tag not in ("VBP", "VB") or noun.i < 2 or parse.kid(noun.i, "dobj", "nsubj", "aux") is not None:
        return
    verb, subject = parse.tokens[noun.i - 1], parse.tokens[noun.i - 2]
    if verb.tag != "NNS" or verb.dep not in ("compound", "nsubj") or verb.lemma not in classes.headline_verbs:
        return
    if subject.tag not in SINGULAR or subject.head not in (verb.i, noun.i):
        return
    yield verb.i, replace(verb, pos="VERB", tag="VBZ", dep=noun.dep, head=verb.i if noun.head == noun.i else noun.head)
    yield noun.i, replace(noun, pos="NOUN", tag="NN", dep="dobj", head=verb.i)
    yield subject.i, replace(subject, dep="nsubj", head=verb.i)
    for kid in (*parse.kids(noun.i), *parse.kids(verb.i)):
        if kid.i not in (verb.i, subject.i):
            yield kid.i, replace(kid, head=subject.i if kid.i < subject.i else verb.i)

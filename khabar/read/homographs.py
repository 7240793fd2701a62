"""Headlines whose verb the parser takes for a noun: "Police plan raid on market", "Court orders release of editor".

In: a Parse and word classes (``headline_verbs``: verbs that are nouns too; ``plural_modifiers``: plurals that stand before
nouns all the same). Out: the tokens to change, so
that such a word is the verb, what stands before it the subject and the noun that it hung on the object. In a compound a
plural is rare before a noun: "police plan" and "court orders release" are, so read, no compounds. It cannot tell where both
readings are grammar ("Army plans", "Rebel attack plans"), and then leaves the noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.lexicon.classes import WordClasses
from khabar.read.tokens import FINITE, Parse, Sentence, Token

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
PLURAL = frozenset({"NNS", "NNPS"})


def headline_verb(parse: Parse, sentence: Sentence, classes: WordClasses) -> Iterator[tuple[int, Token]]:
    """The changes that make a verb of the noun in a headline without a finite verb."""
    tokens = parse.in_sentence(sentence)
    root = next((t for t in tokens if t.head == t.i), None)
    if not sentence.headline or root is None or root.tag not in NOUNS or any(t.tag in FINITE for t in tokens):
        return
    verb = next((t for t in tokens if _is_verb(parse, t, classes)), None)
    if verb is None:
        return
    subject, object_ = parse.tokens[verb.i - 1], parse.tokens[verb.head]
    top = object_ if object_.i == root.i else subject  # "Sudan: rebels free soldiers": under the word before the colon
    head = verb.i if top.head == top.i else top.head
    tag = "VBZ" if verb.tag in PLURAL else "VBP"
    yield verb.i, replace(verb, pos="VERB", tag=tag, dep="ROOT" if head == verb.i else "parataxis", head=head)
    yield subject.i, replace(subject, dep="nsubj", head=verb.i)
    yield object_.i, replace(object_, dep="dobj", head=verb.i)
    for token in tokens[: subject.i - sentence.first]:
        if token.head >= verb.i:
            yield token.i, replace(token, head=subject.i)


def _is_verb(parse: Parse, token: Token, classes: WordClasses) -> bool:
    """Whether a part of a compound is rather a verb: by its lemma, and because one of its neighbours is plural."""
    host = parse.tokens[token.head]
    below = host.head == host.i or host.head == token.i - 1
    first = token.i == parse.sentences[token.sent].first
    if (
        first
        or token.dep not in ("compound", "amod")
        or not (below and token.i < host.i)
        or token.tag not in (*NOUNS, "JJ")
    ):
        return False
    before = parse.tokens[token.i - 1]
    if token.lemma not in classes.headline_verbs or before.tag not in NOUNS or before.lower in classes.plural_modifiers:
        return False
    many = before.tag in PLURAL or before.lower in classes.plural_subjects
    return token.tag in PLURAL if not many else token.tag not in PLURAL

"""Twelve mistakes that the parser makes in news, repaired before any rule looks at the tree.

In: a Parse. Out: the same Parse with some heads and labels changed, or itself if nothing was wrong. Texts and offsets never
change. (1) "bandits had stolen cattle": a bare participle before a bare noun after "had" is a perfect, not possession.
(2) "The Saudi-led coalition bombed Hajjah.": a sentence whose root is a noun with a participle that has an object has
that participle as its verb. (3) the same with a finite past form. (4) "Some 900 policemen, Kurdish troops and volunteers":
an indefinite plural whose apposition is itself a list is the first of the list. (5) "Two attacks, claimed by X, killed Y":
a participle with an agent and no auxiliary is not the verb of its sentence if a finite one follows. (6) "said that the
general and his men discussed it with X": as (2), in a clause with "that". (7) "sanctions on army chief Karim last week": a
bare title right before a name is part of it, whatever that hangs on. (8) "The general massacred villagers.": a participle
before a noun "in apposition" to the root is the verb between them. (9) "A frigate opened fire on a boat.": so is one
between two nouns. (10) "Zambia legalised parties.": a subject that is taken for a verb is a name. (11) "27 officers and
about 80 civilians were hurt": two subjects joined by "and" are one list. (12) "men believed to be deserters fled": a
participle with an infinitive, before a verb without a subject, is said of it. Each holds only where no other verb claims
the place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import takewhile

from khabar.lexicon.entities import EntityWords
from khabar.read.tokens import FINITE, Parse, Sentence, Token, mended

Changes = dict[int, Token]
DEFINITE = frozenset({"the", "these", "those", "both", "all"})
LOOSE = frozenset({"dobj", "dative", "npadvmod", "nsubj", "appos", "dep"})
"""labels of a name that the parser could not place"""
LONGEST_NAME = 5
KEPT = frozenset({"det", "poss", "nummod"})


def repaired(parse: Parse, words: EntityWords) -> Parse:
    """The parse with its known mistakes undone."""
    changes: Changes = {}
    for sentence in parse.sentences:
        changes.update(_perfect(parse, sentence))
        changes.update(_headless(parse, sentence))
        changes.update(_squeezed(parse, sentence))
        changes.update(_named(parse, sentence))
        changes.update(_headless_clause(parse, sentence))
        changes.update(_apposed(parse, sentence))
        changes.update(_enumerated(parse, sentence))
        changes.update(_aside(parse, sentence))
        changes.update(_both(parse, sentence))
        changes.update(_believed(parse, sentence))
        changes.update(_entitled(parse, sentence, words))
    return mended(parse, changes)


def _perfect(parse: Parse, sentence: Sentence) -> Iterator[tuple[int, Token]]:
    """ "had stolen cattle": have + participle as modifier of a noun without determiner."""
    for have in parse.in_sentence(sentence):
        noun = parse.kid(have.i, "dobj") if have.lower in ("had", "have", "has") else None
        if noun is None or any(k.dep in KEPT for k in parse.kids(noun.i)):
            continue
        verb = parse.kid(noun.i, "amod")
        if verb is None or verb.tag not in ("VBN", "VBD") or verb.i != have.i + 1:
            continue
        head = verb.i if have.head == have.i else have.head
        yield verb.i, replace(verb, pos="VERB", dep=have.dep, head=head)
        yield have.i, replace(have, pos="AUX", dep="aux", head=verb.i)
        yield noun.i, replace(noun, head=verb.i)
        for kid in parse.kids(have.i):
            if kid.i != noun.i:
                yield kid.i, replace(kid, head=verb.i)


def _headless(parse: Parse, sentence: Sentence) -> Iterator[tuple[int, Token]]:
    """A root noun whose participle is the verb of the sentence."""
    tokens = parse.in_sentence(sentence)
    root = next((t for t in tokens if t.head == t.i), None)
    if root is None or root.pos not in ("NOUN", "PROPN") or sentence.headline or tokens[-1].text not in (".", "”", '"'):
        return
    verb = parse.kid(root.i, "acl") or _on_phrase(parse, root)
    if verb is None or verb.tag not in ("VBD", "VBN") or verb.i < root.i:
        return
    below = {k for part in (verb, *parse.kids(root.i, "relcl")) for k in parse.subtree(part.i)}
    if any(t.tag in FINITE and t.i not in below for t in tokens):
        return
    if verb.tag == "VBN" and parse.kid(verb.i, "dobj", "ccomp") is None:
        return
    yield verb.i, replace(verb, pos="VERB", tag="VBD", dep="ROOT", head=verb.i)
    yield root.i, replace(root, dep="nsubj", head=verb.i)
    for kid in parse.kids(root.i):
        if kid.i > verb.i:
            yield kid.i, replace(kid, head=verb.i)


def _on_phrase(parse: Parse, noun: Token) -> Token | None:
    """ "Two men on a motorcycle gunned down the candidate": the participle on a noun in a phrase of the root."""
    at: Token | None = noun
    while at is not None:
        link = parse.kid(at.i, "prep")
        at = parse.kid(link.i, "pobj") if link is not None else None
        verb = parse.kid(at.i, "acl") if at is not None else None
        if verb is not None and parse.kid(verb.i, "dobj") is not None and parse.kid(verb.i, "aux", "agent") is None:
            return verb
    return None


def _squeezed(parse: Parse, sentence: Sentence) -> Iterator[tuple[int, Token]]:
    """ "A frigate opened fire on a boat.", "Thai villagers sheltered families who had fled.": a participle before a root
    noun, with a bare noun right before it, is the verb of the two. In a phrase it would have a hyphen ("state-owned"); behind
    one it is a verb only if the sentence begins with a name, or an article follows ("Fiji test-fired missiles.").
    """
    tokens = parse.in_sentence(sentence)
    root = next((t for t in tokens if t.head == t.i), None)
    if root is None or root.pos not in ("NOUN", "PROPN") or sentence.headline or tokens[-1].text not in (".", "”", '"'):
        return
    verb = parse.kid(root.i, "amod")
    if verb is None or verb.tag not in ("VBN", "VBD") or verb.i == tokens[0].i:
        return
    aside = {k for clause in parse.kids(root.i, "relcl") for k in parse.subtree(clause.i)}
    subject = _before(parse, root, verb, tokens[0])
    if subject is None or any(t.tag in FINITE and t.i not in aside for t in tokens):
        return
    yield verb.i, replace(verb, pos="VERB", tag="VBD", dep="ROOT", head=verb.i)
    yield subject.i, replace(subject, dep="nsubj", head=verb.i)
    yield root.i, replace(root, dep="dobj", head=verb.i)
    for kid in parse.kids(root.i):
        if kid.i < subject.i:
            yield kid.i, replace(kid, head=subject.i)
        elif kid.i > root.i and kid.dep != "relcl":
            yield kid.i, replace(kid, head=verb.i)


def _before(parse: Parse, root: Token, verb: Token, first: Token) -> Token | None:
    """The noun that a participle before a root noun has as its subject, or None where the two are one phrase."""
    if parse.kid(verb.i, "punct") is None:
        noun = parse.tokens[verb.i - 1]
        return noun if noun.head in (root.i, verb.i) and noun.tag in ("NN", "NNS", "NNP", "NNPS") else None
    name = parse.kid(root.i, "compound")
    article = parse.kid(root.i, "det")
    late = article is not None and article.i > verb.i
    return name if name is not None and name.i == first.i and (late or name.tag == "NNP") else None


def _named(parse: Parse, sentence: Sentence) -> Iterator[tuple[int, Token]]:
    """A capital word tagged as a bare verb that is the subject of the verb behind it."""
    for token in parse.in_sentence(sentence):
        if token.tag == "VB" and token.dep == "nsubj" and token.head == token.i + 1 and token.text.istitle():
            yield token.i, replace(token, tag="NNP", pos="PROPN", lemma=token.text)


def _headless_clause(parse: Parse, sentence: Sentence) -> Iterator[tuple[int, Token]]:
    """A noun as the head of a clause with "that", with a past form behind it that no "by" makes a passive."""
    for noun in parse.in_sentence(sentence):
        if noun.dep != "ccomp" or noun.pos not in ("NOUN", "PROPN") or parse.kid(noun.i, "aux", "nsubj"):
            continue
        mark, verb = parse.kid(noun.i, "mark"), parse.kid(noun.i, "acl")
        if mark is None or verb is None or verb.tag not in ("VBD", "VBN") or parse.kid(verb.i, "agent"):
            continue
        yield verb.i, replace(verb, pos="VERB", tag="VBD", dep="ccomp", head=noun.head)
        yield noun.i, replace(noun, dep="nsubj", head=verb.i)
        for kid in parse.kids(noun.i):
            if kid.i == mark.i or kid.i > verb.i:
                yield kid.i, replace(kid, head=verb.i)


def _apposed(parse: Parse, sentence: Sentence) -> Iterator[tuple[int, Token]]:
    """A root noun, and its apposition with a participle in front: no verb else, so that is the verb."""
    tokens = parse.in_sentence(sentence)
    root = next((t for t in tokens if t.head == t.i), None)
    if root is None or root.pos not in ("NOUN", "PROPN") or sentence.headline or tokens[-1].text not in (".", "”", '"'):
        return
    noun = parse.kid(root.i, "appos")
    verb = parse.kid(noun.i, "amod") if noun is not None else None
    if noun is None or verb is None or verb.tag not in ("VBD", "VBN") or not root.i < verb.i < noun.i:
        return
    aside = {k for clause in parse.kids(root.i, "relcl") for k in parse.subtree(clause.i)}
    if verb.i != min(parse.subtree(noun.i)) or any(t.tag in FINITE and t.i not in aside for t in tokens):
        return
    yield verb.i, replace(verb, pos="VERB", tag="VBD", dep="ROOT", head=verb.i)
    yield root.i, replace(root, dep="nsubj", head=verb.i)
    yield noun.i, replace(noun, dep="dobj", head=verb.i)
    for kid in parse.kids(root.i):
        if kid.i > verb.i and kid.i != noun.i:
            yield kid.i, replace(kid, head=verb.i)


def _enumerated(parse: Parse, sentence: Sentence) -> Iterator[tuple[int, Token]]:
    """A bare plural after a comma, joined to others, "in apposition" to an indefinite plural: all are one list."""
    for noun in parse.in_sentence(sentence):
        head = parse.tokens[noun.head]
        if noun.dep != "appos" or noun.tag != "NNS" or head.tag != "NNS" or head.i > noun.i:
            continue
        closed = parse.kid(noun.i, "conj") is not None and not any(k.dep in ("det", "poss") for k in parse.kids(noun.i))
        definite = any(k.lower in DEFINITE or k.dep == "poss" for k in parse.kids(head.i, "det", "poss"))
        if closed and not definite and parse.kid(head.i, "conj", "cc") is None:
            yield noun.i, replace(noun, dep="conj")


def _both(parse: Parse, sentence: Sentence) -> Iterator[tuple[int, Token]]:
    """ "27 officers and about 80 civilians were hurt": of two subjects with "and" between them the second is joined."""
    for second in parse.in_sentence(sentence):
        if second.dep not in ("nsubj", "nsubjpass") or second.head < second.i:
            continue
        first = next(parse.kids(second.head, second.dep))
        joint = parse.kid(first.i, "cc")
        if joint is not None and joint.i < min(parse.subtree(second.i)) and parse.kid(first.i, "conj") is None:
            yield second.i, replace(second, dep="conj", head=first.i)


def _believed(parse: Parse, sentence: Sentence) -> Iterator[tuple[int, Token]]:
    """ "men believed to be deserters hurled stones": what is said of the men, who are the subject of the verb behind."""
    for token in parse.in_sentence(sentence):
        inner, who = parse.kid(token.i, "xcomp"), parse.kid(token.i, "nsubj")
        if (
            token.tag not in ("VBD", "VBN")
            or inner is None
            or who is None
            or parse.kid(token.i, "dobj", "mark", "cc", "aux")
        ):
            continue
        to = parse.kid(inner.i, "aux")
        verb = _verb_behind(parse, token, inner)
        if to is None or to.tag != "TO" or verb is None:
            continue
        yield token.i, replace(token, tag="VBN", dep="acl", head=who.i)
        yield who.i, replace(who, dep="nsubj", head=verb.i)
        below = verb.i == token.head
        if not below:
            yield verb.i, replace(verb, dep=token.dep, head=verb.i if token.head == token.i else token.head)
        for kid in parse.kids(token.i):
            if kid.i not in (who.i, inner.i, verb.i) and (kid.i < who.i or (not below and kid.i > verb.i)):
                yield kid.i, replace(kid, head=verb.i)


def _verb_behind(parse: Parse, participle: Token, inner: Token) -> Token | None:
    """The finite verb without a subject of its own that such a participle stands before, wherever the parser hung it."""
    above = parse.tokens[participle.head]
    nouns = (k for k in parse.kids(inner.i, "attr", "dobj") if k.i > inner.i)
    found = (above, *parse.kids(participle.i, "conj"), *(v for noun in nouns for v in parse.kids(noun.i, "acl")))
    for verb in found:
        if (
            verb.i > inner.i
            and verb.tag in ("VBD", "VBZ", "VBP")
            and parse.kid(verb.i, "nsubj", "nsubjpass", "aux") is None
        ):
            return verb if verb.dep != "acl" or parse.kid(verb.i, "dobj") is not None else None
    return None


def _aside(parse: Parse, sentence: Sentence) -> Iterator[tuple[int, Token]]:
    """A root participle with subject and agent but no auxiliary, and the finite verb conjoined to it by a comma."""
    tokens = parse.in_sentence(sentence)
    root = next((t for t in tokens if t.head == t.i), None)
    if root is None or root.tag != "VBN" or parse.kid(root.i, "aux", "auxpass", "cc") or not parse.kid(root.i, "agent"):
        return
    subject, verb = parse.kid(root.i, "nsubj"), parse.kid(root.i, "conj")
    if subject is None or verb is None or verb.tag not in ("VBD", "VBZ", "VBP") or parse.tokens[verb.i - 1].text != ",":
        return
    yield verb.i, replace(verb, dep="ROOT", head=verb.i)
    yield subject.i, replace(subject, head=verb.i)
    yield root.i, replace(root, dep="acl", head=subject.i)
    for kid in parse.kids(root.i, "punct"):
        if kid.i > verb.i:
            yield kid.i, replace(kid, head=verb.i)


def with_compounds(parse: Parse, words: Collection[str]) -> Parse:
    """The parse with the lemma "cease-fire" on the last part of such words, which the parser takes apart at the hyphen."""
    changes: Changes = {}
    for first, hyphen, last in zip(parse.tokens, parse.tokens[1:], parse.tokens[2:], strict=False):
        if hyphen.text == "-" and first.end == hyphen.start and hyphen.end == last.start:
            whole = next(
                (w for w in (f"{first.lower}-{last.lemma}", f"{first.lower}-{last.lower}") if w in words), None
            )
            if whole is not None:
                changes[last.i] = replace(last, lemma=whole)
    return mended(parse, changes)


def _entitled(parse: Parse, sentence: Sentence, words: EntityWords) -> Iterator[tuple[int, Token]]:
    """A title without an article, and the head of the name behind it hung on something else."""
    tokens = parse.tokens
    for title in parse.in_sentence(sentence):
        after = tokens[title.i + 1 : title.i + 1 + LONGEST_NAME]
        bare = (
            title.tag == "NN" and title.dep in ("pobj", "dobj") and not any(k.dep == "det" for k in parse.kids(title.i))
        )
        if (
            not bare
            or not after
            or after[0].tag != "NNP"
            or after[0].head == title.i
            or not words.is_title(title.lower)
        ):
            continue
        name = list(takewhile(lambda t: t.tag == "NNP", after))[-1]
        if (
            after[0].ent not in ("DATE", "TIME")
            and name.head != title.i
            and name.dep in LOOSE
            and parse.kid(name.i, "case") is None
        ):
            yield name.i, replace(name, dep=title.dep, head=title.head)
            yield title.i, replace(title, dep="compound", head=name.i)

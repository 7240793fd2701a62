"""Eleven mistakes that the parser makes around objects and complements, repaired before any rule looks at the tree.

In: a Parse and one token of it. Out: the tokens to change. (1) "gave the strikers two days to leave": a time that is
given is an object, and what it is given for its clause. (2) "denounced as reckless the flight of balloons": the noun
behind "as" and an adjective is what is called so. (3) "said no to the offer": the no is what is said. (4) "turned down
a United Nations offer": behind "a" and a name no plural verb stands, so that is a noun. (5) "set free nine sailors",
"shot dead two men": an adjective behind "set", or before a number, says what became of them. (6) "held nine people
captive in a bank", "pulled a boy alive from the sea": so does one right behind an object, and where that was hangs on
the verb. (7) "promised on Sunday to stop": what is promised is no purpose. (8) "heard shooting": it is heard, not done
by who hears. (9) "extend a strike that has kept ships waiting, rejecting an offer": behind a comma who votes rejects,
not the strike. (10) what stands before a semicolon is a sentence of its own. (11) "ruled out resigning": that is what
is ruled out. Words that it asks for stand in classes.yml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from khabar.lexicon.classes import WordClasses
from khabar.read.tokens import Parse, Token

Rule = Callable[[Parse, Token], Iterator[tuple[int, Token]]]


def object_rules(classes: WordClasses) -> dict[str, tuple[Rule, ...]]:
    """The rules by the label of the tokens that they can hold of, so that most words are asked nothing."""
    return {
        "npadvmod": (partial(_given, classes.giving),),
        "dobj": (_called, _set, partial(_left, classes.placing)),
        "intj": (_answered,),
        "ccomp": (partial(_offered, classes.one), _apart),
        "xcomp": (partial(_heard, classes.perceiving),),
        "advcl": (_rejecting, partial(_promised, classes.bound_to), partial(_ruled_out, classes.doing)),
    }


def _given(giving: frozenset[str], parse: Parse, time: Token) -> Iterator[tuple[int, Token]]:
    """ "gave the strikers two days to leave"."""
    verb = parse.tokens[time.head]
    if verb.lemma not in giving:
        return
    whom = parse.kid(verb.i, "dative", "dobj")
    clause = parse.kid(verb.i, "advcl", "xcomp", "ccomp") or parse.kid(time.i, "relcl", "acl")
    if whom is None or clause is None:
        return
    if not verb.i < whom.i < time.i < clause.i or parse.kid(clause.i, "aux") is None or clause.tag not in ("VB", "VBN"):
        return
    yield whom.i, replace(whom, dep="dative")
    yield time.i, replace(time, dep="dobj")
    yield clause.i, replace(clause, dep="xcomp", head=verb.i)


def _called(parse: Parse, noun: Token) -> Iterator[tuple[int, Token]]:
    """ "denounced as reckless the flight of balloons"."""
    word = parse.tokens[noun.head]
    link = parse.tokens[word.head]
    if word.tag == "JJ" and link.lower == "as" and word.i < noun.i and parse.tokens[link.head].pos == "VERB":
        yield noun.i, replace(noun, head=link.head)


def _set(parse: Parse, noun: Token) -> Iterator[tuple[int, Token]]:
    """ "set free nine sailors", "shot dead two men"."""
    verb = parse.tokens[noun.head]
    word = parse.kid(noun.i, "amod")
    if word is None or word.tag != "JJ" or word.i != verb.i + 1:
        return
    number = parse.kid(noun.i, "nummod", "det")
    if verb.lemma == "set" or (number is not None and number.i == word.i + 1):
        yield word.i, replace(word, dep="oprd", head=verb.i)


def _left(placing: frozenset[str], parse: Parse, noun: Token) -> Iterator[tuple[int, Token]]:
    """ "held nine people captive in a bank"."""
    verb, after = parse.tokens[noun.head], noun.i + 1
    word = parse.tokens[after] if after < len(parse.tokens) else noun
    if word.tag != "JJ" or word.head != verb.i or word.dep not in ("advcl", "oprd", "acomp"):
        return
    if parse.kid(word.i, "nsubj", "mark", "aux", "cop") is None:
        yield word.i, replace(word, dep="oprd")
        for kid in parse.kids(word.i, "prep"):
            if kid.lower in placing:
                yield kid.i, replace(kid, head=verb.i)


def _answered(parse: Parse, answer: Token) -> Iterator[tuple[int, Token]]:
    """ "said no to the offer"."""
    link = parse.tokens[answer.head]
    if link.dep == "prep" and link.i == answer.i + 1 and parse.tokens[link.head].pos == "VERB":
        yield answer.i, replace(answer, head=link.head)


def _offered(one: frozenset[str], parse: Parse, noun: Token) -> Iterator[tuple[int, Token]]:
    """ "turned down a United Nations offer to send observers"."""
    if noun.tag != "VBP":
        return
    name = parse.kid(noun.i, "nsubj")
    article = parse.kid(name.i, "det") if name is not None else None
    if (
        name is None
        or article is None
        or article.lower not in one
        or name.i + 1 != noun.i
        or not name.tag.startswith("NNP")
    ):
        return
    yield noun.i, replace(noun, pos="NOUN", tag="NN", dep="dobj")
    yield name.i, replace(name, dep="compound")
    yield article.i, replace(article, head=noun.i)
    for kid in parse.kids(noun.i, "xcomp"):
        yield kid.i, replace(kid, dep="acl")


def _promised(bound_to: frozenset[str], parse: Parse, clause: Token) -> Iterator[tuple[int, Token]]:
    """ "promised on Sunday to stop"."""
    verb, to = parse.tokens[clause.head], parse.kid(clause.i, "aux")
    if verb.lemma not in bound_to or to is None or to.tag != "TO" or clause.i < verb.i:
        return
    if parse.kid(verb.i, "ccomp", "xcomp", "dobj") is not None or parse.kid(clause.i, "mark", "nsubj") is not None:
        return
    if not any(t.text in (",", ";") for t in parse.tokens[verb.i : to.i]):
        yield clause.i, replace(clause, dep="xcomp")


def _heard(perceiving: frozenset[str], parse: Parse, gerund: Token) -> Iterator[tuple[int, Token]]:
    """ "they heard shooting for hours"."""
    verb = parse.tokens[gerund.head]
    if gerund.tag != "VBG" or verb.lemma not in perceiving or gerund.i != verb.i + 1:
        return
    if parse.kid(verb.i, "dobj", "nsubjpass", "auxpass") is None and parse.kid(gerund.i, "dobj") is None:
        yield gerund.i, replace(gerund, pos="NOUN", tag="NN", dep="dobj", lemma=gerund.lower)


def _rejecting(parse: Parse, participle: Token) -> Iterator[tuple[int, Token]]:
    """ "voted to extend a strike that has kept ships waiting, rejecting an offer"."""
    inner = parse.tokens[participle.head]
    if participle.tag != "VBG" or inner.dep != "relcl" or inner.i > participle.i:
        return
    opening = min(parse.subtree(inner.i))
    if parse.tokens[min(parse.subtree(participle.i)) - 1].text != "," or parse.tokens[opening - 1].text == ",":
        return
    main = parse.tokens[parse.tokens[inner.head].head]
    while main.dep in ("xcomp", "pobj", "prep") and main.head != main.i:
        main = parse.tokens[main.head]
    if main.pos == "VERB" and main.i < inner.i:
        yield participle.i, replace(participle, head=main.i)


def _apart(parse: Parse, verb: Token) -> Iterator[tuple[int, Token]]:
    """ "A clip showed it; the paper could not verify when it was filmed": two sentences."""
    head = parse.tokens[verb.head]
    if head.i < verb.i:
        return
    after = max(parse.subtree(verb.i)) + 1
    if parse.tokens[after].text == ";" and any(k.i > after for k in parse.kids(head.i, "nsubj", "nsubjpass", "expl")):
        yield verb.i, replace(verb, dep="parataxis")


def _ruled_out(doing: frozenset[str], parse: Parse, gerund: Token) -> Iterator[tuple[int, Token]]:
    """ "ruled out resigning": a gerund right behind such a verb or its particle is what it is about."""
    verb = parse.tokens[gerund.head]
    if gerund.tag != "VBG" or verb.lemma not in doing or gerund.i < verb.i:
        return
    before = parse.tokens[gerund.i - 1]
    if before.i == verb.i or (before.dep == "prt" and before.head == verb.i):
        yield gerund.i, replace(gerund, dep="xcomp")

"""Two mistakes that the parser makes around charges and verdicts, repaired with those of ``reported.py``.

In: a Parse and a token: the preposition before what somebody is charged with, or the verdict. Out: tokens with other heads
and labels. (1) "accused Chad of torture", "jailed for nine years for arson", "pleaded guilty to arson": the deed hangs on
the verb. (2) "found the colonel guilty": no clause. Words: ``charging``, ``punishing``, ``verdicts``, ``finding`` in
``lexicon/en/classes.yml``; deeds are the nouns of the trigger tables. Of "accused leaders of the coup" it leaves open who
is meant: behind an article a deed stays where the parser put it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.lexicon.classes import WordClasses
from khabar.lexicon.whole import Lexicon
from khabar.read.tokens import Parse, Token


def charged(lexicon: Lexicon, parse: Parse, link: Token) -> Iterator[tuple[int, Token]]:
    """What somebody is charged with is no part of who it was, of the term or of the verdict: "cleared the general of murder",
    "jailed for nine years for arson", "pleaded guilty to arson".
    """
    above = parse.tokens[link.head]
    deed = parse.kid(link.i, "pobj", "pcomp")
    if link.dep != "prep" or deed is None or link.i < above.i:
        return
    verb, classes = parse.tokens[above.head], lexicon.classes
    if link.lower == "on" and verb.lemma in classes.blaming and above.dep == "dobj":
        yield link.i, replace(link, head=verb.i)  # "blamed the raid on a gang"
    if above.dep in ("acomp", "oprd", "ccomp") and above.lower in classes.verdicts and verb.lemma in classes.finding:
        yield link.i, replace(link, head=verb.i)
    elif above.dep == "dobj" and link.lower == "of" and verb.lemma in classes.charging:
        bare = parse.kid(deed.i, "det", "poss") is None
        named = above.tag in ("NNP", "NNPS") and deed.tag in ("NN", "NNS")
        whole = deed.lemma in lexicon.deeds and parse.kid(deed.i, "prep") is not None  # "of the murder of a nun"
        if deed.dep == "pobj" and (whole or (bare and (named or deed.lemma in lexicon.deeds))):
            yield link.i, replace(link, head=verb.i)
    elif link.lower == "for" and above.dep == "pobj":
        top = parse.tokens[verb.head]
        if top.lemma in classes.punishing and (deed.dep == "pcomp" or deed.lemma in lexicon.deeds):
            yield link.i, replace(link, head=top.i)


def found_guilty(classes: WordClasses, parse: Parse, verdict: Token) -> Iterator[tuple[int, Token]]:
    """ "found the colonel guilty of arson": no clause, but somebody and what they are found to be."""
    verb = parse.tokens[verdict.head]
    if verdict.lower not in classes.verdicts or verb.lemma not in classes.finding or verdict.i < verb.i:
        return
    who = parse.kid(verdict.i, "nsubj") or parse.kid(verdict.i, "amod", "compound")
    if who is None or parse.kid(verdict.i, "cop", "aux", "mark") is not None:
        return
    yield verdict.i, replace(verdict, dep="oprd", pos="ADJ", tag="JJ")
    yield who.i, replace(who, dep="dobj", head=verb.i, pos="PROPN" if who.pos == "PROPN" else "NOUN")
    for kid in parse.kids(verdict.i, "det", "compound"):
        if kid.i < who.i:
            yield kid.i, replace(kid, head=who.i)

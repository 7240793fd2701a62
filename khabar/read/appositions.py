"""Appositions that the parser hung on the verb, hung on their names again: before any rule reads the parse.

In: a Parse. Out: the same, or one in which "X, a rival force allied to Y" after "took the depot from X" is an apposition of X
and no second object of the verb. The signs: the name ends right before the comma, the phrase begins right after it with an
article, the verb has an object already, and nothing joins the two to a list. A phrase without an article ("X, allies of Y")
stays where it is, since it may be a list.
"""

from __future__ import annotations

from dataclasses import replace

from khabar.read.tokens import Parse, Token, mended

ARTICLES = frozenset({"a", "an", "the"})
MISREAD = frozenset({"dobj", "attr", "appos", "conj", "oprd", "npadvmod", "dep"})
"""what the parser may take the apposition for"""


def with_appositions(parse: Parse) -> Parse:
    """The parse with such phrases on their names."""
    names = {t.i: name for t in parse.tokens if (name := _name_before(parse, t)) is not None}
    return mended(parse, {i: replace(parse.tokens[i], dep="appos", head=name) for i, name in names.items()})


def _name_before(parse: Parse, token: Token) -> int | None:
    """The head of the name that a misread apposition belongs to."""
    if token.dep not in MISREAD or token.tag not in ("NN", "NNS") or token.i < 4:
        return None
    article = parse.kid(token.i, "det")
    if article is None or article.lower not in ARTICLES or article.i < 2 or parse.tokens[article.i - 1].text != ",":
        return None
    name, above = parse.tokens[article.i - 2], parse.tokens[token.head]
    if (
        name.tag not in ("NNP", "NNPS")
        or name.sent != token.sent
        or above.i >= name.i
        or above.pos not in ("VERB", "AUX")
    ):
        return None
    head = _top(parse, name, above)
    if head is None or head == token.head or _listed(parse, token):
        return None
    return head if any(k.dep == "dobj" and k.i < article.i for k in parse.kids(above.i)) else None


def _top(parse: Parse, name: Token, verb: Token) -> int | None:
    """The head of the name's phrase under the verb's preposition; None if the name stands nowhere under the verb."""
    at = name
    while (over := _inside_name(parse, at)) is not None:
        at = over
    found, above = at.i, at
    for _ in range(6):
        if above.i == verb.i:
            return found if at.dep in ("pobj", "dobj", "dative") else None
        above = parse.tokens[above.head]
    return None


def _inside_name(parse: Parse, token: Token) -> Token | None:
    """The word of the same name that a word hangs on: "Farmers" on "Coalition" in "the Coalition of Free Farmers"."""
    above = parse.tokens[token.head]
    if above.i == token.i or token.dep in ("appos", "conj"):
        return None
    if above.lower == "of":
        above = parse.tokens[above.head]
    return above if above.tag in ("NNP", "NNPS") and above.i != token.i else None


def _listed(parse: Parse, token: Token) -> bool:
    """ "X, a banker and Y"."""
    last = max(parse.subtree(token.i))
    after = parse.tokens[last + 1].lower if last + 1 < len(parse.tokens) else ""
    return after in ("and", "or") or any(k.dep in ("cc", "conj") for k in parse.kids(token.i))

"""Commands: verbs without a subject that tell somebody to do something ("Open the gates", "Don't shoot", "Let them pass").

In: a parse and a token. Out: whether it is such a verb. What is commanded is not told to have happened: whoever speaks asks
for it, whoever is spoken to would do it (Huddleston & Pullum's imperatives; FactBank has them as Uu). It cannot tell a
command from a note that left out its subject ("Came home. Attack Thebes."), and takes the parser's word for the verb's form.
"""

from __future__ import annotations

from collections.abc import Collection

from khabar.read.tokens import Parse, Token

FORMS = frozenset({"VB", "VBP"})
OF_A_CLAUSE = frozenset({"nsubj", "csubj", "expl", "nsubjpass", "csubjpass", "auxpass", "mark"})
APART = frozenset({",", ":", ";", "-", "–", "—"})
"""marks between a verb of speech and the words that follow it"""
QUOTES = frozenset({'"', "'", "“", "‘", "”", "’"})
BEFORE = frozenset(
    {"advmod", "neg", "aux", "punct", "intj", "cc", "npadvmod", "prep", "advcl", "vocative", "meta", "dep"}
)
"""what may stand before a command in its clause"""
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "parataxis"})
"""where the parser hangs words that somebody is quoted with"""
COMMANDING_DO = frozenset({"do", "don't", "don’t"})


def is_imperative(parse: Parse, i: int, bare: Collection[str]) -> bool:
    """Whether the verb commands, by itself or as one of several; ``bare``: verbs that take an infinitive without "to"."""
    token = parse.tokens[i]
    if token.tag not in FORMS or token.lemma != token.lower or token.lemma == "be":
        return False
    kids = tuple(parse.kids(i))
    if any(k.dep in OF_A_CLAUSE for k in kids) or not all(_allows(k) for k in kids if k.dep == "aux"):
        return False
    if any(k.i < i and k.dep not in BEFORE for k in kids):
        return False
    if token.dep == "conj":
        return is_imperative(parse, token.head, bare)
    if token.dep == "ROOT":
        return True
    return token.dep in CLAUSES and _set_apart(parse, token, bare)


def _allows(aux: Token) -> bool:
    """ "don't shoot", "do come"."""
    return aux.lower in COMMANDING_DO


def _set_apart(parse: Parse, token: Token, bare: Collection[str]) -> bool:
    """A clause before its verb of speech, or behind a mark: not "helped rebuild the town", "helped 'rebuild' the town"."""
    if token.i < token.head:
        return True
    first = next((k for k in parse.subtree(token.i) if parse.tokens[k].text not in QUOTES), token.i)
    if _quoted(parse, token, first) and parse.tokens[token.head].lemma not in bare:
        return True
    while first > 0 and parse.tokens[first - 1].text in QUOTES:
        first -= 1
    return first > 0 and parse.tokens[first - 1].text in APART


def _quoted(parse: Parse, token: Token, first: int) -> bool:
    """ "shouted 'Release our sons!'": the quotation begins with the clause and holds more than its verb."""
    if first == 0 or parse.tokens[first - 1].text not in QUOTES:
        return False
    return token.i + 1 < len(parse.tokens) and parse.tokens[token.i + 1].text not in QUOTES

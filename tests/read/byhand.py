"""Parses written by hand, so that a rule can be tested without the parser.

One token is ``word|TAG|dep|head`` with the index of its head (the root's is its own), its lemma after a fifth bar where it
is not the word in lower case: ``jets|NNS|pobj|4|jet``. Tokens are separated by blanks, as they are in the text.
"""

from __future__ import annotations

from khabar.read.tokens import Parse, Sentence, Token, make_parse

POS = {"N": "NOUN", "V": "VERB", "J": "ADJ", "I": "ADP", "D": "DET", "P": "PRON", "W": "PRON", "M": "AUX", "R": "ADV"}
OWN_POS = {"NNP": "PROPN", "NNPS": "PROPN", "TO": "PART", "RP": "ADP", "CC": "CCONJ", "CD": "NUM", "POS": "PART"}


def by_hand(written: str) -> Parse:
    """The parse of one sentence."""
    rows = [word.split("|") for word in written.split()]
    text = " ".join(row[0] for row in rows)
    tokens, start = [], 0
    for i, (word, tag, dep, head, *lemma) in enumerate(rows):
        pos = "AUX" if dep in ("aux", "auxpass") and tag != "TO" else OWN_POS.get(tag) or POS.get(tag[0], "PUNCT")
        lemma_of = lemma[0] if lemma else word.lower()
        tokens.append(Token(i, word, lemma_of, tag, pos, dep, int(head), start, start + len(word), "", 0))
        start += len(word) + 1
    return make_parse(text, tuple(tokens), (Sentence(0, 0, len(tokens), 0, False),))

"""What somebody calls what others told: "which Kigali called fabricated", "described it as lies", "said it was true".

In: the ground. Out: drafts whose content is the noun or pronoun for what was told, of stance "deny" or "admit";
``replies.py`` finds what that was. The word of truth stands as predicate of a verb of calling, behind its "as", or behind a
copula in somebody's speech; with a "not" before it, it says nothing here. Words: ``untrue``, ``true`` and ``calling`` in
``lexicon/en/classes.yml``. Terms: PARC. "Called this a provocation" judges what happened, and denies nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.read.drafts import Draft, Ground
from khabar.read.tokens import Token

TRUTH = "called true or false"
"""the rule's name"""


def truth_drafts(ground: Ground) -> Iterator[Draft]:
    """All of a document, in order of the words of truth."""
    for word in ground.parse.tokens:
        if not _of_truth(ground, word):
            continue
        found = _called(ground, word) or _said(ground, word)
        if found is None or _negated(ground, word):
            continue
        cue, thing = found
        sources = ground.syntax.subject(cue.i)
        stance = "admit" if word.lower in ground.classes.true else "deny"
        if sources and thing is not None:
            yield Draft(
                cue=(cue.i, word.i) if cue.i != word.i else (cue.i,),
                lemma=cue.lemma,
                stance=stance,
                sources=sources,
                content=(ground.subtree(thing.i) - ground.subtree(cue.i)) or ground.subtree(thing.i),
                rule=TRUTH,
            )


def calls_true_or_false(ground: Ground, verb: int) -> bool:
    """Whether a verb of calling has a word of truth below it."""
    return ground.parse.tokens[verb].lemma in ground.classes.calling and any(
        _of_truth(ground, word) and (found := _called(ground, word)) is not None and found[0].i == verb
        for word in (ground.parse.tokens[i] for i in ground.parse.subtree(verb))
    )


def _of_truth(ground: Ground, word: Token) -> bool:
    """ "baseless", "lies", "accurate"."""
    classes = ground.classes
    return word.lemma in classes.untrue or word.lower in classes.untrue or word.lower in classes.true


def _called(ground: Ground, word: Token) -> tuple[Token, Token | None] | None:
    """ "called the claim baseless", "described the report as propaganda": the verb and what is called so."""
    parse = ground.parse
    above = parse.tokens[word.head]
    verb = parse.tokens[above.head] if word.dep == "pobj" and above.lower == "as" else above
    if verb.lemma not in ground.classes.calling or (
        verb is above and word.dep not in ("oprd", "attr", "acomp", "ccomp")
    ):
        return None
    thing = parse.kid(verb.i, "dobj", "nsubjpass") or parse.kid(word.i, "nsubj")
    if thing is None and verb.dep in ("relcl", "acl"):
        thing = parse.tokens[verb.head]
    return verb, thing


def _said(ground: Ground, word: Token) -> tuple[Token, Token | None] | None:
    """ "said the report was false": the verb of speech and what the copula's subject stands for."""
    parse = ground.parse
    copula = parse.tokens[word.head]
    said = parse.tokens[copula.head]
    told = word.dep in ("acomp", "attr") and copula.lemma == "be" and copula.dep == "ccomp" and copula.i > said.i
    if not told or ground.verb_cue(said.i) is None:
        return None
    return said, parse.kid(copula.i, "nsubj")


def _negated(ground: Ground, word: Token) -> bool:
    """A "not" on the word, its copula or its verb."""
    return any(ground.parse.kid(i, "neg") is not None for i in (word.i, word.head))

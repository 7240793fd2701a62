"""Formulas of news that claim nothing: how a source wants to be called, who could not be reached, what a thing is known as.

In: the ground and the token of a predicate. Out: whether it only belongs to such a formula: "an official, who asked not to
be named because he was not authorised to speak to the media", "spoke on condition of anonymity", "known as X", "a report
seen by X", "as expected", "could not be verified". Such words are predications, but no claims of their own. That
somebody did not comment is one.
"""

from __future__ import annotations

from khabar.read.drafts import Ground
from khabar.read.tokens import Token

UP = 3
"""verbs above the one that makes the formula: "was not authorised to speak" """


def is_formula(ground: Ground, i: int) -> bool:
    """Whether the predicate belongs to a formula."""
    token = ground.parse.tokens[i]
    named = _called(ground, token) or _seen_by(ground, token)
    named = named or _unverified(ground, token) or _close_to(ground, token) or _asking(ground, token)
    return named or _unnamed(ground, token) or _below_unnamed(ground, token) or _as_expected(ground, token)


def _called(ground: Ground, token: Token) -> bool:
    """ "the mission, known as M", "a man identified as X": a name, not a happening."""
    named = token.lemma in ground.words.naming and token.tag == "VBN" and token.dep in ("acl", "relcl")
    apart = token.i > 0 and ground.parse.tokens[token.i - 1].text == ","  # "The Post, an old paper, called X a crook"
    return named and any(k.lower == "as" or (k.dep == "oprd" and not apart) for k in ground.parse.kids(token.i))


def _unverified(ground: Ground, token: Token) -> bool:
    """ "a claim that could not be verified", "was unable to verify it independently": what the writer knows of a claim."""
    parse = ground.parse
    if token.lemma not in ground.classes.verifying:
        return False
    above = parse.tokens[token.head]
    failing = token.dep == "xcomp" and above.lemma in ground.classes.failing
    open_ = parse.kid(token.i, "neg") is not None and any(k.tag == "MD" for k in parse.kids(token.i, "aux"))
    about = [
        *parse.kids(token.i, "nsubjpass", "dobj"),
        *(k for v in (above,) if failing for k in parse.kids(v.i, "dobj")),
    ]
    return (failing or open_) and (not about or any(_tells(ground, k) for k in about))


def _tells(ground: Ground, token: Token) -> bool:
    """A pronoun, or a noun for a telling or a document."""
    told = ground.cues.get(token.lemma, "noun") is not None or token.lemma in ground.words.documents
    return told or token.pos in ("PRON", "DET") or token.lemma in ground.classes.tellings


def _close_to(ground: Ground, token: Token) -> bool:
    """ "a source close to the talks", "officials familiar with the matter": how a source is called."""
    noun = ground.parse.tokens[token.head]
    return (
        token.pos == "ADJ"
        and token.dep in ("amod", "acl", "relcl")
        and token.i > noun.i
        and noun.lemma in ground.words.anonymous
    )


def _asking(ground: Ground, token: Token) -> bool:
    """ "did not answer calls seeking comment": how somebody was asked."""
    asked = token.tag == "VBG" and token.dep == "acl" and token.lemma in ("seek", "request")
    return asked and any(k.lemma == "comment" for k in ground.parse.kids(token.i, "dobj"))


def _as_expected(ground: Ground, token: Token) -> bool:
    """ "as expected, the court freed him", "as feared": how the rest came, nobody's act."""
    mark = ground.parse.kid(token.i, "mark", "prep")
    bare = token.tag == "VBN" and token.dep == "advcl" and not ground.parse.kid(token.i, "nsubj", "nsubjpass", "dobj")
    return bare and mark is not None and mark.lower == "as" and mark.i == token.i - 1


def _seen_by(ground: Ground, token: Token) -> bool:
    """ "a leaked report seen by X", "a letter obtained by X"."""
    above, classes = ground.parse.tokens[token.head], ground.classes
    shown = token.lemma in classes.viewing and token.tag == "VBN" and token.dep == "acl"
    return shown and above.lemma in ground.words.documents and ground.parse.kid(token.i, "agent") is not None


def _unnamed(ground: Ground, token: Token) -> bool:
    """The verb that withholds a name, what is asked for with it, and speaking under the condition."""
    parse, classes = ground.parse, ground.classes
    if token.lemma in classes.withholding and token.tag == "VBN":
        told = parse.kid(token.i, "xcomp")
        of_speech = told is None or told.lemma in classes.speaking
        return of_speech and (parse.kid(token.i, "neg") is not None or _refused(ground, token))
    if token.lemma in classes.concealing and (name := parse.kid(token.i, "nsubjpass", "dobj")) is not None:
        return name.lemma in classes.names_withheld  # "asked that his name be withheld"
    inner = parse.kid(token.i, "xcomp", "ccomp")
    if inner is not None and inner.lemma in classes.withholding | classes.concealing and _unnamed(ground, inner):
        return True
    terms = [t for p in parse.kids(token.i, "prep") if p.lower in ("on", "under") for t in parse.kids(p.i, "pobj")]
    return any(
        k.lemma in classes.anonymity
        for t in terms
        for k in (t, *(o for of in parse.kids(t.i, "prep") for o in parse.kids(of.i, "pobj")))
    )


def _refused(ground: Ground, token: Token) -> bool:
    """ "declined to be identified", "refused to be named"."""
    return ground.parse.tokens[token.head].lemma in ground.classes.refusing


def _below_unnamed(ground: Ground, token: Token) -> bool:
    """ "because he was not authorised to speak": what the withheld name explains."""
    at = token
    for _ in range(UP):
        if at.dep not in ("xcomp", "advcl") or at.head == at.i:
            return False
        at = ground.parse.tokens[at.head]
        if _unnamed(ground, at):
            return True
    return False

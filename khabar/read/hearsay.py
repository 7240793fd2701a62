"""Cues that are no verbs: "according to X", "allegedly", "the alleged plot", "claims that …", "citing X".

In: a token of a parse. Out: drafts. A noun cue without a source of its own under a verb that judges it ("denied claims
that …") lends its clause to the verb and is no voice of its own; a noun that is evidence ("there are indications that")
is a hedge of the speaker, not a source (``commitment.py`` reads it).
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.lexicon.cues import Cue
from khabar.read.drafts import DASHES, Draft, Ground
from khabar.read.headlines import mark_drafts, speaks
from khabar.read.syntax import SUBJECTS, is_passive
from khabar.read.tokens import Token

EVIDENCE = frozenset({"believe", "suspect", "show", "fear", "predict", "doubt", "plan", "ask", "know"})
UNNAMED = frozenset({"hearsay", "allege", "suspect", "believe"})
MERGING = frozenset({"deny", "doubt", "judge", "allege", "admit"})


def other_drafts(ground: Ground, i: int) -> Iterator[Draft]:
    """The attributions whose cue is the preposition, adverb, adjective or noun at token i."""
    token = ground.parse.tokens[i]
    if token.dep in ("prep", "pcomp", "advmod", "mark", "ROOT") and (cue := ground.cues.get(token.lower, "prep")):
        yield from _according(ground, token, cue)
    elif token.pos == "ADV" and (cue := ground.cues.get(token.lower, "adv")):
        yield from _adverb(ground, token, cue)
    elif token.dep == "amod" and (cue := _told(ground, token)) is not None:
        content = ground.subtree(token.head) - ground.subtree(i)
        yield Draft(cue=(i,), lemma=cue.lemma, stance=cue.stance, sources=(), content=content, rule="adjective")
    elif (
        token.pos in ("NOUN", "PROPN") and (cue := ground.cues.get(token.lemma, "noun")) and not _purpose(ground, token)
    ):
        yield from _noun(ground, token, cue)
    elif (token.dep == "acomp" or _convinced(ground, token)) and (
        cue := ground.cues.get(token.lower, "adj")
    ) is not None:
        yield from _copular(ground, token, cue)
    elif token.text == ":" or token.text in DASHES:
        yield from mark_drafts(ground, token)


def _copular(ground: Ground, token: Token, cue: Cue) -> Iterator[Draft]:
    """ "is convinced that S", "are afraid of being arrested", "is unsure whether S": the subject of the copula holds it.

    What somebody is glad or aware of is presupposed: there the writer speaks.
    """
    copula = token if token.dep != "acomp" else ground.parse.tokens[token.head]
    slot = "obj" if copula is token else "subj"
    sources = tuple(s for s in ground.syntax.slots(copula.i).get(slot, ()) if _holds(ground, s))
    if cue.source != "subject" or cue.stance == "know" or copula.pos not in ("VERB", "AUX") or not sources:
        return
    content = _of_adjective(ground, token, cue)
    if content:
        content, words = content - {copula.i}, tuple(dict.fromkeys((copula.i, token.i)))
        yield Draft(cue=words, lemma=cue.lemma, stance=cue.stance, sources=sources, content=content, rule="copula")


def _convinced(ground: Ground, token: Token) -> bool:
    """ "were convinced", taken for a passive without an agent."""
    parse = ground.parse
    return token.tag == "VBN" and parse.kid(token.i, "auxpass") is not None and parse.kid(token.i, "agent") is None


def _holds(ground: Ground, i: int) -> bool:
    """Whether a subject can be convinced or afraid: somebody, or a pronoun that is not empty."""
    token = ground.parse.tokens[i]
    return token.dep != "expl" and (speaks(ground, i) or token.lower in ("many", "some", "others", "few"))


def _of_adjective(ground: Ground, token: Token, cue: Cue) -> frozenset[int]:
    """The clause or the gerund that an adjective is about, hung on it or on its copula."""
    parse = ground.parse
    for host in dict.fromkeys((token.i, token.head if token.dep == "acomp" else token.i)):
        for kid in parse.kids(host, "ccomp", "xcomp", "advcl"):
            mark = parse.kid(kid.i, "mark")
            word = mark.lower if mark is not None else ""
            if kid.i < token.i or (host != token.i and word not in ("that", "whether", "if")):
                continue
            infinitive = any(k.tag == "TO" for k in parse.kids(kid.i, "aux"))
            frame = "to" if infinitive else "wh" if word in ("whether", "if") else "clause"
            if frame in cue.frames:
                return ground.subtree(kid.i)
    for kid in parse.kids(token.i, "prep"):
        target = parse.kid(kid.i, "pcomp", "pobj") if kid.lower in cue.frames and kid.lower == "of" else None
        doing = target is not None and any(k.tag == "VBG" for k in parse.kids(target.i, "acl"))
        if target is not None and (target.dep == "pcomp" or doing or ground.is_event(target.i)):
            return ground.subtree(target.i)
    return frozenset()


def _purpose(ground: Ground, token: Token) -> bool:
    """ "in order to": the noun is part of a conjunction."""
    before = ground.parse.tokens[token.i - 1].lower if token.i else ""
    return before == "in" and token.lower == "order"


def _told(ground: Ground, token: Token) -> Cue | None:
    """An adjective by which somebody unnamed says so ("alleged"); "planned" and "likely" are hedges of the speaker."""
    cue = ground.cues.get(token.lower, "adj") or ground.cues.get(token.lemma, "adj")
    return cue if cue is not None and cue.stance in UNNAMED else None


def _according(ground: Ground, token: Token, cue: Cue) -> Iterator[Draft]:
    """ "according to X, S" and "S, according to X": the whole sentence but the phrase, unless a clause fences it in."""
    phrase = ground.subtree(token.i)
    sources = ground.syntax.slots(token.i).get("to", ()) or tuple(
        p.i for p in ground.parse.kids(token.i, "pobj") if cue.source != "none"
    )
    if not sources:
        return
    sentence = ground.sentence(token.i)
    after = [t.lower for t in ground.parse.tokens[max(phrase) + 1 : max(phrase) + 3] if t.text != ","]
    edge = min(phrase) - 1 <= min(sentence) or max(phrase) + 2 >= max(sentence)
    before = after[:1] == ["that"]  # "he said, according to X, that S": X tells of his saying
    content = sentence if edge or before or token.dep == "ROOT" else ground.subtree(ground.parse.tokens[token.head].i)
    cue_tokens = (token.i, *(k.i for k in ground.parse.kids(token.i, "prep")))
    yield Draft(
        cue=cue_tokens,
        lemma=cue.lemma,
        stance=cue.stance,
        sources=sources,
        content=content - phrase,
        rule="according to",
    )


def _adverb(ground: Ground, token: Token, cue: Cue) -> Iterator[Draft]:
    """ "allegedly", "reportedly": the predicate that it modifies, with its arguments."""
    content = ground.subtree(token.head) - {token.i}
    yield Draft(cue=(token.i,), lemma=cue.lemma, stance=cue.stance, sources=(), content=content, rule="adverb")


def noun_clause(ground: Ground, i: int, cue: Cue) -> frozenset[int]:
    """The content of a noun cue: "the claim that S", "his vow to fight", "accusations of bombing"."""
    parse = ground.parse
    for kid in parse.kids(i, "acl", "relcl", "ccomp", "appos"):
        mark = next((k for k in parse.kids(kid.i) if k.lower == "that"), None)
        subjects = len(list(parse.kids(kid.i, *SUBJECTS, "nsubjpass")))
        things = [
            k for k in parse.kids(kid.i, "dobj", "prep") if k.lower != "as"
        ]  # "a report that X dismissed as false"
        gap = mark is not None and mark.dep in ("dobj", "pobj") and things == [mark]
        gap = gap and (parse.tokens[i].lemma not in ground.classes.tellings or kid.lemma in ground.classes.handling)
        whole = mark is not None and (mark.dep == "mark" or subjects > 1 or (mark.dep != "nsubj" and not gap))
        bare = mark is None and kid.dep in ("acl", "ccomp") and any(k.tag == "TO" for k in parse.kids(kid.i, "aux"))
        if whole and "clause" in cue.frames:
            return ground.subtree(kid.i)
        if bare and "to" in cue.frames:
            return ground.subtree(kid.i)
    for kid in parse.kids(i, "prep"):
        target = parse.kid(kid.i, "pcomp", "pobj") if kid.lower in cue.frames else None
        doing = target is not None and any(k.tag == "VBG" for k in parse.kids(target.i, "acl"))
        if target is not None and (target.dep == "pcomp" or doing or ground.is_event(target.i)):
            return ground.subtree(target.i)
    return frozenset()


def _noun(ground: Ground, token: Token, cue: Cue) -> Iterator[Draft]:
    content = noun_clause(ground, token.i, cue) or _predicated(ground, token, cue) or _tried(ground, token, cue)
    if not content:
        return
    slots = ground.syntax.slots(token.i)
    named = slots.get("poss") or slots.get("by") or slots.get("from") or slots.get("subj") or ()
    sources = tuple(s for s in named if s not in content and speaks(ground, s))
    document = token.lemma in ground.words.documents
    if not sources and not document and (cue.stance in EVIDENCE or _judged(ground, token)):
        return
    if not sources and document and not _judged(ground, token):
        sources = (token.i,)
    elif not sources and _judged(ground, token):
        return
    yield Draft(cue=(token.i,), lemma=cue.lemma, stance=cue.stance, sources=sources, content=content, rule="noun")


def _tried(ground: Ground, token: Token, cue: Cue) -> frozenset[int]:
    """ "were put on trial for attacking an officer": the deed hangs on the verb that the noun stands under."""
    parse, above = ground.parse, ground.parse.tokens[token.head]
    if cue.stance != "allege" or "for" not in cue.frames or token.dep not in ("pobj", "dobj"):
        return frozenset()
    verb = above if token.dep == "dobj" else parse.tokens[above.head]
    for kid in parse.kids(verb.i, "prep"):
        target = parse.kid(kid.i, "pcomp", "pobj") if kid.lower == "for" and kid.i > token.i else None
        if target is not None and (target.dep == "pcomp" or ground.is_event(target.i)):
            return ground.subtree(target.i)
    return frozenset()


def _predicated(ground: Ground, token: Token, cue: Cue) -> frozenset[int]:
    """ "Word spread that S", "Rumour has it that S": the noun is the subject, the clause hangs on the verb."""
    if token.dep not in ("nsubj", "nsubjpass") or "clause" not in cue.frames or ground.verb_cue(token.head):
        return frozenset()
    for kid in ground.parse.kids(token.head, "prep"):  # "word has come of a raid"
        target = ground.parse.kid(kid.i, "pobj") if kid.lower in cue.frames and cue.stance == "hearsay" else None
        if target is not None and ground.is_event(target.i):
            return ground.subtree(target.i)
    reached = [k for o in ground.parse.kids(token.head, "dobj") for k in ground.parse.kids(o.i, "relcl", "acl")]
    for kid in (*ground.parse.kids(token.head, "ccomp", "advcl", "acl"), *reached):  # "word reached the coast that S"
        mark = ground.parse.kid(kid.i, "mark")
        if mark is not None and mark.lower == "that":
            return ground.subtree(kid.i)
    return frozenset()


def _judged(ground: Ground, noun: Token) -> bool:
    """Whether the noun is what a denying, doubting or judging verb is about."""
    head = ground.parse.tokens[noun.head]
    cue = ground.verb_cue(head.i) if noun.dep in ("dobj", "nsubjpass", "pobj") else None
    return cue is not None and cue.stance_in("object") in MERGING


def citing_drafts(ground: Ground, i: int, cue: Cue) -> Iterator[Draft]:
    """ "citing X", "which quoted X": X is the source of what the citing verb's governor reports."""
    token = ground.parse.tokens[i]
    sources = tuple(s for s in ground.syntax.slots(i).get("obj", ()) if speaks(ground, s))
    governor = _governor(ground, token)
    if not sources or governor is None or is_passive(ground.parse, i):
        return
    own = ground.subtree(i)
    teller = ground.verb_cue(governor)
    content = ground.subtree(governor) - own
    under = governor if teller is not None else None
    yield Draft(
        cue=(i,), lemma=cue.lemma, stance=cue.stance, sources=sources, content=content, rule="citing", under=under
    )


def quoted_drafts(ground: Ground, draft: Draft) -> Iterator[Draft]:
    """ "according to officials quoted by the agency": the agency stands above what the officials say."""
    parse = ground.parse
    for source in draft.sources:
        for verb in parse.kids(source, "acl"):
            cue = ground.verb_cue(verb.i)
            tellers = ground.syntax.slots(verb.i).get("subj", ()) if is_passive(parse, verb.i) else ()
            if cue is not None and "as" in cue.frames and cue.source == "object" and tellers:
                told = draft.content | set(draft.cue) | {source}
                yield Draft(
                    cue=(verb.i,), lemma=cue.lemma, stance=cue.stance, sources=tellers, content=told, rule="citing"
                )


def _governor(ground: Ground, token: Token) -> int | None:
    """The verb whose report rests on what is cited: through a participle, or a relative clause on its subject."""
    parse, head = ground.parse, ground.parse.tokens[token.head]
    if token.dep in ("advcl", "conj", "xcomp", "prep") and head.i != token.i and head.pos in ("VERB", "AUX"):
        return head.i
    if token.dep in ("relcl", "acl") and head.dep in ("nsubj", "nsubjpass", "pobj"):
        verb = parse.tokens[head.head]
        return verb.i if verb.pos in ("VERB", "AUX") else None
    return None

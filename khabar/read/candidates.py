"""What might be an attribution: cues with every stretch that could be their content and everybody who could be their source.

In: the ground and the drafts of the rules. Out: one ``Opening`` for each verb, each noun, adjective and preposition of the
cue lexicon, and each draft; ``Variant``s of its content and source are sets of tokens with the construction that they come
from. Nothing is decided here: ``weighing.py`` does that with a trained model. Many variants are wrong on purpose (recall
before precision). What it cannot propose: cues that are nouns or phrases outside the lexicon ("much to the chagrin of").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from khabar.read.drafts import Draft, Ground
from khabar.read.phrases import OUTSIDE_PHRASE
from khabar.read.quotes import quote_at
from khabar.read.sources import OUTSIDE_SOURCE
from khabar.read.tokens import Token

CLAUSES = ("ccomp", "xcomp", "advcl", "acl", "relcl")
THINGS = ("dobj", "attr", "oprd", "acomp", "dative", "nsubjpass")
AFTER = frozenset(
    {"npadvmod", "advmod", "punct", "nsubj", "aux", "auxpass", "neg", "agent", "prt", "cc", "conj", "parataxis"}
)
LOOSE = frozenset({"advcl", "relcl", "npadvmod", "parataxis"})
CUE_POS = (("noun", ("NOUN", "PROPN")), ("adj", ("ADJ",)), ("adv", ("ADV",)), ("prep", ("ADP", "VERB", "SCONJ", "ADV")))
OPEN = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV", "ADP", "SCONJ"})
FAR_SUBJECT = 12


@dataclass(frozen=True, slots=True)
class Variant:
    """A stretch that may fill a role, and the construction that proposes it."""

    kind: str
    tokens: frozenset[int]


@dataclass(frozen=True, slots=True)
class Opening:
    """A cue, maybe: what the lexicon and the rules say of the token."""

    cue: int
    lexical: str
    """part of speech under which the lexicon knows the cue; "" = it does not"""
    stance: str
    draft: Draft | None
    held: str
    """whether a draft of the rules has the cue in its content, and whether that one is a verb's"""


def openings(ground: Ground, drafts: Sequence[Draft]) -> Iterator[Opening]:
    """All tokens of a document that might be cues, in order."""
    by_cue = {d.cue[0]: d for d in reversed(drafts) if d.under is None}
    held = {k: d.rule.partition("/")[0] for d in drafts for k in d.content}
    for token in ground.parse.tokens:
        draft = by_cue.get(token.i)
        if draft is None and token.pos not in OPEN:
            continue
        lexical, stance = _known(ground, token)
        if draft is not None or lexical or _verbal(token):
            stance = draft.stance if draft is not None else stance
            yield Opening(token.i, lexical, stance, draft, held.get(token.i, ""))


def contents(ground: Ground, opening: Opening) -> tuple[Variant, ...]:
    """What a cue might report."""
    token = ground.parse.tokens[opening.cue]
    return tuple(v for v in _distinct(_contents(ground, token, opening.draft)) if v.tokens)


def sources(ground: Ground, opening: Opening) -> tuple[Variant, ...]:
    """Who a cue might belong to; nobody is always among them."""
    return tuple(_distinct(_sources(ground, ground.parse.tokens[opening.cue], opening.draft)))


def _verbal(token: Token) -> bool:
    """A full verb, or a participle before a noun."""
    return token.pos == "VERB" or (token.tag.startswith("VB") and token.pos != "AUX")


def _known(ground: Ground, token: Token) -> tuple[str, str]:
    """Part of speech and stance of the lexicon's cue at a token."""
    verb = ground.verb_cue(token.i)
    if verb is not None:
        return "verb", verb.stance
    for pos, tags in CUE_POS:
        cue = (ground.cues.get(token.lemma, pos) or ground.cues.get(token.lower, pos)) if token.pos in tags else None
        if cue is not None:
            return pos, cue.stance
    return "", ""


def _distinct(found: Iterable[Variant]) -> Iterator[Variant]:
    """The first variant of each set of tokens."""
    seen: set[frozenset[int]] = set()
    for variant in found:
        if variant.tokens not in seen:
            seen.add(variant.tokens)
            yield variant


# -- content ------------------------------------------------------------------------------------------------------------


def _contents(ground: Ground, token: Token, draft: Draft | None) -> Iterator[Variant]:
    """Contents, the rules' own first."""
    own = _cue_clause(ground, token)
    if draft is not None:
        yield Variant("rule", draft.content)
        short = _first_stretch(ground, draft.content)
        yield Variant("rule first", short)
        yield Variant("rule tight", _tight(ground, short))
    for kind, tokens in _complements(ground, token):
        kept = tokens - {token.i}
        if kept:
            yield Variant(kind, kept)
    yield from _around(ground, token, own)


def _complements(ground: Ground, token: Token) -> Iterator[tuple[str, frozenset[int]]]:
    """Clauses, things and prepositional phrases that hang on the cue."""
    parse = ground.parse
    for kid in parse.kids(token.i):
        if kid.dep in CLAUSES:
            whole = ground.subtree(kid.i)
            yield kid.dep, whole
            yield f"{kid.dep} tight", _tight(ground, whole)
        elif kid.dep in THINGS:
            yield kid.dep, ground.subtree(kid.i)
            yield f"{kid.dep} bare", frozenset(parse.subtree(kid.i, LOOSE))
        elif kid.dep in ("prep", "agent"):
            whole = ground.subtree(kid.i)
            yield kid.dep, whole
            yield f"{kid.dep} inner", whole - {kid.i}
        elif kid.dep == "prt":
            for prep in parse.kids(kid.i, "prep"):
                yield "prep inner", ground.subtree(prep.i) - {prep.i}
    for thing in parse.kids(token.i, "dobj"):
        for prep in parse.kids(thing.i, "prep"):
            yield "dobj prep inner", ground.subtree(prep.i) - {prep.i}
        for clause in parse.kids(thing.i, "acl", "relcl", "ccomp"):
            yield "dobj clause", ground.subtree(clause.i)
    if token.dep in ("acl", "relcl", "amod"):
        head = parse.tokens[token.head]
        yield "head phrase", frozenset(parse.subtree(head.i)) - ground.subtree(token.i)


def _around(ground: Ground, token: Token, own: frozenset[int]) -> Iterator[Variant]:
    """What stands before, behind and around the cue clause, and quotations."""
    parse = ground.parse
    sentence = parse.sentences[token.sent]
    after = frozenset(
        k for kid in parse.kids(token.i) if kid.i > token.i and kid.dep not in AFTER for k in parse.subtree(kid.i)
    )
    if after:
        yield Variant("all after", after)
        yield Variant("all after tight", _tight(ground, after))
    quoted = _quoted(ground, token)
    if quoted:
        yield Variant("quotes", quoted)
        for closer in parse.kids(token.i):
            part = quoted & ground.subtree(closer.i)
            if part and part != quoted:
                yield Variant("quote part", part)
    first = min(own) if own else token.i
    if sentence.first < first - 1:
        yield Variant("all before", frozenset(range(sentence.first, first)))
    if token.dep in ("parataxis", "ccomp", "advcl", "dep") and token.head != token.i:
        yield Variant("governor", ground.subtree(token.head) - own - ground.subtree(token.i))
    if own and max(own) + 1 < sentence.last:
        yield Variant("rest", frozenset(range(sentence.first, sentence.last)) - own - {token.i})
    if any(parse.tokens[k].text == ":" for k in range(token.i, min(token.i + FAR_SUBJECT, sentence.last))):
        colon = next(k for k in range(token.i, sentence.last) if parse.tokens[k].text == ":")
        yield Variant("after colon", frozenset(range(colon + 1, sentence.last)))


def _cue_clause(ground: Ground, token: Token) -> frozenset[int]:
    """The cue with its subject, auxiliaries, adverbs, times and hearers."""
    parse, out = ground.parse, {token.i}
    for kid in parse.kids(token.i):
        if kid.dep in ("nsubj", "aux", "auxpass", "neg", "advmod", "npadvmod", "prt", "dative", "agent"):
            out |= ground.subtree(kid.i)
    return frozenset(out)


def _quoted(ground: Ground, token: Token) -> frozenset[int]:
    """Words of the sentence between marks, the cue's own quotation apart."""
    words = ground.quoted & ground.sentence(token.i)
    own = quote_at(ground.quotes, token.start) if token.i in words else None
    return (
        words if own is None else frozenset(k for k in words if not own.start <= ground.parse.tokens[k].start < own.end)
    )


def _first_stretch(ground: Ground, content: frozenset[int]) -> frozenset[int]:
    """The first sentence's part of a content."""
    if not content:
        return content
    sent = ground.parse.tokens[min(content)].sent
    return frozenset(k for k in content if ground.parse.tokens[k].sent == sent)


def _tight(ground: Ground, content: frozenset[int]) -> frozenset[int]:
    """A content without what a comma sets off at its end: a comment, an adjunct, another clause."""
    parse = ground.parse
    for k in sorted(content):
        token = parse.tokens[k]
        if token.dep in ("advcl", "relcl", "conj", "prep", "acl", "appos") and token.head in content and token.head < k:
            inner = ground.subtree(k)
            start = min(inner)
            if start > 0 and parse.tokens[start - 1].text in (",", "—", "–", "--") and start > min(content) + 1:
                return frozenset(j for j in content if j < start - 1)
    return content


# -- sources ------------------------------------------------------------------------------------------------------------


def _sources(ground: Ground, token: Token, draft: Draft | None) -> Iterator[Variant]:
    """Sources; the empty one always among them."""
    if draft is not None:
        whole = frozenset(k for s in draft.sources for k in noun_phrase(ground, s))
        yield Variant("rule", whole)
    parse, seen = ground.parse, set[int]()
    for kid in parse.kids(token.i, "nsubj", "nsubjpass", "poss", "agent", "dobj", "prep"):
        label = f"{kid.dep} {kid.lower}" if kid.dep == "prep" else kid.dep
        heads = [kid.i] if kid.dep not in ("agent", "prep") else [p.i for p in parse.kids(kid.i, "pobj")]
        seen.update(heads)
        for head in heads:
            yield from _phrases(ground, label, head)
    for slot in ("subj", "poss"):
        for head in ground.syntax.slots(token.i).get(slot, ()):
            if head not in seen:
                yield from _phrases(ground, f"slot {slot}", head)
    governor = parse.tokens[token.head]
    if token.dep in ("dobj", "pobj", "attr", "xcomp", "advcl", "conj", "nsubjpass", "pcomp", "acl", "amod"):
        yield from _governors(ground, governor)
    yield Variant("none", frozenset())


def _governors(ground: Ground, governor: Token) -> Iterator[Variant]:
    """Subjects and possessors one and two words up."""
    at = governor
    for step in (1, 2):
        for kid in ground.parse.kids(at.i, "nsubj", "nsubjpass", "poss"):
            yield from _phrases(ground, f"up{step} {kid.dep}", kid.i)
        at = ground.parse.tokens[at.head]


def _phrases(ground: Ground, label: str, head: int) -> Iterator[Variant]:
    """A head's phrase, long and short, and alone what a relative pronoun stands for."""
    yield Variant(label, noun_phrase(ground, head))
    yield Variant(f"{label} whole", frozenset(ground.parse.subtree(head)))
    yield Variant(f"{label} bare", _joined(ground, head, OUTSIDE_PHRASE))
    listed = list(ground.parse.kids(head, "conj"))
    if listed:
        yield Variant(f"{label} pair", _joined(ground, head, frozenset({"relcl", "appos", "advcl"})))


def noun_phrase(ground: Ground, head: int) -> frozenset[int]:
    """The phrase of a source as ``sources.source_phrase`` cuts it."""
    return _joined(ground, head, OUTSIDE_SOURCE)


def _joined(ground: Ground, head: int, without: frozenset[str]) -> frozenset[int]:
    """The stretch of a head's subtree that touches it, without some dependents."""
    wanted = ground.parse.subtree(head, without)
    runs = [[k for _, k in run] for _, run in groupby(enumerate(wanted), key=lambda pair: pair[0] - pair[1])]
    return next(frozenset(run) for run in runs if head in run)

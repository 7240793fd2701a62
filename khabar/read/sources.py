"""Who a source is: its phrase in the text and its kind (person, organization, document, anonymous, unexpressed).

In: the ground and the heads of a draft's sources. A definite single office-holder ("the defence minister") is a person;
people without a name in the plural or with "a" are anonymous; a thing that is read or seen is a document; capitals,
ministries, militias and outlets are organizations. A pronoun has the kind of what it stands for.
"""

from __future__ import annotations

from khabar.model.attribution import SourceKind
from khabar.model.mentions import Form, Kind, Mention
from khabar.model.spans import Span
from khabar.read.drafts import DASHES, Draft, Ground
from khabar.read.phrases import OUTSIDE_PHRASE, stretch

OUTSIDE_SOURCE = OUTSIDE_PHRASE - {"appos", "relcl"}
LONGEST_DATELINE = 9
"""tokens"""
DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their"})


def source_phrase(ground: Ground, head: int, draft: Draft) -> Span:
    """The noun phrase of a source with its appositions and relative clauses, without conjuncts, without the clause that
    holds its own cue ("Barkley, who said"), and on its side of the colon that is its cue.
    """
    parse, cue = ground.parse, draft.cue[0]
    relative = _relative(ground, head, cue)
    if relative is not None:
        return parse.tokens[relative].span
    wanted = frozenset(parse.subtree(head, OUTSIDE_SOURCE))
    nouns = (head, *(k.i for k in parse.kids(head, "appos")))
    wanted |= {i for noun in nouns for clause in parse.kids(noun, "relcl") for i in parse.subtree(clause.i)}
    for kid in parse.kids(head):
        under = parse.subtree(kid.i)
        if cue in under or (not wanted.isdisjoint(draft.content & frozenset(under)) and kid.i > head):
            wanted -= frozenset(under)
    wanted -= _dateline(ground, head, wanted)
    if draft.rule == "colon":
        wanted = frozenset(i for i in wanted if (i < cue) == (head < cue))
    return stretch(parse, head, wanted)


def _dateline(ground: Ground, head: int, wanted: frozenset[int]) -> frozenset[int]:
    """ "GENEVA (AFP) – The envoy": what stands before the dash that opens a paragraph."""
    first = ground.parse.sentences[ground.parse.tokens[head].sent].first
    dashes = [i for i in wanted if first < i < min(head, first + LONGEST_DATELINE) and _is_dash(ground, i)]
    return frozenset(i for i in wanted if dashes and i <= max(dashes))


def _is_dash(ground: Ground, i: int) -> bool:
    return ground.parse.tokens[i].text in DASHES and ground.parse.tokens[i - 1].text.isupper() | (
        ground.parse.tokens[i - 1].text == ")"
    )


def _relative(ground: Ground, head: int, cue: int) -> int | None:
    """The pronoun by which a relative clause on the source names it: "aides who say"."""
    parse = ground.parse
    subject = parse.kid(cue, "nsubj")
    under = subject is not None and subject.tag in ("WP", "WDT") and cue in parse.subtree(head)
    return subject.i if under and subject is not None and subject.i > head else None


def source_kind(ground: Ground, draft: Draft) -> SourceKind:
    """The kind of a draft's first source that has one."""
    if not draft.sources:
        return SourceKind.UNEXPRESSED
    return _kind(ground, draft.sources[0])


def _kind(ground: Ground, head: int) -> SourceKind:
    token, mention = ground.parse.tokens[head], ground.mentions.get(head)
    if mention is not None and mention.form is Form.PRO:
        mention = _stands_for(ground, mention)
        token = ground.parse.tokens[mention.head_token]
    if token.lemma in ground.words.documents and (mention is None or mention.kind is not Kind.PER):
        return SourceKind.DOCUMENT
    if mention is None:
        return SourceKind.ANONYMOUS
    if mention.kind is not Kind.PER:
        return SourceKind.ORGANIZATION
    if mention.form is Form.NAM or _named_beside(ground, mention):
        return SourceKind.PERSON
    return SourceKind.PERSON if _definite(ground, mention) else SourceKind.ANONYMOUS


def _named_beside(ground: Ground, mention: Mention) -> bool:
    """ "a union leader, Leo Lazar, who said S": the same sentence names the one who is described."""
    sent = ground.parse.tokens[mention.head_token].sent
    return any(
        m.form is Form.NAM and m.entity_id == mention.entity_id and ground.parse.tokens[m.head_token].sent == sent
        for m in ground.mentions.values()
    )


def _stands_for(ground: Ground, mention: Mention) -> Mention:
    """The best mention of the same entity: a name before a description before the pronoun."""
    same = [m for m in ground.mentions.values() if m.entity_id == mention.entity_id]
    order = {Form.NAM: 0, Form.NOM: 1, Form.PRO: 2}
    return min(same, key=lambda m: (order[m.form], m.span.start), default=mention)


def _definite(ground: Ground, mention: Mention) -> bool:
    """One known person: "the minister", "Iran's envoy", "opposition leader"; not "a diplomat", not "officials"."""
    parse, head = ground.parse, ground.parse.tokens[mention.head_token]
    if head.tag in ("NNS", "NNPS") or head.lemma in ground.words.anonymous:
        return False
    if parse.kid(head.i, "poss"):
        return True
    determiner = parse.kid(head.i, "det")
    if determiner is None:
        return head.tag == "NNP" or bool(parse.kid(head.i, "compound", "amod"))
    return determiner.lower in DEFINITE

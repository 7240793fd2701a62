"""Attribution without a verb: "GNA spokesman: S", "S: witnesses", "S - monitors", ‘scare quotes’ in a headline.

In: the ground and a mark (colon or dash), or the quotations that no other rule has taken. Out: drafts. Sources must be
somebody who can speak; a quotation in a headline that nobody is named for is somebody's words all the same: an attribution
without a source. Running text keeps its scare quotes: there they are the writer's irony as often as a citation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.model.mentions import Kind
from khabar.read.drafts import DASHES, Draft, Ground
from khabar.read.tokens import Token

SPEAKERS = frozenset({Kind.PER, Kind.ORG, Kind.GPE})
LONGEST_SOURCE = 7
"""tokens of a source behind a closing dash or colon"""
BARE = 3
"""tokens up to which a plural that closes a headline is who says so"""
LONGEST_ACRONYM = 5
LONGEST_SCARE = 12
VERBS = frozenset({"VERB", "AUX"})
ENDS = frozenset(".!?")
CLOSING = frozenset("”’\"'")


def speaks(ground: Ground, i: int) -> bool:
    """Whether a head can be a source: somebody, or a document."""
    mention = ground.mentions.get(i)
    token = ground.parse.tokens[i]
    return (mention is not None and mention.kind in SPEAKERS) or token.lemma in ground.words.documents


def mark_drafts(ground: Ground, token: Token) -> Iterator[Draft]:
    """Attributions by the colon or dash at a token."""
    sentence = ground.parse.sentences[token.sent]
    left = [ground.parse.tokens[k] for k in range(sentence.first, token.i)]
    right = [ground.parse.tokens[k] for k in range(token.i + 1, sentence.last)]
    if not left or not right or (token.text in DASHES and not _spaced(ground, token)):
        return
    closing = len(right) <= LONGEST_SOURCE and _tells(left) and _headline(ground, token)
    speaker = _speaker(ground, right) if closing else None
    if speaker is not None:
        yield _draft(token, speaker, left)
    elif token.text == ":" and _tells(right):
        yield from _introduced(ground, token, left, right)


def _introduced(ground: Ground, token: Token, left: list[Token], right: list[Token]) -> Iterator[Draft]:
    """ "Spokesman: S", and "the command is categorical: S"."""
    speaker = _speaker(ground, left)
    if speaker is not None:
        if _opens(ground, left[0]) and not _label(ground, speaker, right):
            yield _draft(token, speaker, right)
        return
    copula = next((t for t in reversed(left) if t.pos in VERBS), None)
    said = ground.parse.kid(copula.i, "acomp") if copula is not None and copula.lemma == "be" else None
    if copula is None or said is None:
        return
    known = ground.cues.get(said.lemma, "adj") is not None
    subjects = tuple(s for s in ground.syntax.subject(copula.i) if known or speaks(ground, s))
    if subjects:
        content = frozenset(t.i for t in right)
        cue = (copula.i, said.i)
        yield Draft(cue=cue, lemma=said.lemma, stance="assert", sources=subjects, content=content, rule="colon")


def _label(ground: Ground, speaker: int, right: list[Token]) -> bool:
    """ "Sudan: drones hit depot, army says": where another source follows, the country says only where it was."""
    mention = ground.mentions.get(speaker)
    if mention is None or mention.kind is not Kind.GPE:
        return False
    cues = [t.i for t in right if (cue := ground.verb_cue(t.i)) is not None and "clause" in cue.frames]
    return any(k.dep == "nsubj" and speaks(ground, k.i) for i in cues for k in ground.parse.kids(i))


def _opens(ground: Ground, token: Token) -> bool:
    """Whether a token is the first of its paragraph: "Ryan: S", not "support for two states: Israel and …"."""
    sentence = ground.parse.sentences[token.sent]
    return (
        token.i == sentence.first == min(s.first for s in ground.parse.sentences if s.paragraph == sentence.paragraph)
    )


def _spaced(ground: Ground, token: Token) -> bool:
    """A dash between blanks, not the hyphen of a word."""
    text = ground.parse.text
    return text[token.start - 1 : token.start].isspace() and text[token.end : token.end + 1].isspace()


def _tells(tokens: Sequence[Token]) -> bool:
    """Whether a stretch says something: it has a verb."""
    return any(t.pos in VERBS or t.tag.startswith("VB") for t in tokens)


def _speaker(ground: Ground, tokens: Sequence[Token]) -> int | None:
    """The last head in a stretch that can speak; none where the stretch has a verb of its own."""
    if any(t.pos in VERBS for t in tokens):
        return None
    heads = [t.i for t in tokens if speaks(ground, t.i)]
    if not heads and len(tokens) <= BARE and _headline(ground, tokens[0]):  # "Army besieges town – monitors"
        heads = [t.i for t in tokens if t.tag == "NNS" or (t.text.isupper() and 1 < len(t.text) <= LONGEST_ACRONYM)]
    return heads[-1] if heads else None


def _draft(mark: Token, speaker: int, said: Sequence[Token]) -> Draft:
    content = frozenset(t.i for t in said)
    return Draft(cue=(mark.i,), lemma=mark.text, stance="assert", sources=(speaker,), content=content, rule="colon")


def scare_drafts(ground: Ground, taken: Sequence[Draft]) -> Iterator[Draft]:
    """Quoted words of a headline that no other attribution holds."""
    parse = ground.parse
    for quote in ground.quotes:
        inside = [t for t in parse.tokens if quote.start <= t.start < quote.end]
        if not 2 < len(inside) <= LONGEST_SCARE or not _headline(ground, inside[0]):
            continue
        content = frozenset(t.i for t in inside)
        told = _tells(inside) or any(ground.is_event(t.i) for t in inside)
        if told and not any(content & d.content or content & set(d.cue) for d in taken):
            yield Draft(
                cue=(inside[0].i,),
                lemma="“”",
                stance="hearsay",
                sources=(),
                content=content - {inside[0].i},
                rule="scare quotes",
            )


def _headline(ground: Ground, token: Token) -> bool:
    """A headline: marked as one, or a sentence without a closing mark that is a paragraph of its own."""
    sentence = ground.parse.sentences[token.sent]
    alone = sum(s.paragraph == sentence.paragraph for s in ground.parse.sentences) == 1
    words = [t.text for t in ground.parse.in_sentence(sentence) if t.text not in CLOSING]
    return sentence.headline or (alone and bool(words) and words[-1][-1] not in ENDS)

"""Features of a candidate attribution for the trained model: what stands at the cue, and how a variant stands to it.

In: the ground, a cue's ``Opening``, a ``Variant``. Out: named features as strings ("lemma frame=say ccomp>that"). They hold
single lemmas of words that are no names, parts of speech, dependency labels, lexicon classes, kinds of mention, lengths in
classes; never two content words together, never a name. ``bench/train_attribution.py`` learns a weight for each,
``weighing.py`` adds them up. A feature that is changed here needs the training again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.model.mentions import Form
from khabar.read.candidates import Opening, Variant
from khabar.read.drafts import Ground
from khabar.read.syntax import is_passive
from khabar.read.tokens import Token

LENGTHS = (0, 1, 2, 3, 5, 8, 12, 20, 35, 60)
EARLY = 3
OBJECTS = frozenset(
    {"ccomp", "xcomp", "dobj", "prep", "acomp", "attr", "oprd", "agent", "prt", "advcl", "acl", "relcl", "dative"}
)
FUNCTION = frozenset({"ADP", "SCONJ", "PRON", "DET", "PART", "AUX", "CCONJ"})


def size(n: int) -> str:
    """A length as a class."""
    return str(next((top for top in LENGTHS if n <= top), "more"))


def lemma(token: Token) -> str:
    """A lemma, or its part of speech where the word is a name or a number."""
    plain = not token.tag.startswith("NNP") and token.pos not in ("PROPN", "NUM", "X", "SYM") and token.lemma.isalpha()
    return token.lemma if plain else f"<{token.pos}>"


def cue_shape(ground: Ground, opening: Opening) -> Iterator[str]:
    """Features of a cue by itself."""
    parse, token = ground.parse, ground.parse.tokens[opening.cue]
    word, draft = lemma(token), opening.draft
    rule = f"{draft.rule} {draft.stance}" if draft is not None else "no rule"
    frame = _frame(ground, token)
    who = subject_kind(ground, token)
    quoted = token.i in ground.quoted
    beside = _quotes_in_sentence(ground, token)
    yield f"lemma={word}"
    yield f"lemma rule={word} {rule}"
    yield f"lemma frame={word} {frame}"
    yield f"lemma quoted={word} {quoted}"
    yield f"lemma beside={word} {beside}"
    yield f"rule={rule}"
    yield f"rule who={rule} {who}"
    yield f"stance={opening.lexical} {opening.stance}"
    yield f"stance frame={opening.lexical} {opening.stance} {frame}"
    yield f"stance who={opening.lexical} {opening.stance} {who}"
    yield f"frame={frame}"
    yield f"tag dep={token.tag} {token.dep}"
    yield f"beside={beside} {quoted} {draft is not None}"
    yield f"lemma dep={word} {token.dep}"
    yield from _surroundings(ground, opening, token)
    for kid in parse.kids(token.i):
        yield f"kid={kid.dep} {kid.lower if kid.pos in FUNCTION else kid.pos}"
        if kid.dep in OBJECTS:
            yield f"kid lemma={kid.dep} {lemma(kid)}"
            yield f"lemma kid={word} {kid.dep} {kid.lower if kid.dep in ('prep', 'prt') else kid.pos}"


def _surroundings(ground: Ground, opening: Opening, token: Token) -> Iterator[str]:
    """Tense, voice, negation, place in the text, what the cue hangs on, what other cues hold it."""
    parse = ground.parse
    auxiliaries = " ".join(sorted({k.lemma for k in parse.kids(token.i, "aux", "auxpass")}))
    yield f"aux={auxiliaries} {token.tag}"
    yield f"negated={parse.kid(token.i, 'neg') is not None} {opening.stance}"
    yield f"passive={token.tag.startswith('VB') and is_passive(parse, token.i)} {opening.stance}"
    head = parse.tokens[token.head]
    yield f"head={token.dep} {lemma(head) if head.i != token.i else ''}"
    sentence = parse.sentences[token.sent]
    yield f"early={min(sentence.index, EARLY)} {token.pos}"
    yield f"first={token.i == sentence.first} {token.pos}"
    yield f"held stance={opening.held} {opening.stance}"
    yield f"held lemma={opening.held} {lemma(token)}"
    if token.i + 1 < sentence.last:
        yield f"next={token.pos} {parse.tokens[token.i + 1].pos}"


def _frame(ground: Ground, token: Token) -> str:
    """The complements of a cue, clauses with their marks."""
    out = []
    for kid in ground.parse.kids(token.i):
        if kid.dep in ("ccomp", "xcomp", "acl"):
            mark = ground.parse.kid(kid.i, "mark", "aux") if kid.dep != "xcomp" else None
            side = "<" if kid.i < token.i else ">"
            out.append(kid.dep + side + (mark.lower if mark is not None and mark.dep == "mark" else ""))
        elif kid.dep in ("dobj", "prt", "oprd", "dative", "nsubjpass", "agent", "acomp", "attr"):
            out.append(kid.dep)
        elif kid.dep == "prep" and kid.i > token.i:
            out.append(
                kid.lower if kid.lower in ("of", "for", "to", "about", "on", "against", "as", "with") else "prep"
            )
    return " ".join(sorted(set(out)))


def subject_kind(ground: Ground, token: Token) -> str:
    """Who does it: kind and form of the mention, or part of speech."""
    subjects = (
        ground.syntax.subject(token.i) if token.tag.startswith("VB") else ground.syntax.slots(token.i).get("poss", ())
    )
    return head_kind(ground, subjects[0]) if subjects else "nobody"


def head_kind(ground: Ground, head: int) -> str:
    """Kind and form of what stands at a head."""
    mention, token = ground.mentions.get(head), ground.parse.tokens[head]
    if mention is None:
        return f"{token.pos} {'document' if token.lemma in ground.words.documents else ''}"
    return f"{mention.kind.value} {mention.form.value} {token.lower if mention.form is Form.PRO else token.tag}"


def _quotes_in_sentence(ground: Ground, token: Token) -> str:
    """Whether the sentence holds a quotation, and on which side of the cue."""
    sentence = ground.parse.sentences[token.sent]
    if ground.quoted.isdisjoint(range(sentence.first, sentence.last)):
        return "none"
    left = not ground.quoted.isdisjoint(range(sentence.first, token.i))
    right = not ground.quoted.isdisjoint(range(token.i + 1, sentence.last))
    return f"{'left' if left else ''} {'right' if right else ''}"


def company(found: Sequence[Variant]) -> str:
    """The constructions that compete at one cue, long and short forms of a phrase as one."""
    return " ".join(sorted({v.kind.partition(" ")[0] for v in found}))


def content_shape(ground: Ground, opening: Opening, variant: Variant, among: str) -> Iterator[str]:
    """How a content stands to its cue."""
    parse, token = ground.parse, ground.parse.tokens[opening.cue]
    first, last, n = min(variant.tokens), max(variant.tokens), len(variant.tokens)
    kind = variant.kind
    side = "after" if first > token.i else "before" if last < token.i else "around"
    inside = sum(k in ground.quoted for k in (first, last, *sorted(variant.tokens)[n // 2 : n // 2 + 1]))
    rule = opening.draft.rule if opening.draft is not None else "no rule"
    sentence = parse.sentences[token.sent]
    whole = last >= sentence.last - 2
    yield f"kind={kind}"
    yield f"among={kind} {among}"
    yield f"kind rule={kind} {rule}"
    yield f"kind lemma={kind} {lemma(token)}"
    yield f"kind stance={kind} {opening.lexical} {opening.stance}"
    yield f"kind side={kind} {side} {inside}"
    yield f"kind size={kind} {size(n)}"
    yield f"rule size={rule} {size(n)} {side}"
    yield f"kind whole={kind} {whole} {side}"
    yield f"kind dep={kind} {token.dep}"
    yield f"start={parse.tokens[first].pos} {kind}"
    if parse.tokens[first].pos in FUNCTION:
        yield f"start word={parse.tokens[first].lower} {kind}"
    yield f"near={size(max(0, first - token.i - 1)) if side == 'after' else side} {kind}"
    yield f"verb={any(parse.tokens[k].pos == 'VERB' for k in variant.tokens)} {kind}"
    yield f"sentences={parse.tokens[last].sent - parse.tokens[first].sent} {inside} {side}"
    yield f"runs={min(3, sum(k + 1 not in variant.tokens for k in variant.tokens))} {inside} {kind}"
    own = ground.syntax.subject(token.i) if token.tag.startswith("VB") else ()
    yield f"holds subject={any(s in variant.tokens for s in own)} {kind}"
    after = parse.tokens[last + 1] if last + 1 < len(parse.tokens) else token
    yield f"ends={after.pos} {after.text if after.pos == 'PUNCT' else ''} {kind}"


def source_shape(ground: Ground, opening: Opening, variant: Variant, among: str) -> Iterator[str]:
    """How a source stands to its cue."""
    parse, token = ground.parse, ground.parse.tokens[opening.cue]
    kind, n = variant.kind, len(variant.tokens)
    rule = opening.draft.rule if opening.draft is not None else "no rule"
    yield f"kind={kind}"
    yield f"among={kind} {among}"
    yield f"kind rule={kind} {rule}"
    yield f"kind lemma={kind} {lemma(token)}"
    yield f"kind stance={kind} {opening.lexical} {opening.stance}"
    yield f"kind dep={kind} {token.dep} {token.tag}"
    yield f"kind size={kind} {size(n)}"
    if not variant.tokens:
        yield f"none who={subject_kind(ground, token)} {token.dep}"
        return
    first, last = min(variant.tokens), max(variant.tokens)
    head = next(
        k for k in sorted(variant.tokens) if parse.tokens[k].head not in variant.tokens or parse.tokens[k].head == k
    )
    yield f"head={parse.tokens[head].tag} {kind}"
    yield f"who={head_kind(ground, head)}"
    yield f"who kind={head_kind(ground, head)} {kind}"
    yield f"comma={any(parse.tokens[k].text == ',' for k in variant.tokens)} {kind}"
    yield f"verb={any(parse.tokens[k].pos == 'VERB' for k in variant.tokens)} {kind}"
    yield f"near={size(abs(token.i - (last if last < token.i else first)))} {'left' if last < token.i else 'right'}"
    yield f"relative={parse.tokens[head].tag in ('WDT', 'WP')} {token.dep}"

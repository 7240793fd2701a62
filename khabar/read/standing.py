"""How sure the rules are of a predicate by where it stands: deep in its sentence, or within what another act is about.

In: the parse and the statements with their arguments. Out: named factors between 0 and 1 that lower a raw score. What is
asked for, promised or refused is told no more surely than the asking, promising or refusing itself, so that of one sentence
the main act stands first. The numbers are engineering estimates; ``lexicon/calibration.py`` makes probabilities of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import prod

from khabar.model.claims import Role
from khabar.read.statements import Statement
from khabar.read.tokens import Parse

Factors = tuple[tuple[str, float], ...]
"""names and values, in order; their product is the raw score"""
PER_POSITION = {
    "advcl": 0.88,
    "relcl": 0.85,
    "acl": 0.85,
    "amod": 0.75,
    "pobj": 0.72,
    "pcomp": 0.85,
    "xcomp": 0.96,
    "conj": 0.97,
}
"""how much less sure a predicate is by where it hangs in its sentence: the parser errs more the deeper it goes"""
CLAUSES_ABOVE = frozenset({"advcl", "relcl", "acl"})
"""labels that lower what stands under them too"""
INSIDE = 0.96
"""of the score of the act that a predicate is the content of"""


def positions(parse: Parse, i: int) -> Iterator[tuple[str, float]]:
    """The factor of a predicate's own label, and of the subordinate clauses it stands in."""
    at = parse.tokens[i]
    if at.dep in PER_POSITION:
        yield at.dep, PER_POSITION[at.dep]
    while at.head != at.i:
        at = parse.tokens[at.head]
        if at.dep in CLAUSES_ABOVE:
            yield f"under {at.dep}", PER_POSITION[at.dep]


def capped(parse: Parse, statements: Sequence[Statement], factors: Mapping[str, Factors]) -> dict[str, Factors]:
    """Factors by the name of a statement, those within the content of another act lowered to below it."""
    out = dict(factors)
    acts = [
        s for s in statements if s.name in factors and s.found.row is not None and s.found.row.event_type is not None
    ]
    tokens = {s.name: s.found.token for s in statements}
    at = defaultdict[int, list[str]](list)
    for one in statements:
        if one.name in out:
            at[one.found.token].append(one.name)
    about = {act.name: _about(parse, act, tokens) for act in acts}
    for act in sorted(acts, key=lambda s: len(about[s.name]), reverse=True):
        limit = INSIDE * prod(value for _, value in out[act.name])
        for name in (name for token in about[act.name] for name in at.get(token, ())):
            raw = prod(value for _, value in out[name])
            if raw > limit:
                out[name] = (*out[name], (f"within {act.found.lemma}", round(limit / raw, 3)))
    return out


def _about(parse: Parse, act: Statement, tokens: Mapping[str, int]) -> frozenset[int]:
    """The tokens of what an act is about; ``tokens``: of every statement by name."""
    named = {a.predication_id or "" for a in act.arguments if a.role is Role.CONTENT}
    heads = {tokens[name] for name in named if name in tokens}
    spans = [a.span for a in act.arguments if a.role is Role.CONTENT and a.span is not None]
    done = {h for slot in ("obj", "clause") for h in act.found.slots.get(slot, ()) if act.found.pos == "verb"}
    covered = {t.i for s in spans for t in parse.in_span(s) if t.end <= s.end}
    below = {k for head in heads for k in parse.subtree(head)}
    inside = covered | below | done
    return frozenset(inside - {act.found.token} - set(_above(parse, act.found.token))) if inside else frozenset()


def _above(parse: Parse, i: int) -> Iterator[int]:
    """What governs a token: an act is not within its own subordinate clause."""
    at = parse.tokens[i]
    while at.head != at.i:
        at = parse.tokens[at.head]
        yield at.i

"""Turns of phrase that the slots of ``syntax.py`` look through, and places where the parser hangs words wrongly.

In: a Parse and a token. Out: token indices. The word lists are function words of a kind: they say nothing of what happened,
only how it is put ("an effort", "two days of", "arrived for"). It knows neither mentions nor the trigger tables.
"""

from __future__ import annotations

from khabar.read.tokens import Parse, Token

OWN_WILL = frozenset({"promise", "vow", "use", "employ", "need", "take", "spend"})
"""verbs whose infinitive is the subject's act although there is an object ("used X to leave", "took Y to prove")"""
CARRIERS = frozenset(
    {"effort", "attempt", "mission", "bid", "drive", "campaign", "process", "package", "program", "programme", "initiative",
     "plan", "project", "work", "activity", "measure", "move"}
)  # fmt: skip
"""nouns that only carry the event before them: "a mediation effort between X and Y" is mediation between X and Y"""
MEASURES = frozenset(
    {"batch", "shipment", "consignment", "load", "series", "number", "round", "state", "wave", "ton", "tonne", "day", "week",
     "month", "dozen", "pair", "string", "spate", "package", "part", "act", "form", "kind", "period", "convoy", "lot", "hour"}
)  # fmt: skip
"""nouns that say how much of what their "of" names"""
QUANTIFIERS = frozenset(
    {"hundred", "thousand", "million", "score", "group", "handful", "most", "all", "some",
     "many", "half", "none", "bulk", "last", "rest", "remainder"}
)  # fmt: skip
"""words that count what their "of" names"""
COMING = frozenset(
    {"arrive", "come", "go", "travel", "fly", "head", "leave", "return", "gather", "meet", "visit", "sit"}
)
"""verbs of coming together: "arrived for talks", "left for a visit" tell whose the talks and the visit are"""
SIDES = frozenset(
    {"front", "side", "edge", "vicinity", "outskirts", "middle", "center", "centre", "entrance", "gate", "door",
     "foot", "back", "top"}
)  # fmt: skip
"""parts of a place whose "of" names the place"""
BE = frozenset({"be", "become", "remain", "stay"})
LIGHT = frozenset(
    {"make", "carry", "conduct", "launch", "pay", "hold", "give", "take", "have", "stage", "mount", "wage", "begin", "start",
     "commit", "perform", "execute", "do", "undertake", "lead", "end", "complete", "continue", "resume", "open", "suffer",
     "announce", "deliver", "impose", "provide", "offer", "issue", "sign", "play", "bring", "put", "order", "join",
     "conclude"}
)  # fmt: skip
LONGEST_LATE_SUBJECT = 15
"""tokens back from a reporting verb within which its subject is looked for"""
BEARING = frozenset({"be", "come", "fall", "remain"})
"""verbs under which something is ("came under fire from X")"""
PARTAKING = frozenset({"take", "participate", "engage"})
"""verbs whose "in" names what their subject does: "took part in a drill", "engaged in talks" """
RAGING = frozenset(
    {"rage", "erupt", "break", "continue", "begin", "start", "resume", "flare", "occur", "end", "intensify"}
)
"""verbs that only say that their subject goes on: "battles raged between X and Y" """
WRITINGS = frozenset(
    {"statement", "letter", "petition", "resolution", "communique", "declaration", "message", "motion", "decree", "appeal"}
)  # fmt: skip
"""what their writer says: "issued a statement condemning X" """


def bare_gerund(parse: Parse, token: Token) -> bool:
    """ "accused X of massing tanks": right after the preposition, a gerund that the parser took for a modifier."""
    head = parse.tokens[token.head]
    before = parse.tokens[token.i - 1] if token.i else token
    return (
        token.tag == "VBG"
        and head.dep == "pobj"
        and before.i == head.head
        and before.lower in ("of", "for", "from", "with")
    )


def hyphened(parse: Parse, token: Token) -> tuple[int, ...]:
    """ "rebel-held town": the word before the hyphen is the agent of the participle."""
    i = token.i
    if token.dep == "amod" and i >= 2 and parse.tokens[i - 1].text in ("-", "–"):
        return (i - 2,)
    if token.text.startswith("-") and i >= 1:
        return (i - 1,)
    return ()


def stranded_clause(parse: Parse, noun: Token) -> tuple[int, ...]:
    """ "repeated its demand today that X leave": a clause with "that" that the parser hung on the verb."""
    verb = parse.tokens[noun.head]
    for clause in parse.kids(verb.i, "ccomp"):
        mark = parse.kid(clause.i, "mark")
        if clause.i > noun.i and mark is not None and mark.lower == "that":
            return (clause.i,)
    return ()


def named_before(parse: Parse, noun: Token) -> tuple[int, ...]:
    """ "the Coast Guard effort to free them": a name before the noun is whose effort it is."""
    return tuple(k.i for k in parse.kids(noun.i, "compound", "nmod") if k.tag in ("NNP", "NNPS"))[-1:]


def first_listed(parse: Parse, token: Token) -> Token:
    """The first of the conjuncts that a word belongs to."""
    while token.dep == "conj":
        token = parse.tokens[token.head]
    return token


def closes_list(parse: Parse, participle: Token, listed: tuple[int, ...]) -> bool:
    """ "A, B and C, backed by D, attacked": a participle behind a comma is said of the whole list before it."""
    opening = parse.tokens[participle.i - 1]
    after = opening.text == "," or (opening.dep == "advmod" and parse.tokens[opening.i - 1].text == ",")
    closed = len(listed) > 1 and max(listed) < participle.i
    backed = participle.dep == "acl" and participle.tag == "VBN" and parse.kid(participle.i, "agent") is not None
    return after and closed and backed


def stranded_subject(parse: Parse, token: Token) -> Token | None:
    """ "S, a doctor in the town told the radio": a late subject that the parser hung on the noun before the comma."""
    tokens = parse.tokens
    if not any(k.i < token.i for k in parse.kids(token.i, "ccomp")):
        return None
    for k in range(token.i - 1, max(-1, token.i - LONGEST_LATE_SUBJECT), -1):
        if tokens[k].dep == "appos" and max(parse.subtree(k)) == token.i - 1:
            first = min(parse.subtree(k))
            return tokens[k] if first and tokens[first - 1].text == "," else None
    return None

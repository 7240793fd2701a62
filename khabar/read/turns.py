"""Places where the parser hangs words wrongly, and constructions by their shape alone, for the slots of ``syntax.py``.

In: a Parse and a token. Out: token indices. It knows function words only; the words of turns of phrase ("an effort", "two
days of", "arrived for") stand in ``lexicon/en/classes.yml``. It knows neither mentions nor the trigger tables.
"""

from __future__ import annotations

from khabar.lexicon.entities import EntityWords
from khabar.read.tokens import Parse, Token

LONGEST_LATE_SUBJECT = 15
"""tokens back from a reporting verb within which its subject is looked for"""


def of_whole_clause(parse: Parse, pronoun: Token, words: EntityWords) -> bool:
    """ "Sudan armed them, which it denies": behind a comma, the object of such a verb is what was told before."""
    behind = pronoun.i > 0 and parse.tokens[pronoun.i - 1].text == ","
    return behind and pronoun.lower == "which" and parse.tokens[pronoun.head].lemma in words.answering


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


def _agents_elsewhere(parse: Parse, verb: Token, words: EntityWords) -> tuple[Token, ...]:
    """The "by" of a passive that the parser hung on a place before it ("was brought to the town by the Red Cross"), whose it
    cannot be, or on the last of two participles ("was armed and trained by X").
    """
    ways = parse.kids(verb.i, "prep", "dative") if parse.kid(verb.i, "auxpass") is not None else ()
    for place in (k for way in ways if way.i > verb.i for k in parse.kids(way.i, "pobj")):
        if words.head(place.lower, place.lemma) is not None:
            low = tuple(by for by in parse.kids(place.i, "prep") if by.lower == "by" and _acts(parse, by, words))
            if low:
                return low
    for last in parse.kids(verb.i, "conj"):
        own = parse.kid(last.i, "auxpass", "nsubj", "nsubjpass", "punct") is not None
        if last.tag == "VBN" and not own and "," not in {t.text for t in parse.tokens[verb.i + 1 : last.i]}:
            return tuple(parse.kids(last.i, "agent"))
    return ()


def agents(parse: Parse, verb: Token, words: EntityWords) -> tuple[Token, ...]:
    """The "by" of a passive, wherever it hangs; not one that a "not" stands right before ("by rebels, not by the army")."""
    own = (by for by in parse.kids(verb.i, "agent") if parse.tokens[by.i - 1].lower != "not")
    return tuple(own) or _agents_elsewhere(parse, verb, words)


def _acts(parse: Parse, by: Token, words: EntityWords) -> bool:
    """Whether who stands behind "by" is a person or body, by the name or the noun."""
    for who in parse.kids(by.i, "pobj"):
        noun = words.head(who.lower, who.lemma)
        if who.ent in ("ORG", "PERSON", "NORP") or (noun is not None and noun.kind in ("PER", "ORG")):
            return True
    return False


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


def gap_elsewhere(parse: Parse, verb: Token) -> bool:
    """ "where rebels fought", "a vote that X plans to hold": the relative is an adverb, or the object of a verb below."""
    adverbial = any(k.lower in ("where", "when", "why") for k in parse.kids(verb.i, "advmod"))
    below = (k for clause in parse.kids(verb.i, "xcomp", "ccomp") for k in parse.kids(clause.i))
    return adverbial or any(k.tag in ("WDT", "WP") for k in below)


def whose_doing(parse: Parse, noun: int, verb: Token, words: EntityWords) -> int:
    """ "a strike on a market that killed nine": a place does nothing; what came over it did."""
    token = parse.tokens[noun]
    place, link = words.head(token.lower, token.lemma), parse.tokens[token.head]
    above = parse.tokens[link.head]
    inert = place is not None and place.kind in ("FAC", "LOC") and token.dep == "pobj" and link.lower == "on"
    acting = (
        above.pos == "NOUN" and words.head(above.lower, above.lemma) is None and parse.kid(verb.i, "auxpass") is None
    )
    return above.i if inert and acting else noun


def relative_clause(parse: Parse, verb: Token) -> Token | None:
    """The relative clause that a verb is joined to or stands below."""
    at = verb
    while at.dep in ("conj", "ccomp", "xcomp") and at.head != at.i:
        at = parse.tokens[at.head]
    return at if at.dep == "relcl" else None


def of_relative(parse: Parse, verb: Token, words: EntityWords) -> tuple[int, ...]:
    """ "a bomb that residents say killed nine": the noun of the relative clause is the subject of a finite verb below it."""
    above = parse.tokens[verb.head]
    below = verb.dep in ("xcomp", "ccomp") and verb.tag in ("VBD", "VBZ", "VBP") and above.dep == "relcl"
    return (whose_doing(parse, above.head, verb, words),) if below and parse.kid(above.i, "nsubj") is not None else ()


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


def may_be_somebody(noun: Token, words: EntityWords) -> bool:
    """A name, a pronoun, a head of people or bodies; not "an intention"."""
    return noun.pos in ("PROPN", "PRON", "NUM") or words.head(noun.lower, noun.lemma) is not None

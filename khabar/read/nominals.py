"""Descriptions ("the militia", "a top Velian official", "thousands of fighters") and pronouns in a parse.

In: a Parse, the tables, the names found before. Out: ``Found`` stretches with head, kind and rule. A description is a
noun phrase headed by a word of the table, from its determiner to its head: without relative clauses, appositions or
trailing phrases. A noun that only modifies another description is none. A pronoun is taken unless it is empty ("it is
clear that") or relative to nothing that is mentioned. It does not find things outside the table: events, documents, ideas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from khabar.lexicon.entities import EntityWords, HeadWord
from khabar.model.mentions import Form, Kind
from khabar.read.known_names import full_nouns
from khabar.read.machines import told_apart
from khabar.read.names import Name, Tables
from khabar.read.tokens import Parse, Token

BEFORE = frozenset({"det", "amod", "nummod", "compound", "poss", "nmod", "quantmod", "predet", "npadvmod"})
MODIFYING = frozenset({Kind.PER, Kind.ORG, Kind.WEA, Kind.VEH})
"""kinds that are mentioned even as modifiers of a happening ("rebel attack", "drone strike")"""
LONGEST_PHRASE = 12
"""tokens before a head; more is a misread line of capitals, not a phrase"""
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
PERSON_TITLES = frozenset({"office", "rank", "role"})


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of tokens that refers: ``last`` exclusive, ``head`` the token that other rules know it by."""

    first: int
    last: int
    head: int
    kind: Kind
    form: Form
    rule: str


def find_nominals(parse: Parse, tables: Tables, names: tuple[Name, ...]) -> Iterator[Found]:
    """Every description, in order of its head."""
    words = tables.words
    taken = {i: n for n in names for i in range(n.first, n.last)}
    ends = {parse.tokens[n.last - 1].lower for n in names if n.last - n.core > 1}
    crowds = {parse.tokens[n.last - 1].lower for n in names if n.last - n.core > 1 and n.kind is Kind.ORG}
    ends |= {
        noun for n in names if n.last - n.core == 1 for noun in full_nouns(parse.tokens[n.core].text, tables.names)
    }
    for token in parse.tokens:
        if token.tag not in NOUN_TAGS or not token.text[0].isalpha():
            if token.tag == "CD" or token.lower in words.partitives:
                yield from _partitive(parse, token, words)
            continue
        if token.i in taken:
            continue
        head = head_word(parse, token, words)
        if head is None:
            if token.lower in words.partitives:
                yield from _partitive(parse, token, words)
        elif _refers(parse, token, head, tables, taken) or (token.lower in ends and _has_article(parse, token)):
            found = _described(parse, token, head, taken)
            whole = token.tag == "NNS" and token.lower in crowds and found.kind is Kind.PER
            bare = found.first == token.i - 1 and _has_article(parse, token)
            yield replace(found, kind=Kind.ORG) if whole and bare else found  # "the guards" after "Tana Basin Guards"


def head_word(parse: Parse, token: Token, words: EntityWords) -> HeadWord | None:
    """The table's entry of a noun, of the two words that it ends if they have one ("coast guard")."""
    before = parse.tokens[token.i - 1] if token.i else token
    head = words.heads.get(f"{before.lower} {token.lemma}") if before.head == token.i else None
    head = head or words.heads.get(token.lower) or words.heads.get(token.lemma)
    if head is not None and head.word in words.plural_only and token.tag != "NNS" and token.lower not in words.plural:
        return None
    return told_apart(parse, token, head, words) if head is not None else None


def _refers(parse: Parse, token: Token, head: HeadWord, tables: Tables, taken: dict[int, Name]) -> bool:
    """Whether the noun stands for something here, and is neither a mere modifier nor a weak word alone."""
    if token.dep in ("compound", "nmod", "amod", "npadvmod"):
        above = parse.tokens[token.head]
        if above.i in taken or above.dep == "compound" or head_word(parse, above, tables.words) is not None:
            return False
        if head.kind not in MODIFYING or head.word in tables.words.weak:
            return False
        return above.tag in NOUN_TAGS and above.i > token.i
    if _counted(parse, token, tables.words):
        return False
    vague = head.word in tables.words.weak or (head.word in tables.words.plural_only and head.kind is Kind.PER)
    if vague or head.group == "direction":
        return _has_support(parse, token, head, tables, taken)
    return True


def _counted(parse: Parse, token: Token, words: EntityWords) -> bool:
    """ "refugees" in "thousands of refugees": one mention, headed by the counting word."""
    of = parse.tokens[token.head]
    counter = parse.tokens[of.head]
    counts = counter.tag == "CD" or counter.lower in words.partitives
    return token.dep == "pobj" and of.lower == "of" and counts and left_edge(parse, token.i) == token.i


def _has_support(parse: Parse, token: Token, head: HeadWord, tables: Tables, taken: dict[int, Name]) -> bool:
    """A word with other meanings counts with a noun, owner, nationality or name beside it, or as "the east"."""
    kids = list(parse.kids(token.i))
    articles = [k for k in kids if k.dep == "det"]
    if head.group == "direction":
        return bool(articles) and token.tag in ("NN", "NNP")
    if head.group == "parties":
        return _are_parties(parse, token, kids)
    if token.text[0].isupper() and token.i > parse.sentences[token.sent].first:
        return True
    if head.kind is Kind.PER:
        narrowed = bool(articles) or any(k.dep in ("amod", "nummod", "compound") for k in kids)
        return narrowed if head.word in tables.words.plural_only or token.tag != "NNS" else True
    several = head.word in tables.words.counted and token.tag == "NNS" and any(_tells_several(k, tables) for k in kids)
    return several or any(_supports(parse, kid, tables, taken) for kid in kids)


def _tells_several(kid: Token, tables: Tables) -> bool:
    """A number or a word of number before a plural: "26 houses", "many homes"."""
    return kid.dep == "nummod" or (kid.dep in ("amod", "det") and kid.lower in tables.words.partitives)


def _are_parties(parse: Parse, token: Token, kids: list[Token]) -> bool:
    """ "both sides", "the warring sides", "the Chadian side"; not "both sides of the road", "on the side"."""
    if any(k.lower == "of" for k in kids) or parse.tokens[token.head].lower in ("on", "from", "at", "along", "to"):
        return False
    paired = (
        "two",
        "both",
        "either",
        "neither",
        "all",
        "three",
        "warring",
        "opposing",
        "rival",
        "other",
        "conflicting",
    )
    return any(k.lower in paired or (k.dep == "amod" and k.text[0].isupper()) for k in kids)


def _has_article(parse: Parse, token: Token) -> bool:
    """ "The mission" where a name ends in "Mission"."""
    return any(k.lower in DEFINITE for k in parse.kids(token.i, "det"))


def _supports(parse: Parse, kid: Token, tables: Tables, taken: dict[int, Name]) -> bool:
    if kid.dep in ("compound", "poss") or kid.i in taken:
        return True
    if kid.dep == "amod":
        return bool(tables.nations.adjective(kid.text)) or kid.tag == "VBN" or kid.lower in tables.words.describing
    return kid.dep == "prep" and kid.lower == "of" and any(k.i in taken for k in parse.kids(kid.i, "pobj"))


def _described(parse: Parse, token: Token, head: HeadWord, taken: dict[int, Name]) -> Found:
    """The phrase of a head noun. Beside a bare name, a word that only says what the name is makes one named mention."""
    first = left_edge(parse, token.i)
    name = _name_before(parse, token, taken)
    if name is not None and token.tag in ("NN", "NNP") and _only_says(parse, name, head):
        return Found(name.core, token.i + 1, token.i, head.kind, Form.NAM, "name and noun")
    return Found(first, token.i + 1, token.i, head.kind, Form.NOM, f"noun:{head.group}")


def _name_before(parse: Parse, token: Token, taken: dict[int, Name]) -> Name | None:
    """The name that stands before a noun as its modifier, with nothing but other noun modifiers between."""
    i = token.i - 1
    while i >= 0 and i not in taken and parse.tokens[i].dep == "compound" and parse.tokens[i].head == token.i:
        i -= 1
    name = taken.get(i)
    return name if name is not None and parse.tokens[name.head].head == token.i else None


def _only_says(parse: Parse, name: Name, head: HeadWord) -> bool:
    """ "Kito newspaper", "Tamat region", "Tamat airport": the noun tells the kind of the name before it."""
    dep = parse.tokens[name.head].dep
    if dep not in ("compound", "nmod") or name.kind is Kind.PER or name.rule == "name:territory":
        return False
    if head.kind is Kind.FAC:
        return name.kind in (Kind.GPE, Kind.LOC, Kind.FAC, Kind.MISC)
    geo = head.kind in (Kind.GPE, Kind.LOC) and name.kind in (Kind.GPE, Kind.LOC)
    return head.names and (name.kind is head.kind or geo)


def left_edge(parse: Parse, i: int) -> int:
    """Where the phrase of a noun begins: its leftmost determiner, adjective, number, owner or noun modifier."""
    first = i
    for kid in parse.children[i]:
        if kid >= i:
            break
        token = parse.tokens[kid]
        if token.dep in BEFORE or (token.dep == "advmod" and token.tag.startswith("J")):
            first = min(first, _leftmost(parse, kid))
    return first if i - first <= LONGEST_PHRASE else i


def _leftmost(parse: Parse, i: int) -> int:
    """The first token under i."""
    while parse.children[i] and parse.children[i][0] < i:
        i = parse.children[i][0]
    return i


def _partitive(parse: Parse, token: Token, words: EntityWords) -> Iterator[Found]:
    """ "thousands of fighters", "11 of his aides": the counting word is the head, the kind comes from what is counted."""
    of = parse.kid(token.i, "prep")
    noun = parse.kid(of.i, "pobj") if of is not None and of.lower == "of" else None
    head = head_word(parse, noun, words) if noun is not None else None
    if noun is None or head is None:
        return
    bare = left_edge(parse, noun.i) == noun.i
    last = noun.i + 1 if bare or noun.i - token.i < 6 else token.i + 1
    yield Found(left_edge(parse, token.i), last, token.i, head.kind, Form.NOM, "count of")


# ------------------------------------------------------------------ pronouns


def find_pronouns(parse: Parse, tables: Tables, heads: dict[int, Kind]) -> Iterator[Found]:
    """Every pronoun that can refer; ``heads`` are the heads of names and descriptions with their kinds."""
    for token in parse.tokens:
        if token.tag not in ("PRP", "PRP$", "WP", "WP$", "WDT"):
            continue
        pronoun = tables.words.pronouns.get(token.lower)
        if pronoun is None or token.dep == "expl":
            continue
        if pronoun.relative:
            above = relative_head(parse, token, heads)
            if above is not None:
                yield Found(token.i, token.i + 1, token.i, heads[above], Form.PRO, "relative")
        elif token.lower != "it" or not is_empty_it(parse, token, tables.words):
            yield Found(token.i, token.i + 1, token.i, _first_kind(pronoun.kinds), Form.PRO, "pronoun")


def _first_kind(kinds: frozenset[Kind]) -> Kind:
    """The kind of a pronoun before it is resolved."""
    return Kind.PER if Kind.PER in kinds else Kind.ORG


def relative_head(parse: Parse, token: Token, heads: dict[int, Kind]) -> int | None:
    """The mentioned noun that a relative pronoun stands for; "who" passes over things to the nearest person or body."""
    clause = _clause_of(parse, token)
    if clause is None:
        return None
    above = parse.tokens[clause].head
    if token.lower not in ("who", "whom"):
        return above if above in heads else None
    if heads.get(above) is Kind.PER:
        return above
    near = [i for i in range(max(parse.sentences[token.sent].first, token.i - 8), token.i) if i in heads]
    people = [i for i in near if heads[i] is Kind.PER]
    return people[-1] if people else above if above in heads else None


def _clause_of(parse: Parse, token: Token) -> int | None:
    """The verb of the relative clause that the pronoun opens."""
    at = token.i
    for _ in range(5):
        if parse.tokens[at].dep == "relcl":
            return at
        if parse.tokens[at].head == at:
            return None
        at = parse.tokens[at].head
    return None


def is_empty_it(parse: Parse, token: Token, words: EntityWords) -> bool:
    """ "It is clear that …", "it seems that …", "it emerged that …", "makes it hard to …": nothing is meant."""
    verb = parse.tokens[token.head]
    kids = list(parse.kids(verb.i))
    clause = any(k.dep in ("ccomp", "csubj", "advcl", "xcomp") and k.i > verb.i for k in kids)
    if token.dep in ("nsubj", "nsubjpass") and verb.lemma in words.impersonal:
        told = [k for k in kids if k.dep in ("acomp", "attr", "oprd")]
        if any(k.lower in words.minded for k in told):
            return False
        inside = any(g.dep in ("ccomp", "xcomp", "csubj", "relcl", "acl") for k in told for g in parse.kids(k.i))
        return (clause or inside) if verb.lemma == "be" else clause and verb.lemma not in ("take", "become", "remain")
    if token.dep == "nsubjpass" and verb.lemma in words.speech:
        return clause
    return token.dep == "nsubj" and verb.pos == "ADJ" and verb.dep == "ccomp"

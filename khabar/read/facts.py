"""What coreference has to know of each mention: its words, number, gender, nation, place in sentence and clause.

In: a Parse, its mentions, the tables. Out: one ``Fact`` a mention, in the same order; indices are the parse's tokens.
``words`` are what the mention is called by (lower-case lemmas: head noun, title, the words of a name), ``mods`` what
narrows a description, ``owner`` the token of a possessor ("Banjo" in "Banjo's militia", "the town" in "the mayor of the
town"). Gender comes from titles, role nouns and first names alone; ``any`` = not told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from khabar.lexicon.entities import EntityWords, HeadWord, NamedSort
from khabar.lexicon.nations import Nations
from khabar.model.mentions import Form, Kind, Mention
from khabar.read.gazetteer import NameKinds
from khabar.read.known_names import full_nouns
from khabar.read.names import Tables, name_key
from khabar.read.nominals import head_word
from khabar.read.tokens import Parse, Token

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
EMPTY_MODIFIERS = frozenset(
    {
        "same",
        "latter",
        "former",
        "said",
        "alleged",
        "whole",
        "entire",
        "very",
        "above",
        "aforementioned",
        "two",
        "three",
    }
    | {"four", "new", "own", "all", "both", "other", "another"}
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One mention as coreference sees it; ``core`` is the token where a name proper begins."""

    mention: Mention
    first: int
    core: int
    last: int
    sentence: int
    paragraph: int
    key: str
    plural: bool
    gender: str
    leaning: str
    """the gender that a first name makes likelier, where nothing tells"""
    words: frozenset[str]
    mods: frozenset[str]
    head: HeadWord | None
    group: str
    sorts: tuple[NamedSort, ...]
    """what the tables of names know the bearer of a name to be"""
    homes: frozenset[str]
    """countries that the tables of names know the bearer of a name to be of"""
    bearers: frozenset[str]
    """ids of all people and bodies that the tables of names know by this name"""
    nations: frozenset[str]
    definite: bool
    owner: int | None
    acts: bool
    """subject of a verb of doing or saying: a capital's name stands for a government here"""
    role: str
    """``subj``, ``source`` (subject of speech, "according to"), ``obj``, ``poss``, ``modifier`` ("Tarmian") or ``other``"""


def describe(
    parse: Parse, mentions: tuple[Mention, ...], words: EntityWords, nations: Nations, names: NameKinds
) -> tuple[Fact, ...]:
    """The facts of every mention."""
    return tuple(_fact(parse, m, Tables(words, nations, names)) for m in mentions)


def _fact(parse: Parse, mention: Mention, tables: Tables) -> Fact:
    words, nations = tables.words, tables.nations
    tokens = parse.tokens
    token = tokens[mention.head_token]
    first, last = token.i, token.i + 1
    while first and tokens[first - 1].end > mention.span.start and tokens[first - 1].start >= mention.span.start:
        first -= 1
    while last < len(tokens) and tokens[last].start < mention.span.end:
        last += 1
    core = _core(tokens, first, last, words) if mention.form is Form.NAM and mention.kind is Kind.PER else first
    head = head_word(parse, token, words) if mention.form is not Form.PRO else None
    end = words.name_ends.get(token.lower) if mention.form is Form.NAM else None
    own = frozenset() if mention.form is Form.PRO else _own_words(tokens, mention, first, last)
    if mention.form is Form.NAM and mention.kind is Kind.ORG and first + 1 == last:
        nouns = full_nouns(token.text, tables.names)
        own |= {noun for noun in nouns if (known := words.heads.get(noun)) is None or not known.covers}
    return Fact(
        mention=mention,
        first=first,
        core=core,
        last=last,
        sentence=token.sent,
        paragraph=parse.sentences[token.sent].paragraph,
        key=name_key(tokens[i].text for i in range(core, last)) if mention.form is Form.NAM else "",
        plural=_plural(token, mention, words),
        gender=_gender(tokens, mention, first, last, words),
        leaning=_leaning(tokens, mention, core, last),
        words=own,
        mods=_modifiers(parse, mention, first, nations) if mention.form is Form.NOM else frozenset(),
        head=head,
        group=end.group if end is not None else head.group if head is not None else "",
        sorts=_sorts(tokens[core:last], mention, tables),
        homes=_homes(tokens[core:last], mention, tables),
        bearers=frozenset(_known(tokens[core:last], mention, tables)),
        nations=_nations(parse, mention, first, last, nations),
        definite=_definite(parse, token, first, mention),
        owner=_owner(parse, token) if mention.form is Form.NOM else None,
        acts=_acts(parse, token, words),
        role="modifier" if _is_adjective(mention, token, nations) else role_of(parse, token, words),
    )


def _sorts(tokens: tuple[Token, ...], mention: Mention, tables: Tables) -> tuple[NamedSort, ...]:
    """The sorts of a name's known bearers, as words that describe them."""
    if mention.form is not Form.NAM or mention.kind not in (Kind.PER, Kind.ORG):
        return ()
    known = tables.names.sorts(" ".join(t.text for t in tokens))
    return tuple(tables.words.sorts[sort] for sort in sorted(known) if sort in tables.words.sorts)


def _homes(tokens: tuple[Token, ...], mention: Mention, tables: Tables) -> frozenset[str]:
    """The countries of a body's known bearers."""
    named = mention.form is Form.NAM and mention.kind is Kind.ORG
    return tables.names.homes(" ".join(t.text for t in tokens)) if named else frozenset()


def _known(tokens: tuple[Token, ...], mention: Mention, tables: Tables) -> Mapping[str, tuple[str, ...]]:
    """The known bearers of a person's or body's name, with all their names."""
    named = mention.form is Form.NAM and mention.kind in (Kind.PER, Kind.ORG)
    text = " ".join(t.text for t in tokens).removesuffix(" 's").removesuffix(" ’s")
    known = tables.names.bearers(text) if named else {}
    plain = text.removeprefix("the ").removeprefix("The ")
    return known or (tables.names.bearers(plain) if named and plain != text else {})


def _core(tokens: tuple[Token, ...], first: int, last: int, words: EntityWords) -> int:
    """Where a person's name begins behind the title."""
    at = first
    for i in range(first, last - 1):
        lower = tokens[i].lower
        if words.is_title(lower) or (i > first and lower in words.title_tails):
            at = i + 1
    while at < last - 1 and tokens[at].text == "-":
        at += 1
    return at


def _own_words(tokens: tuple[Token, ...], mention: Mention, first: int, last: int) -> frozenset[str]:
    """The head noun of a description; all words of a name with its title, each also without its plural s."""
    head = tokens[mention.head_token]
    if mention.form is Form.NOM:
        return frozenset({head.lemma, head.lower})
    lower = [t.lower for t in tokens[first:last] if len(t.text) > 2]
    return frozenset(lower) | {w[:-1] for w in lower if w.endswith("s")} | {_compass(w) for w in lower}


def _compass(word: str) -> str:
    """ "eastern" as "east"."""
    return word.removesuffix("ern")


def _plural(token: Token, mention: Mention, words: EntityWords) -> bool:
    if mention.form is Form.PRO:
        pronoun = words.pronouns.get(token.lower)
        return pronoun is not None and pronoun.number == "plural"
    if mention.form is Form.NAM and mention.kind in (Kind.PER, Kind.GPE, Kind.ORG):
        return False
    return token.tag in ("NNS", "NNPS") or token.lower in words.plural or (token.tag == "CD" and token.lower != "one")


def _gender(tokens: tuple[Token, ...], mention: Mention, first: int, last: int, words: EntityWords) -> str:
    if mention.form is Form.PRO:
        pronoun = words.pronouns.get(tokens[mention.head_token].lower)
        return pronoun.gender if pronoun is not None else "any"
    if mention.kind is not Kind.PER:
        return "none"
    if mention.form is Form.NOM:
        return words.gender(tokens[mention.head_token].lemma)
    for i in range(first, last):
        if last - first > 1 and i < last - 1 and (gender := words.gender(tokens[i].lower)) != "any":
            return gender
    return "any"


def _leaning(tokens: tuple[Token, ...], mention: Mention, core: int, last: int) -> str:
    """A first name in -a is likelier a woman's, another likelier a man's; a base rate of names in news, no more."""
    if mention.form is not Form.NAM or mention.kind is not Kind.PER or last - core < 2:
        return "any"
    return "female" if tokens[core].lower.endswith("a") else "male"


def _modifiers(parse: Parse, mention: Mention, first: int, nations: Nations) -> frozenset[str]:
    """Adjectives, nouns and numbers that narrow a description; nationality is kept apart."""
    out = set()
    for token in parse.tokens[first : mention.head_token]:
        narrows = token.tag[:2] in ("JJ", "NN", "VB") and token.dep not in ("poss", "nummod")
        joined = _backed_by(parse.tokens, token.i, nations) or _backed_by(parse.tokens, token.i - 2, nations)
        narrows = narrows and not joined
        if narrows and token.lower not in EMPTY_MODIFIERS and not nations.adjective(token.text):
            out.add(token.lemma)
    return frozenset(out)


def _nations(parse: Parse, mention: Mention, first: int, last: int, nations: Nations) -> frozenset[str]:
    """Codes of the countries named in the mention or owning it ("Egypt's Armed Forces")."""
    tokens = parse.tokens
    begin = first
    if mention.form is Form.NAM and first > 1 and tokens[first - 1].tag == "POS":
        begin = first - 2
    elif mention.kind is Kind.PER and first and nations.adjective(tokens[first - 1].text):
        begin = first - 1
    if mention.form is Form.PRO:
        return frozenset()
    found: set[str] = set()
    for i in range(begin, last):
        if tokens[i].text[0].isupper() and not _backed_by(tokens, i, nations):
            found.update(nations.any(tokens[i].text))
    if mention.form is Form.NAM and last - first > 1:
        found.update(nations.name(mention.span.cut(parse.text)))
    return frozenset(found)


def _backed_by(tokens: tuple[Token, ...], i: int, nations: Nations) -> bool:
    """ "Iranian" in "the Iranian-backed group": whose it is not."""
    joined = 0 <= i < len(tokens) - 2 and tokens[i + 1].text == "-" and tokens[i + 2].tag == "VBN"
    return joined and bool(nations.any(tokens[i].text))


def _definite(parse: Parse, token: Token, first: int, mention: Mention) -> bool:
    """ "the X", "its X", "Banjo's X" and capitalised offices point back; "a X", bare plurals do not."""
    if mention.form is not Form.NOM:
        return True
    return parse.tokens[first].lower in DEFINITE or any(k.dep == "poss" for k in parse.kids(token.i))


def _is_adjective(mention: Mention, token: Token, nations: Nations) -> bool:
    """ "Tarmian", "the Tarmians": the country is named in passing, and no "it" points there."""
    return (
        mention.kind is Kind.GPE
        and mention.form is Form.NAM
        and not nations.name(token.text)
        and bool(nations.adjective(token.text) or nations.people(token.text))
    )


def _owner(parse: Parse, token: Token) -> int | None:
    """The possessor's token: "X's …", "its …", "… of X"."""
    for kid in parse.kids(token.i):
        if kid.dep == "poss":
            return kid.i
        if kid.dep == "prep" and kid.lower == "of":
            noun = parse.kid(kid.i, "pobj")
            return noun.i if noun is not None else None
    return None


def _acts(parse: Parse, token: Token, words: EntityWords) -> bool:
    """ "Cairo denied it", "as Cairo and Rabat agreed"; not "Cairo fell", "Cairo saw protests", "Cairo was shelled"."""
    above = parse.tokens[token.head]
    if token.dep == "conj" and above.i != token.i:
        return _acts(parse, above, words)
    if token.dep == "pobj":
        return role_of(parse, token, words) == "source"
    return token.dep == "nsubj" and above.pos == "VERB" and above.lemma not in words.place_subject_verbs


def role_of(parse: Parse, token: Token, words: EntityWords) -> str:
    """What the token is to its clause."""
    above = parse.tokens[token.head]
    if token.dep == "conj" and above.i != token.i:
        return role_of(parse, above, words)
    if token.dep in SUBJECTS:
        return "source" if above.lemma in words.speech else "subj"
    if token.dep == "pobj":
        return "source" if above.lower == "to" and parse.tokens[above.head].lower == "according" else _agent(above)
    return {"dobj": "obj", "dative": "obj", "poss": "poss", "amod": "modifier"}.get(token.dep, "other")


def _agent(prep: Token) -> str:
    return "obj" if prep.dep == "agent" else "other"

"""What kind of thing each name is: one kind for one spelling in a document, by adding up all that speaks for each.

In: the names of a document and the tables. Out: the same names with ``kind`` and the strongest ``rule``. The parser's own
entity types are right two times in three, so they are one vote of many: territory, title, last or first word, the noun
beside the name, an apposition, the gazetteer, first names, the governing preposition. Small towns count in countries that
the text speaks of. Acronyms in brackets follow Schwartz and Hearst (2003). Weights are set by hand so that a stronger
kind of evidence outvotes a weaker one. It cannot tell two bearers of one spelling apart ("Jordan" the country and the
player), save by a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from khabar.lexicon.entities import EntityWords
from khabar.model.mentions import Kind
from khabar.read.names import ARTICLE_NAME, SMALL_WORDS, Name, Tables, own_kind
from khabar.read.spelling import bare_surname, same_spelling, skeleton
from khabar.read.tokens import Parse, Token

LABEL_VOTES = {
    "PERSON": (Kind.PER, 3.0),
    "GPE": (Kind.GPE, 3.0),
    "ORG": (Kind.ORG, 2.0),
    "NORP": (Kind.ORG, 1.0),
    "LOC": (Kind.LOC, 3.0),
    "FAC": (Kind.FAC, 2.5),
    "EVENT": (Kind.MISC, 4.0),
    "WORK_OF_ART": (Kind.MISC, 1.5),
    "LAW": (Kind.MISC, 2.0),
    "PRODUCT": (Kind.MISC, 1.5),
}
KNOWN_BODY = 20.0
"""weight of a body's or region's name of several words that the tables know word for word: more than that of its last word"""
SMALL_TOWN, LEAST_LETTERS = 3.0, 4
"""weight of a small town in a country in play: more than the parser's label, less than what stands beside the name"""
HIS_FORCES = frozenset({"forces", "troops", "militia", "fighters", "men", "delegation", "aides", "lawyer", "office"})
PLACE_PREPOSITIONS = (
    dict.fromkeys(("in", "near", "around", "outside", "inside", "across", "into"), 1.5)
    | dict.fromkeys(("at", "toward", "towards"), 1.0)
    | {"from": 0.8, "to": 0.4}
)
ACRONYM = re.compile(r"[A-Z][A-Za-z.&’'-]*[A-Z][A-Za-z.’'-]*")
Vote = tuple[Kind, float, str]
Ballot = dict[Kind, float]


def typed_names(parse: Parse, found: tuple[Name, ...], tables: Tables) -> tuple[Name, ...]:
    """The names with their kinds: votes added up per spelling, then surnames and acronyms take their bearer's kind."""
    votes: dict[str, Ballot] = {}
    rules: dict[tuple[str, Kind], tuple[float, str]] = {}
    play = _in_play(parse, found, tables)
    for name in found:
        ballot = votes.setdefault(name.key, {})
        for kind, weight, rule in (*_votes(parse, name, tables), *_small_town(parse, name, tables, play)):
            ballot[kind] = ballot.get(kind, 0.0) + weight
            rules[name.key, kind] = max(rules.get((name.key, kind), (0.0, "")), (weight, rule))
    kinds = {key: _winner(ballot) for key, ballot in votes.items()}
    fixed = _surnames(found, kinds, votes) | _acronyms(parse, found, kinds)
    out = []
    for name in found:
        kind = kinds[name.key]
        kind, rule = fixed.get(name.key) or (kind, rules.get((name.key, kind), (0, "unknown"))[1])
        out.append(replace(name, kind=kind, rule=f"name:{rule}"))
    return tuple(out)


def _in_play(parse: Parse, found: tuple[Name, ...], tables: Tables) -> frozenset[str]:
    """Countries that the names of a text speak for: by their own name, their capital, a town that is known and one alone."""
    out: set[str] = set()
    for text in {_plain(parse, name) for name in found}:
        codes = tables.nations.any(text) or tables.nations.capital(text)
        if not codes and tables.names.kinds(text) == {Kind.GPE}:
            codes = tuple(tables.names.towns(text))
        out.update(codes if len(codes) == 1 else ())
    return frozenset(out)


def _small_town(parse: Parse, name: Name, tables: Tables, play: frozenset[str]) -> Iterator[Vote]:
    """A town too small to be known everywhere, in a country that the text speaks of."""
    text = _plain(parse, name)
    if name.title or not play or len(text) < LEAST_LETTERS or tables.names.kinds(text):
        return
    if tables.words.gender(text.lower()) == "any" and not play.isdisjoint(tables.names.towns(text)):
        yield Kind.GPE, SMALL_TOWN, "small town in play"


def _winner(ballot: Ballot) -> Kind:
    return max(ballot, key=lambda kind: ballot[kind], default=Kind.MISC)


def _votes(parse: Parse, name: Name, tables: Tables) -> Iterator[Vote]:
    """All that speaks for a kind at one occurrence."""
    tokens = parse.tokens
    text = " ".join(t.text for t in tokens[name.core : name.last]).strip(" -–")
    long = name.last - name.core > 1
    yield from _by_tables(text, tables, titled=bool(name.title))
    if name.title:
        yield Kind.PER, 20.0, "title"
    elif (kind := own_kind(parse, name.core, name.last, tables.words)) is not None and (long or text.isupper()):
        yield kind, 14.0, "head word"
    elif kind is Kind.LOC:
        yield kind, 4.0, "head word"
    if long and tables.words.gender(tokens[name.core].lower) != "any":
        yield Kind.PER, 5.0, "first name"
    if long and any(t.lower in tables.words.patronymics for t in tokens[name.core + 1 : name.last - 1]):
        yield Kind.PER, 6.0, "patronymic"
    label = tokens[name.head].ent or tokens[name.last - 1].ent
    if label in LABEL_VOTES:
        kind, weight = LABEL_VOTES[label]
        yield kind, weight if long else weight * 0.7, "parser"
    elif label == "" and long:
        yield Kind.PER, 0.5, "run of capitals"
    elif not long and ARTICLE_NAME.match(text):
        yield Kind.PER, 1.0, "article name"
    if not long and text.isupper() and 2 <= len(text) <= 6:
        yield Kind.ORG, 1.5, "acronym"
    if not long and name.first and _is_plural_of_a_group(tokens[name.first - 1], tokens[name.core]):
        yield Kind.ORG, 4.0, "plural"
    yield from _by_context(parse, name, tables)


def _is_plural_of_a_group(before: Token, token: Token) -> bool:
    """ "the Untouchables": a name in the plural after the article is a group's."""
    return before.lower == "the" and token.lower.endswith("s") and token.tag == "NNPS"


def _by_tables(text: str, tables: Tables, *, titled: bool) -> Iterator[Vote]:
    nations = tables.nations
    if not titled and nations.any(text):
        yield Kind.GPE, 60.0, "territory"
    elif not titled and nations.capital(text):
        yield Kind.GPE, 30.0, "capital"
    elif nations.seat(text):
        yield Kind.ORG, 30.0, "seat of government"
    elif text.lower() in tables.words.peoples:
        yield Kind.MISC, 8.0, "people"
    known = tables.names.kinds(text)
    exact = " " in text and len(known) == 1 and (Kind.LOC in known or bool(tables.names.sorts(text)))
    for kind in sorted(known):
        yield kind, KNOWN_BODY if exact else 6.0 if len(known) == 1 else 2.0, "gazetteer"


def _by_context(parse: Parse, name: Name, tables: Tables) -> Iterator[Vote]:
    """What the words around the name say."""
    tokens, words = parse.tokens, tables.words
    head = tokens[name.head]
    above = tokens[head.head]
    if head.dep in ("compound", "nmod") and above.i >= name.last:
        known = tables.names.kinds(_plain(parse, name))
        geo = Kind.GPE if Kind.GPE in known and Kind.LOC not in known else Kind.LOC
        yield from _by_neighbour(above, words, geo)
    for other in (*parse.kids(name.head, "appos"), *((above,) if head.dep == "appos" else ())):
        noun = words.head(other.lower, other.lemma) if other.tag in ("NN", "NNS") else None
        if noun is not None and other.lower not in words.any_kind:
            yield noun.kind, 8.0, "apposition"
    if name.first and tokens[name.first - 1].lower in words.directions and tokens[name.first - 1].text.islower():
        yield Kind.GPE, 4.0, "direction"
    if _is_dateline(parse, name):
        yield Kind.ORG, 10.0, "dateline"
    if head.dep == "pobj":
        yield from _by_preposition(parse, above, words)
    else:
        yield from _by_verb(parse, head, above, words)


def _by_preposition(parse: Parse, above: Token, words: EntityWords) -> Iterator[Vote]:
    """ "in X", "the town of X", "led by X"."""
    if above.lower in PLACE_PREPOSITIONS:
        yield Kind.GPE, PLACE_PREPOSITIONS[above.lower], "preposition"
    elif above.lower == "of":
        yield from _by_of(parse, above, words)
    elif above.dep == "agent" and parse.tokens[above.head].lemma in ("lead", "command", "head"):
        yield Kind.PER, 2.0, "leads"


def _by_verb(parse: Parse, head: Token, above: Token, words: EntityWords) -> Iterator[Vote]:
    """ "X said", "X left. He …", "they entered X", "X's forces", "X, who …"."""
    if head.dep == "nsubj" and above.lemma in words.speech:
        yield Kind.PER, 1.0, "speaks"
        yield Kind.ORG, 0.9, "speaks"
    if head.dep == "nsubj" and above.dep == "ROOT" and _goes_on_as(parse, above, ("he", "she")):
        yield Kind.PER, 2.0, "he or she"
    if head.dep == "dobj" and above.lemma in words.place_verbs:
        yield Kind.GPE, 1.0, "place verb"
    if head.dep == "poss" and above.lower in HIS_FORCES and not head.text.isupper():
        yield Kind.PER, 1.5, "has forces"
    subjects = (t.lower for clause in parse.kids(head.i, "relcl") for t in parse.kids(clause.i, "nsubj"))
    if any(word in ("who", "whom", "whose") for word in subjects):
        yield Kind.PER, 3.0, "who"


def _goes_on_as(parse: Parse, verb: Token, pronouns: tuple[str, ...]) -> bool:
    """Whether the next sentence begins with one of the pronouns."""
    after = verb.sent + 1
    return after < len(parse.sentences) and parse.tokens[parse.sentences[after].first].lower in pronouns


def _is_dateline(parse: Parse, name: Name) -> bool:
    """ "CITY (Agency) - " at the beginning of a paragraph."""
    tokens, first = parse.tokens, parse.sentences[parse.tokens[name.first].sent].first
    if not 0 < name.first - first < 6 or name.last + 1 >= len(tokens) or tokens[name.first - 1].text != "(":
        return False
    return tokens[name.last].text == ")" and tokens[name.last + 1].text in ("-", "–", "—", "--")


def _by_neighbour(noun: Token, words: EntityWords, geo: Kind) -> Iterator[Vote]:
    """The common noun whose modifier the name is: "X newspaper", "X region", "X fighters", "X oil port"."""
    head = words.head(noun.lower, noun.lemma)
    if head is None:
        return
    if head.kind in (Kind.PER, Kind.WEA, Kind.VEH) or head.group in ("armed", "forces", "government", "ministry"):
        yield Kind.ORG, 1.5, "noun beside"
    elif head.kind is Kind.FAC:
        yield Kind.GPE, 2.5, "noun beside"
    elif head.names:
        yield (geo if head.kind is Kind.LOC else head.kind), 20.0, "noun beside"


def _by_of(parse: Parse, of: Token, words: EntityWords) -> Iterator[Vote]:
    """ "the town of X", "the district of X"."""
    noun = parse.tokens[of.head]
    head = words.head(noun.lower, noun.lemma)
    if head is not None and head.group in ("city", "division"):
        yield Kind.GPE, 6.0, "of"
    elif head is not None and head.kind is Kind.LOC and head.names:
        yield Kind.LOC, 2.0, "of"


def _surnames(found: tuple[Name, ...], kinds: dict[str, Kind], votes: dict[str, Ballot]) -> dict[str, tuple[Kind, str]]:
    """Single words that end a longer person's name, or stand after a title, are that person everywhere."""
    last = {k.split()[-1] for k, kind in kinds.items() if kind is Kind.PER and " " in k}
    bare = {bare_surname(w) for w in last}
    bones = {skeleton(w): w for w in sorted(last)}
    titled = {n.key for n in found if n.title}
    out: dict[str, tuple[Kind, str]] = {}
    for key in kinds:
        if " " in key or votes[key].get(Kind.GPE, 0) >= 30:
            continue
        if key in titled or bare_surname(key) in bare:
            out[key] = (Kind.PER, "surname")
        elif max(votes[key].values(), default=0.0) < 3 and same_spelling(key, bones.get(skeleton(key), "")):
            out[key] = (Kind.PER, "spelling")
    return out


def _acronyms(parse: Parse, found: tuple[Name, ...], kinds: dict[str, Kind]) -> dict[str, tuple[Kind, str]]:
    """Short forms in brackets beside a long name, either way round, take the long name's kind."""
    starts = {n.first: n for n in found}
    out: dict[str, tuple[Kind, str]] = {}
    for name in found:
        after = parse.tokens[name.last : name.last + 1]
        other = starts.get(name.last + 1) if after and after[0].text == "(" else None
        if other is None:
            continue
        short, long = sorted((name, other), key=lambda n: len(n.key))
        if initials_match(_plain(parse, short), _plain(parse, long)):
            kind = kinds[long.key] if kinds[long.key] is not Kind.MISC else Kind.ORG
            out[short.key] = out[long.key] = (kind, "acronym")
    return out


def _plain(parse: Parse, name: Name) -> str:
    return " ".join(t.text for t in parse.tokens[name.core : name.last])


def initials_match(short: str, long: str) -> bool:
    """Whether a short form can stand for a long one: its letters, in order, from the words' beginnings (Schwartz–Hearst)."""
    letters = [c for c in short.casefold() if c.isalnum()]
    if ACRONYM.fullmatch(short) is None or " " in short or len(letters) < 2 or len(letters) >= len(long):
        return False
    words = [w for w in re.split(r"[\s‑-]+", long.casefold()) if w]
    content = [w for w in words if w not in SMALL_WORDS]
    if len(content) < 2 and len(words) < 2:
        return False
    if [w[0] for w in content] == letters or [w[0] for w in words] == letters:
        return True
    return content[0][0] == letters[0] and _in_order(letters, content) and len(letters) >= len(content) - 1


def _in_order(letters: list[str], words: list[str]) -> bool:
    """Letters as a subsequence in which every word gives its first letter or nothing."""
    rest = list(letters)
    for word in words:
        if rest and word[0] == rest[0]:
            rest.pop(0)
            for c in word[1:]:
                if rest and c == rest[0] and len(rest) > 1:
                    rest.pop(0)
    return not rest

"""Named things in a parse: where each name stands and what title it bears (``name_kinds.py`` settles what it is).

In: a Parse and the tables. Out: ``Name`` records in order of the text; indices are the parse's tokens, ``last``
exclusive. A name is a run of proper nouns, whether or not the parser labels it, with the particles, hyphens and "of"
that belong inside; titles are told from the name proper. A line in title case or in capitals is read by the names that
the rest of the text holds, so it cannot find there what neither the body nor the parser nor the tables know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from khabar.lexicon.entities import EntityWords
from khabar.lexicon.nations import Nations
from khabar.model.mentions import Kind
from khabar.read.gazetteer import NameKinds
from khabar.read.known_names import lone_surnames, with_known
from khabar.read.tokens import Parse, Sentence, Token

NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
NUMBER_LABELS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
CONTENT_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "VBN", "VBG", "FW"})
ARTICLE_NAME = re.compile(r"(?:[AaEe]l|[AaEe][dnrstz]|[AaEe][dst]h|[Uu]l)[-‑][A-Z]\w")
ELIDED = re.compile(r"[dl]['’][A-Z]\w")
"""a French article before a vowel: "Quai d'Orsay" """
ENOUGH = 5
"""name words in the body from which on a headline is read by them alone"""
SMALL_WORDS = frozenset({"of", "and", "the", "for", "&", "in", "-"})


@dataclass(frozen=True, slots=True)
class Tables:
    """What the rules ask: words, nations, other names."""

    words: EntityWords
    nations: Nations
    names: NameKinds


@dataclass(frozen=True, slots=True)
class Name:
    """One occurrence. ``first`` includes the title, ``core`` is where the name proper begins; ``key`` is the folded name."""

    first: int
    core: int
    last: int
    head: int
    key: str
    title: str
    kind: Kind
    rule: str


def find_names(parse: Parse, tables: Tables) -> tuple[Name, ...]:
    """Every name, not yet typed, in order of the text; the body is read first, so that a headline can be read by it."""
    titled = [_titled(parse, s) for s in parse.sentences]
    plain = [s for s, t in zip(parse.sentences, titled, strict=True) if not t]
    found = [n for s in plain for n in _in_sentence(parse, s, _flags(parse, s, tables), tables)]
    alone = lone_surnames(parse, [(n.first, n.last) for n in found], tables.words)
    found += [_name(parse, i, i, i + 1, "") for i in alone]
    known = frozenset(parse.tokens[i].text for n in found for i in range(n.core, n.last))
    for sentence in (s for s, t in zip(parse.sentences, titled, strict=True) if t):
        found += _in_sentence(parse, sentence, _titled_flags(parse, sentence, known, tables), tables)
    inside = {i for n in found for i in range(n.first, n.core)}
    return tuple(sorted((n for n in found if n.core not in inside), key=lambda n: n.first))


# ------------------------------------------------------------------ where names stand


def _titled(parse: Parse, sentence: Sentence) -> bool:
    """Whether capitals say nothing here: a headline in title case, a line of capitals."""
    long = [t for t in parse.in_sentence(sentence) if len(t.text) > 3 and t.text[0].isalpha()]
    share = sum(t.text[0].isupper() for t in long) / max(1, len(long))
    if sentence.headline:
        return share > 0.6 and len(long) >= 3
    plain = any(t.text.islower() and t.tag[:2] in ("NN", "VB", "JJ") for t in parse.in_sentence(sentence))
    return share > 0.95 and len(long) >= 5 and not plain  # "He met Karim and Lars Heide" is no title


def _flags(parse: Parse, sentence: Sentence, tables: Tables) -> list[bool]:
    """For each token of a sentence in normal case, whether it can be part of a name."""
    tokens = parse.tokens
    flags = [_is_name(tokens[i], tables) for i in range(sentence.first, sentence.last)]
    for n in range(1, len(flags)):
        token = tokens[sentence.first + n]
        if not flags[n] and flags[n - 1] and token.tag in ("NNP", "NNPS"):
            flags[n] = tokens[token.i - 1].head == token.i  # "Human Rights Watch": the head of a name is part of it
        if not flags[n] and token.text[0].isupper() and token.tag in CONTENT_TAGS and token.ent not in NUMBER_LABELS:
            beside = flags[n - 1] or (n + 1 < len(flags) and flags[n + 1])
            alone = token.tag in ("NN", "NNS", "FW") and tokens[token.i - 1].pos not in ("PUNCT", "SYM")
            alone = alone and tables.words.head(token.lower, token.lemma) is None
            flags[n] = (beside or alone) and token.lower not in tables.words.not_names
    if len(flags) > 1 and not flags[0] and flags[1]:
        first = tokens[sentence.first]
        inside = (first.ent in NAME_LABELS and first.lower not in tables.words.not_names) or (
            first.dep == "compound" and first.tag in ("NN", "NNS")
        )
        flags[0] = inside and first.tag in CONTENT_TAGS and first.text[0].isupper()
    for n in range(len(flags) - 4):
        if _grown_together(parse, sentence.first + n):
            flags[n : n + 5] = [True] * 5
    return with_known(parse, sentence, flags, tables.names)


def _grown_together(parse: Parse, i: int) -> bool:
    """ "Port-au-Prince", "Boulogne-sur-Mer": capitals and a small word between, joined by hyphens."""
    run = parse.tokens[i : i + 5]
    whole = len(run) == 5 and all(a.end == b.start for a, b in pairwise(run)) and run[1].text == run[3].text == "-"
    return whole and run[0].text[0].isupper() and run[2].text.islower() and run[4].text[0].isupper()


def _is_name(token: Token, tables: Tables) -> bool:
    text = token.text
    if not text[0].isupper():
        article = "-" in text and ARTICLE_NAME.match(text) is not None
        return text[0].islower() and (article or (token.tag in ("NNP", "NNPS") and ELIDED.match(text) is not None))
    if token.ent in NUMBER_LABELS and token.tag != "NNP":
        return False
    if token.tag in ("NNP", "NNPS"):
        plain = text.lower() in tables.words.not_names and token.ent != "PERSON"  # "Jan van Dijk"
        return text[0].isalpha() and not plain and not _dated(token, tables)
    if token.tag not in CONTENT_TAGS:
        return text.isupper() and text.lower() in tables.words.capitals
    return (
        (token.ent in NAME_LABELS and not _plain_noun(token, tables) and token.lower not in tables.words.not_names)
        or bool(tables.nations.any(text))
        or text.lower() in tables.words.peoples
        or ARTICLE_NAME.match(text) is not None
    )


def _dated(token: Token, tables: Tables) -> bool:
    """A proper noun inside a date or number that is no country, and has no article of a name ("Al-Burhan last week")."""
    return token.ent in NUMBER_LABELS and not (tables.nations.any(token.text) or ARTICLE_NAME.match(token.text))


def _plain_noun(token: Token, tables: Tables) -> bool:
    """A known common noun that only stands first in its sentence."""
    return token.tag in ("NN", "NNS") and tables.words.head(token.lower, token.lemma) is not None


def _titled_flags(parse: Parse, sentence: Sentence, known: frozenset[str], tables: Tables) -> list[bool]:
    """For a title-case line: a name is what the body knows, what the tables know, what the parser labels."""
    return [_is_titled_name(t, known, tables) for t in parse.in_sentence(sentence)]


def _is_titled_name(token: Token, known: frozenset[str], tables: Tables) -> bool:
    text = token.text
    if not text[0].isalpha() or token.tag not in CONTENT_TAGS:
        return text in known and text.isupper()
    if text in known or tables.nations.any(text) or tables.nations.capital(text) or ARTICLE_NAME.match(text):
        return True
    if len(known) >= ENOUGH or token.ent not in NAME_LABELS or token.tag not in ("NNP", "NNPS"):
        return False
    return tables.words.head(token.lower, token.lemma) is None and token.lower not in tables.words.not_names


def _in_sentence(parse: Parse, sentence: Sentence, flags: list[bool], tables: Tables) -> Iterator[Name]:
    """The names of one sentence, not yet typed."""
    base, n, size = sentence.first, 0, len(flags)
    while n < size:
        if not flags[n]:
            n += 1
            continue
        end = n + 1
        while end < size:
            step = 1 if flags[end] else _link(parse, base, n, end, flags, tables)
            if not step:
                break
            end += step
        yield from _split(parse, base + n, base + end, sentence, tables)
        n = end


def _link(parse: Parse, base: int, start: int, at: int, flags: list[bool], tables: Tables) -> int:
    """How many tokens a run of name words goes on by, where the word at ``at`` is none itself; 0 = it ends."""
    token, size = parse.tokens[base + at], len(flags)
    follows = [at + k < size and flags[at + k] for k in (1, 2)]
    word = token.text
    if follows[0] and word.lower() in tables.words.particles and word.islower():
        return 2
    if follows[1] and word.islower() and _is_particle_pair(parse, base + at, tables.words):
        return 3
    if follows[0] and word in "-‑–&":
        return 2 if _hyphen_joins(parse, base + at, tables) else 0
    if word in ("of", "for", "and") or token.tag == "POS":
        return _link_word(parse, base + start, base + at, follows, tables)
    return 0


def _is_particle_pair(parse: Parse, at: int, words: EntityWords) -> bool:
    """Two particles in a row: "van der", "de la", "bin al"."""
    pair = parse.tokens[at : at + 2]
    return all(t.text.islower() and t.lower in words.particles for t in pair)


def _hyphen_joins(parse: Parse, at: int, tables: Tables) -> bool:
    """A hyphen inside one name ("Jean-Claude", "Bosnia-Herzegovina"), not between two ("Libyan-Sudanese")."""
    left, mark, right = parse.tokens[at - 1 : at + 2]
    if mark.text == "&":
        return True
    if left.end != mark.start or mark.end != right.start:
        return False
    nations = tables.nations
    if nations.any(left.text) or nations.any(right.text):
        return bool(nations.name(f"{left.text}-{right.text}"))
    return True


def _link_word(parse: Parse, start: int, at: int, follows: list[bool], tables: Tables) -> int:
    """ "of", "for", "and" and 's inside a name: "Ministry of Defence", "Women's Union"."""
    tokens, words = parse.tokens, tables.words
    left, token = tokens[at - 1], tokens[at]
    step = 2 if follows[0] else 3 if follows[1] and tokens[at + 1].lower == "the" else 0
    if not step:
        return 0
    if token.text in ("of", "for"):
        return step if _takes_of(left.lower, left.lemma, words, for_too=token.text == "of") else 0
    if token.text == "and":
        inside = follows[0] and token.ent in NAME_LABELS and any(t.text == "of" for t in tokens[start:at])
        return step if inside else 0
    head = words.head(left.lower, left.lemma)
    return step if token.ent in NAME_LABELS and head is not None and head.kind is Kind.PER else 0


def _takes_of(lower: str, lemma: str, words: EntityWords, *, for_too: bool) -> bool:
    part, head = words.name_starts.get(lower), words.head(lower, lemma)
    if part is not None:
        return for_too or part.group == "body"
    return for_too and head is not None and (head.kind is Kind.ORG or head.group in ("country", "division", "nature"))


# ------------------------------------------------------------------ titles


def _split(parse: Parse, first: int, last: int, sentence: Sentence, tables: Tables) -> Iterator[Name]:
    """A run of name words to names: what stands before a title, the titled person; a nationality before a person."""
    tokens, words = parse.tokens, tables.words
    if _ends_as_body(parse, first, last, tables):
        yield _name(parse, first, first, last, "")
        return
    at = _title_at(parse, first, last, words)
    if at is None:
        yield from _with_title_before(parse, first, last, sentence, tables)
        return
    begin = at
    while begin > first and _is_title_part(tokens[begin - 1], words):
        begin -= 1
    if begin > first:
        yield from _without_modifiers(parse, first, begin)
    if at + 1 < last:
        yield _name(parse, begin, _after_tail(parse, at + 1, last, words), last, tokens[at].lower)


def _ends_as_body(parse: Parse, first: int, last: int, tables: Tables) -> bool:
    """A name whose head word makes it a body or a place, whatever titles it holds ("King Fahd Hospital")."""
    if last - first < 2:
        return False
    part = own_kind(parse, first, last, tables.words)
    return part is not None and part is not Kind.PER


def _title_at(parse: Parse, first: int, last: int, words: EntityWords) -> int | None:
    """Index of the last title word of a run."""
    for i in range(last - 1, first - 1, -1):
        token = parse.tokens[i]
        if i - first >= 4 and _grown_together(parse, i - 4):
            continue
        if words.is_title(token.lower) and not (i == last - 1 and i > first and _is_given(parse, i - 1, words)):
            return i
    return None


def _is_given(parse: Parse, i: int, words: EntityWords) -> bool:
    """A first name before a surname that is also a title ("Joseph Major")."""
    return words.gender(parse.tokens[i].lower) != "any" and not words.is_title(parse.tokens[i].lower)


def _is_title_part(token: Token, words: EntityWords) -> bool:
    lower = token.lower
    return lower in words.title_modifiers or lower in words.title_tails or words.is_title(lower) or token.text == "-"


def _after_tail(parse: Parse, at: int, last: int, words: EntityWords) -> int:
    """Where the name begins after "Minister" in "Minister-designate X"."""
    while at < last - 1 and (parse.tokens[at].text == "-" or parse.tokens[at].lower in words.title_tails):
        at += 1
    return at


def _without_modifiers(parse: Parse, first: int, last: int) -> Iterator[Name]:
    """What stands before a title ("UN", "Egyptian"), unless it is only a modifier of it."""
    while last > first and parse.tokens[last - 1].lower in SMALL_WORDS:
        last -= 1
    if last > first:
        yield _name(parse, first, first, last, "")


def _with_title_before(parse: Parse, first: int, last: int, sentence: Sentence, tables: Tables) -> Iterator[Name]:
    """A run without a capital title: a lower-case one before it ("spokesman X", "designate X"), a nationality first."""
    words, tokens = tables.words, parse.tokens
    begin, title = first, ""
    while begin > sentence.first and _lower_title(tokens, begin - 1, first, words):
        begin -= 1
        if words.is_title(tokens[begin].lower) and not title:
            title = tokens[begin].lower
    if not title:
        yield from _nation_first(parse, first, last, tables)
        return
    kept = begin
    while begin > sentence.first and _is_title_part(tokens[begin - 1], words) and tokens[begin - 1].text != "-":
        begin -= 1
    while begin < kept and tokens[begin].lower in SMALL_WORDS:  # "the son of Sheikh X"
        begin += 1
    yield _name(parse, min(begin, kept), first, last, title)


def _lower_title(tokens: tuple[Token, ...], i: int, first: int, words: EntityWords) -> bool:
    """Whether token i belongs to a title that stands directly before the name at ``first``."""
    token = tokens[i]
    if token.text == "-" or (token.text.islower() and token.lower in words.title_tails and tokens[i - 1].text == "-"):
        return (i > 0 and tokens[i].end == tokens[i + 1].start) or token.text != "-"
    if not words.is_title(token.lower) or token.tag in ("NNS", "NNPS"):
        return False
    return token.text[0].isupper() or token.head == i + 1 or tokens[token.head].i >= first or tokens[first].head == i


def _nation_first(parse: Parse, first: int, last: int, tables: Tables) -> Iterator[Name]:
    """An adjective of nationality before a person is a name by itself ("Libyan Ahmed Z."); "Libyan National Army" is one."""
    token = parse.tokens[first]
    if last - first >= 2 and tables.nations.adjective(token.text) and parse.tokens[first + 1].ent == "PERSON":
        yield _name(parse, first, first, first + 1, "")
        first += 1
    yield _name(parse, first, first, last, "")


def _name(parse: Parse, first: int, core: int, last: int, title: str) -> Name:
    """An untyped name; its head is the token that hangs on a word outside (the last such)."""
    tokens = parse.tokens
    outside = [i for i in range(core, last) if not core <= tokens[i].head < last or tokens[i].head == i]
    head = next((i for i in reversed(outside) if tokens[i].dep not in ("punct", "case")), last - 1)
    return Name(first, core, last, head, name_key(tokens[i].text for i in range(core, last)), title, Kind.MISC, "")


def name_key(texts: Iterable[str]) -> str:
    """Folded words of a name: lower case, straight apostrophes, no stray marks at the ends."""
    return " ".join(texts).casefold().replace("’", "'").strip(" -–'\"")


def own_kind(parse: Parse, first: int, last: int, words: EntityWords) -> Kind | None:
    """The kind that a name's own words give it: the word before "of", the last word, the first word."""
    tokens = parse.tokens
    cut = next((i for i in range(first + 1, last) if tokens[i].text in ("of", "for")), last)
    end = tokens[cut - 1]
    part = words.name_ends.get(end.lower)
    if part is not None and (last - first > 1):
        return part.kind
    head = words.head(end.lower, end.lemma)
    if head is not None and head.kind is not Kind.PER:
        return head.kind
    start = words.name_starts.get(tokens[first].lower)
    return start.kind if start is not None and last - first > 1 and (cut < last or start.group != "body") else None

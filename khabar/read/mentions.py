"""Mentions: what in a text refers to a person, body, place, facility, vehicle or weapon, by name, description, pronoun.

In: a Parse and the tables. Out: mentions in order of the text with kind (ACE), form, head and a provisional entity each; no
two have the same ``head_token``, so a rule that stands on a token finds its mention. Spans are code points on the text:
a name with its title ("General Ade Banjo"), a description from determiner to head ("the town's militia"); possessive 's and
stray marks lie outside. Names and descriptions inside others are mentions of their own ("Banjo" in "Banjo's militia").
The rules come from ACE's mention types and from ``design/reading.md``; what they cannot find is said in ``names.py`` and
``nominals.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from khabar.lexicon.datelines import agency_start, dateline_end
from khabar.lexicon.entities import EntityWords
from khabar.lexicon.nations import Nations
from khabar.model.mentions import DATELINE, Form, Kind, Mention
from khabar.model.spans import Span
from khabar.read.gazetteer import NameKinds
from khabar.read.name_kinds import typed_names
from khabar.read.names import Name, Tables, find_names
from khabar.read.nominals import Found, find_nominals, find_pronouns, left_edge
from khabar.read.tokens import Parse, Token

STRAY = " -–—‑'\"“”‘’.,;:()[]"


def find_mentions(parse: Parse, words: EntityWords, nations: Nations, names: NameKinds) -> tuple[Mention, ...]:
    """Every mention of a document, in order of the text; each is its own entity until ``link_mentions`` joins them."""
    tables = Tables(words, nations, names)
    named = in_datelines(parse, typed_names(parse, find_names(parse, tables), tables))
    found = {f.head: f for f in _nested(parse, named, tables)}
    found |= {f.head: f for f in (_by_name(parse, n, tables) for n in named) if f is not None}
    for nominal in find_nominals(parse, tables, named):
        found.setdefault(nominal.head, nominal)
    heads = {head: f.kind for head, f in found.items()}
    for pronoun in find_pronouns(parse, tables, heads):
        found.setdefault(pronoun.head, pronoun)
    return tuple(_numbered(parse, found.values()))


def in_datelines(parse: Parse, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names, places and agencies of datelines marked: they tell where somebody writes and for whom."""
    spans = list(_datelines(parse))
    out = []
    for name in names:
        at = parse.tokens[name.first].start
        span = next((s for s in spans if s[0] <= at < s[2]), None)
        inside = span is not None and (at > span[1] or name.kind in (Kind.GPE, Kind.LOC))
        out.append(replace(name, rule=DATELINE) if inside else name)
    return tuple(out)


def _datelines(parse: Parse) -> Iterator[tuple[int, int, int]]:
    """Start of each dateline, of its agency, and its end."""
    last = -1
    for sentence in parse.sentences:
        if sentence.paragraph == last or sentence.headline or sentence.first == sentence.last:
            continue
        last, start = sentence.paragraph, parse.tokens[sentence.first].start
        paragraph = parse.text[start:].partition("\n")[0]
        if end := dateline_end(paragraph):
            yield start, start + agency_start(paragraph), start + end


def _by_name(parse: Parse, name: Name, tables: Tables) -> Found | None:
    """The mention of a name; a capitalised office or common noun after "the" is a description."""
    tokens, words = parse.tokens, tables.words
    token = tokens[name.core]
    alone = name.last - name.core == 1 and name.first == name.core
    head = words.heads.get(token.lower) if alone else None
    if alone and head is None and token.i == parse.sentences[token.sent].first and token.lower not in words.peoples:
        head = words.head(token.lower, token.lemma)  # "Rebels and soldiers clashed"
    if head is not None and head.group != "nature" and not token.text.isupper() and name.rule in COMMON:
        first = left_edge(parse, token.i)
        return Found(first, name.last, name.head, head.kind, Form.NOM, f"noun:{head.group}")
    if name.kind in (Kind.GPE, Kind.LOC) and (first := _direction(tokens, name, words)) < name.first:
        return Found(first, name.last, name.head, Kind.LOC, Form.NAM, "direction")
    return Found(name.first, name.last, name.head, name.kind, Form.NAM, name.rule)


COMMON = frozenset({"name:head word", "name:parser", "name:unknown", "name:acronym", "name:run of capitals"})


def _direction(tokens: tuple[Token, ...], name: Name, words: EntityWords) -> int:
    """Where "eastern Tarmia" begins; the name's own first token if no direction stands before it."""
    before = tokens[name.first - 1] if name.first else None
    if before is None or before.lower not in words.directions or name.rule.endswith("people"):
        return name.first
    own = tokens[name.head]
    adjective = own.tag.startswith("J") or own.dep == "amod"
    return name.first if adjective or before.sent != own.sent else before.i


def _nested(parse: Parse, names: Iterable[Name], tables: Tables) -> Iterator[Found]:
    """Countries inside longer names: "Egyptian" in "Egyptian Armed Forces", "Libya" in "Bank of Libya"."""
    for name in names:
        if name.last - name.first < 2 or name.rule in ("name:territory", "name:capital"):
            continue
        for i in range(name.first, name.last):
            token = parse.tokens[i]
            if i != name.head and token.text[0].isupper() and tables.nations.any(token.text):
                yield Found(i, i + 1, i, Kind.GPE, Form.NAM, "name:territory")


def _numbered(parse: Parse, found: Iterable[Found]) -> Iterator[Mention]:
    """Mentions with ids in order of the text, the outer before the inner."""
    n = 0
    for item in sorted(found, key=lambda f: (parse.tokens[f.first].start, -f.last, f.head)):
        span = trimmed(parse.text, parse.tokens[item.first].start, parse.tokens[item.last - 1].end)
        if span is None:
            continue
        n += 1
        token = parse.tokens[item.head]
        yield Mention(
            mention_id=f"m{n}",
            span=span,
            head=trimmed(parse.text, token.start, token.end) or token.span,
            head_token=item.head,
            kind=item.kind,
            form=item.form,
            entity_id=f"e{n}",
            antecedent_id=None,
            rule=item.rule,
        )


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without blanks and marks at its ends (an acronym keeps its full stop); None if nothing is left."""
    while start < end and text[start] in STRAY:
        start += 1
    while end > start and text[end - 1] in STRAY and not (text[end - 1] == "." and "." in text[start : end - 1]):
        end -= 1
    return Span(start, end) if start < end else None

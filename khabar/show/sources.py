"""Who says it, as shown: a name with its title or one short descriptor, or an unnamed source in the text's words.

In: the look-ups of an article and an attribution. Out: words as inside a sentence, or NOBODY. A body of which there is one
("the national chamber of commerce") is not called unnamed. What it cannot tell: whether two unnamed sources are one.
"""

from __future__ import annotations

import re

from khabar.model.articles import ReadArticle
from khabar.model.attribution import Attribution, SourceKind
from khabar.model.claims import Claim
from khabar.model.mentions import Form, Kind
from khabar.model.spans import Span
from khabar.show.naming import ARTICLE, Names, inside, joined, lowered, names_of, resolved, shortened, tidy
from khabar.show.verbs import is_plural, word_list

NOBODY = "nobody named"
LONGEST_SOURCE = 60
APPOSITION = re.compile(r",|\(| – | who | which | that ")
RELATIVE = re.compile(r"\s(?:who|that|which|whose)\s")
REDUCED = re.compile(r" (?:[a-z]+ed|seen|known|quoted|close|familiar) (?=by |to |with |in |on |at )")
"""where a participle behind a noun begins: "residents reached by phone" """
UNNAMED = re.compile(r"unnamed|anonym|undisclosed|unidentified|not (?:to be )?(?:named|identified)", re.IGNORECASE)
OWNED = re.compile(r"^(?:[A-Z][\w-]*\s+){0,3}[A-Z][\w-]*(?:’s|s’|'s|s')\s")
COUNTED = re.compile(
    r"^((?:at least|at most|more than|about|around|nearly|almost|up to|some) (?:\d[\d,.]*|[a-z]+))\s+(?=\w)",
    re.IGNORECASE,
)


def source_name(names: Names, attribution: Attribution) -> str:
    """Who speaks: a name, an unnamed source in the text's words, or "nobody named"."""
    anonymous = attribution.source_kind is SourceKind.ANONYMOUS
    named = [names.best[e] for e in attribution.source_entities if e in names.best and e not in names.tabled]
    if named and not anonymous:
        return joined(list(dict.fromkeys(short_source(name) for name in named)))
    if len(attribution.source) == 1 and any(p.span == attribution.source[0] for p in names.pronouns):
        return pronoun_source(names, attribution)
    called = [words for span in attribution.source if (words := named_inside(names, span))]
    if called:
        return joined(called)
    words = joined([resolved(names, s) for s in attribution.source])
    if words.lower().startswith("no ") or words.lower() in word_list("relatives"):
        return NOBODY
    if anonymous:
        first = attribution.source[0].start if attribution.source else 0
        proper = first in names.name_starts or not names.text.startswith(words[:3], first)
        return unnamed(words if proper else words[:1].lower() + words[1:])
    if words:
        return short_source(inside(names, attribution.source[0], words))
    return (names.publisher or "the publisher") if attribution.source_kind is SourceKind.PUBLISHER else NOBODY


def pronoun_source(names: Names, attribution: Attribution) -> str:
    """A source that only a pronoun stands for: its description, or the pronoun in quotation marks."""
    for entity in attribution.source_entities:
        if entity in names.described:
            described = names.described[entity]
            return unnamed(ARTICLE.sub("", described)) if attribution.source_kind is SourceKind.ANONYMOUS else described
    word = attribution.source[0].cut(names.text).lower()
    return f"{'an unnamed source' if word == 'it' else 'somebody unnamed'} (“{word}”)"


def named_inside(names: Names, span: Span) -> str:
    """The person whom a long source names, with one descriptor: "Amin Rahal, a spokesman for the Guard"; or nothing."""
    for mention in names.mentions_in(span):
        if mention.kind is not Kind.PER or mention.form is not Form.NAM:
            continue
        before = resolved(names, Span(span.start, mention.span.start)) if mention.span.start > span.start else ""
        if not names.text[span.start : mention.span.start].rstrip().endswith(",") or not before:
            continue
        name, descriptor = tidy(mention.span.cut(names.text)), lowered(before[:1].lower() + before[1:])
        return f"{name}, {descriptor}" if len(descriptor) <= LONGEST_SOURCE and "," not in descriptor else name
    return ""


def short_source(words: str) -> str:
    """A source without the clauses that tell more of it."""
    cut = APPOSITION.search(words)
    if len(words) > LONGEST_SOURCE and cut is not None and cut.start() > 2:
        words = words[: cut.start()].rstrip()
    return shortened(words, LONGEST_SOURCE)


def unnamed(words: str) -> str:
    """ "sources" -> "unnamed sources", "a security official" -> "an unnamed security official"."""
    if not words:
        return "unnamed sources"
    if counted := COUNTED.match(words):
        return f"{counted.group(1).lower()} unnamed {short_source(words[counted.end() :])}"
    if words.startswith("the ") and words.partition(" of ")[0].rsplit(" ", 1)[-1] in word_list("institutions"):
        return short_source(words)
    if UNNAMED.search(words):
        return short_source(words)
    first, _, rest = ARTICLE.sub("", words).partition(" ")
    if first.lower() == "one" and rest.startswith("of "):
        return f"somebody unnamed (“{shortened(words, LONGEST_SOURCE)}”)"
    if (rest.startswith("of ") and first.lower() in word_list("determiners")) or OWNED.match(words):
        return short_source(words)
    return _counted_unnamed(first, rest)


def _counted_unnamed(first: str, rest: str) -> str:
    """ "two officers" -> "two unnamed officers": an unnamed source by the word that opens it."""
    opening = first.lower()
    if opening in {"both", "all", "most", "each", "either", "neither", "every"} and rest:
        return f"{opening} {short_source(rest)}"
    if opening in {"a", "an", "one"} and rest:
        return f"an unnamed {short_source(rest)}"
    if opening in word_list("determiners") and rest:
        return f"{opening} unnamed {short_source(rest)}"
    whole = f"{first} {rest}".strip()
    if rest and all(word[:1].isupper() for word in whole.split()):
        return short_source(whole)
    many = is_plural(REDUCED.split(RELATIVE.split(whole, maxsplit=1)[0].partition(",")[0], maxsplit=1)[0])
    return f"unnamed {short_source(whole)}" if many else f"an unnamed {short_source(whole)}"


def chain_names(article: ReadArticle, claim: Claim) -> tuple[str, ...]:
    """The sources of a claim as shown, outermost first; empty in the publisher's own voice."""
    return chain_of(names_of(article), claim)


def chain_of(names: Names, claim: Claim) -> tuple[str, ...]:
    """As ``chain_names``, over look-ups that were made once."""
    links = [names.attributions[key] for key in claim.chain if key in names.attributions]
    return tuple(source_name(names, link) for link in links)

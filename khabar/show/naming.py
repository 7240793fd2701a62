"""Who is who in the words of one article: each entity under its longest name, pronouns and descriptions replaced by it.

In: a ReadArticle. Out: strings. A name is the longest NAM mention of the entity in the document (at most 60 code
points, without a trailing possessive), with "the" where the text has it; a place's adjective gives way to its name
("Egyptian" is Egypt); an entity without a name keeps its own words. Nothing is looked up outside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from khabar.model.articles import ReadArticle
from khabar.model.attribution import Attribution, SourceKind
from khabar.model.claims import Claim, Predication
from khabar.model.links import TimeLink
from khabar.model.mentions import Form, Kind, Mention
from khabar.model.spans import Span
from khabar.show.verbs import word_list

LONGEST_NAME = 60
NOBODY = "nobody named"
ADJECTIVE = ("an", "ish", "ese", "i", "ch", "ic")
"""endings of adjectives of places"""
PLACES = frozenset({Kind.GPE, Kind.LOC})
LONGEST_PHRASE = 160
SPACES = re.compile(r"\s+")
UNNAMED = re.compile(r"unnamed|anonym|undisclosed|unidentified|not (?:to be )?(?:named|identified)", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:the|these|those|some)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Look-ups over one article, made once by ``names_of``."""

    text: str
    publisher: str | None
    best: Mapping[str, str]
    """entity id to the name that is shown"""
    mentions: Mapping[str, tuple[Mention, ...]]
    pronouns: tuple[Mention, ...]
    name_starts: frozenset[int]
    nominal_starts: frozenset[int]
    attributions: Mapping[str, Attribution]
    predications: Mapping[str, Predication]
    times: Mapping[str, TimeLink]


def names_of(article: ReadArticle) -> Names:
    """The look-ups of an article."""
    reading, text = article.reading, article.version.text
    grouped: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        grouped.setdefault(mention.entity_id, []).append(mention)
    links = linked_names(article)
    best = {key: best_name(text, group, links.get(key)) for key, group in grouped.items()}
    return Names(
        text=text,
        publisher=article.version.publisher,
        best={key: name for key, name in best.items() if name},
        mentions={key: tuple(group) for key, group in grouped.items()},
        pronouns=tuple(m for m in reading.mentions if m.form is Form.PRO),
        name_starts=frozenset(m.span.start for m in reading.mentions if m.form is Form.NAM),
        nominal_starts=frozenset(m.span.start for m in reading.mentions if m.form is Form.NOM),
        attributions={a.attribution_id: a for a in reading.attributions},
        predications={p.predication_id: p for p in reading.predications},
        times={t.timex_id: t for t in article.resolution.times},
    )


def linked_names(article: ReadArticle) -> dict[str, str]:
    """Display names of entities that the tables know."""
    owners = {m.mention_id: m.entity_id for m in article.reading.mentions}
    places = {owners[p.mention_id]: p.name for p in article.resolution.places if p.mention_id in owners}
    return places | {link.entity_id: link.name for link in article.resolution.entities}


def best_name(text: str, mentions: list[Mention], linked: str | None) -> str:
    """The name that is shown; "" for an entity without one. A place's adjective gives way to the table's name."""
    named = [m for m in mentions if m.form is Form.NAM]
    if named and named[0].kind in PLACES:
        name = place_name([tidy(m.span.cut(text)) for m in named])
        adjective = linked is not None and name.endswith(ADJECTIVE) and name[:2] == linked[:2]
        return linked if adjective and linked is not None else with_article(text, name, named)
    longest = longest_name(text, named)
    return (with_article(text, longest, named) if longest else linked) or ""


def longest_name(text: str, named: list[Mention]) -> str | None:
    """The longest name that is not too long, the first of equals."""
    found = [tidy(m.span.cut(text)) for m in named]
    return max((n for n in found if 0 < len(n) <= LONGEST_NAME), key=len, default=found[0] if found else None)


def place_name(found: list[str]) -> str:
    """The commonest name, the first of equals; what only adds letters to another name is its adjective ("Libyan")."""
    plain = [n for n in found if not any(n != o and n.startswith(o) and n[len(o) :].isalpha() for o in found)]
    return max(plain, key=plain.count)


def with_article(text: str, name: str, named: list[Mention]) -> str:
    """ "the Gash Brigade", if the text says so where the name does not stand before another noun."""
    for mention in named:
        before, after = text[: mention.span.start][-5:].lower(), text[mention.span.end :][:24]
        following = after.split(maxsplit=1)[:1] if after[:1].isspace() else []
        word = following[0].lower() if following else ""
        free = not word[:1].isalnum() or word in word_list("prepositions") | word_list("finished")
        if tidy(mention.span.cut(text)) == name and before.split()[-1:] == ["the"] and before.endswith(" ") and free:
            return f"the {name}"
    return name


def tidy(words: str) -> str:
    """One line, without a possessive ending or surrounding punctuation."""
    flat = SPACES.sub(" ", words).strip(" ,;:")
    return flat[:-2] if flat.endswith(("’s", "'s")) else flat


def lowered(words: str) -> str:
    """The phrase as it stands inside a sentence: "The militia" -> "the militia"; names stay."""
    first, _, rest = words.partition(" ")
    shouted = first.isupper() and first != "A"
    if shouted or first.lower() not in word_list("determiners"):
        return words
    return f"{first.lower()} {rest}".strip()


def capital(sentence: str) -> str:
    """The sentence with its first letter as a capital."""
    return sentence[:1].upper() + sentence[1:]


def phrase(names: Names, span: Span, entity_id: str | None) -> str:
    """The words of a filler; a pronoun or bare description of a named entity becomes its name."""
    name = names.best.get(entity_id or "")
    if name is not None and _stands_for_entity(names, span, entity_id or ""):
        return lowered(name)
    return shortened(inside(names, span, resolved(names, span)))


def inside(names: Names, span: Span, words: str) -> str:
    """The words as they stand inside a sentence: a description loses the capital that its place gave it."""
    first = words.partition(" ")[0]
    if not names.text.startswith(first, span.start):
        return words
    if first.isupper() or span.start in names.name_starts or span.start not in names.nominal_starts:
        return lowered(words)
    return words[:1].lower() + words[1:]


def _stands_for_entity(names: Names, span: Span, entity_id: str) -> bool:
    """Whether a mention of the entity covers the filler, or its name is the filler."""
    return any(m.span.contains(span) for m in names.mentions.get(entity_id, ()))


def resolved(names: Names, span: Span) -> str:
    """The words of a span with the pronouns inside it replaced by names."""
    out, at = [], span.start
    for pronoun in names.pronouns:
        name = names.best.get(pronoun.entity_id)
        if name is None or not span.contains(pronoun.span) or pronoun.span.start < at:
            continue
        owner = pronoun.span.cut(names.text).lower() in word_list("possessives")
        name = lowered(name)
        out += [names.text[at : pronoun.span.start], possessive(name) if owner else name]
        at = pronoun.span.end
    return tidy("".join([*out, names.text[at : span.end]]))


def possessive(name: str) -> str:
    """ "Mara’s", "the Guards’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def shortened(words: str) -> str:
    """At most LONGEST_PHRASE code points, cut between words."""
    if len(words) <= LONGEST_PHRASE:
        return words
    return words[:LONGEST_PHRASE].rsplit(" ", 1)[0] + " …"


def source_name(names: Names, attribution: Attribution) -> str:
    """Who speaks: a name, an unnamed source in the text's words, or "nobody named"."""
    named = [names.best[e] for e in attribution.source_entities if e in names.best]
    if named and attribution.source_kind is not SourceKind.ANONYMOUS:
        return joined(list(dict.fromkeys(named)))
    words = joined([resolved(names, s) for s in attribution.source])
    if attribution.source_kind is SourceKind.ANONYMOUS:
        called = attribution.source and attribution.source[0].start in names.name_starts
        return unnamed(words if called else words[:1].lower() + words[1:])
    if words:
        return shortened(lowered(words))
    return (names.publisher or "the publisher") if attribution.source_kind is SourceKind.PUBLISHER else NOBODY


def unnamed(words: str) -> str:
    """ "sources" -> "unnamed sources", "a security official" -> "an unnamed security official"."""
    if not words:
        return "unnamed sources"
    if UNNAMED.search(words):
        return shortened(words)
    first, _, rest = ARTICLE.sub("", words).partition(" ")
    if first.lower() in {"a", "an", "one"}:
        return f"an unnamed {shortened(rest)}"
    if first.lower() in word_list("determiners") and rest:
        return f"{first.lower()} unnamed {shortened(rest)}"
    return f"unnamed {shortened(f'{first} {rest}'.strip())}"


def joined(parts: list[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def chain_names(article: ReadArticle, claim: Claim) -> tuple[str, ...]:
    """The sources of a claim as shown, outermost first; empty in the publisher's own voice."""
    return chain_of(names_of(article), claim)


def chain_of(names: Names, claim: Claim) -> tuple[str, ...]:
    """As ``chain_names``, over look-ups that were made once."""
    links = [names.attributions[key] for key in claim.chain if key in names.attributions]
    return tuple(source_name(names, link) for link in links)

"""Who is who in the words of one article: each entity under its longest name, pronouns and descriptions replaced by it.

In: a ReadArticle. Out: strings. A name is the longest NAM mention of the entity in the document (at most 60 code
points, without a trailing possessive), with "the" where any mention of it has one or its head is a common noun (``articled``
in ``word_lists.yml``); a place's adjective gives way to its name ("Egyptian" is Egypt); an entity without a name keeps
its own words, and its pronouns take its first description.
Nothing is looked up outside.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from khabar.model.articles import ReadArticle
from khabar.model.attribution import Attribution
from khabar.model.claims import Predication
from khabar.model.links import TimeLink
from khabar.model.mentions import Form, Kind, Mention
from khabar.model.spans import Span
from khabar.show.verbs import is_plural, word_list

LONGEST_NAME = 60
LONGEST_ACRONYM = 5
PLACES = frozenset({Kind.GPE, Kind.LOC})
LONGEST_PHRASE = 110
SPACES = re.compile(r"\s+")
ARTICLE = re.compile(r"^(?:the|these|those|some)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Look-ups over one article, made once by ``names_of``."""

    text: str
    publisher: str | None
    best: Mapping[str, str]
    """entity id to the name that is shown"""
    tabled: frozenset[str]
    """entities whose name stands in the tables only: their own words are shown"""
    described: Mapping[str, str]
    """entity id to the description that stands for a pronoun, where the text has no name"""
    pronoun_of: Mapping[str, str]
    """name or description, as inside a sentence, to "he", "she", "it", "they" or a surname"""
    alike: Mapping[str, str]
    """every name and description, as inside a sentence, to its entity id"""
    mentions: Mapping[str, tuple[Mention, ...]]
    pronouns: tuple[Mention, ...]
    name_starts: frozenset[int]
    nominal_starts: frozenset[int]
    attributions: Mapping[str, Attribution]
    predications: Mapping[str, Predication]
    triggers: Mapping[int, Predication]
    """where a trigger starts, to its predication: the first of those that share it"""
    times: Mapping[str, TimeLink]
    timexes: Mapping[str, Span]
    atoms: tuple[tuple[int, int], ...] = ()
    """stretches within which a mark ends nothing, in order: names, times"""
    speaking: frozenset[str] = frozenset()
    """entities of the innermost source of the sentence that is made: their pronouns stay"""

    ordered: tuple[Mention, ...] = ()
    """all mentions by where they begin"""
    starts: tuple[int, ...] = ()
    """where they begin"""

    def mentions_in(self, span: Span) -> list[Mention]:
        """The mentions that stand whole in a stretch, in order."""
        first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return [m for m in self.ordered[first:last] if m.span.end <= span.end]

    def atoms_in(self, start: int, end: int) -> list[Span]:
        """Names and times that stand whole in a stretch."""
        first = bisect_left(self.atoms, (start, 0))
        return [Span(a, b) for a, b in self.atoms[first : bisect_left(self.atoms, (end, 0), first)] if b <= end]


def names_of(article: ReadArticle) -> Names:
    """The look-ups of an article."""
    reading, text = article.reading, article.version.text
    grouped: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        grouped.setdefault(mention.entity_id, []).append(mention)
    links = linked_names(article)
    starts = frozenset(m.span.start for m in reading.mentions if m.form is Form.NAM)
    found = {key: best_name(text, group, links.get(key)) for key, group in grouped.items()}
    best = {key: name for key, name in found.items() if name}
    owners = {
        m.span.start: (len(m.span.cut(text)), possessive(lowered(best[m.entity_id])))
        for m in reading.mentions
        if m.form is Form.PRO and m.entity_id in best and m.span.cut(text).lower() in word_list("possessives")
    }
    nameless = {key: group for key, group in grouped.items() if all(m.form is not Form.NAM for m in group)}
    described = {k: words for k, group in nameless.items() if (words := description(text, group, starts, owners))}
    first = {k: words for k, group in nameless.items() if (words := first_words(text, group, starts, owners))}
    spoken = [*first.items(), *best.items(), *described.items()]
    ordered = sorted(reading.mentions, key=lambda m: m.span.start)
    return Names(
        text=text,
        publisher=article.version.publisher,
        best=best,
        tabled=frozenset(nameless),
        described=described,
        pronoun_of={lowered(w): pronoun_for(text, w, grouped[key]) for key, w in spoken},
        alike=called(text, reading.mentions, starts) | {lowered(w): key for key, w in spoken},
        mentions={key: tuple(group) for key, group in grouped.items()},
        pronouns=tuple(m for m in reading.mentions if m.form is Form.PRO),
        name_starts=starts,
        nominal_starts=frozenset(m.span.start for m in reading.mentions if m.form is Form.NOM),
        attributions={a.attribution_id: a for a in reading.attributions},
        predications={p.predication_id: p for p in reading.predications},
        triggers={p.trigger.start: p for p in reversed(reading.predications)},
        times={t.timex_id: t for t in article.resolution.times},
        timexes={t.timex_id: t.span for t in reading.timexes},
        ordered=tuple(ordered),
        starts=tuple(m.span.start for m in ordered),
        atoms=tuple(sorted((o.span.start, o.span.end) for group in (reading.mentions, reading.timexes) for o in group)),
    )


def called(text: str, mentions: tuple[Mention, ...], starts: frozenset[int]) -> dict[str, str]:
    """Every name and description to its entity, where all mentions of these words agree."""
    found: dict[str, set[str]] = {}
    for mention in mentions:
        words = tidy(mention.span.cut(text))
        if mention.form is not Form.PRO and words:
            lower = words if mention.span.start in starts else words[:1].lower() + words[1:]
            found.setdefault(lowered(lower), set()).add(mention.entity_id)
    return {words: min(ids) for words, ids in found.items() if len(ids) == 1}


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
        adjective = (
            linked is not None and name.endswith(tuple(word_list("place_adjective_ends"))) and name[:2] == linked[:2]
        )
        return (
            with_article(text, linked, named) if adjective and linked is not None else with_article(text, name, named)
        )
    longest = _inside_sentence(text, longest_name(text, named), named)
    plain = {ARTICLE.sub("", tidy(m.span.cut(text))) for m in mentions if m.form is Form.NOM}
    if longest and " " not in longest and longest.lower() in plain:
        return f"the {longest.lower()}"
    return (with_article(text, longest, named) if longest else linked) or ""


def _inside_sentence(text: str, name: str | None, named: list[Mention]) -> str | None:
    """A name whose first word has its capital from the sentence only: "Police chief Daniel Otieno"."""
    first, _, rest = (name or "").partition(" ")
    second = rest.partition(" ")[0]
    told = first.lower() in {"spokesman", "spokeswoman", "spokesperson"}
    plain = told or (first[1:].islower() and second.islower() and second not in word_list("name_parts"))
    if name is None or not plain or not first[:1].isupper() or second in word_list("prepositions"):
        return name
    starts = [m.span.start for m in named if tidy(m.span.cut(text)) == name]
    opening = all(text[:at].rstrip(" ")[-1:] in {"", ".", "!", "?", "\n", "”", '"', "“"} for at in starts)
    return name[:1].lower() + name[1:] if starts and opening else name


Owners = Mapping[int, tuple[int, str]]
"""where a possessive pronoun starts: its length and the name that stands for it"""


def first_words(text: str, mentions: list[Mention], starts: frozenset[int], owners: Owners) -> str:
    """The first description of an entity, as inside a sentence."""
    first = next((m for m in mentions if m.form is Form.NOM), None)
    if first is None:
        return ""
    words = tidy(first.span.cut(text))
    if first.span.start in owners:
        length, owner = owners[first.span.start]
        return f"{owner}{words[length:]}"
    return words if first.span.start in starts else words[:1].lower() + words[1:]


def description(text: str, mentions: list[Mention], starts: frozenset[int], owners: Owners) -> str:
    """What stands for the pronouns of an entity without a name: "a senior officer" -> "the senior officer"."""
    words = first_words(text, mentions, starts, owners)
    if not words or not any(m.form is Form.PRO for m in mentions):
        return ""
    head, _, rest = words.partition(" ")
    if head.lower() in {"a", "an", "the"} and rest:
        return f"the {rest}"
    owned = words[:1].isupper() or "’" in words or head.lower() in word_list("determiners") | word_list("possessives")
    return words if owned else f"the {words}"


def pronoun_for(text: str, name: str, mentions: list[Mention]) -> str:
    """How a sentence that has named somebody goes on: by the text's own pronoun, "it" or "they" for a body, else by
    the last part of a person's name."""
    said = {m.span.cut(text).lower() for m in mentions if m.form is Form.PRO}
    for pronoun, forms in (("he", {"he", "him", "his"}), ("she", {"she", "her", "hers"})):
        if said & forms:
            return pronoun
    if mentions[0].kind is Kind.PER:
        named = any(m.form is Form.NAM for m in mentions)
        return name.rsplit(" ", 1)[-1] if named and " " in name else "they" if is_plural(name) else name
    return "they" if is_plural(name) else "it"


def titled(text: str, mention: Mention) -> str:
    """A name with the whole title before it: "Mines Minister Paul Chanda", "air force spokesman Yurii Ihnat"."""
    name = tidy(mention.span.cut(text))
    if mention.kind is not Kind.PER or name.partition(" ")[0].lower() not in word_list("titled"):
        return name
    line = text[max(0, mention.span.start - 50) : mention.span.start].rpartition("\n")[2]
    words: list[str] = []
    for found in reversed(list(re.finditer(r"\S+", line))[-3:]):
        word, opens = (
            found.group(),
            not line[: found.start()].strip() or line[: found.start()].rstrip()[-1:] in '.!?”“"',
        )
        plain = word.lower() not in word_list("determiners") | word_list("prepositions") | word_list("no_adjectives")
        body = word.lower() in word_list("articled") | word_list("title_heads")
        if not word.isalpha() or not plain or not (body or word[:1].isupper()):
            break
        lowers = opens and body and name[:1].islower()
        words.insert(0, word.lower() if lowers else word)
        if opens:
            break
    return " ".join([*words, name])


def longest_name(text: str, named: list[Mention]) -> str | None:
    """The longest name that is not too long, the first of equals."""
    found = _not_shouted([titled(text, m) for m in named])
    return max((n for n in found if 0 < len(n) <= LONGEST_NAME), key=len, default=found[0] if found else None)


def _not_shouted(found: list[str]) -> list[str]:
    """Names without those in capitals that stand in others as well: "WARSAW" of a dateline beside "Warsaw"."""
    written = {n.lower() for n in found if not n.isupper()}
    return [n for n in found if not (n.isupper() and n.lower() in written)]


def place_name(found: list[str]) -> str:
    """The commonest name, the first of equals; what only adds letters to another name is its adjective ("Libyan")."""
    found = [n.title() if n.isupper() and len(n) > LONGEST_ACRONYM else n for n in _not_shouted(found)]
    plain = [n for n in found if not any(n != o and n.startswith(o) and n[len(o) :].isalpha() for o in found)]
    return max(plain, key=plain.count)


def with_article(text: str, name: str, named: list[Mention]) -> str:
    """ "the Gash Brigade", if the text says so anywhere where the name does not stand before another noun."""
    body = named[0].kind not in PLACES | {Kind.PER}
    if name.lower().startswith("the "):
        return name
    if named[0].kind is not Kind.PER and _common_head(name):
        return f"the {name}"
    for mention in named:
        before, after = text[: mention.span.start][-5:].lower(), text[mention.span.end :][:24]
        following = after.split(maxsplit=1)[:1] if after[:1].isspace() else []
        word = following[0].lower() if following else ""
        free = not word[:1].isalnum() or word in word_list("prepositions") | word_list("finished")
        words = tidy(mention.span.cut(text))
        same = words == name or (body and words.rsplit(" ", 1)[-1] == name.rsplit(" ", 1)[-1])
        if same and before.split()[-1:] == ["the"] and before.endswith(" ") and (free or body):
            return f"the {name}"
    return name


def _common_head(name: str) -> bool:
    """Whether a name of several words has a common noun as its head: "Azawad Front", "Ministry of Defence"."""
    words = name.lower().split()
    heads = [words[-1], *(words[i - 1] for i, w in enumerate(words) if i and w in {"of", "for"})]
    owned = any(w.endswith(("’s", "'s")) for w in words)
    return len(words) > 1 and not owned and any(h in word_list("articled") for h in heads)


def tidy(words: str) -> str:
    """One line, without a possessive ending or surrounding punctuation."""
    flat = SPACES.sub(" ", words).strip(" ,;:")
    return flat[:-2] if flat.endswith(("’s", "'s")) else flat


def lowered(words: str) -> str:
    """The phrase as it stands inside a sentence: "The militia" -> "the militia"; names stay."""
    first, _, rest = words.partition(" ")
    shouted = first.isupper() and first != "A"
    if shouted or first.lower().partition("-")[0] not in word_list("determiners"):
        return words
    return f"{first.lower()} {rest}".strip()


def capital(sentence: str) -> str:
    """The sentence with its first letter as a capital."""
    return sentence[:1].upper() + sentence[1:]


def phrase(names: Names, span: Span, entity_id: str | None, *, keep: frozenset[str] = frozenset()) -> str:
    """The words of a filler; a pronoun or bare description of a named entity becomes its name. Pronouns inside stay
    where they are those of ``keep``, whom the clause has named."""
    name = names.best.get(entity_id or "") if entity_id not in names.tabled else None
    if name is not None and _stands_for_entity(names, span, entity_id or ""):
        return lowered(name)
    if any(p.span == span for p in names.pronouns):
        return pronoun_words(names, span, entity_id or "")
    return shortened(inside(names, span, resolved(names, span, keep=keep)))


def pronoun_words(names: Names, span: Span, entity_id: str) -> str:
    """A pronoun that no name stands behind: the description that it stands for, "we" as a quotation, else as it is."""
    word = span.cut(names.text).lower()
    if word in word_list("first_person"):
        return f"“{word.upper() if word == 'i' else word}”"
    return names.described.get(entity_id) or lowered(names.best.get(entity_id, word))


def inside(names: Names, span: Span, words: str) -> str:
    """The words as they stand inside a sentence: a description loses the capital that its place gave it."""
    first = words.partition(" ")[0]
    if not names.text.startswith(first, span.start):
        return words
    if span.start in names.name_starts or not first[1:].islower() or not opens_sentence(names.text, span.start):
        return (
            lowered(words) if span.start not in names.nominal_starts or not first.islower() else definite(names, words)
        )
    common = (
        first.lower().endswith(tuple(word_list("common_ends")))
        or re.search(rf"\b{re.escape(first.lower())}\b", names.text) is not None
    )
    if span.start in names.nominal_starts:
        return definite(names, words[:1].lower() + words[1:])
    return words[:1].lower() + words[1:] if common else lowered(words)


def opens_sentence(text: str, at: int) -> bool:
    """Whether a word stands first in its sentence, so that its capital says nothing."""
    before = text[:at].rstrip(" “\"‘'")
    return not before or before[-1] in ".!?:\n–—-" or text[at - 1 : at] in '“"\n'


def definite(names: Names, words: str) -> str:
    """A description without an article, as headlines have it, with "the" if the text says so elsewhere."""
    first = words.partition(" ")[0]
    if first in word_list("determiners") | word_list("possessives") or is_plural(words) or not words.isascii():
        return words
    if first.lower() in {"my", "our", "your"}:
        return words
    known = re.search(rf"\b[Tt]he {re.escape(words)}\b", names.text) is not None
    return f"the {words}" if known else words


def _stands_for_entity(names: Names, span: Span, entity_id: str) -> bool:
    """Whether a mention of the entity covers the filler, or its name is the filler."""
    return any(m.span.contains(span) for m in names.mentions.get(entity_id, ()))


def resolved(names: Names, span: Span, *, keep: frozenset[str] = frozenset()) -> str:
    """The words of a span with the pronouns inside it replaced by names, but for those of the entities ``keep``."""
    out, at = [], span.start
    for pronoun in names.pronouns:
        if not span.contains(pronoun.span) or pronoun.span.start < at:
            continue
        word = pronoun.span.cut(names.text)
        if word.lower() in word_list("first_person") and pronoun.span != span:
            out += [names.text[at : pronoun.span.start], f"“{word if word == 'I' else word.lower()}”"]
            at = pronoun.span.end
        if pronoun.entity_id in keep or pronoun.span.start < at:
            continue
        owner = word.lower() in word_list("possessives")
        described = names.described.get(pronoun.entity_id) if owner else None
        name = described or names.best.get(pronoun.entity_id)
        if name is not None:
            name = lowered(name)
            out += [names.text[at : pronoun.span.start], possessive(name) if owner else name]
            at = pronoun.span.end
    return tidy("".join([*out, names.text[at : span.end]]))


def possessive(name: str) -> str:
    """ "Mara’s", "the Guards’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def shortened(words: str, limit: int = LONGEST_PHRASE) -> str:
    """At most ``limit`` code points, cut between words."""
    if len(words) <= limit:
        return words
    return words[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def joined(parts: list[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))

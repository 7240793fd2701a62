"""Which names are one: full names and surnames, acronyms, countries and their adjectives, spellings, singular and plural.

In: the facts of a document's mentions. Out: pairs of indices of named mentions that mean the same. A person is found by
surname, or by first name if only one bears it; two full names with different first names stay two. A body is found by its
acronym, by the same words in another order or number ("Defence Ministry", "Ministry of Defense"), by its last words if
only one body ends so ("the Guard"), and with a noun that only says what it is ("Kito", "Kito newspaper"). Spellings
are compared by consonants (q = g = gh, dh = d, th = t, kh = k), a rule for transliterated Arabic that would also join
"Miller" and "Muller" if one text had both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from khabar.lexicon.entities import EntityWords
from khabar.lexicon.nations import Nations
from khabar.model.mentions import Form, Kind
from khabar.read.facts import Fact
from khabar.read.spelling import bare_surname, same_spelling, skeleton

Pair = tuple[int, int]
LINKERS = frozenset({"of", "the", "for", "and", "&", "'s"})


def name_pairs(facts: tuple[Fact, ...], words: EntityWords, nations: Nations) -> Iterator[Pair]:
    """Pairs of named mentions of one entity."""
    named = [(i, f) for i, f in enumerate(facts) if f.mention.form is Form.NAM]
    by_kind: dict[Kind, list[tuple[int, Fact]]] = defaultdict(list)
    for i, fact in named:
        by_kind[fact.mention.kind].append((i, fact))
    yield from _chains(_country_keys(by_kind[Kind.GPE], nations))
    yield from _people(by_kind[Kind.PER])
    yield from _bodies(by_kind[Kind.ORG], words, nations)
    for kind in (Kind.LOC, Kind.FAC, Kind.VEH, Kind.WEA, Kind.MISC):
        yield from _bodies(by_kind[kind], words, nations)


def _chains(keyed: list[tuple[str, int]]) -> Iterator[Pair]:
    """Each mention with the one before it of the same key."""
    last: dict[str, int] = {}
    for key, i in keyed:
        if key in last:
            yield last[key], i
        last[key] = i


def _country_keys(named: list[tuple[int, Fact]], nations: Nations) -> list[tuple[str, int]]:
    """Countries by code, whether by name, adjective or people; everything else by its words. A capital that acts and the
    town of that name, visited or shelled, are two.
    """
    out = []
    for i, fact in named:
        codes = nations.any(fact.key) or nations.any(fact.key.title())
        key = codes[0] if codes else fact.key.removeprefix("the ").removesuffix(" city")
        out.append((f"{key} acts" if not codes and fact.acts and nations.capital(fact.key) else key, i))
    return out


# ------------------------------------------------------------------ people


def _people(named: list[tuple[int, Fact]]) -> Iterator[Pair]:
    """Persons: exact, then by surname, first name or spelling, each to the latest bearer before (else the first after)."""
    yield from _chains([(fact.key, i) for i, fact in named])
    bearers: dict[str, list[int]] = defaultdict(list)
    for i, fact in named:
        bearers[fact.key].append(i)
    shelves = _shelves(list(bearers))
    for key, own in bearers.items():
        near = dict.fromkeys(k for word in _shelf_words(key) for k in shelves[word])
        matches = [other for other in near if other != key and _same_person(key, other)]
        full = [m for m in matches if " " in m]
        if " " in key:
            yield from ((own[0], bearers[m][0]) for m in full)
        elif not full or _all_one(full):
            yield from ((own[0], bearers[m][0]) for m in matches)
        else:
            yield from _nearest(own, {m: bearers[m] for m in full})


def _shelf_words(key: str) -> set[str]:
    """Under which words a name is worth comparing: the bones of its last word, its first word."""
    words = key.split()
    return {skeleton(bare_surname(words[-1])), bare_surname(words[-1]), bare_surname(words[0])} if words else set()


def _shelves(keys: list[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        for word in _shelf_words(key):
            out[word].append(key)
    return out


def _all_one(full: list[str]) -> bool:
    """Whether some full names are one person's."""
    return all(_same_person(full[0], other) for other in full[1:])


def _nearest(singles: list[int], full: dict[str, list[int]]) -> Iterator[Pair]:
    """Two bearers of a surname in one text: each bare surname means the one named last before it."""
    for i in singles:
        before = [j for bearers in full.values() for j in bearers if j < i]
        if before:
            yield max(before), i


def _same_person(a: str, b: str) -> bool:
    """Whether two folded names can be one person's."""
    left, right = a.split(), b.split()
    if len(left) == 1 and len(right) == 1:
        return same_spelling(left[0], right[0])
    if len(left) > len(right):
        left, right = right, left
    if len(left) == 1:
        return same_spelling(left[0], right[-1]) or bare_surname(left[0]) == bare_surname(right[0])
    if not same_spelling(left[-1], right[-1]):
        return False
    return all(any(same_spelling(x, y) or _initial(x, y) for y in right[:-1]) for x in left[:-1])


def _initial(a: str, b: str) -> bool:
    return min(len(a.rstrip(".")), len(b.rstrip("."))) == 1 and a[0] == b[0]


# ------------------------------------------------------------------ bodies, places, things


def _bodies(named: list[tuple[int, Fact]], words: EntityWords, nations: Nations) -> Iterator[Pair]:
    """Bodies and places: the same words, acronyms, last words, a noun that only says what it is."""
    bearers: dict[tuple[str, ...], list[int]] = defaultdict(list)
    facts: dict[tuple[str, ...], Fact] = {}
    for i, fact in named:
        key = _body_key(fact, nations)
        bearers[key].append(i)
        facts.setdefault(key, fact)
    yield from _chains([(" ".join(key), i) for key, at in bearers.items() for i in at])
    endings: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in bearers:
        for word in {key[0], key[-1], _initials(facts[key])} if key else ():
            endings[word].append(key)
    for short in (k for k in bearers if k):
        near = dict.fromkeys((*endings[short[0]], *endings[short[-1]]))
        longer = [k for k in near if k != short and _stands_for(short, k, facts, words)]
        if len(longer) == 1 or (longer and _acronym(short, facts)):
            yield bearers[short][0], bearers[longer[0]][0]


def _initials(fact: Fact) -> str:
    """First letters of a body's words: "nrc" of "Northern Rivers Council"."""
    return "".join(w[0] for w in re.split(r"[\s‑-]+", fact.key) if w and w not in LINKERS)


def _body_key(fact: Fact, nations: Nations) -> tuple[str, ...]:
    """Words of a body's name: countries as codes, singular, British spelling; a ministry's in alphabetical order."""
    out = []
    for word in re.split(r"[\s‑-]+", fact.key):
        if word in LINKERS or not word:
            continue
        codes = nations.any(word.title()) or nations.any(word.upper())
        out.append(codes[0] if codes else _plain_word(word))
    if "ministry" in out or "department" in out:
        out.sort()
    return tuple(out)


def _plain_word(word: str) -> str:
    word = word.removesuffix("'s")
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    word = re.sub(r"ern$", "", word) if word.endswith(("stern", "thern")) else word
    return word.replace("defense", "defence").replace("isation", "ization").replace("labour", "labor")


def _acronym(short: tuple[str, ...], facts: dict[tuple[str, ...], Fact]) -> bool:
    return len(short) == 1 and facts[short].mention.rule == "name:acronym"


def _stands_for(
    short: tuple[str, ...], long: tuple[str, ...], facts: dict[tuple[str, ...], Fact], words: EntityWords
) -> bool:
    """Whether the name ``short`` is a short form of ``long``."""
    if len(short) == 1 and len(long) > 1 and short[0].lower() == _initials(facts[long]):
        return True
    if len(short) >= len(long):
        return False
    if long[: len(short)] == short:
        return all((head := words.head(w)) is not None and head.names for w in long[len(short) :])
    if long[-len(short) :] != short:
        return False
    own = facts[short].nations
    return not own or bool(own & facts[long].nations)

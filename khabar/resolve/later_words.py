"""Words by which a text later calls a place: "Kidal … the town", "Ghazni … the province", "Mukalla … the port city".

In: the context of a document, its named places, and the entries of each name that lie where its likeliest one lies (a
town, its province, its air base). Out: for each named mention the ids of the entries that such a description rules out
because another of them is what it says; so nothing is preferred to a namesake far away.
A description belongs to the names that coreference has made one with it; else, if no name stands in it ("the besieged
town", not "the town of X"), to the nearest name before it, in the two paragraphs so far, that an entry of that kind
bears. "The region" and "the state" of nobody are left alone: they as often mean half a continent and a government.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from khabar.model.mentions import Form, Mention
from khabar.resolve.context import Context
from khabar.resolve.lookups import PlaceRow

Rows = Callable[[Mention], Sequence[PlaceRow]]
"""the entries of a mention's name"""
BACK = 600
"""characters before a description in which its name is looked for"""
PARAGRAPHS = 2
"""breaks between a name and its description from which they are not about one thing"""


def ruled_out(
    context: Context, named: Sequence[Mention], rows_of: Rows, groups: Mapping[str, tuple[str, ...]]
) -> dict[str, frozenset[str]]:
    """Place ids by mention id. ``groups``: feature codes by group of words."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for mention, group in (*_coreferent(context, named), *_nearest(context, named, rows_of, groups)):
        others = {row.place_id for row in rows_of(mention) if row.feature not in groups[group]}
        if len(others) < len({row.place_id for row in rows_of(mention)}):
            found[mention.mention_id] |= others
    return {key: frozenset(ids) for key, ids in found.items()}


def _coreferent(context: Context, named: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
    """Named mentions with the group of what coreference calls them."""
    called: defaultdict[str, set[str]] = defaultdict(set)
    for mention in context.reading.mentions:
        if mention.form is Form.NOM:
            group = context.words.features.get(mention.head.cut(context.version.text).lower())
            if group:
                called[mention.entity_id].add(group)
    return ((m, group) for m in named for group in sorted(called.get(m.entity_id, ())))


def _nearest(
    context: Context, named: Sequence[Mention], rows_of: Rows, groups: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Mention, str]]:
    """The nearest name before each bare description that an entry of its kind bears."""
    text, words = context.version.text, context.words
    for match in _pattern(words.calls).finditer(text):
        group = words.features[match["noun"].lower()]
        for mention in reversed([m for m in named if match.start() - BACK < m.span.end <= match.start()]):
            if text.count("\n", mention.span.end, match.start()) > PARAGRAPHS:
                break
            if any(row.feature in groups[group] for row in rows_of(mention)):
                yield mention, group
                break


@lru_cache(maxsize=4)
def _pattern(nouns: frozenset[str]) -> re.Pattern[str]:
    """Bare descriptions with these nouns, the longest first."""
    any_noun = "|".join(re.escape(noun) for noun in sorted(nouns, key=lambda noun: (-len(noun), noun)))
    return re.compile(rf"\b(?:[Tt]he|[Tt]hat|[Tt]his)(?: [a-z][a-z-]+){{0,2}} (?P<noun>{any_noun})\b(?! of | [A-Z])")

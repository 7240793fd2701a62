"""New names that are only details: where it happened, of what country somebody is, for whom a named person works.

In: a ``Change`` and a name that came. Out: whether it only describes what the sentence told before: a place behind a word
like "in", a country before people or things that do not fight ("India couple", "UK PM"), a body before a person who is named
on both sides ("Chelsea striker Costa"). Whose soldiers, missiles or officials they are is no detail, nor is a country that
acts. The reading says who acts; without one only adjectives count as details.
"""

from __future__ import annotations

from khabar.fuse.changed import Change, verbal
from khabar.fuse.facts import Facts
from khabar.fuse.names import Name, same_name

BESIDE = frozenset({" ", "'s ", "’s ", "' ", "’ "})
BETWEEN = 2
"""words between a body and the person who works for it"""


def is_detail(change: Change, name: Name) -> bool:
    """Whether a name that came adds nothing to who did what."""
    if name.titled or _acts(change.after, name):
        return False
    return _where(change, name) or _of_country(change, name) or _of_known(change, name)


def _acts(facts: Facts, name: Name) -> bool:
    """Whether the name, or what it is the last word of, acts or speaks, or does something in a compound: "Iran-backed"."""
    speaks = any(v.span.overlaps(name.span) for v in facts.voices)
    backs = any("-" in w.text for w in facts.sentence.words[name.first : name.last])
    return speaks or backs or any(a.end == name.span.end and a.overlaps(name.span) for a in facts.actors or ())


def _where(change: Change, name: Name) -> bool:
    """Whether it is a place behind "in", "near" and the like."""
    words = change.after.sentence.words
    before = [w.key for w in words[max(0, name.first - 2) : name.first] if w.key != "the"]
    place = (name.place or name.nation) and not name.adjective
    return place and bool(before) and before[-1] in change.table.words.where


def _of_country(change: Change, name: Name) -> bool:
    """Whether it is a country before people or things that do not fight; in a title that states nothing, any name there."""
    words, table = change.after.sentence.words, change.table.words
    if name.last >= len(words) or words[name.last].gap not in BESIDE:
        return False
    title = all(f.silent and not f.voices for f in (change.before, change.after))
    if not (name.nation or title) or (change.after.actors is None and not name.adjective):
        return False
    after = words[name.last]
    office = (after.key,) in table.titles
    fights = any(w.key in table.sides or w.key in table.armed for w in words[name.last : name.last + 2])
    noun = after.key not in table.small and not after.capital
    return office or (noun and not fights and not verbal(change.after, name.last, change.table))


def _of_known(change: Change, name: Name) -> bool:
    """Whether it is a body before a person whom both sides name."""
    words, table = change.after.sentence.words, change.table.words
    for other in change.after.names:
        between = words[name.last : other.first]
        if not 0 <= len(between) <= BETWEEN or other.first < name.last or other.adjective:
            continue
        beside = all(w.gap in BESIDE for w in words[name.last : other.first + 1])
        plain = all(w.text.islower() and w.key not in table.small and w.key not in table.sides for w in between)
        told = range(name.last, other.first)
        plain = plain and not any(words[i].key in table.armed or verbal(change.after, i, change.table) for i in told)
        if beside and plain and (between or words[other.first].gap != " "):
            return any(same_name(other, n) and not n.nation for n in change.before.names)
    return False

"""Names that went, came, became a role, or a place that became another place.

In: a ``Change``. Out: findings NAME_REMOVED, NAME_GENERALISED, NAME_ADDED, PLACE_CHANGED. A name that is still in the
sentence under another spelling, as an adjective or in a shorter form is no finding; nor is a name that became a pronoun
whose name stands earlier, nor a new name that only says where or of what country (details). An adjective of a country
that comes with a role ("a Libyan officer") belongs to the role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from khabar.fuse.changed import Change, Finding, role_key, stem
from khabar.fuse.details import is_detail
from khabar.fuse.facts import Facts
from khabar.fuse.names import DIGIT, Name, same_name
from khabar.fuse.words import Word
from khabar.lexicon.nations import Nations
from khabar.lexicon.revision import fold, revision_words
from khabar.model.changes import EditClass
from khabar.model.spans import Span


def name_findings(change: Change) -> Iterator[Finding]:
    """All findings about names."""
    gone = [
        n
        for n in _lacking(change.before, (change.after, *change.lost_to), change.table.nations)
        if not change.in_clause(n.span, after=False)
    ]
    new = [
        n
        for n in _lacking(change.after, (change.before, *change.come_from), change.table.nations)
        if not change.in_clause(n.span, after=True)
    ]
    yield from _turned(change)
    swaps = _place_swaps(change, gone, new)
    for old, fresh in swaps:
        yield Finding(EditClass.PLACE_CHANGED, old.span, fresh.span)
    gone = [n for n in gone if all(n is not old for old, _ in swaps)]
    new = [n for n in new if all(n is not fresh for _, fresh in swaps)]
    for name in gone:
        yield from _gone(change, name, new)
    for name in new:
        across = change.counterpart(name.first, name.last, to_after=False)
        pronoun = across and _only_pronoun(change, change.before, across)
        told = _belongs_to_role(change, name, gone) or _speaks_instead(change, name) or is_detail(change, name)
        if not pronoun and not told:
            yield Finding(EditClass.NAME_ADDED, change.span_across(name.first, name.last, to_after=False), name.span)


def _turned(change: Change) -> Iterator[Finding]:
    """A quarter of the sky that became another: "north of the town", "south of the town"."""
    compass = change.table.words.compass
    sides = [{compass[w.key] for w in f.sentence.words if w.key in compass} for f in (change.before, change.after)]
    for region in change.regions:
        old = [w for w in change.before.sentence.words[region.b0 : region.b1] if w.key in compass]
        new = [w for w in change.after.sentence.words[region.a0 : region.a1] if w.key in compass]
        if len(old) == len(new) == 1 and compass[old[0].key] not in sides[1] and compass[new[0].key] not in sides[0]:
            yield Finding(EditClass.PLACE_CHANGED, old[0].span, new[0].span)


def _lacking(here: Facts, there: Sequence[Facts], nations: Nations) -> list[Name]:
    """Names of one side that no sentence of the other side holds, neither as a name nor as plain words."""
    missing = [n for n in here.names if not any(same_name(n, other) for f in there for other in f.names)]
    plain = [{fold(w.key) for w in f.sentence.words} for f in there]
    stems = [{stem(key) for key in keys} for keys in plain]
    missing = [n for n in missing if not any(_keys(here, n) <= keys for keys in plain) and not _first_role(here, n)]
    missing = [n for n in missing if not any(_spelt_out(n, f) or _inside(n, f, nations) for f in there)]
    missing = [n for n in missing if not any(_in_full(n, here, f) for f in there)]
    missing = [n for n in missing if not any(_speaks_for(n, here, f, nations) for f in there)]
    return [n for n in missing if not _only_first(n) or not any(stem(*_keys(here, n)) in keys for keys in stems)]


def _speaks_for(name: Name, here: Facts, there: Facts, nations: Nations) -> bool:
    """Whether who speaks or acts is a country on one side and its seat on the other ("Ukraine says", "Kyiv says"; "Pyongyang
    fires", "North Korean missile"), or the seat is called the country's capital."""
    alike = [n for n in there.names if _seat(name, nations) & _seat(n, nations)]
    return any(
        ((_does(name, here) or name.adjective) and (_does(n, there) or n.adjective))
        or _as_capital(name, here, n, there)
        for n in alike
    )


def _does(name: Name, facts: Facts) -> bool:
    """Whether the name, or what it is the last word of, speaks or acts."""
    speaks = any(v.span.overlaps(name.span) for v in facts.voices)
    return speaks or any(a.end == name.span.end and a.overlaps(name.span) for a in facts.actors or ())


def _as_capital(a: Name, here: Facts, b: Name, there: Facts) -> bool:
    """Whether one of the two is a country whose capital is told of, and the other no country: "Lebanon's capital"."""
    for name, facts, other in ((a, here, b), (b, there, a)):
        words = facts.sentence.words
        behind = name.last < len(words) and words[name.last].key == "capital"
        before = name.first > 1 and [w.key for w in words[name.first - 2 : name.first]] == ["capital", "of"]
        if name.nation and not other.nation and (behind or before):
            return True
    return False


def _seat(name: Name, nations: Nations) -> frozenset[str]:
    """The country that a name is, or whose government it stands for."""
    printed = " ".join(name.words).title()
    return frozenset(nations.any(printed)) | frozenset(nations.metonym(printed))


def _inside(name: Name, there: Facts, nations: Nations) -> bool:
    """Whether a country is a word of a longer name there: "Ethiopian Prime Minister Abiy Ahmed"."""
    longer = [i for n in there.names if n.last - n.first > 1 for i in range(n.first, n.last)]
    texts = (there.sentence.words[i].text for i in longer) if name.nation else ()
    return any(f"nation:{codes[0]}" == name.group for text in texts if (codes := nations.any(text)))


def _spelt_out(name: Name, there: Facts) -> bool:
    """Whether a short form of three letters and more stands there in full: "PTO", "paid time off"."""
    return expansion(_short(name), there.sentence.words) is not None


def _short(name: Name) -> str:
    short = "".join(name.words)
    group = short[:1].isalpha() and short[1:].isdigit()  # "G20", "Group of 20"
    return short if len(name.words) == 1 and ((3 <= len(short) <= 6 and short.isalpha()) or group) else ""


def expansion(short: str, words: Sequence[Word]) -> tuple[int, int] | None:
    """The words [first, last) whose beginnings spell a short form, small words counted or not."""
    for small in (frozenset[str](), revision_words().inside_names | revision_words().small):
        told = [i for i, w in enumerate(words) if w.key not in small]
        letters = [_initial(words[i].key, short) for i in told]
        sought = re.findall(r"\d+|.", short)
        at = next((k for k in range(len(letters)) if sought and letters[k : k + len(sought)] == sought), -1)
        if at >= 0:
            return told[at], told[at + len(sought) - 1] + 1
    return None


def _initial(key: str, short: str) -> str:
    """The letter, or in a short form with a number the number, that a word lends to it."""
    number = DIGIT.get(key, key)
    return number if short[-1:].isdigit() and number.isdigit() else key[0]


def _in_full(name: Name, here: Facts, there: Facts) -> bool:
    """Whether a name is a part of what a short form there stands for: "Security" in what "OSCE" says."""
    return stands_in_full(name.first, name.last, here, there)


def stands_in_full(first: int, last: int, here: Facts, there: Facts) -> bool:
    """Whether words [first, last) are a part of what a short form there stands for: "20" in what "G20" says."""
    spans = (expansion(_short(n), here.sentence.words) for n in there.names)
    return any(s is not None and s[0] <= first and last <= s[1] for s in spans)


def _first_role(here: Facts, name: Name) -> bool:
    """Whether the "name" is a role that is capital because it stands first: "Royal owns firm"."""
    return _only_first(name) and role_key(here.sentence.words[0].key) in revision_words().roles


def _only_first(name: Name) -> bool:
    """Whether the name is one word that may be capital because it is the first: "Tornadoes", where a tornado stood."""
    return name.first == 0 and name.last == 1


def _keys(facts: Facts, name: Name) -> set[str]:
    """Folded words of a name, without the small ones that come and go in it ("Ministry of Defence", "defence ministry")."""
    keys = {fold(w.key) for w in facts.sentence.words[name.first : name.last]}
    return (keys - revision_words().inside_names) or keys


def _place_swaps(change: Change, gone: Sequence[Name], new: Sequence[Name]) -> list[tuple[Name, Name]]:
    """A place that stands where another stood, or the only place that went and the only one that came."""
    out: list[tuple[Name, Name]] = []
    gone = [n for n in gone if not any(v.span.overlaps(n.span) for v in change.before.voices)]
    new = [n for n in new if not any(v.span.overlaps(n.span) for v in change.after.voices)]
    old_places, new_places = [n for n in gone if n.place], [n for n in new if n.place]
    for old in gone:
        across = change.counterpart(old.first, old.last, to_after=True)
        here = [n for n in new if across and n.first < across[1] and across[0] < n.last]
        match = next((n for n in here if (n.place or old.place) and not (n.titled or old.titled)), None)
        if match is None and old.place and len(old_places) == len(new_places) == 1:
            match = new_places[0]
        if match is not None and not old.adjective and not match.adjective:
            out.append((old, match))
    return out


def _gone(change: Change, name: Name, new: Sequence[Name]) -> Iterator[Finding]:
    across = change.counterpart(name.first, name.last, to_after=True)
    span = change.span_across(name.first, name.last, to_after=True)
    if across and _only_pronoun(change, change.after, across):
        return
    if across and _is_role(change, across, new) and not name.adjective:
        yield Finding(EditClass.NAME_GENERALISED, name.span, _without_hedges(change.after, *across))
        return
    if across is None and _beside_role(change, name):
        yield Finding(EditClass.NAME_GENERALISED, name.span, None)
    if not (name.adjective and _belongs_to_name(change, name, new)):
        yield Finding(EditClass.NAME_REMOVED, name.span, span)


def _without_hedges(facts: Facts, first: int, last: int) -> Span:
    """Words [first, last) without the hedges and auxiliaries at their ends: "Officer allegedly", "Officer may have"."""
    hedged = {i for m in facts.hedges for i in range(m.first, m.last)}
    hedged |= {i for i in range(first, last) if facts.sentence.words[i].key in revision_words().auxiliaries}
    told = [i for i in range(first, last) if i not in hedged] or [first, last - 1]
    return facts.sentence.cut(told[0], told[-1] + 1)


def _only_pronoun(change: Change, facts: Facts, across: tuple[int, int]) -> bool:
    keys = [w.key for w in facts.sentence.words[slice(*across)]]
    return bool(keys) and keys[0] in change.table.words.pronouns and len(keys) == 1


def _is_role(change: Change, across: tuple[int, int] | None, new: Sequence[Name]) -> bool:
    """Whether a description stands in the name's place: a role noun, or a phrase with an article and no new name."""
    if across is None:
        return False
    every = change.after.sentence.words
    beside = across[1] < len(every) and every[across[1]].gap == " " and every[across[1]].key in change.table.words.roles
    words = every[across[0] : across[1] + beside]
    named = [n for n in new if n.first < across[1] and across[0] < n.last and not n.adjective]
    if any(role_key(w.key) in change.table.words.roles and not w.text.isupper() for w in words):
        return not named
    return not named and words[0].key in {"a", "an", "the", "some", "one"} and 2 <= len(words) <= 6


def _beside_role(change: Change, name: Name) -> bool:
    """Whether the name was dropped from beside a description that stayed ("militia leader X" -> "militia leader")."""
    words = change.before.sentence.words
    before = words[name.first - 1] if name.first else None
    return (
        before is not None
        and before.key in change.table.words.roles | _title_words(change)
        and words[name.first].gap == " "
    )


def _title_words(change: Change) -> frozenset[str]:
    return frozenset(t[0] for t in change.table.words.titles if len(t) == 1)


def _speaks_instead(change: Change, name: Name) -> bool:
    """Whether it is a country that speaks where somebody else spoke: that is told as a source replaced."""
    speaks = any(v.span.overlaps(name.span) for v in change.after.voices)
    return name.nation and speaks and bool(change.before.voices)


def _belongs_to_role(change: Change, name: Name, gone: Sequence[Name]) -> bool:
    """Whether a new adjective only describes the role that a name became."""
    if not name.adjective:
        return False
    across = change.counterpart(name.first, name.last, to_after=False)
    return across is not None and any(n.first < across[1] and across[0] < n.last for n in gone)


def _belongs_to_name(change: Change, name: Name, new: Sequence[Name]) -> bool:
    """Whether an adjective went because the description around it became a name."""
    across = change.counterpart(name.first, name.last, to_after=True)
    return across is not None and any(n.first < across[1] and across[0] < n.last and not n.adjective for n in new)

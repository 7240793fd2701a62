"""Rival values within one event: counts of dead, wounded and the like, time, who did it to whom, whether it happened.

In: the event's articles, its happenings, its lineage. Out: ``Contradiction`` records with every value and who gives it.
Counts are read from words beside a number ("four killed", "wounding eleven"; table ``tolls`` of revision.yml); a number
behind "and" that adds to another person is a part and is left out. A later and higher count is an update, no contradiction,
if its text says that the count rose or if it comes from the same origin. Two articles contradict only where their sets of
values share nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from khabar.fuse.facts import Facts, tables
from khabar.fuse.happenings import Happening
from khabar.fuse.words import Word
from khabar.model.articles import ReadArticle
from khabar.model.events import Contradiction, Lineage
from khabar.model.factuality import Polarity
from khabar.model.factuality import Word as DisplayWord

CLOCK_TOLERANCE = 30
NEAR = 3
"""words between a number and the word that says what it counts"""
LEAD = 3
DENIAL_LEAD = 2
"""headline and first sentence: what stands there is what the article is about"""
Values = Mapping[str, frozenset[str]]
"""version id to the values it gives"""


def contradictions_in(
    articles: Sequence[ReadArticle],
    happenings: Sequence[Happening],
    lineage: Sequence[Lineage],
    told: Mapping[str, Sequence[Facts]],
) -> tuple[Contradiction, ...]:
    """All contradictions of one event, by field; ``told``: the facts of each version's sentences."""
    if len(articles) < 2:
        return ()
    ordered = sorted(articles, key=lambda a: (a.version.published or "9999", a.version.version_id))
    facts = {a.version.version_id: told[a.version.version_id] for a in ordered}
    risen = {v for v, found in facts.items() if _says_risen(found)}
    fields = _counted(facts)
    out = [_rival(field, values, ordered, risen, lineage) for field, values in sorted(fields.items())]
    out += [_rival_times({v: _clocks(f) for v, f in facts.items()}), _swapped(happenings), _happened(happenings, facts)]
    return tuple(c for c in out if c)


# ------------------------------------------------------------------------------------------------------------ counts
def _counted(facts: Mapping[str, Sequence[Facts]]) -> dict[str, dict[str, frozenset[str]]]:
    """Field to the values that each version gives."""
    out: defaultdict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for version, found in facts.items():
        mine: defaultdict[str, set[str]] = defaultdict(set)
        for i, sentence in enumerate(found):
            for field, value in tolls_in(sentence):
                mine[field].add(value)
            for field, value in _units(sentence) if i < LEAD else ():
                mine[field].add(value)
        for field, values in mine.items():
            out[field][version] = frozenset(values)
    return dict(out)


def tolls_in(facts: Facts) -> list[tuple[str, str]]:
    """(what is counted, value) of a sentence: each number goes to the nearest word that says what it counts."""
    words = facts.sentence.words
    tolls = tables().words.tolls
    marks = [(i, tolls[w.key]) for i, w in enumerate(words) if w.key in tolls]
    out = []
    for amount in facts.amounts:
        if amount.low is None or amount.low != amount.high or _is_part(facts, amount.first):
            continue
        behind = [(amount.first - i, f) for i, f in marks if 0 < amount.first - i <= 1]
        ahead = [(i - amount.last + 1, f) for i, f in marks if 0 < i - amount.last + 1 <= NEAR + 1]
        near = min(behind or ahead, default=None)
        if near and not any(c in words[amount.first].gap for c in ";") and _unit_counts_people(facts, amount.last):
            out.append((near[1], f"{amount.low:g}"))
    return out


def _is_part(facts: Facts, first: int) -> bool:
    """ "his brother and three customers": the number adds to somebody else."""
    words = facts.sentence.words
    if first < 2 or words[first - 1].key != "and":
        return False
    return words[first - 2].key not in tables().words.tolls


def _unit_counts_people(facts: Facts, last: int) -> bool:
    unit = facts.sentence.words[last].key if last < len(facts.sentence.words) else ""
    return unit not in tables().words.measures


def _units(facts: Facts) -> list[tuple[str, str]]:
    """(noun, value) for numbers of people and things of one kind ("sixteen policemen")."""
    out = []
    for amount in facts.amounts:
        nouns = facts.sentence.words[amount.last : amount.last + 2]
        noun = next((w.key for w in nouns if _countable(w)), None)
        if noun and amount.low is not None and amount.low == amount.high and amount.low > 1:
            out.append((f"number of {noun}", f"{amount.low:g}"))
    return out


def _countable(word: Word) -> bool:
    """Whether a word is a plural that can be counted: a role, or a noun in -s that is neither verb nor measure."""
    table = tables()
    if word.key in table.words.roles:
        return True
    plural = word.key.endswith("s") and not word.key.endswith("ss") and len(word.key) > 3 and not word.capital
    return plural and word.key not in table.words.measures | table.verbs | table.words.small


def _says_risen(found: Sequence[Facts]) -> bool:
    words = {w.key for f in found for w in f.sentence.words}
    return bool(words & tables().words.risen)


def _rival(
    field: str, values: Values, ordered: Sequence[ReadArticle], risen: set[str], lineage: Sequence[Lineage]
) -> Contradiction | None:
    """A contradiction over counts, updates aside."""
    day = {a.version.version_id: (a.version.published or "")[:10] for a in ordered}
    origin = {row.version_id: set(row.of) | {row.version_id} for row in lineage}
    clash = False
    for a in values:
        for b in values:
            if day[a] > day[b] or a == b or values[a] & values[b]:
                continue
            higher = max(map(float, values[b])) > max(map(float, values[a]))
            update = higher and day[b] > day[a] and (b in risen or bool(origin.get(b, set()) & origin.get(a, set())))
            follows = higher and _same_outlet(a, b, ordered)
            clash |= not update and not follows
    return _record(field, values) if clash else None


def _same_outlet(a: str, b: str, ordered: Sequence[ReadArticle]) -> bool:
    names = {x.version.version_id: x.version.publisher for x in ordered}
    return names[a] is not None and names[a] == names[b]


def _record(field: str, values: Values) -> Contradiction:
    """Values with their versions; a version that gives several is listed with its largest."""
    by_value: defaultdict[str, list[str]] = defaultdict(list)
    for version, given in sorted(values.items()):
        by_value[max(given, key=_size)].append(version)
    rows = tuple(
        (value, tuple(versions)) for value, versions in sorted(by_value.items(), key=lambda x: (_size(x[0]), x[0]))
    )
    return Contradiction(field=field, values=rows)


def _size(value: str) -> float:
    return float(value) if value.replace(".", "", 1).isdigit() else 0.0


# ------------------------------------------------------------------------------------------- time, parties, happened
def _rival_times(values: Values) -> Contradiction | None:
    """A contradiction if two versions' clock times lie half an hour apart or more."""
    given = {v: x for v, x in values.items() if x}
    minutes = {v: _minutes(next(iter(x))) for v, x in given.items()}
    clash = any(_apart(minutes[a], minutes[b]) >= CLOCK_TOLERANCE for a in given for b in given)
    return _record("time", given) if clash else None


def _clocks(found: Sequence[Facts]) -> frozenset[str]:
    """The clock time of the lead; a text that gives several is left out: they are times of several things."""
    clocks = {d.clock for f in found[:LEAD] for d in f.days if d.kind == "clock"}
    digits = {"".join(c for c in clock if c.isdigit() or c == ":") for clock in clocks}
    return frozenset(digits) if len(digits) == 1 else frozenset()


def _minutes(clock: str) -> tuple[int, int]:
    """First and last minute after twelve that "3:24" (a minute) or "4" (an hour) can mean, on a dial of twelve hours."""
    hour, _, minute = clock.partition(":")
    start = int(hour) % 12 * 60 + int(minute or 0)
    return start, start if minute else start + 59


def _apart(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Minutes between two stretches on the dial."""
    gap = max(a[0] - b[1], b[0] - a[1], 0)
    return min(gap, max(0, 720 - max(a[1], b[1]) + min(a[0], b[0])))


def _swapped(happenings: Sequence[Happening]) -> Contradiction | None:
    """Two versions in which actor and recipient have changed places."""
    sides: defaultdict[str, set[str]] = defaultdict(set)
    for h in happenings:
        for g in happenings:
            if h.version_id >= g.version_id or h.kind != g.kind:
                continue
            if _crossed(h, g):
                sides[h.actors[0].name].add(h.version_id)
                sides[g.actors[0].name].add(g.version_id)
    rows = tuple((name, tuple(sorted(versions))) for name, versions in sorted(sides.items()))
    return Contradiction(field="actor", values=rows) if len(rows) > 1 else None


def _crossed(a: Happening, b: Happening) -> bool:
    sides = [frozenset(k for p in side for k in p.keys) for side in (a.actors, a.recipients, b.actors, b.recipients)]
    if not all(sides):
        return False
    return bool(sides[0] & sides[3]) and bool(sides[1] & sides[2]) and not sides[0] & sides[2]


def _happened(happenings: Sequence[Happening], facts: Mapping[str, Sequence[Facts]]) -> Contradiction | None:
    """One version affirms what another denies: the same lemma in both, or a denial at the top of one."""
    said: dict[str, dict[bool, set[str]]] = {}
    for h in happenings:
        said.setdefault(h.stem, {}).setdefault(_denied(h), set()).add(h.version_id)
    told = {h.version_id for h in happenings if not _denied(h)}
    denying = {v for v, found in facts.items() if any(f.denials for f in found[:DENIAL_LEAD])}
    for yes, no in (*((s.get(False, set()), s.get(True, set())) for s in said.values()), (told - denying, denying)):
        if yes - no and no - yes:
            rows = (("happened", tuple(sorted(yes))), ("did not happen", tuple(sorted(no))))
            return Contradiction(field="happened", values=rows)
    return None


def _denied(h: Happening) -> bool:
    return h.predication.polarity is Polarity.NEGATIVE or any(c.word is DisplayWord.DENIED for c in h.claims)

"""Those who act without a name: soldiers who became armed men, gunmen who became rebels, rebels who became soldiers.

In: a ``Change``. Out: findings NAME_GENERALISED (whose men they are is no longer said), NAME_ADDED (it is said now, of those
who act), and both NAME_REMOVED and NAME_ADDED where one side's men stand in the place of the other's. Words for a side
stand in ``en/revision.yml`` (sides, anybody). A region that holds a name or a source is told by other rules, one
with a verb is another claim. It knows no sides but those of the table and does not see a side that a whole clause tells
of ("men loyal to the junta").
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.fuse.align import Region
from khabar.fuse.changed import Change, Finding, stem, verbal
from khabar.fuse.facts import Facts
from khabar.lexicon.revision import revision_words
from khabar.model.changes import EditClass
from khabar.model.spans import Span

STATE = "state"


def actor_findings(change: Change) -> Iterator[Finding]:
    """All findings about those who act without a name."""
    for region in change.regions:
        old, new = change.region_spans(region)
        if old is None or new is None or _told(change.before, old) or _told(change.after, new):
            continue
        lost = _deeds(change.before, region.b0, region.b1, change) - _stems(change.after, region.a0, region.a1)
        if lost or _deeds(change.after, region.a0, region.a1, change) - _stems(change.before, region.b0, region.b1):
            continue
        yield from _findings(change, region, old, new)


def _findings(change: Change, region: Region, old: Span, new: Span) -> Iterator[Finding]:
    gone = _sides(change.before, region.b0, region.b1) - _sides(change.after, 0, len(change.after.sentence.words))
    came = _sides(change.after, region.a0, region.a1) - _sides(change.before, 0, len(change.before.sentence.words))
    if gone and came and (STATE in gone) != (STATE in came):
        yield Finding(EditClass.NAME_REMOVED, old, new)
        yield Finding(EditClass.NAME_ADDED, old, new)
    elif gone and not came and _anybody(change.after, region.a0, region.a1):
        yield Finding(EditClass.NAME_GENERALISED, old, new)
    elif came and not gone and _anybody(change.before, region.b0, region.b1) and _acts(change.after, new):
        yield Finding(EditClass.NAME_ADDED, old, new)


def _deeds(facts: Facts, first: int, last: int, change: Change) -> frozenset[str]:
    """Stems of the verbs among the words; those for people are none ("rebels", "armed")."""
    table = revision_words()
    words = facts.sentence.words
    people = table.sides.keys() | table.anybody | table.unknown
    return frozenset(
        stem(words[i].key) for i in range(first, last) if words[i].key not in people and verbal(facts, i, change.table)
    )


def _stems(facts: Facts, first: int, last: int) -> frozenset[str]:
    return frozenset(stem(w.key) for w in facts.sentence.words[first:last])


def _sides(facts: Facts, first: int, last: int) -> frozenset[str]:
    """The sides whose people are among the words."""
    sides = revision_words().sides
    return frozenset(sides[w.key] for w in facts.sentence.words[first:last] if w.key in sides)


def _anybody(facts: Facts, first: int, last: int) -> bool:
    """Whether the words are for people of any side: "men", "unknown fighters"."""
    table = revision_words()
    words = facts.sentence.words[first:last]
    plain = any(w.key in table.anybody for w in words)
    unknown = any(w.key in table.unknown for w in words)
    last_key = facts.sentence.words[last].key if last < len(facts.sentence.words) else ""
    return plain or (unknown and any(k in table.roles for k in (*(w.key for w in words), last_key)))


def _told(facts: Facts, span: Span) -> bool:
    """Whether other rules tell of the words: a name or a source is among them."""
    return any(n.span.overlaps(span) for n in facts.names) or any(v.whole.overlaps(span) for v in facts.voices)


def _acts(facts: Facts, span: Span) -> bool:
    """Whether those told of act: the reading has them as actors, or nobody has read the text."""
    return facts.actors is None or any(a.overlaps(span) for a in facts.actors)

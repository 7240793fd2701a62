"""Names that the tables know to be one person's or body's: "Ansar Allah", "the Houthis".

In: the groups of mentions that the text's own names made (``aliases.py``), and who is known to bear each name. Out: pairs of
mentions to be joined. Full names count before family names: a group with a full name that nobody known bears is nobody
known. A family name that several known people bear is whichever of them the text names otherwise. It cannot see who
bears a name when no table has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from khabar.model.mentions import Form, Kind
from khabar.read.entities_seen import Seen
from khabar.read.facts import Fact

Pair = tuple[int, int]
JOINED = frozenset({Kind.PER, Kind.ORG})


def known_pairs(seen: Seen) -> Iterator[Pair]:
    """Pairs of groups that are one known person or body."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for i, fact in enumerate(seen.facts):
        if fact.mention.form is Form.NAM and fact.mention.kind in JOINED:
            groups[seen.root(i)].append(i)
    wanted = {root: _bearers([seen.facts[i] for i in some]) for root, some in groups.items()}
    sure: dict[str, int] = {}
    for root, ids in wanted.items():
        if len(ids) == 1 and (at := next(iter(ids))) in sure:
            yield sure[at], groups[root][0]
        elif len(ids) == 1:
            sure[at] = groups[root][0]
    for root, ids in wanted.items():
        if len(ids) > 1 and len(named := ids & sure.keys()) == 1:
            yield sure[named.pop()], groups[root][0]


def _bearers(facts: list[Fact]) -> set[str]:
    """Who may bear all of a group's names, of its full names if it has any."""
    full = [fact for fact in facts if " " in fact.key]
    return set.intersection(*(set(fact.bearers) for fact in full or facts))

"""Drafts to a tree: who reports that who says.

In: drafts in order. Out: for each the index of its parent, the smallest attribution inside whose content its cue stands;
for "citing X" the one that it serves. None: only the publisher stands above. A cycle cannot arise: a draft is no parent
of one whose content holds its own cue, unless it is strictly larger.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.read.drafts import Draft


def nest(drafts: Sequence[Draft]) -> tuple[int | None, ...]:
    """Parent index of each draft."""
    by_cue = {d.cue[0]: k for k, d in enumerate(drafts) if d.under is None}
    parents: list[int | None] = []
    for k, draft in enumerate(drafts):
        served = by_cue.get(draft.under) if draft.under is not None else None
        parents.append(served if served is not None and served != k else _smallest(drafts, k))
    return tuple(_cut(parents, k) for k in range(len(drafts)))


def _smallest(drafts: Sequence[Draft], k: int) -> int | None:
    """The attribution with the smallest content around the cue of draft k; of equal ones the citing one."""
    mine = drafts[k]
    over = [
        n
        for n, d in enumerate(drafts)
        if n != k
        and (mine.cue[0] in d.content or _beside(mine, d))
        and (d.cue[0] not in mine.content or len(d.content) > len(mine.content))
    ]
    return min(
        over, key=lambda n: (len(drafts[n].content), drafts[n].under is None, not _aside(drafts[n]), n), default=None
    )


def _aside(draft: Draft) -> bool:
    """A phrase that stands in nobody's content: "according to X"."""
    return draft.rule in ("according to", "turn of phrase")


def _beside(mine: Draft, other: Draft) -> bool:
    """ "wrote that, according to X, S": the phrase is no part of what is written, what it holds is."""
    return _aside(mine) and not _aside(other) and mine.content <= other.content and other.cue[0] not in mine.content


def _cut(parents: list[int | None], k: int) -> int | None:
    """The parent, unless following parents from there comes back to k."""
    seen, at = {k}, parents[k]
    while at is not None:
        if at in seen:
            return None
        seen.add(at)
        at = parents[at]
    return parents[k]

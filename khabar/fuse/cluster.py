"""Weighted pairs to groups: average linkage, whatever the order of the input.

In: keys and the weight of every pair that has one (missing pairs weigh ``apart``). Out: groups, sorted. The two groups with
the highest mean weight are joined while it is positive; ties go to the smaller keys, so the result does not depend on the
order of the input. Cost: the pairs with a weight within a connected component of positive ones, times the logarithm of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

APART = -6.0
"""weight of a pair that was not compared: it had nothing in common"""

Pair = tuple[str, str]
Group = tuple[str, ...]
Known = tuple[float, int]
"""sum and number of the weights known between two groups"""


def pair(a: str, b: str) -> Pair:
    """Two keys in order."""
    return (a, b) if a <= b else (b, a)


def grouped(keys: Iterable[str], weights: Mapping[Pair, float]) -> tuple[Group, ...]:
    """Groups of keys, each sorted, in order of their first key."""
    out: list[Group] = []
    for component in _components(sorted(set(keys)), weights):
        out += _joined(component, weights)
    return tuple(sorted(out))


def _components(keys: list[str], weights: Mapping[Pair, float]) -> list[list[str]]:
    """Keys connected by positive pairs."""
    parent = {k: k for k in keys}

    def root(k: str) -> str:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for (a, b), weight in weights.items():
        if weight > 0 and a in parent and b in parent:
            low, high = sorted((root(a), root(b)))
            parent[high] = low
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(root(key), []).append(key)
    return list(found.values())


def _joined(keys: list[str], weights: Mapping[Pair, float]) -> list[Group]:
    """Average linkage within one component: a heap of group pairs, those of groups since joined are passed over."""
    near: dict[Group, dict[Group, Known]] = {(k,): {} for k in keys}
    for i, a in enumerate(keys):
        for b in keys[i + 1 :]:
            if (weight := weights.get(pair(a, b))) is not None:
                near[(a,)][(b,)] = near[(b,)][(a,)] = (weight, 1)
    heap = [_entry(a, b, known) for a, others in near.items() for b, known in others.items() if a < b]
    heapify(heap)
    while heap:
        least, left, right = heappop(heap)
        if least >= 0:
            break
        if left not in near or right not in near:
            continue
        merged = tuple(sorted((*left, *right)))
        near[merged] = _neighbours(near, left, right)
        for other, known in near[merged].items():
            for gone in (left, right):
                near[other].pop(gone, None)
            near[other][merged] = known
            heappush(heap, _entry(min(merged, other), max(merged, other), known))
        del near[left], near[right]
    return list(near)


def _neighbours(near: Mapping[Group, Mapping[Group, Known]], left: Group, right: Group) -> dict[Group, Known]:
    """What is known between the two groups together and every other group."""
    out = {g: known for g, known in near[left].items() if g != right}
    for group, (weight, count) in near[right].items():
        if group != left:
            before = out.get(group, (0.0, 0))
            out[group] = (before[0] + weight, before[1] + count)
    return out


def _entry(left: Group, right: Group, known: Known) -> tuple[float, Group, Group]:
    """Minus the mean weight of a pair of groups, and the pair; what was not compared weighs ``APART``."""
    pairs = len(left) * len(right)
    return -round((known[0] + APART * (pairs - known[1])) / pairs, 9), left, right

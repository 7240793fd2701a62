"""Weighted pairs to groups: average linkage, whatever the order of the input.

In: keys and the weight of every pair that has one (missing pairs weigh ``apart``). Out: groups, sorted. The two groups with
the highest mean weight are joined while it is positive; ties go to the smaller keys, so the result does not depend on the
order of the input. Quadratic in the size of a connected component of positive pairs, which is what a story is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

APART = -6.0
"""weight of a pair that was not compared: it had nothing in common"""

Pair = tuple[str, str]


def pair(a: str, b: str) -> Pair:
    """Two keys in order."""
    return (a, b) if a <= b else (b, a)


def grouped(keys: Iterable[str], weights: Mapping[Pair, float]) -> tuple[tuple[str, ...], ...]:
    """Groups of keys, each sorted, in order of their first key."""
    out: list[tuple[str, ...]] = []
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


def _joined(keys: list[str], weights: Mapping[Pair, float]) -> list[tuple[str, ...]]:
    """Average linkage within one component."""
    groups: list[tuple[str, ...]] = [(k,) for k in keys]
    sums = {pair(a, b): weights.get(pair(a, b), APART) for i, a in enumerate(keys) for b in keys[i + 1 :]}
    mean = {(x, y): sums[pair(x[0], y[0])] for i, x in enumerate(groups) for y in groups[i + 1 :]}
    while mean:
        (left, right), best = min(mean.items(), key=lambda item: (-round(item[1], 9), item[0]))
        if best <= 0:
            break
        merged = tuple(sorted((*left, *right)))
        groups = [g for g in groups if g not in (left, right)]
        mean = {p: w for p, w in mean.items() if not {left, right} & set(p)}
        for other in groups:
            total = sum(sums[pair(a, b)] for a in merged for b in other)
            mean[min(merged, other), max(merged, other)] = total / (len(merged) * len(other))
        groups.append(merged)
    return groups

"""Mentions of the seed article against ``seed_mentions.yml``: kinds, coreference, and whether the sources are told apart.

    python -m bench.mentions [--errors]

In: the article of the seed pack, read as every suite reads it; the gold of ours. Out: shares of the gold. A mention is found
if one of khabar's shares at least .3 of their common stretch (one to one, best first). ``type right``: found and of a right
kind. ``coreference B3``: over mentions with a label; one not found stands alone. ``sources right``: the entity of a
statement's source is a source of khabar's too, holds every name of its label, and no mention of another label.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.readings import Reader, workbench
from bench.suites import ALL, HALVES, Result, load

Row = dict[str, Any]
GOLD = Path(__file__).with_name("seed_mentions.yml")
LEAST_SHARED = 0.3
PART = "mentions"
"""how peers.yml calls this part of the seed suite"""
HEADLINE = "type right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A mention of the gold with khabar's, if there is one."""

    gold: Row
    found: Row | None

    @property
    def typed(self) -> bool:
        """Whether it is found, as a right kind."""
        return self.found is not None and self.found["kind"] in self.gold["kind"]

    @property
    def label(self) -> str | None:
        """Who is meant, as the gold says."""
        label: str | None = self.gold.get("entity")
        return label

    @property
    def entity(self) -> str:
        """Who is meant, as khabar says; nobody else where it is not found."""
        return self.found["entity"] if self.found else f"missed {self.gold['at']}"


def pairs(rows: Sequence[Row], reading: Row) -> list[Pair]:
    """Each mention of the gold with the one of the reading that shares most of its stretch."""
    scored = sorted(
        (
            (share, g, f)
            for g, row in enumerate(rows)
            for f, mention in enumerate(reading["mentions"])
            if (share := shared(row["at"], (mention["start"], mention["end"]))) >= LEAST_SHARED
        ),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    taken: dict[int, int] = {}
    for _, g, f in scored:
        if g not in taken and f not in taken.values():
            taken[g] = f
    return [Pair(gold=row, found=reading["mentions"][taken[g]] if g in taken else None) for g, row in enumerate(rows)]


def shared(a: Sequence[int], b: Sequence[int]) -> float:
    """Shared characters over all of two stretches."""
    common = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return common / (a[1] - a[0] + b[1] - b[0] - common)


def measures(rows: Sequence[Row], reading: Row) -> dict[str, float]:
    """Every measure by its name."""
    all_of = pairs(rows, reading)
    out = {"type right": mean(p.typed for p in all_of), "found": mean(p.found is not None for p in all_of)}
    for form, words in (("NAM", "names"), ("NOM", "descriptions"), ("PRO", "pronouns")):
        out[f"type right, {words}"] = mean(p.typed for p in all_of if form in p.gold["form"])
    out["coreference B3 F1"] = b_cubed([p for p in all_of if p.label])
    out["sources right"] = mean(source_right(p, all_of, reading) for p in all_of if p.gold.get("source"))
    return out


def results(reading: Row) -> dict[str, Result]:
    """The measures as those of a suite whose every row was looked at while the rules were made: none is kept aside."""
    rows = gold()
    figures = measures(rows, reading)
    told = Result(units=len(rows), metrics=figures, intervals={})
    return {
        HALVES[0]: told,
        HALVES[1]: Result(units=0, metrics=figures, intervals={}, unasked=frozenset(figures)),
        ALL: told,
    }


def mean(values: Iterator[bool] | Iterator[float] | Sequence[float]) -> float:
    """A share; of nothing, 0."""
    known = list(values)
    return sum(known) / len(known) if known else 0.0


def b_cubed(known: Sequence[Pair]) -> float:
    """B3 over the gold's mentions."""

    def half(of: str, by: str) -> float:
        return mean(
            mean([getattr(q, by) == getattr(p, by) for q in known if getattr(q, of) == getattr(p, of)]) for p in known
        )

    precision, recall = half("entity", "label"), half("label", "entity")
    return 2 * precision * recall / (precision + recall)


def source_right(pair: Pair, all_of: Sequence[Pair], reading: Row) -> bool:
    """Whether the source of a statement is who it is."""
    sources = {e for a in reading["attributions"] for e in a["source_entities"]}
    mates = {p.label for p in all_of if p.entity == pair.entity and p.label}
    names = {p.entity for p in all_of if p.label == pair.label and "NAM" in p.gold["form"]}
    return pair.entity in sources and mates == {pair.label} and names <= {pair.entity}


def gold() -> list[Row]:
    """The mentions marked by hand."""
    rows: list[Row] = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
    return rows


def main(arguments: Sequence[str]) -> int:
    """Print the measures, with ``--errors`` each mention that is wrong."""
    rows, reading = gold(), Reader(workbench()).read([load("seed").docs["seed"]])["seed"]
    sys.stdout.writelines(f"{name:<26}{value:.3f}\n" for name, value in measures(rows, reading).items())
    if "--errors" in arguments:
        all_of = pairs(rows, reading)
        for p in all_of:
            start, end = p.gold["at"]
            lost = p.gold.get("source") and not source_right(p, all_of, reading)
            mates = {q.label for q in all_of if q.entity == p.entity and q.label} - {p.label}
            if not p.typed or lost or (p.label and mates):
                found = f"{p.found['kind']} {p.found['text']!r} {p.entity}" if p.found else "nothing"
                sys.stdout.write(
                    f"{reading['text'][start:end]!r} {p.gold['kind']} {p.label}: {found}; with {sorted(mates)}"
                    f"{'; source lost' if lost else ''}\n"
                )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

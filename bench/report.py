"""docs/accuracy.md from what was measured: pure, figures in, Markdown out.

In: ``Findings`` and the words of ``prose.yml``. Out: one page of Markdown. Ratios and shares only: nothing on it depends on
the machine but the sentence that says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.answers import Known
from bench.calibrate import brier, error, reliability
from bench.suites import ALL, HALVES, Result

HEADER = "| measure | tuned on | kept aside | all | baseline | known company | target |"
EXAMPLES = 10
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One section: results by part of the suite."""

    suite: str
    part: str | None
    headline: str
    about: Row
    by: dict[str, Result]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """Known claims of the half kept aside with raw and with calibrated scores; raw ones of the tuned half."""

    raw: Sequence[Known]
    made: Sequence[Known]
    tuned: Sequence[Known]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that the page tells."""

    measured: Sequence[Measured]
    calibrated: Calibrated
    failing: Sequence[tuple[Row, list[str]]]
    limits: dict[str, float]
    commit: str
    edition: str
    day: str
    refused: Sequence[str]


def page(found: Findings, prose: Mapping[str, str]) -> str:
    """The whole page."""
    faults = sum(len(one.by[ALL].faults) for one in found.measured)
    about = {"day": found.day, "commit": found.commit, "edition": found.edition, "refused": len(found.refused)}
    lines = [prose["opening"].format(**about, faults=faults), "## Measures and targets", ""]
    lines += [line for one in found.measured for line in targets(one)]
    lines += ["## Are the scores worth what they say?", "", *scores(found.calibrated, prose)]
    lines += ["## What an article costs", "", costs(found.limits, prose)]
    lines += ["## What still fails", "", prose["failing"], *failing(found.failing)]
    lines += ["## By construction", "", "Every measure by its scorer's own name.", ""]
    lines += [line for one in found.measured for line in breakdown(one)]
    return "\n".join(lines).rstrip() + "\n"


def targets(one: Measured) -> Iterator[str]:
    """A section's target measures beside the figures of others."""
    tuned, aside = (one.by[half].units for half in HALVES)
    yield from (
        f"### {title(one)}",
        "",
        f"{sentence(one.about['title'])} Units: {tuned} tuned on, {aside} kept aside.",
        "",
    )
    yield from (HEADER, "|" + "---|" * 7)
    for row in one.about["measures"]:
        cells = [cell(one.by[part], row["name"]) for part in (*HALVES, ALL)]
        beside = [row["baseline"], row["company"], row["target"]]
        yield "| " + " | ".join([marked(one, row["name"]), *cells, *beside]) + " |"
    yield ""


def breakdown(one: Measured) -> Iterator[str]:
    """A section's every measure."""
    heads = ("| measure | tuned on | kept aside | all |", "|---|---|---|---|")
    yield from (f"### {title(one)}: {one.about['breakdown']}", "", *heads)
    for name in one.by[ALL].metrics:
        values = [cell(one.by[part], name, interval=False) for part in (*HALVES, ALL)]
        yield "| " + " | ".join([marked(one, name), *values]) + " |"
    yield ""


def title(one: Measured) -> str:
    """A suite, with its part in capitals."""
    return one.suite if one.part is None else f"{one.suite}, {one.part.upper()}"


def marked(one: Measured, name: str) -> str:
    """A measure's name, the headline in bold."""
    return f"**{name}**" if name == one.headline else name.strip()


def sentence(words: str) -> str:
    """Words with a full stop, unless they have a mark of their own."""
    return words if words[-1] in "?!." else f"{words}."


def cell(result: Result, name: str, *, interval: bool = True) -> str:
    """A figure with its interval; a dash where the part has no case of it."""
    value, bounds = result.metrics.get(name), result.intervals.get(name)
    if value is None:
        return ""
    if name in result.unasked:
        return "–"
    return figure(value) + (f" [{figure(bounds[0])}, {figure(bounds[1])}]" if interval and bounds else "")


def figure(value: float) -> str:
    """Three digits without the leading nought; larger numbers with one digit after the point."""
    if abs(value) < 0.9995:
        return f"{value:.3f}".replace("0.", ".", 1)
    return f"{value:.1f}"


def scores(found: Calibrated, prose: Mapping[str, str]) -> Iterator[str]:
    """Reliability of scores."""
    raw, made = found.raw, found.made
    yield prose["scores"].format(
        count=len(made),
        share=figure(share_right(made)),
        tuned=figure(share_right(found.tuned)),
        error_raw=figure(error(raw)),
        error_made=figure(error(made)),
        brier_raw=figure(brier(raw)),
        brier_made=figure(brier(made)),
        noise=figure(noise(made)),
    )
    yield from ("| score | claims | mean score | share right |", "|---|---|---|---|")
    for b in reliability(made):
        yield f"| {b.low:.1f}–{b.low + 0.1:.1f} | {b.count} | {figure(b.mean_score)} | {figure(b.share_right)} |"
    yield from ("", prose["map"])


def share_right(claims: Sequence[Known]) -> float:
    """Right claims of all."""
    return sum(c.right for c in claims) / max(1, len(claims))


def noise(claims: Sequence[Known]) -> float:
    """The error to expect of perfect scores: per tenth the mean distance of a binomial share from its own mean."""
    spread = (math.sqrt(2 / math.pi * b.mean_score * (1 - b.mean_score) * b.count) for b in reliability(claims))
    return sum(spread) / max(1, len(claims))


def costs(limits: dict[str, float], prose: Mapping[str, str]) -> str:
    """What an article costs."""
    return prose["limits"].format(
        words=f"{limits['words']:,.0f}",
        articles=f"{limits['articles']:.0f}",
        ratio=f"{limits['ratio']:.2f}",
        p99=f"{limits['p99 of the median']:.0f}",
        slowest=f"{limits['slowest of the median']:.0f}",
        second="yes" if limits["p99 seconds"] < 1 else "no",
        memory=f"{limits['peak megabytes']:.0f}",
    )


def failing(cases: Sequence[tuple[Row, list[str]]]) -> Iterator[str]:
    """Own sentences that are misread, with what is wrong."""
    for number, (case, faults) in enumerate(cases[:EXAMPLES], start=1):
        yield f"{number}. “{case['text']}”  "
        yield f"   *{case['construction']}.* {case['right']}  "
        yield f"   Today: {'; '.join(f'`{fault}`' for fault in faults)}"
    yield ""

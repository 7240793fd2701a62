"""Train khabar/lexicon/en/attribution.json: the weights by which ``read/weighing.py`` judges candidate attributions.

    python -m bench.train_attribution [--write]

In: PolNeAR's train part in ../shared/eval (840 articles with source, cue and content of every attribution), read with the
rules of this checkout. Out: the number of examples and the loss on standard error; with --write the weights, names of
features to numbers of two decimals, no text. Three logistic regressions: is this token a cue; given a cue, is this stretch
its content (same words by half); is this phrase its source (likewise). Numpy alone; full batches, Adam, L2; nothing random,
so the same data gives the same weights. About five minutes on one core. The dev part is not opened here. The model card is
docs/attribution-model.md.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import numpy as np

from bench import suites
from bench.readings import note
from khabar.read.attribution import rule_drafts
from khabar.read.candidates import Opening, contents, openings, sources
from khabar.read.drafts import Ground
from khabar.read.reader import grounded
from khabar.read.shapes import company, content_shape, cue_shape, source_shape
from khabar.read.tokens import Parse
from khabar.run.plan import Tools
from khabar.settings import load_settings

TABLE = suites.ROOT / "khabar" / "lexicon" / "en" / "attribution.json"
PACK = suites.EVAL / "packs" / "attribution"
STAGES = ("cue", "content", "source")
FEWEST = {"cue": 8, "content": 12, "source": 12}
"""examples in which a feature must occur to get a weight"""
PULL = {"cue": 1.5, "content": 1.5, "source": 1.5}
"""strength of the L2 penalty (a normal prior of this precision on each weight)"""
STEPS, RATE = 250, 0.08
SMALLEST = 0.06
"""weights nearer to 0 are left out"""
HALF = 0.5
NAMELIKE = 9
"""times as often with a capital as without: a name"""

Spans = list[list[int]]
Words = frozenset[int]


@dataclass
class Examples:
    """Feature names and answers of one stage."""

    rows: list[list[str]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)

    def add(self, features: Iterable[str], *, right: bool) -> None:
        """One example."""
        self.rows.append(sorted(set(features)))
        self.right.append(right)


def overlap(a: Words, b: Words) -> float:
    """Intersection over union; two empty sets are the same."""
    return len(a & b) / len(a | b) if a | b else 1.0


def covered(parse: Parse, starts: Sequence[int], spans: Spans) -> Words:
    """Tokens that some spans touch."""
    out: set[int] = set()
    for start, end in spans:
        k = max(0, bisect_right(starts, start) - 1)
        while k < len(parse.tokens) and parse.tokens[k].start < end:
            if parse.tokens[k].end > start and not parse.tokens[k].text.isspace():
                out.add(k)
            k += 1
    return frozenset(out)


def learn_from(ground: Ground, gold: list[dict[str, Spans]], into: dict[str, Examples]) -> None:
    """Add the examples of one article."""
    opened = {o.cue: o for o in openings(ground, rule_drafts(ground))}
    starts = [t.start for t in ground.parse.tokens]
    cues: set[int] = set()
    for item in gold:
        said, who = (covered(ground.parse, starts, item[role]) for role in ("content", "source"))
        inside = [opened[k] for k in covered(ground.parse, starts, item["cue"]) if k in opened]
        if inside and said:
            best = max(inside, key=lambda o: (_reach(ground, o, said, who), o.draft is not None, -o.cue))
            cues.add(best.cue)
            _variants(ground, best, said, who, into)
    for cue, opening in opened.items():
        into["cue"].add(cue_shape(ground, opening), right=cue in cues)


def _reach(ground: Ground, opening: Opening, said: Words, who: Words) -> float:
    """How near the best variants of a cue come to what is marked."""
    near = max((overlap(v.tokens, said) for v in contents(ground, opening)), default=0.0)
    return near + 0.5 * max(overlap(v.tokens, who) for v in sources(ground, opening))


def _variants(ground: Ground, opening: Opening, said: Words, who: Words, into: dict[str, Examples]) -> None:
    """Examples of contents and sources of a cue that is one."""
    wanted = (("content", contents(ground, opening), said), ("source", sources(ground, opening), who))
    for stage, found, truth in wanted:
        shape = content_shape if stage == "content" else source_shape
        among = company(found)
        for variant in found:
            into[stage].add(shape(ground, opening, variant, among), right=overlap(variant.tokens, truth) >= HALF)


def fit(examples: Examples, fewest: int, pull: float) -> dict[str, float]:
    """Weights of a logistic regression; the intercept is called "*"."""
    counts = Counter(name for row in examples.rows for name in row)
    names = ["*", *sorted(name for name, n in counts.items() if n >= fewest)]
    place = {name: k for k, name in enumerate(names)}
    rows = [[0, *(place[name] for name in row if name in place)] for row in examples.rows]
    at = np.fromiter((k for row in rows for k in row), dtype=np.int64)
    which = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    right = np.array(examples.right, dtype=float)
    weights, mean, spread = (np.zeros(len(names)) for _ in range(3))
    free = np.ones(len(names))
    free[0] = 0.0
    for step in range(1, STEPS + 1):
        logits = np.bincount(which, weights=weights[at], minlength=len(rows))
        sure = 1 / (1 + np.exp(-logits))
        slope = np.bincount(at, weights=(sure - right)[which], minlength=len(names)) + pull * free * weights
        slope /= len(rows)
        mean, spread = 0.9 * mean + 0.1 * slope, 0.999 * spread + 0.001 * slope**2
        weights -= (
            RATE * (1 - step / (STEPS + 1)) * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-9)
        )
    loss = -np.mean(right * np.log(sure + 1e-12) + (1 - right) * np.log(1 - sure + 1e-12))
    note(f"{len(rows)} examples, {right.mean():.3f} right, {len(names)} features, loss {loss:.4f}")
    return {name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if abs(w) >= SMALLEST}


def articles() -> Iterator[tuple[Ground, list[dict[str, Spans]]]]:
    """Ground and gold (the first annotator's) of each training article."""
    tools = Tools(load_settings({}), note)
    lexicon, gold = tools.lexicon, {row["id"]: row for row in suites.rows(PACK / "gold-train.jsonl.gz")}
    for doc in suites.rows(PACK / "docs-train.jsonl.gz"):
        parse = next(tools.parser.parse([(doc["text"], 0)]))
        yield grounded(parse, lexicon, tools.atlas), gold[doc["id"]]["annotators"][0]


def train(told: Iterable[tuple[Ground, list[dict[str, Spans]]]]) -> dict[str, dict[str, float]]:
    """The three tables of weights."""
    found, written = {stage: Examples() for stage in STAGES}, Counter[tuple[str, bool]]()
    for ground, gold in told:
        learn_from(ground, gold, found)
        written.update(inner_words(ground.parse))
    names = {word for word, capital in written if capital and written[word, True] > NAMELIKE * written[word, False]}
    tables = {stage: fit(found[stage], FEWEST[stage], PULL[stage]) for stage in STAGES}
    return {stage: {name: w for name, w in table.items() if not holds(name, names)} for stage, table in tables.items()}


def inner_words(parse: Parse) -> Iterator[tuple[str, bool]]:
    """Lemmas of words that open no sentence, and whether each has a capital."""
    firsts = {s.first for s in parse.sentences}
    return ((t.lemma, t.text[:1].isupper()) for t in parse.tokens if t.i not in firsts)


def holds(feature: str, names: AbstractSet[str]) -> bool:
    """Whether a feature speaks of a word that nearly always has a capital: a name that the parser took for a verb."""
    kind, _, value = feature.partition("=")
    return ("lemma" in kind or kind == "head") and not names.isdisjoint(w for w in value.split() if w.islower())


def main(arguments: Sequence[str]) -> int:
    """Train, and write if asked to."""
    tables = train(articles())
    if "--write" in arguments:
        TABLE.write_text(json.dumps(tables, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        note(f"wrote {TABLE}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

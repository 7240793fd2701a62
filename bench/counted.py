"""MUC's messages with the incidents that its task counts: ``muc`` once as khabar reads, once after the task's rules.

In: the kit's pack, khabar's readings. Out: a table on the terminal; nothing is written. khabar claims every act of violence
that a text tells; the MUC-4 task left many out, and the systems of 1992 were built to. Its rules, taken over claims: what is
planned or supposed is no incident; fighting between armed sides is none unless civilians or property were hit; a human
target is people, no body, country or idea; a perpetrator is people or a body, named or described. The figure ``as read``
is the one of docs/accuracy.md and of ``score.py``; ``counted`` stands beside it, never in its place. It knows nothing of
how old an incident is (the task's two months changed nothing here), nor of who is a civilian but by the noun.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from bench.beyond import readings_of
from bench.readings import Reader, workbench
from bench.suites import ALL, HALVES, Row, Suite, load, measure
from khabar.lexicon.entities import EntityWords, load_entities

PART = "tst3"
PEOPLE = ("PER",)
THINGS = ("FAC", "VEH", "WEA", "LOC")
DOERS = ("PER", "ORG")
UNREAL = ("planned", "hypothetical")
SHOWN = (
    "all slots F1",
    "all slots P",
    "all slots R",
    "  type F1",
    "  organization F1",
    "  confidence F1",
    "  human F1",
)


@dataclass(frozen=True, slots=True)
class Task:
    """The task's words, and the kit's scorer, which says what an incident is made of."""

    suite: Suite
    words: EntityWords
    combat: frozenset[str]
    armed: frozenset[str]


def task_of(suite: Suite) -> Task:
    """The task with its tables."""
    table = yaml.safe_load(Path(__file__).with_name("counted.yml").read_text("utf-8"))
    return Task(suite, load_entities(), frozenset(table["combat"]), frozenset(table["armed"]))


def counted(task: Task, reading: Row) -> Row:
    """A reading with the incidents that count."""
    kept: list[Row] = []
    for one in reading["predications"]:
        lemma = str(one.get("lemma", "")).lower()
        if lemma not in task.suite.scorer.TYPE_OF and one.get("event_type") != "ASSAULT":
            kept.append(one)
        elif one.get("realis") not in UNREAL:
            fitted = {**one, "arguments": [a for a in one["arguments"] if _fits(task, reading, a)]}
            if not _between_armed(task, reading, fitted, lemma):
                kept.append(fitted)
    return {**reading, "predications": kept}


def _fits(task: Task, reading: Row, argument: Row) -> bool:
    """Whether a target is people or property, and a perpetrator people or a body; neither a mere pronoun."""
    wanted = {"recipient": PEOPLE + THINGS, "theme": PEOPLE + THINGS, "actor": DOERS}.get(argument["role"])
    if wanted is None or "start" not in argument:
        return True
    named = any(m.get("form") != "PRO" for m in _mentions(reading, argument))
    return named and task.suite.scorer.kind_of(reading, argument) in wanted


def _mentions(reading: Row, argument: Row) -> Iterator[Row]:
    """The mentions of an argument's entity, or at its place."""
    entity = argument.get("entity")
    for m in reading["mentions"]:
        here = m["start"] < argument["end"] and argument["start"] < m["end"]
        if (entity is not None and m.get("entity") == entity) or (entity is None and here):
            yield m


def _between_armed(task: Task, reading: Row, one: Row, lemma: str) -> bool:
    """Whether it is fighting, or harm, that hit nobody but those who fight."""
    hit = [a for a in one["arguments"] if a["role"] in ("recipient", "theme") and "start" in a]
    if any(not _armed(task, reading, a) for a in hit):
        return False
    return bool(hit) or lemma in task.combat


def _armed(task: Task, reading: Row, argument: Row) -> bool:
    """Whether a target is of those who fight, by the last word of every description of it."""
    nouns = [reading["text"][m["start"] : m["end"]].lower() for m in _mentions(reading, argument) if m["form"] == "NOM"]
    groups = [head.group for noun in nouns if (head := task.words.head(noun.split()[-1])) is not None]
    return bool(groups) and all(group in task.armed for group in groups)


def main() -> None:
    """Both readings of the messages of a part, by halves."""
    asked = argparse.ArgumentParser(description="muc as read, and with the incidents that its task counts")
    asked.add_argument("--part", default=PART, help="tst1, tst2, tst3, dev or all")
    part = asked.parse_args().part
    whole = load("muc")
    gold = {k: g for k, g in whole.gold.items() if part in ("all", g["part"])}
    suite = replace(whole, gold=gold, docs={k: whole.docs[k] for k in gold})
    read = readings_of(
        whole, Reader(workbench())
    )  # all messages, as bench.accuracy: which are one story hangs on the rest
    task = task_of(suite)
    for name, readings in (("as read", read), ("counted", {k: counted(task, r) for k, r in read.items()})):
        for half in (*HALVES, ALL):
            found = measure(suite, readings, half).metrics
            print(f"{name:8} {half:6}", *(f"{shown.strip()} {found[shown]:.3f}" for shown in SHOWN), sep="  ")


if __name__ == "__main__":
    main()

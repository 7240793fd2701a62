"""Readings for the suites that ask for more than ``khabar read``: revisions, spells of control, events, names.

In: a suite, a Reader. Out: what the scorer takes, by document id; each as its verb would print it:

own_edits       ``khabar diff BEFORE AFTER --json`` under the later version
own_control     ``khabar build`` of all texts, then ``export control --json``
own_stories     ``khabar build`` of all articles, then ``export events --json``
coref_events, stories, muc    as read in one call, with the contract's optional ``story`` and ``event``
names           ``khabar names``: one score per candidate
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bench.readings import Reader, submissions
from bench.suites import Row, Suite, kit
from khabar.cli.diff import compare
from khabar.cli.edits import revision_row
from khabar.cli.together import mark
from khabar.model.articles import ReadArticle
from khabar.model.documents import Submission
from khabar.resolve.names import name_score
from khabar.run.stages import read_submission
from khabar.show.export.control import control_rows
from khabar.show.export.events import events_rows


def readings_of(suite: Suite, reader: Reader) -> dict[str, Row]:
    """The readings of any suite."""
    special = {
        "own_edits": _edits,
        "own_control": _control,
        "own_stories": _stories,
        "coref_events": _together,
        "stories": _together,
        "muc": _together,
        "names": _names,
    }
    if suite.name in special:
        return special[suite.name](suite, reader)
    return reader.read(suite.docs.values())


def _handed(suite: Suite, reader: Reader) -> list[Submission]:
    found = submissions(list(suite.docs.values()))
    reader.refused += [f"{s.input_id}: {s.reason}" for s in found if not isinstance(s, Submission)]
    return [s for s in found if isinstance(s, Submission)]


def _edits(suite: Suite, reader: Reader) -> dict[str, Row]:
    versions = {s.input_id: reader.bench.make_version(s) for s in _handed(suite, reader)}
    out: dict[str, Row] = {}
    for gold in suite.gold.values():
        old, new = (versions[i] for i in gold["docs"])
        new = replace(new, article_id=old.article_id, ordinal=2, revises=old.version_id)
        answer = revision_row(compare(old, new, reader.bench))
        row = {"id": new.input_id, "text": new.text, "edits": answer["edits"], "disclosed": answer["disclosed"]}
        out[new.input_id] = row
    return out


def _articles(suite: Suite, reader: Reader) -> tuple[list[ReadArticle], dict[str, str]]:
    """All documents read, and the input id of each version."""
    articles = [read_submission(s, reader.bench) for s in _handed(suite, reader)]
    return articles, {a.version.version_id: a.version.input_id for a in articles}


def _control(suite: Suite, reader: Reader) -> dict[str, Row]:
    articles, names = _articles(suite, reader)
    return _by_article(suite, control_rows(reader.bench.fuse(articles).spells, input_ids=names), "spells")


def _stories(suite: Suite, reader: Reader) -> dict[str, Row]:
    articles, names = _articles(suite, reader)
    return _by_article(suite, events_rows(reader.bench.fuse(articles).events, input_ids=names), "events")


def _by_article(suite: Suite, exported: Iterable[Row], name: str) -> dict[str, Row]:
    _, common = kit()
    pack: Any = common.Pack(None, docs=suite.docs, gold=suite.gold)
    rows: list[Row] = importlib.import_module("fit_own").by_article(pack, list(exported), name)
    return {row["id"]: row for row in rows}


def _together(suite: Suite, reader: Reader) -> dict[str, Row]:
    found = reader.read(suite.docs.values(), keep=True)
    mark([(found[article.version.input_id], article) for article in reader.kept], reader.bench.batch)
    reader.kept.clear()
    return found


def _names(suite: Suite, reader: Reader) -> dict[str, Row]:
    del reader
    return {
        key: {"id": key, "text": "", "scores": [round(name_score(doc["query"], c), 4) for c in doc["candidates"]]}
        for key, doc in suite.docs.items()
    }

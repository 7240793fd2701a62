"""`khabar read --json`: objects of one call with the stories and happenings they share."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from khabar.cli.together import Together
from khabar.model.articles import ReadArticle
from khabar.model.events import Batch, Telling
from tests.fuse.builder import article

ONE, TWO, THREE = (article(text, key=text) for text in ("one", "two", "three"))


def compare(articles: Sequence[ReadArticle]) -> Batch:
    """The first and the last are on one story and tell one thing."""
    ids = [a.version.version_id for a in articles]
    rest = tuple((i,) for i in sorted(ids[1:-1]))
    return Batch(
        stories=(*rest, tuple(sorted({ids[0], ids[-1]}))), tellings=tuple(Telling(i, "p1", f"e-{i[0]}") for i in ids)
    )


def row(read: ReadArticle) -> dict[str, object]:
    return {"id": read.version.version_id, "predications": [{"id": "p1"}]}


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_stories_count_in_the_order_of_the_input(capsys: pytest.CaptureFixture[str]) -> None:
    together = Together(compare)
    for read in (ONE, TWO, THREE):
        together.add(row(read), read)
    together.add({"id": "bad", "error": "is empty"})
    assert printed(capsys) == []
    together.close()
    assert printed(capsys) == [
        {"id": "one", "predications": [{"id": "p1", "event": "e-o"}], "story": "s1"},
        {"id": "two", "predications": [{"id": "p1", "event": "e-t"}], "story": "s2"},
        {"id": "three", "predications": [{"id": "p1", "event": "e-t"}], "story": "s1"},
        {"id": "bad", "error": "is empty"},
    ]


def test_too_many_are_printed_as_they_come(capsys: pytest.CaptureFixture[str]) -> None:
    together = Together(compare, held=2)
    for read in (ONE, TWO, THREE):
        together.add(row(read), read)
    told = capsys.readouterr()
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == ["one", "two", "three"]
    assert "story" not in told.out
    assert "more than 2 documents" in told.err
    together.add({"id": "four", "predications": []})
    assert [r["id"] for r in printed(capsys)] == ["four"]
    together.close()
    assert printed(capsys) == []


def test_apart_holds_nothing_back(capsys: pytest.CaptureFixture[str]) -> None:
    together = Together(compare, held=0)
    together.add(row(ONE), ONE)
    assert printed(capsys) == [row(ONE)]

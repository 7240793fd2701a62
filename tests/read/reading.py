"""Texts to readings for the tests of this folder: the packaged parser and tables, no atlas, each text read once."""

from __future__ import annotations

from functools import cache

from khabar.lexicon.whole import Lexicon, load_lexicon
from khabar.model.claims import Reading
from khabar.model.documents import Version
from khabar.model.identity import text_digest
from khabar.read.gazetteer import NoNames
from khabar.read.reader import read
from tests.read.parsing import parser


@cache
def lexicon() -> Lexicon:
    """The packaged tables, loaded once a test run."""
    return load_lexicon()


def version_of(text: str, published: str | None = None, headline_end: int = 0) -> Version:
    """A version that holds a text and nothing else."""
    return Version(
        version_id="v1",
        article_id="a1",
        input_id="test",
        ordinal=1,
        revises=None,
        publisher=None,
        url=None,
        headline=text[:headline_end] or None,
        headline_end=headline_end,
        text=text,
        text_sha256=text_digest(text),
        language="en",
        authors=(),
        published=published,
        updated=None,
        first_memento_at=None,
        capture_ids=(),
        extractor="text 1",
    )


@cache
def read_text(text: str, published: str | None = None, headline_end: int = 0) -> Reading:
    """The reading of a text whose first ``headline_end`` code points are its headline."""
    parse = next(iter(parser().parse([(text, headline_end)])))
    return read(version_of(text, published, headline_end), parse, lexicon(), NoNames())

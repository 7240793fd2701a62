"""One parser for all tests of this folder: loading it costs a second."""

from __future__ import annotations

from functools import cache

from khabar.read.parse import Parser
from khabar.read.tokens import Parse


@cache
def parser() -> Parser:
    """The packaged model, loaded once a test run."""
    return Parser()


@cache
def parsed(text: str) -> Parse:
    """A text without a headline, parsed."""
    return next(iter(parser().parse([(text, 0)])))

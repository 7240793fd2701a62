"""Fixtures of this folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.lexicon.whole import Lexicon
from khabar.model.claims import Reading
from khabar.read.parse import Parser
from tests.read import parsing, reading


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The real parser."""
    return parsing.parser()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The packaged tables."""
    return reading.lexicon()


@pytest.fixture(scope="session")
def read_text() -> Callable[..., Reading]:
    """``read_text(text, published=None, headline_end=0)`` with the parser and tables above and no names known."""
    return reading.read_text

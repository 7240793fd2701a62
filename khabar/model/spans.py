"""Places in a text: spans and the quotes that let them be found again.

Offsets are Unicode code points, 0-based, end exclusive, on the canonical text of one version (W3C
TextPositionSelector). A span does not repeat its version: the record that holds it (a Reading, an edit) names it.
"""

from __future__ import annotations

from dataclasses import dataclass

CONTEXT = 32


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``text[start:end]``; code points, end exclusive, never empty in a finished reading."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def moved(self, by: int) -> Span:
        """The span shifted by ``by`` code points."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextQuote:
    """W3C TextQuoteSelector: the exact words with at most 32 code points before and after."""

    exact: str
    prefix: str
    suffix: str


def quote(text: str, span: Span) -> TextQuote:
    """The quote selector of a span."""
    return TextQuote(
        exact=span.cut(text),
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )

"""Headline and paragraphs to the one canonical text on which every span counts.

In: a headline (or none) and the paragraphs of a page, as an extractor gives them. Out: the text and the code point at
which its headline ends. The text is NFC: the headline, a blank line, the paragraphs with a blank line between them;
white-space runs are one blank, soft hyphens, zero-width spaces and control characters are gone, and lone surrogates
are U+FFFD (a stored text must be UTF-8). Zero-width joiners stay between letters of scripts that need them (Persian,
Hindi) and in emoji. The rules are those of design/capture.md, the form is Unicode Standard Annex 15.

Plain text that somebody hands in does not come through here: it stays exactly what it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

GAP = "\n\n"
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1b\x7f]"  # soft hyphen, zero-width space, word joiner, BOM, controls
    "|(?<![^\x00-\u024f])[\u200c\u200d]+(?![^\x00-\u024f])"  # joiners that join nothing: beside Latin letters only
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")


def clean(words: str) -> str:
    """One run of text in canonical form: NFC, single blanks, nothing invisible, nothing that UTF-8 cannot hold."""
    visible = _INVISIBLE.sub("", words) if _INVISIBLE.search(words) else words
    whole = _SURROGATE.sub("\ufffd", visible)
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", whole)).strip()


def canonical(headline: str | None, paragraphs: Iterable[str]) -> tuple[str, int]:
    """The canonical text and the end of its headline (0 = it has none); paragraphs that are empty are left out."""
    head = clean(headline or "")
    blocks = [block for block in map(clean, paragraphs) if block]
    return GAP.join([head, *blocks] if head else blocks), len(head)

"""Text to paragraphs, sentences and words, without a parser: what aligning two versions needs.

In: a canonical text and where its headline ends (code points). Out: ``Sentence`` and ``Word`` records with spans on that
text. Keys are lower case with straight apostrophes; a possessive 's is cut off. A sentence ends at . ! ? before a space and
a capital, digit or quotation mark, unless an abbreviation or a single letter stands before the stop. It cannot see
sentence ends inside brackets and takes "Mr. X. Y left" as the table of abbreviations has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from khabar.lexicon.revision import RevisionWords, revision_words
from khabar.model.documents import Version
from khabar.model.spans import Span

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|[$£€¥]?\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?:[^\W\d_]+)?(?:[-‑–][^\W_]+)*%?"
    r"|[^\W_]+(?:['’‑-][^\W_]+)*"
)
POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$", re.IGNORECASE)
POSSESSIVE_ENDS = "sS'’"
STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9À-Þ])")
BREAK = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as printed, its key, its span, and the characters between the word before and itself."""

    text: str
    key: str
    span: Span
    gap: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its span without surrounding white space, its paragraph, whether it is the headline, its words.

    The words are found when they are first asked for: of two versions most sentences are the same."""

    span: Span
    paragraph: int
    headline: bool
    key: str
    text: str = field(repr=False, compare=False)
    words: tuple[Word, ...] = field(init=False, repr=False, compare=False)

    def __getattr__(self, name: str) -> tuple[Word, ...]:
        """Python asks here for what is not set yet: the words, once."""
        if name != "words":
            raise AttributeError(name)
        object.__setattr__(self, name, words_in(self.text, self.span))
        return self.words

    def cut(self, first: int, last: int) -> Span:
        """The span of words first (inclusive) to last (exclusive)."""
        return Span(self.words[first].span.start, self.words[last - 1].span.end)


def headline_of(text: str, headline_end: int) -> int:
    """Where the headline ends: as given, or the first of several paragraphs if it is short and has no full stop."""
    if headline_end:
        return headline_end
    first, gap, rest = text.partition("\n\n")
    short = len(first) <= 160 and "\n" not in first and not first.rstrip().endswith((".", "!", "”", '"'))
    return len(first) if gap and rest.strip() and short else 0


def outside_headline(version: Version) -> str | None:
    """A headline that came beside the text and does not stand in it."""
    headline = (version.headline or "").strip()
    if not headline or version.headline_end or version.text.lstrip().startswith(headline):
        return None
    return headline


def sentences_of(text: str, headline_end: int, words: RevisionWords) -> tuple[Sentence, ...]:
    """All sentences in order."""
    head = headline_of(text, headline_end)
    out: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs_of(text)):
        spans = _sentence_spans(text, paragraph, words)
        out += [_sentence(text, span, number, headline=span.end <= head) for span in spans]
    return tuple(out)


def paragraphs_of(text: str) -> list[Span]:
    """Spans of the paragraphs, cut at line breaks, without surrounding white space."""
    edges = [0, *(i for m in BREAK.finditer(text) for i in m.span()), len(text)]
    cuts = (trim(text, Span(a, b)) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return [span for span in cuts if span.start < span.end]


def trim(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    cut = span.cut(text)
    return Span(span.start + len(cut) - len(cut.lstrip()), span.end - len(cut) + len(cut.rstrip()))


def words_in(text: str, span: Span) -> tuple[Word, ...]:
    """The words of a stretch of text."""
    out: list[Word] = []
    at = span.start
    for found in WORD.finditer(text, span.start, span.end):
        printed = found.group()
        if printed[-1] in POSSESSIVE_ENDS:
            printed = POSSESSIVE.sub("", printed)
        if printed:
            start = found.start()
            key = printed.replace("’", "'").replace("‑", "-").lower()
            out.append(Word(printed, key, Span(start, start + len(printed)), text[at:start]))
            at = start + len(printed)
    return tuple(out)


def in_title_case(words: Sequence[Word]) -> bool:
    """Whether capitals say nothing here: nearly every word of three letters and more has one, small words aside."""
    long = [w for w in words if len(w.text) > 2 and w.text[0].isalpha() and w.key not in revision_words().small]
    return len(long) >= 4 and sum(w.capital for w in long) >= 0.85 * len(long)


def _sentence(text: str, span: Span, paragraph: int, *, headline: bool) -> Sentence:
    key = " ".join(span.cut(text).split()).translate(STRAIGHT)
    return Sentence(span, paragraph, headline, key, text)


def _sentence_spans(text: str, paragraph: Span, words: RevisionWords) -> list[Span]:
    cuts = [m.end() for m in STOP.finditer(text, paragraph.start, paragraph.end) if _ends(text, m, words)]
    edges = [paragraph.start, *cuts, paragraph.end]
    spans = (trim(text, Span(a, b)) for a, b in pairwise(edges))
    return [s for s in spans if s.start < s.end]


def _ends(text: str, stop: re.Match[str], words: RevisionWords) -> bool:
    """Whether a full stop ends a sentence: not after a title, an abbreviation or an initial."""
    if not stop.group().startswith("."):
        return True
    before = re.search(r"[\w.]+$", text[max(0, stop.start() - 20) : stop.start()])
    last = before.group().lower() if before else ""
    title = (
        (last,) in words.titles
        and len(last) <= 5
        and last not in {"king", "queen", "judge", "major", "mayor", "pope", "lord"}
    )
    return not (title or last in words.abbreviations or (len(last) == 1 and last.isalpha()))


STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "\u00ad": None, "\u200b": None, "\u00a0": " "}
)

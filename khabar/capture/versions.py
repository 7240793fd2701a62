"""Submissions to article versions, and the order of the versions of one article.

In: a Submission (a text or a page). Out: a Version with its one canonical text; InputRefused where there is no article
in it or a date cannot be understood. A plain text IS its input, code point for code point; a page's text is headline,
blank line, body. An article is known by its URL, or by its input's id without a final "@N"; a version by its article,
its text and its headline carriers, byline and stamps, so the same state has the same id on every machine, also when
an article goes back to it (A, B, A: the third is the first again, by id).

A new state is a new version only where the ordered fingerprint changed: every headline carrier (h1, title, og:title,
JSON-LD, feed), standfirst, byline, paragraphs, captions, stamps, links; folded only by NFC, white-space runs, soft
hyphens, zero-width characters and the shape of quotation marks; digits, case and punctuation always count
(design/capture.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit, urlunsplit

from khabar.capture.canonical import canonical, clean
from khabar.capture.decoding import with_charset
from khabar.capture.moments import iso_moment
from khabar.capture.records import check_text
from khabar.errors import InputRefused
from khabar.lexicon.datelines import only_dateline
from khabar.model.documents import Link, Submission, Version
from khabar.model.identity import content_id, text_digest

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

    from khabar.capture.extract import Extraction
    from khabar.capture.page_facts import Headlines

TEXT_EXTRACTOR = "text 1"
LONGEST_HEADLINE = 160
"""code points of a first line that may be a headline"""
_FIRST_LINE = re.compile(r"(?P<line>\S[^\r\n]*?)[ \t]*(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\s*\S")
_STOPS = (".", "…", ";", ":", ",")
_CLOSERS = "\"'”’»)]"
_REVISION = re.compile(r"(?<=.)@\d+$")
_SHORTEST_LANGUAGE = 40
"""code points under which language identification is a guess"""
_LANGUAGE_SAMPLE = 5_000
_LAST_LATIN = "\u024f"
_WIDE_LATIN = ("\u1e00", "\u1eff")
"""Latin letters stand up to the one and between the others: accents, dots, Turkish, Vietnamese, Arabic in Latin"""
_SURE_LANGUAGE = 0.9
"""probability under which short English with foreign names is mistaken for a creole or for French"""
_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"'}
)
_SEPARATOR = "\x1e"


def make_version(submission: Submission) -> Version:
    """The first state of an article, as submitted: ordinal 1, no predecessor."""
    if submission.text is not None:
        return _version(submission, _text_content(submission, submission.text))
    if submission.html is not None:
        from khabar.capture.extract import extract  # noqa: PLC0415 - 0.2 s that plain texts need not pay

        page = with_charset(submission.html, submission.charset)
        found = extract(page, url=submission.url, name=submission.name, seen_at=submission.observed_at)
        return _version(submission, _page_content(submission, found))
    raise InputRefused(submission.name, "has neither text nor HTML; give one of them")


def next_version(previous: Version | None, new: Version) -> Version | None:
    """``new`` with its place after ``previous``; None where nothing changed, so that it is an observation only."""
    if previous is None:
        return replace(new, ordinal=1, revises=None)
    whole = bool(previous.carriers) == bool(new.carriers)  # versions of earlier schemas, and texts, carry less
    if fingerprint(previous, whole=whole) == fingerprint(new, whole=whole):
        return None
    return replace(new, ordinal=previous.ordinal + 1, revises=previous.version_id)


def fingerprint(version: Version, *, whole: bool = True) -> tuple[str, ...]:
    """What must change for a new version, folded, in order: every headline carrier, byline, stamps, each paragraph,
    standfirst, captions, links. Not ``whole``: headline, byline, stamps and paragraphs alone."""
    outside = [version.headline or "", *version.authors, version.published or "", version.updated or ""]
    if whole:
        outside += [*version.carriers, _SEPARATOR]
        outside += _beside(version.standfirst, version.captions, version.links)
    paragraphs = (folded for line in re.split(r"[\r\n]+", version.text) if (folded := fold(line)))
    return (*map(fold, outside), _SEPARATOR, *paragraphs)


def fold(words: str) -> str:
    """One run of text for comparison: canonical, with straight quotation marks."""
    return clean(words.translate(_QUOTES))


def article_identity(input_id: str, url: str | None) -> str:
    """The id of the article: its URL (case of the host and the fragment do not count), else its input's id."""
    if url:
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return content_id("url", url)
        return content_id("url", urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, parts.query, "")))
    return content_id("input", _REVISION.sub("", input_id))


def language_of(body: str) -> str | None:
    """The language of a text as ISO 639; None where the text is too short to tell, or could well be another.

    A text mostly in other letters than Latin ones is not English, however short or unsure: "und" where nothing fits.
    """
    sample = clean(body[:_LANGUAGE_SAMPLE])
    foreign = _in_other_letters(sample)
    if len(sample) < _SHORTEST_LANGUAGE and not foreign:
        return None
    language, probability = _identifier().classify(sample)
    if foreign:
        return "und" if language == "en" else str(language)
    return str(language) if probability >= _SURE_LANGUAGE else None


def _in_other_letters(sample: str) -> bool:
    """Whether most letters are of another alphabet."""
    letters = [c for c in sample if c.isalpha()]
    return 2 * sum(c > _LAST_LATIN and not _WIDE_LATIN[0] <= c <= _WIDE_LATIN[1] for c in letters) > len(letters)


@cache
def _identifier() -> LanguageIdentifier:
    """The language model, read once a process and only when a text is long enough to need it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - --help and short texts need no model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What either kind of input comes down to."""

    text: str
    headline: str | None
    headline_end: int
    carriers: tuple[str, ...]
    authors: tuple[str, ...]
    published: str | None
    updated: str | None
    publisher: str | None
    url: str | None
    extractor: str
    standfirst: str | None = None
    captions: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def _text_content(submission: Submission, text: str) -> _Content:
    headline, headline_end = headline_of(text, submission.headline)
    return _Content(
        text=text,
        headline=headline,
        headline_end=headline_end,
        carriers=(),
        authors=(),
        published=_stamp(submission, "published"),
        updated=_stamp(submission, "updated"),
        publisher=submission.publisher,
        url=submission.url,
        extractor=TEXT_EXTRACTOR,
    )


def _page_content(submission: Submission, found: Extraction) -> _Content:
    """What the submission states outranks what the page states."""
    headline = clean(submission.headline or found.headline or "") or None
    text, headline_end = canonical(headline, found.paragraphs)
    check_text(text, submission.name)
    carriers = found.carriers
    return _Content(
        text=text,
        headline=headline,
        headline_end=headline_end,
        carriers=tuple(one or "" for one in (*_on_page(carriers), submission.feed_title)),
        authors=found.authors,
        published=_stamp(submission, "published") or found.published,
        updated=_stamp(submission, "updated") or found.updated,
        publisher=submission.publisher or found.publisher,
        url=submission.url or found.canonical_url,
        extractor=found.extractor,
        standfirst=found.standfirst,
        captions=found.captions,
        links=found.links,
    )


def _on_page(carriers: Headlines) -> tuple[str | None, ...]:
    return carriers.h1, carriers.title, carriers.og_title, carriers.jsonld


def _version(submission: Submission, content: _Content) -> Version:
    article_id, sha256 = article_identity(submission.input_id, content.url), text_digest(content.text)
    carriers = content.carriers or (content.headline or "",)
    outside = [*carriers, *content.authors, content.published or "", content.updated or ""]
    outside += _beside(content.standfirst, content.captions, content.links)
    return Version(
        version_id=content_id(article_id, sha256, content_id(*map(fold, outside))),
        article_id=article_id,
        input_id=submission.input_id,
        ordinal=1,
        revises=None,
        publisher=content.publisher,
        url=content.url,
        headline=content.headline,
        headline_end=content.headline_end,
        text=content.text,
        text_sha256=sha256,
        language=language_of(content.text[content.headline_end :]),
        authors=content.authors,
        published=content.published,
        updated=content.updated,
        first_memento_at=submission.observed_at,
        capture_ids=(),
        extractor=content.extractor,
        carriers=content.carriers,
        standfirst=content.standfirst,
        captions=content.captions,
        links=content.links,
    )


def _beside(standfirst: str | None, captions: Sequence[str], links: Sequence[Link]) -> list[str]:
    """What stands beside the text, each kind under a mark of its own; nothing where there is nothing."""
    marked = [f"standfirst {standfirst}"] if standfirst else []
    return [*marked, *(f"caption {c}" for c in captions), *(f"link {one.words} {one.target}" for one in links)]


def headline_of(text: str, given: str | None) -> tuple[str | None, int]:
    """A plain text's headline and its end: the given one, 0 where the text does not open with it; else a first line
    that is short, has no final stop, is more than a dateline and is followed by a blank line."""
    if given and given.strip():
        first = next(iter(text.splitlines()), "")
        return given, len(first) if clean(first) == clean(given) else 0
    found = _FIRST_LINE.match(text[: 4 * LONGEST_HEADLINE])
    line = found["line"] if found else ""
    short = len(line) <= LONGEST_HEADLINE and len(line.split()) > 1
    if not line or not short or only_dateline(line) or line.rstrip(_CLOSERS).endswith(_STOPS):
        return None, 0
    return line, len(line)


def _stamp(submission: Submission, field: Literal["published", "updated"]) -> str | None:
    stated = submission.published if field == "published" else submission.updated
    if stated is None or not stated.strip():
        return None
    moment = iso_moment(stated)
    if moment is None:
        raise InputRefused(submission.name, f'"{field}" is {stated!r:.60}, not an ISO 8601 date such as 2016-12-15')
    return moment

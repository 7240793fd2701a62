"""Is a page that came with status 200 the article? The article's version, or why there is none.

In: a Submission, under the URL that was asked for, and the address that redirects led to. Out: Judged. A redirect to the
site's front page, a page whose headline
says that nothing is there (and that has little text), and a page that breaks off before a barrier are told apart from an
article, because each of them would else look like a publisher who deleted everything. The words are data
(``lexicon/en/pages.yml``); what is written in other languages is not known as missing and counts as an article. The page
is taken apart here, so this runs in a worker (``workers.py``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html as markup

from khabar.capture.canonical import clean
from khabar.capture.decoding import decode_html, with_charset
from khabar.capture.versions import fold, make_version
from khabar.errors import InputRefused
from khabar.lexicon.pages import page_words
from khabar.model.documents import Submission, Version
from khabar.model.watching import Result

LITTLE = 1_500
"""code points of body under which a page may be a message rather than an article"""
_LONGEST_MESSAGE = 90
_FRONT = re.compile(r"^/*(index\.\w{2,5}|home/?|en/?)?$", re.IGNORECASE)
_WORDS = re.compile(r"\w+(?:['-]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a page is: ``version`` where ``result`` is OK, else the reason in words."""

    result: Result
    version: Version | None = None
    reason: str | None = None


def judge(submission: Submission, final: str) -> Judged:
    """The version that a page holds, or what it is instead."""
    if moved_home(submission.name, final):
        return Judged(result=Result.MOVED_HOME, reason=f"leads to the site's front page {final}")
    version, refusal = _version(submission)
    body = version.text[version.headline_end :] if version else ""
    if submission.html is not None and len(body) < LITTLE:
        found = _instead(
            with_charset(submission.html, submission.charset), submission.name, version.carriers if version else ()
        )
        if found is not None:
            return found
    return Judged(result=Result.UNREADABLE if refusal else Result.OK, version=version, reason=refusal)


def moved_home(asked: str, final: str) -> bool:
    """Whether an article's address led to a front page."""
    before, after = urlsplit(asked), urlsplit(final)
    return not _FRONT.match(before.path) and bool(_FRONT.match(after.path)) and not after.query


def _version(submission: Submission) -> tuple[Version | None, str | None]:
    try:
        return make_version(submission), None
    except InputRefused as error:
        return None, error.reason


def _instead(page: bytes, name: str, carriers: tuple[str, ...]) -> Judged | None:
    """What a page with little text is, if it is not an article."""
    try:
        tree = markup.fromstring(decode_html(page, name))
    except (InputRefused, ValueError, markup.etree.ParserError):
        return None
    tops = [clean(e.text_content()) for e in tree.iter("title", "h1", "h2")][:8]
    says = next((words for words in (*carriers, *tops) if says_missing(words)), None)
    if says:
        return Judged(result=Result.SOFT_404, reason=f"says {says!r:.80}")
    shown = fold(tree.text_content()).lower()
    barrier = next((words for words in page_words().barriers if words in shown), None)
    if barrier:
        return Judged(result=Result.PAYWALL, reason=f"breaks off at {barrier!r}")
    return None


def says_missing(headline: str) -> bool:
    """Whether a headline says that nothing is here; a story about a missing page is longer."""
    lower = fold(headline).lower()
    if not lower or len(lower) > _LONGEST_MESSAGE:
        return False
    words = " ".join(_WORDS.findall(lower))
    first = re.split(r"\s[|–—·-]\s", lower)[0].strip()
    alone = first in {"404", "410", "error", "gone", "not found"}
    padded = f" {words} "
    phrases = (phrase for phrase in page_words().missing if len(phrase.split()) > 2 or len(words.split()) <= 6)
    return alone or any(f" {' '.join(_WORDS.findall(phrase))} " in padded for phrase in phrases)

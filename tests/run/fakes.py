"""Small stages, so that runs are tested without parser, tables or network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from khabar.errors import InputRefused
from khabar.model.articles import ReadArticle
from khabar.model.changes import Revision
from khabar.model.claims import Reading
from khabar.model.documents import Submission, Version
from khabar.model.events import Batch, Fusion
from khabar.model.factuality import Word
from khabar.model.identity import content_id, text_digest
from khabar.model.links import Resolution
from khabar.run.add import Run
from khabar.run.stages import Workbench
from tests.ledger import making

PATTERN = re.compile(r"(.+) shelled (.+) on Monday, the harbour master said\.")
RUN = Run(run_id="run-1", code_version="khabar test", clock=lambda: "2026-01-02T03:04:05Z")


def make_version(submission: Submission) -> Version:
    """A version of a text; an article is known by its URL or id."""
    if not submission.text:
        raise InputRefused(submission.name, "is empty")
    article_id = content_id(submission.url or submission.input_id)
    return Version(
        version_id=content_id(article_id, submission.text),
        article_id=article_id,
        input_id=submission.input_id,
        ordinal=1,
        revises=None,
        publisher=submission.publisher,
        url=submission.url,
        headline=None,
        headline_end=0,
        text=submission.text,
        text_sha256=text_digest(submission.text),
        language="fr" if submission.text.startswith("Le ") else "en",
        authors=(),
        published=submission.published,
        updated=None,
        first_memento_at=None,
        capture_ids=(),
        extractor="text 1",
    )


def next_version(before: Version, after: Version) -> Version | None:
    """The next state, if the text changed by more than white space."""
    if before.text.split() == after.text.split():
        return None
    return replace(after, ordinal=before.ordinal + 1, revises=before.version_id)


def article_of(version: Version) -> ReadArticle:
    """The reading of a text in the pattern of the tests."""
    found = PATTERN.fullmatch(version.text.strip())
    if found is None:
        raise ValueError("no such sentence")
    return making.read(version, found[1], found[2], Word.REPORTED)


def read(version: Version) -> Reading:
    return article_of(version).reading


def resolve(version: Version, reading: Reading) -> Resolution:
    if not reading.claims:
        return Resolution(version_id=version.version_id, entities=(), places=(), times=())
    return article_of(version).resolution


def revise(before: ReadArticle, after: ReadArticle) -> Revision:
    """One made-up edit with sound spans."""
    who = after.version.text.split(" shelled ")[0]
    where = after.version.text.split(" shelled ")[1].split(" on ")[0]
    _, revision = making.revised(before, who=who, where=where)
    ids = before.version.version_id, after.version.version_id
    change = replace(
        revision.changes[0],
        change_id=content_id("change", *ids),
        to_version_id=ids[1],
        after_claim_id=after.reading.claims[0].claim_id,
    )
    return replace(revision, to_version_id=ids[1], changes=(change,))


def fuse(articles: Sequence[ReadArticle]) -> Fusion:
    """One event for all articles that claim something."""
    told = sorted((a for a in articles if a.reading.claims), key=lambda a: a.version.version_id)
    return making.make_fusion(*told) if told else Fusion(events=(), spells=())


def batch(articles: Sequence[ReadArticle]) -> Batch:
    """Every article alone, nothing told twice."""
    return Batch(stories=tuple((a.version.version_id,) for a in articles), tellings=())


def sentences(article: ReadArticle) -> dict[str, str]:
    return {claim.claim_id: "somebody shelled something" for claim in article.reading.claims}


BENCH = Workbench(
    make_version=make_version,
    next_version=next_version,
    read=read,
    resolve=resolve,
    revise=revise,
    fuse=fuse,
    batch=batch,
    sentences=sentences,
)


def text(name: str, who: str = "Orlan rebels", where: str = "Port Maraq", *, seen: str | None = None) -> Submission:
    """A submission in the pattern of the tests."""
    words = making.TEXT.format(who=who, where=where)
    return Submission(name=f"{name}.txt", input_id=name, text=words, observed_at=seen)

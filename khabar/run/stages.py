"""The table of contents: what happens to a document, stage by stage.

    submission -> version -> parse and reading -> resolution -> revision against the version before -> ledger
    all newest versions together -> events, lineage, control -> ledger

In: submissions, a Workbench (the stages as functions, so that a test can hand in small ones) and a Writer. Out: read
articles and outcomes. Each document is one transaction. Texts in another language than the reader's keep their text and
a note in ``Reading.problems``; they get no claims.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from khabar.errors import Overtaken
from khabar.ledger.intake import coverage, covered, following, seen, standing
from khabar.ledger.placing import archived, article_of, late
from khabar.ledger.questions import all_current
from khabar.ledger.store import Arrival, Outcome, Stamp, Writer
from khabar.model.articles import ReadArticle
from khabar.model.changes import Revision
from khabar.model.claims import Reading
from khabar.model.documents import Capture, Submission, Version
from khabar.model.events import Batch, Fusion
from khabar.model.identity import content_id, digest
from khabar.model.links import Resolution
from khabar.run.drift import Drift, drift
from khabar.run.late import Steps, take_late

READER_LANGUAGE = "en"
FUSINGS = 3
"""how often a run fuses at most, if others append while it does"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """The stages as functions, tables and parser already inside; ``plan.open_workbench`` makes the real one."""

    make_version: Callable[[Submission], Version]
    next_version: Callable[[Version, Version], Version | None]
    read: Callable[[Version], Reading]
    resolve: Callable[[Version, Reading], Resolution]
    revise: Callable[[ReadArticle, ReadArticle], Revision]
    fuse: Callable[[Sequence[ReadArticle]], Fusion]
    batch: Callable[[Sequence[ReadArticle]], Batch]
    """stories and happenings that articles share, without a ledger"""
    sentences: Callable[[ReadArticle], Mapping[str, str]]
    """each claim_id's plain sentence"""


def read_submission(submission: Submission, bench: Workbench) -> ReadArticle:
    """One document, read and resolved, remembered nowhere."""
    return read_version(bench.make_version(submission), bench)


def read_version(version: Version, bench: Workbench) -> ReadArticle:
    """One version, read and resolved."""
    language = version.language
    foreign = language is not None and not language.startswith(READER_LANGUAGE)
    reading = unread(version, f"language {language}: not read, only English is") if foreign else bench.read(version)
    return ReadArticle(version=version, reading=reading, resolution=bench.resolve(version, reading))


def take_in(submission: Submission, writer: Writer, bench: Workbench, stamp: Stamp) -> Outcome:
    """One document into the ledger: a new article, a new version with its edits, or an observation.

    Where another writer changed the same article meanwhile, the document is read again, against what stands now.
    """
    while True:
        try:
            return _taken_in(submission, writer, bench, stamp)
        except Overtaken:  # at least one document of somebody's got in for each time that this one did not
            continue


def _taken_in(submission: Submission, writer: Writer, bench: Workbench, stamp: Stamp) -> Outcome:
    """One document against what stands at this moment. Raises Overtaken if it stands no more at the end."""
    arrival = arrive(submission, stamp)
    known = seen(
        writer.view,
        body_sha256=arrival.capture.payload_sha256,
        declared=arrival.declared,
        newest_only=submission.memento,
        capture_id=arrival.capture.capture_id,
    )
    old = submission.memento and archived(arrival.capture.memento_at, stamp.recorded_at)
    if known is not None and not (old and late(writer.view, article_of(writer.view, known), arrival.capture)):
        return _unchanged(arrival, known, writer, stamp)
    version = bench.make_version(submission)
    if old and late(writer.view, version.article_id, arrival.capture):
        return take_late(version, arrival, writer, _steps(bench), stamp)
    before = standing(writer.view, version.article_id)
    after = following(writer.view, version) if before is None else bench.next_version(before.version, version)
    drifted = drift(before, version, submission, writer, bench.make_version, stamp) if before and after else None
    if after is None or (drifted and drifted.unchanged(version, bench.next_version)):
        return _unchanged(arrival, before.version.version_id if before else None, writer, stamp)
    article = read_version(replace(after, capture_ids=(arrival.capture.capture_id,)), bench)
    return writer.append_article(
        article,
        arrival=arrival,
        revision=None if before is None else _revision(before, article, drifted, bench),
        sentences=bench.sentences(article),
        stamp=stamp,
    )


def _steps(bench: Workbench) -> Steps:
    """The stages that a late capture goes through."""
    return Steps(
        make=bench.make_version,
        follow=bench.next_version,
        read=lambda version: read_version(version, bench),
        revise=bench.revise,
        sentences=bench.sentences,
    )


def _revision(before: ReadArticle, after: ReadArticle, drifted: Drift | None, bench: Workbench) -> Revision:
    """What changed, extractor drift left out."""
    revision = bench.revise(before, after)
    if drifted is None or drifted.again.text_sha256 == before.version.text_sha256:
        return revision
    return drifted.without(revision, bench.revise(before, read_version(drifted.again, bench)))


def fuse_all(writer: Writer, bench: Workbench, stamp: Stamp) -> bool:
    """Fuse the newest versions of all articles, unless that has been done. Out: whether it was needed.

    What others append meanwhile is fused as well; who goes on appending fuses at the end of their own run.
    """
    rounds = 0
    while rounds < FUSINGS and _fused(writer, bench, stamp):
        rounds += 1
    return rounds > 0


def _fused(writer: Writer, bench: Workbench, stamp: Stamp) -> bool:
    """Fuse what stands at this moment. Out: whether that was needed."""
    with writer.view.moment():
        now, last = coverage(writer.view, stamp.code_version), covered(writer.view)
        articles = tuple(all_current(writer.view)) if now != last else ()
    if now == last or (not articles and last is None):
        return False
    writer.append_fusion(bench.fuse(articles), covers=now, stamp=stamp)
    return True


def arrive(submission: Submission, stamp: Stamp) -> Arrival:
    """A submission as the ledger keeps it: its bytes, the capture, what it said of itself."""
    body, mime = body_of(submission)
    url = submission.url or PurePath(submission.input_id).name
    at, sha = submission.observed_at or stamp.recorded_at, digest(body)
    capture = Capture(
        capture_id=content_id(url, at, sha),
        url=url,
        memento_at=at,
        http_status=200 if submission.memento else None,
        mime_type=mime,
        payload_sha256=sha,
    )
    names = ("input_id", "published", "publisher", "url", "headline", "updated")
    declared = {name: getattr(submission, name) for name in names}
    if submission.feed_title is not None:  # only where there is one: what was declared before stays comparable
        declared["feed_title"] = submission.feed_title
    return Arrival(body=body, capture=capture, input_id=submission.input_id, name=submission.name, declared=declared)


def body_of(submission: Submission) -> tuple[bytes, str]:
    """A submission's bytes and their MIME type."""
    if submission.html is not None:
        declared = f"; charset={submission.charset}" if submission.charset else ""
        return submission.html, f"text/html{declared}"
    return (submission.text or "").encode("utf-8", "surrogatepass"), "text/plain; charset=utf-8"


def unread(version: Version, problem: str) -> Reading:
    """The reading of a text that was not read, with the reason."""
    return Reading(
        version_id=version.version_id,
        reader="none",
        mentions=(),
        timexes=(),
        quantities=(),
        attributions=(),
        predications=(),
        claims=(),
        problems=(problem,),
    )


def _unchanged(arrival: Arrival, version_id: str | None, writer: Writer, stamp: Stamp) -> Outcome:
    """Note that something was seen again."""
    writer.append_observation(arrival, version_id=version_id, stamp=stamp)
    return Outcome.UNCHANGED

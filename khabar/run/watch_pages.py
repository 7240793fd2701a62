"""A page's answer into the ledger: a new article, a new version with its edits, an absence, or an observation.

In: an Answer, the time, a Stamp. Out: Found, with the step that follows. The version was made in a worker, so the stages go
on from there; texts are read here, in the one process that writes. An absence that a second request confirmed is noted as
an edit of the class WITHDRAWN, a return as RESTORED. Whoever shall be told of a change is told when it is confirmed
(``confirmed``), never before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from khabar.capture.hosts import asked_pause
from khabar.ledger.schema import STANDING
from khabar.ledger.store import Outcome, Stamp, Writer
from khabar.ledger.watching import append_absence
from khabar.model.changes import EditClass
from khabar.model.documents import Refusal, Submission, Version
from khabar.model.identity import digest
from khabar.model.watching import Result
from khabar.run.add import attempt
from khabar.run.asking import Answer
from khabar.run.stages import Workbench, body_of, take_in
from khabar.run.watch_state import Seen, Step, next_step

KEPT = frozenset({Result.SOFT_404, Result.PAYWALL, Result.UNREADABLE, Result.PARSER_LIMIT, Result.MOVED_HOME})
"""results whose body is kept as evidence although no article was made of it"""
Confirmed = Callable[[str, Stamp], None]
"""called with an article's version when its last change is confirmed"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of a page's request."""

    step: Step
    result: Result
    outcome: str | None = None
    version_id: str | None = None
    body_sha256: str | None = None
    body: bytes | None = None
    """to be stored with the attempt; None where it stands in the ledger already"""
    reason: str | None = None


class Pages:
    """Takes pages into the ledger of ``writer``."""

    def __init__(self, writer: Writer, bench: Workbench, confirmed: Confirmed | None = None) -> None:
        self.writer, self._bench, self._confirmed = writer, bench, confirmed

    def take(self, answer: Answer, now: datetime, stamp: Stamp) -> Found:
        """Put a page into the ledger, except the attempt itself."""
        target = answer.target
        if answer.version is not None and answer.submission is not None:
            return self._version(answer, answer.submission, answer.version, now, stamp)
        there = answer.result in {Result.OK, Result.NOT_MODIFIED}
        body = answer.reply.body if answer.reply and answer.result in KEPT and answer.reply.body else None
        seen = self._seen(answer, target.version_id if there else None, now, revised=False)
        step = next_step(target, seen, now)
        return Found(
            step=step,
            result=answer.result,
            outcome=Outcome.UNCHANGED if there else None,
            version_id=seen.version_id,
            body_sha256=digest(body) if body else self._stored(seen.body_sha256),
            body=body,
            reason=answer.reason,
        )

    def settled(self, found: Found, stamp: Stamp) -> None:
        """Note absences and returns, and tell of what is confirmed; called when the attempt is on the disk."""
        step, version_id = found.step, found.step.target.version_id
        if version_id is None:
            return
        if step.withdrawn is not None:
            words = f"{step.withdrawn}: {found.reason or 'no longer there'}, {stamp.recorded_at}"
            append_absence(self.writer, version_id, EditClass.WITHDRAWN, words, stamp=stamp)
        elif step.restored:
            append_absence(self.writer, version_id, EditClass.RESTORED, f"back {stamp.recorded_at}", stamp=stamp)
        if self._confirmed is not None and (step.confirms or step.restored):
            self._confirmed(version_id, stamp)

    def _version(self, answer: Answer, submission: Submission, version: Version, now: datetime, stamp: Stamp) -> Found:
        """A page that holds an article."""
        bench = self._bench
        made = replace(bench, make_version=lambda s: version if s is submission else bench.make_version(s))
        outcome = attempt(submission, lambda handed: take_in(handed, self.writer, made, stamp))
        body = body_of(submission)[0]
        if isinstance(outcome, Refusal):
            step = next_step(answer.target, Seen(result=Result.UNREADABLE), now)
            return Found(
                step=step, result=Result.UNREADABLE, outcome=Outcome.REFUSED, body=body, body_sha256=digest(body),
                reason=outcome.reason,
            )  # fmt: skip
        version_id = str(self.writer.view.rows(STANDING, (version.article_id,))[0][0])
        seen = self._seen(answer, version_id, now, revised=outcome is Outcome.REVISED)
        step = next_step(answer.target, seen, now)
        return Found(step=step, result=Result.OK, outcome=outcome, version_id=version_id, body_sha256=digest(body))

    def _stored(self, sha: str | None) -> str | None:
        """A body's digest, if the ledger has it: that of a text in another encoding than UTF-8 it has not."""
        found = self.writer.view.rows("SELECT body_sha256 FROM body WHERE body_sha256 = ?", (sha,))
        return str(found[0][0]) if found else None

    def _seen(self, answer: Answer, version_id: str | None, now: datetime, *, revised: bool) -> Seen:
        reply = answer.reply
        body = reply.body if reply and answer.result is Result.OK else b""
        return Seen(
            result=answer.result,
            etag=reply.etag if reply else None,
            last_modified=reply.last_modified if reply else None,
            body_sha256=digest(body) if body else None,
            version_id=version_id,
            revised=revised,
            wait=asked_pause(reply.retry_after, now) if reply else 0.0,
        )

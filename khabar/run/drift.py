"""Extractor drift: what only a new extractor sees otherwise is a derivation of the old bytes, never a publisher's edit.

In: what stands in the ledger, a new version by another extractor, the stages that make and follow versions. Out: Drift:
the old bytes as today's extractor reads them, noted as a derivation; whether the new version says anything else than
that; and a revision without the edits that are there between the two readings of the old bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from khabar.errors import InputRefused
from khabar.ledger.intake import standing_body
from khabar.ledger.store import Stamp, Writer
from khabar.ledger.watching import append_derivation
from khabar.model.articles import ReadArticle
from khabar.model.changes import Revision
from khabar.model.documents import Submission, Version

Make = Callable[[Submission], Version]
Follow = Callable[[Version, Version], Version | None]


@dataclass(frozen=True, slots=True)
class Drift:
    """The version that stands there, as today's extractor reads its bytes."""

    again: Version

    def unchanged(self, version: Version, follow: Follow) -> bool:
        """Whether a new version is the same as the old bytes, both read by today's extractor."""
        return follow(self.again, version) is None

    def without(self, revision: Revision, apparent: Revision) -> Revision:
        """A revision without what the extractor alone made of it."""
        edits = {(e.edit_class, e.before_text, e.after_text) for e in apparent.edits}
        changes = {(c.kind, c.note) for c in apparent.changes}
        return replace(
            revision,
            edits=tuple(e for e in revision.edits if (e.edit_class, e.before_text, e.after_text) not in edits),
            changes=tuple(c for c in revision.changes if (c.kind, c.note) not in changes),
        )


def drift(
    before: ReadArticle, version: Version, submission: Submission, writer: Writer, make: Make, stamp: Stamp
) -> Drift | None:
    """The drift between two versions; None where one extractor made both, or the old bytes cannot be read again."""
    old = before.version
    if old.extractor == version.extractor or submission.html is None:
        return None
    body = standing_body(writer.view, old.version_id)
    if body is None:
        return None
    again = replace(submission, html=body.data, charset=body.charset, observed_at=old.first_memento_at)
    try:
        made = make(again)
    except InputRefused:
        return None
    append_derivation(writer, old, made, same=made.text_sha256 == old.text_sha256, stamp=stamp)
    return Drift(replace(made, ordinal=old.ordinal, revises=old.revises))

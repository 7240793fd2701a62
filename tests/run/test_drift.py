"""A new extractor that sees old bytes otherwise makes a derivation, never an edit; a real change beside it is one."""

from __future__ import annotations

from dataclasses import replace

from khabar.capture.versions import make_version
from khabar.ledger import questions
from khabar.ledger.store import Outcome, open_writer
from khabar.ledger.verify import verify
from khabar.model.documents import Link, Submission, Version
from khabar.model.identity import content_id, text_digest
from khabar.run.stages import take_in
from khabar.stores import Place
from tests.ledger.making import STAMP
from tests.watch.site import BENCH, BODY, page

URL = "https://news.example/1"


def seen(html: bytes, at: str) -> Submission:
    return Submission(name=URL, input_id=URL, url=URL, html=html, observed_at=at, memento=True)


def make_otherwise(submission: Submission) -> Version:
    """An extractor of another edition that leaves out the last paragraph."""
    made = make_version(submission)
    text = made.text.rpartition("\n\n")[0]
    return replace(
        made,
        text=text,
        text_sha256=text_digest(text),
        extractor="another 2",
        version_id=content_id(made.article_id, text, *made.carriers),
    )


def test_drift_is_no_edit_and_an_edit_beside_it_is_one(ledger: Place) -> None:
    newer = replace(BENCH, make_version=make_otherwise)
    again = page("Bridge at Sorrin to reopen", *BODY, head="<meta name='x' content='y'>")
    with open_writer(ledger) as writer:
        assert take_in(seen(page(), "2026-03-01T12:00:00Z"), writer, BENCH, STAMP) is Outcome.NEW
        assert take_in(seen(again, "2026-03-01T13:00:00Z"), writer, newer, STAMP) is Outcome.UNCHANGED
        assert questions.edits(writer.view) == []
        assert writer.view.rows("SELECT extractor, same FROM derivation") == [("another 2", 0)]
        changed = page("Bridge at Sorrin stays closed")
        assert take_in(seen(changed, "2026-03-01T14:00:00Z"), writer, newer, STAMP) is Outcome.REVISED
        (row,) = questions.edits(writer.view)
        assert "CLAIM_WITHDRAWN" not in {str(e.edit_class) for e in row.revision.edits}
        assert not verify(writer.view).faults


def test_a_link_that_went_from_words_that_stayed(ledger: Place) -> None:
    linked = page("Bridge", BODY[0], f"The <a href='/report.pdf'>engineers' report</a> says so. {BODY[1]}", BODY[2])
    bare = page("Bridge", BODY[0], f"The engineers' report says so. {BODY[1]}", BODY[2])
    with open_writer(ledger) as writer:
        take_in(seen(linked, "2026-03-01T12:00:00Z"), writer, BENCH, STAMP)
        (version,) = [
            row.version_id for row in questions.versions_of(writer.view, questions.articles(writer.view)[0].article_id)
        ]
        article = questions.read_article(writer.view, version)
        assert article is not None
        assert article.version.links == (Link(words="engineers' report", target="https://news.example/report.pdf"),)
        assert take_in(seen(bare, "2026-03-01T13:00:00Z"), writer, BENCH, STAMP) is Outcome.REVISED
        (row,) = questions.edits(writer.view)
        assert [(str(e.edit_class), e.before_text) for e in row.revision.edits] == [
            ("LINK_REMOVED", "engineers' report")
        ]
        assert not verify(writer.view).faults

"""Edits as an Atom feed (RFC 4287): one entry a revision, for any feed reader.

In: ``Due`` revisions. Out: the document as text. Titles and summaries are plain text; everything of the pages is escaped,
characters that XML cannot hold are left out. Ids are tag URIs of the revision, so that a reader never sees one twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from khabar.ledger.alerting import Due
from khabar.model.changes import EditClass
from khabar.show.visible import visible

QUIET = frozenset({EditClass.STYLE, EditClass.MOVED})
_URL = "%/:=&?~#+!$,;'@()*[]"
"""what stands in an address as it is; all else is percent-encoded (RFC 3987, 3.1)"""
_UNSAFE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(revisions: Iterable[Due], *, updated: str) -> str:
    """The feed, the newest entry first; ``updated`` is the instant that counts where there is no entry."""
    listed = sorted(revisions, key=lambda due: due.seq, reverse=True)
    newest = listed[0].noticed_at if listed else updated
    head = f"<title>khabar: edits</title>\n<id>tag:khabar,2026:edits</id>\n<updated>{newest}</updated>"
    entries = "\n".join(_entry(due) for due in listed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n{head}\n{entries}\n</feed>\n'


def _entry(due: Due) -> str:
    classes = sorted({str(e.edit_class) for e in due.revision.edits if e.edit_class not in QUIET})
    lines = [change.note for change in due.revision.changes]
    lines += [
        f"{edit.edit_class}: {edit.before_text or '(nothing)'} → {edit.after_text or '(nothing)'}"
        for edit in due.revision.edits
        if edit.edit_class not in QUIET
    ]
    link = f"<link href={quoteattr(quote(_plain(due.url), safe=_URL))}/>\n" if due.url else ""
    title = due.after_headline or due.before_headline or due.article_id
    return (
        f"<entry>\n<title>{_text(title)}</title>\n<id>tag:khabar,2026:revision:{due.article_id}:{due.seq}</id>\n{link}"
        f"<updated>{due.noticed_at}</updated>\n<author><name>{_text(due.publisher or 'unknown')}</name></author>\n"
        + "".join(f"<category term={quoteattr(name)}/>\n" for name in classes)
        + f"<summary>{_text(chr(10).join(lines))}</summary>\n</entry>"
    )


def _plain(words: str) -> str:
    return _UNSAFE.sub("", words)


def _text(words: str) -> str:
    return escape(visible(_plain(words)))

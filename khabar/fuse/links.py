"""Links that went from words that stayed.

In: two versions of one page. Out: ``TextEdit`` records of the class LINK_REMOVED. A source that is no longer linked is an
edit although no word changed. A link whose words went is told by what happened to the words; one that leads elsewhere now is
no removal. Only pages have links, plain texts have none.
"""

from __future__ import annotations

from khabar.model.changes import EditClass, TextEdit
from khabar.model.documents import Version
from khabar.model.spans import Span


def links_removed(before: Version, after: Version) -> tuple[TextEdit, ...]:
    """One edit for every link of the version before that has no link at its words in the version after."""
    if not before.links or not after.carriers:
        return ()
    linked = {link.words for link in after.links} | {link.target for link in after.links}
    gone = [link for link in before.links if link.words not in linked and link.target not in linked]
    found = ((link, _place(before, link.words), _place(after, link.words)) for link in gone)
    return tuple(
        TextEdit(
            edit_class=EditClass.LINK_REMOVED,
            before=old,
            after=new,
            before_text=link.words,
            after_text=link.words,
            in_headline=False,
        )
        for link, old, new in found
        if old is not None and new is not None
    )


def _place(version: Version, words: str) -> Span | None:
    """Where the words stand in the body."""
    at = version.text.find(words, version.headline_end)
    return Span(at, at + len(words)) if words and at >= 0 else None

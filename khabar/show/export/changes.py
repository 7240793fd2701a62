"""What a revision changed, as rows of the contract's ``changes``: kinds of edit and changes of what is claimed.

In: a Revision. Out: dictionaries, edits first. ``type`` is the kind in the plain words of edit studies (name_removed,
number_changed, softened, claim_added …), so that revisions of different tools can be compared; ``class`` is our own finer
edit class. A change of a claim has the plain kind of the edit that made it. Marks around words that stay are told as
marks, "at least" before a number that stays as a quantifier: neither makes the claim another one. Offsets are code
points: ``before`` in the earlier text, ``after`` in the later one.
"""

from __future__ import annotations

from typing import Any

from khabar.fuse.facts import tables
from khabar.fuse.revise import KINDS
from khabar.model.changes import ClaimChange, EditClass, Revision, TextEdit
from khabar.model.spans import Span

Json = dict[str, Any]

TYPES: dict[EditClass, tuple[str, ...]] = {
    EditClass.NAME_REMOVED: ("name_removed",),
    EditClass.NAME_GENERALISED: ("name_removed",),
    EditClass.NAME_ADDED: ("name_added",),
    EditClass.NUMBER_CHANGED: ("number_changed",),
    EditClass.DATE_CHANGED: ("date_changed",),
    EditClass.PLACE_CHANGED: ("name_removed", "name_added"),
    EditClass.HEDGE_ADDED: ("softened",),
    EditClass.HEDGE_REMOVED: ("strengthened",),
    EditClass.ATTRIBUTION_ADDED: ("attribution_added", "softened"),
    EditClass.ATTRIBUTION_REMOVED: ("attribution_removed", "strengthened"),
    EditClass.ATTRIBUTION_REPLACED: ("attribution_removed", "attribution_added"),
    EditClass.QUOTE_ALTERED: ("quote_altered",),
    EditClass.DENIAL_ADDED: ("claim_added",),
    EditClass.CLAIM_ADDED: ("claim_added",),
    EditClass.CLAIM_WITHDRAWN: ("claim_removed",),
    EditClass.STYLE: ("style_only",),
}
QUIET = frozenset({EditClass.STYLE, EditClass.MOVED})
MARKED = {EditClass.HEDGE_ADDED: "quote_added", EditClass.HEDGE_REMOVED: "quote_removed"}
"""scare quotes: the same words between marks, or without them"""
MARKS = frozenset("“”‘’\"'")
BOUNDED = {EditClass.HEDGE_ADDED: "quantifier_added", EditClass.HEDGE_REMOVED: "quantifier_removed"}
"""the same number with "at least" or "about" before it, or without"""


def revision_rows(revision: Revision | None) -> list[Json]:
    """All rows of a revision; none without one."""
    if revision is None:
        return []
    alone = all(edit.edit_class in QUIET for edit in revision.edits)
    edits = [row for edit in revision.edits for row in edit_rows(edit, alone=alone)]
    return [*edits, *({**change_row(c), "type": _kind_of(c, revision)} for c in revision.changes)]


def _kind_of(change: ClaimChange, revision: Revision) -> str:
    """The plain kind of the edit that stands on the same words and makes such a change; else the change's own kind."""
    kinds = (
        _kinds(edit, alone=False)[0]
        for edit in revision.edits
        if (edit.before, edit.after) == (change.before, change.after) and KINDS.get(edit.edit_class) is change.kind
    )
    return next(kinds, change.kind.value)


def edit_rows(edit: TextEdit, *, alone: bool = True) -> list[Json]:
    """One row per plain kind of an edit; ``alone``: the revision changed nothing but style."""
    kinds = _kinds(edit, alone=alone)
    return [
        {
            "type": kind,
            "class": edit.edit_class.value,
            "before": pair(edit.before),
            "after": pair(edit.after),
            "in_headline": edit.in_headline,
        }
        for kind in kinds
    ]


def _kinds(edit: TextEdit, *, alone: bool) -> tuple[str, ...]:
    """The plain kinds. A quotation that stands on one side only is only added or removed, and so are marks around the
    same words; a source that went leaves the claim in the outlet's own voice, which is stronger."""
    kinds = TYPES.get(edit.edit_class, (edit.edit_class.value.lower(),))
    if edit.edit_class is EditClass.STYLE and not alone:
        return (_marks(edit),)
    if edit.edit_class is EditClass.QUOTE_ALTERED and (edit.before is None or edit.after is None):
        return ("quote_added",) if edit.before is None else ("quote_removed",)
    if edit.edit_class in MARKED and _letters(edit.before_text) == _letters(edit.after_text) != "":
        return (MARKED[edit.edit_class],)
    if edit.edit_class in BOUNDED and _is_bounded(edit.before_text) != _is_bounded(edit.after_text):
        return (BOUNDED[edit.edit_class],)
    return kinds


def _marks(edit: TextEdit) -> str:
    """What a change of style did beside other edits: marks around the same words came, or went."""
    same = _letters(edit.before_text) == _letters(edit.after_text) != ""
    before, after = (words[:1] in MARKS for words in (edit.before_text, edit.after_text))
    if not same or before == after:
        return "style"
    return "quote_added" if after else "quote_removed"


def _is_bounded(words: str) -> bool:
    """Whether the words begin with what bounds a number ("at least")."""
    keys = words.lower().split()
    bounds = tables().counting.bounds
    return any(tuple(keys[:size]) in bounds for size in range(1, len(keys)))


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).lower()


def change_row(change: ClaimChange) -> Json:
    """A change of what is claimed against the previous version."""
    return {
        "id": change.change_id,
        "type": change.kind.value,
        "before_claim": change.before_claim_id,
        "after_claim": change.after_claim_id,
        "before": pair(change.before),
        "after": pair(change.after),
        "note": change.note,
    }


def pair(span: Span | None) -> list[int] | None:
    """A span as the contract writes it."""
    return [span.start, span.end] if span is not None else None

"""What a revision did: edits of the text with their classes, and changes of what is claimed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from khabar.model.spans import Span


class EditClass(StrEnum):
    """Classes of an edit; one edit may give several records, one per class."""

    NAME_REMOVED = "NAME_REMOVED"
    NAME_GENERALISED = "NAME_GENERALISED"
    NAME_ADDED = "NAME_ADDED"
    NUMBER_CHANGED = "NUMBER_CHANGED"
    DATE_CHANGED = "DATE_CHANGED"
    PLACE_CHANGED = "PLACE_CHANGED"
    HEDGE_ADDED = "HEDGE_ADDED"
    HEDGE_REMOVED = "HEDGE_REMOVED"
    ATTRIBUTION_ADDED = "ATTRIBUTION_ADDED"
    ATTRIBUTION_REMOVED = "ATTRIBUTION_REMOVED"
    ATTRIBUTION_REPLACED = "ATTRIBUTION_REPLACED"
    POLARITY_FLIPPED = "POLARITY_FLIPPED"
    DENIAL_ADDED = "DENIAL_ADDED"
    QUOTE_ALTERED = "QUOTE_ALTERED"
    CLAIM_ADDED = "CLAIM_ADDED"
    CLAIM_WITHDRAWN = "CLAIM_WITHDRAWN"
    LINK_REMOVED = "LINK_REMOVED"
    HEADLINE_ONLY = "HEADLINE_ONLY"
    MOVED = "MOVED"
    STYLE = "STYLE"
    WITHDRAWN = "WITHDRAWN"
    RESTORED = "RESTORED"


class ChangeKind(StrEnum):
    """Kinds of change of what is claimed."""

    ADDED = "added"
    WITHDRAWN = "withdrawn"
    NAME_REMOVED = "name_removed"
    NAME_GENERALISED = "name_generalised"
    NAME_ADDED = "name_added"
    SOFTENED = "softened"
    HARDENED = "hardened"
    SOURCE_CHANGED = "source_changed"
    SOURCE_REMOVED = "source_removed"
    QUANTITY_CHANGED = "quantity_changed"
    DATE_CHANGED = "date_changed"
    PLACE_CHANGED = "place_changed"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEdit:
    """One edit of one class; a side is None where nothing stood there."""

    edit_class: EditClass
    before: Span | None
    after: Span | None
    before_text: str
    after_text: str
    in_headline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChange:
    """One change of what is claimed between two versions; claim ids are None on the side that has no such claim."""

    change_id: str
    from_version_id: str
    to_version_id: str
    kind: ChangeKind
    before_claim_id: str | None
    after_claim_id: str | None
    before: Span | None
    after: Span | None
    note: str
    """one plain sentence: "the name Haftar became a top Libyan official" """


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """Everything between two consecutive versions. ``disclosed``: the page changed its stamp or added a correction."""

    from_version_id: str
    to_version_id: str
    edits: tuple[TextEdit, ...]
    changes: tuple[ClaimChange, ...]
    disclosed: bool

"""An article that has been read and resolved: the unit that goes from the reader to fusing, storing and showing."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.model.claims import Reading
from khabar.model.documents import Version
from khabar.model.links import Resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArticle:
    """One version with its reading and its links; all three carry the same version_id."""

    version: Version
    reading: Reading
    resolution: Resolution

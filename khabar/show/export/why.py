"""Explanations as plain values (``khabar why --json``, ``khabar read --explain --json``).

In: an Explanation. Out: a dictionary; every part has the same keys, spans are [start, end] in code points of the version's
text, end exclusive. Keys may be added, never renamed.
"""

from __future__ import annotations

from typing import Any

from khabar.show.evidence import Part
from khabar.show.why import Explanation

Json = dict[str, Any]


def explanation_row(explanation: Explanation, *, version_id: str) -> Json:
    """Why one claim of a version reads as it does."""
    return {
        "claim": explanation.claim_id,
        "version_id": version_id,
        "word": explanation.word,
        "sentence": explanation.sentence,
        "parts": part_rows(explanation.parts),
    }


def part_rows(parts: tuple[Part, ...]) -> list[Json]:
    """Parts with those under them."""
    return [
        {
            "name": part.name,
            "said": part.said,
            "words": part.words,
            "spans": [[span.start, span.end] for span in part.spans],
            "rule": part.rule,
            "reason": part.reason,
            "score": part.score,
            "parts": part_rows(part.parts),
        }
        for part in parts
    ]

"""Claims as plain dictionaries, one per claim, for JSON and JSON Lines.

In: rows of the ledger's claims. Out: their fields with lists instead of tuples, the sources in a list, and the link to
the claim's card on the desk. Units as in ``ledger/answers.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from khabar.ledger.answers import ClaimRow
from khabar.show.export.flat import permalink


def claims_rows(claims: Iterable[ClaimRow], *, base_url: str = "") -> Iterator[dict[str, Any]]:
    """One dictionary per claim; ``article`` is the input id, ``sources`` run from the first teller to the outlet."""
    names = [f.name for f in fields(ClaimRow)]
    for claim in claims:
        values = {name: getattr(claim, name) for name in names}
        plain = {key: list(v) if isinstance(v, tuple) else v for key, v in values.items()}
        yield {
            **plain,
            "type": claim.event_type or claim.relation,
            "article": claim.input_id,
            "sources": claim.chain.split(" > "),
            "permalink": base_url + permalink(claim),
        }

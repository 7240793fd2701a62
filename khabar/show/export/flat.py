"""CSV that no spreadsheet runs: one row per claim for statisticians and visitors.

In: rows of the ledger's claims with the digests of their versions' texts. Out: dictionaries of strings in COLUMNS
order, and lines of CSV (RFC 4180, CRLF). ``chain`` reads "A > B > outlet": who told it first stands first, the outlet
last. Offsets are code points, days ISO 8601, degrees WGS 84, score 0-1 for the extraction being right. A cell that
begins with = + - @ tab or CR gets an apostrophe before it, save plain numbers, since spreadsheets run such cells.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from khabar.ledger.answers import ClaimRow

RISKY = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?$")
COLUMNS = (
    "claim_id", "sentence", "word", "chain", "depth", "first_source", "last_source", "type", "lemma", "actor",
    "recipient", "place", "country", "lat", "lon", "earliest", "latest", "realis", "commitments", "score", "start",
    "end", "quote", "article", "publisher", "published", "headline", "url", "version_id", "version", "text_sha256",
    "reader", "permalink",
)  # fmt: skip


def flat_rows(
    claims: Iterable[ClaimRow], *, digests: Mapping[str, str], base_url: str = ""
) -> Iterator[dict[str, str]]:
    """One dictionary of strings per claim. ``digests``: version id to the SHA-256 of its text."""
    for claim in claims:
        yield flat_row(claim, text_sha256=digests.get(claim.version_id, ""), base_url=base_url)


def flat_row(claim: ClaimRow, *, text_sha256: str, base_url: str = "") -> dict[str, str]:
    """A claim in COLUMNS order; what is not known is empty."""
    told = claim.chain.split(" > ")
    values: dict[str, object] = {
        "claim_id": claim.claim_id,
        "sentence": claim.sentence,
        "word": claim.word,
        "chain": claim.chain,
        "depth": claim.depth,
        "first_source": told[0],
        "last_source": told[-1],
        "type": claim.event_type or claim.relation,
        "lemma": claim.lemma,
        "actor": "; ".join(claim.actor_names),
        "recipient": "; ".join(claim.recipient_names),
        "place": claim.place_name,
        "country": claim.country,
        "lat": claim.latitude,
        "lon": claim.longitude,
        "earliest": claim.earliest,
        "latest": claim.latest,
        "realis": claim.realis,
        "commitments": " ".join(claim.commitments),
        "score": f"{claim.score:.3f}",
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "article": claim.input_id,
        "publisher": claim.publisher,
        "published": claim.published,
        "headline": claim.headline,
        "url": claim.url,
        "version_id": claim.version_id,
        "version": claim.ordinal,
        "text_sha256": text_sha256,
        "reader": claim.reader,
        "permalink": base_url + permalink(claim),
    }
    return {name: "" if values[name] is None else str(values[name]) for name in COLUMNS}


def permalink(claim: ClaimRow) -> str:
    """The claim's card on the desk."""
    return f"/articles/{claim.article_id}/v{claim.ordinal}?claim={claim.claim_id}#card"


def safe_cell(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(RISKY) and not NUMBER.match(cell) else cell


def csv_lines(rows: Iterable[Mapping[str, object]], columns: tuple[str, ...] = COLUMNS) -> Iterator[str]:
    """A header and one line per row, each with its CRLF."""
    yield _line(columns)
    for row in rows:
        yield _line([safe_cell("" if row.get(name) is None else str(row[name])) for name in columns])


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()

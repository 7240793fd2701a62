"""Is every stored byte still what was stored? Recompute every digest, cut every span again.

In: a View. Out: a VerifyReport: how many of each were checked, and one line for every fault, naming the row. Checked:
the store's own integrity; the digest of every row; every body against its digest; text digests; records
against their digests; every span of every reading and edit inside its text, cut to the words that were stored; claim
rows laid flat again and compared; chains, commitments and events that point at what is there; the Merkle log with its
heads (``verify_log.py``). What it cannot do: notice that everything was made anew by somebody with the key, or that the
end was cut off together with its log entries: that takes a head kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from khabar.errors import KhabarError, StoreDamaged
from khabar.ledger import tables
from khabar.ledger.bodies import read_body
from khabar.ledger.checking import Progress, Tally, VerifyReport, tombstones, walk
from khabar.ledger.codec import from_json, to_json, unpack, unpack_record
from khabar.ledger.columns import ENVELOPE
from khabar.ledger.connection import row_digest
from khabar.ledger.flat import flat_claims
from khabar.ledger.schema import TABLES
from khabar.ledger.store import View
from khabar.ledger.verify_log import NOTHING, LogCheck, Outside
from khabar.model.articles import ReadArticle
from khabar.model.changes import Revision
from khabar.model.claims import Predication, Reading
from khabar.model.documents import Version
from khabar.model.identity import digest, text_digest
from khabar.model.links import Resolution
from khabar.model.spans import Span

DAMAGE = (KhabarError, ValueError, LookupError, TypeError, AttributeError)
"""what a flipped bit can raise anywhere: an index that lost a row, a number where text should be"""


def verify(view: View, outside: Outside = NOTHING, *, progress: Progress | None = None) -> VerifyReport:
    """Check a whole ledger, one moment of it. Damage is data here: it comes back as faults, not as an exception."""
    tally = Tally(progress)
    with view.moment():
        for check in (_file, _rows, _bodies, _articles, _revisions, _events):
            _guarded(check.__name__.strip("_"), tally, partial(check, view, tally))
        _guarded("log", tally, lambda: LogCheck(view, tally, outside).run())
    return tally.report()


def _guarded(name: str, tally: Tally, check: Callable[[], None]) -> None:
    """Run one check; what stops it is a fault."""
    try:
        check()
    except DAMAGE as error:
        tally.faults.append(f"{name}: {type(error).__name__} {error}")


def _file(view: View, tally: Tally) -> None:
    """The store's own checks."""
    tally.faults.extend(view.connection.damage())


def _rows(view: View, tally: Tally) -> None:
    """Every row against its digest (a purged one against its tombstone), and no number missing in between."""
    purged = tombstones(view)
    for table in TABLES:
        last = 0
        for seq, *values in walk(view, table.name, table.names):
            row = dict(zip(table.names, values, strict=True))
            stored = row.pop("row_sha256")
            tally.counts["rows"] += 1
            kept = purged.get((table.name, seq))
            tally.counts["purged"] += kept is not None
            tally.expect(row_digest(row) == (kept or stored), f"{table.name} row {seq}: does not agree with its digest")
            tally.expect(seq == last + 1, f"{table.name}: rows {last + 1} to {seq - 1} are missing")
            last = seq


def _bodies(view: View, tally: Tally) -> None:
    """Every body against its digest."""
    purged = tombstones(view)
    for seq, sha, size in walk(view, "body", ["body_sha256", "size"]):
        if ("body", seq) in purged:
            continue
        tally.counts["bodies"] += 1
        try:
            body = read_body(view, sha) or b""
        except StoreDamaged as error:
            tally.faults.append(f"body {sha[:12]}: {error}")
            continue
        tally.expect(digest(body) == sha and len(body) == size, f"body {sha[:12]}: its bytes have another digest")


def _articles(view: View, tally: Tally) -> None:
    """Every version and each of its readings."""
    for (version_id,) in view.rows("SELECT version_id FROM version WHERE length(record) > 0 ORDER BY seq"):
        try:
            version = _version(view, version_id, tally)
            for seq, reading, resolution, sha in view.rows(
                "SELECT seq, reading, resolution, content_sha256 FROM reading WHERE version_id = ? AND length(reading) > 0",
                (version_id,),
            ):
                article = _article(version, unpack(reading), unpack(resolution))
                same = digest(unpack(reading) + b"\n" + unpack(resolution)) == sha
                tally.expect(same, f"reading {seq}: its records have another digest")
                tally.counts["readings"] += 1
                check_reading(article, tally)
                _claim_rows(view, seq, article, tally)
        except (StoreDamaged, LookupError) as error:
            tally.faults.append(f"version {version_id}: {error!r}")


def _version(view: View, version_id: str, tally: Tally) -> Version:
    """A version, its text against its digest and its columns."""
    ((record, text_sha, article_id, ordinal, revises),) = view.rows(
        "SELECT record, text_sha256, article_id, ordinal, revises FROM version WHERE version_id = ?", (version_id,)
    )
    version = unpack_record(record, Version)
    tally.counts["versions"] += 1
    where = f"version {version_id}"
    tally.expect(text_digest(version.text) == text_sha == version.text_sha256, f"{where}: its text has another digest")
    stored = (version.version_id, version.article_id, version.ordinal, version.revises)
    tally.expect(stored == (version_id, article_id, ordinal, revises), f"{where}: record and columns differ")
    return version


def _article(version: Version, reading: bytes, resolution: bytes) -> ReadArticle:
    """A read article from JSON."""
    return ReadArticle(
        version=version, reading=from_json(reading, Reading), resolution=from_json(resolution, Resolution)
    )


def check_reading(article: ReadArticle, tally: Tally) -> None:
    """Every span inside the text, every chain and predication there, every chain one shorter than its commitments."""
    reading, text, where = article.reading, article.version.text, f"version {article.version.version_id}"
    tally.expect(reading.version_id == article.version.version_id, f"{where}: the reading is of another version")
    for name, span in spans_of(reading):
        tally.counts["spans"] += 1
        tally.expect(
            0 <= span.start < span.end <= len(text), f"{where}: {name} {span.start}-{span.end} is not in the text"
        )
    predications = {p.predication_id for p in reading.predications}
    attributions = {a.attribution_id for a in reading.attributions}
    for claim in reading.claims:
        here = f"claim {claim.claim_id}"
        tally.expect(claim.predication_id in predications, f"{here}: no predication {claim.predication_id}")
        tally.expect(attributions.issuperset(claim.chain), f"{here}: its chain names an attribution that is not there")
        tally.expect(len(claim.commitments) == len(claim.chain) + 1, f"{here}: commitments do not fit its chain")


def spans_of(reading: Reading) -> Iterator[tuple[str, Span]]:
    """Every span of a reading, with the id of what it belongs to."""
    for mention in reading.mentions:
        yield mention.mention_id, mention.span
        yield mention.mention_id, mention.head
    for timex in reading.timexes:
        yield timex.timex_id, timex.span
    for quantity in reading.quantities:
        yield quantity.quantity_id, quantity.span
    for link in reading.attributions:
        for span in (*link.source, *link.cue, *link.content):
            yield link.attribution_id, span
    for predication in reading.predications:
        yield from _predication_spans(predication)


def _predication_spans(predication: Predication) -> Iterator[tuple[str, Span]]:
    """Its trigger and the arguments that stand in the text."""
    yield predication.predication_id, predication.trigger
    for argument in predication.arguments:
        if argument.span is not None:
            yield f"{predication.predication_id} {argument.role}", argument.span


def _claim_rows(view: View, reading_seq: int, article: ReadArticle, tally: Tally) -> None:
    """The claims' rows against the same claims laid flat again."""
    names = [column.name for column in tables.CLAIM.columns if column.name != "reading_seq"]
    listed = ", ".join(f'"{name}"' for name in names)
    sql = f"SELECT {listed} FROM claim WHERE reading_seq = ? ORDER BY number"  # noqa: S608 - own names
    stored = [dict(zip(names, row, strict=True)) for row in view.rows(sql, (reading_seq,))]
    sentences = {str(row["claim_id"]): str(row["sentence"]) for row in stored}
    again = [flat.claim for flat in flat_claims(article, sentences)]
    tally.expect(len(stored) == len(again), f"reading {reading_seq}: {len(again)} claims, but {len(stored)} rows")
    for old, new in zip(stored, again, strict=False):
        tally.counts["claims"] += 1
        tally.expect(not differing(old, new), f"claim {old['claim_id']}: its row differs from the reading")


def differing(stored: Mapping[str, Any], again: Mapping[str, Any]) -> list[str]:
    """The columns in which a claim's row is not the claim laid flat again; its sentence is not compared."""
    apart = {"sentence", "reading_seq", *ENVELOPE}
    names = [column.name for column in tables.CLAIM.columns if column.name not in apart]
    return [name for name in names if stored.get(name) != again.get(name)]


def _revisions(view: View, tally: Tally) -> None:
    """Every edit's words where the texts have them."""
    sql = """SELECT n.seq, n.record, n.content_sha256, a.record, b.record FROM revision n
        JOIN version a ON a.version_id = n.from_version_id JOIN version b ON b.version_id = n.to_version_id
        WHERE length(n.record) > 0 AND length(a.record) > 0 AND length(b.record) > 0"""
    for seq, record, sha, before, after in view.rows(sql):
        revision = unpack_record(record, Revision)
        tally.expect(digest(to_json(revision)) == sha, f"revision {seq}: its record has another digest")
        texts = unpack_record(before, Version).text, unpack_record(after, Version).text
        for edit in revision.edits:
            for span, words, text in (
                (edit.before, edit.before_text, texts[0]),
                (edit.after, edit.after_text, texts[1]),
            ):
                tally.counts["spans"] += span is not None
                tally.expect(
                    span is None or span.cut(text) == words, f"revision {seq}: {edit.edit_class} at {span} has moved"
                )


def _events(view: View, tally: Tally) -> None:
    """Records of events and spells against their digests, and every claim that an event rests on there."""
    for kind in ("event", "spell"):
        for seq, sha, record in walk(view, kind, ["content_sha256", "record"]):
            if not record:
                continue
            tally.expect(digest(unpack(record)) == sha, f"{kind} {seq}: its record has another digest")
    sql = """SELECT e.event_seq, e.claim_id FROM event_claim e WHERE NOT EXISTS
        (SELECT 1 FROM claim c WHERE c.claim_id = e.claim_id AND c.version_id = e.version_id)"""
    for seq, claim_id in view.rows(sql):
        tally.faults.append(f"event {seq}: rests on claim {claim_id}, which is not there")

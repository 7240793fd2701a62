"""Writer and View: the only two ways into and out of the ledger.

In: read articles, observations, refusals, fusions; each call is one transaction, and when it returns the rows are on
the disk (acknowledged = committed). Out: rows, asked by the named questions in ``questions.py``. Time, run and code
version are handed in with every append (``Stamp``); nothing here looks at a clock. The ledger only grows, and every
transaction ends with an entry of the Merkle log over its records, signed if the Writer was given a key.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

from khabar.errors import Overtaken
from khabar.ledger import asof, bodies, keeping, tables
from khabar.ledger.codec import pack, pack_record, to_json, to_text
from khabar.ledger.columns import Table
from khabar.ledger.connection import Connection, Value, row_digest
from khabar.ledger.flat import Flat, flat_changes, flat_claims, flat_edits, flat_event, flat_spell
from khabar.ledger.keys import Signer
from khabar.ledger.log import Grown, LogWriter, last_entry, records_after
from khabar.ledger.opening import open_for_reading, open_for_writing
from khabar.ledger.schema import STANDING
from khabar.model.articles import ReadArticle
from khabar.model.changes import Revision
from khabar.model.documents import Capture, Refusal, Version
from khabar.model.events import ControlSpell, Event, Fusion
from khabar.model.identity import content_id, digest
from khabar.stores import Place

VERSION_COLUMNS = (
    "version_id",
    "article_id",
    "input_id",
    "ordinal",
    "revises",
    "publisher",
    "url",
    "headline",
    "published",
    "language",
    "text_sha256",
)
"""fields of a Version that have a column of their own; the rest stands in its record"""


SIGHTINGS = """SELECT count(*) FROM observation o JOIN version v ON v.version_id = o.version_id
    WHERE v.article_id = ?"""


class Outcome(StrEnum):
    """What came of one attempt to take something in."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REVISED = "revised"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The envelope of every row: when it was recorded (UTC, second), by which run, by which code."""

    recorded_at: str
    run_id: str
    code_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How a document came in: its bytes, the capture, and what the input said of itself (``declared``)."""

    body: bytes
    capture: Capture
    input_id: str
    name: str
    declared: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state of an article at its place in the order of instants."""

    ordinal: int
    version_id: str
    revises: str | None
    seen_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A version that the ledger does not have yet, with its reading, and the bytes that it was made from."""

    article: ReadArticle
    body_sha256: str
    sentences: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A capture that came late, and what the states of its article are with it."""

    article_id: str
    version_id: str
    """of the state in which the capture stands"""
    states: Sequence[State]
    fresh: Sequence[Fresh]
    revisions: Sequence[tuple[Version, Revision]]
    """those that are new, each with the version that it led to"""
    sightings: int
    """how many observations of the article all this was made from"""


class Writer:
    """Appends to one ledger. Use as a context manager, or call ``close``."""

    def __init__(self, path: Place, signer: Signer | None = None, *, older: bool = False) -> None:
        self.connection: Connection = open_for_writing(path, older=older)
        self.view = View(self.connection)
        self._signer = signer
        self._log = LogWriter(self.connection)

    @contextmanager
    def appending(self, stamp: Stamp) -> Iterator[None]:
        """One transaction with its entry in the log; nothing of it is there before it ends."""
        with self.connection.transaction():
            self._log.start()
            yield
            if self._log.waiting:
                self._append_key(stamp)
                self._append_entry(self._log.grown(stamp.recorded_at), stamp)

    def log_rest(self, names: Iterable[str]) -> int:
        """Put every record of some tables into the log that is not there yet, inside of ``appending``. Out: how many."""
        last = last_entry(self.connection)
        rest = list(records_after(self.connection, last.upto if last else {}, names))
        for record in rest:
            self._log.note(*record)
        return len(rest)

    def append_row(self, table: Table, row: Mapping[str, Value], *, stamp: Stamp) -> int:
        """Append one record of any table. Out: its seq."""
        with self.appending(stamp):
            return self.insert(table, row, stamp)

    def append_article(
        self,
        article: ReadArticle,
        *,
        arrival: Arrival,
        revision: Revision | None,
        sentences: Mapping[str, str],
        stamp: Stamp,
    ) -> Outcome:
        """Append body, observation, version, state, reading, claims and edits in one transaction.

        ``sentences`` gives each claim_id's plain sentence. A version that stands there already (another writer was
        faster) is an observation; one that stood there before and comes back is a state, not a version. Raises
        Overtaken if another version stands there than the one that this revises.
        """
        version = article.version
        with self.appending(stamp):
            outcome = self._outcome(version)
            self._append_body(arrival.body, stamp, version.article_id)
            if not self._has("version", "version_id", version.version_id):
                self._append_version(version, digest(arrival.body), stamp)
                self._append_reading(article, sentences, stamp)
            if outcome is not Outcome.UNCHANGED:
                self._append_state(version, arrival.capture.memento_at, stamp)
            if revision is not None and outcome is Outcome.REVISED:
                self._append_revision(version, revision, stamp)
            self._append_observation(arrival, outcome, version.version_id, stamp)
        return outcome

    def append_placed(self, placed: Placed, *, arrival: Arrival, stamp: Stamp) -> None:
        """Append a capture that came late, and the states of its article in their new order, in one transaction.

        Raises Overtaken if another writer saw the article meanwhile.
        """
        with self.appending(stamp):
            if self.connection.value(SIGHTINGS, (placed.article_id,)) != placed.sightings:
                raise Overtaken(f"article {placed.article_id}: it was seen again meanwhile")
            self._append_body(arrival.body, stamp, placed.article_id)
            for fresh in placed.fresh:
                self._append_version(fresh.article.version, fresh.body_sha256, stamp)
                self._append_reading(fresh.article, fresh.sentences, stamp)
            generation = 1 + (self._arranged(placed.article_id) or 0)
            for state in placed.states:
                row: Flat = {"article_id": placed.article_id, "generation": generation}
                self.insert(tables.ARRANGEMENT, {**row, **asdict(state)}, stamp)
            for version, revision in placed.revisions:
                self._append_revision(version, revision, stamp)
            self._append_observation(arrival, Outcome.REVISED, placed.version_id, stamp)

    def append_reading(self, article: ReadArticle, *, sentences: Mapping[str, str], stamp: Stamp) -> bool:
        """Append another reading of a version that is there (newer rules). Out: whether it said anything new."""
        with self.appending(stamp):
            return self._append_reading(article, sentences, stamp)

    def append_observation(self, arrival: Arrival, *, version_id: str | None, stamp: Stamp) -> None:
        """Append that something was seen again and had not changed."""
        with self.appending(stamp):
            article = "SELECT article_id FROM version WHERE version_id = ?"
            self._append_body(arrival.body, stamp, self.connection.value(article, (version_id,)))
            self._append_observation(arrival, Outcome.UNCHANGED, version_id, stamp)

    def append_refusal(self, refusal: Refusal, *, stamp: Stamp) -> None:
        """Append that something was tried and refused, and why."""
        row: Flat = {
            "capture_id": content_id(refusal.name, refusal.reason),
            "input_id": _clean(refusal.input_id),
            "name": _clean(refusal.name),
            "outcome": Outcome.REFUSED,
            "reason": _clean(refusal.reason),
            "declared": "{}",
        }
        with self.appending(stamp):
            self.insert(tables.OBSERVATION, row, stamp)

    def append_notice(self, version: Version, ordinal: int, revision: Revision, *, stamp: Stamp) -> None:
        """Append what happened to an article whose text did not change: it went, or came back; once."""
        known = "SELECT 1 FROM revision WHERE article_id = ? AND ordinal = ? AND content_sha256 = ?"
        with self.appending(stamp):
            if self.connection.rows(known, (version.article_id, ordinal, digest(to_json(revision)))):
                return
            self._append_revision(replace(version, ordinal=ordinal), revision, stamp)

    def append_new(self, table: Table, row: Mapping[str, Value], key: Sequence[str], *, stamp: Stamp) -> bool:
        """Append one record unless one is there with the same values in these columns. Out: whether it was new."""
        same = " AND ".join(f"{name} = ?" for name in key)
        with self.appending(stamp):
            if self.connection.rows(f"SELECT 1 FROM {table.name} WHERE {same}", [row[name] for name in key]):  # noqa: S608 - own names
                return False
            self.insert(table, row, stamp)
        return True

    def append_rows(
        self, rows: Iterable[tuple[Table, Mapping[str, Value]]], *, stamp: Stamp, bodies: Iterable[bytes] = ()
    ) -> None:
        """Append rows of any tables, and the bodies that they name, in one transaction."""
        with self.appending(stamp):
            for body in bodies:
                self._append_body(body, stamp)
            for table, row in rows:
                self.insert(table, row, stamp)

    def append_fusion(self, fusion: Fusion, *, covers: str, stamp: Stamp) -> int:
        """Append a generation of events and spells: what is new, what is there again, what is there no longer."""
        with self.appending(stamp):
            counts: Flat = {"covers": covers, "events": len(fusion.events), "spells": len(fusion.spells)}
            generation = self.insert(tables.FUSION, counts, stamp)
            events = {self._append_event(event, stamp) for event in fusion.events}
            spells = {self._append_spell(spell, stamp) for spell in fusion.spells}
            self._append_states("event", events, generation, stamp)
            self._append_states("spell", spells, generation, stamp)
        return generation

    def close(self) -> None:
        """Close the ledger."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def insert(self, table: Table, row: Mapping[str, Value], stamp: Stamp) -> int:
        """One row with its envelope, inside of ``appending``; every column is set, so that its digest covers them all."""
        whole: Flat = {column.name: _bare(row.get(column.name)) for column in table.columns}
        whole |= {"recorded_at": stamp.recorded_at, "run_id": stamp.run_id, "code_version": stamp.code_version}
        sha = row_digest(whole)
        seq = self.connection.insert(table, {**whole, "row_sha256": sha})
        if table.name not in keeping.LOG_NAMES:
            self._log.note(table.name, seq, sha)
        return seq

    def _append_key(self, stamp: Stamp) -> None:
        """The public half of the key, where the ledger does not name it yet."""
        if self._signer is not None and not self._has("signing_key", "key_id", self._signer.key_id):
            public = base64.b64encode(self._signer.public_key).decode()
            self.insert(keeping.SIGNING_KEY, {"key_id": self._signer.key_id, "public_key": public}, stamp)

    def _append_entry(self, grown: Grown, stamp: Stamp) -> None:
        """The head after this transaction, and the nodes that became whole."""
        head = grown.head
        row: Flat = {"size": head.size, "root_sha256": head.root_sha256, "upto": to_text(dict(grown.upto))}
        if self._signer is not None:
            row |= {"key_id": self._signer.key_id, "signature": self._signer.signature(head)}
        self.insert(keeping.LOG_ENTRY, row, stamp)
        for level, position, node in grown.nodes:
            self.insert(keeping.LOG_NODE, {"level": level, "position": position, "node_sha256": node}, stamp)

    def _has(self, table: str, column: str, value: str) -> bool:
        """Whether a row with this value is there."""
        return self._seq(table, column, value) is not None

    def _seq(self, table: str, column: str, value: str) -> int | None:
        """The seq of the row with this value."""
        seq: int | None = self.connection.value(f"SELECT seq FROM {table} WHERE {column} = ?", (value,))  # noqa: S608 - own names
        return seq

    def _outcome(self, version: Version) -> Outcome:
        """What a version is to what stands in the ledger. Raises Overtaken if it follows on something else."""
        standing = self.connection.value(STANDING, (version.article_id,))
        if standing == version.version_id:
            return Outcome.UNCHANGED
        if standing != version.revises:
            raise Overtaken(f"article {version.article_id}: {standing} stands there, not {version.revises}")
        return Outcome.NEW if version.revises is None else Outcome.REVISED

    def _append_body(self, body: bytes, stamp: Stamp, article_id: str | None = None) -> None:
        """The bytes, unless they are there; packed against an earlier state of the article if there is one."""
        sha = digest(body)
        if not self._has("body", "body_sha256", sha):
            base = bodies.base_for(self.connection, article_id) if article_id else None
            data, base_sha256 = bodies.packed(body, base)
            self.insert(tables.BODY, {"body_sha256": sha, "size": len(body), "data": data}, stamp)
            if base_sha256 is not None:
                self.insert(keeping.BODY_BASE, {"body_sha256": sha, "base_sha256": base_sha256}, stamp)

    def _append_version(self, version: Version, body_sha256: str, stamp: Stamp) -> None:
        row: Flat = {name: getattr(version, name) for name in VERSION_COLUMNS}
        row |= {"body_sha256": body_sha256, "record": pack_record(version)}
        self.insert(tables.VERSION, row, stamp)

    def _append_state(self, version: Version, seen_at: str, stamp: Stamp) -> None:
        names = ("article_id", "ordinal", "version_id", "revises")
        row: Flat = {name: getattr(version, name) for name in names}
        generation = self._arranged(version.article_id)
        if generation is None:
            self.insert(tables.STATE, row, stamp)
        else:
            self.insert(tables.ARRANGEMENT, {**row, "generation": generation, "seen_at": seen_at}, stamp)

    def _arranged(self, article_id: str) -> int | None:
        """The newest generation of an article's order; None where no capture of it came late."""
        sql = "SELECT max(generation) FROM arrangement WHERE article_id = ?"
        generation: int | None = self.connection.value(sql, (article_id,))
        return generation

    def _append_observation(self, arrival: Arrival, outcome: Outcome, version_id: str | None, stamp: Stamp) -> None:
        capture = arrival.capture
        row: Flat = {
            "capture_id": capture.capture_id,
            "input_id": arrival.input_id,
            "name": arrival.name,
            "url": capture.url,
            "memento_at": capture.memento_at,
            "http_status": capture.http_status,
            "mime_type": capture.mime_type,
            "body_sha256": digest(arrival.body),
            "outcome": outcome,
            "version_id": version_id,
            "declared": to_text(dict(arrival.declared)),
        }
        self.insert(tables.OBSERVATION, row, stamp)

    def _append_reading(self, article: ReadArticle, sentences: Mapping[str, str], stamp: Stamp) -> bool:
        reading, resolution = to_json(article.reading), to_json(article.resolution)
        version_id, sha = article.version.version_id, digest(reading + b"\n" + resolution)
        same = "SELECT seq FROM reading WHERE version_id = ? AND content_sha256 = ?"
        if self.connection.value(same, (version_id, sha)) is not None:
            return False
        row: Flat = {"version_id": version_id, "reader": article.reading.reader, "content_sha256": sha}
        row |= {"reading": pack(reading), "resolution": pack(resolution)}
        reading_seq = self.insert(tables.READING, row, stamp)
        for flat in flat_claims(article, sentences):
            claim_seq = self.insert(tables.CLAIM, {"reading_seq": reading_seq, **flat.claim}, stamp)
            self._append_all(tables.CLAIM_PARTY, {"claim_seq": claim_seq}, flat.parties, stamp)
            self._append_all(tables.CLAIM_SOURCE, {"claim_seq": claim_seq}, flat.sources, stamp)
        return True

    def _append_revision(self, version: Version, revision: Revision, stamp: Stamp) -> None:
        row: Flat = {"article_id": version.article_id, "ordinal": version.ordinal}
        row |= {"from_version_id": revision.from_version_id, "to_version_id": revision.to_version_id}
        row |= {"disclosed": int(revision.disclosed), "content_sha256": digest(to_json(revision))}
        seq = self.insert(tables.REVISION, {**row, "record": pack_record(revision)}, stamp)
        self._append_all(tables.TEXT_EDIT, {"revision_seq": seq}, flat_edits(revision), stamp)
        self._append_all(tables.CLAIM_CHANGE, {"revision_seq": seq}, flat_changes(revision), stamp)

    def _append_event(self, event: Event, stamp: Stamp) -> int:
        sha = digest(to_json(event))
        known = self._seq("event", "content_sha256", sha)
        if known is not None:
            return known
        row: Flat = {**flat_event(event), "content_sha256": sha, "record": pack_record(event)}
        seq = self.insert(tables.EVENT, row, stamp)
        claims: Iterable[Flat] = ({"version_id": c.version_id, "claim_id": c.claim_id} for c in event.claims)
        self._append_all(tables.EVENT_CLAIM, {"event_seq": seq}, claims, stamp)
        return seq

    def _append_spell(self, spell: ControlSpell, stamp: Stamp) -> int:
        sha = digest(to_json(spell))
        known = self._seq("spell", "content_sha256", sha)
        if known is not None:
            return known
        return self.insert(
            tables.SPELL, {**flat_spell(spell), "content_sha256": sha, "record": pack_record(spell)}, stamp
        )

    def _append_states(self, kind: str, now: set[int], generation: int, stamp: Stamp) -> None:
        """One row for every event or spell that came or went; those that stayed need none."""
        table = tables.EVENT_STATE if kind == "event" else tables.SPELL_STATE
        before = {int(row[0] or 0) for row in self.connection.rows(f"SELECT seq FROM current_{kind}")}  # noqa: S608 - own names
        for seq in sorted(now ^ before):
            row: Flat = {"generation": generation, f"{kind}_seq": seq, "present": int(seq in now)}
            self.insert(table, row, stamp)

    def _append_all(self, table: Table, key: Flat, rows: Iterable[Flat], stamp: Stamp) -> None:
        for row in rows:
            self.insert(table, {**key, **row}, stamp)


class View:
    """Asks one ledger; cannot write. Safe to share between threads."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.path = connection.path

    def rows(self, sql: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> list[tuple[Any, ...]]:
        """All rows of a question in SQL; ``questions.py`` holds the named ones."""
        return self.connection.rows(sql, values)

    @contextmanager
    def moment(self) -> Iterator[None]:
        """All questions in here are answered from one state of the ledger, whoever appends meanwhile."""
        with self.connection.snapshot():
            yield

    def close(self) -> None:
        """Close the ledger."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_writer(path: Place, signer: Signer | None = None) -> Writer:
    """The ledger at a place, to append to; made if there is none."""
    return Writer(path, signer)


def open_view(path: Place, *, moment: str | None = None, seconds: float | None = None) -> View:
    """The ledger at a place, to ask; with ``moment`` as it stood then; no question may take longer than ``seconds``.

    Raises UsageFault if there is none, and for every question that takes longer.
    """
    connection = open_for_reading(path)
    if moment is not None:
        asof.look_back(connection, moment)
    connection.only_read()
    if seconds is not None:
        connection.limit(seconds)
    return View(connection)


def _bare(value: Value) -> Value:
    """Enum members as the plain strings they are, so that a row's digest and its stored value agree."""
    return str(value) if isinstance(value, str) else value


def _clean(text: str) -> str:
    """A name or reason without lone surrogates, which no store can hold."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")

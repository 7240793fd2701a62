"""What the watch asks of the ledger and appends to it: watched URLs, the schedule, attempts.

In: a View or a Writer and the records of ``model/watching.py``. Out: the same records; every append is one transaction.
The newest row of a URL counts, so that a watch that was killed goes on exactly where its last transaction left it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from khabar.ledger import watched
from khabar.ledger.codec import from_json, pack_record, to_text, unpack_record
from khabar.ledger.columns import Table
from khabar.ledger.flat import Flat
from khabar.ledger.schema import STANDING
from khabar.ledger.store import Stamp, View, Writer
from khabar.model.addresses import without_password
from khabar.model.changes import EditClass, Revision, TextEdit
from khabar.model.documents import Version
from khabar.model.watching import Attempt, Result, Target, TargetKind, Watch, Why

COLUMNS = ("url", "kind", "parent", "since", "due_at", "why")
"""fields of a Target that have a column of their own; the others stand in ``state``"""


def watches(view: View) -> list[Watch]:
    """What is watched, in the order in which it was asked for."""
    sql = """SELECT w.url, w.kind, w.title FROM watch w
        WHERE w.wanted = 1 AND w.seq = (SELECT max(seq) FROM watch n WHERE n.url = w.url) ORDER BY w.seq"""
    return [Watch(url=url, kind=TargetKind(kind), title=title) for url, kind, title in view.rows(sql)]


def targets(view: View) -> Iterator[Target]:
    """Every URL of the schedule as it stands, also those that are not asked any more."""
    sql = """SELECT url, kind, parent, since, due_at, why, state FROM schedule
        WHERE seq IN (SELECT max(seq) FROM schedule GROUP BY url) ORDER BY seq"""
    for row in view.rows(sql):
        target = from_json(row[-1], Target)
        url, kind, parent, since, due_at, why = row[:-1]
        columns = {"url": url, "kind": TargetKind(kind), "parent": parent, "since": since, "due_at": due_at}
        yield replace(target, **columns, why=Why(why))


def attempts(view: View, url: str | None = None) -> list[Attempt]:
    """Every request, or those of one URL; oldest first."""
    names = [f.name for f in fields(Attempt)]
    sql = f"SELECT {', '.join(names)} FROM attempt WHERE ?1 IS NULL OR url = ?1 ORDER BY seq"  # noqa: S608 - own names
    out = []
    for row in view.rows(sql, (url,)):
        values = dict(zip(names, row, strict=True))
        values |= {"kind": TargetKind(values["kind"]), "result": Result(values["result"])}
        values |= {name: bool(values[name]) for name in ("conditional", "confirms")}
        out.append(Attempt(**values))
    return out


def results(view: View) -> dict[str, int]:
    """How many attempts came to which result, commonest first."""
    return dict(view.rows("SELECT result, count(*) FROM attempt GROUP BY 1 ORDER BY 2 DESC, 1"))


def append_watches(writer: Writer, wanted: Iterable[Watch], *, stamp: Stamp) -> None:
    """Watch these from here on, first asked now."""
    rows: list[tuple[Table, Flat]] = []
    for watch in wanted:
        rows.append((watched.WATCH, {"url": watch.url, "kind": watch.kind, "title": watch.title, "wanted": 1}))
        now = stamp.recorded_at
        rows.append(scheduled(Target(url=watch.url, kind=watch.kind, since=now, due_at=now)))
    writer.append_rows(rows, stamp=stamp)


def append_farewell(writer: Writer, watch: Watch, gone: Iterable[Target], *, stamp: Stamp) -> None:
    """Watch this no longer, nor the pages that it listed."""
    rows: list[tuple[Table, Flat]] = [(watched.WATCH, {"url": watch.url, "kind": watch.kind, "wanted": 0})]
    rows += [scheduled(replace(target, due_at=None, why=Why.DONE)) for target in gone]
    writer.append_rows(rows, stamp=stamp)


def append_attempt(
    writer: Writer, attempt: Attempt, changed: Iterable[Target], *, body: bytes | None, stamp: Stamp
) -> None:
    """A request, and the schedule as it is after it; ``body`` where it is kept."""
    row: Flat = {f.name: getattr(attempt, f.name) for f in fields(Attempt)}
    row |= {"conditional": int(attempt.conditional), "confirms": int(attempt.confirms)}
    row |= {"final_url": None if attempt.final_url is None else without_password(attempt.final_url)}
    rows: list[tuple[Table, Flat]] = [(watched.ATTEMPT, row), *map(scheduled, changed)]
    writer.append_rows(rows, bodies=[] if body is None else [body], stamp=stamp)


def append_absence(
    writer: Writer, version_id: str, edit_class: EditClass, words: str, *, stamp: Stamp
) -> Revision | None:
    """Note that an article went (WITHDRAWN) or came back (RESTORED); ``words`` say how that was seen."""
    found = writer.view.rows("SELECT record, article_id FROM version WHERE version_id = ?", (version_id,))
    standing = writer.view.rows(STANDING, (found[0][1],)) if found else []
    if not standing or standing[0][0] != version_id:
        return None
    version, ordinal = unpack_record(found[0][0], Version), standing[0][1]
    gone = edit_class is EditClass.WITHDRAWN
    title = version.headline or ""
    edit = TextEdit(
        edit_class=edit_class,
        before=None,
        after=None,
        before_text=title if gone else words,
        after_text=words if gone else title,
        in_headline=False,
    )
    revision = Revision(
        from_version_id=version_id, to_version_id=version_id, edits=(edit,), changes=(), disclosed=False
    )
    writer.append_notice(version, int(ordinal), revision, stamp=stamp)
    return revision


def append_derivation(writer: Writer, before: Version, again: Version, *, same: bool, stamp: Stamp) -> None:
    """What another extractor makes of the body of a version; once a version and extractor."""
    sha = writer.view.rows("SELECT body_sha256 FROM version WHERE version_id = ?", (before.version_id,))
    if not sha:
        return
    row: Flat = {"version_id": before.version_id, "body_sha256": sha[0][0], "extractor": again.extractor}
    row |= {"text_sha256": again.text_sha256, "same": int(same), "record": pack_record(again)}
    writer.append_new(watched.DERIVATION, row, ("version_id", "extractor"), stamp=stamp)


def scheduled(target: Target) -> tuple[Table, Flat]:
    """A target as a row of the schedule."""
    row: Flat = {name: getattr(target, name) for name in COLUMNS}
    return watched.SCHEDULE, {**row, "state": to_text(target)}

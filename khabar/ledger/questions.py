"""Every named question to the ledger, one function each; pages, exports and commands ask with the same filter.

In: a View and, where there is a choice, one frozen ``ClaimFilter``. Out: frozen rows or the model's own records; the
newest reading of the newest version of each article unless the filter says ``all_versions``. Days are inclusive.
A page equals its export because both call the same function with the same filter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, TypeVar

from khabar.errors import UsageFault
from khabar.ledger.answers import (
    EVERYTHING,
    ArticleRow,
    ClaimFilter,
    ClaimRow,
    ObservationRow,
    RevisionRow,
    Totals,
    VersionRow,
)
from khabar.ledger.bodies import read_body
from khabar.ledger.codec import from_json, unpack_record
from khabar.ledger.store import View
from khabar.model.articles import ReadArticle
from khabar.model.changes import Revision
from khabar.model.claims import Reading
from khabar.model.documents import Version
from khabar.model.events import ControlSpell, Event
from khabar.model.links import Resolution

RowType = TypeVar("RowType")


ARTICLE_SQL = """
SELECT v.article_id, v.version_id, v.input_id, v.ordinal, v.publisher, v.url, v.headline, v.published, v.language,
    (SELECT count(*) FROM claim c JOIN current_reading r ON r.seq = c.reading_seq WHERE r.version_id = v.version_id),
    (SELECT count(*) FROM text_edit t JOIN current_revision n ON n.seq = t.revision_seq
        WHERE n.article_id = v.article_id),
    v.recorded_at
FROM current_version v
"""

VERSION_SQL = """
SELECT version_id, article_id, input_id, ordinal, revises, publisher, url, headline, published, text_sha256,
    body_sha256, recorded_at FROM state_version
"""

CLAIM_COLUMNS = """
SELECT c.claim_id, c.version_id, v.article_id, v.input_id, v.ordinal, c.number, c.predication_id, c.event_type,
    c.relation, c.lemma, c.word, c.commitments, c.polarity, c.realis, c.actor_ids, c.actor_names, c.recipient_ids,
    c.recipient_names, c.place_id, c.place_name, c.country, c.latitude, c.longitude, c.earliest, c.latest, c.publisher,
    c.published, v.url, v.headline, c.chain, c.depth, c.start, c."end", c.quote, c.sentence, c.score, r.reader,
    c.recorded_at
"""

CLAIM_TABLES = {
    False: """FROM claim c JOIN current_reading r ON r.seq = c.reading_seq
        JOIN current_version v ON v.version_id = c.version_id""",
    True: """FROM claim c JOIN current_reading r ON r.seq = c.reading_seq
        JOIN (SELECT w.seq, w.version_id, w.article_id, w.input_id, w.url, w.headline, coalesce(s.first, w.ordinal) AS ordinal
            FROM version w LEFT JOIN (SELECT version_id, min(ordinal) AS first FROM current_state GROUP BY version_id) s
            ON s.version_id = w.version_id) v ON v.version_id = c.version_id""",
}

FIRST_SEEN = "(SELECT min(o.memento_at) FROM observation o WHERE o.version_id = v.version_id AND o.http_status = 200)"
"""a version's earliest capture; they need not come in the order of their instants"""

CONDITIONS = {
    "actor": """EXISTS (SELECT 1 FROM claim_party p WHERE p.claim_seq = c.seq AND p.role IN ('actor', 'recipient')
        AND (p.target_id = :actor OR p.name LIKE :actor_like ESCAPE '\\' OR p.quote LIKE :actor_like ESCAPE '\\'))""",
    "place": """(c.place_id = :place OR c.country = upper(:place) OR c.place_name LIKE :place_like ESCAPE '\\'
        OR EXISTS (SELECT 1 FROM claim_party p WHERE p.claim_seq = c.seq AND p.role = 'place'
        AND (p.target_id = :place OR p.name LIKE :place_like ESCAPE '\\')))""",
    "type": "(c.event_type = upper(:type) OR c.relation = lower(:type))",
    "word": "c.word = lower(:word)",
    "source": """(c.publisher LIKE :source_like ESCAPE '\\' OR EXISTS (SELECT 1 FROM claim_source s
        WHERE s.claim_seq = c.seq AND (s.target_id = :source OR s.name LIKE :source_like ESCAPE '\\')))""",
    "after": "coalesce(c.latest, c.earliest, substr(c.published, 1, 10)) >= :after",
    "before": "coalesce(c.earliest, c.latest, substr(c.published, 1, 10)) <= :before",
    "text": "c.sentence LIKE :text_like ESCAPE '\\'",
    "article": "(v.article_id = :article OR v.version_id = :article OR v.input_id = :article)",
}

LAST = "~"
"""sorts behind every digit and hyphen, so that "before 2016-12" reaches to the end of that month"""


def articles(view: View, *, limit: int | None = None, offset: int = 0) -> list[ArticleRow]:
    """All articles by their newest version, the newest publication first."""
    order = "ORDER BY v.published DESC NULLS LAST, v.seq DESC LIMIT ? OFFSET ?"
    return _records(ArticleRow, view.rows(f"{ARTICLE_SQL} {order}", (_limit(limit), offset)))


def article(view: View, key: str) -> ArticleRow | None:
    """The article with this input id, or whose article or version id starts so. Raises UsageFault if several do."""
    named = "WHERE v.article_id IN (SELECT article_id FROM version WHERE {})"
    exact = view.rows(f"{ARTICLE_SQL} {named.format('input_id = ?')}", (key,))
    if len(exact) == 1:
        return _records(ArticleRow, exact)[0]
    starts = named.format("article_id LIKE ?1 ESCAPE '\\' OR version_id LIKE ?1 ESCAPE '\\'")
    return _only(key, _records(ArticleRow, view.rows(f"{ARTICLE_SQL} {starts}", (_prefix(key),))))


def version(view: View, key: str) -> VersionRow | None:
    """The version whose id starts so, in its newest state. Raises UsageFault if several do."""
    found = view.rows(f"{VERSION_SQL} WHERE version_id LIKE ? ESCAPE '\\' ORDER BY ordinal DESC", (_prefix(key),))
    newest = {row.version_id: row for row in reversed(_records(VersionRow, found))}
    return _only(key, list(newest.values()))


def versions_of(view: View, article_id: str) -> list[VersionRow]:
    """All states of an article, oldest first."""
    return _records(VersionRow, view.rows(f"{VERSION_SQL} WHERE article_id = ? ORDER BY ordinal", (article_id,)))


def input_ids(view: View) -> dict[str, str]:
    """Version id to the input id of what was handed in, for all versions."""
    return dict(view.rows("SELECT version_id, input_id FROM version"))


def article_ids(view: View) -> dict[str, str]:
    """Version id to the id of its article, for all versions."""
    return dict(view.rows("SELECT version_id, article_id FROM version"))


def read_article(view: View, version_id: str) -> ReadArticle | None:
    """A version with its newest reading, as the records they were; but seen first when its earliest capture saw it."""
    sql = f"SELECT v.record, r.reading, r.resolution, {FIRST_SEEN} FROM version v JOIN current_reading r USING (version_id)"  # noqa: S608 - own words
    found = view.rows(f"{sql} WHERE v.version_id = ?", (version_id,))
    return _article(found[0]) if found else None


def all_current(view: View) -> Iterator[ReadArticle]:
    """The newest version of each article with its newest reading, in the order in which they were recorded."""
    for (version_id,) in view.rows("SELECT version_id FROM current_version ORDER BY seq"):
        found = read_article(view, version_id)
        if found is not None:
            yield found


def claims(view: View, chosen: ClaimFilter = EVERYTHING) -> list[ClaimRow]:
    """The claims that a filter chooses, newest article first, in the order of their text."""
    where, values = _where(chosen)
    order = "ORDER BY c.published DESC NULLS LAST, v.seq DESC, c.start, c.number LIMIT :limit OFFSET :offset"
    sql = f"{CLAIM_COLUMNS} {CLAIM_TABLES[chosen.all_versions]} {where} {order}"
    return _records(ClaimRow, view.rows(sql, values))


def count_claims(view: View, chosen: ClaimFilter = EVERYTHING) -> int:
    """How many claims a filter chooses, whatever its limit."""
    where, values = _where(chosen)
    return int(view.rows(f"SELECT count(*) {CLAIM_TABLES[chosen.all_versions]} {where}", values)[0][0])


def claim(view: View, key: str) -> ClaimRow | None:
    """The claim whose id starts so, of any version. Raises UsageFault if several do."""
    sql = f"{CLAIM_COLUMNS} {CLAIM_TABLES[True]} WHERE c.claim_id LIKE ? ESCAPE '\\' LIMIT 3"
    return _only(key, _records(ClaimRow, view.rows(sql, (_prefix(key),))))


def events(view: View, chosen: ClaimFilter = EVERYTHING) -> list[Event]:
    """The events of the newest generation that rest on at least one claim that the filter chooses; earliest first."""
    where, values = _where(chosen)
    order = "ORDER BY e.earliest IS NULL, e.earliest, e.event_id LIMIT :limit OFFSET :offset"
    sql = f"SELECT e.record FROM current_event e {_resting(chosen, where)} {order}"  # noqa: S608 - own text
    found = view.rows(sql, values)
    return [unpack_record(record, Event) for (record,) in found]


def count_events(view: View, chosen: ClaimFilter = EVERYTHING) -> int:
    """How many events a filter chooses, whatever its limit."""
    where, values = _where(chosen)
    sql = f"SELECT count(*) FROM current_event e {_resting(chosen, where)}"  # noqa: S608 - own text
    return int(view.rows(sql, values)[0][0])


def event(view: View, key: str) -> Event | None:
    """The event of the newest generation whose id starts so. Raises UsageFault if several do."""
    found = view.rows("SELECT record FROM current_event WHERE event_id LIKE ? ESCAPE '\\' LIMIT 3", (_prefix(key),))
    return _only(key, [unpack_record(record, Event) for (record,) in found])


def told(view: View, event_id: str) -> tuple[str, str] | None:
    """The display word and the sentence of the claim of an event that says most; None if no claim of it stands."""
    sql = """SELECT c.word, c.sentence FROM current_event e JOIN event_claim x ON x.event_seq = e.seq
        JOIN claim c ON c.claim_id = x.claim_id JOIN current_reading r ON r.seq = c.reading_seq WHERE e.event_id = ?"""
    found = [(str(word), str(sentence)) for word, sentence in view.rows(sql, (event_id,))]
    return max(found, key=lambda row: (len(row[1]), row[1]), default=None)


def events_of(view: View, claim_id: str) -> list[Event]:
    """The events of the newest generation that rest on a claim."""
    sql = "SELECT record FROM current_event WHERE seq IN (SELECT event_seq FROM event_claim WHERE claim_id = ?)"
    return [unpack_record(record, Event) for (record,) in view.rows(sql, (claim_id,))]


def spells(view: View) -> list[ControlSpell]:
    """All spells of control of the newest generation, by place."""
    found = view.rows("SELECT record FROM current_spell ORDER BY place_name NULLS FIRST, seq")
    return [unpack_record(record, ControlSpell) for (record,) in found]


def edits(view: View, *, article_id: str | None = None, limit: int | None = None) -> list[RevisionRow]:
    """All revisions, or those of one article; the newest first."""
    sql = """
        SELECT n.article_id, b.publisher, a.headline, b.headline,
            n.ordinal - CASE WHEN n.from_version_id <> n.to_version_id THEN 1 ELSE 0 END, n.ordinal,
            n.record, n.recorded_at, b.input_id
        FROM current_revision n JOIN version a ON a.version_id = n.from_version_id
            JOIN version b ON b.version_id = n.to_version_id
        WHERE (?1 IS NULL OR n.article_id = ?1) AND length(n.record) > 0
        ORDER BY CASE WHEN ?1 IS NULL THEN n.seq ELSE n.ordinal END DESC, n.seq DESC LIMIT ?2"""
    names = [f.name for f in fields(RevisionRow)]
    out = []
    for row in view.rows(sql, (article_id, _limit(limit))):
        values = dict(zip(names, row, strict=True))
        out.append(RevisionRow(**{**values, "revision": unpack_record(values["revision"], Revision)}))
    return out


def revision(view: View, to_version_id: str) -> RevisionRow | None:
    """What a version changed against the one before it."""
    found = version(view, to_version_id)
    rows = edits(view, article_id=found.article_id) if found else []
    of_text = (row for row in rows if row.before_ordinal < row.after_ordinal)
    return next((row for row in of_text if row.revision.to_version_id == to_version_id), None)


def observations(view: View, *, version_id: str | None = None) -> list[ObservationRow]:
    """Every attempt to take something in, or those that saw one version; oldest first."""
    names = ", ".join(f.name for f in fields(ObservationRow))
    sql = f"SELECT {names} FROM observation WHERE ?1 IS NULL OR version_id = ?1 ORDER BY seq"  # noqa: S608 - own names
    return _records(ObservationRow, view.rows(sql, (version_id,)))


def body(view: View, body_sha256: str) -> bytes | None:
    """The bytes that came in; None if they are not there or were purged."""
    return read_body(view, body_sha256)


def text_digests(view: View) -> dict[str, str]:
    """Version id to the SHA-256 of its canonical text."""
    return dict(view.rows("SELECT version_id, text_sha256 FROM version"))


def words(view: View, chosen: ClaimFilter = EVERYTHING) -> dict[str, int]:
    """How many of the chosen claims carry each word."""
    where, values = _where(chosen)
    sql = f"SELECT c.word, count(*) {CLAIM_TABLES[chosen.all_versions]} {where} GROUP BY c.word ORDER BY 2 DESC, 1"
    return dict(view.rows(sql, values))


def totals(view: View) -> Totals:
    """The brief."""
    by_word = words(view)

    def count(table: str) -> int:
        return int(view.rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 - own names

    return Totals(
        articles=count("current_version"),
        versions=count("current_state"),
        claims=sum(by_word.values()),
        words=by_word,
        events=count("current_event"),
        edits=count("text_edit t JOIN current_revision n ON n.seq = t.revision_seq"),
        spells=count("current_spell"),
    )


def facets(view: View, chosen: ClaimFilter, column: str) -> list[tuple[str, int]]:
    """Values of ``word``, ``event_type``, ``publisher``, ``place_name`` or ``country`` with counts, commonest first."""
    allowed = ("word", "event_type", "relation", "publisher", "place_name", "country")
    if column not in allowed:
        raise UsageFault(f"no facet {column!r}; there are: {', '.join(allowed)}")
    where, values = _where(chosen)
    sql = f"SELECT c.{column}, count(*) {CLAIM_TABLES[chosen.all_versions]} {where} GROUP BY 1 ORDER BY 2 DESC, 1 NULLS FIRST"
    return [(value, count) for value, count in view.rows(sql, values) if value is not None]


def _where(chosen: ClaimFilter) -> tuple[str, dict[str, Any]]:
    """A filter as SQL with its values."""
    values: dict[str, Any] = {"limit": _limit(chosen.limit), "offset": chosen.offset}
    conditions = []
    for name, sql in CONDITIONS.items():
        value = getattr(chosen, name)
        if value:
            values |= {name: f"{value}{LAST}" if name == "before" else value, f"{name}_like": _part(value)}
            conditions.append(sql)
    return ("WHERE " + " AND ".join(conditions) if conditions else ""), values


def _resting(chosen: ClaimFilter, where: str) -> str:
    """The condition that an event rests on a chosen claim; nothing where any claim will do."""
    if not where:
        return ""
    claims_sql = f"SELECT c.claim_id {CLAIM_TABLES[chosen.all_versions]} {where}"
    return f"WHERE e.seq IN (SELECT event_seq FROM event_claim WHERE claim_id IN ({claims_sql}))"  # noqa: S608 - own text


def _limit(limit: int | None) -> int:
    """SQLite's own word for no limit is -1."""
    return -1 if limit is None else limit


def _escaped(text: str) -> str:
    """A text without the wild cards of LIKE, and without NUL, at which SQLite would end it and find everything."""
    return text.replace("\x00", "\ufffd").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _prefix(text: str) -> str:
    return f"{_escaped(text)}%"


def _part(text: str) -> str:
    return f"%{_escaped(text)}%"


def _records(kind: type[RowType], rows: list[tuple[Any, ...]]) -> list[RowType]:
    """Rows as records; columns stand in the order of the fields, tuples are JSON in the store."""
    columns = fields(kind)  # type: ignore[arg-type]  # every RowType is a dataclass
    lists = [number for number, column in enumerate(columns) if str(column.type).startswith("tuple")]
    names = [column.name for column in columns]
    out = []
    for row in rows:
        values = list(row)
        for number in lists:
            values[number] = tuple(from_json(values[number], list))
        out.append(kind(**dict(zip(names, values, strict=True))))
    return out


def _only(key: str, found: list[RowType]) -> RowType | None:
    """The one that was found. Raises UsageFault if there are several."""
    if len(found) > 1:
        raise UsageFault(f"{key!r} is the beginning of several ids; give more digits")
    return found[0] if found else None


def _article(row: tuple[Any, ...]) -> ReadArticle:
    """A read article from its three stored records and the instant of the earliest capture."""
    version, first = unpack_record(row[0], Version), row[3]
    if first is not None and first < (version.first_memento_at or LAST):
        version = replace(version, first_memento_at=first)
    return ReadArticle(
        version=version,
        reading=unpack_record(row[1], Reading),
        resolution=unpack_record(row[2], Resolution),
    )

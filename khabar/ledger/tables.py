"""Every table of the ledger's contents as data: column, type, unit. ``schema.py`` writes the SQL from here.

In: nothing. Out: ``TABLES`` in the order in which they must be made. "Newest" is a question, never a change of a row:
the ``current_*`` views ask it. Offsets are code points on ``Version.text``; days ISO 8601; digests lower-case hex
SHA-256. What is kept about the record itself (log, keys, anchors) stands in ``keeping.py``. A table that is released
never gets another column, because the digests of its rows cover all of them: what is new goes into a table of its own.
"""

from __future__ import annotations

from khabar.ledger.columns import Table, columns
from khabar.ledger.watched import ATTEMPT, DELIVERY, DERIVATION, SCHEDULE, WATCH

BODY = Table(
    "body",
    "what came in, byte for byte, under its digest",
    columns("""
        body_sha256 | TEXT NOT NULL | digest of the raw bytes
        size | INTEGER NOT NULL | bytes before compression
        data | BLOB NOT NULL | the raw bytes, zstd
    """),
    unique=("body_sha256",),
)

VERSION = Table(
    "version",
    "one state of one article: its text and what was printed beside it",
    columns("""
        version_id | TEXT NOT NULL | content id
        article_id | TEXT NOT NULL | the same for all states of one article
        input_id | TEXT NOT NULL | id that the input gave
        ordinal | INTEGER NOT NULL | of the state when it was first seen, from 1
        revises | TEXT REFERENCES version(version_id) | the state before, then
        publisher | TEXT | outlet
        url | TEXT | URI-R
        headline | TEXT | as extracted
        published | TEXT | day or instant as printed
        language | TEXT | BCP 47
        text_sha256 | TEXT NOT NULL | digest of the canonical text
        body_sha256 | TEXT NOT NULL REFERENCES body(body_sha256) | the bytes it was made from
        record | BLOB NOT NULL | the Version record, JSON, zstd
    """),
    unique=("version_id",),
    indexes=("article_id", "input_id"),
)

STATE = Table(
    "state",
    "the states of each article in order; one that comes back (A, B, A) has two rows and one version",
    columns("""
        article_id | TEXT NOT NULL | the article
        ordinal | INTEGER NOT NULL | 1 = first state seen
        version_id | TEXT NOT NULL REFERENCES version(version_id) | the version that stood there
        revises | TEXT REFERENCES version(version_id) | the version before
    """),
    unique=("article_id, ordinal",),
    indexes=("version_id",),
)

ARRANGEMENT = Table(
    "arrangement",
    "all states of an article in a new order, since a capture came late; the newest generation holds, not ``state``",
    columns("""
        article_id | TEXT NOT NULL | the article
        generation | INTEGER NOT NULL | 1 = the first time that it was put in order
        ordinal | INTEGER NOT NULL | 1 = first state seen
        version_id | TEXT NOT NULL REFERENCES version(version_id) | the version that stood there
        revises | TEXT REFERENCES version(version_id) | the version before
        seen_at | TEXT NOT NULL | UTC instant of its first capture
    """),
    unique=("article_id, generation, ordinal",),
    indexes=("version_id",),
)

OBSERVATION = Table(
    "observation",
    "every attempt to take something in, also those that changed or gave nothing",
    columns("""
        capture_id | TEXT NOT NULL | content id of the capture
        input_id | TEXT NOT NULL | id that the input gave
        name | TEXT NOT NULL | what messages call the input
        url | TEXT | URI-R
        memento_at | TEXT | UTC instant at which the body was seen
        http_status | INTEGER | where it came by HTTP
        mime_type | TEXT | of the body
        body_sha256 | TEXT REFERENCES body(body_sha256) | none: no body was taken
        outcome | TEXT NOT NULL | new, unchanged, revised or refused
        version_id | TEXT REFERENCES version(version_id) | the state that was seen
        reason | TEXT | why it was refused
        declared | TEXT NOT NULL | what the input said of itself, JSON
    """),
    indexes=("body_sha256", "version_id"),
)

READING = Table(
    "reading",
    "what one reader (rules, parser, atlas) made of one version",
    columns("""
        version_id | TEXT NOT NULL REFERENCES version(version_id) | the version
        reader | TEXT NOT NULL | names and versions of rules and parser
        content_sha256 | TEXT NOT NULL | digest of the two records
        reading | BLOB NOT NULL | the Reading record, JSON, zstd
        resolution | BLOB NOT NULL | the Resolution record, JSON, zstd
    """),
    unique=("version_id, content_sha256",),
)

CLAIM = Table(
    "claim",
    "one claim of one reading, laid flat for asking",
    columns("""
        reading_seq | INTEGER NOT NULL REFERENCES reading(seq) | the reading it stands in
        number | INTEGER NOT NULL | place in the reading, from 1
        claim_id | TEXT NOT NULL | content id
        version_id | TEXT NOT NULL REFERENCES version(version_id) | the version it stands in
        predication_id | TEXT NOT NULL | local id in the reading
        event_type | TEXT | PLOVER type
        relation | TEXT | our relation where PLOVER has no type
        lemma | TEXT NOT NULL | of the trigger
        word | TEXT NOT NULL | asserted reported alleged denied planned possible
        commitments | TEXT NOT NULL | FactBank values, publisher first, JSON
        polarity | TEXT NOT NULL | + or -
        realis | TEXT NOT NULL | actual ongoing planned hypothetical generic
        actor_ids | TEXT NOT NULL | target ids, JSON
        actor_names | TEXT NOT NULL | display names, JSON
        recipient_ids | TEXT NOT NULL | target ids, JSON
        recipient_names | TEXT NOT NULL | display names, JSON
        place_id | TEXT | "geonames:…" or "khabar:…"
        place_name | TEXT | display name
        country | TEXT | of the place, ISO 3166-1 alpha-3
        latitude | REAL | degrees WGS 84
        longitude | REAL | degrees WGS 84
        earliest | TEXT | first day on which it may have happened
        latest | TEXT | last such day
        publisher | TEXT | outlet of the version
        published | TEXT | of the version
        chain | TEXT NOT NULL | sources, innermost first, then the publisher: "A > B > outlet"
        depth | INTEGER NOT NULL | links of the chain, 0 = the publisher's own voice
        start | INTEGER NOT NULL | of the trigger, code points
        end | INTEGER NOT NULL | of the trigger, code points, exclusive
        quote | TEXT NOT NULL | the trigger's words
        sentence | TEXT NOT NULL | the claim as one plain sentence
        score | REAL NOT NULL | 0-1, that the extraction is right
    """),
    unique=("reading_seq, claim_id",),
    indexes=("claim_id", "version_id"),
)

CLAIM_PARTY = Table(
    "claim_party",
    "who and what fills the roles of a claim",
    columns("""
        claim_seq | INTEGER NOT NULL REFERENCES claim(seq) | the claim
        role | TEXT NOT NULL | actor recipient theme place instrument
        target_id | TEXT | whom or what it was linked to
        name | TEXT NOT NULL | display name
        start | INTEGER | code points
        end | INTEGER | code points, exclusive
        quote | TEXT NOT NULL | the words that stand there
    """),
    indexes=("claim_seq", "target_id", "name COLLATE NOCASE"),
)

CLAIM_SOURCE = Table(
    "claim_source",
    "who says so: one row a link and source of a claim's chain",
    columns("""
        claim_seq | INTEGER NOT NULL REFERENCES claim(seq) | the claim
        level | INTEGER NOT NULL | 1 = outermost link
        kind | TEXT NOT NULL | publisher person organization document anonymous unexpressed
        target_id | TEXT | whom it was linked to
        name | TEXT NOT NULL | display name
    """),
    indexes=("claim_seq", "target_id", "name COLLATE NOCASE"),
)

REVISION = Table(
    "revision",
    "everything between two consecutive versions",
    columns("""
        article_id | TEXT NOT NULL | the article
        ordinal | INTEGER NOT NULL | of the state that it led to
        from_version_id | TEXT NOT NULL REFERENCES version(version_id) | before
        to_version_id | TEXT NOT NULL REFERENCES version(version_id) | after
        disclosed | INTEGER NOT NULL | 1: the page owned up to it
        content_sha256 | TEXT NOT NULL | digest of the record
        record | BLOB NOT NULL | the Revision record, JSON, zstd
    """),
    unique=("article_id, ordinal, content_sha256",),
    indexes=("to_version_id",),
)

TEXT_EDIT = Table(
    "text_edit",
    "one edit of one class",
    columns("""
        revision_seq | INTEGER NOT NULL REFERENCES revision(seq) | the revision
        edit_class | TEXT NOT NULL | NAME_REMOVED …
        before_start | INTEGER | code points on the version before
        before_end | INTEGER | exclusive
        after_start | INTEGER | code points on the version after
        after_end | INTEGER | exclusive
        before_text | TEXT NOT NULL | words before
        after_text | TEXT NOT NULL | words after
        in_headline | INTEGER NOT NULL | 1: the headline was touched
    """),
    indexes=("revision_seq",),
)

CLAIM_CHANGE = Table(
    "claim_change",
    "one change of what is claimed",
    columns("""
        revision_seq | INTEGER NOT NULL REFERENCES revision(seq) | the revision
        change_id | TEXT NOT NULL | content id
        kind | TEXT NOT NULL | added withdrawn softened …
        before_claim_id | TEXT | the claim before
        after_claim_id | TEXT | the claim after
        note | TEXT NOT NULL | a plain sentence
    """),
    indexes=("revision_seq",),
)

FUSION = Table(
    "fusion",
    "one run of fusing: seq is its generation",
    columns("""
        covers | TEXT NOT NULL | digest of the versions and readings that were fused
        events | INTEGER NOT NULL | events of this generation
        spells | INTEGER NOT NULL | spells of control of this generation
    """),
)

EVENT = Table(
    "event",
    "one happening as some generation of fusing saw it; derived",
    columns("""
        event_id | TEXT NOT NULL | content id
        content_sha256 | TEXT NOT NULL | digest of the record
        event_type | TEXT | PLOVER type
        relation | TEXT | our relation where PLOVER has no type
        place_id | TEXT | "geonames:…" or "khabar:…"
        place_name | TEXT | display name
        earliest | TEXT | day
        latest | TEXT | day
        origins | INTEGER NOT NULL | independent origins
        articles | INTEGER NOT NULL | versions that report it
        record | BLOB NOT NULL | the Event record, JSON, zstd
    """),
    unique=("content_sha256",),
    indexes=("event_id",),
)

EVENT_CLAIM = Table(
    "event_claim",
    "the claims that an event rests on",
    columns("""
        event_seq | INTEGER NOT NULL REFERENCES event(seq) | the event
        version_id | TEXT NOT NULL REFERENCES version(version_id) | where the claim stands
        claim_id | TEXT NOT NULL | the claim
    """),
    indexes=("event_seq", "claim_id"),
)

EVENT_STATE = Table(
    "event_state",
    "from which generation on an event is there, and from which it is not",
    columns("""
        generation | INTEGER NOT NULL REFERENCES fusion(seq) | the fusion run
        event_seq | INTEGER NOT NULL REFERENCES event(seq) | the event
        present | INTEGER NOT NULL | 1 from here on there, 0 from here on not
    """),
    unique=("event_seq, generation",),
)

SPELL = Table(
    "spell",
    "one spell of control as some generation of fusing saw it; derived",
    columns("""
        spell_id | TEXT NOT NULL | content id
        content_sha256 | TEXT NOT NULL | digest of the record
        place_name | TEXT NOT NULL | display name
        controller_name | TEXT | none: nobody, or not known
        status | TEXT NOT NULL | asserted claimed denied contested besieged
        record | BLOB NOT NULL | the ControlSpell record, JSON, zstd
    """),
    unique=("content_sha256",),
)

SPELL_STATE = Table(
    "spell_state",
    "from which generation on a spell is there, and from which it is not",
    columns("""
        generation | INTEGER NOT NULL REFERENCES fusion(seq) | the fusion run
        spell_seq | INTEGER NOT NULL REFERENCES spell(seq) | the spell
        present | INTEGER NOT NULL | 1 from here on there, 0 from here on not
    """),
    unique=("spell_seq, generation",),
)

TABLES = (
    BODY,
    VERSION,
    STATE,
    OBSERVATION,
    READING,
    CLAIM,
    CLAIM_PARTY,
    CLAIM_SOURCE,
    REVISION,
    TEXT_EDIT,
    CLAIM_CHANGE,
    FUSION,
    EVENT,
    EVENT_CLAIM,
    EVENT_STATE,
    SPELL,
    SPELL_STATE,
    ARRANGEMENT,
    WATCH,
    SCHEDULE,
    ATTEMPT,
    DERIVATION,
    DELIVERY,
)

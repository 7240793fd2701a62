"""The tables of the watch as data: what is watched, when it is asked next, what came of every request, who was told.

In: nothing. Out: ``Table`` values; ``tables.py`` puts them behind its own. Append-only like all others: "the newest row
of a URL counts" is a question, never a change of a row. Instants are UTC, ISO 8601, seconds. They hold no secrets: no
cookies, no passwords, no signing keys; a webhook's target is kept without its query.
"""

from __future__ import annotations

from khabar.ledger.columns import Table, columns

WATCH = Table(
    "watch",
    "what is watched: the newest row of a URL counts",
    columns("""
        url | TEXT NOT NULL | of the feed, sitemap or page
        kind | TEXT NOT NULL | feed sitemap page
        title | TEXT | as the feed or the OPML file calls it
        wanted | INTEGER NOT NULL | 1 watched from here on, 0 no longer
    """),
    indexes=("url",),
)

SCHEDULE = Table(
    "schedule",
    "when a URL is asked next: the newest row of a URL counts",
    columns("""
        url | TEXT NOT NULL | of the feed, sitemap or page
        kind | TEXT NOT NULL | feed sitemap page
        parent | TEXT | the feed or sitemap that listed it
        since | TEXT NOT NULL | UTC instant at which it was first listed
        due_at | TEXT | UTC instant of the next request; none: not asked any more
        why | TEXT NOT NULL | listed ladder confirm pulled retry done
        state | TEXT NOT NULL | validators, counts, what awaits confirmation, JSON
    """),
    indexes=("url",),
)

ATTEMPT = Table(
    "attempt",
    "every request of the watch and what came of it",
    columns("""
        url | TEXT NOT NULL | that was asked for
        kind | TEXT NOT NULL | feed sitemap page
        asked_at | TEXT NOT NULL | UTC instant
        result | TEXT NOT NULL | ok not_modified not_found gone legal moved robots time_out tls too_large paywall soft_404 …
        http_status | INTEGER | of the last answer
        final_url | TEXT | after redirects
        conditional | INTEGER NOT NULL | 1: asked with validators
        etag | TEXT | as answered
        last_modified | TEXT | as answered
        body_sha256 | TEXT REFERENCES body(body_sha256) | the bytes that came, if they are kept
        version_id | TEXT REFERENCES version(version_id) | the state that was seen
        outcome | TEXT | new, unchanged, revised or refused, of the article
        confirms | INTEGER NOT NULL | 1: it confirmed a change that was seen before
        reason | TEXT | in words
    """),
    indexes=("url", "body_sha256", "version_id"),
)

DERIVATION = Table(
    "derivation",
    "what another extractor makes of a body that was taken before: drift, never an edit",
    columns("""
        version_id | TEXT NOT NULL REFERENCES version(version_id) | the version that was first made of the body
        body_sha256 | TEXT NOT NULL REFERENCES body(body_sha256) | the bytes
        extractor | TEXT NOT NULL | name, version and configuration
        text_sha256 | TEXT NOT NULL | digest of the canonical text
        same | INTEGER NOT NULL | 1: the same words as the version has
        record | BLOB NOT NULL | the Version record as this extractor makes it, JSON, zstd
    """),
    unique=("version_id, extractor",),
    indexes=("body_sha256",),
)

DELIVERY = Table(
    "delivery",
    "every try to tell somebody of a revision: a row as it begins, and one with what came of it",
    columns("""
        revision_seq | INTEGER NOT NULL REFERENCES revision(seq) | the revision
        rule | TEXT NOT NULL | name of the alert rule
        target | TEXT NOT NULL | where it was sent, without secrets
        tried_at | TEXT NOT NULL | UTC instant
        try | INTEGER NOT NULL | 1 = first
        delivered | INTEGER NOT NULL | 1: it was taken
        reason | TEXT | why not; begun: not yet known
    """),
    indexes=("revision_seq",),
)

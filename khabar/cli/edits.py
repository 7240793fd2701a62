"""``khabar edits``: what articles changed after they were published; claims first, words below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from khabar.cli.options import Call, ask, asof_option, json_option, ledger_option, pass_call
from khabar.cli.output import faint, harmless, joined, json_lines, note, out
from khabar.errors import UsageFault
from khabar.ledger import questions
from khabar.ledger.answers import RevisionRow
from khabar.ledger.store import View
from khabar.model.changes import EditClass, Revision, TextEdit
from khabar.model.spans import Span
from khabar.show.export.changes import change_row, pair

QUIET = frozenset({EditClass.STYLE, EditClass.MOVED})
LONGEST = 90


@click.command("edits")
@ledger_option
@asof_option
@click.option("--article", help="An article, version or input id.")
@click.option("--all", "everything", is_flag=True, help="Also changes of style and position.")
@json_option
@pass_call
def command(call: Call, article: str | None, everything: bool, as_json: bool) -> None:
    """Ask for revisions; the newest first."""
    with ask(call) as view:
        rows = questions.edits(view, article_id=_article_id(view, article))
    if as_json:
        json_lines(_json(row) for row in rows)
        return
    for row in rows:
        print_heading(row)
        print_revision(row.revision, everything=everything)
    if not rows:
        note("no edits")


def _article_id(view: View, key: str | None) -> str | None:
    """The article that a person means."""
    if key is None:
        return None
    found = questions.article(view, key)
    if found is None:
        raise UsageFault(f"no article {key!r}; 'khabar show' takes the same ids")
    return found.article_id


def _json(row: RevisionRow) -> dict[str, Any]:
    """A revision as plain values."""
    beside = {
        "article": row.article_id,
        "input_id": row.input_id,
        "publisher": row.publisher,
        "before_version": row.revision.from_version_id,
        "after_version": row.revision.to_version_id,
        "before_headline": row.before_headline,
        "after_headline": row.after_headline,
        "noticed_at": row.recorded_at,
    }
    return beside | revision_row(row.revision)


def revision_row(revision: Revision) -> dict[str, Any]:
    """A revision in the form of ``khabar diff --json``."""
    return {
        "edits": [edit_row(edit) for edit in revision.edits],
        "claim_changes": [change_row(change) for change in revision.changes],
        "disclosed": revision.disclosed,
    }


def edit_row(edit: TextEdit) -> dict[str, Any]:
    """An edit as plain values; offsets are code points into the two texts."""

    def place(span: Span | None) -> list[int] | None:
        return pair(span) if span is not None else None

    return {
        "class": edit.edit_class.value,
        "before": place(edit.before),
        "after": place(edit.after),
        "before_text": edit.before_text,
        "after_text": edit.after_text,
        "in_headline": edit.in_headline,
    }


def print_heading(row: RevisionRow) -> None:
    """Which article, from which state to which."""
    out(click.style(harmless(row.after_headline or row.before_headline or row.input_id), bold=True))
    steps = f"version {row.before_ordinal} to {row.after_ordinal}"
    out(faint(joined(row.publisher, row.input_id, steps, "disclosed" if row.revision.disclosed else "not disclosed")))


def print_revision(revision: Revision, *, everything: bool) -> None:
    """Changes of claims, then edits of the text."""
    for line in lines_of(revision, everything=everything):
        out(line)
    out()


def lines_of(revision: Revision, *, everything: bool) -> Iterator[str]:
    """The same as lines."""
    for change in revision.changes:
        yield f"  {click.style(change.kind.value, bold=True)}  {harmless(change.note)}"
    for edit in revision.edits:
        if everything or edit.edit_class not in QUIET:
            before, after = _cut(edit.before_text), _cut(edit.after_text)
            yield f"  {edit.edit_class.value:<20} {before or '(nothing)'} → {after or '(nothing)'}"


def _cut(text: str) -> str:
    """A text on one line, cut where it is long."""
    line = harmless(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"

"""``khabar edits``: what articles changed after they were published; claims first, words below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from khabar.cli.options import (
    Call,
    ask,
    asof_option,
    checked_date,
    clock,
    json_option,
    ledger_option,
    new_run,
    notify_option,
    pass_call,
    write,
)
from khabar.cli.output import faint, harmless, joined, json_line, json_lines, note, out
from khabar.errors import UsageFault
from khabar.ledger import questions
from khabar.ledger.alerting import Due, ready
from khabar.ledger.answers import RevisionRow
from khabar.ledger.store import View, Writer
from khabar.model.changes import EditClass, Revision, TextEdit
from khabar.model.spans import Span
from khabar.show.export.changes import change_row, pair
from khabar.show.export.feed import atom

if TYPE_CHECKING:
    from khabar.run.alerts import Ways

QUIET = frozenset({EditClass.STYLE, EditClass.MOVED})
LONGEST = 90


@click.command("edits")
@ledger_option
@asof_option
@click.option("--article", help="An article, version or input id.")
@click.option("--all", "everything", is_flag=True, help="Also changes of style and position.")
@click.option(
    "--since", metavar="DATE", callback=lambda _c, _p, value: checked_date(value), help="Noticed from then on."
)
@click.option("--feed", is_flag=True, help="An Atom feed on standard output.")
@click.option("--lines", is_flag=True, help="One line for each confirmed revision, the oldest first.")
@click.option("--send", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Tell by this file's rules.")
@notify_option
@json_option
@pass_call
def command(call: Call, /, article: str | None, since: str | None, **given: Any) -> int:
    """Ask for revisions; the newest first. Or tell others of those that are confirmed."""
    if given["send"] is not None:
        with write(call) as writer:
            return told(call, writer, given["send"], since or "")
    with ask(call) as view:
        if given["lines"]:
            for due in ready(view, since or ""):
                out(line(due))
            return 0
        if given["feed"]:
            out(atom(ready(view, since or ""), updated=clock()).rstrip())
            return 0
        rows = questions.edits(view, article_id=_article_id(view, article))
    rows = [row for row in rows if row.recorded_at >= (since or "")]
    _print(rows, as_json=given["as_json"], everything=given["everything"])
    return 0


def told(call: Call, writer: Writer, rules: Path, since: str) -> int:
    """Tell by the rules of a file. Out: the exit code, 3 if somebody could not be told."""
    from khabar.run.alerts import load_rules, tell  # noqa: PLC0415 - only where something is sent

    counts = tell(load_rules(rules), writer, ways=ways(call, seconds=30), stamp=new_run().stamp, since=since)
    note(f"delivered {counts.delivered}, failed {counts.failed}")
    return 3 if counts.failed else 0


def ways(call: Call, *, seconds: float) -> Ways:
    """How to tell from here; ``seconds``: for one message."""
    from khabar.capture.dial import system_resolver  # noqa: PLC0415 - only where something is sent
    from khabar.capture.exchange import FetchPolicy  # noqa: PLC0415 - as above
    from khabar.run.alerts import Ways, sender  # noqa: PLC0415 - as above
    from khabar.run.desktop import shower  # noqa: PLC0415 - as above

    policy = FetchPolicy(user_agent="khabar/0.1 (news ledger; alerts)", seconds=seconds)
    show = shower(call.settings().notify)
    return Ways(payload=payload, send=sender(policy, system_resolver), line=line, show=show)


def line(due: Due) -> str:
    """A revision as one line: whose, what became of the claims (the weightiest first), whether the page said so, where."""
    told = [c.note for c in due.revision.changes]
    told += (
        [] if told else [f"{e.edit_class.value.lower()} {e.after_text or e.before_text}" for e in due.revision.edits]
    )
    what = _cut(told[0] if told else "changed") + (f" (and {len(told) - 1} more)" if len(told) > 1 else "")
    owned = "disclosed" if due.revision.disclosed else "not disclosed"
    headline = _cut(due.after_headline or due.before_headline or due.article_id)
    return f"Edit: {harmless(joined(due.publisher, headline, what, owned, due.url))}"


def payload(rule: str, due: Due) -> bytes:
    """A revision as the body of an alert."""
    beside = {
        "rule": rule,
        "article": due.article_id,
        "url": due.url,
        "publisher": due.publisher,
        "before_headline": due.before_headline,
        "after_headline": due.after_headline,
        "noticed_at": due.noticed_at,
    }
    return json_line(beside | revision_row(due.revision)).encode()


def _print(rows: list[RevisionRow], *, as_json: bool, everything: bool) -> None:
    """Revisions for people or as JSON Lines."""
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
    """The same as lines; what befell several claims alike is said once, with their number."""
    for (kind, told), claims in Counter((c.kind.value, c.note) for c in revision.changes).items():
        many = f"  ({claims} claims)" if claims > 1 else ""
        yield f"  {click.style(kind, bold=True)}  {harmless(told)}{many}"
    for edit in revision.edits:
        if everything or edit.edit_class not in QUIET:
            before, after = _cut(edit.before_text), _cut(edit.after_text)
            yield f"  {edit.edit_class.value:<20} {before or '(nothing)'} → {after or '(nothing)'}"


def _cut(text: str) -> str:
    """A text on one line, cut where it is long."""
    line = harmless(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"

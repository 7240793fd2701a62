"""``khabar diff BEFORE AFTER``: what changed between two states of one article.

In: two files of one article each (.txt, .html, .jsonl). Out: edits of the text with their classes, changes of what is
claimed, whether the page owned up. Exit code 0 = the same, 1 = different, 3 = one of them could not be read.
"""

from __future__ import annotations

from dataclasses import replace

import click

from khabar.cli.edits import print_revision, revision_row
from khabar.cli.intake import documents, workbench
from khabar.cli.options import Call, intake_options, json_option, pass_call
from khabar.cli.output import json_lines, note
from khabar.errors import InputRefused
from khabar.model.articles import ReadArticle
from khabar.model.changes import Revision
from khabar.model.documents import Refusal, Submission, Version
from khabar.run.stages import Workbench, read_version


@click.command("diff")
@click.argument("before")
@click.argument("after")
@json_option
@intake_options
@pass_call
def command(call: Call, before: str, after: str, published: str | None, as_json: bool) -> int:
    """Compare two states of one article; exit code 1 if they differ."""
    bench = workbench(call)
    first, second = (only(name, published) for name in (before, after))
    old = bench.make_version(first)
    new = replace(bench.make_version(second), article_id=old.article_id, ordinal=2, revises=old.version_id)
    revision = compare(old, new, bench)
    if as_json:
        json_lines([revision_row(revision)])
    elif revision.edits or revision.changes:
        print_revision(revision, everything=True)
    else:
        note("no difference")
    return 1 if revision.edits or revision.changes else 0


def compare(old: Version, new: Version, bench: Workbench) -> Revision:
    """The revision between two versions; nothing is read where the texts are the same."""
    if old.text == new.text and old.updated == new.updated and old.headline == new.headline:
        return Revision(
            from_version_id=old.version_id, to_version_id=new.version_id, edits=(), changes=(), disclosed=False
        )
    before: ReadArticle = read_version(old, bench)
    return bench.revise(before, read_version(new, bench))


def only(name: str, published: str | None) -> Submission:
    """The one article behind a name. Raises InputRefused if there is none, or more than one."""
    found = iter(documents([name], published))
    first = next(found, None)
    if isinstance(first, Refusal):
        raise InputRefused(first.name, first.reason)
    if first is None or next(found, None) is not None:
        raise InputRefused(name, "holds none or several articles; a diff needs one on each side")
    return first

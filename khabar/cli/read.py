"""``khabar read FILE…``: texts to readings, remembered nowhere.

In: files, folders, "-". Out: with --json one object of the contract a document, in order, refusals in their place as
{"id", "error"}, a later version of the same article with its changes; else per claim one plain sentence with its word,
with --explain the tree of ``khabar why`` instead (in JSON: ``why`` beside the other keys of each claim). The objects of one
call are printed at its end, with the stories and happenings that they share; with --apart each as soon as it is read,
without. Exit code 3 if some were refused.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

import click

from khabar.cli.intake import documents, workbench
from khabar.cli.options import Call, intake_options, json_option, pass_call
from khabar.cli.output import coloured, faint, harmless, joined, out
from khabar.cli.progress import Reporter
from khabar.cli.together import HELD, Row, Together
from khabar.cli.why import drawn
from khabar.ledger.store import Outcome
from khabar.model.articles import ReadArticle
from khabar.model.changes import Revision
from khabar.model.documents import Refusal, Submission
from khabar.run.add import Done, attempt, counted
from khabar.run.stages import Workbench, read_submission
from khabar.show.export.reading import contract
from khabar.show.export.why import part_rows
from khabar.show.why import explanations
from khabar.show.words import sentences

Read = tuple[Row, ReadArticle]
"""the object of a document, and the article it was made of"""
REMEMBERED = 64
"""articles whose last version is kept while a call goes on"""


@click.command("read")
@click.argument("names", nargs=-1, required=True, metavar="FILE...")
@click.option("--explain", is_flag=True, help="For every part of a claim its words, its rule, its score.")
@click.option("--apart", is_flag=True, help="Print each object as soon as it is read, without story and event.")
@json_option
@intake_options
@pass_call
def command(
    call: Call, names: tuple[str, ...], published: str | None, as_json: bool, explain: bool, apart: bool
) -> int:
    """Read texts: .txt, .html, .jsonl(.gz), a folder, or - for standard input."""
    bench, before = workbench(call), Earlier()
    together = Together(bench.batch, held=0 if apart else HELD)
    with Reporter(quiet=call.quiet or not as_json) as reporter:
        for submission in documents(names, published):
            result = _read(submission, bench, before, as_json=as_json, explain=explain)
            if isinstance(result, str):
                out(result)
            elif as_json:
                _hold(result, together)
            _tell(result, reporter, submission)
        together.close()
    return 3 if reporter.counts.refused else 0


def _hold(result: Read | Refusal, together: Together) -> None:
    if isinstance(result, Refusal):
        together.add({"id": result.input_id, "error": result.reason})
    else:
        together.add(*result)


class Earlier:
    """The last versions read in this call, so that a later version of the same article carries its changes."""

    def __init__(self) -> None:
        self._articles: OrderedDict[str, ReadArticle] = OrderedDict()

    def revision(self, article: ReadArticle, bench: Workbench) -> Revision | None:
        """What the article changed since the version before it in this call, if there was one; remembers it."""
        name = article.version.article_id
        before = self._articles.pop(name, None)
        self._articles[name] = article
        if len(self._articles) > REMEMBERED:
            self._articles.popitem(last=False)
        if before is None or before.version.version_id == article.version.version_id:
            return None
        return bench.revise(before, article)


def _read(
    submission: Submission | Refusal, bench: Workbench, before: Earlier, *, as_json: bool, explain: bool
) -> str | Read | Refusal:
    """One document's lines, or its object and what it was made of, or why there are none."""
    if isinstance(submission, Refusal):
        return submission

    def read(handed: Submission) -> str | Read:
        article = read_submission(handed, bench)
        if as_json:
            return _row(article, before.revision(article, bench), explain=explain), article
        return _as_table(article, explain=explain)

    return attempt(submission, read)


def _tell(result: object, reporter: Reporter, submission: Submission | Refusal) -> None:
    """The count on standard error."""
    outcome = Outcome.REFUSED if isinstance(result, Refusal) else Outcome.NEW
    reason = result.reason if isinstance(result, Refusal) else None
    counts, name, input_id = counted(reporter.counts, outcome), submission.name, submission.input_id
    reporter(Done(name=name, input_id=input_id, outcome=outcome, counts=counts, reason=reason))


def _row(article: ReadArticle, revision: Revision | None, *, explain: bool) -> Row:
    """The object of the contract."""
    row = contract(article, revision=revision)
    if explain:
        why = explanations(article)
        row["claims"] = [claim | {"why": part_rows(why[claim["id"]].parts)} for claim in row["claims"]]
    return row


def _as_table(article: ReadArticle, *, explain: bool) -> str:
    """A heading and one line a claim, or a tree."""
    version = article.version
    heading = click.style(harmless(version.headline or version.input_id), bold=True)
    beside = joined(version.publisher, version.published, version.input_id if version.headline else None)
    lines = [heading, faint(beside)] if beside else [heading]
    lines += list(_trees(article) if explain else _sentences(article))
    if not article.reading.claims:
        lines.append(faint("  no claims"))
    lines += [faint(f"  note: {harmless(problem)}") for problem in article.reading.problems]
    return "\n".join([*lines, ""])


def _sentences(article: ReadArticle) -> Iterator[str]:
    """Word and plain sentence of every claim."""
    said = sentences(article)
    for claim in article.reading.claims:
        yield f"  {coloured(claim.word)}  {harmless(said[claim.claim_id])}"


def _trees(article: ReadArticle) -> Iterator[str]:
    """How every claim was read."""
    for explanation in explanations(article).values():
        yield "\n" + drawn(explanation)

"""``khabar read FILE…``: texts to readings, remembered nowhere.

In: files, folders, "-". Out: with --json one object of the contract a document, in order, refusals in their place as
{"id", "error"}; else per claim one plain sentence with its word. Documents are read as they come. Exit code 3 if some
were refused.
"""

from __future__ import annotations

import click

from khabar.cli.intake import documents, workbench
from khabar.cli.options import Call, intake_options, json_option, pass_call
from khabar.cli.output import coloured, faint, harmless, joined, json_line, out
from khabar.cli.progress import Reporter
from khabar.ledger.store import Outcome
from khabar.model.articles import ReadArticle
from khabar.model.documents import Refusal, Submission
from khabar.run.add import Done, attempt, counted
from khabar.run.stages import Workbench, read_submission
from khabar.show.export.reading import contract
from khabar.show.words import sentences


@click.command("read")
@click.argument("names", nargs=-1, required=True, metavar="FILE...")
@json_option
@intake_options
@pass_call
def command(call: Call, names: tuple[str, ...], published: str | None, as_json: bool) -> int:
    """Read texts: .txt, .html, .jsonl(.gz), a folder, or - for standard input."""
    bench = workbench(call)
    with Reporter(quiet=call.quiet or not as_json) as reporter:
        for submission in documents(names, published):
            result = _rendered(submission, bench, as_json=as_json)
            _tell(result, reporter, submission, as_json=as_json)
    return 3 if reporter.counts.refused else 0


def _rendered(submission: Submission | Refusal, bench: Workbench, *, as_json: bool) -> str | Refusal:
    """One document's lines, or why there are none."""
    if isinstance(submission, Refusal):
        return submission
    render = _as_json if as_json else _as_table
    return attempt(submission, lambda handed: render(read_submission(handed, bench)))


def _tell(result: str | Refusal, reporter: Reporter, submission: Submission | Refusal, *, as_json: bool) -> None:
    """The result on standard output, the count on standard error."""
    refused = isinstance(result, Refusal)
    outcome = Outcome.REFUSED if refused else Outcome.NEW
    reason = result.reason if isinstance(result, Refusal) else None
    if isinstance(result, str):
        out(result)
    elif as_json:
        out(json_line({"id": result.input_id, "error": result.reason}))
    counts, name, input_id = counted(reporter.counts, outcome), submission.name, submission.input_id
    reporter(Done(name=name, input_id=input_id, outcome=outcome, counts=counts, reason=reason))


def _as_json(article: ReadArticle) -> str:
    """The object of the contract on one line."""
    return json_line(contract(article))


def _as_table(article: ReadArticle) -> str:
    """A heading and one line a claim."""
    version, said = article.version, sentences(article)
    heading = click.style(harmless(version.headline or version.input_id), bold=True)
    beside = joined(version.publisher, version.published, version.input_id if version.headline else None)
    lines = [heading, faint(beside)] if beside else [heading]
    lines += [f"  {coloured(claim.word)}  {harmless(said[claim.claim_id])}" for claim in article.reading.claims]
    if not article.reading.claims:
        lines.append(faint("  no claims"))
    lines += [faint(f"  note: {harmless(problem)}") for problem in article.reading.problems]
    return "\n".join([*lines, ""])

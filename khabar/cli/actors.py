"""``khabar actors FILE…``: the people and bodies of texts and who they are; ``--new``: those that no table knows.

In: inputs as for ``khabar read``; with --new and no file the newest articles of the ledger. Out: a table a document, or with
--json a line an actor. --new gives entries for an ``actors.yml`` under comments that say what the texts say of each, to be
looked at and pasted; with --json the same as rows.
"""

from __future__ import annotations

import click

from khabar.cli.layers import for_each, heading, number, shown, table
from khabar.cli.options import Call, ask, intake_options, json_option, ledger_option, pass_call
from khabar.cli.output import faint, harmless, json_lines, note, out
from khabar.ledger import questions
from khabar.model.articles import ReadArticle
from khabar.show.export.newcomers import newcomer_rows, yaml_entries
from khabar.show.layers import Json, actor_rows
from khabar.show.newcomers import newcomers

COLUMNS = ("actor", "written", "kind", "of", "link", "how", "n", "sure")


@click.command("actors")
@click.argument("names", nargs=-1, metavar="FILE...")
@click.option("--new", "only_new", is_flag=True, help="Actors that no table knows, as entries for an actors.yml.")
@json_option
@ledger_option
@intake_options
@pass_call
def command(call: Call, names: tuple[str, ...], published: str | None, as_json: bool, only_new: bool) -> int:
    """Show the actors of texts; with --new those to be added to a table."""
    if not names and not only_new:
        raise click.UsageError("give a file; or --new for the actors in the ledger that no table knows")
    articles: list[ReadArticle] = []

    def take(article: ReadArticle) -> None:
        if only_new:
            articles.append(article)
        elif as_json:
            json_lines(actor_rows(article))
        else:
            _show(article)

    code = for_each(call, names, published, take=take) if names else 0
    if only_new and not names:
        with ask(call) as view:
            articles.extend(questions.all_current(view))
    if only_new:
        _propose(articles, as_json=as_json)
    return code


def _show(article: ReadArticle) -> None:
    """One document's table."""
    rows = actor_rows(article)
    out(click.style(heading(article), bold=True))
    right = frozenset({"n", "sure"})
    out(table(COLUMNS, [_cells(row) for row in rows], right=right) if rows else faint("  no actors"))
    out()


def _cells(row: Json) -> list[str]:
    who = (row["name"], shown(row["written"]), row["kind"], row["country"] or "", row["link"] or "nobody")
    return [*who, row["method"] or "", str(row["mentions"]), number(row["score"])]


def _propose(articles: list[ReadArticle], *, as_json: bool) -> None:
    """The newcomers of some articles."""
    found = newcomers(articles)
    if as_json:
        json_lines(newcomer_rows(found))
        return
    for line in yaml_entries(found):
        out(harmless(line))
    note(f"{len(found)} actors in {len(articles)} articles that no table knows; look at each before you paste it")

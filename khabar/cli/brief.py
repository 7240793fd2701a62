"""``khabar brief``: how much stands in the ledger, on one screen."""

from __future__ import annotations

import click

from khabar.cli.options import Call, ask, asof_option, json_option, ledger_option, pass_call
from khabar.cli.output import coloured, json_lines, out
from khabar.ledger.codec import plain
from khabar.ledger.questions import totals
from khabar.ledger.store import View


@click.command("brief")
@ledger_option
@asof_option
@json_option
@pass_call
def command(call: Call, as_json: bool) -> None:
    """Articles, claims by word, events, edits."""
    with ask(call) as view:
        if as_json:
            json_lines([plain(totals(view))])
        else:
            print_brief(view)


def print_brief(view: View) -> None:
    """The brief for people."""
    found = totals(view)
    out(f"{found.articles:>6} articles in {found.versions} versions")
    out(f"{found.claims:>6} claims")
    for word, count in found.words.items():
        out(f"{count:>12} {coloured(word)}")
    out(f"{found.events:>6} events, {found.spells} spells of control")
    out(f"{found.edits:>6} edits between versions")

"""``khabar add FILE|URL…``: documents into the ledger, each committed before the next.

In: files, folders, URLs, "-". Out: the ledger; counts on standard error. The same body again is an observation,
changed text a new version with its edits. Exit code 3 if some inputs were refused.
"""

from __future__ import annotations

import click

from khabar.cli.intake import take_all
from khabar.cli.options import Call, intake_options, json_option, key_option, ledger_option, pass_call, write


@click.command("add")
@click.argument("names", nargs=-1, required=True, metavar="FILE|URL...")
@ledger_option
@key_option
@json_option
@intake_options
@pass_call
def command(call: Call, names: tuple[str, ...], published: str | None, as_json: bool) -> int:
    """Take files (.txt, .html, .jsonl, .jsonl.gz), folders, URLs or - into the ledger."""
    with write(call) as writer:
        counts = take_all(call, names, published=published, writer=writer, as_json=as_json)
    return 3 if counts.refused else 0

"""``khabar build DIR…``: a new ledger from folders of articles, all stages.

In: folders or files. Out: the ledger. One that stands there already is moved aside, never overwritten.
"""

from __future__ import annotations

from pathlib import Path

import click

from khabar.cli.intake import take_all
from khabar.cli.options import Call, clock, intake_options, json_option, key_option, ledger_option, pass_call, write
from khabar.cli.output import note
from khabar.errors import InputRefused
from khabar.run.build import set_aside
from khabar.stores import file_of


@click.command("build")
@click.argument("names", nargs=-1, required=True, metavar="DIR...")
@ledger_option
@key_option
@json_option
@intake_options
@pass_call
def command(call: Call, names: tuple[str, ...], published: str | None, as_json: bool) -> int:
    """Make a new ledger from a folder; a ledger that is there already is kept beside it."""
    for name in names:
        if name != "-" and not Path(name).exists():
            raise InputRefused(name, "no such folder or file; check the path")
    path = file_of(call.settings().ledger, "build", "use 'khabar add', with another schema= for a new ledger")
    aside = set_aside(path, clock())
    if aside is not None and not call.quiet:
        note(f"{path} was there already; it is now {aside}")
    with write(call, path) as writer:
        counts = take_all(call, names, published=published, writer=writer, as_json=as_json)
    return 3 if counts.refused else 0

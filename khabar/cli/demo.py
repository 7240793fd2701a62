"""``khabar demo``: the bundled examples into the ledger, the brief, the desk.

In: the examples that come with the package (or lie beside it in a checkout). Out: the brief; then the desk, unless
--no-serve. A second run adds nothing.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import click

import khabar
from khabar.cli.brief import print_brief
from khabar.cli.intake import take_all
from khabar.cli.options import Call, host_option, key_option, ledger_option, pass_call, port_option, quiet_option, write
from khabar.errors import KhabarError
from khabar.ledger.store import open_view


@click.command("demo")
@click.option("--no-serve", is_flag=True, help="Stop after the brief.")
@ledger_option
@key_option
@host_option
@port_option
@quiet_option
@pass_call
def command(call: Call, no_serve: bool) -> int:
    """Read the bundled examples, print the brief, serve the desk."""
    settings = call.settings()
    with as_file(files("khabar")) as package, write(call) as writer:
        counts = take_all(call, [str(examples(package))], published=None, writer=writer)
    with open_view(settings.ledger) as view:
        print_brief(view)
    if not no_serve:
        from khabar.cli.desk import serve  # noqa: PLC0415 - the web framework, only here

        serve(settings)
    return 3 if counts.refused else 0


def examples(package: Path) -> Path:
    """The folder of examples: inside an installed package, beside it in a checkout."""
    for folder in (package / "examples", package.parent / "examples"):
        if folder.is_dir():
            return folder
    raise KhabarError(f"{package}: the examples are not there; install khabar again (version {khabar.__version__})")

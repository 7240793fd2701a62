"""``khabar``: the list of verbs, each loaded when it is called, and the exit codes.

In: the command line. Out: results on standard output, everything else on standard error, and an exit code: 0 ok, 1
failure (for ``diff``: different), 2 usage, 3 some inputs refused, 4 integrity. ``khabar --help`` loads click and this
file alone, so the verbs' one-line descriptions stand here.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from khabar import __version__
from khabar.cli.options import Call, global_options
from khabar.cli.output import harmless
from khabar.errors import InputRefused, KhabarError, StoreDamaged, UsageFault
from khabar.model.addresses import without_password

OK, FAILURE, USAGE, REFUSED, INTEGRITY, INTERRUPTED = 0, 1, 2, 3, 4, 130

VERBS = {
    "demo": "read the bundled examples, print the brief, serve the desk",
    "read": "texts to readings: who did what, where, when, according to whom",
    "add": "take files, folders and URLs into the ledger",
    "watch": "ask feeds, sitemaps and pages again and again; record every attempt",
    "build": "make a new ledger from a folder of articles",
    "brief": "how much stands in the ledger",
    "claims": "ask the ledger for claims",
    "events": "ask the ledger for events and their origins",
    "edits": "what articles changed after they were published",
    "show": "one claim, event, article or version",
    "why": "how a claim was read: words, rules and scores of every part",
    "export": "claims, events or control as CSV or JSON Lines",
    "diff": "what changed between two states of one article",
    "places": "the places of texts: table, map, GeoJSON",
    "actors": "the actors of texts; --new: those that no table knows",
    "dates": "the dates, times and durations of texts, with their days",
    "names": "how well spellings of a name agree, across scripts",
    "verify": "re-hash every body, re-cut every span",
    "bundle": "seal claims and events with all that proves them, as one zip",
    "anchor": "leave the newest signed head outside of the ledger",
    "backup": "copy the ledger while others write to it",
    "restore": "a ledger from a copy that was checked",
    "purge": "remove contents for good; digests and the reason stay",
    "upgrade": "bring a ledger of an earlier khabar up",
    "serve": "the desk in a browser, on this machine",
    "config": "every setting with its origin",
    "atlas": "build or check the tables of places and actors",
}


class Verbs(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of the work."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's module, imported now."""
        del ctx
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"khabar.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs, none of them imported."""
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="khabar", message="%(prog)s %(version)s")
@global_options
@click.pass_context
def khabar(ctx: click.Context) -> None:
    """News goes in; out comes who did what to whom, where, when, according to whom, how surely."""
    ctx.ensure_object(Call)


def run(arguments: Sequence[str]) -> int:
    """Run one command line. Out: its exit code; messages are on standard error."""
    try:
        code = khabar.main(list(arguments), prog_name="khabar", standalone_mode=False, obj=Call())
    except click.exceptions.Abort:
        click.echo("interrupted; what was said to be done is done", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        _refuse(error)
        return error.exit_code
    except KhabarError as error:
        click.echo(f"khabar: {harmless(without_password(str(error)))}", err=True)
        return exit_code(error)
    return code if isinstance(code, int) else OK


def _refuse(error: click.ClickException) -> None:
    """Say what is wrong with a command line: words of the line itself cannot write lines of ours."""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(f"{error.ctx.get_usage()}\nTry '{error.ctx.command_path} --help' for help.\n", err=True)
    click.echo(f"Error: {harmless(without_password(error.format_message()))}", err=True)


def exit_code(error: KhabarError) -> int:
    """The exit code of an error, by what the reader of the message can do."""
    codes: tuple[tuple[type[KhabarError], int], ...] = (
        (InputRefused, REFUSED),
        (StoreDamaged, INTEGRITY),
        (UsageFault, USAGE),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), FAILURE)


def main() -> None:
    """The entry point of the command ``khabar``."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # real streams
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()  # whoever read the output has gone; there is nobody to tell
        code = FAILURE
    sys.exit(code)

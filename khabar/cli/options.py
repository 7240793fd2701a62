"""Options that several verbs share, and the record of one call that they fill.

In: flags. Out: ``Call`` (on click's context) and the ClaimFilter that ``claims``, ``events`` and ``export`` ask with;
the same that the desk makes of a query string, so that page, export and command agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from khabar import __version__
from khabar.settings import Settings, load_settings

if TYPE_CHECKING:
    from khabar.ledger.answers import ClaimFilter
    from khabar.ledger.keys import Signer
    from khabar.ledger.store import View, Writer
    from khabar.run.add import Run

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
SHOWN = 50
"""rows of a table for people, unless --limit says otherwise; JSON gives all"""


@dataclass(slots=True)
class Call:
    """One call of the command: its flags (None = not given) and whether to keep quiet."""

    flags: dict[str, Any] = field(default_factory=dict)
    quiet: bool = False
    moment: str | None = None
    """the ledger as it stood then; None = as it is"""

    def settings(self) -> Settings:
        """The settings of this call."""
        return load_settings(self.flags)


pass_call = click.make_pass_decorator(Call, ensure=True)


def _note_flag(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Put a flag into the call's record."""
    if value is not None:
        ctx.ensure_object(Call).flags[str(parameter.name)] = value


def _note_quiet(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Note --quiet."""
    del parameter
    if value:
        ctx.ensure_object(Call).quiet = True


def _note_moment(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Note --asof."""
    del parameter
    if value is not None:
        ctx.ensure_object(Call).moment = value


def _setting(name: str, kind: Any, text: str) -> Callable[[Decorated], Decorated]:
    """An option that is a setting."""
    return click.option(name, type=kind, callback=_note_flag, expose_value=False, help=text)


ledger_option = _setting("--ledger", str, "The ledger: a file, or postgresql://USER@HOST/DATABASE [khabar.sqlite].")
atlas_option = _setting("--atlas", click.Path(path_type=Path), "The atlas [in the user's cache folder].")
tables_option = _setting("--tables", click.Path(path_type=Path), "Folder with your own places, actors, outlets.")
model_option = _setting("--model", str, "The parser's model, an installed package.")
host_option = _setting("--host", str, "Address to listen on [127.0.0.1].")
key_option = _setting("--key", click.Path(path_type=Path), "Key that signs [in the user's configuration folder].")
operator_option = _setting("--operator", str, "Your alias in the record of custody [operator].")
notify_option = _setting("--notify", str, "Command that shows an edit on the desktop [notify-send].")
port_option = _setting("--port", int, "Port to listen on; 0 = any free one [8765].")
quiet_option = click.option(
    "--quiet", "-q", is_flag=True, callback=_note_quiet, expose_value=False, help="No bars, no notes."
)
asof_option = click.option(
    "--asof", metavar="MOMENT", callback=_note_moment, expose_value=False, help="As the ledger stood then."
)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON Lines on standard output.")
published_option = click.option(
    "--published", metavar="DATE", callback=lambda _c, _p, value: checked_date(value), help="For texts without a date."
)


def global_options(function: Decorated) -> Decorated:
    """Options that stand before the verb as well as behind it."""
    for option in (quiet_option, model_option, tables_option, atlas_option, ledger_option):
        function = option(function)
    return function


def intake_options(function: Decorated) -> Decorated:
    """Options of the verbs that read documents."""
    for option in (quiet_option, model_option, tables_option, atlas_option, published_option):
        function = option(function)
    return function


FILTERS = {
    "--actor": "Part of an actor's or recipient's name, or an id.",
    "--place": "Part of a place's name, a place id or a country code (LBY).",
    "--type": "A PLOVER type (ASSAULT) or relation (control).",
    "--word": "asserted, reported, alleged, denied, planned or possible.",
    "--source": "Part of the name of a source or an outlet, or an id.",
    "--after": "On or after this day, month or year.",
    "--before": "On or before this day, month or year.",
    "--text": "Part of the sentence.",
    "--article": "An article, version or input id.",
}


def filter_options(function: Decorated) -> Decorated:
    """The filters; the verb asks ``chosen_filter`` for them."""
    for name, text in reversed(FILTERS.items()):
        function = click.option(name, callback=_collect, expose_value=False, help=text)(function)
    rows = click.IntRange(min=0)
    function = click.option(
        "--limit", type=rows, callback=_collect, expose_value=False, help="At most this many; 0 = all."
    )(function)
    return click.option("--offset", type=rows, callback=_collect, expose_value=False, help="Leave out the first ones.")(
        function
    )


def _collect(ctx: click.Context, parameter: click.Parameter, value: str | int | None) -> None:
    """Gather the filters of a call."""
    if value is not None:
        ctx.meta.setdefault("khabar.filter", {})[str(parameter.name)] = value


def chosen_filter(ctx: click.Context, *, default: int | None) -> ClaimFilter:
    """The filter of this call, at most ``default`` rows unless it says otherwise.

    Raises UsageFault for a day or word that cannot be one.
    """
    from khabar.show.web.query import filter_from  # noqa: PLC0415 - not needed for --help

    given = dict(ctx.meta.get("khabar.filter", {}))
    limit, offset = given.pop("limit", default), given.pop("offset", 0)
    return replace(filter_from(given), limit=limit or None, offset=offset)


def checked_date(value: str | None) -> str | None:
    """A date that a person typed, as ISO 8601. Raises a usage error if it is none."""
    from khabar.capture.moments import iso_moment  # noqa: PLC0415 - not needed for --help

    if value is not None and iso_moment(value) is None:
        raise click.BadParameter(f"{value!r} is not a date such as 2016-12-15")
    return value


def clock() -> str:
    """The time now: UTC, ISO 8601, seconds. The one clock of the commands."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")  # noqa: TID251 - the edge reads the clock once a row


def new_run() -> Run:
    """The stamp-maker of one run."""
    from khabar.model.identity import content_id  # noqa: PLC0415 - not needed for --help
    from khabar.run.add import Run  # noqa: PLC0415 - as above

    version = f"khabar {__version__}"
    precise = datetime.now(UTC).isoformat()  # noqa: TID251 - two runs in one second are two runs
    return Run(run_id=content_id("run", precise, version), code_version=version, clock=clock)


def ask(call: Call) -> View:
    """The ledger of this call, to ask, as it stood where the call says so (``--asof``)."""
    from khabar.ledger.store import open_view  # noqa: PLC0415 - not needed for --help

    return open_view(call.settings().ledger, moment=call.moment)


def write(call: Call, path: Path | None = None) -> Writer:
    """The ledger of this call (or at a path), to append to; its heads are signed with the key of the settings."""
    from khabar.ledger.store import open_writer  # noqa: PLC0415 - not needed for --help

    return open_writer(path or call.settings().ledger, signer(call))


def note_custody(call: Call, action: str, copy: Path) -> None:
    """A row of custody: what was done with a copy of the ledger, the copy's name and digest, and by whom."""
    from khabar.ledger.backup import digest_of  # noqa: PLC0415 - not needed for --help
    from khabar.ledger.keeping import CUSTODY  # noqa: PLC0415 - as above

    row = {
        "action": action,
        "subject": copy.name,
        "subject_sha256": digest_of(copy),
        "operator": call.settings().operator,
    }
    with write(call) as writer:
        writer.append_row(CUSTODY, row, stamp=new_run().stamp())


def signer(call: Call) -> Signer:
    """The key of this call, made if it is not there."""
    from khabar.ledger.keys import default_path, signer_at  # noqa: PLC0415 - not needed for --help

    return signer_at(call.settings().key or default_path())

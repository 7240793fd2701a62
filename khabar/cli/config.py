"""``khabar config --show``: every setting with its origin."""

from __future__ import annotations

import click

from khabar.cli.options import (
    Call,
    global_options,
    host_option,
    json_option,
    key_option,
    notify_option,
    operator_option,
    pass_call,
    port_option,
)
from khabar.cli.output import harmless, json_lines, out
from khabar.settings import KEYS, Settings


@click.command("config")
@click.option("--show", is_flag=True, help="Print every setting (what it does without the flag, too).")
@global_options
@host_option
@port_option
@key_option
@operator_option
@notify_option
@json_option
@pass_call
def command(call: Call, show: bool, as_json: bool) -> None:
    """Print every setting with its origin: flag, environment, file or default."""
    del show
    settings = call.settings()
    values = {key: _value(settings, key) for key in KEYS}
    if as_json:
        json_lines({"key": key, "value": values[key], "origin": settings.origins[key]} for key in KEYS)
        return
    width = max(len(value) for value in values.values())
    for key in KEYS:
        out(f"{key:<7} {harmless(values[key]):<{width}}  {harmless(settings.origins[key])}")


def _value(settings: Settings, key: str) -> str:
    """A value as it will be used."""
    if key == "atlas" and settings.atlas is None:
        from khabar.run.plan import atlas_path  # noqa: PLC0415 - only where nothing was said

        return str(atlas_path(settings))
    return str(getattr(settings, key))

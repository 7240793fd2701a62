"""``khabar atlas build|check``: the tables of places and actors."""

from __future__ import annotations

import click

from khabar.cli.options import Call, atlas_option, pass_call, tables_option
from khabar.cli.output import fields_of, note, out
from khabar.errors import UsageFault
from khabar.ledger.codec import plain
from khabar.run.plan import atlas_path, make_atlas


@click.group("atlas")
def command() -> None:
    """Build or check the tables of places and actors."""


@command.command("build")
@atlas_option
@tables_option
@pass_call
def build(call: Call) -> None:
    """Build the atlas anew."""
    out(str(make_atlas(call.settings(), note)))


@command.command("check")
@atlas_option
@tables_option
@pass_call
def check(call: Call) -> None:
    """Check the edited tables, ours and yours, and say what the atlas holds."""
    from khabar.atlas.atlas import open_atlas  # noqa: PLC0415 - only for this
    from khabar.atlas.build import check_tables  # noqa: PLC0415 - only for this

    settings = call.settings()
    tables = check_tables((settings.tables,) if settings.tables else ())
    for whose, edited in (("ours", tables.ours), *(("yours", users) for users in tables.users)):
        counts = f"{len(edited.places)} places, {len(edited.actors)} actors, {len(edited.outlets)} outlets"
        out(f"edited tables, {whose}: {counts}: nothing to refuse")
    path = atlas_path(settings)
    if not path.exists():
        raise UsageFault(f"{path}: there is no atlas yet; 'khabar atlas build' makes it")
    atlas = open_atlas(path)
    out(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    fields_of(plain(atlas.counts()))
    for origin in atlas.origins():
        out(f"  from {origin.name} {origin.version} ({origin.licence})")
    atlas.close()

"""``khabar atlas build|check|import``: the tables of places and actors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from khabar.atlas.sources import missing, told
from khabar.cli.options import Call, atlas_option, pass_call, tables_option
from khabar.cli.output import fields_of, note, out
from khabar.errors import UsageFault
from khabar.ledger.codec import plain
from khabar.run.plan import atlas_path, make_atlas
from khabar.show.verbs import word_list

if TYPE_CHECKING:
    from khabar.atlas.atlas import Atlas


@click.group("atlas")
def command() -> None:
    """Build, check or add to the tables of places and actors."""


@command.command("build")
@atlas_option
@tables_option
@pass_call
def build(call: Call) -> None:
    """Build the atlas anew, and say what it is made from."""
    from khabar.atlas.atlas import open_atlas  # noqa: PLC0415 - only for this

    path = make_atlas(call.settings(), note)
    out(str(path))
    atlas = open_atlas(path)
    say_sources(atlas)
    atlas.close()


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
        armed = {row.country for row in edited.actors if row.sort in word_list("armed_sorts") and row.country}
        dated = sum(any(office.since for office in row.offices) for row in edited.actors)
        out(f"  armed groups of {len(armed)} countries, {dated} people in offices with dates")
    path = atlas_path(settings)
    if not path.exists():
        raise UsageFault(f"{path}: there is no atlas yet; 'khabar atlas build' makes it")
    atlas = open_atlas(path)
    out(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    fields_of(plain(atlas.counts()))
    say_sources(atlas)
    for known in missing():
        out(f"  {told(known)}")
    atlas.close()


def say_sources(atlas: Atlas) -> None:
    """Each source with version, day, licence and how many rows come from it."""
    rows = atlas.rows_of()
    for origin in atlas.origins():
        count = f"{rows[origin.name]:,} rows" if origin.name in rows else "names of rows of others"
        out(f"  from {origin.name} {origin.version}, {origin.date} ({origin.licence}): {count}")


@command.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--out", "target", type=click.Path(path_type=Path), help="Write to this new file instead of the screen.")
@pass_call
def import_(call: Call, path: Path, target: Path | None) -> None:
    """Turn FollowTheMoney JSON, a Wikidata CSV or TOML into an actors.yml."""
    del call
    from khabar.atlas.foreign import alpha3, checked_yaml, our_actors  # noqa: PLC0415 - only for this

    try:
        text = checked_yaml(str(path), path.read_bytes(), countries=alpha3(), ours=our_actors())
        if target is None:
            out(text.rstrip("\n"))
            return
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageFault(f"{target}: is there already; name a new file, then put the two together by hand") from error
    except OSError as error:
        raise UsageFault(f"{error.filename}: {error.strerror}") from error
    note(f"{target}: {text.count(chr(10))} actors; a folder with it is used by --tables")

"""``khabar places FILE…``: the places of texts, as a table, GeoJSON or a small map.

In: inputs as for ``khabar read``. Out: a table a document; with --map also a map in the terminal; with --json a line a place,
with --geojson one feature collection of all; with --svg a picture of all in a file. A file that stands there is written
over: it is a picture that this command makes, from nothing but its inputs.
"""

from __future__ import annotations

from pathlib import Path

import click

from khabar.cli.layers import columns_here, for_each, heading, number, shown, table
from khabar.cli.options import Call, intake_options, json_option, pass_call
from khabar.cli.output import faint, json_line, json_lines, note, out
from khabar.errors import UsageFault
from khabar.model.articles import ReadArticle
from khabar.show.layers import Json, geojson, place_rows
from khabar.show.maps.dots import map_lines
from khabar.show.maps.picture import Spot, svg

COLUMNS = ("place", "written", "is", "in", "latitude", "longitude", "± km", "n", "sure", "happens here")
RIGHT = frozenset({"latitude", "longitude", "± km", "n", "sure"})


@click.command("places")
@click.argument("names", nargs=-1, required=True, metavar="FILE...")
@click.option("--geojson", "as_geojson", is_flag=True, help="One GeoJSON feature collection of all places.")
@click.option("--map", "with_map", is_flag=True, help="A map in the terminal above each table.")
@click.option(
    "--svg", "picture", type=click.Path(path_type=Path, dir_okay=False), help="A picture of all, to this file."
)
@json_option
@intake_options
@pass_call
def command(
    call: Call,
    /,
    names: tuple[str, ...],
    published: str | None,
    as_json: bool,
    **shape: bool | Path | None,
) -> int:
    """Show the places of texts."""
    if as_json and shape["as_geojson"]:
        raise click.UsageError("--json or --geojson, not both")
    quiet_table = bool(as_json or shape["as_geojson"])
    found: list[Json] = []

    def take(article: ReadArticle) -> None:
        rows = place_rows(article)
        found.extend(rows)
        if as_json:
            json_lines(rows)
        elif not quiet_table:
            _show(article, rows, with_map=bool(shape["with_map"]))

    code = for_each(call, names, published, take=take)
    if shape["as_geojson"]:
        out(json_line(geojson(found)))
    if isinstance(shape["picture"], Path):
        _write(shape["picture"], svg([spot(row) for row in found]))
        note(f"{shape['picture']}: {len(found)} places")
    return code


def spot(row: Json) -> Spot:
    """What a map shows of a row."""
    title = f"{row['name']} ({shown(row['written'])}), {row['document']}"
    if row["happens"]:
        title += f": {shown(row['happens'], 5)}"
    return Spot(
        longitude=row["longitude"],
        latitude=row["latitude"],
        radius_km=row["radius_km"],
        name=row["name"],
        title=title,
        country=row["feature"] == "PCLI",
    )


def _show(article: ReadArticle, rows: list[Json], *, with_map: bool) -> None:
    """One document's table."""
    out(click.style(heading(article), bold=True))
    for line in map_lines([spot(row) for row in rows], columns_here() - 2) if with_map else ():
        out(f"  {line}")
    out(table(COLUMNS, [_cells(row) for row in rows], right=RIGHT) if rows else faint("  no places"))
    out()


def _cells(row: Json) -> list[str]:
    where = ", ".join(part for part in (row["admin1"], row["country"]) if part and part != row["name"])
    point = (number(row["latitude"], 3), number(row["longitude"], 3), number(row["radius_km"], 0))
    last = (str(row["mentions"]), number(row["score"]), shown(row["happens"]))
    return [row["name"], shown(row["written"]), row["feature"], where, *point, *last]


def _write(path: Path, text: str) -> None:
    """The picture on the disk."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageFault(f"{path}: cannot be written: {error.strerror}") from error

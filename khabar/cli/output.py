"""What people see in a terminal: words in colour, text of others made harmless.

In: strings, rows. Out: lines on standard output (results) or standard error (notes). Colour is never the only signal:
the word itself stands there. No colour where the output is no terminal or NO_COLOR is set. Control and direction
characters of foreign texts are shown as escapes, so that an article cannot write to the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click
import msgspec

from khabar.settings import colour_wanted
from khabar.show.visible import visible

COLOURS = {
    "asserted": "green",
    "reported": "cyan",
    "alleged": "yellow",
    "denied": "red",
    "planned": "blue",
    "possible": "magenta",
}
ID_SHOWN = 10
"""digits of an id in a table; enough to name it"""


def harmless(text: str) -> str:
    """A text on one line that does nothing to a terminal."""
    spaced = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return visible(spaced, strict=True)


def out(line: str = "") -> None:
    """A result."""
    click.echo(line, color=None if colour_wanted() else False)


def note(line: str) -> None:
    """Something beside the result."""
    click.echo(line, err=True, color=None if colour_wanted() else False)


def json_line(record: object) -> str:
    """One object of JSON Lines."""
    return msgspec.json.encode(record).decode()


def json_lines(rows: Iterable[object]) -> None:
    """Results as JSON Lines, each as soon as it is there."""
    for row in rows:
        click.echo(json_line(row))


def coloured(word: str) -> str:
    """A claim's word in its colour, as wide as the widest."""
    return click.style(f"{word:<8}", fg=COLOURS.get(word), bold=True)


def faint(text: str) -> str:
    """Something of second rank."""
    return click.style(text, dim=True)


def several(count: int, noun: str) -> str:
    """ "1 article", "2 articles"."""
    return f"{count} {noun}{'s' if count != 1 else ''}"


def short(identity: str) -> str:
    """The beginning of an id."""
    return identity[:ID_SHOWN]


def joined(*parts: str | None, by: str = " · ") -> str:
    """The parts that are there."""
    return by.join(harmless(part) for part in parts if part)


def days(earliest: str | None, latest: str | None) -> str | None:
    """An interval as people write it."""
    if earliest and latest and earliest != latest:
        return f"{earliest} to {latest}"
    return earliest or latest


def fields_of(values: Mapping[str, Any]) -> None:
    """A record as aligned lines; what is not known is left out."""
    width = max((len(name) for name in values), default=0)
    for name, value in values.items():
        if value not in (None, "", ()):
            out(f"  {name:<{width}}  {harmless(str(value))}")

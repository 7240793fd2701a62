"""Places as dots in a terminal: outlines in Braille patterns, places as letters that a list below explains.

In: spots and the columns there are. Out: lines of text. A cell is two dots wide and four high (Unicode U+2800); a place
takes its cell with a letter, the first of several in one cell wins. Nothing is coloured here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from khabar.show.maps.frame import Frame, Point, inside
from khabar.show.maps.picture import Spot, window

BRAILLE = 0x2800
BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""of a cell: rows of dots, left and right"""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
TALLEST, NARROWEST = 24, 20
"""lines at most, columns at least"""


def map_lines(spots: Sequence[Spot], columns: int) -> list[str]:
    """The map and its key; nothing where there is nothing to show."""
    if not spots:
        return []
    frame = window(spots)
    wide = max(NARROWEST, columns)
    high = max(4, round(wide / frame.aspect / 2))
    if high > TALLEST:
        wide, high = max(NARROWEST, round(wide * TALLEST / high)), TALLEST
    cells = _outlined(frame, wide, high)
    named = list(dict.fromkeys((s.name, s.point) for s in spots if on_map(frame, s)))[: len(LETTERS)]
    placed: dict[tuple[int, int], str] = {}
    for letter, (_, point) in zip(LETTERS, named, strict=False):
        across, down = frame.at(point)
        placed.setdefault((min(high - 1, int(down * high)), min(wide - 1, int(across * wide))), letter)
    rows = [
        "".join(placed.get((row, column)) or chr(BRAILLE + cells[row][column]) for column in range(wide))
        for row in range(high)
    ]
    keys = [f"{letter} {name}" for letter, (name, _) in zip(LETTERS, named, strict=False)]
    return [*rows, *_folded(keys, wide)]


def on_map(frame: Frame, spot: Spot) -> bool:
    """Whether a place's point lies in the window."""
    return all(0 <= part <= 1 for part in frame.at(spot.point))


def _outlined(frame: Frame, wide: int, high: int) -> list[list[int]]:
    """The outlines as bits of cells."""
    cells = [[0] * wide for _ in range(high)]
    for chain in inside(frame):
        for start, end in pairwise(chain):
            _line(cells, frame, start, end)
    return cells


def _line(cells: list[list[int]], frame: Frame, start: Point, end: Point) -> None:
    """One straight stretch, dot by dot."""
    wide, high = 2 * len(cells[0]), 4 * len(cells)
    (x, y), (u, v) = frame.at(start), frame.at(end)
    steps = max(1, min(2000, round(max(abs(u - x) * wide, abs(v - y) * high))))
    for i in range(steps + 1):
        column, row = int((x + (u - x) * i / steps) * wide), int((y + (v - y) * i / steps) * high)
        if 0 <= column < wide and 0 <= row < high:
            cells[row // 4][column // 2] |= BITS[row % 4][column % 2]


def _folded(keys: Sequence[str], wide: int) -> list[str]:
    """The key on as few lines as it takes."""
    lines: list[str] = []
    for key in keys:
        if lines and len(lines[-1]) + len(key) + 3 <= wide:
            lines[-1] += f"   {key}"
        else:
            lines.append(key)
    return lines

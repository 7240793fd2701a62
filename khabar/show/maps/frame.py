"""Which part of the world a map shows, and where a place stands on it.

In: points in degrees WGS 84. Out: a Frame: plate carrée, longitudes squeezed by the cosine of the middle latitude, so that a
degree is as long in both directions there. ``outlines.txt`` holds coasts and borders of Natural Earth 1:110m (public domain,
through the npm package world-atlas) to a tenth of a degree: a line of "longitude,latitude" pairs each. They are good for
finding one's way on a picture of a hand's width and for nothing else. A map over the date line shows the whole world.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Point = tuple[float, float]
"""longitude, latitude"""
LEAST_SPAN, MARGIN = 6.0, 0.18
"""degrees of latitude that a map shows at least; of its span that is left around the outermost points"""
WIDEST, NARROWEST = 2.6, 1.25
"""width by height, at most and at least"""
STEPS = (1, 2, 5, 10, 15, 30, 60)


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the world, degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude in the middle of the window."""
        return max(0.2, math.cos(math.radians((self.south + self.north) / 2)))

    @property
    def aspect(self) -> float:
        """Width by height of the window as it is drawn."""
        return (self.east - self.west) * self.squeeze / (self.north - self.south)

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point stands: 0-1 from the left, 0-1 from the top; beyond that, outside."""
        longitude, latitude = point
        return (longitude - self.west) / (self.east - self.west), (self.north - latitude) / (self.north - self.south)

    def graticule(self) -> tuple[list[float], list[float]]:
        """Longitudes and latitudes of the lines to draw: from three to seven each way."""
        step = next((s for s in STEPS if (self.east - self.west) / s <= 7), STEPS[-1])
        return _between(self.west, self.east, step), _between(self.south, self.north, step)


def frame_of(points: Sequence[Point]) -> Frame:
    """The window around some points; the whole world where there are none."""
    if not points:
        return Frame(-180.0, -60.0, 180.0, 85.0)
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    high = max(LEAST_SPAN, (north - south) * (1 + 2 * MARGIN))
    squeeze = max(0.2, math.cos(math.radians((south + north) / 2)))
    wide = max(LEAST_SPAN, (east - west) * squeeze * (1 + 2 * MARGIN))
    high, wide = max(high, wide / WIDEST), max(wide, high * NARROWEST)
    middle, centre = (west + east) / 2, (south + north) / 2
    half = min(180.0, wide / squeeze / 2)
    middle = max(-180.0 + half, min(180.0 - half, middle))
    tall = min(90.0, high / 2)
    centre = max(-90.0 + tall, min(90.0 - tall, centre))
    return Frame(middle - half, centre - tall, middle + half, centre + tall)


@cache
def outlines() -> tuple[tuple[Point, ...], ...]:
    """Coasts and borders of the world, a chain of points each."""
    text = files("khabar.show.maps").joinpath("outlines.txt").read_text(encoding="utf-8")
    return tuple(tuple(_point(pair) for pair in line.split()) for line in text.splitlines())


def inside(frame: Frame) -> Iterator[tuple[Point, ...]]:
    """The outlines that may cross a window; a chain that jumps over the date line is cut there."""
    for chain in outlines():
        for part in _unjumped(chain):
            longitudes, latitudes = [p[0] for p in part], [p[1] for p in part]
            across = max(longitudes) >= frame.west and min(longitudes) <= frame.east
            if across and max(latitudes) >= frame.south and min(latitudes) <= frame.north:
                yield part


def _unjumped(chain: tuple[Point, ...]) -> Iterator[tuple[Point, ...]]:
    start = 0
    for i in range(1, len(chain)):
        if abs(chain[i][0] - chain[i - 1][0]) > 180:
            yield chain[start:i]
            start = i
    yield chain[start:]


def _point(pair: str) -> Point:
    longitude, _, latitude = pair.partition(",")
    return float(longitude), float(latitude)


def _between(low: float, high: float, step: int) -> list[float]:
    first = math.ceil(low / step)
    return [float(n * step) for n in range(first, math.floor(high / step) + 1)]

"""Places as one SVG picture: outlines, a graticule with its degrees, a disc of the honest radius, names that do not collide.

In: spots. Out: a whole SVG document without script, style sheet, font or address of anybody else, so that it opens anywhere
and asks nobody. Names are escaped. A name that finds no free spot beside its dot is left out of the picture and kept in
the dot's title, which browsers show when it is pointed at.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from khabar.show.maps.frame import Frame, Point, frame_of, inside
from khabar.show.visible import visible

WIDTH = 760
"""of the picture, px"""
LETTER, LINE, DOT = 6.3, 14.0, 4.0
"""width of a letter, height of a line, radius of a dot, px"""
KM_PER_DEGREE = 111.2
INK, PAPER, COAST, GRID, MARK, DISC = "#22303c", "#f4f6f7", "#8a97a1", "#d5dbe0", "#b3261e", "#b3261e"
HALO = 'paint-order="stroke" stroke="#f4f6f7" stroke-width="3"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Something to draw: degrees WGS 84, km, what is written beside the dot, what is said when it is pointed at."""

    longitude: float
    latitude: float
    radius_km: float
    name: str
    title: str
    country: bool = False
    """a whole country: its outline is there already, so it has no disc, and the window is made for the others"""

    @property
    def point(self) -> Point:
        """Longitude and latitude."""
        return self.longitude, self.latitude


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper: its window and its size in px."""

    frame: Frame
    width: float
    height: float

    def at(self, point: Point) -> tuple[float, float]:
        """A point in px from the upper left corner."""
        across, down = self.frame.at(point)
        return round(across * self.width, 1), round(down * self.height, 1)


def svg(spots: Sequence[Spot]) -> str:
    """The picture of some places, the widest below the others."""
    spots = [replace(s, name=visible(s.name), title=visible(s.title)) for s in spots]
    frame = window(spots)
    sheet = Sheet(frame, WIDTH, round(WIDTH / frame.aspect))
    ordered = sorted(spots, key=lambda s: (-s.radius_km, s.name))
    names = ", ".join(dict.fromkeys(s.name for s in spots)) or "no places"
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" font-family="sans-serif" font-size="12" ',
        f'viewBox="0 0 {WIDTH} {sheet.height}" width="{WIDTH}" height="{sheet.height}">',
        f"<title>{escape(names)}</title>",
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        *_graticule(sheet),
        f'<g fill="none" stroke="{COAST}" stroke-width="1" stroke-linejoin="round">',
        *(f'<polyline points="{_joined(sheet, chain)}"/>' for chain in inside(frame)),
        "</g>",
        *(_disc(sheet, s) for s in ordered if not s.country),
        *(_dot(sheet, s) for s in ordered),
        *_labels(sheet, ordered),
        _scale(sheet),
        "</svg>\n",
    ]
    return "\n".join(parts)


def window(spots: Sequence[Spot]) -> Frame:
    """The window around all that is no country, else around the countries."""
    return frame_of([s.point for s in spots if not s.country] or [s.point for s in spots])


def _joined(sheet: Sheet, chain: Iterable[Point]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in map(sheet.at, chain))


def _graticule(sheet: Sheet) -> Iterator[str]:
    """Lines of the graticule, each with its degrees at the upper or left edge."""
    longitudes, latitudes = sheet.frame.graticule()
    yield f'<g stroke="{GRID}" stroke-width="1" fill="#6b7780" font-size="10">'
    for longitude in longitudes:
        x, _ = sheet.at((longitude, 0.0))
        yield f'<path d="M{x:g} 0V{sheet.height:g}"/>'
        yield f'<text x="{x + 3:g}" y="11" stroke="none">{_degrees(longitude, "EW")}</text>'
    for latitude in latitudes:
        _, y = sheet.at((0.0, latitude))
        yield f'<path d="M0 {y:g}H{sheet.width:g}"/>'
        yield f'<text x="3" y="{y - 3:g}" stroke="none">{_degrees(latitude, "NS")}</text>'
    yield "</g>"


def _degrees(value: float, signs: str) -> str:
    return f"{abs(value):g}°{signs[value < 0] if value else ''}"


def _disc(sheet: Sheet, spot: Spot) -> str:
    """The honest radius; an ellipse, since the window has one scale each way."""
    x, y = sheet.at(spot.point)
    high = spot.radius_km / KM_PER_DEGREE / (sheet.frame.north - sheet.frame.south) * sheet.height
    local = max(0.05, math.cos(math.radians(spot.latitude)))
    wide = high * sheet.frame.squeeze / local
    return (
        f'<ellipse cx="{x:g}" cy="{y:g}" rx="{max(wide, DOT):.1f}" ry="{max(high, DOT):.1f}" fill="{DISC}" '
        f'fill-opacity="0.08" stroke="{DISC}" stroke-opacity="0.35"/>'
    )


def _dot(sheet: Sheet, spot: Spot) -> str:
    x, y = sheet.at(spot.point)
    colours = f'fill="{PAPER}" stroke="{MARK}"' if spot.country else f'fill="{MARK}"'
    return f'<circle cx="{x:g}" cy="{y:g}" r="{DOT:g}" {colours}><title>{escape(spot.title)}</title></circle>'


def _labels(sheet: Sheet, spots: Sequence[Spot]) -> Iterator[str]:
    """Names beside their dots, the narrowest place first; right, left, above or below, wherever nothing stands yet."""
    taken = [_box(x - DOT, y - DOT, 2 * DOT, 2 * DOT) for x, y in (sheet.at(s.point) for s in spots)]
    done: set[tuple[str, Point]] = set()
    for spot in reversed(spots):
        if (spot.name, spot.point) in done:
            continue
        done.add((spot.name, spot.point))
        x, y = sheet.at(spot.point)
        width, gap = len(spot.name) * LETTER + 4, DOT + 4
        for left, top in (
            (x + gap, y - LINE / 2),
            (x - gap - width, y - LINE / 2),
            (x - width / 2, y - gap - LINE),
            (x - width / 2, y + gap),
        ):
            box = _box(left, top, width, LINE)
            if _on(sheet, box) and not any(_meet(box, other) for other in taken):
                taken.append(box)
                words = escape(spot.name)
                yield f'<text x="{left + 2:.1f}" y="{top + 11:.1f}" fill="{INK}" {HALO}>{words}</text>'
                break


Box = tuple[float, float, float, float]


def _box(left: float, top: float, width: float, height: float) -> Box:
    return left, top, left + width, top + height


def _on(sheet: Sheet, box: Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= sheet.width and box[3] <= sheet.height


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _scale(sheet: Sheet) -> str:
    """A bar of a round number of kilometres, at most a quarter of the width."""
    km_wide = (sheet.frame.east - sheet.frame.west) * KM_PER_DEGREE * sheet.frame.squeeze
    km = next(n for n in (5000, 2000, 1000, 500, 200, 100, 50, 20, 10) if n <= km_wide / 4 or n == 10)
    long, y = km / km_wide * sheet.width, sheet.height - 12
    left = sheet.width - long - 12
    return (
        f'<path d="M{left:.1f} {y - 4}V{y}H{left + long:.1f}V{y - 4}" fill="none" stroke="{INK}"/>'
        f'<text x="{left + long / 2:.1f}" y="{y - 6}" text-anchor="middle" font-size="10" fill="{INK}" {HALO}>{km} km</text>'
    )

"""A reliability curve as SVG: score against share right, one dot per tenth, its size the number of claims.

In: named series of bins. Out: one SVG document, standard library alone, readable on light and dark ground.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from bench.calibrate import Bin

SIDE, MARGIN = 360, 46
COLOURS = ("#8a8f98", "#c2410c")
INK = "#6b7280"


def curve(series: Mapping[str, Sequence[Bin]]) -> str:
    """The SVG; the diagonal is what perfectly calibrated scores would be."""
    whole = SIDE + 2 * MARGIN
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole + 24}" width="{whole}" role="img" '
            'font-family="system-ui, sans-serif" font-size="12">'
        ),
        "<title>Share of right claims by score</title>",
        f'<rect width="{whole}" height="{whole + 24}" fill="#ffffff"/>',
        *_axes(),
    ]
    for (name, bins), colour in zip(series.items(), COLOURS, strict=False):
        points = [(_x(b.mean_score), _y(b.share_right), b.count) for b in bins]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{1.5 + math.sqrt(n) / 2:.1f}" fill="{colour}" fill-opacity="0.75">'
            f"<title>{escape(name)}: {n} claims</title></circle>"
            for x, y, n in points
        ]
    for number, (name, colour) in enumerate(zip(series, COLOURS, strict=False)):
        parts.append(f'<circle cx="{MARGIN + 8}" cy="{MARGIN + 12 + 18 * number}" r="5" fill="{colour}"/>')
        parts.append(f'<text x="{MARGIN + 20}" y="{MARGIN + 16 + 18 * number}" fill="{INK}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _axes() -> list[str]:
    """Frame, diagonal, ticks, names of the axes."""
    middle = MARGIN + SIDE / 2
    out = [
        f'<rect x="{MARGIN}" y="{MARGIN}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{INK}"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="{INK}" stroke-dasharray="4 4"/>',
        f'<text x="{middle}" y="{_y(0) + 40}" text-anchor="middle" fill="{INK}">score of the claim</text>',
        f'<text x="14" y="{middle}" text-anchor="middle" fill="{INK}" transform="rotate(-90 14 {middle})">share right</text>',
    ]
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        out.append(f'<text x="{_x(tick)}" y="{_y(0) + 18}" text-anchor="middle" fill="{INK}">{tick:.1f}</text>')
        out.append(f'<text x="{_x(0) - 8}" y="{_y(tick) + 4}" text-anchor="end" fill="{INK}">{tick:.1f}</text>')
    return out


def _x(share: float) -> float:
    return MARGIN + SIDE * share


def _y(share: float) -> float:
    return MARGIN + SIDE * (1 - share)

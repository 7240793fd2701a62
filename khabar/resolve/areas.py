"""Where "near X", "40 km east of X", "south of X" and "between X and Y" are: a point and an honest radius.

In: the text before a mention, and its place's point (degrees) and radius (km). Out: an Area, or None where the name is meant
itself. "Near" leaves the point and widens the radius; a distance with a direction moves the point and leaves a quarter of the
distance; a direction alone moves it by ``AWAY``; between two towns it is the middle, half the way wide. Countries and other
wide places are not moved: "east of Libya" may be inside it. It measures as the crow flies; newspapers often do not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

NEARBY = re.compile(
    r"\b(?:near|close to|just outside|outside|around|not far from|on the (?:outskirts|edges?) of|in the vicinity of)"
    r"\s+(?:the\s+)?(?:(?:city|town|village|port)\s+of\s+)?$",
    re.IGNORECASE,
)
AWAY_FROM = re.compile(
    r"(?:(?P<number>\d[\d,.]{0,11})\s{0,3}(?P<unit>km|kilomet(?:re|er)s?|miles?|mi)\s{0,3}"
    r"(?:\([^)]{1,20}\)\s{0,3})?(?:to the\s+)?)?"
    r"(?<!the )\b(?P<way>[a-z]{1,12}(?:-[a-z]{1,12})?)\s{1,3}of\s+(?:the\s+(?:city|town|village|port)\s+of\s+)?$",
    re.IGNORECASE,
)
AT_A_DISTANCE = re.compile(
    r"(?P<number>\d[\d,.]{0,11})\s{0,3}(?P<unit>km|kilomet(?:re|er)s?|miles?|mi)\s{0,3}(?:\([^)]{1,20}\)\s{0,3})?(?:from|outside)\s+$",
    re.IGNORECASE,
)
REACH = 60
"""code points before a mention that are looked at"""
LOCAL_KM = 60.0
"""places wider than this have no near and no east"""
NEAR_KM, AWAY_KM, KM_PER_MILE, KM_PER_DEGREE = 20.0, 25.0, 1.609, 111.2
FARTHEST_KM, FARTHEST_SCENE_KM = 150.0, 300.0
"""two towns further apart than this have no "between" that is a place; the second, where something happened there"""
LEAST_KM, SHARE = 5.0, 0.25


@dataclass(frozen=True, slots=True)
class Area:
    """Point in degrees, radius in km, and what is put behind the id and before the name of the place."""

    latitude: float
    longitude: float
    radius_km: float
    mark: str
    words: str


def area_before(before: str, point: tuple[float, float], radius_km: float, angles: Mapping[str, float]) -> Area | None:
    """The area that the words before a name make of its place. ``angles``: direction to degrees clockwise from north."""
    if radius_km > LOCAL_KM:
        return None
    before = " ".join(before[-REACH:].split()) + " "
    if found := AT_A_DISTANCE.search(before):
        far = kilometres(found["number"], found["unit"])
        return None if far is None else Area(*point, radius_km + far, f"{far:.0f}km", f"{far:.0f} km from")
    if (found := AWAY_FROM.search(before)) and angles.get(found["way"].lower(), -1) >= 0:
        way = found["way"].lower()
        far = kilometres(found["number"], found["unit"]) if found["number"] else None
        moved = far if far is not None else radius_km + AWAY_KM
        radius = max(LEAST_KM, SHARE * far) if far is not None else moved
        words = f"{far:.0f} km {way} of" if far is not None else f"{way} of"
        return Area(
            *shifted(point, moved, angles[way]), round(radius, 1), words.replace(" of", "").replace(" ", "-"), words
        )
    if found := NEARBY.search(before):
        return Area(*point, radius_km + NEAR_KM, "near", "near")
    return None


def middle(
    a: tuple[float, float], b: tuple[float, float], apart_km: float, words: str, *, scene: bool = False
) -> Area | None:
    """The area between two towns; None if they are too far apart for one, or the same. ``scene``: where something was."""
    if not 1 < apart_km <= (FARTHEST_SCENE_KM if scene else FARTHEST_KM):
        return None
    half_way = (round((a[0] + b[0]) / 2, 3), round((a[1] + b[1]) / 2, 3))
    return Area(*half_way, round(max(LEAST_KM, apart_km / 2), 1), "between", words)


def kilometres(number: str, unit: str) -> float | None:
    """A printed distance in km."""
    try:
        value = float(number.replace(",", ""))
    except ValueError:
        return None
    return value * (KM_PER_MILE if unit.lower().startswith("mi") else 1.0)


def shifted(point: tuple[float, float], km: float, angle: float) -> tuple[float, float]:
    """A point so many km away in a direction, degrees."""
    latitude = max(-89.0, min(89.0, point[0] + km / KM_PER_DEGREE * math.cos(math.radians(angle))))
    wide = max(0.1, math.cos(math.radians(point[0]))) * KM_PER_DEGREE
    longitude = point[1] + km / wide * math.sin(math.radians(angle))
    return round(latitude, 3), round((longitude + 180) % 360 - 180, 3)

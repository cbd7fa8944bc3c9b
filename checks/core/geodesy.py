"""Distances and directions on the earth's surface, between points of the tables."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.core.reference import Place

#: Metres in the units that copy gives distances in are the tables' affair; this module speaks kilometres.
KILOMETRE = 1000.0


@lru_cache(4096)
def inverse(lat: float, lon: float, to_lat: float, to_lon: float) -> tuple[float, float]:
    """The distance in kilometres from one point to another, and the bearing at the start (0 to 360, clockwise)."""
    from geographiclib.geodesic import Geodesic

    line = Geodesic.WGS84.Inverse(lat, lon, to_lat, to_lon, Geodesic.DISTANCE | Geodesic.AZIMUTH)
    return line["s12"] / KILOMETRE, line["azi1"] % 360.0


def extent(place: Place) -> float:
    """How far, in kilometres, a place reaches around its point: from its population for a town, else a guess.

    A distance from a large city may be counted from its edge, its centre or its nearest suburb.
    """
    if place.kind == "city":
        return 2.0 + 4.0 * math.sqrt(max(place.population or 0, 1_000) / 1_000_000)
    return 5.0


def located(place: Place) -> str:
    """A place with its coordinates, as a working shows it: "Lviv (49.838 N, 24.023 E)"."""
    lat, lon = place.lat or 0.0, place.lon or 0.0
    north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    return f"{place.name} ({abs(lat):.3f} {north}, {abs(lon):.3f} {east})"

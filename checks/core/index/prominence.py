"""What a reader takes a bare name for, before the story says otherwise."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

# Prominence in thousandths: what a reader takes a bare name for, before the story says otherwise.
_KINDS = {
    "world": 22_000,
    "continent": 21_000,
    "union": 20_000,
    "country": 20_000,
    "ocean": 16_000,
    "sea": 13_000,
    "territory": 10_000,
    "admin1": 9_500,
    "power_plant": 1_000,
    "airport": 3_000,
}
# Where the first-level regions are household names: states, provinces, nations of a union.
_KNOWN_REGIONS = {"GB": 15_000, "US": 12_800, "AU": 11_500, "CA": 11_500, "IN": 11_500, "DE": 11_000}


def prominence(
    kind: str, population: int, feature: str, country: str, identifier: str, capitals: Collection[str]
) -> int:
    """The prominence of a place, in thousandths of a factor of ten in population (cities count it twice)."""
    size = math.log10(population + 1)
    if kind == "city":
        score = 2_000 * size
        if feature == "PPLC" and country in capitals:
            score = max(score, 13_500) + 1_000
        elif feature in ("PPLX", "PPLL", "PPLQ", "PPLH", "PPLW"):
            score -= 3_000
        return int(score)
    if kind == "admin1":
        return int(_KNOWN_REGIONS.get(country, _KINDS[kind]) + 20 * size)
    if kind in ("country", "territory", "union"):
        return int(_KINDS[kind] + 1_000 * size * (1 if kind != "union" else 0))
    if kind in _KINDS:
        return _KINDS[kind]
    # Curated things are known enough to be in a table of well-known ones.
    return 10_500 if identifier.startswith(("m:", "usage:")) else 8_000

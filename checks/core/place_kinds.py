"""Kinds of place that news copy makes claims about."""

from __future__ import annotations

COUNTRIES = frozenset({"country", "territory"})
REGIONS = frozenset({"admin1", "region"})
CITIES = frozenset({"city"})
#: What news copy gives areas and populations of.
BOUNDED = COUNTRIES | REGIONS | CITIES | frozenset({"island", "lake", "continent", "desert", "sea", "peninsula"})
#: What news copy measures distances to and from.
LOCATED = (
    COUNTRIES
    | REGIONS
    | CITIES
    | frozenset({"island", "lake", "mountain", "volcano", "airport", "power_plant", "dam", "stadium", "strait", "cape"})
)

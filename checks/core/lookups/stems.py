"""Names without the words that only say what they name: "city of Lviv", "Lake Baikal"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# Words around a name that say only what it is: "the city of Lviv", "Kharkiv region", "Lake Baikal".
_OF = lazy_pattern(r"^(city|town|village|port city|capital|state|province|region|island|kingdom|republic) of (?=\w)")
_REGION_WORDS = frozenset(
    (
        "region",
        "oblast",
        "krai",
        "province",
        "state",
        "prefecture",
        "governorate",
        "county",
        "department",
        "district",
        "canton",
        "emirate",
        "voivodeship",
    )
)
_PLANT_WORDS = frozenset(
    (
        "nuclear",
        "atomic",
        "thermal",
        "hydroelectric",
        "hydropower",
        "power",
        "electricity",
        "generating",
        "plant",
        "station",
        "facility",
        "complex",
        "npp",
    )
)
_CITY_WORDS = ("city", "town")
_FEATURES = {
    "lake": {"lake"},
    "lough": {"lake"},
    "loch": {"lake"},
    "river": {"river"},
    "mt": {"mountain", "volcano"},
    "island": {"island"},
    "desert": {"desert"},
    "airport": {"airport"},
    "dam": {"dam"},
}
_REGION_KINDS = frozenset({"admin1", "territory"})


def stems(folded: str) -> Iterable[tuple[str, Collection[str] | None]]:
    """What is left of a name without the words that say what it is, with the kinds that these words allow."""
    words = folded.split()
    if (match := _OF.match(folded)) and match[1] not in ("island", "kingdom", "republic"):
        yield folded[match.end() :], _REGION_KINDS if match[1] in ("state", "province", "region") else None
    if len(words) < 2:
        return
    if words[-1] in _REGION_WORDS:
        yield " ".join(words[:-1]), _REGION_KINDS
    if words[-1] in _CITY_WORDS:
        yield " ".join(words[:-1]), {"city"}
    if words[-1] in _PLANT_WORDS:
        stem = list(words)
        while len(stem) > 1 and stem[-1] in _PLANT_WORDS:
            stem.pop()
        yield " ".join(stem), {"power_plant"}
    for position in (0, -1):
        if wanted := _FEATURES.get(words[position]):
            yield " ".join(words[1:] if position == 0 else words[:-1]), wanted

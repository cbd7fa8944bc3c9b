"""Points of the compass: their words in copy, and their bearings."""

from __future__ import annotations

import re

from checks.core.lazy_pattern import lazy_pattern

_EIGHT = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
_SIXTEEN = {
    "north-northeast": 22.5,
    "east-northeast": 67.5,
    "east-southeast": 112.5,
    "south-southeast": 157.5,
    "south-southwest": 202.5,
    "west-southwest": 247.5,
    "west-northwest": 292.5,
    "north-northwest": 337.5,
}
#: Degrees clockwise from north, by point.
BEARINGS: dict[str, float] = {point: 45.0 * n for n, point in enumerate(_EIGHT)} | _SIXTEEN
_LETTERS = {
    "".join(part[0] for part in re.findall("north|south|east|west", point)).upper(): point for point in BEARINGS
}

#: A point of the compass as copy writes it: "southeast", "south-east", "south by southwest", "NNE".
POINT = (
    r"(?:(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)(?:ern)?"
    r"(?:(?:[ \-]?|[ ]by[ ]|[ ]and[ ])(?:north|south|east|west)(?:ern)?){0,2}"
    r"|(?:[NS](?:NE|NW|SE|SW|E|W)?|[EW](?:NE|NW|SE|SW)?)\b)"
)
_PART = lazy_pattern("north|south|east|west")


def point(words: str) -> str | None:
    """The point of the compass that the words name, None where they name none (or two opposite ones)."""
    if words.isupper():
        return _LETTERS.get(words)
    parts = _PART.findall(words.casefold())
    found = "".join(parts[-2:]) if len(parts) == 2 else "".join(parts)
    if len(parts) == 3:
        found = f"{parts[0]}-{parts[1]}{parts[2]}"
    return found if found in BEARINGS else _LETTERS.get("".join(part[0] for part in parts).upper())


def nearest(bearing: float) -> str:
    """The one of eight points nearest to a bearing."""
    return _EIGHT[round(bearing / 45.0) % 8]


def off(bearing: float, words: str) -> float:
    """By how many degrees a bearing misses a point of the compass, 0 to 180."""
    return abs((bearing - BEARINGS[words] + 180.0) % 360.0 - 180.0)

"""Which tables the index is built from, and the version that their contents have."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from checks.core.index.schema import LAYOUT
from checks.core.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

#: The files that the index is built from. Word lists are read by those who use them.
TABLES = (
    "airports.csv",
    "aliases.csv.gz",
    "cities.csv.gz",
    "city_populations.csv.gz",
    "country_series.csv.gz",
    "demonyms.csv",
    "earthquakes.csv.gz",
    "events.csv.gz",
    "events_curated.csv",
    "exchange_rates.csv.gz",
    "facts.csv",
    "facts_added.csv",
    "measures.csv",
    "names.csv",
    "names_added.csv",
    "places.csv",
    "places_added.csv",
    "power_plants.csv",
    "rank_lists.csv",
    "regions.csv",
    "sources.csv",
    "unit_names.csv",
    "units.txt",
)


def tables_in(data: Path | None) -> dict[str, Any]:
    """The tables that are there, by name, as paths or as members of a zipped installation."""
    root = data if data is not None else shipped()
    found = {}
    for name in TABLES:
        file = root.joinpath(name)
        if file.is_file():
            found[name] = file
    if "places.csv" not in found:
        raise FileNotFoundError(f"no reference tables in {root}")
    return found


def glance_at(files: dict[str, Any]) -> str:
    """A hash of the names, sizes and times of the files: what can be known without reading them."""
    seen = hashlib.sha256(f"{LAYOUT}\n".encode())
    for name, file in files.items():
        if hasattr(file, "stat"):
            about = file.stat()
            seen.update(f"{file}\n{about.st_size}\n{about.st_mtime_ns}\n".encode())
        else:
            seen.update(name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()[:16]


def version_of(contents: dict[str, bytes]) -> str:
    """A hash of the tables' contents."""
    seen = hashlib.sha256(f"{LAYOUT}\n".encode())
    for name, data in contents.items():
        seen.update(f"{name}\n{len(data)}\n".encode())
        seen.update(data)
    return seen.hexdigest()[:12]
